import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineStarts, replaceRanges } from '../syntax/source-text.js';

const UNTERMINATED = /[Uu]nterminated (?:string|template)/;
/** Each candidate costs a parse of the file. */
const MOST_CANDIDATES = 12;

/** A string that ends in another quote than it begins with: one such quote, put right, makes the file parse. */
export const mismatchedQuote: Rule = {
  name: 'mismatched-quote',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !isScript(file) || isComponentFile(file)) return undefined;
    const { errors } = await workspace.parse(file, text);
    if (!errors.some(({ message }) => UNTERMINATED.test(message))) return undefined;
    const candidates = findOddQuotes(text);
    if (candidates.length > MOST_CANDIDATES) return undefined;
    const repaired: { readonly line: number; readonly text: string }[] = [];
    for (const { at, quote, line } of candidates) {
      const edited = replaceRanges(text, [{ start: at, end: at + 1, text: quote }]);
      if ((await countParseErrors(file, edited)) === 0) repaired.push({ line, text: edited });
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `A text in ${file}, line ${only.line}, ends in another quote than it begins with.`,
      change: 'Ends it as it begins, and with that the file parses.',
    };
  },
};

/** `"the boats' + name` and `'5" + unit`: the mark may belong to the text, as that of many owners and of inches does. */
const OWN_MARK = /\s.*s'$|^(?:.*\s)?\d+"$/;

/** On lines with an odd number of two kinds of quotes: the last of the one kind, to be written as the other. */
function findOddQuotes(text: string): { readonly at: number; readonly quote: string; readonly line: number }[] {
  const starts = lineStarts(text);
  return text.split('\n').flatMap((row, index) => {
    const start = starts[index] ?? 0;
    const odd = ["'", '"', '`'].filter((quote) => (row.split(quote).length - 1) % 2 === 1);
    const [first, second, third] = odd;
    if (first === undefined || second === undefined || third !== undefined) return [];
    return [
      { at: start + row.lastIndexOf(first), quote: second, line: index + 1 },
      { at: start + row.lastIndexOf(second), quote: first, line: index + 1 },
    ].filter(({ at, quote }) => {
      const open = row.lastIndexOf(quote, at - start);
      return open >= 0 && !OWN_MARK.test(row.slice(open + 1, at - start + 1));
    });
  });
}
