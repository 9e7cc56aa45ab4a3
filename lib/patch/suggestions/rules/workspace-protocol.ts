import type { Rule } from '../rule.js';
import { isRecord, readConfig } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const MANIFEST = /(?:^|\/)package\.json$/;
const OTHER_LOCKFILE = /(?:^|\/)(?:pnpm-lock\.yaml|pnpm-workspace\.yaml|yarn\.lock|bun\.lockb?)$/;
const ENTRY = /"((?:@[\w.-]{1,100}\/)?[\w.-]{1,100})"(\s*:\s*)"workspace:([^"\s]{1,60})"/g;

/**
 * `workspace:*`, which npm does not know, in a repository that npm installs: what npm links for a package of the same
 * workspace is any range that its version meets, https://docs.npmjs.com/cli/using-npm/workspaces.
 */
export const workspaceProtocol: Rule = {
  name: 'workspace-protocol',
  async propose({ tool, code = '', message }, workspace) {
    if (!/EUNSUPPORTEDPROTOCOL|Unsupported URL Type "workspace:"/.test(`${code} ${message}`)) return undefined;
    if (tool !== 'npm' || !/workspace:/.test(message) || workspace.partial || !isOfNpm(workspace)) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = MANIFEST.test(path) ? workspace.read(path) : undefined;
      if (!text?.includes('"workspace:')) continue;
      const edits = [...text.matchAll(ENTRY)].map((match): Replacement | undefined => {
        const [whole, name = '', between = '', asked = ''] = match;
        const range = rangeFor(workspace, name, asked);
        return range === undefined
          ? undefined
          : { start: match.index, end: match.index + whole.length, text: `"${name}"${between}"${range}"` };
      });
      const known = edits.filter((edit) => edit !== undefined);
      if (known.length < edits.length) return undefined;
      const repaired = replaceRanges(text, known);
      if (repaired.includes('"workspace:')) return undefined;
      files.set(path, repaired);
    }
    if (files.size === 0) return undefined;
    return {
      files,
      cause: `${[...files.keys()].join(', ')} asks for a package of the workspace by \`workspace:\`, which npm does not know.`,
      change: 'Asks for it by a plain range, for which npm links the package of the workspace.',
    };
  },
};

/** Whether npm is what the repository means to be installed by, and not what a setting runs by mistake. */
function isOfNpm(workspace: Workspace): boolean {
  const { packageManager = 'npm', workspaces } = readConfig(workspace, 'package.json') ?? {};
  return (
    /^npm(?:@|$)/.test(String(packageManager)) &&
    workspaces !== undefined &&
    workspace.exists('package-lock.json') &&
    !workspace.tree.some((path) => OTHER_LOCKFILE.test(path))
  );
}

/** What the other packages say or the lockfile was made for, else what the protocol stands for; none for what is no package here. */
function rangeFor(workspace: Workspace, name: string, asked: string): string | undefined {
  const manifests = workspace.paths.filter((path) => MANIFEST.test(path)).map((path) => readConfig(workspace, path));
  const [own, another] = manifests.filter((manifest) => manifest?.name === name);
  if (!own || another) return undefined;
  const version = typeof own.version === 'string' ? own.version : undefined;
  if (asked !== '*' && asked !== '^' && asked !== '~') return /^[~^]?\d+\.\d+\.\d+$/.test(asked) ? asked : undefined;
  if (asked !== '*' && version === undefined) return undefined;
  if (asked !== '*') return `${asked}${version}`;
  const locked = readConfig(workspace, 'package-lock.json')?.packages;
  const all = [...manifests, ...Object.values(isRecord(locked) ? locked : {})];
  const ranges = new Set(
    all.flatMap((manifest) => rangesIn(manifest, name)).filter((range) => !range.startsWith('workspace:')),
  );
  const [only, second] = ranges;
  return only !== undefined && second === undefined ? only : '*';
}

function rangesIn(manifest: unknown, name: string): string[] {
  if (!isRecord(manifest)) return [];
  return [manifest.dependencies, manifest.devDependencies].flatMap((section) => {
    const range = isRecord(section) ? section[name] : undefined;
    return typeof range === 'string' ? [range] : [];
  });
}
