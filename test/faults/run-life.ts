import { readFinalFacts } from './final-facts.js';
import { GOOD, LIVES, type LifeName, type Step } from './lives.js';
import type { Outside, Snapshot } from './outside.js';
import type { Tape } from './proxy.js';
import { openStage, type Stage, type StageSnapshot } from './stage.js';

export interface LifeRun {
  /** The calls of each sweep. */
  readonly turns: readonly (readonly string[])[];
  readonly facts: readonly string[];
  /** Whether the planned fault was met. */
  readonly met: boolean;
  readonly problems: readonly string[];
}

/** A life without faults, and where it can be gone on with. */
export interface RecordedLife {
  readonly run: LifeRun;
  /** Lives the rest anew, from the sweep with that number on, in which the fault is met. */
  relive(turn: number, plan: NonNullable<Tape['plan']>): Promise<LifeRun>;
}

/** A repository that builds. */
export const FILES = {
  'app/page.tsx': GOOD,
  'package.json': JSON.stringify({ name: 'hours', scripts: { build: 'next build' }, dependencies: { next: '15.5.6' } }),
};
const passAnHour = async (stage: Stage) => await stage.pass(3_600_000);

/** Lives a life to its end, and an hour longer, in which nothing more may happen. Each sweep's function is fresh. */
export async function recordLife(outside: Outside, beginning: Snapshot, life: LifeName): Promise<RecordedLife> {
  await outside.restore(beginning);
  const stage = await openStage(outside, { files: FILES });
  const places: { readonly step: number; readonly snapshot: StageSnapshot }[] = [];
  const run = await live(stage, LIVES[life], 0, async (step) => {
    stage.restartFunction();
    places.push({ step, snapshot: await stage.snapshot() });
  });
  return {
    run,
    async relive(turn, plan) {
      const place = places[turn];
      if (place === undefined) throw new Error(`${life} has no sweep ${turn}`);
      await stage.resume(place.snapshot, plan);
      return await live(stage, LIVES[life], place.step);
    },
  };
}

async function live(
  stage: Stage,
  steps: readonly Step[],
  from: number,
  beforeSweep: (step: number) => Promise<void> = async () => {},
): Promise<LifeRun> {
  const problems: string[] = [];
  try {
    // What the last sweep was killed over is free once its lease has run out.
    const all = [...steps, passAnHour, 'sweep', passAnHour] as const;
    for (const [number, step] of all.entries()) {
      if (number < from) continue;
      const before = async () => await beforeSweep(number);
      if (typeof step === 'function') await step(stage);
      else if (step !== 'sweep') await stage.sweepUntil(step.until, before);
      else await before().then(stage.sweepOnce);
    }
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  const facts = await readFinalFacts(stage);
  return { turns: stage.tape.turns, facts, met: stage.tape.met, problems: [...stage.problems, ...problems] };
}
