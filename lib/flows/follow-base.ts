import type { Attempt, Incident } from '../incident/incident.js';
import { moveTo } from '../incident/transitions.js';
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
