import { laneOf } from '../incident/lane.js';
import { advance, type StepReport } from './advance.js';
import type { World } from './world.js';

/** Longer waits are left to the sweeps. */
const LONGEST_DELAY_MS = 15 * 60 * 1000;

/**
 * One queued step of one incident. Instead of waiting, the next step is queued for when it is due, so no function is
 * held open and no sweep is needed in between.
 */
export async function heal(world: World, incidentId: string): Promise<readonly StepReport[]> {
  const store = await world.store();
  if (world.config.paused || (await store.readPulse()).pausedSince !== undefined) return [];
  const steps = await advance(world, incidentId);
  if (steps.length === 0) return steps;

  const incident = await store.find(incidentId);
  const queue = await world.queue?.();
  if (incident?.dueAt === undefined || queue === undefined) return steps;
  const wait = incident.dueAt - world.clock.now();
  if (wait <= LONGEST_DELAY_MS)
    await queue.publish([
      {
        incidentId,
        deduplicationId: `${incidentId}-${incident.version}`,
        lane: laneOf(incident, world.config.gemini?.models[0]),
        delaySeconds: Math.max(0, Math.ceil(wait / 1000)),
      },
    ]);
  return steps;
}
