import { stoodBefore } from '../changed-words.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN = /(?:unknown utility class:? |^The |\bThe )[`'"]([^\s`'"]+)[`'"](?: class does not exist)?/;
const WORN = /\bclass(?:Name)?=(?:"([^"]*)"|'([^']*)'|\{["'`]([^"'`]*)["'`]\})/g;
const APPLIED = /@apply\s+([^;{}]+)/g;

/** A utility of Tailwind that an `@apply` misspells, where the repository uses just one that is spelt so nearly alike. */
export const utilitySpelling: Rule = {
  name: 'utility-spelling',
  async propose(error, workspace) {
    const name = error.kind === 'style' ? UNKNOWN.exec(error.message)?.[1] : undefined;
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (name === undefined || file === undefined || text === undefined) return undefined;
    const worn = classesIn(workspace, WORN);
    const applied = classesIn(workspace, APPLIED);
    applied.delete(name);
    // What elements wear as well is meant, and the theme or a plugin lacks it.
    const ofTheme = name.replace(/^(?:.*:)?[a-z]+-/, '');
    const wasKnown = [name, ofTheme, `--color-${ofTheme}`].some((word) => stoodBefore(workspace, word));
    const right =
      worn.has(name) || wasKnown ? undefined : (findTwin(name, [...worn, ...applied]) ?? findColour(workspace, name));
    if (right === undefined) return undefined;
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
      change: `Applies \`${right}\`, the one utility of the project that is spelt so nearly alike.`,
    };
  },
};

const OF_COLOURS =
  /^((?:[a-z-]{1,30}:)*(?:bg|text|border|ring|fill|stroke|from|via|to|accent|caret|decoration|divide|outline|shadow)-)([a-z][\w-]*)$/;
/** Those of Tailwind itself, one of which may be meant as well. */
const COLOURS =
  'slate gray zinc neutral stone red orange amber yellow lime green emerald teal cyan sky blue indigo violet purple fuchsia pink rose black white'.split(
    ' ',
  );

/** A colour that a sheet declares in its `@theme`, https://tailwindcss.com/docs/theme. */
function findColour(workspace: Workspace, name: string): string | undefined {
  const [, before = '', colour] = OF_COLOURS.exec(name) ?? [];
  if (colour === undefined || findTwin(colour.replace(/-\d+$/, ''), COLOURS) !== undefined) return undefined;
  const declared = workspace.paths.flatMap((path) =>
    path.endsWith('.css')
      ? [...(workspace.read(path) ?? '').matchAll(/@theme\b[^{]{0,40}\{([^{}]*)\}/g)].flatMap(([, theme = '']) =>
          [...theme.matchAll(/--color-([\w-]+)\s*:/g)].map(([, known = '']) => known),
        )
      : [],
  );
  const right = declared.includes(colour) ? undefined : findTwin(colour, declared);
  return right === undefined ? undefined : before + right;
}

function classesIn(workspace: Workspace, lists: RegExp): Set<string> {
  const used = new Set<string>();
  for (const path of workspace.paths) {
    if (!/\.(?:[jt]sx?|html|vue|svelte|astro|mdx|css|scss|pcss)$/.test(path)) continue;
    for (const [, ...found] of (workspace.read(path) ?? '').matchAll(lists))
      for (const name of found.flatMap((list) => list?.trim().split(/\s+/) ?? [])) used.add(name);
  }
  return used;
}
