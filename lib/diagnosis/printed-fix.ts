/** Fixes that a tool prints as a difference, as Biome does below what it objects to. */
import type { PrintedHunk } from './diagnosis.js';
import { type LineStream, textAt } from './finding.js';

const maxRows = 200;
const maxSize = 20_000;
/** Of its unsafe fixes Biome does not say that they are right. */
const opening =
  /^\s*(?:i Safe fix: |[×✖] (?:Formatter would have printed|File content differs from formatting output|Import statements differs? from the output))/;
const row = /^\s*(?:\d{1,7} {1,7})?(?:\d{1,7} {1,7})?│(?: |$)/;
const marks = /^\s*│ [ +-]*[+-][ +-]*$/;
const between = /^\s*·+ │\s*$/;

/** The difference between `from` and the next report; undefined where there is none or not all of it. */
export function readPrintedFix(
  lines: LineStream,
  from: number,
  isNext: (text: string) => boolean,
): readonly PrintedHunk[] | undefined {
  let at = from;
  while (at < from + maxRows && !opening.test(textAt(lines, at)) && !isNext(textAt(lines, at))) at++;
  if (!opening.test(textAt(lines, at))) return undefined;
  at++;
  while (textAt(lines, at).trim() === '' && at < from + maxRows) at++;
  const rows: string[] = [];
  for (; rows.length < maxRows; at++) {
    const text = textAt(lines, at);
    if (!row.test(text) && !between.test(text)) break;
    rows.push(text);
  }
  const size = rows.reduce((sum, { length }) => sum + length, 0);
  const isWhole =
    rows.length > 0 && rows.length < maxRows && size < maxSize && !/ more lines truncated/.test(textAt(lines, at));
  return isWhole ? (readMarked(rows) ?? readRows(rows)) : undefined;
}

/** Blanks and tabs are made visible where something changes. */
function decode(shown: string): string {
  return shown.replaceAll('→ ', '\t').replaceAll('·', ' ');
}

/** Within one line: signs below it stand under what comes or goes. */
function readMarked([shown = '', below = '', more]: readonly string[]): readonly PrintedHunk[] | undefined {
  if (more !== undefined || !marks.test(below)) return undefined;
  const text = shown.slice(shown.indexOf('│') + 2);
  const signs = below.slice(below.indexOf('│') + 2);
  const without = (sign: string) => decode([...text].filter((_, index) => signs[index] !== sign).join(''));
  return [{ line: Number.parseInt(shown, 10), before: [without('+')], after: [without('-')] }];
}

function readRows(rows: readonly string[]): readonly PrintedHunk[] {
  const hunks: { line: number; before: string[]; after: string[] }[] = [];
  let isOpen = false;
  for (const text of rows) {
    if (between.test(text)) {
      isOpen = false;
      continue;
    }
    const bar = text.indexOf('│');
    const sign = text[bar + 2] ?? ' ';
    const content = text.slice(bar + 4);
    if (!isOpen) hunks.push({ line: Number.parseInt(text, 10) || 1, before: [], after: [] });
    isOpen = true;
    const hunk = hunks.at(-1);
    if (sign !== '+') hunk?.before.push(sign === '-' ? decode(content) : content);
    if (sign !== '-') hunk?.after.push(sign === '+' ? decode(content) : content);
  }
  return hunks;
}
