import type { Failure, Incident } from '../incident/incident.js';
import { listProjects } from '../incident/projects.js';
import { moveTo } from '../incident/transitions.js';
import { refOf } from '../incident/verification.js';
import type { Deployment } from '../ports.js';
import type { Move } from './moves.js';
import type { World } from './world.js';

const LATEST_DEPLOYMENTS = 20;

/** Somebody else's READY production deployment of the failing commit or a descendant ends the incident. */
export async function closeBySuperseding(world: World, incident: Incident): Promise<Move | undefined> {
  const found = await Promise.all(listProjects(incident).map((failure) => findSuperseding(world, incident, failure)));
  const [first] = found;
  if (first === undefined || found.some((deployment) => deployment === undefined)) return undefined;
  const now = world.clock.now();
  return {
    incident: moveTo(incident, 'superseded', now, { by: refOf(first) }),
    entry: { at: now, event: 'superseded', text: 'A later commit was deployed to production.' },
  };
}

async function findSuperseding(world: World, incident: Incident, failure: Failure): Promise<Deployment | undefined> {
  const vercel = await world.vercel();
  const deployments = await vercel.listDeployments({
    projectId: failure.projectId,
    target: 'production',
    since: failure.createdAt,
    limit: LATEST_DEPLOYMENTS,
  });
  const ready = deployments.filter(
    (deployment) =>
      deployment.readyState === 'READY' &&
      deployment.createdAt > failure.createdAt &&
      deployment.git?.ref === incident.branch,
  );
  for (const deployment of ready) {
    if (deployment.git !== undefined && (await holds(world, incident, deployment.git.sha, failure.sha)))
      return deployment;
  }
  return undefined;
}

/** Whether commit `head` is `base` or descends from it. */
export async function holds(world: World, incident: Incident, head: string, base: string): Promise<boolean> {
  if (head === base) return true;
  const github = await world.github();
  return await github.contains(incident.repository, head, base);
}
