import { asRecord } from '../../context/manifests.js';
import { baseName, isLockfile } from '../../context/readable-files.js';
import type { ContentRule, Finding, ParsedChange, PathRule } from './policy-rule.js';

function guardPaths(
  name: string,
  options: {
    readonly severity: PathRule['severity'];
    readonly matches: (path: string) => boolean;
    readonly message: string;
  },
): PathRule {
  return {
    name,
    severity: options.severity,
    checkPaths: ({ edits }) =>
      [...new Set(edits.map((edit) => edit.path))]
        .filter((path) => options.matches(path.normalize('NFKC').toLowerCase()))
        .map((path) => ({ path, message: options.message })),
  };
}

const CI_FILES =
  /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.husky|\.buildkite|\.githooks|\.git-hooks|\.semaphore|\.woodpecker|\.forgejo|\.gitea|\.teamcity|\.devcontainer)\/|(?:^|\/)(?:\.gitlab-ci\.ya?ml|azure-pipelines\.ya?ml|bitbucket-pipelines\.ya?ml|jenkinsfile|\.travis\.ya?ml|appveyor\.ya?ml|\.drone\.ya?ml|cloudbuild\.ya?ml|buildspec\.ya?ml|lefthook\.ya?ml|\.lefthook\.ya?ml|\.pre-commit-config\.ya?ml|\.lintstagedrc[\w.]*|codeowners|renovate\.json5?|\.coderabbit\.ya?ml)$/;

const PACKAGE_MANAGER_SETTINGS =
  /(?:^|\/)(?:\.npmrc|\.yarnrc|\.yarnrc\.ya?ml|\.pnpmfile\.[cm]?js|pnpmfile\.[cm]?js|pnpm-workspace\.ya?ml|bunfig\.toml|\.pnpmrc|\.tool-versions|\.yarn\/.*)$/;

const BUILD_PROGRAMS =
  /\.(?:sh|bash|zsh|bat|cmd|ps1)$|(?:^|\/)(?:makefile|dockerfile|justfile|procfile|taskfile\.ya?ml|vercel\.[cm]?ts|vercel\.[cm]?js)$/;

const SECRET_FILES =
  /(?:^|\/)\.env(?:$|\.(?!(?:example|sample|template|dist)$))|\.(?:pem|key|p12|pfx|jks|keystore|crt|cer)$|(?:^|\/)(?:id_(?:rsa|ed25519|ecdsa)|\.netrc|\.htpasswd|credentials\.json|service-account[\w-]*\.json)$/;

const GENERATED_FOLDERS =
  /(?:^|\/)(?:node_modules|\.next|\.nuxt|\.output|\.svelte-kit|\.vercel|\.turbo|\.pnpm-store|\.astro|bower_components)\//;

export const guardedPathRules: readonly PathRule[] = [
  guardPaths('ci-workflow', {
    severity: 'ask-first',
    matches: (path) => CI_FILES.test(path),
    message: 'A workflow or hook runs outside the build, with rights of its own.',
  }),
  guardPaths('package-manager-settings', {
    severity: 'ask-first',
    matches: (path) => PACKAGE_MANAGER_SETTINGS.test(path),
    message: 'The settings of the package manager decide what an installation runs and where it comes from.',
  }),
  guardPaths('lockfile', {
    severity: 'ask-first',
    matches: isLockfile,
    message: 'A lockfile is written by its package manager; run its install command and commit the result.',
  }),
  guardPaths('build-program', {
    severity: 'ask-first',
    matches: (path) => BUILD_PROGRAMS.test(path),
    message: 'The file is a program of the build or of its container.',
  }),
  guardPaths('secret-file', {
    severity: 'refused',
    matches: (path) => SECRET_FILES.test(path),
    message: 'Secrets and variables belong into the project settings, not into the repository.',
  }),
  guardPaths('generated-file', {
    severity: 'refused',
    matches: (path) => GENERATED_FOLDERS.test(path),
    message: 'The file is written by a tool and not part of the source.',
  }),
];

