import { escapePattern } from '../../../context/word-pattern.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import type { Workspace } from '../workspace.js';

const NO_MATCHER = /No matcher found for parameter '([\w-]{1,60})' in route (\/\S{1,300})/;
const MATCHER = /^((?:.*\/)?)src\/params\/([\w-]+)\.[jt]s$/;
// More is a move that people should see before it is proposed.
const MAX_FILES = 30;

/**
 * `[slug=slug]` in the name of a folder of routes whose matcher the last change renamed, or that is one slip away from the only
 * matcher of the kind: the folder is named after the matcher. https://svelte.dev/docs/kit/advanced-routing#Matching
 */
export const renamedMatcher: Rule = {
  name: 'renamed-matcher',
  async propose(error, workspace) {
    const [, wrong, route = ''] = NO_MATCHER.exec(error.message) ?? [];
    if (wrong === undefined || workspace.partial || !route.includes(`=${wrong}]`)) return undefined;
    const right = findMatcher(workspace, wrong);
    if (right === undefined) return undefined;
    const part = new RegExp(`=${escapePattern(wrong)}(?=\\]{1,2}(?:[^/]*)/)`, 'g');
    const moves = workspace.tree.flatMap((path) => {
      const to = path.startsWith(`${right.root}src/routes/`) ? path.replace(part, `=${right.name}`) : path;
      return to === path ? [] : [{ path, to, text: workspace.read(path) }];
    });
    if (moves.length === 0 || moves.length > MAX_FILES || isBusy(workspace, moves, right.isRename)) return undefined;
    if (isWritten(workspace, wrong)) return undefined;
    const files = new Map<string, string>();
    for (const { to, text } of moves) {
      if (text === undefined || workspace.exists(to)) return undefined;
      files.set(to, text);
    }
    return {
      files,
      gone: moves.map(({ path }) => path),
      cause: `The route ${route} names a matcher \`${wrong}\`, which ${right.isRename ? `is called \`${right.name}\` since the last good deployment` : 'does not exist'}.`,
      change: `Names it \`${right.name}\` in the folder of the route.`,
    };
  },
};

interface Matcher {
  /** The folder of the project, with a slash at its end. */
  readonly root: string;
  readonly name: string;
  readonly isRename: boolean;
}

function findMatcher(workspace: Workspace, wrong: string): Matcher | undefined {
  const matchers = workspace.tree.flatMap((path) => {
    const [, root, name] = MATCHER.exec(path) ?? [];
    return root === undefined || name === undefined || /\.test$/.test(name) ? [] : [{ path, root, name }];
  });
  const roots = new Set(matchers.map(({ root }) => root));
  const [root, another] = roots;
  if (root === undefined || another !== undefined || matchers.some(({ name }) => name === wrong)) return undefined;
  const renames = workspace.changes.flatMap(({ status, path, previousPath = '' }) => {
    const [before, after] = [MATCHER.exec(previousPath), MATCHER.exec(path)];
    return status === 'renamed' && before?.[2] === wrong && before[1] === root && after?.[1] === root
      ? (after[2] ?? [])
      : [];
  });
  const [name, second] = renames;
  if (name !== undefined) return second === undefined ? { root, name, isRename: true } : undefined;
  // What was deleted, or has another name in a change that was not told as one, is no slip.
  if (workspace.changes.some(({ path }) => MATCHER.test(path))) return undefined;
  const twin = findTwin(
    wrong,
    matchers.map((matcher) => matcher.name),
  );
  if (twin === undefined) return undefined;
  // Else the file of the matcher may be what is misspelt.
  const isNew = workspace.changes.some(({ status, path }) => status === 'added' && path.includes(`=${wrong}]`));
  const isUsed = workspace.tree.some((path) => path.includes(`=${twin}]`));
  return isNew || isUsed ? { root, name: twin, isRename: false } : undefined;
}

/** Whether the diff brought the routes together with the matcher: then either may have to follow the other. */
function isBusy({ changes }: Workspace, moves: readonly { readonly path: string }[], isRename: boolean): boolean {
  const moved = new Set(moves.map(({ path }) => path));
  return (
    isRename && changes.some(({ status, path }) => (status === 'added' || status === 'renamed') && moved.has(path))
  );
}

/** Whether code names the route by its folder. */
function isWritten(workspace: Workspace, wrong: string): boolean {
  const written = new RegExp(`\\[[^\\]\\s]{1,60}=${escapePattern(wrong)}\\]`);
  return workspace.paths.some((path) => written.test(workspace.read(path) ?? ''));
}
