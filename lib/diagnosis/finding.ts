import type { BuildError, BuildPhase, FailureClass } from './diagnosis.js';

/** Lines of one stream of a log: all of it, or one package's share of it where tasks interleave. */
export interface LineStream {
  readonly texts: readonly string[];
  /** Where each line stands in the whole log. */
  readonly indices: readonly number[];
  readonly phases: readonly BuildPhase[];
  readonly package?: string;
}

/** An error as a matcher reads it: paths are still as the log writes them. */
export interface Finding {
  readonly error: BuildError;
  /**
   * `cause`: fails a build by itself. `warning`: green builds print it too; counts when a cause names the same thing,
   * or nothing else is there. `symptom`: follows from something else that failed.
   */
  readonly role: 'cause' | 'warning' | 'symptom';
  /** Read by the manners that tools share, not by a format of the tool: yields to what is known. */
  readonly guess?: true;
  /** Where the matcher knows the remedy's class better than the error's kind tells. */
  readonly class?: FailureClass;
  /** What a person has to do, with the exact names. */
  readonly remedy?: string;
  /** For evidence, where the error's message does not say it. */
  readonly fact?: string;
}

export interface Match {
  readonly findings: readonly Finding[];
  /** Index of the first line after those that were read; the reading goes on there. */
  readonly end: number;
}

/** Looks whether an error of its tool starts at a line. Cheap when it does not. */
export type Matcher = (lines: LineStream, at: number) => Match | undefined;

export function textAt(lines: LineStream, at: number): string {
  return lines.texts[at] ?? '';
}

export function logLineAt(lines: LineStream, at: number): number {
  return lines.indices[at] ?? 0;
}

/** One finding that fills lines `at` to `end`. */
export function matchOne(finding: Finding, end: number): Match {
  return { findings: [finding], end };
}
