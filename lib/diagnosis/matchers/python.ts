/** pip, uv and Pipenv, with which Vercel's builder of Python installs. */
import type { SentenceRule } from '../sentence-rules.js';

function python(rule: Omit<SentenceRule, 'tool'>): SentenceRule {
  return { tool: 'vercel', ...rule };
}

export const pythonRules: readonly SentenceRule[] = [
  python({
    has: 'No interpreter found for Python',
    pattern: /^error: No interpreter found for Python (?<symbol>\S{1,30}) in /,
    kind: 'engine',
    also: () => ({ file: '.python-version' }),
  }),
  python({
    has: 'No matching distribution found for ',
    pattern: /^ERROR: No matching distribution found for (?<specifier>[\w.-]{1,80})/,
    kind: 'package-missing',
    also: () => ({ file: 'requirements.txt' }),
  }),
  python({
    has: 'Failed to run "pipfile2req"',
    kind: 'lockfile',
    also: () => ({ file: 'Pipfile.lock' }),
    remedy: 'Write Pipfile.lock anew with `pipenv lock`, or give a requirements.txt in its place.',
  }),
  python({
    has: 'could not parse requirements.txt',
    pattern: /could not parse (?<file>requirements\.txt): /,
    kind: 'lockfile',
    more: 6,
    remedy: 'Correct the line of requirements.txt that cannot be read.',
  }),
  python({
    has: 'The conflict is caused by',
    kind: 'peer-conflict',
    also: () => ({ file: 'requirements.txt' }),
    more: 4,
  }),
  python({
    has: 'No solution found when resolving dependencies',
    kind: 'peer-conflict',
    also: () => ({ file: 'requirements.txt' }),
    more: 3,
  }),
  python({
    has: 'Failed to build `',
    pattern: /^\s*[×x] Failed to build `(?<specifier>[\w.-]{1,80})==[^`]{1,60}`/,
    kind: 'package-missing',
    remedy: ({ specifier }) =>
      `${specifier} has no wheel for this version of Python and does not build there: take a newer version of it, or an older Python.`,
  }),
  python({
    has: 'table found in: ',
    pattern: /^error: No `project` table found in: (?<file>\S{1,300})/,
    kind: 'config',
  }),
];
