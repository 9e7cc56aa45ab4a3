import type { Edit } from '../patch/patch.js';

export interface DiffLine {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Above this many comparisons the changed middle is shown as removed and added as a whole. */
const MOST_COMPARISONS = 400_000;

/** The edit line by line: what it takes away and what it puts there. */
export function diffEdit(edit: Edit): readonly DiffLine[] {
  if (edit.kind === 'delete') return [];
  if (edit.kind === 'create') return splitLines(edit.content).map((text) => ({ kind: 'added', text }));
  return diffLines(splitLines(edit.search), splitLines(edit.replace));
}

/** The shortest way from one list of lines to the other, unless both are very long. */
export function diffLines(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const longestEnd = Math.min(before.length, after.length) - start;
  while (end < longestEnd && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;

  return [
    ...before.slice(0, start).map(same),
    ...diffMiddle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before.slice(before.length - end).map(same),
  ];
}

/** As `git diff` shows it, without headers. */
export function formatDiff(lines: readonly DiffLine[]): string {
  const signs = { same: ' ', removed: '-', added: '+' } as const;
  return lines.map((line) => signs[line.kind] + line.text).join('\n');
}

function diffMiddle(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  if (before.length * after.length > MOST_COMPARISONS) return [...before.map(removed), ...after.map(added)];

  // lengths[i][j]: the longest common subsequence of before from i on and after from j on.
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const lengthAt = (i: number, j: number): number => lengths[i * width + j] ?? 0;
  for (let i = before.length - 1; i >= 0; i -= 1)
    for (let j = after.length - 1; j >= 0; j -= 1)
      lengths[i * width + j] =
        before[i] === after[j] ? lengthAt(i + 1, j + 1) + 1 : Math.max(lengthAt(i + 1, j), lengthAt(i, j + 1));

  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    const [left = '', right = ''] = [before[i], after[j]];
    if (i < before.length && j < after.length && left === right) {
      lines.push(same(left));
      i += 1;
      j += 1;
    } else if (i < before.length && (j === after.length || lengthAt(i + 1, j) >= lengthAt(i, j + 1))) {
      lines.push(removed(left));
      i += 1;
    } else {
      lines.push(added(right));
      j += 1;
    }
  }
  return lines;
}

/** The lines of a text; a final line break starts no further line. */
function splitLines(text: string): readonly string[] {
  if (text === '') return [];
  return text.replace(/\r\n/g, '\n').replace(/\n$/, '').split('\n');
}

function same(text: string): DiffLine {
  return { kind: 'same', text };
}

function removed(text: string): DiffLine {
  return { kind: 'removed', text };
}

function added(text: string): DiffLine {
  return { kind: 'added', text };
}
