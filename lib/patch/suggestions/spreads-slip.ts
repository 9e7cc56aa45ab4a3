import { escapePattern } from '../../context/word-pattern.js';
import { changedWords, namesIn } from './changed-words.js';
import { isInflected, isNear, isSlip, partsOf } from './distance.js';
import { listRenames } from './renames-in-diff.js';
import type { Fix } from './rule.js';
import type { Workspace } from './workspace.js';

/**
 * Whether the fix writes in more places a name that stands only where the diff put it for another, from which it differs
 * by no more than slips of the keyboard, and by no word that the repository uses elsewhere: `fisdBerth` for `findBerth`.
 * Then the slip is in what was changed, and whoever still writes the old name is right.
 */
export function spreadsSlip(fix: Fix, workspace: Workspace): boolean {
  return slipsSpreadBy(fix, workspace).length > 0;
}

interface SpreadSlip {
  readonly after: string;
  /** What it may stand for; each name once. */
  readonly formers: readonly string[];
}

function slipsSpreadBy(fix: Fix, workspace: Workspace): readonly SpreadSlip[] {
  const changes = workspace.changes.map(changedWords);
  const added = changes.flatMap((words) => words.added);
  return namesGained(fix, workspace).flatMap((after) => {
    // What another file lost is not what it stands for.
    const formers = new Set(
      changes.flatMap((words) =>
        words.added.includes(after)
          ? words.removed.filter((before) => isNear(before, after) && !isInflected(before, after))
          : [],
      ),
    );
    const isSlipOfDiff =
      formers.size > 0 &&
      !isUsedElsewhere(workspace, after, added.filter((word) => word === after).length) &&
      !usesKnownWords(workspace, after, [...formers]);
    return isSlipOfDiff ? [{ after, formers: [...formers] }] : [];
  });
}

/**
 * Instead of a fix that spreads a slip, the one that takes it back where the diff made it: the diff of one file puts this name
 * for the other and changes nothing else there, and the repository knows the word that it was.
 */
export function takeSlipBack(fix: Fix, workspace: Workspace): Fix | undefined {
  const [slip, another] = slipsSpreadBy(fix, workspace);
  const [before, second] = slip?.formers ?? [];
  if (!slip || another || before === undefined || second !== undefined) return undefined;
  const { after } = slip;
  const sources = workspace.changes.filter((change) =>
    listRenames(change).some((rename) => rename.before === before && rename.after === after && !rename.isText),
  );
  const [path, other] = sources.map((change) => change.path);
  const text = path === undefined || other !== undefined ? undefined : workspace.read(path);
  if (path === undefined || text === undefined || !isSlip(after, before) || isOtherSpelling(before, after))
    return undefined;
  if (namesIn(text).includes(before) && !fix.files.has(path)) return undefined;
  if (!usesKnownWords(workspace, before, [after])) return undefined;
  const word = new RegExp(`(?<![\\w$])${escapePattern(after)}(?![\\w$])`, 'g');
  return {
    files: new Map([[path, text.replace(word, () => before)]]),
    cause: `The latest change of ${path} writes \`${after}\` for \`${before}\`, which is what everything else calls it.`,
    change: `Writes \`${before}\` there again.`,
  };
}

/** British and American English: the one is no slip for the other. */
function isOtherSpelling(before: string, after: string): boolean {
  const [left, right] = [before, after].map((name) =>
    name
      .toLowerCase()
      .replace(/ou(?=r)/g, 'o')
      .replace(/ys|iz|yz/g, 'is')
      .replace(/tre/g, 'ter')
      .replace(/nce/g, 'nse')
      .replace(/grey/g, 'gray')
      .replace(/ae/g, 'e')
      .replace(/ogue/g, 'og')
      .replace(/gramme/g, 'gram')
      .replace(/ll/g, 'l'),
  );
  return left === right;
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
