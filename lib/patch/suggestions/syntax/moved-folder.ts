import type { Workspace } from '../workspace.js';

/** Where every file of the folder went; undefined where some are left, were removed, or went elsewhere. */
export function findMovedFolder(workspace: Workspace, folder: string): string | undefined {
  const below = `${folder}/`;
  if (folder === '' || workspace.tree.some((path) => path.startsWith(below))) return undefined;
  const folders = new Set<string | undefined>();
  for (const { status, path, previousPath = '' } of workspace.changes) {
    if (status === 'removed' && path.startsWith(below)) return undefined;
    if (status !== 'renamed' || !previousPath.startsWith(below)) continue;
    const end = `/${previousPath.slice(below.length)}`;
    folders.add(path.endsWith(end) ? path.slice(0, -end.length) : undefined);
  }
  const [now] = folders;
  return folders.size === 1 && now !== folder ? now : undefined;
}
