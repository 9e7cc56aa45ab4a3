import type { Comment, OxcError } from 'oxc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { type Gap, gapAt, isOpenedTwice } from '../syntax/bracket-gap.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

const EXPECTED = /^Expected `([^`]+)`(?: or `([^`]+)`)? but found/;

/**
 * One comma, bracket, colon or arrow that the parser expects at one place: a comma between two lines of a list, a
 * bracket that opened on the same line, the end of a list of names. With it, the whole file parses.
 */
export const missingToken: Rule = {
  name: 'missing-token',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const { errors, comments } = await workspace.parse(file, text);
    const [problem] = errors;
    const tokens = EXPECTED.exec(problem?.message ?? '')?.slice(1) ?? [];
    const [found, opened] = problem?.labels ?? [];
    if (!problem || !found) return undefined;
    const at = endOfCode(text, found.start, comments);
    const gap = gapAt(text, at, { found: found.start, opened: opened?.start });
    // Two texts below each other may be one in two parts.
    const isOneText = text[opened?.start ?? -1] === '(' || /^['"]\s/.test(text.slice(found.start));
    if (isOneText && /['"]$/.test(gap.before) && /^['"]/.test(text.slice(found.start))) return undefined;
    const expected = tokens.flatMap((token) => (token && isCertain(token, gap) ? [{ token, at }] : []));
    const further = furtherPlaces(text, problem, tokens);
    const repaired = new Map<string, Missing>();
    for (const missing of [...expected, ...further]) {
      const { token, at: start } = missing;
      const candidate = replaceRanges(text, [
        { start, end: start, text: /^(?:=>|\{)$/.test(token) ? ` ${token}` : token },
      ]);
      if ((await countParseErrors(file, candidate)) === 0) repaired.set(candidate, missing);
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    if (opened && (await isOpenedTwice(file, text, lineOf(text, opened.start)))) return undefined;
    const [candidate, missing] = only;
    return {
      files: new Map([[file, candidate]]),
      cause: `A \`${missing.token.trim()}\` is missing in ${file}, line ${lineOf(text, missing.at)}.`,
      change: `Adds it where the parser expects it, and with it the file parses.`,
    };
  },
};

/** Where the last mark before an offset ends, comments not counted. */
function endOfCode(text: string, offset: number, comments: readonly Comment[]): number {
  let at = text.slice(0, offset).trimEnd().length;
  for (const { start, end } of [...comments].reverse()) {
    if (end === at) at = text.slice(0, start).trimEnd().length;
  }
  return at;
}

interface Missing {
  readonly token: string;
  readonly at: number;
}

const PRIMITIVE = /^(?:string|number|boolean|unknown|void|null|undefined)\b/;

/** Where a bracket that opened before may end, or a mark lack that only one reading of the line wants. */
function furtherPlaces(text: string, { labels: [found, opened] }: OxcError, tokens: readonly string[]): Missing[] {
  if (!found) return [];
  const at = text.slice(0, found.start).trimEnd().length;
  const before = text.slice(0, at);
  const after = text.slice(found.start).trimStart();
  const whens: readonly (readonly [boolean, string])[] = [
    [tokens.includes(':') && /\bcase\s[^\n]*$/.test(before), ':'],
    [PRIMITIVE.test(after) && /[(,{;\n]\s*[\w$]+\??$/.test(before), ':'],
    [/^['"]/.test(after) && /\|\s*(?:'[^'\n]*'|"[^"\n]*")$/.test(before), ' |'],
  ];
  const condition = tokens.includes('(') && /\b(?:if|while|for|switch)$/.test(before);
  const bracket = opened === undefined ? [] : bracketPlaces(text, { start: opened.start, at, after }, tokens);
  return [
    ...(condition ? [{ token: '(', at: found.start }] : []),
    ...whens.flatMap(([holds, token]) => (holds ? [{ token, at }] : [])),
    ...bracket,
  ];
}

function bracketPlaces(
  text: string,
  { start, at, after }: { readonly start: number; readonly at: number; readonly after: string },
  tokens: readonly string[],
): Missing[] {
  const closer = tokens.find((token) => /^[)\]}]$/.test(token ?? ''));
  if (closer === undefined) return [];
  const head = text.slice(0, start);
  const between = text.slice(start, at);
  const end = closer === '}' && text[start + 1] === ' ' ? ' }' : closer;
  // `const [a, b = f();` and `const { a : B = f();`
  const isPattern = /\b(?:const|let|var)\s+$/.test(head);
  const ends = isPattern ? [...between.matchAll(/\s*(?<![=!<>])=(?![=>])|\s*:/g)] : [];
  const isProperty = closer === '}' && /[{,]\s*[\w$]+$/.test(between);
  const whens: readonly (readonly [boolean, string])[] = [
    [closer === '}' && /\b(?:import|export)\s+(?:type\s+)?$/.test(head) && /^from\b/.test(after), end],
    [closer !== ']' && /^[\w$]+\??\s*:/.test(after), ','],
    [isProperty && /^(?:['"`\d[]|true\b|false\b|null\b)/.test(after), ':'],
    [/\buse[A-Z]\w*$/.test(head) && between.endsWith('}') && after.startsWith('['), ','],
  ];
  return [
    ...ends.map(({ index }) => ({ token: end, at: start + index })),
    ...whens.flatMap(([holds, token]) => (holds ? [{ token, at }] : [])),
  ];
}

function isCertain(token: string, { before, isLineEnd }: Gap): boolean {
  switch (token) {
    case ',':
      // What ends in a blank goes on in the next text.
      return (isLineEnd && !/\s['"`]$/.test(before)) || /\b(?:import|export)\s+(?:type\s+)?\{[^{}]*$/.test(before);
    case '{':
      return isLineEnd;
    case '=>':
      return true;
    default:
      return false;
  }
}
