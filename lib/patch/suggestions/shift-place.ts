import type { BuildError } from '../../diagnosis/diagnosis.js';

/** The error where it stands after an edit of its file added or removed lines above it, or text before it on its line. */
export function shiftPlace(error: BuildError, before: string, after: string): BuildError {
  const { line, column } = error;
  if (line === undefined) return error;
  const oldLines = before.split('\n');
  const newLines = after.split('\n');
  const delta = newLines.length - oldLines.length;
  if (delta === 0) {
    const shifted = column && shiftColumn(column, oldLines[line - 1] ?? '', newLines[line - 1] ?? '');
    return shifted === column ? error : { ...error, column: shifted };
  }
  let same = 0;
  while (same < oldLines.length && oldLines[same] === newLines[same]) same++;
  return line > same ? { ...error, line: Math.max(1, line + delta) } : error;
}

function shiftColumn(column: number, before: string, after: string): number {
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  while (tail < shorter && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return column > before.length - tail ? column + after.length - before.length : column;
}
