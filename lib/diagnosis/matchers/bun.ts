/** Bun, at installation and where it runs scripts. */
import { textAt } from '../finding.js';
import { hostIn, isPrivateHost } from '../private-hosts.js';
import { registryToken } from '../refused-credentials.js';
import type { SentenceRule } from '../sentence-rules.js';

function bun(rule: Omit<SentenceRule, 'tool'>): SentenceRule {
  return { tool: 'bun', ...rule };
}

export const bunRules: readonly SentenceRule[] = [
  bun({
    has: 'lockfile had changes, but lockfile is frozen',
    kind: 'lockfile',
    also: () => ({ file: 'bun.lock' }),
    remedy: 'Run `bun install` and commit the lockfile.',
  }),
  bun({
    has: 'failed to resolve',
    pattern: /^error: (?<specifier>\S{1,200})@\S{0,100} failed to resolve/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  bun({
    has: 'No version matching',
    pattern: /^error: No version matching "(?<symbol>[^"]{1,100})" found for specifier "(?<specifier>[^"]{1,200})"/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  bun({
    has: 'Script not found',
    pattern: /^error: Script not found "(?<symbol>[^"]{1,200})"/,
    kind: 'script-missing',
  }),
  bun({
    has: 'error: GET http',
    pattern: /^error: GET https?:\/\/\S{1,300} - (?<code>429|5\d\d)/,
    kind: 'network',
  }),
  bun({
    has: 'error: GET http',
    pattern: /^error: GET https?:\/\/(?<specifier>\S{1,300}) - (?<code>404)/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  // A public registry asks nobody who they are for a package without a scope.
  bun({
    has: 'error: GET http',
    pattern: /^error: GET https?:\/\/[^/\s]{1,200}\/[^@%\s]{1,300} - (?<code>403)/,
    when: (lines, at) => !isPrivateHost(hostIn(textAt(lines, at))),
    kind: 'network',
  }),
  bun({
    has: 'error: GET http',
    pattern: /^error: GET https?:\/\/\S{1,300} - (?<code>40[13])/,
    kind: 'variable-missing',
    class: 'environment',
    also: () => ({ symbol: 'NPM_TOKEN' }),
    remedy: registryToken,
  }),
  bun({
    has: 'downloading',
    pattern:
      /^error: (?<code>ConnectionClosed|ConnectionRefused|ConnectionReset|Timeout|FailedToOpenSocket|DNS\w{0,40}|\w{1,40}) downloading (?:package manifest|tarball) /,
    kind: 'network',
  }),
  bun({
    has: 'Workspace dependency',
    pattern: /^error: Workspace dependency "(?<specifier>[^"]{1,200})" not found/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  bun({
    has: 'incorrect peer dependency',
    pattern: /^error: incorrect peer dependency "(?<specifier>[^"]{1,200})"/,
    kind: 'peer-conflict',
    also: () => ({ file: 'package.json' }),
  }),
];
