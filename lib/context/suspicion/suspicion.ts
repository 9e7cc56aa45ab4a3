import type { LocatedError, Survey } from '../survey.js';

/** One reason to think that a file has to change. */
export interface Suspicion {
  /** May be a path that the tree lacks: a file that has to come back. */
  readonly path: string;
  /** How likely this reason alone makes it, from 0 to 1. */
  readonly weight: number;
  /** For people, and for the model. */
  readonly reason: string;
}

/** So many suspects people look at; the measure of the ranking is taken on as many. */
export const FEW_SUSPECTS = 5;

/** What one error says about the files of the repository. */
export type SuspicionRule = (located: LocatedError, survey: Survey) => Suspicion[];

/** The same reason for several files, weighing less from file to file. */
export function suspectEach(paths: Iterable<string>, weight: number, reason: string): Suspicion[] {
  return [...new Set(paths)].map((path, at) => ({ path, weight: weight * Math.max(0.6, 0.97 ** at), reason }));
}

/** A suspicion about a file that may not exist. */
export function suspectIfAny(path: string | undefined, weight: number, reason: string): Suspicion[] {
  return path === undefined ? [] : [{ path, weight, reason }];
}
