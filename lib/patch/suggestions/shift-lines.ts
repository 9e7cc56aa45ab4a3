import type { BuildError } from '../../diagnosis/diagnosis.js';

/** The error where it stands after an edit of its file added or removed lines above it. */
export function shiftLines(error: BuildError, before: string, after: string): BuildError {
  if (error.line === undefined) return error;
  const oldLines = before.split('\n');
  const newLines = after.split('\n');
  const delta = newLines.length - oldLines.length;
  if (delta === 0) return error;
  let same = 0;
  while (same < oldLines.length && oldLines[same] === newLines[same]) same++;
  return error.line > same ? { ...error, line: Math.max(1, error.line + delta) } : error;
}
