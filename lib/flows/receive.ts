import type { Arrival, ArrivalEvent } from '../webhooks/arrival.js';
import { concerns, mayBeNewFailure, repositoryOf } from '../webhooks/concerns.js';
import { type SweepRequest, sweep } from './sweep.js';
import type { World } from './world.js';

export type ReceiveOutcome =
  /** Another run has it, or had it. */
  | 'duplicate'
  /** A pull request was looked at for the settings that it brings. */
  | 'settings-checked'
  /** Nothing of ours. */
  | 'unconcerned'
  | 'swept';

/**
 * Works on one verified delivery. What it says is only a reason to look: the sweep asks Vercel and GitHub itself, so a
 * forged, replayed or lost delivery changes nothing but the time.
 */
export async function receive(
  world: World,
  { deliveryId, event }: Extract<Arrival, { outcome: 'event' }>,
): Promise<ReceiveOutcome> {
  const store = await world.store();
  if ((await store.deliveries.claim(deliveryId)) !== 'claimed') return 'duplicate';

  if (event.kind === 'pull-request-changed') {
    const { checkSettings } = await import('./check-settings.js');
    const found = await checkSettings(world, event.repository, event.number);
    await store.deliveries.complete(deliveryId);
    return found === 'understood' || found === 'mistaken' ? 'settings-checked' : 'unconcerned';
  }

  const repositoryId = repositoryOf(event);
  const open = repositoryId === undefined ? [] : await store.listOpen(repositoryId);
  const incidentIds = open.filter((incident) => concerns(event, incident)).map((incident) => incident.id);
  const isNews = mayBeNewFailure(event);
  if (isNews || incidentIds.length > 0)
    await sweep(world, { trigger: 'webhook', incidentIds, ...(isNews ? subjectOf(event) : {}) });

  await store.deliveries.complete(deliveryId);
  return isNews || incidentIds.length > 0 ? 'swept' : 'unconcerned';
}

function subjectOf(event: ArrivalEvent): Pick<SweepRequest, 'deploymentId' | 'suspicion'> {
  if (event.kind === 'deployment-failed') return { deploymentId: event.deploymentId };
  if (event.kind !== 'commit-status' && event.kind !== 'deployment-status') return {};
  return { suspicion: { repository: event.repository, sha: event.sha } };
}
