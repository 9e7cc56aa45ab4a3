import { gainsWord, hasWord, losesWord } from './identifiers.js';
import type { FileChange } from './source.js';
import { escapePattern } from './word-pattern.js';

/**
 * Whether other files of the diff go along with a file that gave up a name, by leaving the name too, by exporting it now or by
 * taking the one that stands in its place: then whoever still has it was forgotten, and the file that gave it up is as meant.
 */
export function isFollowed(path: string, name: string, changes: readonly FileChange[] = []): boolean {
  const now = findSuccessor(changes.find((change) => change.path === path)?.hunks ?? '', name);
  return changes.some(
    ({ path: other, hunks }) =>
      other !== path &&
      (losesWord(hunks, name) ||
        hasWord(hunks, '+', name, /^\+\s*export\b/) ||
        (now !== undefined && gainsWord(hunks, now))),
  );
}

/** The word in a line of the diff that differs from a line with the name in this one word. */
function findSuccessor(hunks: string, name: string): string | undefined {
  const rows = hunks.split('\n').filter((row) => row.length < 500);
  const word = new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`);
  for (const row of rows) {
    const at = row.startsWith('-') ? word.exec(row) : null;
    if (at === null) continue;
    const before = row.slice(1, at.index);
    const after = row.slice(at.index + name.length);
    for (const other of rows) {
      const inner = other.slice(1 + before.length, other.length - after.length);
      if (
        other.startsWith('+') &&
        other.slice(1).startsWith(before) &&
        other.endsWith(after) &&
        /^[A-Za-z_$][\w$]*$/.test(inner) &&
        inner !== name
      )
        return inner;
    }
  }
  return undefined;
}
