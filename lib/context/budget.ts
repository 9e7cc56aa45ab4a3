import { isReadableEntry } from './readable-files.js';
import type { SourceReader, SourceTree, TreeEntry } from './source.js';

export interface Budget {
  readonly files: number;
  readonly bytes: number;
  /** Calls of `readFiles`; in production each is one volley of parallel requests. */
  readonly rounds: number;
}

export const BUDGET: Budget = { files: 60, bytes: 2_000_000, rounds: 2 };

/**
 * The same reader, held to the budget, for one gathering. Asks the source only for files that the tree lists, that
 * are text, and that are nobody's secret. A reader that has the budget already is returned as it is.
 */
export function withBudget(reader: SourceReader, budget: Budget = BUDGET): SourceReader {
  if (budgeted.has(reader)) return reader;
  let listing: Promise<SourceTree> | undefined;
  let byPath: Map<string, TreeEntry> | undefined;
  let whole: ReadonlyMap<string, string> | undefined;
  const read = new Map<string, string>();
  let files = budget.files;
  let bytes = budget.bytes;
  let rounds = budget.rounds;

  function listTree() {
    listing ??= reader.listTree();
    return listing;
  }

  async function readFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (whole) return pick(whole, paths);
    byPath ??= new Map((await listTree()).entries.map((entry) => [entry.path, entry]));
    const wanted: string[] = [];
    if (rounds > 0) {
      for (const path of new Set(paths)) {
        const entry = byPath.get(path);
        if (!entry || read.has(path) || !isReadableEntry(entry)) continue;
        const size = entry.size ?? 0;
        if (files === 0 || size > bytes) continue;
        files -= 1;
        bytes -= size;
        wanted.push(path);
      }
    }
    if (wanted.length > 0) {
      rounds -= 1;
      for (const [path, text] of await reader.readFiles(wanted)) read.set(path, text);
    }
    return pick(read, paths);
  }

  async function readAll() {
    if (whole || rounds === 0 || !reader.readAll) return whole;
    const answer = await reader.readAll();
    if (!answer) return undefined;
    const entries = new Map((await listTree()).entries.map((entry) => [entry.path, entry]));
    whole = new Map(
      [...answer].filter(([path]) => {
        const entry = entries.get(path);
        return entry && isReadableEntry(entry);
      }),
    );
    rounds -= 1;
    return whole;
  }

  const limited: SourceReader = { listTree, readFiles, readAll, listChanges: () => reader.listChanges() };
  budgeted.add(limited);
  return limited;
}

const budgeted = new WeakSet<SourceReader>();

function pick(from: ReadonlyMap<string, string>, paths: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const path of paths) {
    const text = from.get(path);
    if (text !== undefined) found.set(path, text);
  }
  return found;
}
