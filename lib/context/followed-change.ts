import { gainsWord, hasWord, losesWord, readIdentifiers } from './identifiers.js';
import { countEdits } from './similar-names.js';
import type { FileChange } from './source.js';
import { escapePattern } from './word-pattern.js';

/**
 * Whether a file gave up a name on purpose: another word stands in its place that is no slip of the pen, or other files of the
 * diff go along, by leaving the name too, by exporting it now or by taking the one in its place. Then whoever still has it was
 * forgotten.
 */
export function isGivenUp(path: string, name: string, changes: readonly FileChange[] = []): boolean {
  const own = changes.find((change) => change.path === path)?.hunks ?? '';
  if (name === 'default') return isNamedNow(own);
  const now = findSuccessor(own, name);
  if (now === undefined ? isReplaced(own, name) : !isSlip(now, name)) return true;
  return changes.some(
    ({ path: other, hunks }) =>
      other !== path &&
      (losesWord(hunks, name) ||
        hasWord(hunks, '+', name, /^\+\s*export\b/) ||
        (now !== undefined && gainsWord(hunks, now))),
  );
}

function isSlip(word: string, name: string): boolean {
  return countEdits(word.toLowerCase(), name.toLowerCase(), 2) < 2;
}

/** What is passed on from another module is there still. */
const PASSED_ON = /\bfrom\s*['"]/;

/** Where the name stood now stand other new words, as those of a list that became one object. */
function isReplaced(hunks: string, name: string): boolean {
  return listRuns(hunks).some(({ removed, added }) => {
    if (!removed.some((row) => readIdentifiers(row).has(name) && !PASSED_ON.test(row))) return false;
    const words = added.flatMap((row) => [...readIdentifiers(row)]).filter((word) => gainsWord(hunks, word));
    return words.length > 0 && !words.some((word) => isSlip(word, name));
  });
}

/** Lines of the diff that stand in the place of others. */
function listRuns(hunks: string): { removed: string[]; added: string[] }[] {
  const runs: { removed: string[]; added: string[] }[] = [];
  let run: { removed: string[]; added: string[] } | undefined;
  for (const row of hunks.split('\n').filter((one) => one.length < 500)) {
    if (!/^[-+]/.test(row)) run = undefined;
    else {
      if (!run || (row.startsWith('-') && run.added.length > 0)) {
        run = { removed: [], added: [] };
        runs.push(run);
      }
      (row.startsWith('-') ? run.removed : run.added).push(row.slice(1));
    }
  }
  return runs;
}

/** What was the default export is one by its name. */
function isNamedNow(hunks: string): boolean {
  const name = /^- *export +default +(?:async +)?(?:function *\*? *|class +)?([\w$]+)/m.exec(hunks)?.[1];
  return name !== undefined && hasWord(hunks, '+', name, /^\+ *export +(?!default\b)/);
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