/** Scripts that a package manager runs by itself during an installation. */
const LIFECYCLE =
  /^(?:pre|post)?(?:install|prepare|pack|publish|publishOnly|version|shrinkwrap|uninstall|dependencies)$|^prepublish(?:Only)?$/;

function changedKeys(before: unknown, after: unknown): string[] {
  const old = asRecord(before);
  const now = asRecord(after);
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]),
  );
}

function isManifest(change: ParsedChange): boolean {
  return baseName(change.file.path) === 'package.json';
}

/** `pre` and `post` of any script run with it, unasked. */
function isLifecycle(name: string, scripts: Readonly<Record<string, unknown>>): boolean {
  const hooked = /^(?:pre|post)(.+)$/.exec(name)?.[1];
  return LIFECYCLE.test(name) || (hooked !== undefined && hooked in scripts);
}

function scriptChanges(change: ParsedChange): { readonly hooks: string[]; readonly scripts: string[] } {
  if (!isManifest(change)) return { hooks: [], scripts: [] };
  const before = asRecord(asRecord(change.before?.data).scripts);
  const after = asRecord(asRecord(change.after?.data).scripts);
  const all = { ...before, ...after };
  const changed = changedKeys(before, after);
  return {
    hooks: changed.filter((name) => isLifecycle(name, all)),
    scripts: changed.filter((name) => !isLifecycle(name, all)),
  };
}

/** Fields of a manifest that say which packages may run code, or which code stands behind a name. */
const EXECUTING_FIELDS = [
  'pnpm',
  'overrides',
  'resolutions',
  'trustedDependencies',
  'dependenciesMeta',
  'patchedDependencies',
  'allowScripts',
  'packageManager',
  'bin',
  'husky',
  'lint-staged',
  'simple-git-hooks',
  'gypfile',
  'bundledDependencies',
  'bundleDependencies',
];

const VERCEL_CONFIG = /^(?:vercel|now)\.json$/;

/** Settings of vercel.json that run something, or decide with what. */
function vercelCommands(value: unknown, depth = 0): string[] {
  if (depth > 8 || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    /^(?:buildCommand|installCommand|devCommand|ignoreCommand|builds|build|env|runtime|includeFiles|crons)$/.test(key)
      ? [`${key}=${JSON.stringify(inner)}`]
      : vercelCommands(inner, depth + 1),
  );
}

export const guardedContentRules: readonly ContentRule[] = [
  {
    name: 'lifecycle-hook',
    severity: 'ask-first',
    check: ({ changes }) =>
      changes.flatMap((change): Finding[] => {
        const [name] = scriptChanges(change).hooks;
        return name === undefined
          ? []
          : [{ path: change.file.path, message: `The script \`${name}\` runs unasked in every build.` }];
      }),
  },
  {
    name: 'package-script',
    severity: 'ask-first',
    check: ({ changes }) =>
      changes.flatMap((change): Finding[] => {
        const [name] = scriptChanges(change).scripts;
        return name === undefined
          ? []
          : [{ path: change.file.path, message: `The script \`${name}\` is what the build executes.` }];
      }),
  },
  {
    name: 'package-manager-fields',
    severity: 'ask-first',
    check: ({ changes }) =>
      changes.flatMap((change): Finding[] => {
        if (!isManifest(change)) return [];
        const changed = changedKeys(change.before?.data, change.after?.data);
        const field = EXECUTING_FIELDS.find((name) => changed.includes(name));
        return field === undefined
          ? []
          : [{ path: change.file.path, message: `The field \`${field}\` decides what an installation runs.` }];
      }),
  },
  {
    name: 'vercel-command',
    severity: 'ask-first',
    check: ({ changes }) =>
      changes.flatMap((change): Finding[] => {
        if (!VERCEL_CONFIG.test(baseName(change.file.path))) return [];
        const same = vercelCommands(change.before?.data).join('\n') === vercelCommands(change.after?.data).join('\n');
        return same
          ? []
          : [
              {
                path: change.file.path,
                message: 'The commands and build settings in vercel.json are what the build executes.',
              },
            ];
      }),
  },
];
