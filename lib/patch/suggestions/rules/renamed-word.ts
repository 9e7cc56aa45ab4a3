import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { offsetOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** `Property 'card' does not exist on type '{ cardId: string; }'`: the type's members stand in the message. */
const UNKNOWN_IN_SHAPE = /(?:Property )?'([\w$]+)' does not exist (?:on|in) type '(\{.*\})'/s;

/**
 * A name that was another one at the last READY deployment, where the compiler itself lists what there is now: the diff
 * of one file changes this one word for a name of that list.
 */
export const renamedWord: Rule = {
  name: 'renamed-word',
  async propose(error, workspace) {
    const { file, line } = error;
    const match = UNKNOWN_IN_SHAPE.exec(error.message);
    const [, name, shape = ''] = match ?? [];
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || line === undefined || name === undefined) return undefined;
    const now = findRenameAnywhere(workspace, name, file);
    if (now === undefined || !new RegExp(`[{;,]\\s*(?:readonly )?${now}\\??:`).test(shape)) return undefined;

    const start = offsetOf(text, line) ?? text.length;
    const end = text.indexOf('\n', start) === -1 ? text.length : text.indexOf('\n', start);
    const word = new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g');
    const uses = [...text.slice(start, end).matchAll(word)].map(({ index }) => start + index);
    const use = uses.length === 1 ? uses[0] : undefined;
    if (use === undefined) return undefined;
    // `{ card }` binds a local name, which the rest of the file goes on using.
    const isShorthand = /[{,]\s*$/.test(text.slice(start, use)) && /^\s*[,}]/.test(text.slice(use + name.length, end));
    const written = isShorthand ? `${now}: ${name}` : now;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: use, end: use + name.length, text: written }])]]),
      cause: `What was called \`${name}\` is called \`${now}\` since the last good deployment, and ${file} does not follow.`,
      change: `Reads \`${now}\`, which the compiler lists.`,
    };
  },
};

function findRenameAnywhere(workspace: Workspace, name: string, file: string): string | undefined {
  const answers = new Set(
    workspace.changes.flatMap(({ path }) => (path === file ? [] : (findRename(workspace, path, name) ?? []))),
  );
  const [answer, another] = answers;
  return another === undefined ? answer : undefined;
}
