/** What tools say of their own settings, of what they look for and do not find, and of the programs that they start. */
import type { BuildError } from '../diagnosis.js';
import { type LineStream, textAt } from '../finding.js';
import type { SentenceRule } from '../sentence-rules.js';

const inManifest = (): Partial<BuildError> => ({ file: 'package.json' });

/** Patterns that match no file: what the command or the settings name is elsewhere. */
const nothingFound: readonly SentenceRule[] = [
  {
    tool: 'eslint',
    has: 'No files matching',
    pattern:
      /^(?:Error: |\[error\] |NoFilesFoundError: )?No files matching (?:the pattern )?(?:were found: )?["'](?<symbol>[^"']{1,200})["'](?: were found)?/,
    kind: 'config',
    also: inManifest,
  },
  {
    tool: 'prettier',
    has: 'No files matching the pattern were found',
    pattern: /^\[error\] No files matching the pattern were found: "(?<symbol>[^"]{1,200})"/,
    kind: 'config',
    also: inManifest,
  },
  {
    tool: 'eslint',
    has: 'are ignored',
    pattern:
      /^(?:All files matched by '(?<symbol>[^']{1,200})' are ignored|You are linting "[^"]{1,200}", but all of the files)/,
    kind: 'config',
  },
  { tool: 'jest', has: 'No tests found, exiting with code', kind: 'config', also: inManifest },
  {
    tool: 'playwright',
    has: 'No tests found',
    pattern: /^Error: No tests found\.?$/,
    kind: 'config',
  },
  {
    tool: 'cypress',
    has: 'because no spec files were found',
    pattern: /^Can't run because no spec files were found/,
    kind: 'config',
  },
  {
    tool: 'tailwind',
    has: 'Specified input file',
    pattern: /^Specified input file (?<specifier>\S{1,300}) does not exist/,
    kind: 'config',
    also: inManifest,
  },
  {
    tool: 'next',
    has: 'Invalid project directory provided',
    pattern: /Invalid project directory provided, no such directory: (?:\/vercel\/path\d\/)?(?<specifier>\S{1,200})/,
    kind: 'config',
    also: inManifest,
  },
];

