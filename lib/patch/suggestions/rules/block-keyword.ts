import { editDistance } from '../distance.js';
import type { Rule } from '../rule.js';
import { maskScripts } from '../syntax/mask-markup.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';

const KEYWORDS: Readonly<Record<string, readonly string[]>> = {
  '#': ['if', 'each', 'await', 'key', 'snippet'],
  ':': ['else', 'then', 'catch'],
  '/': ['if', 'each', 'await', 'key', 'snippet'],
  '@': ['html', 'const', 'render', 'debug', 'attach'],
};

/** `{:esle}` and `{#fi ready}` in a template of Svelte, and `{else}` without its mark: with the keyword, the file parses. */
export const blockKeyword: Rule = {
  name: 'block-keyword',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined || !(await workspace.isBroken(file, text))) return undefined;
    const slips = findSlips(maskScripts(file, text));
    const [first] = slips;
    if (!first) return undefined;
    const repaired = replaceRanges(text, slips);
    if (await workspace.isBroken(file, repaired)) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `\`{${text.slice(first.start, first.end)}\` in ${file}, line ${lineOf(text, first.start)}, begins no block of Svelte.`,
      change: `Writes \`{${first.text}\`, and with that the file parses.`,
    };
  },
};

/** Every mark and word that open, divide or close no block, with the only ones that can be meant. */
function findSlips(markup: string): Replacement[] {
  return [...markup.matchAll(/(?<=\{)([#:/@]?)([a-z]{2,8})(?=[\s}])/g)].flatMap(
    ({ index, 0: written, 1: mark = '', 2: word = '' }) => {
      const right = mark === '' || word === 'else' ? (word === 'else' ? ':else' : undefined) : spell(mark, word);
      return right === undefined || right === written
        ? []
        : [{ start: index, end: index + written.length, text: right }];
    },
  );
}

function spell(mark: string, word: string): string | undefined {
  const known = KEYWORDS[mark] ?? [];
  if (known.includes(word)) return undefined;
  const limit = word.length < 5 ? 1 : 2;
  const [right, another] = known.filter((keyword) => editDistance(word, keyword, limit) <= limit);
  return right === undefined || another !== undefined ? undefined : mark + right;
}
