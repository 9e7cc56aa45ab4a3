import type { NameUse } from './names.js';
import { lineOf, offsetOf } from './source-text.js';

/**
 * The uses that an error at `line` and `column` means: the one at the column, else those on the line, else, as tools
 * are sometimes off by one, those on the line before or after. Without a line: all, if there is but one.
 */
export function usesAt(
  text: string,
  uses: readonly NameUse[],
  place: { readonly line?: number | undefined; readonly column?: number | undefined },
): readonly NameUse[] {
  const { line, column } = place;
  if (line === undefined) return uses.length === 1 ? uses : [];
  const offset = column === undefined ? undefined : offsetOf(text, line, column);
  const exact = uses.filter((use) => use.start === offset);
  if (exact.length > 0) return exact;
  for (const distance of [0, 1]) {
    const near = uses.filter((use) => Math.abs(lineOf(text, use.start) - line) === distance);
    if (near.length > 0) return near;
  }
  return [];
}

/**
 * The word itself at the place that an error names, for the markup of components, which no syntax tree here covers.
 * Some tools count columns from 0.
 */
export function wordAt(
  text: string,
  word: string,
  place: { readonly line?: number | undefined; readonly column?: number | undefined },
): { readonly start: number; readonly end: number } | undefined {
  const { line, column } = place;
  const named = line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
  if (named === undefined) return undefined;
  const isWhole = (start: number) =>
    text.startsWith(word, start) &&
    !/[\w$-]/.test(text[start - 1] ?? ' ') &&
    !/[\w$-]/.test(text[start + word.length] ?? ' ');
  const start = [named, named + 1].find(isWhole);
  return start === undefined ? undefined : { start, end: start + word.length };
}
