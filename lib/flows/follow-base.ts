import type { Attempt, Incident } from '../incident/incident.js';
import { amend, moveTo } from '../incident/transitions.js';
import { STATUS_CONTEXT } from './announce.js';
import type { Move } from './moves.js';
import type { World } from './world.js';

/**
 * Where the production branch moved on and fails in the same way, the attempt is made again on the new base.
 * Undefined while the attempt stands on all that failed.
 */
export async function followBase(world: World, incident: Incident, attempt: Attempt): Promise<Move | undefined> {
  if (incident.diagnosis === undefined) return undefined;
  const later = incident.failures.filter((failure) => failure.sha !== attempt.baseSha);
  const github = await world.github();
  for (const sha of new Set(later.map((failure) => failure.sha))) {
    if (await github.contains(incident.repository, attempt.baseSha, sha)) continue;
    const now = world.clock.now();
    const verdict = {
      outcome: 'refuted',
      at: now,
      by: 'base',
      deployments: [],
      note: `The production branch moved to ${sha.slice(0, 7)}, which fails in the same way.`,
    } as const;
    return {
      incident: moveTo(incident, 'refuted', now, {
        diagnosis: incident.diagnosis,
        attempts: [...incident.attempts.slice(0, -1), { ...attempt, verdict }],
        dueAt: now,
      }),
      entry: { at: now, event: 'base-moved', text: verdict.note },
    };
  }
  return undefined;
}

/** A green status must not outlive the base that it was given for. */
export async function markStale(world: World, incident: Incident, attempt: Attempt): Promise<Incident> {
  const github = await world.github();
  const head = await github.findHead(incident.repository, incident.branch);
  if (head === undefined || attempt.commitSha === undefined) return incident;
  if (head === attempt.baseSha || head === attempt.staleBase) return incident;
  if (await github.contains(incident.repository, attempt.commitSha, head)) return incident;
  await github.setCommitStatus(incident.repository, attempt.commitSha, {
    context: STATUS_CONTEXT,
    state: 'pending',
    description: 'Verified on an older base: the branch has moved on since',
    ...(incident.pullRequest === undefined ? {} : { url: incident.pullRequest.url }),
  });
  const attempts = [...incident.attempts.slice(0, -1), { ...attempt, staleBase: head }];
  return amend(incident, world.clock.now(), { attempts });
}
