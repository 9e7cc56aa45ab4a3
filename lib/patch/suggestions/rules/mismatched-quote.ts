import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { maskMarkup } from '../syntax/mask-markup.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, lineStarts, type Replacement, replaceRanges } from '../syntax/source-text.js';

const UNTERMINATED = /[Uu]nterminated (?:string|template)/;
/** Each candidate costs a parse of the file. */
const MOST_CANDIDATES = 16;
const QUOTES = ["'", '"', '`'];

/**
 * A string or template that ends in another quote than it begins with, or that lacks the one at its end or its start: one
 * such quote, put right, makes the file parse.
 */
export const mismatchedQuote: Rule = {
  name: 'mismatched-quote',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !isScript(file)) return undefined;
    const { errors } = await workspace.parse(file, text);
    if (errors.length === 0) return undefined;
    const lines = new Set(errors.flatMap(({ labels }) => labels.map((label) => lineOf(text, label.start))));
    const mayBeTemplate = [error, ...errors].some(({ message }) => UNTERMINATED.test(message));
    const candidates = findCandidates(isComponentFile(file) ? maskMarkup(file, text) : text, { lines, mayBeTemplate });
    if (candidates.length > MOST_CANDIDATES) return undefined;
    const repaired: { readonly candidate: Candidate; readonly text: string }[] = [];
    for (const candidate of candidates) {
      const edited = replaceRanges(text, [candidate]);
      if ((await countParseErrors(file, edited)) === 0) repaired.push({ candidate, text: edited });
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    const { line, start, end } = only.candidate;
    return {
      files: new Map([[file, only.text]]),
      cause:
        start === end
          ? `A text in ${file}, line ${line}, has one quote only.`
          : `A text in ${file}, line ${line}, ends in another quote than it begins with.`,
      change:
        start === end
          ? 'Adds the other, and with that the file parses.'
          : 'Ends it as it begins, and with that the file parses.',
    };
  },
};

interface Candidate extends Replacement {
  readonly line: number;
}

/** Strings end on the line that the parser blames; templates may go on for many. */
function findCandidates(
  text: string,
  { lines, mayBeTemplate }: { readonly lines: ReadonlySet<number>; readonly mayBeTemplate: boolean },
): Candidate[] {
  const starts = lineStarts(text);
  return text.split('\n').flatMap((row, index) => {
    const start = starts[index] ?? 0;
    const odd = QUOTES.filter((quote) => (row.split(quote).length - 1) % 2 === 1);
    const [first, second, third] = odd;
    const isBlamed = lines.has(index + 1) || (mayBeTemplate && odd.includes('`'));
    if (first === undefined || third !== undefined || !isBlamed) return [];
    const found = second === undefined ? findMissing(row, first) : findOther(row, [first, second]);
    return found.map((edit) => ({
      line: index + 1,
      start: start + edit.start,
      end: start + edit.end,
      text: edit.text,
    }));
  });
}

/** Of two kinds of quotes that stand there an odd number of times, the last of the one, to be written as the other. */
function findOther(row: string, [first, second]: readonly [string, string]): Replacement[] {
  return [
    { start: row.lastIndexOf(first), text: second },
    { start: row.lastIndexOf(second), text: first },
  ]
    .filter(({ start, text }) => row.slice(0, start).includes(text))
    .map((edit) => ({ ...edit, end: edit.start + 1 }));
}

/** Where a quote may be missing: before a mark that may follow a text, or at the end; and where a text may begin. */
function findMissing(row: string, quote: string): Replacement[] {
  const last = row.lastIndexOf(quote);
  const ends = [...row.matchAll(/(?=[;,)\]}]|\s[+?:]\s)/g)].map(({ index }) => index).filter((end) => end > last);
  const starts = [...row.slice(0, last).matchAll(/(?:[=:,([{]|\b(?:from|return|case))\s*(?=[^\s=>'"`])/g)];
  const places = [
    ...ends,
    ...(/[;,)\]}]\s*$/.test(row) ? [] : [row.trimEnd().length]),
    ...starts.map(({ index, 0: { length } }) => index + length),
  ];
  return places.map((place) => ({ start: place, end: place, text: quote }));
}
