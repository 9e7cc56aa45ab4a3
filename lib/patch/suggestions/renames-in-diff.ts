import type { Workspace } from './workspace.js';

/**
 * What a name that the file had at the last READY deployment is called now: the diff replaces a run of lines by one
 * that differs in this one word alone. Undefined when it does not, or gives two answers.
 */
export function findRename(workspace: Workspace, path: string, oldName: string): string | undefined {
  const hunks = workspace.changes.find((change) => change.path === path)?.hunks;
  if (hunks === undefined) return undefined;
  const answers = new Set<string>();
  for (const { removed, added } of replacedRuns(hunks)) {
    for (const [index, line] of removed.entries()) {
      // A reformatted neighbour must not count: old and new line stand at the same place of their runs.
      const answer = removed.length === added.length ? renamedWord(line, added[index] ?? '', oldName) : undefined;
      if (answer !== undefined) answers.add(answer);
    }
  }
  const [answer, another] = answers;
  return another === undefined ? answer : undefined;
}

function replacedRuns(hunks: string): { removed: string[]; added: string[] }[] {
  const runs: { removed: string[]; added: string[] }[] = [];
  let run: { removed: string[]; added: string[] } | undefined;
  for (const line of hunks.split('\n')) {
    if (line.startsWith('-') || line.startsWith('+')) {
      if (!run || (line.startsWith('-') && run.added.length > 0)) {
        run = { removed: [], added: [] };
        runs.push(run);
      }
      (line.startsWith('-') ? run.removed : run.added).push(line.slice(1).replace(/\r$/, ''));
    } else run = undefined;
  }
  return runs;
}

const TOKEN = /[A-Za-z_$][\w$]*|\s+|./g;

function renamedWord(before: string, after: string, oldName: string): string | undefined {
  const old = before.match(TOKEN) ?? [];
  const now = after.match(TOKEN) ?? [];
  if (old.length !== now.length) return undefined;
  let renamed: string | undefined;
  for (const [index, token] of old.entries()) {
    const other = now[index] ?? '';
    if (token === other) continue;
    if (token !== oldName || !/^[A-Za-z_$]/.test(other) || (renamed !== undefined && renamed !== other))
      return undefined;
    renamed = other;
  }
  return renamed;
}
