/** Angular: its workspace's settings, its budgets, and the versions that it asks for. */
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import type { Groups, SentenceRule } from '../sentence-rules.js';
import { readThrown } from '../thrown-error.js';

/** Budgets stand in the workspace's settings; what exceeds one may be a style sheet of the project. */
function ofBudget(_lines: LineStream, _at: number, { specifier }: Groups): Partial<BuildError> {
  return { file: 'angular.json', ...(specifier === undefined ? {} : { trace: [specifier] }) };
}

function ofWorkspace(): Partial<BuildError> {
  return { file: 'angular.json' };
}

/** What a builder throws is about the options that it was given, unless it names the file that it wants. */
function ofException(lines: LineStream, at: number): Partial<BuildError> {
  const named = /"(?:\/vercel\/path\d{1,2}\/)?([\w./-]{1,200}\.(?:html|json|xlf|xliff|xmb|arb))"/.exec(
    textAt(lines, at),
  )?.[1];
  return { file: 'angular.json', ...(named === undefined ? {} : { trace: [named] }) };
}

const rendering = /An error occurred while (?:prerendering route '([^']{1,300})'|extracting routes)/;

/** A page that threw while it was rendered: the route, a blank line, and the error with its stack. */
export function matchAngularPages(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  const head = text.includes('An error occurred while') ? rendering.exec(text) : null;
  if (head === null) return undefined;
  let below = at + 1;
  while (below < at + 3 && textAt(lines, below).trim() === '') below++;
  const thrown = readThrown(lines, below);
  const error: BuildError = {
    tool: 'angular',
    kind: 'prerender',
    ...thrown.facts,
    ...(head[1] === undefined ? {} : { route: head[1] }),
    logLine: logLineAt(lines, at),
  };
  return matchOne({ ...thrown.reading, role: 'cause', error }, thrown.end);
}

