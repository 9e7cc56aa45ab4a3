/**
 * What Vercel checks of a project's settings before anything runs, and of what the builders make afterwards:
 * `detect-builders` and `routing-utils` of its command line, `run-user-scripts` and `get-platform-env` of @vercel/build-utils.
 */
import type { BuildError, ErrorKind } from '../diagnosis.js';
import type { SentenceRule } from '../sentence-rules.js';

/** The file that a reader would open first. */
function inFile(file: string | undefined): Pick<SentenceRule, 'also'> {
  return file === undefined ? {} : { also: () => ({ file }) };
}

/** `has`, the kind, the file, and where that is not enough the pattern. */
type Row = readonly [has: string, kind: ErrorKind, file?: string, pattern?: RegExp];

const rows: readonly Row[] = [
  // functions
  ['Function globs must be less than', 'config', 'vercel.json'],
  ['Function must be an object', 'config', 'vercel.json', /^(?:Error: )?Function must be an object\.$/],
  ['Function must contain at least one property', 'config', 'vercel.json'],
  ['Functions must have a duration between', 'config', 'vercel.json'],
  ['Functions must have a memory value between', 'config', 'vercel.json'],
  [
    'is invalid. The path must be relative to',
    'config',
    'vercel.json',
    /The function path "(?<symbol>[^"]{1,256})" is invalid\./,
  ],
  ['` must be a string', 'config', 'vercel.json', /The property `(?<symbol>\w{1,40}Files)` must be a string/],
  ['invalid maxDuration value for', 'config', 'vercel.json'],
  [
    'Hobby accounts are limited to daily cron jobs',
    'config',
    'vercel.json',
    /cron expression \((?<symbol>[^)]{1,80})\)/,
  ],
  // routes
  [
    ' at index ',
    'config',
    'vercel.json',
    /^(?:Error: )?(?<symbol>Route|Rewrite|Redirect|Header) at index \d{1,4} (?:has (?:unknown|segment)|is a duplicate|cannot define|must define)/,
  ],
  ['then `routes` cannot be present', 'config', 'vercel.json'],
  // builds
  ['is missing in build specification', 'config', 'vercel.json'],
  ['A build `src` path resolves to an empty string', 'config', 'vercel.json'],
  ['but expected "package.json"', 'config', 'vercel.json', /Build "src" is "(?<specifier>[^"]{1,200})" but expected/],
  ['Specified "src" for "', 'config', 'vercel.json'],
  ['basePath can not be used with `builds`', 'config', 'vercel.json'],
  ['is not published on the npm registry', 'config', 'vercel.json', /The package `(?<specifier>[^`]{1,200})` is not/],
  ['Unsupported Builder version', 'config', 'vercel.json', /version `\S{1,20}` from "(?<specifier>[^"]{1,200})"/],
  ['is missing the "output" property', 'config', 'vercel.json', /result from "(?<specifier>[^"]{1,200})" is missing/],
  ['Failed to validate configuration.', 'config', 'vercel.json', /^(?:Error: )?Failed to validate configuration\.$/],
  // package managers and versions
  ['Found invalid Bun Version', 'engine', 'vercel.json'],
  ['Unknown package manager "', 'engine', 'package.json', /Unknown package manager "(?<symbol>[^"]{1,60})"\. Change/],
  ['is not compatible with the engines.pnpm', 'engine', 'package.json'],
  ['is not a valid semver value', 'engine', 'package.json', /manager "(?<symbol>[^"]{1,60})" is not a/],
  ['must satisfy the version range in package.json#engines', 'engine', 'package.json'],
  ['is not compatible with the intended corepack package manager', 'engine', 'package.json'],
  [
    'is discontinued and must be upgraded',
    'engine',
    undefined,
    /Python version "(?<symbol>[^"]{1,20})" (?:detected in|declared)/,
  ],
  // files of which there may be one
  ['Cannot use both a `', 'config', undefined, /Cannot use both a `(?<symbol>[^`]{1,40})` and /],
  // what the frameworks' builders say
  ['basePath must ', 'config', undefined, /(?<symbol>basePath) must (?:start|not end) with `\/`\. Please upgrade/],
  ['This version of `@vercel/next` does not support', 'engine', 'package.json'],
  ['Please configure the `vercelPreset()` Preset', 'config'],
  ['property in ".vercel/output/config.json" must be', 'config'],
  [
    'directory does not exist.',
    'config',
    undefined,
    /^Error: The "(?<symbol>[^"]{1,200})" directory does not exist\.$/,
  ],
  ['must not recursively invoke itself', 'config', 'package.json'],
];

const dependencies: readonly Row[] = [
  ['not on a new enough version of Next.js', 'engine', 'package.json'],
  [
    'Vulnerable version of ',
    'engine',
    'package.json',
    /^(?:Error: )?Vulnerable version of (?<symbol>[\w. ]{1,40}) detected/,
  ],
  [
    'Missing required "',
    'package-missing',
    'package.json',
    /required "(?<specifier>[^"]{1,200})" package\. Please add/,
  ],
];

function toRule([has, kind, file, pattern]: Row): SentenceRule {
  return { tool: 'vercel', has, kind, ...(pattern === undefined ? {} : { pattern }), ...inFile(file) };
}

function named(
  _lines: unknown,
  _at: number,
  { file }: Readonly<Record<string, string | undefined>>,
): Partial<BuildError> {
  return file === undefined ? {} : { file };
}

export const vercelSettingsRules: readonly SentenceRule[] = [
  ...rows.map(toRule),
  ...dependencies.map((row): SentenceRule => ({ ...toRule(row), class: 'dependency' })),
  {
    tool: 'vercel',
    has: 'occurs more than one time in your path "',
    pattern: /The segment "(?<symbol>[^"]{1,100})" occurs .{0,40} path "(?<file>[^"]{1,300})"/,
    kind: 'config',
    also: named,
  },
  {
    tool: 'vercel',
    has: "Middleware's `config.matcher`",
    pattern: /Middleware's `config\.matcher` (?:must be|values must)/,
    kind: 'route-contract',
    also: () => ({ symbol: 'matcher' }),
  },
  {
    tool: 'vercel',
    has: 'unsupported "runtime" value in `config`',
    pattern: /^(?:Error: )?(?<file>[^:\s]{1,300}): unsupported "runtime" value in `config`: "?(?<symbol>[^"\s]{0,60})/,
    kind: 'route-contract',
  },
  {
    tool: 'vercel',
    has: 'env vars are defined. Please only define the',
    pattern: /Both "(?<symbol>\w{1,80})" and "\w{1,80}" env vars/,
    kind: 'variable-missing',
    remedy: ({ symbol }) => `Leave only ${symbol} of the two in the Vercel project’s environment variables.`,
  },
  {
    tool: 'git',
    has: 'No url found for submodule path',
    pattern: /No url found for submodule path '(?<symbol>[^']{1,300})' in \.gitmodules/,
    kind: 'config',
    also: () => ({ file: '.gitmodules' }),
    remedy: ({ symbol }) =>
      `Git knows \`${symbol}\` as a submodule, and .gitmodules does not say where it comes from. Add its address there, or add its files to the repository.`,
  },
  {
    tool: 'vercel',
    has: 'Failed to fetch one or more git submodules',
    // The build goes on, and may do without.
    role: 'warning',
    kind: 'other',
    class: 'infrastructure',
    remedy:
      'Vercel fetches public submodules over https only. Make the submodule’s repository public and its address in .gitmodules an https one, or bring its files in as a package.',
  },
];
