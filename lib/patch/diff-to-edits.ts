import type { Edit, ReplaceEdit } from './patch.js';

/**
 * The smallest search/replace edits that lead from `before` to `after`, each of whose `search` stands exactly
 * once in `before`. Line endings, byte order mark and final newline are kept, as nothing but changed lines and
 * the lines needed to tell them apart is named.
 */
export function diffToEdits(path: string, before: string | null, after: string | null): Edit[] {
  if (before === after) return [];
  if (after === null) return [{ kind: 'delete', path }];
  if (before === null) return [{ kind: 'create', path, content: after }];

  const oldLines = splitLines(before);
  const newLines = splitLines(after);
  const hunks = diffLines(oldLines, newLines);
  for (const candidate of [hunks, merge(hunks)]) {
    const edits = buildEdits(path, before, oldLines, newLines, candidate);
    if (edits && leadsTo(before, edits, after)) return edits;
  }
  return [{ kind: 'create', path, content: after }];
}

/** Whether the edits, one after the other, find their one place and give the text that was wanted. */
function leadsTo(before: string, edits: readonly ReplaceEdit[], after: string): boolean {
  let text = before;
  for (const { search, replace } of edits) {
    if (!occursOnce(text, search)) return false;
    const start = text.indexOf(search);
    text = text.slice(0, start) + replace + text.slice(start + search.length);
  }
  return text === after;
}

/** One hunk from the first change to the last. */
function merge(hunks: readonly Hunk[]): Hunk[] {
  const first = hunks[0];
  const last = hunks.at(-1);
  return first && last
    ? [{ oldStart: first.oldStart, oldEnd: last.oldEnd, newStart: first.newStart, newEnd: last.newEnd }]
    : [];
}

/** Lines `oldStart..oldEnd` become lines `newStart..newEnd`; ends exclusive. */
interface Hunk {
  readonly oldStart: number;
  readonly oldEnd: number;
  readonly newStart: number;
  readonly newEnd: number;
}

/** Each line with its ending. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

// A table of one cell for each pair of lines; beyond this the middle is taken as one hunk.
const MAX_CELLS = 4_000_000;

function diffLines(oldLines: readonly string[], newLines: readonly string[]): Hunk[] {
  let head = 0;
  while (head < oldLines.length && head < newLines.length && oldLines[head] === newLines[head]) head++;
  let oldEnd = oldLines.length;
  let newEnd = newLines.length;
  while (oldEnd > head && newEnd > head && oldLines[oldEnd - 1] === newLines[newEnd - 1]) {
    oldEnd--;
    newEnd--;
  }
  const rows = oldEnd - head;
  const columns = newEnd - head;
  if (rows * columns > MAX_CELLS) return [{ oldStart: head, oldEnd, newStart: head, newEnd }];

  // common[i][j]: length of the longest common subsequence of the lines from i and j on.
  const width = columns + 1;
  const common = new Uint32Array((rows + 1) * width);
  const at = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = rows - 1; row >= 0; row--) {
    for (let column = columns - 1; column >= 0; column--) {
      common[row * width + column] =
        oldLines[head + row] === newLines[head + column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }

  const hunks: Hunk[] = [];
  let row = 0;
  let column = 0;
  while (row < rows || column < columns) {
    if (row < rows && column < columns && oldLines[head + row] === newLines[head + column]) {
      row++;
      column++;
      continue;
    }
    const oldStart = head + row;
    const newStart = head + column;
    while (row < rows || column < columns) {
      if (row < rows && column < columns && oldLines[head + row] === newLines[head + column]) break;
      if (column >= columns || (row < rows && at(row + 1, column) >= at(row, column + 1))) row++;
      else column++;
    }
    hunks.push({ oldStart, oldEnd: head + row, newStart, newEnd: head + column });
  }
  return hunks;
}

/** Undefined when some hunk cannot be told apart from the rest of the file. */
function buildEdits(
  path: string,
  before: string,
  oldLines: readonly string[],
  newLines: readonly string[],
  hunks: readonly Hunk[],
): ReplaceEdit[] | undefined {
  const edits: ReplaceEdit[] = [];
  let index = 0;
  let floor = 0;
  while (index < hunks.length) {
    // Grow by one unchanged line on each side until the search is unique; swallow the hunks that this meets.
    let last = index;
    let oldStart = hunks[index]?.oldStart ?? 0;
    let oldEnd = hunks[index]?.oldEnd ?? 0;
    let search = oldLines.slice(oldStart, oldEnd).join('');
    while (search === '' || !occursOnce(before, search)) {
      const ceiling = hunks[last + 1]?.oldStart ?? oldLines.length;
      if (oldStart > floor) oldStart--;
      if (oldEnd < ceiling) oldEnd++;
      else if (last + 1 < hunks.length) {
        last++;
        oldEnd = hunks[last]?.oldEnd ?? oldEnd;
      } else if (oldStart === floor) return undefined;
      search = oldLines.slice(oldStart, oldEnd).join('');
    }
    const first = hunks[index];
    const final = hunks[last];
    if (!first || !final) return undefined;
    const newStart = first.newStart - (first.oldStart - oldStart);
    const newEnd = final.newEnd + (oldEnd - final.oldEnd);
    edits.push({ kind: 'replace', path, search, replace: newLines.slice(newStart, newEnd).join('') });
    floor = oldEnd;
    index = last + 1;
  }
  return edits;
}

/** Blank lines are no place to look for: nothing tells them apart from others. */
function occursOnce(text: string, search: string): boolean {
  if (search.trim() === '') return false;
  const first = text.indexOf(search);
  return first >= 0 && text.indexOf(search, first + 1) < 0;
}
