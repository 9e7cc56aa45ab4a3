/** Prisma: its schema, its engines and its migrations. */
import type { SentenceRule } from '../sentence-rules.js';
import { readThrown } from '../thrown-error.js';

export const prismaRules: readonly SentenceRule[] = [
  {
    tool: 'prisma',
    has: 'Environment variable not found:',
    pattern: /Environment variable not found: (?<symbol>[A-Za-z_][\w]{1,80})/,
    kind: 'variable-missing',
    code: 'P1012',
    also: (lines, at) => schemaPlace(lines.texts.slice(at, at + 3)),
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
    has: 'Error validating datasource',
    pattern:
      /Error validating datasource `\w{1,60}`: (?:the URL must start with the protocol|You must provide a nonempty URL\. The environment variable `(?<symbol>\w{1,80})`)/,
    kind: 'variable-missing',
    code: 'P1012',
    also: (_lines, _at, { symbol }) => ({ symbol: symbol ?? 'DATABASE_URL' }),
  },
  {
    tool: 'prisma',
    has: 'Unknown argument `',
    pattern: /^Unknown argument `(?<symbol>\w{1,80})`\.(?: Did you mean `(?<suggestion>\w{1,80})`\?)?/,
    kind: 'type',
    also: (lines, at) => {
      const { file, line, column, trace } = readThrown(lines, at).facts;
      return {
        ...(file === undefined ? {} : { file }),
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
        ...(trace === undefined ? {} : { trace }),
      };
    },
  },
  {
    tool: 'prisma',
    has: 'was reached but timed out',
    kind: 'network',
    code: 'P1002',
  },
  {
    tool: 'prisma',
    has: 'Prisma only supports Node.js',
    pattern: /Prisma only supports Node\.js (?:versions )?(?<symbol>[>=\d][^\n]{1,60}?)\.?$/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'prisma',
    has: 'any generators defined in your schema.prisma',
    kind: 'config',
    also: () => ({ file: 'prisma/schema.prisma' }),
  },
  {
    tool: 'prisma',
    has: 'An output path is required for the `',
    pattern: /An output path is required for the `(?<symbol>[\w-]{1,60})` generator/,
    kind: 'config',
    also: () => ({ file: 'prisma/schema.prisma' }),
  },
  {
    tool: 'prisma',
    has: 'could not locate the Query Engine for runtime',
    pattern: /Query Engine for runtime "(?<symbol>[^"]{1,60})"/,
    kind: 'config',
    more: 4,
    also: () => ({ file: 'prisma/schema.prisma' }),
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
