import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, joinPath, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { specifierFor } from '../syntax/specifier-for.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

/**
 * A file that the diff since the last READY deployment moved to another folder, and whose relative imports still start from
 * the old one: each that leads nowhere now, and led to a file that is there, is written for the new place.
 */
export const movedImporter: Rule = {
  name: 'moved-importer',
  async propose(error, workspace) {
    const { file } = error;
    const specifier = unresolvedSpecifierOf(error);
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !specifier?.startsWith('.') || workspace.partial) return undefined;
    const moves = workspace.changes.filter(({ status, path }) => status === 'renamed' && path === file);
    const [was, another] = moves.map(({ previousPath = file }) => previousPath);
    if (was === undefined || another !== undefined || directoryOf(was) === directoryOf(file)) return undefined;

    const edits: Replacement[] = [];
    let isMended = false;
    for (const use of specifiersOf(await workspace.parse(file, text))) {
      if (!use.specifier.startsWith('.') || resolveSpecifier(workspace, file, use.specifier) !== undefined) continue;
      const path = resolveSpecifier(workspace, was, use.specifier) ?? movedFrom(workspace, was, use.specifier);
      const now = path === undefined ? undefined : specifierFor(workspace, file, { path, like: use.specifier });
      if (now === undefined || resolveSpecifier(workspace, file, now) !== path) continue;
      edits.push({ start: use.start + 1, end: use.end - 1, text: now });
      isMended ||= use.specifier === specifier;
    }
    if (!isMended) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} was ${was} at the last good deployment, and imports \`${specifier}\` as from there.`,
      change: 'Imports the same files as before, from where it stands now.',
    };
  },
};

/** Where the file went that the specifier led to, if the diff moved that one too. */
function movedFrom(workspace: Workspace, importer: string, specifier: string): string | undefined {
  const target = joinPath(directoryOf(importer), specifier.replace(/[?#].*$/, ''));
  const bare = (path: string) => path.replace(/(?:\/index)?\.(?:d\.)?[cm]?[jt]sx?$/, '');
  const moves = workspace.changes.filter(
    ({ status, previousPath = '' }) =>
      status === 'renamed' && (previousPath === target || bare(previousPath) === bare(target ?? '')),
  );
  return moves.length === 1 ? moves[0]?.path : undefined;
}
