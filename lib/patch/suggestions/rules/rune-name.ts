import { escapePattern } from '../../../context/word-pattern.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { maskMarkup } from '../syntax/mask-markup.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

/** As svelte 5 documents them. */
const RUNES = [
  ...['$state', '$state.raw', '$state.snapshot', '$state.eager', '$derived', '$derived.by', '$effect', '$effect.pre'],
  ...['$effect.tracking', '$effect.root', '$effect.pending', '$props', '$props.id', '$bindable', '$inspect'],
  ...['$inspect.trace', '$host'],
];
const INVALID = /`(\$[\w.]+)` is not a valid rune/;
const RENAMED = /`(\$[\w.]+)` is now `(\$[\w.]+)`/;

/** A rune of Svelte that does not exist: one slip away from one that does, or called otherwise now, as the compiler says. */
export const runeName: Rule = {
  name: 'rune-name',
  async propose(error, workspace) {
    const { file } = error;
    const [, renamed, now] = RENAMED.exec(error.message) ?? [];
    const wrong = renamed ?? INVALID.exec(error.message)?.[1];
    const right = now ?? (wrong === undefined ? undefined : findTwin(wrong, RUNES));
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || wrong === undefined || right === undefined) return undefined;
    const code = file.endsWith('.svelte') ? maskMarkup(file, text) : text;
    const uses = [...code.matchAll(new RegExp(`(?<![\\w$.])${escapePattern(wrong)}(?![\\w$.])`, 'g'))];
    const [first] = uses;
    if (!first) return undefined;
    return {
      files: new Map([
        [
          file,
          replaceRanges(
            text,
            uses.map(({ index }) => ({ start: index, end: index + wrong.length, text: right })),
          ),
        ],
      ]),
      cause: `\`${wrong}\` in ${file}, line ${lineOf(text, first.index)}, is no rune.`,
      change: `Writes \`${right}\`, ${now === undefined ? 'the one rune that is spelt so nearly alike' : 'as the compiler says'}.`,
    };
  },
};
