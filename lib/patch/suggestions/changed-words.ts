import type { FileChange } from '../../context/source.js';
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
