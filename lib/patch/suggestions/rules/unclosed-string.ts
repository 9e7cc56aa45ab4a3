import type { Rule } from '../rule.js';
import { maskMarkup } from '../syntax/mask-markup.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineStarts } from '../syntax/source-text.js';

/** Each candidate costs a parse of the file. */
const MOST_CANDIDATES = 40;

/**
 * A text without one of its quotes, before the marks that end its line or, in JSX, its attribute; or an expression in
 * a template without its brace. With it, the file parses.
 */
export const unclosedString: Rule = {
  name: 'unclosed-string',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !(await workspace.isBroken(file, text))) return undefined;
    const places = findPlaces(isComponentFile(file) ? maskMarkup(file, text) : text);
    if (places.length > MOST_CANDIDATES) return undefined;
    const repaired: { readonly place: Place; readonly text: string }[] = [];
    for (const place of places) {
      const candidate = text.slice(0, place.at) + place.mark + text.slice(place.at);
      const { errors, comments } = await workspace.parse(file, candidate);
      // An apostrophe of a comment could hide its end.
      if (errors.length > 0 || comments.some(({ start, end }) => start <= place.at && place.at < end)) continue;
      repaired.push({ place, text: candidate });
    }
    // A semicolon may end the statement or the text; then it is the statement.
    const [only, another] = repaired.filter(
      ({ place, text: candidate }) =>
        !repaired.some((other) => other.place.at === place.at - 1 && candidate[other.place.at] === ';'),
    );
    if (!only?.place.isText || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `A text in ${file}, line ${only.place.line}, lacks a \`${only.place.mark}\`.`,
      change: 'Adds it, and with that the file parses.',
    };
  },
};

interface Place {
  readonly at: number;
  /** Whether what comes between the quotes reads like a text. */
  readonly isText: boolean;
  readonly mark: string;
  readonly line: number;
}

/** Calls, operators and marks between values are code. */
const CODE = /[(){}[\]?=;,`&|]|:(?!\/\/)|\s\+\s/;

function findPlaces(text: string): Place[] {
  const starts = lineStarts(text);
  return text.split('\n').flatMap((row, index) => {
    const odd = ["'", '"', '`'].filter((quote) => (row.split(quote).length - 1) % 2 === 1);
    const [quote, another] = odd;
    const marks =
      quote === undefined || another !== undefined
        ? []
        : placesOfQuote(row, quote).map((at) => ({ at, mark: quote, isText: isText(row, quote, at) }));
    const braces = [...row.matchAll(/\$\{[\w$.?()[\]]+(?=`)/g)].map(({ 0: written, index: from }) => {
      // `${region.amazonaws.com` and `${slug.json`: what is no member elsewhere may be text.
      const [member] = /\.[\w$]+$/.exec(written) ?? [];
      return { at: from + written.length, mark: '}', isText: member === undefined || text.split(member).length > 2 };
    });
    return [...marks, ...braces].map((place) => ({ ...place, at: (starts[index] ?? 0) + place.at, line: index + 1 }));
  });
}

function isText(row: string, quote: string, at: number): boolean {
  const start = row.lastIndexOf(quote) + 1;
  return at < start || (at > start && (quote === '`' || !CODE.test(row.slice(start, at))));
}

/** What may stand in a tag without a value, and so behind the end of the text. */
const FLAG =
  /\s(?:hidden|disabled|required|checked|selected|autofocus|open|readonly|multiple|controls|loop|muted|inert)$/i;

function placesOfQuote(row: string, quote: string): number[] {
  const last = row.lastIndexOf(quote);
  const rest = row.slice(last + 1);
  // `'spelt, grams: 3 }`: what goes on as a property is none of the text.
  const property = /,\s*[\w$]+\s*:/.exec(rest)?.index;
  const end = /[\s;,:)\]}>/{]*$/.exec(rest)?.index ?? 0;
  const ends = [...rest].flatMap((character, index) => {
    const isTrailing = index >= end && !/\s/.test(rest[index - 1] ?? '');
    return isTrailing || (index < end && /[,)\]}]/.test(character)) ? [index] : [];
  });
  const closing = property === undefined ? [...ends, rest.trimEnd().length] : [property];
  const inTag = [...row.matchAll(new RegExp(`=${quote}[^${quote}<>{}=]*?(?=\\s*/?>|\\s+[\\w-]+=)`, 'g'))].filter(
    ([written]) => !FLAG.test(written),
  );
  const opening = [...row.matchAll(new RegExp(`(?:\\bfrom\\s+|=)(?=[\\w@./#-]+${quote})`, 'g'))];
  return [
    ...new Set([
      ...(end === 0 ? [] : closing.map((index) => last + 1 + index)),
      ...[...inTag, ...opening].map((match) => match.index + match[0].length),
    ]),
  ];
}
