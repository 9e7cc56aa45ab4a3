import type { Fault } from './faults.js';
import { readFinalFacts } from './final-facts.js';
import { GOOD, LIVES, type LifeName } from './lives.js';
import { type Outside, openStage } from './stage.js';

export interface LifeRun {
  /** The calls of each sweep. */
  readonly turns: readonly (readonly string[])[];
  readonly facts: readonly string[];
  /** Whether the planned fault was met. */
  readonly met: boolean;
  readonly problems: readonly string[];
}

/** A repository that builds. */
export const FILES = {
  'app/page.tsx': GOOD,
  'package.json': JSON.stringify({ name: 'hours', scripts: { build: 'next build' }, dependencies: { next: '15.5.6' } }),
};
const HOUR_MS = 3_600_000;

/** Lives a life to its end, and an hour longer, in which nothing more may happen. */
export async function runLife(
  outside: Outside,
  life: LifeName,
  plan?: { readonly call: string; readonly fault: Fault },
): Promise<LifeRun> {
  const stage = await openStage(outside, { files: FILES, ...(plan === undefined ? {} : { plan }) });
  const problems: string[] = [];
  try {
    await LIVES[life](stage);
    await stage.pass(HOUR_MS);
    await stage.sweepOnce();
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const facts = await readFinalFacts(stage);
  const run = { turns: stage.tape.turns, facts, met: stage.tape.met, problems: [...stage.problems, ...problems] };
  await stage.clear();
  return run;
}
