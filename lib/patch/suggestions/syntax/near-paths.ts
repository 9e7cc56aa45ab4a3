import { findTwin } from '../distance.js';
import type { Workspace } from '../workspace.js';

/**
 * How `specifier`, which was to lead to `target`, has to be spelt to lead to a file of the tree: the files whose path
 * differs in case alone if any, else those with one slip in one folder or file name. `endings` are what a specifier
 * may leave out at the end of a path.
 */
export function findNearPaths(
  workspace: Workspace,
  specifier: string,
  target: string,
  endings: readonly string[],
): string[] {
  const wanted = target.split('/');
  const written = specifier.split('/');
  const spellings: { readonly exact: boolean; readonly specifier: string }[] = [];
  for (const path of workspace.tree) {
    for (const ending of endings) {
      if (!path.endsWith(ending)) continue;
      const found = path.slice(0, path.length - ending.length).split('/');
      if (found.length !== wanted.length) continue;
      const wrong = wanted.flatMap((part, index) => (part === found[index] ? [] : [index]));
      const sameButForCase = wrong.every((index) => wanted[index]?.toLowerCase() === found[index]?.toLowerCase());
      const [slip = 0] = wrong;
      const oneSlip = wrong.length === 1 && isSlipOf(wanted[slip] ?? '', found[slip] ?? '');
      if (!sameButForCase && !oneSlip) continue;
      // The parts of target and specifier correspond from the end.
      const fromEnd = wrong.map((index) => wanted.length - index);
      if (fromEnd.some((index) => written.at(-index) !== wanted.at(-index))) continue;
      const respelt = written.map((part, index) =>
        fromEnd.includes(written.length - index) ? (found.at(-(written.length - index)) ?? part) : part,
      );
      spellings.push({ exact: sameButForCase, specifier: respelt.join('/') });
    }
  }
  const byCase = spellings.filter((spelling) => spelling.exact);
  return (byCase.length > 0 ? byCase : spellings).map((spelling) => spelling.specifier);
}

/** Of names with an extension, either the name or the extension is misspelt: `home.css` is no slip for `theme.css`. */
function isSlipOf(wanted: string, found: string): boolean {
  const [, name = '', extension = ''] = /^(.+?)(\.\w+)?$/.exec(wanted) ?? [];
  const [, otherName = '', otherExtension = ''] = /^(.+?)(\.\w+)?$/.exec(found) ?? [];
  if (extension === otherExtension) return findTwin(name, [otherName]) !== undefined;
  return name === otherName && findTwin(extension, [otherExtension]) !== undefined;
}
