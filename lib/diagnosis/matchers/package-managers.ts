/** pnpm and Yarn (1 and later), at installation and where they run scripts. */
import { textAt } from '../finding.js';
import { readNetworkFailure } from '../network-failure.js';
import { hostIn, isPrivateHost, privateRegistryRemedy } from '../private-hosts.js';
import { registryToken } from '../refused-credentials.js';
import type { SentenceRule } from '../sentence-rules.js';

const relock = {
  pnpm: 'Run `pnpm install --lockfile-only` with the pnpm version that the build uses, and commit pnpm-lock.yaml.',
  yarn: 'Run `yarn install` and commit yarn.lock.',
};

function pnpm(rule: Omit<SentenceRule, 'tool'>): SentenceRule {
  return { tool: 'pnpm', ...rule };
}

function yarn(rule: Omit<SentenceRule, 'tool'>): SentenceRule {
  return { tool: 'yarn', ...rule };
}

export const pnpmRules: readonly SentenceRule[] = [
  pnpm({
    has: 'ERR_PNPM_OUTDATED_LOCKFILE',
    pattern: /(?<code>ERR_PNPM_OUTDATED_LOCKFILE)/,
    kind: 'lockfile',
    more: 1,
    also: (lines, at) => {
      const changed = /dependencies were (?:added|removed): ((?:@[^@\s/]{1,80}\/)?[^@\s]{1,100})@/.exec(
        lines.texts.slice(at + 1, at + 8).join('\n'),
      )?.[1];
      return { file: 'pnpm-lock.yaml', ...(changed === undefined ? {} : { symbol: changed }) };
    },
    remedy: relock.pnpm,
  }),
  pnpm({
    has: 'ERR_PNPM_',
    pattern:
      /(?<code>ERR_PNPM_(?:FROZEN_LOCKFILE_WITH_OUTDATED_LOCKFILE|NO_LOCKFILE|LOCKFILE_\w{1,60}|TARBALL_INTEGRITY|BROKEN_LOCKFILE|UNEXPECTED_PKG_CONTENT_IN_STORE|MISSING_TIME))/,
    kind: 'lockfile',
    more: 1,
    also: () => ({ file: 'pnpm-lock.yaml' }),
    remedy: relock.pnpm,
  }),
  // The reason without its heading, where somebody quotes it alone.
  pnpm({
    has: 'specifiers in the lockfile',
    pattern: /^specifiers in the lockfile .{0,2000}don't match spec(?:s|ifiers) in (?:\S{0,200}\/)?package\.json/,
    kind: 'lockfile',
    code: 'ERR_PNPM_OUTDATED_LOCKFILE',
    more: 8,
    when: (lines, at) => !lines.texts.slice(Math.max(0, at - 8), at).some((text) => text.includes('ERR_PNPM_')),
    also: () => ({ file: 'pnpm-lock.yaml' }),
    remedy: relock.pnpm,
  }),
  pnpm({
    has: 'ERR_PNPM_IGNORED_BUILDS',
    pattern: /(?<code>ERR_PNPM_IGNORED_BUILDS)\S{0,3} *Ignored build scripts: (?<symbol>[^,.\s]{1,200})/,
    kind: 'config',
    also: () => ({ file: 'pnpm-workspace.yaml' }),
  }),
  pnpm({
    has: 'ERR_PNPM_PEER_DEP_ISSUES',
    pattern: /(?<code>ERR_PNPM_PEER_DEP_ISSUES)/,
    kind: 'peer-conflict',
    more: 8,
    also: () => ({ file: 'package.json' }),
  }),
  pnpm({
    has: 'ERR_PNPM_NO_MATCHING_VERSION',
    pattern:
      /(?<code>ERR_PNPM_NO_MATCHING_VERSION\w{0,40})\S{0,3} *(?:In [^:]{1,200}: )?No matching version found for (?<specifier>\S{1,200}@\S{1,80})/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  // What fetches packages gave up, whatever the host is.
  pnpm({
    has: 'failed, reason: ',
    pattern: /^\s?(?<code>E[A-Z_]{3,40})\s{1,4}request to https?:\/\/\S{1,500} failed, reason: /,
    kind: 'network',
  }),
  pnpm({ has: 'No projects matched the filters', kind: 'config', code: 'no-projects-matched' }),
  // What js-yaml says of the only file that pnpm reads in its notation without naming it.
  pnpm({
    has: 'ERROR',
    pattern: /^\s?ERROR\s{1,4}[a-z].{5,160} \((?<line>\d{1,6}):(?<column>\d{1,6})\)$/,
    when: (lines, at) => /^ {0,5}\d{1,6} \| /.test(textAt(lines, at + 1) || textAt(lines, at + 2)),
    kind: 'config',
    also: () => ({ file: 'pnpm-workspace.yaml' }),
  }),
  pnpm({
    has: 'ERR_PNPM_FETCH_404',
    pattern: /(?<code>ERR_PNPM_FETCH_404)/,
    kind: 'package-missing',
    more: 4,
    also: (lines, at) => specifierBelow(lines.texts.slice(at, at + 6)),
  }),
  pnpm({
    has: 'ERR_PNPM_FETCH_40',
    pattern: /(?<code>ERR_PNPM_FETCH_40[13])/,
    kind: 'variable-missing',
    more: 3,
    class: 'environment',
    also: () => ({ symbol: 'NPM_TOKEN' }),
    remedy: registryToken,
  }),
  // Said in the sentence of a registry that does not answer, or below its code: https://github.com/pnpm/pnpm/issues/6424
  ...['Value of "this" must be of type URLSearchParams', 'ERR_PNPM_META_FETCH_FAIL'].map((has) =>
    pnpm({
      has,
      when: (lines, at) =>
        lines.texts.slice(at, at + 2).some((text) => text.includes('must be of type URLSearchParams')),
      kind: 'engine',
      class: 'config',
      remedy:
        'This pnpm version does not run on this Node.js. Set "packageManager": "pnpm@9.15.9" (or newer) in package.json and enable Corepack (ENABLE_EXPERIMENTAL_COREPACK=1).',
    }),
  ),
  pnpm({
    has: 'ERR_PNPM_',
    pattern: /(?<code>ERR_PNPM_(?:META_FETCH_FAIL|FETCH_(?:429|5\d\d)|REGISTRY_META_FETCH\w{0,20}|BAD_TARBALL_SIZE))/,
    kind: 'network',
    more: 1,
  }),
  pnpm({
    has: 'ERR_PNPM_WORKSPACE_PKG_NOT_FOUND',
    pattern:
      /(?<code>ERR_PNPM_WORKSPACE_PKG_NOT_FOUND)\S{0,3} *In (?<file>[^:]{0,200}): "(?<specifier>[^"@]{1,200}|@[^"@]{1,200})@workspace:/,
    kind: 'package-missing',
  }),
  pnpm({
    has: 'ERR_PNPM_NO_SCRIPT',
    pattern:
      /(?<code>ERR_PNPM_NO_SCRIPT)\w{0,30}\S{0,3} *Missing script(?: start or file server\.js|: (?<symbol>\S{1,200}))/,
    kind: 'script-missing',
  }),
  pnpm({
    has: 'ERR_PNPM_RECURSIVE_RUN_NO_SCRIPT',
    pattern:
      /(?<code>ERR_PNPM_RECURSIVE_RUN_NO_SCRIPT)\S{0,3} *None of the (?:selected )?packages has a "(?<symbol>[^"]{1,200})" script/,
    kind: 'script-missing',
  }),
  pnpm({
    has: 'ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL',
    pattern: /(?<code>ERR_PNPM_RECURSIVE_EXEC_FIRST_FAIL)\S{0,3} *Command "(?<symbol>[^"]{1,200})" not found/,
    kind: 'package-missing',
    role: 'symptom',
  }),
  pnpm({
    has: 'ERR_PNPM_',
    pattern: /(?<code>ERR_PNPM_(?:UNSUPPORTED_ENGINE|BAD_PM_VERSION|OTHER_PM_EXPECTED|INVALID_NODE_VERSION))/,
    kind: 'engine',
    more: 6,
    also: () => ({ file: 'package.json' }),
  }),
  pnpm({
    has: 'ERR_PNPM_',
    pattern:
      /(?<code>ERR_PNPM_(?:PATCH_\w{1,40}|CATALOG_\w{1,60}|INVALID_\w{1,60}|BAD_PACKAGE_JSON|JSON_PARSE|NO_IMPORTER_MANIFEST_FOUND|NO_PKG_MANIFEST|OVERRIDE\w{0,40}|LOCKFILE_CONFIG_MISMATCH|SPEC_NOT_SUPPORTED\w{0,60}|CONFIG\w{0,40}|WORKSPACE\w{1,60}))/,
    kind: 'config',
    more: 2,
  }),
  pnpm({
    has: 'ERR_PNPM_',
    pattern: /(?<code>ERR_PNPM_(?!RECURSIVE_RUN_FIRST_FAIL|LIFECYCLE)\w{1,60})/,
    kind: 'other',
    class: 'dependency',
    more: 2,
    role: 'symptom',
  }),
  pnpm({ has: 'ERR_INVALID_THIS', pattern: /(?<code>ERR_INVALID_THIS)/, kind: 'engine', role: 'symptom' }),
  pnpm({
    has: 'This project is configured to use',
    pattern: /This project is configured to use (?<symbol>(?!v\d)\S{1,60})/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  }),
  pnpm({
    has: 'does not match intended corepack',
    kind: 'engine',
    role: 'warning',
    also: () => ({ file: 'package.json' }),
  }),
  pnpm({
    has: 'ERR_PNPM_UNSUPPORTED_PLATFORM',
    kind: 'package-missing',
    more: 4,
  }),
  {
    tool: 'corepack',
    has: 'Internal Error: Cannot find matching keyid',
    kind: 'engine',
    class: 'config',
    remedy:
      'Corepack is too old for the registry’s signatures. Set "packageManager" in package.json to the version wanted and remove ENABLE_EXPERIMENTAL_COREPACK, or use a newer Node.js version.',
  },
  {
    tool: 'corepack',
    has: 'Error when performing the request to https://',
    kind: 'network',
  },
];

