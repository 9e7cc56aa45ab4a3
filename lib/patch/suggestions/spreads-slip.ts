import { isNear, partsOf } from './distance.js';
import { listRenames } from './renames-in-diff.js';
import type { Fix } from './rule.js';
import type { Workspace } from './workspace.js';

/**
 * Whether the fix writes in more places a name that the diff put for another, from which it differs by no more than slips
 * of the keyboard, and by no word that the repository uses elsewhere: `fisdBerth` for `findBerth`. Then the slip is in
 * the declaration, and whoever still writes the old name is right.
 */
export function spreadsSlip(fix: Fix, workspace: Workspace): boolean {
  const renames = workspace.changes.flatMap(listRenames).filter((rename) => !rename.isText);
  return renames.some(
    ({ before, after }) =>
      [...fix.files].some(([path, text]) => {
        const old = workspace.read(path) ?? '';
        return countName(text, after) > countName(old, after) && countName(text, before) < countName(old, before);
      }) &&
      isNear(before, after) &&
      !isInflected(before, after) &&
      !usesWordsOf(workspace, before, after),
  );
}

function countName(text: string, name: string): number {
  return text.includes(name) ? namesIn(text).filter((other) => other === name).length : 0;
}

function namesIn(text: string): readonly string[] {
  return text.match(/[A-Za-z_$][\w$]*/g) ?? [];
}

/** `berth` and `berths`, `userId` and `userID`: names that people tell apart. */
function isInflected(before: string, after: string): boolean {
  const [short, long] = [before.toLowerCase(), after.toLowerCase()].sort((left, right) => left.length - right.length);
  return short !== undefined && long !== undefined && /^(?:e?s|e?d|e?r|ing)?$/.test(long.replace(short, ''));
}

/** Whether every word that is new in the name stands in another name of the repository as well. */
function usesWordsOf(workspace: Workspace, before: string, after: string): boolean {
  const known = partsOf(before);
  const fresh = partsOf(after).filter((word) => !known.includes(word));
  const others = new Set<string>();
  for (const path of workspace.paths) {
    const text = workspace.read(path) ?? '';
    if (!fresh.some((word) => text.toLowerCase().includes(word))) continue;
    for (const name of namesIn(text)) if (name !== after) for (const word of partsOf(name)) others.add(word);
  }
  return fresh.every((word) => others.has(word));
}