/** Browsers and libraries that the machine of the build lacks: https://pptr.dev/troubleshooting */
const browsers: readonly SentenceRule[] = [
  {
    tool: 'browser',
    has: 'error while loading shared libraries: ',
    pattern: /error while loading shared libraries: (?<symbol>[\w.+-]{1,80}):/,
    kind: 'config',
    code: 'system-library',
  },
  {
    tool: 'playwright',
    has: "Executable doesn't exist at ",
    pattern: /Executable doesn't exist at (?:\S{0,200}ms-playwright\/)?(?<symbol>[\w-]{1,60})/,
    kind: 'config',
    code: 'browser-missing',
  },
  {
    tool: 'playwright',
    has: 'Host system is missing dependencies',
    kind: 'config',
    code: 'system-library',
  },
  {
    tool: 'playwright',
    has: 'config.webServer',
    pattern: /(?:Process from|Timed out waiting \d{1,8}ms from) config\.webServer/,
    kind: 'config',
    also: () => ({ symbol: 'webServer' }),
  },
  {
    tool: 'puppeteer',
    has: 'Could not find Chrom',
    pattern: /Could not find Chrom(?:e|ium) \(/,
    kind: 'config',
    code: 'browser-missing',
  },
  {
    tool: 'cypress',
    has: 'the Cypress binary is missing',
    kind: 'config',
    code: 'browser-missing',
  },
  {
    tool: 'cypress',
    has: 'Your system is missing the dependency: ',
    pattern: /Your system is missing the dependency: (?<symbol>\w{1,40})/,
    kind: 'config',
    code: 'system-library',
  },
];

const jest: readonly SentenceRule[] = [
  {
    tool: 'jest',
    has: 'cannot be found. Make sure the testEnvironment',
    pattern: /Test environment (?<specifier>(?:@[\w.-]{1,80}\/)?[\w.-]{1,80}) cannot be found/,
    kind: 'package-missing',
  },
  {
    tool: 'jest',
    has: 'Preset ',
    pattern:
      /^\s*Preset (?<specifier>(?:@[\w.-]{1,80}\/)?[\w-][\w.-]{0,80}) not found(?: relative to rootDir .{1,300})?\.$/,
    kind: 'package-missing',
  },
  {
    tool: 'jest',
    has: ' option was not found.',
    pattern: /^\s*Module (?<specifier>(?:@[\w.-]{1,80}\/)?[\w-][\w.-]{0,80}) in the \w{1,40} option was not found\./,
    kind: 'package-missing',
  },
  {
    tool: 'jest',
    has: ' option was not found.',
    pattern: /^\s*Module (?<specifier>\S{1,300}) in the (?<symbol>\w{1,40}) option was not found\./,
    kind: 'config',
  },
  {
    tool: 'jest',
    has: 'Multiple configurations found',
    kind: 'config',
    more: 4,
    also: (lines, at) => {
      const file = /^\s*\* \/vercel\/path\d\/(\S{1,200}config\S{1,20})$/m.exec(
        lines.texts.slice(at, at + 6).join('\n'),
      )?.[1];
      return file === undefined ? {} : { file };
    },
  },
  {
    tool: 'jest',
    has: 'Unrecognized option "',
    pattern: /^\s{0,4}Unrecognized option "(?<symbol>[\w-]{1,60})"\.(?: Did you mean "(?<suggestion>[\w-]{1,60})"\?)?$/,
    kind: 'config',
    also: inManifest,
  },
];

/** Storybook numbers its errors and names them. */
const storybookClasses: readonly [string, Pick<SentenceRule, 'kind' | 'class'>][] = [
  ['StoryIndexGenerationError|WebpackCompilationError|ViteBuildError|IndexingError', { kind: 'other', class: 'code' }],
  ['MissingBuilderError|CriticalPresetLoadError|CouldNotEvaluateFrameworkError', { kind: 'package-missing' }],
  ['[A-Z]\\w{1,60}', { kind: 'config' }],
];

const storybook: readonly SentenceRule[] = [
  {
    tool: 'storybook',
    has: 'Unable to index files',
    pattern: /Unable to index files:$/,
    kind: 'other',
    class: 'code',
    also: unindexed,
  },
  ...storybookClasses.map(
    ([names, { kind, class: failureClass }]): SentenceRule => ({
      tool: 'storybook',
      has: 'SB_',
      pattern: new RegExp(`SB_[A-Z0-9-]{1,40}_\\d{4} \\((?<code>${names})\\): `),
      kind,
      ...(failureClass === undefined ? {} : { class: failureClass }),
      also: unindexed,
    }),
  ),
  {
    tool: 'storybook',
    has: 'Failed to load static files, no such directory',
    pattern: /no such directory: (?:\/vercel\/path\d\/)?(?<specifier>\S{1,200})/,
    kind: 'config',
  },
];

/** `- ./src/Button.stories.tsx: CSF: missing default export (line 4, col 16)` below the sentence. */
function unindexed(lines: LineStream, at: number): Partial<BuildError> {
  const match = /^- \.\/([^\s:,]{1,300})[^:]{0,300}: (.{1,500})$/.exec(textAt(lines, at + 1));
  if (match?.[1] === undefined || match[2] === undefined) return {};
  const place = /\(line (\d{1,7}), col (\d{1,7})\)/.exec(match[2]);
  return {
    file: match[1],
    message: match[2],
    ...(place === null ? {} : { line: Number(place[1]), column: Number(place[2]) }),
  };
}

const engines: readonly SentenceRule[] = [
  { tool: 'docusaurus', has: 'Minimum Node.js version not met', kind: 'engine', also: inManifest },
  {
    tool: 'gatsby',
    has: ' requires Node.js v',
    pattern: /^\S{1,60} requires Node\.js v(?<symbol>[\d.]{1,20}) or higher \(you have v/,
    kind: 'engine',
    also: inManifest,
  },
  {
    tool: 'remix',
    has: 'Remix requires a Node version',
    kind: 'engine',
    also: inManifest,
  },
];

const versions: readonly SentenceRule[] = [
  {
    tool: 'react-scripts',
    has: "It looks like you're trying to use TypeScript but do not have typescript installed",
    kind: 'package-missing',
    also: () => ({ file: 'package.json', specifier: 'typescript' }),
  },
  {
    tool: 'webpack',
    has: 'unexpected caching problem occurred',
    kind: 'other',
    class: 'infrastructure',
    remedy: 'The restored build cache speaks of files that are no longer made. Redeploy without the build cache.',
  },
  {
    tool: 'webpack',
    has: 'CLI for webpack must be installed',
    kind: 'package-missing',
    also: () => ({ file: 'package.json', specifier: 'webpack-cli' }),
  },
  {
    tool: 'remix',
    has: 'using a module that is built in to Node, but you installed it as a dependency',
    kind: 'peer-conflict',
    also: inManifest,
  },
  {
    tool: 'gatsby',
    has: 'Something went wrong installing the "sharp" module',
    kind: 'package-missing',
    also: () => ({ specifier: 'sharp' }),
  },
  {
    tool: 'gatsby',
    has: 'from another module or realm',
    pattern: /^\s*(?:\w{0,20}Error: )?Cannot use \w{1,60} ".{0,200}" from another module or realm/,
    kind: 'peer-conflict',
    also: () => ({ file: 'package.json', specifier: 'graphql' }),
  },
  // Its binary is an optional package that a lockfile of another platform leaves out.
  {
    tool: 'next',
    has: 'Failed to load SWC binary',
    pattern: /Failed to load SWC binary for (?<symbol>\S{1,40}),/,
    kind: 'lockfile',
  },
];

const refusals: readonly SentenceRule[] = [
  {
    tool: 'prettier',
    has: '[error] Invalid ',
    pattern: /^\[error\] Invalid (?<symbol>\w{1,40}) value\. Expected /,
    kind: 'config',
  },
  {
    tool: 'prettier',
    has: "Couldn't resolve parser",
    pattern: /Couldn't resolve parser "(?<symbol>[^"]{1,80})"/,
    kind: 'config',
  },
  {
    tool: 'stylelint',
    has: 'ConfigurationError: ',
    pattern: /^(?:Error: )?ConfigurationError: (?!Could not find ")/,
    kind: 'config',
  },
  { tool: 'stylelint', has: 'NoFilesFoundError', kind: 'config', also: inManifest },
  {
    tool: 'biome',
    has: 'no such flag: ',
    pattern: /no such flag: `(?<symbol>-{1,2}[\w-]{1,60})`/,
    kind: 'config',
    also: inManifest,
  },
  {
    tool: 'eslint',
    has: 'was conflicted between',
    pattern: /Plugin "(?<symbol>[^"]{1,100})" was conflicted between/,
    kind: 'config',
  },
  {
    tool: 'remix',
    has: 'No baseUrl found, please set compilerOptions.baseUrl',
    kind: 'config',
    also: () => ({ file: 'tsconfig.json', symbol: 'baseUrl' }),
  },
  {
    tool: 'next',
    has: 'has been removed in favor of',
    pattern: /["`]next export["`] has been removed in favor of 'output: export'/,
    kind: 'config',
    also: inManifest,
  },
  {
    tool: 'next',
    has: 'Invalid segment configuration',
    pattern: /Invalid segment configuration (?:options|export) detected(?: for "(?<route>[^"]{1,300})")?/,
    kind: 'route-contract',
  },
  {
    tool: 'next',
    has: 'Global CSS cannot be imported within pages/_document',
    kind: 'style',
    also: (lines, at) => locationBelow(lines, at),
  },
  {
    tool: 'webpack',
    has: 'EnvironmentPlugin - ',
    pattern: /EnvironmentPlugin - (?<symbol>\w{1,80}) environment variable is undefined/,
    kind: 'variable-missing',
  },
  {
    tool: 'react-scripts',
    has: 'The build failed because the process exited too early',
    kind: 'memory',
    code: 'SIGKILL',
  },
];

function locationBelow(lines: LineStream, at: number): Partial<BuildError> {
  const file = /^Location: (\S{1,300})$/m.exec(lines.texts.slice(at, at + 4).join('\n'))?.[1];
  return file === undefined ? {} : { file };
}

export const settingsRules: readonly SentenceRule[] = [
  ...nothingFound,
  ...browsers,
  ...jest,
  ...storybook,
  ...engines,
  ...versions,
  ...refusals,
];
