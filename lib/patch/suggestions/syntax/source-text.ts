/** Positions in a text. Lines and columns count from 1, as compilers print them; offsets from 0. */

export function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = text.indexOf('\n'); index >= 0; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return starts;
}

export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let index = text.indexOf('\n'); index >= 0 && index < offset; index = text.indexOf('\n', index + 1)) line++;
  return line;
}

/** Undefined when the text has no such line. */
export function offsetOf(text: string, line: number, column = 1): number | undefined {
  const start = lineStarts(text)[line - 1];
  return start === undefined ? undefined : Math.min(start + column - 1, text.length);
}

export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The replacements must not overlap; their order does not matter. */
export function replaceRanges(text: string, replacements: readonly Replacement[]): string {
  let result = text;
  for (const { start, end, text: replacement } of [...replacements].sort((a, b) => b.start - a.start)) {
    result = result.slice(0, start) + replacement + result.slice(end);
  }
  return result;
}

/**
 * The range without what only it needed: a line that would be left blank goes as a whole.
 */
export function wholeLines(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline + 1;
  const blank = text.slice(lineStart, start).trim() === '' && text.slice(end, lineEnd).trim() === '';
  return blank ? { start: lineStart, end: lineEnd } : { start, end };
}

/** The mark that the file's imports are quoted with. */
export function quoteOf(text: string): '"' | "'" {
  return /\bfrom "/.test(text) ? '"' : "'";
}

/** The mark that most files among these quote their imports with. */
export function quoteOfMost(texts: readonly string[]): '"' | "'" {
  const quoted = texts.filter((text) => /\bfrom ["']/.test(text));
  return quoted.filter((text) => quoteOf(text) === '"').length * 2 > quoted.length ? '"' : "'";
}

export function lineEnding(text: string): '\r\n' | '\n' {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
