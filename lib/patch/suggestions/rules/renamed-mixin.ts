import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';

const UNDEFINED = /(?:^|\s)([.#])([A-Za-z_][\w-]{0,80}) is undefined\b/;

/** A mixin of Less that the diff since the last READY deployment renamed where it is declared; whoever calls it follows. */
export const renamedMixin: Rule = {
  name: 'renamed-mixin',
  async propose(error, workspace) {
    const [, mark = '', name] = UNDEFINED.exec(error.message) ?? [];
    if (name === undefined || workspace.partial) return undefined;
    const answers = new Set(
      workspace.changes.flatMap(({ path }) =>
        path.endsWith('.less') ? (findRename(workspace, path, name) ?? []) : [],
      ),
    );
    const [now, another] = answers;
    if (now === undefined || another !== undefined) return undefined;
    const call = new RegExp(`(?<![\\w-])\\${mark}${name}(?=\\s*(?:\\(|;|!important))`, 'g');
    const declaration = new RegExp(`^\\s*\\${mark}${name}\\s*(?:\\([^{}]*\\)\\s*)?\\{`, 'm');
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = /\.(?:less|vue|svelte|astro)$/.test(path) ? workspace.read(path) : undefined;
      if (text === undefined) continue;
      if (path.endsWith('.less') && declaration.test(text)) return undefined;
      const uses: Replacement[] = [...text.matchAll(call)]
        .filter(({ index }) => path.endsWith('.less') || isInStyle(text, index))
        .map(({ index }) => ({ start: index + 1, end: index + 1 + name.length, text: now }));
      if (uses.length > 0) files.set(path, replaceRanges(text, uses));
    }
    if (files.size === 0) return undefined;
    return {
      files,
      cause: `The mixin \`${mark}${name}\` is called \`${mark}${now}\` since the last good deployment, and is still called by its old name.`,
      change: `Calls it \`${mark}${now}\`.`,
    };
  },
};

/** Whether a place of a component lies between `<style>` and `</style>`. */
function isInStyle(text: string, at: number): boolean {
  return text.lastIndexOf('<style', at) > text.lastIndexOf('</style', at);
}
