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

/** Whether the edit that moved the error put another word where it points: then it was about what is not there any more. */
export function isOvertaken(error: BuildError, moved: BuildError, before: string, after: string): boolean {
  const [was, is] = [wordAtPlace(before, error), wordAtPlace(after, moved)];
  return was !== undefined && was !== is;
}

function wordAtPlace(text: string, { line, column }: BuildError): string | undefined {
  if (line === undefined || column === undefined) return undefined;
  return /^[A-Za-z_$][\w$]*/.exec((text.split('\n')[line - 1] ?? '').slice(column - 1))?.[0];
}
