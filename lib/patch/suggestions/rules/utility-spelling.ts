import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN = /(?:unknown utility class:? |^The |\bThe )[`'"]([^\s`'"]+)[`'"](?: class does not exist)?/;
const CLASSES = /\bclass(?:Name)?=(?:"([^"]*)"|'([^']*)'|\{["'`]([^"'`]*)["'`]\})|@apply\s+([^;{}]+)/g;

/** A utility of Tailwind that an `@apply` misspells, where the repository uses just one that is spelt so nearly alike. */
export const utilitySpelling: Rule = {
  name: 'utility-spelling',
  async propose(error, workspace) {
    const name = error.kind === 'style' ? UNKNOWN.exec(error.message)?.[1] : undefined;
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (name === undefined || file === undefined || text === undefined) return undefined;
    const used = classesIn(workspace);
    used.delete(name);
    const right = findTwin(name, used);
    // `w-12` is no spelling of `w-13`.
    if (right === undefined || right.replace(/\D+/g, ' ').trim() !== name.replace(/\D+/g, ' ').trim()) return undefined;
    const edits: Replacement[] = [...text.matchAll(/@apply\s+[^;{}]+/g)].flatMap((apply) =>
      [...apply[0].matchAll(/[^\s]+/g)].flatMap(({ 0: word, index }) =>
        word === name ? [{ start: apply.index + index, end: apply.index + index + word.length, text: right }] : [],
      ),
    );
    const [first] = edits;
    if (!first) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file}, line ${lineOf(text, first.start)}, applies \`${name}\`, which Tailwind does not know.`,
      change: `Applies \`${right}\`, the one utility in use that is spelt so nearly alike.`,
    };
  },
};

function classesIn(workspace: Workspace): Set<string> {
  const used = new Set<string>();
  for (const path of workspace.paths) {
    if (!/\.(?:[jt]sx?|html|vue|svelte|astro|mdx|css|scss|pcss)$/.test(path)) continue;
    for (const [, ...lists] of (workspace.read(path) ?? '').matchAll(CLASSES))
      for (const name of lists.flatMap((list) => list?.trim().split(/\s+/) ?? [])) used.add(name);
  }
  return used;
}
