import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { findNearPaths } from '../syntax/near-paths.js';
import { isScript, type ParsedSource } from '../syntax/parse.js';
import { RESOLVED_EXTENSIONS, targetsMeant, targetsOf } from '../syntax/resolve-specifier.js';
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
    const targets = targetsMeant(workspace, file, specifier);
    const uses = specifiersOf(await workspace.parse(file, text)).filter((use) =>
      specifier.startsWith('/vercel/')
        ? targetsOf(workspace, file, use.specifier).some((target) => targets.includes(target))
        : use.specifier === specifier,
    );
    const [written, otherwise] = new Set(uses.map((use) => use.specifier));
    if (written === undefined || otherwise !== undefined) return undefined;
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