export const yarnRules: readonly SentenceRule[] = [
  // pnpm only warns of it, and says later what came of it.
  yarn({
    has: 'Failed to replace env in config',
    pattern:
      /^(?:error (?:An unexpected error occurred: ")?|Error: |npm (?:error|ERR!) )Failed to replace env in config: \$\{(?<symbol>\w{1,80})\}/,
    kind: 'variable-missing',
    class: 'environment',
    remedy: registryToken,
  }),
  yarn({
    has: 'Your lockfile needs to be updated',
    kind: 'lockfile',
    also: () => ({ file: 'yarn.lock' }),
    remedy: relock.yarn,
  }),
  yarn({
    has: 'YN0028',
    pattern: /(?<code>YN0028)/,
    kind: 'lockfile',
    when: (lines, at) => (lines.texts[at] ?? '').includes('would have been'),
    also: () => ({ file: 'yarn.lock' }),
    remedy: relock.yarn,
  }),
  yarn({
    has: 'YN0018',
    pattern: /(?<code>YN0018): (?:[│├└┌] ?)?(?<specifier>\S{1,200}@\S{1,80}): The remote archive doesn't match/,
    kind: 'lockfile',
    also: () => ({ file: 'yarn.lock' }),
    remedy: 'Run `YARN_CHECKSUM_BEHAVIOR=update yarn install` and commit yarn.lock.',
  }),
  yarn({
    has: 'The lockfile would have been modified by this install',
    kind: 'lockfile',
    also: () => ({ file: 'yarn.lock' }),
    remedy: relock.yarn,
  }),
  yarn({
    has: 'yarn.lock',
    pattern:
      /^error An unexpected error occurred: "(?:Unexpected token|Unknown token|Invalid value type)\b.{0,200}? (?<line>\d{1,7}):(?<column>\d{1,7}) in (?<file>[^"]{1,400}yarn\.lock)"/,
    kind: 'lockfile',
    remedy: relock.yarn,
  }),
  yarn({
    has: 'Integrity check failed for',
    pattern: /Integrity check failed for "(?<specifier>[^"]{1,200})"/,
    kind: 'lockfile',
    also: () => ({ file: 'yarn.lock' }),
    remedy: relock.yarn,
  }),
  yarn({
    has: "Couldn't find any versions for",
    pattern: /Couldn't find any versions for "(?<specifier>[^"]{1,200})" that matches/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: "Couldn't find package",
    pattern: /Couldn't find package "(?<specifier>[^"]{1,200})"/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: 'No candidates found',
    pattern: /(?<code>YN\d{4}): (?:[│├└┌] ?)?(?:Error: )?(?<specifier>@?[^@\s]{1,200})@\S{1,100}: No candidates found/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: 'Workspace not found',
    pattern:
      /(?:(?<code>YN\d{4}): )?(?:[│├└┌] ?)?(?:[^:]{0,200}: )?Workspace not found \((?<specifier>@?[^@\s)]{1,200})/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: 'The engine "node" is incompatible',
    pattern:
      /error (?<specifier>\S{1,200}): The engine "node" is incompatible with this module\. Expected version "(?<symbol>[^"]{1,100})"/,
    kind: 'engine',
  }),
  yarn({
    has: 'is incompatible with this module',
    pattern:
      /error \S{1,200}: The engine "(?<symbol>yarn|npm|pnpm|vscode|bun)" is incompatible with this module\. Expected version/,
    kind: 'engine',
    class: 'config',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: 'Command "',
    pattern: /^error Command "(?<symbol>[^"]{1,200})" not found/,
    kind: 'script-missing',
  }),
  yarn({
    has: "Couldn't find a script named",
    pattern: /Couldn't find a script named "(?<symbol>[^"]{1,200})"/,
    kind: 'script-missing',
  }),
  yarn({
    has: ': Not found',
    pattern: /^error Error: https?:\/\/[^/\s]{1,200}\/(?<specifier>\S{1,200}): Not found/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: 'An unexpected error occurred:',
    pattern: /^error An unexpected error occurred: "https?:\/\/[^"]{1,300}(?:\.tgz:"|ENOTFOUND)/,
    when: (lines, at) => isPrivateHost(hostIn(textAt(lines, at))),
    kind: 'lockfile',
    also: () => ({ file: 'yarn.lock' }),
    remedy: privateRegistryRemedy,
  }),
  yarn({
    has: 'An unexpected error occurred:',
    pattern:
      /^error An unexpected error occurred: "https?:\/\/[^"]{1,300}(?:ESOCKETTIMEDOUT|ETIMEDOUT|ECONNRESET|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|Request failed \\"(?:429|5\d\d))/,
    kind: 'network',
  }),
  yarn({
    has: 'An unexpected error occurred:',
    pattern:
      /^error An unexpected error occurred: "(?:https?:\/\/(?<specifier>[^"]{1,300}): Not found|https?:\/\/[^"]{1,300}Request failed \\"404)/,
    kind: 'package-missing',
  }),
  yarn({
    has: 'An unexpected error occurred:',
    pattern: /^error An unexpected error occurred: "https?:\/\/[^"]{1,300}Request failed \\"40[13]/,
    kind: 'variable-missing',
    class: 'environment',
    also: () => ({ symbol: 'NPM_TOKEN' }),
    remedy: registryToken,
  }),
  yarn({
    // The address, and of what happened there not a word.
    has: 'An unexpected error occurred:',
    pattern: /^error An unexpected error occurred: "https?:\/\/[^"\s]{1,300}:"/,
    kind: 'network',
  }),
  yarn({
    has: 'An unexpected error occurred:',
    pattern: /^error An unexpected error occurred: "(?<file>[^"]{0,300}package\.json): /,
    kind: 'json',
  }),
  yarn({ has: 'There appears to be trouble with your network connection', kind: 'network', role: 'warning' }),
  // Yarn 1 repeats below it what a package's own script printed.
  yarn({
    has: ': Command failed.',
    pattern: /^error \S{1,300}\/node_modules\/(?<specifier>(?:@[^/\s]{1,100}\/)?[^/\s]{1,100}): Command failed\.$/,
    kind: 'network',
    when: (lines, at) => lines.texts.slice(at, at + scriptLines).some(isNetworkFailure),
    also: (lines, at) => ({ message: lines.texts.slice(at, at + scriptLines).find(isNetworkFailure) ?? '' }),
  }),
  yarn({
    has: 'YN0035',
    pattern:
      /(?<code>YN0035): (?:[│├└┌] ?)?(?:(?<specifier>@?[^@\s]{1,200})@\S{1,100}: Package not found|.{0,200}Package not found)/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: 'YN0035',
    pattern: /(?<code>YN0035): (?:[│├└┌] {0,2})?(?<specifier>@?[^@\s]{1,200})@\S{1,100}: /,
    kind: 'package-missing',
    when: (lines, at) => /Response Code: 404|404 \(/.test(lines.texts.slice(at, at + 6).join('\n')),
    also: () => ({ file: 'package.json' }),
  }),
  yarn({
    has: "couldn't be built successfully",
    pattern: /(?<code>YN0009): (?:[│├└┌] ?)?(?<specifier>@?[^@\s]{1,200})@/,
    kind: 'script-failed',
    class: 'dependency',
    role: 'warning',
  }),
  yarn({
    has: 'YN0035',
    pattern: /(?<code>YN0035)/,
    kind: 'network',
    when: (lines, at) =>
      !/Response Code: 40\d|40[134] \(/.test(lines.texts.slice(Math.max(0, at - 6), at + 6).join('\n')),
  }),
  yarn({
    has: 'YN0041',
    pattern: /(?<code>YN0041)/,
    kind: 'variable-missing',
    class: 'environment',
    also: () => ({ symbol: 'NPM_TOKEN' }),
    remedy: registryToken,
  }),
  yarn({ has: 'YN0001', pattern: /(?<code>YN0001): (?:[│├└┌] ?)?(?:\S{1,200}: )?RequestError/, kind: 'network' }),
  yarn({
    has: 'Environment variable not found (',
    pattern: /Environment variable not found \((?<symbol>[A-Z_][A-Z0-9_]{1,100})\)/,
    kind: 'variable-missing',
  }),
  yarn({
    has: 'The nearest package directory',
    kind: 'config',
    more: 2,
    also: () => ({ file: 'package.json' }),
  }),
];

const scriptLines = 40;

function isNetworkFailure(text: string): boolean {
  return readNetworkFailure(text)?.local === false;
}

function specifierBelow(texts: readonly string[]): { readonly file?: string; readonly specifier?: string } {
  const name =
    /(?:GET https?:\/\/[^/\s]{1,200}\/(\S{1,200}?)(?::| -)|(?:^|\s)(\S{1,200}) is not in the npm registry)/.exec(
      texts.join('\n'),
    );
  const specifier = name?.[2] ?? name?.[1];
  return specifier === undefined
    ? { file: 'package.json' }
    : { file: 'package.json', specifier: decodeSpecifier(specifier) };
}

function decodeSpecifier(text: string): string {
  return text.replace('%2F', '/').replace('%2f', '/');
}
