import type { Workspace } from '../workspace.js';
import { nearestManifest } from './manifests-of.js';
import { directoryOf, inFolder, joinPath } from './resolve-specifier.js';

/**
 * A relative path that climbs too little or too much: `../lib/tides` beside `../../lib/tides`. How it has to be spelt, where the
 * folder that it names has never been, and the one file of the repository that ends in what it says lies below a folder above
 * the file. `endings` are what a path may leave out at its end.
 */
export function climbTo(
  workspace: Workspace,
  file: string,
  { written, endings }: { readonly written: string; readonly endings: readonly string[] },
): string | undefined {
  const [, climb = '', tail = ''] = /^((?:\.\.?\/)+)([^.?#][^?#]*\/[^?#]+)$/.exec(written) ?? [];
  if (climb === '' || /(?:^|\/)\.\.?(?:\/|$)/.test(tail)) return undefined;
  const folder = joinPath(directoryOf(file), directoryOf(written));
  const isIn = (path: string | undefined) => folder !== undefined && path?.startsWith(`${folder}/`) === true;
  if (workspace.tree.some(isIn)) return undefined;
  if (workspace.changes.some(({ path, previousPath }) => isIn(path) || isIn(previousPath))) return undefined;
  const named = workspace.tree.filter((path) => endings.some((ending) => `/${path}`.endsWith(`/${tail}${ending}`)));
  const [only, another] = named;
  if (only === undefined || another !== undefined) return undefined;
  // What another package has is not meant by a path, and what is not committed may still be made.
  if (nearestManifest(workspace, only) !== nearestManifest(workspace, file) || isLeftOut(workspace, folder))
    return undefined;
  const from = directoryOf(file) === '' ? [] : directoryOf(file).split('/');
  for (let up = 0; up <= from.length; up++) {
    const place = inFolder(from.slice(0, from.length - up).join('/'), tail);
    if (endings.some((ending) => place + ending === only)) return (up === 0 ? './' : '../'.repeat(up)) + tail;
  }
  return undefined;
}

/** Whether .gitignore names the folder, or one that it lies in. */
function isLeftOut({ read }: Workspace, folder: string | undefined): boolean {
  const names = folder?.split('/') ?? [];
  const rows = (read('.gitignore') ?? '').split('\n').map((row) => row.trim().replace(/^\/|^\*\*\/|\/?\*{0,2}$/g, ''));
  return rows.some((row) => row !== '' && (names.includes(row) || `${folder}/`.startsWith(`${row}/`)));
}