export const angularRules: readonly SentenceRule[] = [
  {
    tool: 'angular',
    has: 'exceeded maximum budget',
    pattern: /\[WARNING\]|^Warning:/,
    kind: 'config',
    code: 'budget',
    role: 'warning',
  },
  {
    tool: 'angular',
    has: 'exceeded maximum budget',
    pattern:
      /(?:^|\] |: )(?:(?<specifier>[\w./-]{1,300}\.(?:css|scss|sass|less))|(?<symbol>[\w./ -]{1,100})) exceeded maximum budget/,
    kind: 'config',
    code: 'budget',
    also: ofBudget,
  },
  // Before its version 10.
  {
    tool: 'angular',
    has: 'ERROR in ',
    pattern:
      /^ERROR in (?:Exceeded maximum budget|budgets, maximum exceeded) for (?:(?<specifier>\S{1,300}\.(?:css|scss|sass|less))|(?<symbol>[\w./ -]{1,100}?))\. Budget /,
    kind: 'config',
    code: 'budget',
    also: ofBudget,
  },
  {
    tool: 'angular',
    has: 'Schema validation failed with the following errors',
    kind: 'config',
    more: 3,
    also: () => ({ file: 'angular.json' }),
  },
  {
    tool: 'angular',
    has: ' path in file replacements does not exist',
    pattern: /The (?:\/vercel\/path\d{1,2}\/)?(?<specifier>\S{1,300}) path in file replacements/,
    kind: 'config',
    also: () => ({ file: 'angular.json' }),
  },
  {
    tool: 'angular',
    has: "Could not find the '",
    pattern:
      /Could not find the '(?<specifier>(?:@[\w.-]{1,80}\/)?[\w.-]{1,80})(?::[\w-]{1,80})?' builder's node package/,
    kind: 'package-missing',
  },
  {
    tool: 'angular',
    has: 'Inlining of fonts failed',
    kind: 'network',
    code: 'google-fonts',
  },
  {
    tool: 'angular',
    has: 'Please ensure ',
    pattern: /Please ensure '(?<specifier>@?[\w./-]{1,100})' is installed/,
    kind: 'package-missing',
  },
  {
    tool: 'angular',
    has: 'is missing as a dependency',
    pattern: /It appears that "(?<specifier>@?[\w./-]{1,100})" is missing as a dependency/,
    kind: 'package-missing',
  },
  {
    tool: 'angular',
    has: 'You seem to not be depending on',
    pattern: /You seem to not be depending on "(?<specifier>@?[\w./-]{1,100})"/,
    kind: 'package-missing',
  },
  // @angular/compiler-cli/src/typescript_support.ts
  {
    tool: 'angular',
    has: 'The Angular Compiler requires TypeScript',
    kind: 'peer-conflict',
    also: () => ({ file: 'package.json', specifier: 'typescript', symbol: '@angular/compiler-cli' }),
  },
  {
    tool: 'angular',
    has: 'This version of CLI is only compatible with Angular versions',
    kind: 'peer-conflict',
    more: 1,
    also: () => ({ file: 'package.json', specifier: '@angular/cli', symbol: '@angular/core' }),
  },
  {
    tool: 'angular',
    has: 'The Angular CLI requires a minimum',
    pattern:
      /The Angular CLI requires a minimum (?:of )?Node\.js version (?:of )?(?:either )?v?(?<symbol>\d[\w.]{0,20}\b)/,
    kind: 'engine',
  },
  {
    tool: 'angular',
    has: ' has missing dependencies:',
    pattern: /The target entry-point "(?<symbol>[^"]{1,200})" has missing dependencies:/,
    kind: 'package-missing',
    also: (lines, at) => {
      const specifier = /^\s*- (@?[\w./-]{1,100})$/.exec(textAt(lines, at + 1))?.[1];
      return specifier === undefined ? {} : { specifier };
    },
  },
  // A builder of one version under a command line of another.
  {
    tool: 'angular',
    has: 'should have required property',
    pattern: /Data path "\.builders/,
    kind: 'peer-conflict',
    also: () => ({ file: 'package.json', specifier: '@angular-devkit/build-angular', symbol: '@angular/cli' }),
  },
  // Options of the compiler that stand in `angularCompilerOptions`.
  {
    tool: 'angular',
    has: 'error NG400',
    pattern: /\berror (?<code>NG400\d): /,
    kind: 'config',
    also: () => ({ file: 'tsconfig.json' }),
  },
  {
    tool: 'angular',
    has: 'specified tsConfig file',
    pattern: /The specified tsConfig file '(?:\/vercel\/path\d{1,2}\/)?(?<specifier>[^']{1,300})' does not exist/,
    kind: 'config',
    also: ofWorkspace,
  },
  {
    tool: 'angular',
    has: "' is not set in the workspace",
    pattern:
      /Configuration '(?<symbol>[^']{1,100})'(?: for target '[^']{1,100}')?(?: in project '[^']{1,100}')? is not set in the workspace/,
    kind: 'config',
    also: ofWorkspace,
  },
  {
    tool: 'angular',
    has: '" does not exist',
    pattern: /^(?:Error: )?Project "(?<symbol>[^"]{1,100})" does not exist\.?$/,
    kind: 'config',
    also: ofWorkspace,
  },
  {
    tool: 'angular',
    has: "' is malformed. Expected",
    pattern: /Project field '(?<symbol>[^']{1,100})' is malformed/,
    kind: 'config',
    also: ofWorkspace,
  },
  {
    tool: 'angular',
    has: 'Invalid format version detected',
    kind: 'config',
    also: ofWorkspace,
  },
  {
    tool: 'angular',
    has: 'Cannot determine project or target for command',
    kind: 'config',
    also: ofWorkspace,
  },
  {
    tool: 'angular',
    has: 'An unhandled exception occurred: ',
    pattern: /An unhandled exception occurred: (?!Cannot find )/,
    kind: 'config',
    also: ofException,
  },
  {
    tool: 'angular',
    has: 'This command is not available when running the Angular CLI outside a workspace',
    kind: 'config',
  },
];
