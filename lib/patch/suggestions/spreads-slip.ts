import { changedWords, namesIn } from './changed-words.js';
import { isInflected, isNear, partsOf } from './distance.js';
import { convertsTwice } from './other-meaning.js';
import type { Fix } from './rule.js';
import type { Workspace } from './workspace.js';

/**
 * Whether the fix writes in more places a name that stands only where the diff put it for another, from which it differs
 * by no more than slips of the keyboard, and by no word that the repository uses elsewhere: `fisdBerth` for `findBerth`.
 * Then the slip is in what was changed, and whoever still writes the old name is right.
 */
export function spreadsSlip(fix: Fix, workspace: Workspace): boolean {
  const changes = workspace.changes.map(changedWords);
  const added = changes.flatMap((words) => words.added);
  return namesGained(fix, workspace).some((after) => {
    // What another file lost is not what it stands for.
    const formers = changes.flatMap((words) =>
      words.added.includes(after)
        ? words.removed.filter((before) => isNear(before, after) && !isInflected(before, after))
        : [],
    );
    return (
      formers.length > 0 &&
      !isUsedElsewhere(workspace, after, added.filter((word) => word === after).length) &&
      !usesKnownWords(workspace, after, [...new Set(formers)])
    );
  });
}

/** Whether the fix brings in a name that says its unit where the value is turned into that unit: it was in another before. */
export function spreadsOtherUnit(fix: Fix, workspace: Workspace): boolean {
  return namesGained(fix, workspace).some((name) =>
    [...fix.files].some(
      ([path, text]) => convertsTwice(text, name) && !convertsTwice(workspace.read(path) ?? '', name),
    ),
  );
}

/** The names that stand in more places after the fix. */
function namesGained(fix: Fix, workspace: Workspace): readonly string[] {
  const balance = new Map<string, number>();
  for (const [path, text] of fix.files) {
    for (const word of namesIn(text)) balance.set(word, (balance.get(word) ?? 0) + 1);
    for (const word of namesIn(workspace.read(path) ?? '')) balance.set(word, (balance.get(word) ?? 0) - 1);
  }
  return [...balance].flatMap(([word, count]) => (count > 0 ? word : []));
}

/** Whether the name stands in more places than those where the diff put it. */
function isUsedElsewhere(workspace: Workspace, name: string, times: number): boolean {
  let count = 0;
  for (const path of workspace.paths) {
    const text = workspace.read(path) ?? '';
    if (text.includes(name)) count += namesIn(text).filter((word) => word === name).length;
  }
  return count > times;
}

/** Whether every word that is new in the name stands in another name of the repository as well; two letters are none. */
function usesKnownWords(workspace: Workspace, name: string, formers: readonly string[]): boolean {
  const before = new Set(formers.flatMap(partsOf));
  const fresh = partsOf(name).filter((part) => !before.has(part));
  const others = new Set<string>();
  for (const path of workspace.paths) {
    const text = workspace.read(path) ?? '';
    if (!fresh.some((part) => text.toLowerCase().includes(part))) continue;
    for (const word of namesIn(text)) if (word !== name) for (const part of partsOf(word)) others.add(part);
  }
  return fresh.every((part) => part.length > 2 && others.has(part));
}
