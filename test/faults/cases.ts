import { FAULTS, type Fault } from './faults.js';
import type { LifeName } from './lives.js';
import type { LifeRun } from './run-life.js';

/** One fault at one recorded call of one life. */
export interface FaultCase {
  readonly life: LifeName;
  /** The sweep in which it comes, counted from 0. */
  readonly turn: number;
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

/**
 * The complete product of calls and faults. Lives that begin in the same way, sweep by sweep and call by call, share
 * their beginning: its cases are those of the first of them. In one order for every recording of the same lives, though
 * calls that are made at the same time come in any.
 */
export function listCases(recordings: readonly Recording[]): readonly FaultCase[] {
  return recordings.flatMap(({ life, turns }, index) => {
    const earlier = recordings.slice(0, index);
    return turns.flatMap((calls, turn) => {
      if (earlier.some((other) => beginsAlike(other.turns, turns, turn + 1))) return [];
      return inOrder(calls).flatMap((call) => FAULTS.map((fault) => ({ life, turn, call, fault })));
    });
  });
}

function beginsAlike(one: Recording['turns'], other: Recording['turns'], count: number): boolean {
  const begin = (turns: Recording['turns']) => JSON.stringify(turns.slice(0, count).map(inOrder));
  return begin(one) === begin(other);
}

function inOrder(calls: readonly string[]): readonly string[] {
  return [...calls].sort();
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
