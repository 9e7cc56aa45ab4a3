import { losesWord, readIdentifiers } from '../identifiers.js';
import { isReadable, isSource } from '../readable-files.js';
import type { Survey } from '../survey.js';
import type { Suspicion } from './suspicion.js';

/** A diff of so few sources speaks against each of them. */
const FEW_CHANGES = 4;

/**
 * What the diff since the last good deployment adds: a change beside the evidence weighs, a change alone hardly does,
 * because most of a diff has nothing to do with the failure. `scores` is what the other rules found.
 */
export function suspectChanges(survey: Survey, scores: ReadonlyMap<string, number>): Suspicion[] {
  const { changes, diagnosis, graph } = survey;
  if (!changes) return [];
  const names = diagnosis.errors.flatMap(({ symbol, specifier }) => [symbol, specifier?.split('/').at(-1)]);
  const words = [...new Set(names.filter((name) => name !== undefined && name.length > 2))];
  const sources = changes.filter(({ path }) => isSource(path));
  return changes
    .filter(({ path }) => isReadable(path))
    .flatMap(({ path, hunks, status }): Suspicion[] => {
      const score = scores.get(path) ?? 0;
      const lost = words.find((word) => losesWord(hunks, word ?? ''));
      if (lost !== undefined && (score > 0 || status !== 'added'))
        return [{ path, weight: 0.3, reason: `changed since the last good deployment, and lost ${lost}` }];
      if (score >= 0.2) return [{ path, weight: 0.2, reason: 'changed since the last good deployment' }];
      const added = words.find((word) => readIdentifiers(hunks ?? '').has(word ?? ''));
      if (added !== undefined) return [{ path, weight: 0.1, reason: `its change speaks of ${added}` }];
      const neighbours = [...graph.edgesFrom(path), ...graph.edgesTo(path)];
      const near = neighbours.some(({ importer, resolution }) => {
        const other = importer === path && 'path' in resolution ? resolution.path : importer;
        return other !== undefined && other !== path && (scores.get(other) ?? 0) >= 0.5;
      });
      if (near) return [{ path, weight: 0.08, reason: 'changed, next to a suspect' }];
      return scores.size === 0 || (sources.length <= FEW_CHANGES && isSource(path))
        ? [{ path, weight: 0.15, reason: 'changed since the last good deployment' }]
        : [];
    });
}
