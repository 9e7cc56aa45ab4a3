import type { FileChange } from '../../../context/source.js';

/** Lines that the diff put in the place of others; either may be none. */
export interface ChangedRun {
  /** How many lines of the text stand before it. */
  readonly at: number;
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** What the diff changed in a text, from top to bottom; undefined where the diff does not fit the text. */
export function changedRuns(text: string, { hunks }: FileChange): readonly ChangedRun[] | undefined {
  if (hunks === undefined) return undefined;
  const now = text.split('\n');
  const runs: { at: number; removed: string[]; added: string[] }[] = [];
  let run: (typeof runs)[number] | undefined;
  let next = 0;
  for (const line of hunks.split('\n')) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (start) {
      // A hunk that adds nothing names the line before it.
      const at = Number(start[1]) - (start[2] === '0' ? 0 : 1);
      if (at < next || at > now.length) return undefined;
      next = at;
      run = undefined;
    } else if (line.startsWith('-') || line.startsWith('+')) {
      if (!run || (line.startsWith('-') && run.added.length > 0)) {
        run = { at: next, removed: [], added: [] };
        runs.push(run);
      }
      (line.startsWith('-') ? run.removed : run.added).push(line.slice(1));
      if (line.startsWith('+') && now[next++] !== line.slice(1)) return undefined;
    } else if (line.startsWith(' ')) {
      if (now[next++] !== line.slice(1)) return undefined;
      run = undefined;
    }
  }
  return runs;
}

/** The text as it was before these runs of the diff. */
export function undoRuns(text: string, runs: readonly ChangedRun[]): string {
  const lines = text.split('\n');
  for (const { at, removed, added } of [...runs].sort((left, right) => right.at - left.at))
    lines.splice(at, added.length, ...removed);
  return lines.join('\n');
}

/** A file's text before the diff; undefined where the diff does not fit the text. */
export function formerText(text: string, change: FileChange): string | undefined {
  const runs = changedRuns(text, change);
  return runs && undoRuns(text, runs);
}
