/** What fetches and describes content and data while a build runs: Drizzle, Contentlayer, Velite, GraphQL Codegen, Payload. */
import { type LineStream, textAt } from '../finding.js';
import { readNetworkFailure } from '../network-failure.js';
import { refusalRemedy } from '../refused-credentials.js';
import type { SentenceRule } from '../sentence-rules.js';

const below = 14;

function rowsBelow(lines: LineStream, at: number): readonly string[] {
  return lines.texts.slice(at, at + below);
}

function firstPlace(lines: LineStream, at: number, pattern: RegExp): { readonly file?: string } {
  for (const row of rowsBelow(lines, at)) {
    const file = pattern.exec(row)?.[1];
    if (file !== undefined) return { file };
  }
  return {};
}

const refusedSchema = /Unexpected response: "Unauthorized"|status code 40[13]|401 Unauthorized|403 Forbidden/;

export const dataToolRules: readonly SentenceRule[] = [
  {
    tool: 'drizzle',
    has: 'Please provide required params for ',
    kind: 'variable-missing',
    when: (lines, at) => rowsBelow(lines, at).some((row) => /\[x\] \w{1,40}: (?:undefined|''|"")/.test(row)),
    also: () => ({ symbol: 'DATABASE_URL', trace: ['drizzle.config.ts'] }),
    remedy:
      'drizzle.config.ts gets no address of the database. Set the variable that it reads (often DATABASE_URL) for Production and Preview.',
  },
  {
    tool: 'drizzle',
    has: ' file does not exist',
    pattern: /^(?<specifier>\S{1,300}drizzle\.config\.\w{2,4}) file does not exist/,
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'drizzle',
    has: 'No schema files found for path config',
    pattern: /path config \[ ?'(?<specifier>[^']{1,200})'/,
    kind: 'config',
    also: () => ({ file: 'drizzle.config.ts' }),
  },
  {
    tool: 'drizzle',
    has: 'ZodError: [',
    kind: 'config',
    when: (lines, at) => /Reading config file '.{0,300}drizzle\.config/.test(textAt(lines, at - 1)),
    more: 20,
    also: () => ({ file: 'drizzle.config.ts' }),
  },
  {
    tool: 'drizzle',
    has: 'please install either of ',
    pattern: /^To connect to (?<symbol>[\w ]{1,40}) database - please install either of/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'drizzle',
    has: 'requires newer version of drizzle-orm',
    kind: 'package-missing',
    also: () => ({ file: 'package.json', specifier: 'drizzle-orm' }),
  },
  { tool: 'contentlayer', has: 'NoConfigFoundError', kind: 'config', code: 'NoConfigFoundError' },
  {
    tool: 'contentlayer',
    has: 'ConfigReadError (',
    pattern: /ConfigReadError \((?<file>[^)]{1,300})\): /,
    kind: 'config',
  },
  {
    // `onMissingOrIncompatibleData: 'fail'` and its like: the documents stand below, one a row.
    tool: 'contentlayer',
    has: ' problems in ',
    pattern: /^(?:Error: )?Found \d{1,5} problems in \d{1,5} documents\./,
    kind: 'json',
    class: 'code',
    also: (lines, at) => ({
      ...firstPlace(lines, at, /• "([^"]{1,300}\.\w{1,8})" /),
      message: rowsBelow(lines, at)
        .map((row) => row.trim())
        .filter((row) => row !== '' && !row.startsWith('Error: Command'))
        .join('\n'),
    }),
  },
  {
    tool: 'velite',
    has: '[VELITE] config file not found',
    kind: 'config',
    also: () => ({ specifier: 'velite.config.ts' }),
  },
  {
    tool: 'codegen',
    has: 'Unable to find Codegen config file',
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'codegen',
    has: 'Invalid Codegen Configuration',
    kind: 'config',
    more: 3,
    also: () => ({ trace: ['codegen.ts', 'codegen.yml'] }),
  },
  {
    tool: 'codegen',
    has: 'Unable to find template plugin matching',
    pattern: /template plugin matching ['`](?<specifier>[^'`]{1,100})/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'codegen',
    has: 'Failed to load schema from http',
    pattern: /Failed to load schema from (?<specifier>https?:\/\/[^\s,]{1,300}?):?$/,
    kind: 'variable-missing',
    code: 'refused',
    when: (lines, at) => rowsBelow(lines, at).some((row) => refusedSchema.test(row)),
    remedy: refusalRemedy,
  },
  {
    tool: 'codegen',
    has: 'Failed to load schema from http',
    pattern: /Failed to load schema from (?<symbol>https?:\/\/[^\s,]{1,300}?):?$/,
    kind: 'config',
    // The address of a developer's own server.
    when: (lines, at) => rowsBelow(lines, at).some((row) => readNetworkFailure(row)?.local === true),
    also: () => ({ trace: ['codegen.ts', 'codegen.yml'] }),
  },
  {
    tool: 'codegen',
    has: 'Failed to load schema from http',
    pattern: /Failed to load schema from (?<specifier>https?:\/\/[^\s,]{1,300}?):?$/,
    kind: 'network',
    when: (lines, at) => rowsBelow(lines, at).some((row) => readNetworkFailure(row)?.local === false),
  },
  {
    tool: 'convex',
    has: 'no Convex deployment configuration found',
    kind: 'variable-missing',
    also: () => ({ symbol: 'CONVEX_DEPLOY_KEY' }),
  },
  {
    tool: 'contentful',
    has: 'The access token you sent could not be found or is invalid',
    kind: 'variable-missing',
    code: 'refused',
    also: () => ({ symbol: 'CONTENTFUL_ACCESS_TOKEN' }),
    remedy: refusalRemedy,
  },
  ...['AccessDenied: ', 'InvalidAccessKeyId: ', 'SignatureDoesNotMatch: ', 'ExpiredToken: '].map(
    (has): SentenceRule => ({
      tool: 'aws',
      has,
      pattern: /^\s{0,4}(?:⨯ )?(?<code>[A-Z]\w{5,30}): \S/,
      kind: 'variable-missing',
      also: () => ({ symbol: 'AWS_ACCESS_KEY_ID' }),
      remedy: refusalRemedy,
    }),
  ),
  {
    tool: 'neon',
    has: 'has exceeded the ',
    pattern: /has exceeded the (?<symbol>[\w ]{1,40}quota)\b/,
    kind: 'size',
    code: 'plan-limit',
    remedy: 'The database’s plan is used up. Change the plan, or wait until its period ends.',
  },
  {
    tool: 'payload',
    has: ' already in use: "',
    pattern: /^(?:Duplicate\w{1,40}: )?(?:Collection|Global) slug already in use: "(?<symbol>[^"]{1,100})"/,
    kind: 'config',
    class: 'code',
    also: () => ({ trace: ['payload.config.ts', 'src/payload.config.ts'] }),
  },
];
