import type { Incident } from '../incident/incident.js';
import { amend, moveTo } from '../incident/transitions.js';
import type { Deployment } from '../ports.js';
import { describeLimit, reserveDeployment } from './limits.js';
import { escalate, type Move, type Session } from './moves.js';
import type { Vercel, World } from './world.js';

const LATEST_DEPLOYMENTS = 20;
const FIRST_LOOK_MS = 10_000;
const META_KEY = 'selfHealIncident';

/** The same commit once more, for a failure that was nobody's code. */
export async function redeploy(world: World, session: Session): Promise<Move> {
  const incident = session.incident as Extract<Incident, { status: 'diagnosed' }>;
  const failure = incident.failures[0];
  if (failure === undefined) throw new RangeError('an incident without a failure');

  // 1. Only while the failed deployment is the newest: a newer one decides for itself.
  const vercel = await world.vercel();
  const latest = await vercel.listDeployments({
    projectId: failure.projectId,
    target: 'production',
    limit: LATEST_DEPLOYMENTS,
  });
  const own = latest.find((deployment) => deployment.meta[META_KEY] === incident.id);
  const failed = latest.find((deployment) => deployment.id === failure.deploymentId);
  const newer = latest.filter((deployment) => deployment.createdAt > failure.createdAt && deployment !== own);
  if (own === undefined && newer.some((deployment) => deployment.readyState !== 'CANCELED'))
    return escalate(world, incident, 'not-repairable', 'A newer deployment exists, so this one is not deployed again.');
  if (own === undefined && failed === undefined)
    return escalate(world, incident, 'evidence-gone', 'The failed deployment no longer exists.');

  // 2. Planned before it is asked for, found by its meta if the answer was lost.
  const now = world.clock.now();
  if (own === undefined) {
    const limit = await reserveDeployment(world, await world.store());
    if (!limit.granted) return escalate(world, incident, 'limit-reached', describeLimit(limit.name));
  }
  const planned = await session.save({
    incident: amend(incident, now, { redeployment: { of: failure.deploymentId, plannedAt: now } }),
  });
  const redeployed = own ?? (failed === undefined ? undefined : await ask(vercel, failed, incident.id));
  if (redeployed === undefined) throw new RangeError('nothing to deploy again');

  return {
    incident: moveTo(planned, 'redeployed', now, {
      diagnosis: incident.diagnosis,
      redeployment: { of: failure.deploymentId, plannedAt: now, deploymentId: redeployed.id },
      deadline: now + world.config.productionDeadlineMs,
      dueAt: now + FIRST_LOOK_MS,
    }),
    entry: { at: now, event: 'redeployed', text: 'The same commit is being deployed again.' },
  };
}

async function ask(vercel: Vercel, failed: Deployment, incidentId: string): Promise<Deployment> {
  return await vercel.redeploy(failed, { [META_KEY]: incidentId });
}
