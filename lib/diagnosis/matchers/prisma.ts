/** Prisma: its schema, its engines and its migrations. */
import type { SentenceRule } from '../sentence-rules.js';

export const prismaRules: readonly SentenceRule[] = [
  {
    tool: 'prisma',
    has: 'Environment variable not found:',
    pattern: /Environment variable not found: (?<symbol>[A-Za-z_][\w]{1,80})/,
    kind: 'variable-missing',
    code: 'P1012',
    remedy: ({ symbol }) =>
      `Set ${symbol} in the Vercel project’s environment variables, for Production and Preview, and redeploy.`,
  },
  {
    tool: 'prisma',
    has: 'Cannot resolve environment variable:',
    pattern: /Cannot resolve environment variable: (?<symbol>[A-Za-z_][\w]{1,80})/,
    kind: 'variable-missing',
    remedy: ({ symbol }) =>
      `Set ${symbol} in the Vercel project’s environment variables, for Production and Preview, and redeploy.`,
  },
  {
    tool: 'prisma',
    has: 'outdated Prisma Client',
    kind: 'config',
    code: 'prisma-generate',
    also: () => ({ file: 'package.json', specifier: '@prisma/client' }),
  },
  {
    tool: 'prisma',
    has: '@prisma/client did not initialize yet',
    kind: 'config',
    code: 'prisma-generate',
    also: () => ({ file: 'package.json', specifier: '@prisma/client' }),
  },
  {
    tool: 'prisma',
    has: 'Could not find Prisma Schema',
    kind: 'file-missing',
    also: () => ({ specifier: 'prisma/schema.prisma' }),
  },
  {
    tool: 'prisma',
    has: 'Could not load `--schema` from provided path',
    pattern: /provided path `?(?<specifier>[^`:\s]{1,200})/,
    kind: 'file-missing',
  },
  {
    tool: 'prisma',
    has: "Can't reach database server",
    pattern: /Can't reach database server at [`'"]?(?<symbol>(?:localhost|127\.0\.0\.1)[^`'"\s]{0,20})/,
    kind: 'variable-missing',
    code: 'P1001',
    also: () => ({ symbol: 'DATABASE_URL' }),
    remedy:
      'The build connects to a database on the build machine itself. Set the variable with the database’s address (often DATABASE_URL) for Production and Preview.',
  },
  { tool: 'prisma', has: "Can't reach database server", kind: 'network', code: 'P1001' },
  {
    tool: 'prisma',
    has: 'Authentication failed against database server',
    kind: 'variable-missing',
    code: 'P1000',
    class: 'environment',
    also: () => ({ symbol: 'DATABASE_URL' }),
    remedy:
      'The database refuses the credentials. Correct the variable with its address (often DATABASE_URL) in the Vercel project’s environment variables.',
  },
  { tool: 'prisma', has: 'Failed to fetch sha256 checksum', kind: 'network', code: 'prisma-engines' },
  {
    tool: 'prisma',
    has: 'binaries.prisma.sh',
    pattern: /request to https:\/\/binaries\.prisma\.sh\S{0,300} failed/,
    kind: 'network',
    code: 'prisma-engines',
  },
  {
    tool: 'prisma',
    has: 'Error validating',
    pattern:
      /^(?:error: )?(?:Error code: |\S{0,20}error: )?Error validating(?: (?:model|field|datasource|enum|generator))?(?: `?"?(?<symbol>[^`":]{1,100})`?"?)?/i,
    kind: 'syntax',
    also: (lines, at) => schemaPlace(lines.texts.slice(at, at + 8)),
  },
  {
    tool: 'prisma',
    has: 'error:',
    pattern:
      /^error: (?:Type|Argument|Attribute|This line is|The argument|Native type|Unknown|Property|The (?:model|datasource|generator))/,
    kind: 'syntax',
    when: (lines, at) => /-->\s/.test(lines.texts.slice(at, at + 3).join('\n')),
    also: (lines, at) => schemaPlace(lines.texts.slice(at, at + 8)),
  },
];

function schemaPlace(texts: readonly string[]): { readonly file?: string; readonly line?: number } {
  const match = /-->\s{1,4}(\S{1,200}\.prisma):(\d{1,6})/.exec(texts.join('\n'));
  return match?.[1] === undefined ? {} : { file: match[1], line: Number(match[2]) };
}
