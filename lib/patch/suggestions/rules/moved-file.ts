import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { isScript } from '../syntax/parse.js';
import { RESOLVED_EXTENSIONS, resolveSpecifier, targetsOf } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifierFor } from '../syntax/specifier-for.js';
import { type SpecifierUse, specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/**
 * An import of a file that stands elsewhere now: the diff since the last READY deployment says where it went, or the
 * whole tree holds one file of that name, and that file exports all that is taken from it. Every importer follows.
 */
export const movedFile: Rule = {
  name: 'moved-file',
  async propose(error, workspace): Promise<Fix | undefined> {
    const specifier = unresolvedSpecifierOf(error);
    const { file } = error;
    if (specifier === undefined || file === undefined || workspace.partial || !isScript(file)) return undefined;
    const [target] = /^\/vercel\/path\d\//.test(specifier)
      ? // Rollup has resolved the alias by the time that it fails to load the file.
        [specifier.replace(/^\/vercel\/path\d\/+/, '')]
      : targetsOf(workspace, file, specifier);
    if (target === undefined || resolveSpecifier(workspace, file, specifier) !== undefined) return undefined;
    const path = findNewPlace(workspace, target);
    // Stylesheets and pictures export nothing that could be missing; that they moved is the diff's word.
    const exported = path === undefined || !isScript(path) ? undefined : await exportsOf(workspace, path);
    if (path === undefined || (isScript(path) ? !exported?.complete : !isRenamed(workspace, path))) return undefined;

    const files = new Map<string, string>();
    for (const importer of new Set([file, ...workspace.paths])) {
      const text = workspace.read(importer);
      if (text === undefined || !isScript(importer)) continue;
      const parsed = await workspace.parse(importer, text);
      const uses = specifiersOf(parsed).filter((use) => means(workspace, importer, use, target));
      if (uses.length === 0) continue;
      if (exported && uses.some((use) => use.names.some((name) => !exported.names.has(name)))) return undefined;
      if (exported && importer === file && uses.every((use) => use.names.length === 0)) return undefined;
      const replacements = uses.map(({ start, end, specifier: like }) => {
        const text = specifierFor(workspace, importer, { path, like });
        return text === undefined ? undefined : { start: start + 1, end: end - 1, text };
      });
      if (replacements.includes(undefined)) return undefined;
      files.set(
        importer,
        replaceRanges(
          text,
          replacements.filter((replacement) => replacement !== undefined),
        ),
      );
    }
    if (!files.has(file)) return undefined;
    return {
      files,
      cause: `${file} imports \`${target}\`, and no such file exists.`,
      change: `Imports it from ${path}, where that module stands now.`,
    };
  },
};

function isRenamed(workspace: Workspace, path: string): boolean {
  return workspace.changes.some((change) => change.status === 'renamed' && change.path === path);
}

function means(workspace: Workspace, importer: string, use: SpecifierUse, target: string): boolean {
  return (
    targetsOf(workspace, importer, use.specifier).includes(target) &&
    resolveSpecifier(workspace, importer, use.specifier) === undefined
  );
}

// Names that say nothing about what a file holds.
const COMMON_NAME = /^(?:index|page|layout|route|types?|utils?|helpers?|constants?|styles?|config|main|app|api|data)$/i;

function findNewPlace(workspace: Workspace, target: string): string | undefined {
  const source = target.replace(/\.[cm]?jsx?$/, '');
  const old = new Set(RESOLVED_EXTENSIONS.flatMap((extension) => [target + extension, source + extension]));
  const renamed = workspace.changes.filter(
    (change) => change.status === 'renamed' && old.has(change.previousPath ?? ''),
  );
  if (renamed.length === 1) return renamed[0]?.path;

  const name = source.split('/').at(-1) ?? '';
  const sameName = workspace.tree.filter(
    (path) =>
      path
        .split('/')
        .at(-1)
        ?.replace(/\.[cm]?[jt]sx?$|\.(?:vue|svelte|astro)$/, '') === name,
  );
  if (sameName.length !== 1) return undefined;
  const removed = workspace.changes.some((change) => change.status === 'removed' && old.has(change.path));
  const added = workspace.changes.some((change) => change.status === 'added' && change.path === sameName[0]);
  return (removed && added) || !COMMON_NAME.test(name) ? sameName[0] : undefined;
}
