import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { directoryOf, isRecord, joinPath, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';
import { findTargets } from './path-alias.js';

/**
 * `"@lib/*": ["source/lib/*"]` in the settings of the compiler, where the tree holds no such folder, and all files that are
 * imported by that mapping, two or more, stand in one other folder and in that one only.
 */
export const aliasFolder: Rule = {
  name: 'alias-folder',
  async propose(error, workspace) {
    const specifier = unresolvedSpecifierOf(error);
    const { file } = error;
    if (specifier === undefined || file === undefined || workspace.partial) return undefined;
    // Without the diff nothing tells a new mapping from one that was changed.
    if (workspace.changes.length === 0) return undefined;
    if (resolveSpecifier(workspace, file, specifier) !== undefined) return undefined;
    const meant = workspace.findAliases(file).aliases.filter(({ pattern }) => {
      const [prefix = '', rest] = pattern.split('*');
      return rest === '' && prefix.length > 1 && specifier.startsWith(prefix);
    });
    const [alias, other] = meant;
    const [target, another] = alias?.targets ?? [];
    const config = alias?.declaredIn;
    if (!alias || other || target === undefined || another !== undefined || !config?.endsWith('.json'))
      return undefined;
    const folder = target.replace(/\/?\*$/, '');
    if (folder === '' || mayHaveBeenThere(workspace, folder)) return undefined;

    const prefix = alias.pattern.slice(0, -1);
    const { folders, count } = await findTargets(workspace, directoryOf(config), prefix);
    const [now, second] = folders;
    if (now === undefined || second !== undefined || count < 2) return undefined;
    const text = workspace.read(config) ?? '';
    const options = readConfig(workspace, config)?.compilerOptions;
    const base = isRecord(options) && typeof options.baseUrl === 'string' ? options.baseUrl : '.';
    const from = joinPath(directoryOf(config), base);
    const [place, twin] = from === undefined ? [] : placesOf(text, { from, folder, pattern: alias.pattern });
    if (from === undefined || !place || twin) return undefined;
    const relative = relativePath(from, joinPath(directoryOf(config), now) ?? now);
    const right = `${place.written.startsWith('.') ? relative : relative.replace(/^\.\//, '')}/*`;
    // What it was before the latest change is what that change meant to leave.
    const isRevert = workspace.changes.some(
      ({ path, hunks = '' }) =>
        path === config && hunks.split('\n').some((line) => line.startsWith('-') && line.includes(alias.pattern)),
    );
    if (now === '' || isRevert) return undefined;
    return {
      files: new Map([[config, replaceRanges(text, [{ start: place.start, end: place.end, text: right }])]]),
      cause: `${config}, line ${lineOf(text, place.start)}, maps \`${alias.pattern}\` to ${folder}, which does not exist.`,
      change: `Maps it to \`${right}\`, the only folder in which all these imports are found.`,
    };
  },
};

/** Whether the tree holds the folder, or held it before the latest change. */
function mayHaveBeenThere({ tree, changes }: Workspace, folder: string): boolean {
  const below = `${folder}/`;
  return [...tree, ...changes.flatMap(({ path, previousPath = path }) => [path, previousPath])].some((path) =>
    path.startsWith(below),
  );
}

/** Where the text gives the pattern that folder, and nothing else. */
function placesOf(
  text: string,
  { from, folder, pattern }: { readonly from: string; readonly folder: string; readonly pattern: string },
): { readonly start: number; readonly end: number; readonly written: string }[] {
  return [...text.matchAll(/"([^"\n]{1,200})"(\s*:\s*\[\s*")([^"\n]{1,200}\/\*)"\s*\]/g)].flatMap((match) => {
    const [, key = '', between = '', written = ''] = match;
    if (key !== pattern || joinPath(from, written.slice(0, -2)) !== folder) return [];
    const start = match.index + 2 + key.length + between.length;
    return [{ start, end: start + written.length, written }];
  });
}
