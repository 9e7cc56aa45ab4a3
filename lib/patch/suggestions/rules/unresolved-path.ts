import type { Fix, Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { findLostImport } from '../syntax/lost-import.js';
import { findNearPaths } from '../syntax/near-paths.js';
import { offersNames } from '../syntax/offers-names.js';
import type { ParsedSource } from '../syntax/parse.js';
import { RESOLVED_EXTENSIONS } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * `./Oven-badge` where the tree has `OvenBadge`: an import of a local file whose path is wrong in case alone, or by
 * one slip in one folder or file name, and the tree holds exactly one such file.
 */
export const unresolvedPath: Rule = {
  name: 'unresolved-path',
  async propose(error, workspace): Promise<Fix | undefined> {
    const lost = await findLostImport(error, workspace);
    if (lost === undefined) return undefined;
    const { file, text, written, uses, targets } = lost;
    const found = new Set(targets.flatMap((target) => findSpellings(workspace, written, target)));
    const [right, another] = [...found];
    if (right === undefined || another !== undefined) return undefined;
    if (!(await offersNames(workspace, file, right, uses))) return undefined;
    if (isNamedAlike(await workspace.parse(file, text), { written, right })) return undefined;
    return {
      files: new Map([
        [
          file,
          replaceRanges(
            text,
            uses.map(({ start, end }) => ({ start: start + 1, end: end - 1, text: right })),
          ),
        ],
      ]),
      cause: `${file}, line ${lineOf(text, uses[0]?.start ?? 0)}, imports \`${written}\`, which does not exist.`,
      change: `Imports \`${right}\`, the only file of the repository with so similar a path.`,
    };
  },
};

/** The specifiers, spelt otherwise, that lead to a file of the tree. */
function findSpellings(workspace: Workspace, specifier: string, target: string): string[] {
  const spellings = findNearPaths(workspace, specifier, target, RESOLVED_EXTENSIONS);
  // TypeScript refuses the names of its own sources.
  return spellings.filter((spelling) => !/\.tsx?$/.test(spelling) || /\.tsx?$/i.test(specifier));
}

/** Whether the file calls what it imports as the path that leads nowhere: `Cards` of `./Cards` is not `Card`. */
function isNamedAlike(
  { program }: ParsedSource,
  { written, right }: { readonly written: string; readonly right: string },
): boolean {
  const [wrong, other] = [written, right].map((path) => inLetters(/([^/]*?)(?:\.\w+)?$/.exec(path)?.[1] ?? ''));
  return importsOf(program).some(
    ({ specifier, imported, local }) =>
      specifier === written && imported === 'default' && inLetters(local) === wrong && wrong !== other,
  );
}

function inLetters(name: string): string {
  return name.replace(/[\W_]/g, '').toLowerCase();
}
