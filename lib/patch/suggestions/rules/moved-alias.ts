import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { findMovedFolder } from '../syntax/moved-folder.js';
import { directoryOf, isRecord, joinPath, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/**
 * `$domain/boats` where the mapping of `$domain` leads to a folder that the diff since the last READY deployment moved as
 * a whole: no file is left there, and each went to the same place of one other folder. The mapping follows, wherever it
 * is written down.
 */
export const movedAlias: Rule = {
  name: 'moved-alias',
  async propose(error, workspace) {
    const specifier = unresolvedSpecifierOf(error);
    const { file } = error;
    if (specifier === undefined || file === undefined || workspace.partial || specifier.startsWith('.'))
      return undefined;
    if (resolveSpecifier(workspace, file, specifier) !== undefined) return undefined;
    for (const alias of workspace.findAliases(file).aliases) {
      const [target, another] = alias.targets;
      const [prefix = '', rest] = alias.pattern.split('*');
      const isMeant = rest === undefined ? specifier === prefix : rest === '' && specifier.startsWith(prefix);
      if (!isMeant || target === undefined || another !== undefined || alias.declaredIn === undefined) continue;
      const folder = target.replace(/\/?\*$/, '');
      const now = findMovedFolder(workspace, folder);
      if (now === undefined) continue;
      const configs = workspace
        .findAliases(file)
        .aliases.flatMap(({ declaredIn, targets }) =>
          declaredIn !== undefined && targets.some((path) => path === folder || path.startsWith(`${folder}/`))
            ? declaredIn
            : [],
        );
      const files = new Map<string, string>();
      for (const config of new Set([alias.declaredIn, ...configs])) {
        const text = workspace.read(config);
        const repaired =
          text === undefined ? undefined : followIn(text, { base: baseOf(workspace, config), folder, now });
        if (repaired !== undefined && repaired !== text) files.set(config, repaired);
      }
      if (!files.has(alias.declaredIn)) return undefined;
      return {
        files,
        cause: `${alias.declaredIn} maps \`${alias.pattern}\` to ${folder}, which is ${now} since the last good deployment.`,
        change: `Maps it to ${now}, where all files of that folder went.`,
      };
    }
    return undefined;
  },
};

function baseOf(workspace: Workspace, config: string): string {
  const options = config.endsWith('.json') ? readConfig(workspace, config)?.compilerOptions : undefined;
  const base = isRecord(options) && typeof options.baseUrl === 'string' ? options.baseUrl : '.';
  return joinPath(directoryOf(config), base) ?? '';
}

/** Every quoted path that leads to the folder or to all below it, written for the new one in the same manner. */
function followIn(
  text: string,
  { base, folder, now }: { readonly base: string; readonly folder: string; readonly now: string },
): string {
  const relative = relativePath(base, now);
  const plain = relative.replace(/^\.\//, '');
  const edits = [...text.matchAll(QUOTED_PATH)].flatMap((match) => {
    const { 2: written = '', 3: end = '' } = match;
    const isPath = written.includes('/') || written.startsWith('.') || end !== '';
    const isKey = /^\s*:/.test(text.slice(match.index + match[0].length));
    if (!isPath || isKey || joinPath(base, written) !== folder) return [];
    // Vite takes a leading slash for its root, which nothing outside can be written from.
    if (written.startsWith('/') && plain.startsWith('../')) return [];
    const start = match.index + 1;
    const name = written.startsWith('.') ? relative : written.startsWith('/') ? `/${plain}` : plain;
    return [{ start, end: start + written.length, text: name }];
  });
  return replaceRanges(text, edits);
}

const QUOTED_PATH = /(["'`])([\w@./-]{1,200}?)(\/?\*{0,2})\1/g;
