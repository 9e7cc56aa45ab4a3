import type { Incident } from '../incident/incident.js';
import { waitBeforeNextLook } from '../incident/next-action.js';
import { amend } from '../incident/transitions.js';
import { announce } from './announce.js';
import { closeByPullRequest, watchProduction } from './close.js';
import { FIRST_RECOVERY_LOOK_MS, lookAgain, type Move, type Session } from './moves.js';
import { closeBySuperseding } from './supersede.js';
import type { World } from './world.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A production that was not repaired for so long is no longer asked about. */
const WATCHED_FOR_MS = 30 * DAY_MS;

/** People have the incident: it ends when production works again, whoever did it. */
export async function watchRecovery(world: World, session: Session): Promise<Move> {
  const { incident } = session;

  // 1. A repair that a person merged all the same is followed to production like any other, once.
  const merge = await findMerge(world, incident);
  if (merge !== undefined && incident.reachedAt.merged === undefined) {
    await announce(world, merge.incident);
    return merge;
  }

  // 2. Production works again: by that repair, or by what somebody else did.
  const superseded = await closeBySuperseding(world, incident);
  const served = superseded && merge && (await watchProduction(world, { ...session, incident: merge.incident }));
  const ended = served?.incident.status === 'healed' ? served : superseded;
  if (ended !== undefined) {
    // Who closed the pull request, or wanted to hear no more, is told nothing more.
    if (incident.status === 'escalated' && incident.reason !== 'given-up') await announce(world, ended.incident);
    return ended;
  }

  // 3. Otherwise it is looked at ever more seldom.
  const now = world.clock.now();
  const { reachedAt, askedAgain } = incident;
  const waited = now - Math.max(reachedAt.escalated ?? 0, reachedAt.rejected ?? 0, askedAgain?.at ?? 0);
  if (waited < WATCHED_FOR_MS)
    return lookAgain(world, incident, Math.max(FIRST_RECOVERY_LOOK_MS, waitBeforeNextLook(waited, DAY_MS)));
  const { dueAt: _, ...rest } = incident;
  return { incident: amend(rest, now, { hiccups: 0 }) };
}

async function findMerge(world: World, incident: Incident): Promise<Move | undefined> {
  const { status, pullRequest, repository } = incident;
  if (status !== 'escalated' || pullRequest === undefined) return undefined;
  const github = await world.github();
  const found = await github.findPullRequest(repository, pullRequest.number);
  return found?.merged === true ? await closeByPullRequest(world, incident) : undefined;
}
