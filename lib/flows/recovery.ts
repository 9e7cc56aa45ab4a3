import type { Incident } from '../incident/incident.js';
import { waitBeforeNextLook } from '../incident/next-action.js';
import { amend } from '../incident/transitions.js';
import { announce } from './announce.js';
import { FIRST_RECOVERY_LOOK_MS, lookAgain, type Move } from './moves.js';
import { closeBySuperseding } from './supersede.js';
import type { World } from './world.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A production that was not repaired for so long is no longer asked about. */
const WATCHED_FOR_MS = 30 * DAY_MS;

/** People have the incident: it ends when production works again, whoever did it. */
export async function watchRecovery(world: World, incident: Incident): Promise<Move> {
  const superseded = await closeBySuperseding(world, incident);
  if (superseded !== undefined) {
    // Who closed the pull request, or wanted to hear no more, is told nothing more.
    if (incident.status === 'escalated' && incident.reason !== 'given-up') await announce(world, superseded.incident);
    return superseded;
  }
  const now = world.clock.now();
  const { reachedAt, askedAgain } = incident;
  const waited = now - Math.max(reachedAt.escalated ?? 0, reachedAt.rejected ?? 0, askedAgain?.at ?? 0);
  if (waited < WATCHED_FOR_MS)
    return lookAgain(world, incident, Math.max(FIRST_RECOVERY_LOOK_MS, waitBeforeNextLook(waited, DAY_MS)));
  const { dueAt: _, ...rest } = incident;
  return { incident: amend(rest, now, { hiccups: 0 }) };
}
