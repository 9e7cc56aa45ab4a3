import type { FileChange } from '../../context/source.js';
import { escapePattern } from '../../context/word-pattern.js';
import type { Workspace } from './workspace.js';

/** What the diff since the last READY deployment takes out of a file and puts into it. */
export interface ChangedWords {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

export function namesIn(text: string): readonly string[] {
  return text.match(/[A-Za-z_$][\w$]*/g) ?? [];
}

/** Every name on a changed line, as often as it stands there; none where the diff is not known. */
export function changedWords({ hunks = '' }: FileChange): ChangedWords {
  const lines = hunks.split('\n');
  const on = (sign: string) => lines.flatMap((line) => (line.startsWith(sign) ? namesIn(line.slice(1)) : []));
  return { removed: on('-'), added: on('+') };
}

export function changedWordsOf(workspace: Workspace, path: string): ChangedWords {
  const change = workspace.changes.find((candidate) => candidate.path === path);
  return change ? changedWords(change) : { removed: [], added: [] };
}

/** Whether the diff touches another file's line of this name: what is declared there may be what is wrong. */
export function isChangedElsewhere(workspace: Workspace, file: string, name: string): boolean {
  const word = new RegExp(`^[-+].*(?<![\\w$])${escapePattern(name)}(?![\\w$])`, 'm');
  return workspace.changes.some(({ path, hunks }) => path !== file && word.test(hunks ?? ''));
}

/** Whether the diff brought the words; those that stood there before, if in another place, were right as they are written. */
export function isBroughtByDiff(workspace: Workspace, file: string, words: string): boolean {
  if (workspace.changes.length === 0) return true;
  const lines = workspace.changes.find(({ path }) => path === file)?.hunks?.split('\n') ?? [];
  const isOn = (sign: string) => lines.some((line) => line.startsWith(sign) && line.includes(words));
  return isOn('+') && !isOn('-');
}

/** Whether the word stands on a line that the diff took out: what meant something at the last READY deployment is no slip for another. */
export function stoodBefore({ changes }: Workspace, word: string): boolean {
  const line = new RegExp(`^-.*(?<![\\w-])${escapePattern(word)}(?![\\w-])`, 'm');
  return changes.some(({ hunks }) => line.test(hunks ?? ''));
}
