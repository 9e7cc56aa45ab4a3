import { gainsWord, hasWord, losesWord } from './identifiers.js';
import { countEdits } from './similar-names.js';
import type { FileChange } from './source.js';
import { escapePattern } from './word-pattern.js';

/**
 * How a file came to lack a name that the diff takes out of it. `followed`: another word stands in its place, or other files of
 * the diff go along, by leaving the name too or exporting it now, and whoever still has it was forgotten. `slip`: the word in its
 * place is nearly the same, and no other file knows it. `gone`: nothing tells.
 */
export type Loss = 'followed' | 'slip' | 'gone';

export function judgeLoss(path: string, name: string, changes: readonly FileChange[] = []): Loss {
  const now = findSuccessor(changes.find((change) => change.path === path)?.hunks ?? '', name);
  const isNear = now !== undefined && countEdits(now.toLowerCase(), name.toLowerCase(), 2) < 2;
  const isFollowed = changes.some(
    ({ path: other, hunks }) =>
      other !== path &&
      (losesWord(hunks, name) ||
        hasWord(hunks, '+', name, /^\+\s*export\b/) ||
        (now !== undefined && gainsWord(hunks, now))),
  );
  if (isFollowed || (now !== undefined && !isNear)) return 'followed';
  return isNear ? 'slip' : 'gone';
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
