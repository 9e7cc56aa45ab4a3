import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

const EXPECTED = /^Expected `([^`]+)`(?: or `([^`]+)`)? but found/;

/**
 * One comma, bracket, colon or arrow that the parser expects at one place: a comma between two lines of a list, a
 * bracket that opened on the same line. With it, the whole file parses.
 */
export const missingToken: Rule = {
  name: 'missing-token',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const [problem] = (await workspace.parse(file, text)).errors;
    const tokens = EXPECTED.exec(problem?.message ?? '')?.slice(1) ?? [];
    const [found, opened] = problem?.labels ?? [];
    if (!found) return undefined;
    const at = text.slice(0, found.start).trimEnd().length;
    const gap = {
      before: text.slice(0, at),
      isLineEnd: text.slice(at, found.start).includes('\n'),
      isOpenedOnLine: opened !== undefined && lineOf(text, opened.start) === lineOf(text, at),
      isClosedBelow:
        opened !== undefined && isLineOfClosers(text, at) && indentAt(text, at) === indentAt(text, opened.start),
    };

    const repaired: { readonly token: string; readonly text: string }[] = [];
    for (const token of tokens.filter((expected) => expected && isCertain(expected, gap))) {
      const candidate = replaceRanges(text, [{ start: at, end: at, text: token === '=>' ? ' =>' : token }]);
      if ((await countParseErrors(file, candidate)) === 0) repaired.push({ token, text: candidate });
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `A \`${only.token}\` is missing in ${file}, line ${lineOf(text, at)}.`,
      change: `Adds it where the parser expects it, and with it the file parses.`,
    };
  },
};

interface Gap {
  readonly before: string;
  readonly isLineEnd: boolean;
  /** Whether the bracket that is still open stands on the same line. */
  readonly isOpenedOnLine: boolean;
  /** Whether it stands in a line of closing brackets that is indented as the one with the bracket. */
  readonly isClosedBelow: boolean;
}

function isLineOfClosers(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^\s*[)\]}]+[;,]?\s*$/.test(text.slice(start, `${text}\n`.indexOf('\n', at)));
}

function indentAt(text: string, at: number): string {
  return /^[^\S\n]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}

function isCertain(token: string, { before, isLineEnd, isOpenedOnLine, isClosedBelow }: Gap): boolean {
  switch (token) {
    case ',':
      return isLineEnd || /\b(?:import|export)\s+(?:type\s+)?\{[^{}]*$/.test(before);
    case ')':
    case ']':
      return isOpenedOnLine || isClosedBelow;
    case '=>':
      return true;
    default:
      return false;
  }
}
