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

/**
 * `{:esle}` and `{#fi ready}` in a template of Svelte, `{else}` without its mark, and `v-for="tide fo tides"` in one of Vue:
 * with the keyword, the file parses.
 */
export const blockKeyword: Rule = {
  name: 'block-keyword',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !/\.(?:svelte|vue)$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const isVue = file.endsWith('.vue');
    if (isVue ? !error.message.includes(INVALID_LOOP) : !(await workspace.isBroken(file, text))) return undefined;
    const slips = isVue ? findLoops(text) : findSlips(maskScripts(file, text));
    const [first] = slips;
    if (!first) return undefined;
    const repaired = replaceRanges(text, slips);
    if (await workspace.isBroken(file, repaired)) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `\`${text.slice(first.start, first.end)}\` in ${file}, line ${lineOf(text, first.start)}, is no keyword of a template.`,
      change: `Writes \`${first.text}\`, the only one that can be meant.`,
    };
  },
};

/** Every mark and word that open, divide or close no block, with the only ones that can be meant. */
function findSlips(markup: string): Replacement[] {
  return [...markup.matchAll(/(?<=\{)([#:/@]?)([a-z]{2,8})(?=[\s}])/g)].flatMap(
    ({ index, 0: written, 1: mark = '', 2: word = '' }) => {
      const right = word === 'else' ? ':else' : spell(mark, word);
      return right === undefined || right === written
        ? []
        : [{ start: index, end: index + written.length, text: right }];
    },
  );
}

/** How Vue says that a loop has no `in` and no `of`. */
const INVALID_LOOP = 'v-for has invalid expression';

function findLoops(text: string): Replacement[] {
  return [
    ...text.matchAll(/(?<=\bv-for=["'](?:[\w$]+|\([^()"']*\)|\{[^{}"']*\})\s+)[a-z]{1,3}(?=\s+[^"']+["'])/g),
  ].flatMap(({ index, 0: word }) => {
    const [right, another] = ['in', 'of'].filter((keyword) => editDistance(word, keyword, 1) <= 1);
    const isSlip = right !== undefined && another === undefined && right !== word;
    return isSlip ? [{ start: index, end: index + word.length, text: right }] : [];
  });
}

function spell(mark: string, word: string): string | undefined {
  const known = KEYWORDS[mark] ?? [];
  if (known.includes(word)) return undefined;
  const limit = word.length < 5 ? 1 : 2;
  const [right, another] = known.filter((keyword) => editDistance(word, keyword, limit) <= limit);
  return right === undefined || another !== undefined ? undefined : mark + right;
}
