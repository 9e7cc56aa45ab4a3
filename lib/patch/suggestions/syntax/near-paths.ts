import { isNear, isSlip } from '../distance.js';
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
  const [, bare = specifier, query = ''] = /^(.[^?#]*)([?#].*)$/.exec(specifier) ?? [];
  const written = bare.split('/');
  const spellings: Spelling[] = [];
  const wasThere = endings.some((ending) => isGone(workspace, target + ending));
  for (const path of workspace.tree) {
    for (const ending of endings) {
      if (!path.endsWith(ending)) continue;
      const found = path.slice(0, path.length - ending.length).split('/');
      if (found.length !== wanted.length) continue;
      const wrong = wanted.flatMap((part, index) => (part === found[index] ? [] : [index]));
      const sameButForCase = wrong.every((index) => wanted[index]?.toLowerCase() === found[index]?.toLowerCase());
      const [slip = 0] = wrong;
      const names = compareNames(wanted[slip] ?? '', found[slip] ?? '');
      if (!sameButForCase && !(wrong.length === 1 && names.isNear)) continue;
      // Beside what was there until now, another file is no spelling of it.
      if (!sameButForCase && wasThere && !isNew(workspace, path)) continue;
      // The parts of target and specifier correspond from the end.
      const fromEnd = wrong.map((index) => wanted.length - index);
      if (fromEnd.some((index) => written.at(-index) !== wanted.at(-index))) continue;
      const respelt = written.map((part, index) =>
        fromEnd.includes(written.length - index) ? (found.at(-(written.length - index)) ?? part) : part,
      );
      spellings.push({ exact: sameButForCase, isSlip: names.isSlip, specifier: respelt.join('/') + query });
    }
  }
  const byCase = spellings.filter((spelling) => spelling.exact);
  // What is merely near makes the others doubtful.
  const near = spellings.some((spelling) => spelling.isSlip) ? spellings : [];
  return (byCase.length > 0 ? byCase : near).map((spelling) => spelling.specifier);
}

function isGone({ changes }: Workspace, target: string): boolean {
  return changes.some(
    ({ status, path, previousPath }) =>
      (status === 'removed' && path === target) || (status === 'renamed' && previousPath === target),
  );
}

function isNew({ changes }: Workspace, target: string): boolean {
  return changes.some(({ status, path }) => (status === 'added' || status === 'renamed') && path === target);
}

interface Spelling {
  /** Whether it differs in case alone. */
  readonly exact: boolean;
  readonly isSlip: boolean;
  readonly specifier: string;
}

/** Of names with an extension, either the name or the extension is misspelt: `home.css` is no slip for `theme.css`. */
function compareNames(wanted: string, found: string): { readonly isNear: boolean; readonly isSlip: boolean } {
  const [, name = '', extension = ''] = /^(.+?)(\.\w+)?$/.exec(wanted) ?? [];
  const [, otherName = '', otherExtension = ''] = /^(.+?)(\.\w+)?$/.exec(found) ?? [];
  if (name === otherName) return { isNear: isNear(extension, otherExtension), isSlip: true };
  return { isNear: extension === otherExtension && isNear(name, otherName), isSlip: isSlip(name, otherName) };
}
