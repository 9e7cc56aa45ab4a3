import { findNodeAtLocation, getNodeValue, parseTree } from 'jsonc-parser';
import type { Rule } from '../rule.js';
import { directoryOf, joinPath } from '../syntax/resolve-specifier.js';
import type { Workspace } from '../workspace.js';

const LOST = /(?:Cannot read file|File) '\/vercel\/path\d+\/([^'\n]{1,300})'(?: not found)?/;

/** A project that the last change deleted, and to which a compiler configuration still refers: the reference goes after it. */
export const goneReference: Rule = {
  name: 'gone-reference',
  async propose(error, workspace) {
    const lost = LOST.exec(error.message)?.[1];
    if (lost === undefined || workspace.partial || workspace.exists(lost) || !isDeleted(workspace, lost))
      return undefined;
    if (isStillWanted(workspace, lost)) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = /(?:^|\/)tsconfig[\w.-]*\.json$/.test(path) ? workspace.read(path) : undefined;
      const repaired = text === undefined ? undefined : withoutReference(text, directoryOf(path), lost);
      if (repaired !== undefined) files.set(path, repaired);
    }
    const [first] = files.keys();
    if (first === undefined) return undefined;
    return {
      files,
      cause: `${first} refers to ${lost}, which is deleted since the last good deployment.`,
      change: 'Takes the reference out.',
    };
  },
};

function isDeleted({ changes }: Workspace, path: string): boolean {
  return changes.some((change) => change.status === 'removed' && change.path === path);
}

/** Whether the project itself is left, or the change put another configuration beside the one that it took. */
function isStillWanted({ tree, changes }: Workspace, lost: string): boolean {
  const folder = directoryOf(lost);
  const isLeft = /\/tsconfig\.json$/.test(lost) && tree.some((path) => path.startsWith(`${folder}/`));
  const isReplaced = changes.some(
    ({ status, path }) =>
      status === 'added' && directoryOf(path) === folder && /^[jt]sconfig\b.*\.json$/.test(baseOf(path)),
  );
  return isLeft || isReplaced;
}

function baseOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutReference(text: string, folder: string, lost: string): string | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const children = (root && findNodeAtLocation(root, ['references']))?.children ?? [];
  const index = children.findIndex((child) => {
    const { path }: { path?: unknown } = getNodeValue(child) ?? {};
    const target = typeof path === 'string' ? joinPath(folder, path) : undefined;
    return target !== undefined && [target, `${target}/tsconfig.json`].includes(lost);
  });
  const [before, own, after] = [children[index - 1], children[index], children[index + 1]];
  if (!own) return undefined;
  const start = before ? before.offset + before.length : own.offset;
  const end = !before && after ? after.offset : own.offset + own.length;
  return text.slice(0, start) + text.slice(end);
}
