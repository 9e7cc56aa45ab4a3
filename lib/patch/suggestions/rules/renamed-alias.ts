import { unresolvedSpecifierOf } from '../error-facts.js';
import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';

const SETTINGS = /(?:^|\/)(?:[\w.-]+\.config\.[cm]?[jt]s|[jt]sconfig[\w.-]*\.json|package\.json)$/;

/**
 * `$data/boats` where the diff since the last READY deployment gave the mapping `$data` another name: everyone who imports by the old
 * one follows, as long as the new one leads to a file.
 */
export const renamedAlias: Rule = {
  name: 'renamed-alias',
  async propose(error, workspace) {
    const specifier = unresolvedSpecifierOf(error);
    const { file } = error;
    if (specifier === undefined || file === undefined || workspace.partial || /^[./]/.test(specifier)) return undefined;
    if (resolveSpecifier(workspace, file, specifier) !== undefined) return undefined;
    const renames = renamesFor(workspace, specifier);
    const [rename, another] = renames;
    if (!rename || another) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = isScript(path) ? workspace.read(path) : undefined;
      if (text === undefined || !text.includes(rename.before)) continue;
      const edits = (specifiersOf(await workspace.parse(path, text)) ?? []).flatMap((use): Replacement[] => {
        const now = under(use.specifier, rename);
        const isFound = now !== undefined && resolveSpecifier(workspace, path, now) !== undefined;
        return isFound && resolveSpecifier(workspace, path, use.specifier) === undefined
          ? [{ start: use.start + 1, end: use.end - 1, text: now }]
          : [];
      });
      if (edits.length > 0) files.set(path, replaceRanges(text, edits));
    }
    if (!files.has(file)) return undefined;
    return {
      files,
      cause: `${rename.declaredIn} calls \`${rename.after}\` since the last good deployment what ${file} still calls \`${rename.before}\`.`,
      change: `Imports by \`${rename.after}\`, which leads to the same files.`,
    };
  },
};

interface AliasRename {
  readonly declaredIn: string;
  readonly before: string;
  readonly after: string;
}

function renamesFor(workspace: Workspace, specifier: string): AliasRename[] {
  const found = workspace.changes.flatMap((change) =>
    SETTINGS.test(change.path)
      ? listRenames(change, workspace).flatMap(({ before, after }) => {
          const rename = { declaredIn: change.path, before: bare(before), after: bare(after) };
          return under(specifier, rename) === undefined ? [] : [rename];
        })
      : [],
  );
  return found.filter(
    (one, at) => found.findIndex(({ before, after }) => before === one.before && after === one.after) === at,
  );
}

/** Compilers write a mapping with a star, bundlers without. */
function bare(pattern: string): string {
  return pattern.replace(/\/?\*?$/, '');
}

function under(specifier: string, { before, after }: Pick<AliasRename, 'before' | 'after'>): string | undefined {
  const isMeant = before !== '' && (specifier === before || specifier.startsWith(`${before}/`));
  return isMeant ? after + specifier.slice(before.length) : undefined;
}
