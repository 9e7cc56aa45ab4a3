/** What package managers say of their own settings, of what a cache left behind, and of Corepack between them and Vercel. */
import type { SentenceRule } from '../sentence-rules.js';

const withoutCache =
  'The folder of packages that the build cache brought back was made with other settings. Redeploy without the build cache (Redeploy, “Use existing Build Cache” off).';

const packageManagerField =
  'Name an existing version of the package manager exactly in "packageManager" of package.json.';

export const managerSettingsRules: readonly SentenceRule[] = [
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_BAD_WORKSPACE_MANIFEST_NAME',
    pattern: /(?<code>ERR_PNPM_BAD_WORKSPACE_MANIFEST_NAME)/,
    kind: 'config',
    also: () => ({ file: 'pnpm-workspace.yaml' }),
  },
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_DISALLOW_WORKSPACE_CYCLES',
    pattern: /(?<code>ERR_PNPM_DISALLOW_WORKSPACE_CYCLES)/,
    kind: 'config',
    more: 1,
    also: () => ({ file: 'pnpm-workspace.yaml', symbol: 'disallowWorkspaceCycles' }),
  },
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_PNPMFILE_',
    pattern: /(?<code>ERR_PNPM_PNPMFILE_\w{1,40}).{0,200}"(?<file>[^"]{1,300}pnpmfile\.[cm]?js)"/,
    kind: 'config',
  },
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_',
    pattern: /(?<code>ERR_PNPM_(?:NODEJS_VERSION_NOT_FOUND|COULD_NOT_RESOLVE_NODEJS|CANNOT_RESOLVE_PNPM))/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_',
    pattern:
      /(?<code>ERR_PNPM_(?:(?:PUBLIC_)?HOIST_PATTERN_DIFF|VIRTUAL_STORE_DIR_MAX_LENGTH_DIFF|UNEXPECTED_(?:VIRTUAL_)?STORE|INCLUDED_DEPS_CONFLICT|ABORTED_REMOVE_MODULES_DIR\w{0,20}))(?!\w)/,
    kind: 'other',
    class: 'transient',
    remedy: withoutCache,
  },
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_TARBALL_EXTRACT',
    pattern: /(?<code>ERR_PNPM_TARBALL_EXTRACT)/,
    kind: 'network',
  },
  {
    tool: 'pnpm',
    has: 'ERR_PNPM_TOKEN_HELPER_',
    pattern: /(?<code>ERR_PNPM_TOKEN_HELPER_\w{1,40})/,
    kind: 'config',
    also: () => ({ file: '.npmrc', symbol: 'tokenHelper' }),
  },
  {
    tool: 'pnpm',
    has: 'This version of pnpm requires at least Node.js',
    pattern: /This version of pnpm requires at least Node\.js v(?<symbol>[\d.]{1,12})/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'corepack',
    has: 'Cannot find matching keyid',
    kind: 'engine',
    class: 'config',
    remedy:
      'Corepack is too old for the registry’s signatures. Set "packageManager" in package.json to the version wanted and remove ENABLE_EXPERIMENTAL_COREPACK, or use a newer Node.js version.',
  },
  {
    tool: 'corepack',
    has: 'Invalid package manager specification in',
    pattern:
      /Invalid package manager specification in (?:\S{0,300}\/)?(?<file>package\.json) \((?<symbol>[^)\s]{1,80})\)/,
    kind: 'engine',
    remedy: packageManagerField,
  },
  {
    tool: 'corepack',
    has: 'Unsupported package manager specification',
    pattern: /Unsupported package manager specification \((?<symbol>[^)\s]{1,80})\)/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
    remedy: packageManagerField,
  },
  {
    tool: 'corepack',
    has: 'Server answered with HTTP 404 when performing the request to',
    pattern: /request to https?:\/\/\S{1,200}?(?<symbol>(?:pnpm|yarn|npm|cli-dist)-\d[\w.-]{0,60})\.tgz/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
    remedy: packageManagerField,
  },
  {
    tool: 'corepack',
    has: 'Internal Error: Mismatch hashes.',
    kind: 'engine',
    also: () => ({ file: 'package.json', symbol: 'packageManager' }),
    remedy: 'Correct the hash behind the version in "packageManager" of package.json, or leave it out.',
  },
  // Node.js reads what Corepack keeps below the repository as the `type` of the repository's package.json says.
  ...['/yarn.js:', '/pnpm.cjs:'].map(
    (has): SentenceRule => ({
      tool: 'corepack',
      has,
      pattern: /^(?:file:\/\/)?\/\S{1,200}\/corepack\/\S{0,60}\b(?<symbol>yarn|pnpm)\/[\d.]{1,15}\/\S{1,60}:\d{1,6}$/,
      kind: 'engine',
      also: () => ({ file: 'package.json' }),
      remedy:
        'The package manager itself does not start in the folder of Corepack’s cache. Keep it in the repository (yarnPath of Yarn), or name another version in "packageManager" of package.json.',
    }),
  ),
  {
    tool: 'yarn',
    has: 'Workspaces can only be enabled in private projects',
    kind: 'config',
    also: () => ({ file: 'package.json', symbol: 'private' }),
  },
  {
    tool: 'yarn',
    has: 'defines "packageManager": "',
    pattern: /package\.json defines "packageManager": "(?<symbol>[^"]{1,80})"\. However the current global version/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'yarn',
    has: 'Duplicate workspace name ',
    pattern: /Duplicate workspace name (?<symbol>[^:\s]{1,200}): (?<file>\S{1,300}) conflicts with/,
    kind: 'config',
    also: (_lines, _at, { file }) => ({ file: `${file}/package.json` }),
  },
  {
    tool: 'yarn',
    has: 'Unknown workspace "',
    pattern: /Unknown workspace "(?<symbol>[^"]{1,200})"/,
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'yarn',
    has: "Usage Error: Workspace '",
    pattern: /Workspace '(?<symbol>[^']{1,200})' not found/,
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'yarn',
    has: 'Cannot find the root of your workspace',
    kind: 'config',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'yarn',
    has: '.yarnrc.yml',
    pattern: /^Usage Error: (?!Environment variable).{0,1000}\.yarnrc\.yml/,
    kind: 'config',
    also: () => ({ file: '.yarnrc.yml', symbol: '.yarnrc.yml' }),
  },
  {
    tool: 'yarn',
    has: '(when parsing ',
    pattern: /^Syntax Error: .{1,300} \(when parsing (?<file>[^)]{1,300}package\.json)\)/,
    kind: 'json',
  },
  {
    tool: 'yarn',
    has: 'YN00',
    pattern: /(?<code>YN008[01]): (?:[│├└┌] {0,2})?/,
    kind: 'config',
    also: () => ({ file: '.yarnrc.yml' }),
  },
  {
    tool: 'yarn',
    has: 'YN0033',
    pattern: /(?<code>YN0033): (?:[│├└┌] {0,2})?/,
    kind: 'variable-missing',
    class: 'environment',
    also: () => ({ symbol: 'NPM_TOKEN' }),
  },
  {
    tool: 'yarn',
    has: 'YN0035',
    pattern: /(?<code>YN0035): (?:[│├└┌] {0,3})?Response Code: 40[13] /,
    kind: 'variable-missing',
    class: 'environment',
    also: () => ({ symbol: 'NPM_TOKEN' }),
  },
  {
    tool: 'yarn',
    has: "but it isn't declared in its dependencies",
    pattern: /Error: (?<specifier>\S{1,200}) tried to access (?<symbol>\S{1,200}), but it isn't declared in its/,
    kind: 'package-missing',
  },
  { tool: 'yarn', has: 'failed, the file appears to be corrupt', kind: 'network' },
  {
    tool: 'bun',
    has: 'No workspace packages matched the filter',
    pattern: /matched the filter "(?<symbol>[^"]{1,200})"/,
    kind: 'config',
  },
  {
    tool: 'bun',
    has: 'failed to parse lockfile: ',
    kind: 'lockfile',
    role: 'warning',
    also: () => ({ file: 'bun.lock' }),
  },
  { tool: 'bun', has: 'nknown lockfile version', kind: 'lockfile', also: () => ({ file: 'bun.lock' }) },
  { tool: 'bun', has: 'NoSpaceLeft', kind: 'size', code: 'ENOSPC' },
  {
    // The package `only-allow`, as a script before the installation.
    tool: 'npm',
    has: ' for installation in this project',
    pattern: /Use "(?<symbol>pnpm|yarn|npm|bun)(?: install)?" for installation in this project/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
    remedy: ({ symbol }) =>
      `Commit the lockfile of ${symbol} and no other, or set the Install Command of the project to \`${symbol} install\`.`,
  },
  {
    tool: 'yarn',
    has: "Couldn't find match for ",
    pattern: /Couldn't find match for "(?<symbol>[^"]{1,100})" in "[^"]{0,1000}" for "(?<specifier>[^"]{1,300})"/,
    kind: 'package-missing',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'yarn',
    has: 'This tool requires a Node version compatible with',
    pattern: /Node version compatible with (?<symbol>\S{1,40})/,
    kind: 'engine',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'bun',
    has: 'Failed to apply patchfile (',
    pattern: /Failed to apply patchfile \((?<specifier>[^)]{1,300})\)/,
    kind: 'other',
    class: 'dependency',
  },
  {
    tool: 'patch-package',
    has: 'Patch file found for package ',
    pattern: /Patch file found for package (?<specifier>\S{1,200}) which is not present/,
    kind: 'other',
    class: 'dependency',
  },
  {
    tool: 'pnpm',
    has: 'ENOENT: no such file',
    pattern: /^pnpm: ENOENT: no such file or directory, open '(?<specifier>[^']{1,300}\.patch)'/,
    kind: 'file-missing',
    class: 'dependency',
    also: () => ({ file: 'package.json' }),
  },
  {
    tool: 'pnpm',
    has: 'Headless installation requires a pnpm-lock.yaml',
    kind: 'lockfile',
    also: () => ({ file: 'pnpm-lock.yaml' }),
    remedy:
      'Commit pnpm-lock.yaml beside the package.json of the root directory, or set the root directory to where it lies.',
  },
  {
    tool: 'pnpm',
    has: 'packages field missing or empty',
    pattern: /^\s*ERROR\s+packages field missing or empty/,
    kind: 'config',
    also: () => ({ file: 'pnpm-workspace.yaml' }),
  },
  {
    tool: 'yarn',
    has: 'ENOENT: no such file',
    pattern:
      /An unexpected error occurred: "ENOENT: no such file or directory, open '(?<file>[^']{1,300}\/yarn\.lock)'/,
    kind: 'lockfile',
  },
  {
    tool: 'patch-package',
    has: 'Failed to apply patch for package ',
    pattern: /Failed to apply patch for package (?<specifier>\S{1,200})/,
    kind: 'other',
    class: 'dependency',
  },
  {
    tool: 'bun',
    has: 'script from "',
    pattern: /^error: (?:pre|post)?(?:install|prepare) script from "(?<specifier>[^"]{1,200})" exited with \d{1,3}/,
    kind: 'script-failed',
    class: 'dependency',
  },
];
