import { FAULTS, type Fault } from './faults.js';
import type { LifeName } from './lives.js';
import type { LifeRun } from './run-life.js';

/** One fault at one recorded call of one life. */
export interface FaultCase {
  readonly life: LifeName;
  readonly call: string;
  readonly fault: Fault;
}

/** A life without faults. */
export interface Recording extends LifeRun {
  readonly life: LifeName;
}

export interface CaseResult extends FaultCase {
  readonly met: boolean;
  /** Facts that should be there and are not. */
  readonly lost: readonly string[];
  /** Facts that are there and should not be, or once too often. */
  readonly duplicated: readonly string[];
  readonly problems: readonly string[];
}

/** The complete product of calls and faults. */
export function listCases(recordings: readonly Recording[]): readonly FaultCase[] {
  return recordings.flatMap(({ life, calls }) =>
    calls.flatMap((call) => FAULTS.map((fault) => ({ life, call, fault }))),
  );
}

export function judgeCase(one: FaultCase, expected: readonly string[], run: LifeRun): CaseResult {
  return {
    ...one,
    met: run.met,
    lost: subtract(expected, run.facts),
    duplicated: subtract(run.facts, expected),
    problems: run.problems,
  };
}

/** What the first list has more often than the second. */
function subtract(from: readonly string[], what: readonly string[]): readonly string[] {
  const left = [...what];
  return from.filter((fact) => {
    const index = left.indexOf(fact);
    if (index < 0) return true;
    left.splice(index, 1);
    return false;
  });
}
