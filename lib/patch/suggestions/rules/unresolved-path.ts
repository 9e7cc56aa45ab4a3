import { findTwin } from '../distance.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { isScript } from '../syntax/parse.js';
import { RESOLVED_EXTENSIONS, targetsOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { type SpecifierUse, specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/**
 * `./Oven-badge` where the tree has `OvenBadge`: an import of a local file whose path is wrong in case alone, or by
 * one slip in one folder or file name, and the tree holds exactly one such file.
 */
export const unresolvedPath: Rule = {
  name: 'unresolved-path',
  async propose(error, workspace): Promise<Fix | undefined> {
    const specifier = unresolvedSpecifierOf(error);
    const { file } = error;
    if (specifier === undefined || file === undefined || workspace.partial || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const uses = specifiersOf(await workspace.parse(file, text)).filter((use) => use.specifier === specifier);
    if (uses.length === 0) return undefined;

    const targets = targetsOf(workspace, file, specifier);
    const found = new Set(targets.flatMap((target) => findSpellings(workspace, specifier, target)));
    const [right, another] = [...found];
    if (right === undefined || another !== undefined) return undefined;
    if (!(await offersNames(workspace, file, right, uses))) return undefined;
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
      cause: `${file}, line ${lineOf(text, uses[0]?.start ?? 0)}, imports \`${specifier}\`, which does not exist.`,
      change: `Imports \`${right}\`, the only file of the repository with so similar a path.`,
    };
  },
};

/** The specifiers, spelt otherwise, that lead to a file of the tree: those of another case if any, else near ones. */
function findSpellings(workspace: Workspace, specifier: string, target: string): string[] {
  const wanted = target.split('/');
  const written = specifier.split('/');
  const spellings: { readonly exact: boolean; readonly specifier: string }[] = [];
  for (const path of workspace.tree) {
    for (const extension of RESOLVED_EXTENSIONS) {
      if (!path.endsWith(extension)) continue;
      const found = path.slice(0, path.length - extension.length).split('/');
      if (found.length !== wanted.length) continue;
      const wrong = wanted.flatMap((part, index) => (part === found[index] ? [] : [index]));
      const sameButForCase = wrong.every((index) => wanted[index]?.toLowerCase() === found[index]?.toLowerCase());
      const oneSlip = wrong.length === 1 && findTwin(wanted[wrong[0] ?? 0] ?? '', [found[wrong[0] ?? 0] ?? '']);
      if (!sameButForCase && !oneSlip) continue;
      // The parts of target and specifier correspond from the end.
      const fromEnd = wrong.map((index) => wanted.length - index);
      if (fromEnd.some((index) => written.at(-index) !== wanted.at(-index))) continue;
      const respelt = written.map((part, index) =>
        fromEnd.includes(written.length - index) ? (found.at(-(written.length - index)) ?? part) : part,
      );
      // TypeScript refuses the names of its own sources.
      if (/\.tsx?$/.test(respelt.at(-1) ?? '') && !/\.tsx?$/i.test(specifier)) continue;
      spellings.push({ exact: sameButForCase, specifier: respelt.join('/') });
    }
  }
  const byCase = spellings.filter((spelling) => spelling.exact);
  return (byCase.length > 0 ? byCase : spellings).map((spelling) => spelling.specifier);
}

/** Whether the file that the new specifier leads to exports what the imports take from it. */
async function offersNames(
  workspace: Workspace,
  importer: string,
  specifier: string,
  uses: readonly SpecifierUse[],
): Promise<boolean> {
  const [target] = targetsOf(workspace, importer, specifier).flatMap((path) =>
    RESOLVED_EXTENSIONS.map((extension) => path + extension).filter((candidate) => workspace.exists(candidate)),
  );
  const exported = target === undefined ? undefined : await exportsOf(workspace, target);
  if (!exported?.complete) return true;
  return uses.every((use) => use.names.every((name) => exported.names.has(name)));
}
