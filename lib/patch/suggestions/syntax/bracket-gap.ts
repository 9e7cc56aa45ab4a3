import { countParseErrors } from '../parses-better.js';
import { lineOf, offsetOf, replaceRanges } from './source-text.js';

/** The place where a parser misses the end of a bracket, behind the last mark before what it found. */
export interface Gap {
  readonly before: string;
  /** Whether what the parser found stands on a later line. */
  readonly isLineEnd: boolean;
  /** Whether the bracket opened on this line, or on one that is indented as this line of closing brackets. */
  readonly isEndOfBracket: boolean;
  /** Whether a statement begins with what the parser found. */
  readonly isStatementEnd: boolean;
}

export function gapAt(
  text: string,
  at: number,
  { found, opened }: { readonly found: number; readonly opened: number | undefined },
): Gap {
  const isLineEnd = text.slice(at, found).includes('\n');
  const isOpenedOnLine = opened !== undefined && lineOf(text, opened) === lineOf(text, at);
  const isClosedBelow =
    opened !== undefined && isLineOfClosers(text, at) && indentAt(text, at) === indentAt(text, opened);
  return {
    before: text.slice(0, at),
    isLineEnd,
    isEndOfBracket: isOpenedOnLine || isClosedBelow,
    isStatementEnd: isClosedBelow && isLineEnd && indentAt(text, found) === indentAt(text, opened),
  };
}

/** `}` and `], `, or the end of a hook's first argument with the list of its second: `}, [a]`. */
function isLineOfClosers(text: string, at: number): boolean {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const line = text.slice(start, `${text}\n`.indexOf('\n', at));
  return /^\s*[)\]}]+(?:, \[[^[\]\n]*\])?[;,]?\s*$/.test(line);
}

function indentAt(text: string, at: number): string {
  return /^[^\S\n]*/.exec(text.slice(text.lastIndexOf('\n', at - 1) + 1))?.[0] ?? '';
}

/** Whether a bracket that opens twice on a line, from 1, may be one too many: without it, the file parses. */
export async function isOpenedTwice(file: string, text: string, line: number): Promise<boolean> {
  const start = offsetOf(text, line) ?? text.length;
  const [row = ''] = text.slice(start).split('\n', 1);
  for (const { index } of row.matchAll(/\((?=\()|\[(?=\[)|\{(?=\{)/g)) {
    const without = replaceRanges(text, [{ start: start + index, end: start + index + 1, text: '' }]);
    if ((await countParseErrors(file, without)) === 0) return true;
  }
  return false;
}
