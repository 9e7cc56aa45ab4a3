/** What other hosts say of their own limits and settings, in logs that people bring along. */
import type { SentenceRule } from '../sentence-rules.js';

export const otherHostRules: readonly SentenceRule[] = [
  {
    tool: 'netlify',
    has: 'Command did not finish within the time limit',
    kind: 'timeout',
    code: 'build-timeout',
  },
  {
    tool: 'netlify',
    has: "' does not exist",
    pattern: /Deploy directory '(?<specifier>[^']{1,300})' does not exist/,
    kind: 'output-directory',
  },
  {
    tool: 'heroku',
    has: 'is too large (max',
    pattern: /Compiled slug size: [\d.]{1,12}\w is too large/,
    kind: 'size',
    code: 'slug-size',
  },
];
