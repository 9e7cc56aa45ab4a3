import type { Workspace } from '../workspace.js';
import { lineOf, type Replacement, replaceRanges } from './source-text.js';

/** The new texts of all files in which `editsIn` finds something, and for people the first place. Undefined where there is none. */
export function editFiles(
  workspace: Workspace,
  isMeant: (path: string) => boolean,
  editsIn: (text: string) => readonly Replacement[],
): { readonly files: ReadonlyMap<string, string>; readonly place: string } | undefined {
  const files = new Map<string, string>();
  let place: string | undefined;
  for (const path of workspace.paths) {
    const text = isMeant(path) ? workspace.read(path) : undefined;
    const edits = text === undefined ? [] : editsIn(text);
    const [first] = edits;
    if (text === undefined || !first) continue;
    files.set(path, replaceRanges(text, edits));
    place ??= `${path}, line ${lineOf(text, first.start)},`;
  }
  return place === undefined ? undefined : { files, place };
}
