import type { Diagnosis } from '../diagnosis/diagnosis.js';
import type { FileChange, SourceTree, Suspect } from './source.js';

export interface RankInput {
  readonly diagnosis: Diagnosis;
  readonly tree: SourceTree;
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly FileChange[] | undefined;
  readonly rootDirectory: string;
}

/** The files that may have to change, the likeliest first. */
export function rankSuspects({ diagnosis, tree }: RankInput): Suspect[] {
  const known = new Set(tree.entries.map((entry) => entry.path));
  const suspects = new Map<string, Suspect>();
  diagnosis.errors.forEach((error, index) => {
    for (const path of [error.file, ...(error.trace ?? [])]) {
      if (!path || !known.has(path) || suspects.has(path)) continue;
      suspects.set(path, {
        path,
        score: 0.7 / (index + 1),
        reasons: [`the log names it: ${error.message.slice(0, 80)}`],
      });
    }
  });
  return [...suspects.values()].sort((a, b) => b.score - a.score);
}
