/** Prisma: its schema, its engines and its migrations. */
import type { BuildError } from '../diagnosis.js';
import type { SentenceRule } from '../sentence-rules.js';
import { readThrown } from '../thrown-error.js';

const databaseState =
  'The database that the build migrates is not in the state that the migrations count on. Resolve it there (`prisma migrate resolve`), or correct the address of the database (often DATABASE_URL) in the Vercel project’s environment variables.';

/** PostgreSQL's and MySQL's codes for what is there already: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const existing = /Database error code: (?:42P07|42701|42710|42P06|1050|1060|1061)\b|already exists/;

function migrationFile(text: string): Partial<BuildError> {
  const name = /Migration name: ([\w-]{1,200})/.exec(text)?.[1];
  return name === undefined ? {} : { file: `prisma/migrations/${name}/migration.sql` };
}

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
    // https://www.prisma.io/docs/orm/reference/error-reference: P3009, and P3018 with the database's own code below it.
    tool: 'prisma',
    has: 'migrate found failed migrations in the target database',
    kind: 'variable-missing',
    code: 'P3009',
    class: 'environment',
    remedy: databaseState,
  },
  {
    tool: 'prisma',
    has: 'A migration failed to apply',
    when: (lines, at) => existing.test(lines.texts.slice(at, at + 12).join('\n')),
    kind: 'variable-missing',
    code: 'P3018',
    class: 'environment',
    remedy: databaseState,
  },
  {
    tool: 'prisma',
    has: 'A migration failed to apply',
    kind: 'other',
    code: 'P3018',
    class: 'code',
    also: (lines, at) => migrationFile(lines.texts.slice(at, at + 12).join('\n')),
  },
  {
    tool: 'prisma',
    has: 'Use the --accept-data-loss flag',
    kind: 'config',
    also: () => ({ file: 'package.json' }),
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
