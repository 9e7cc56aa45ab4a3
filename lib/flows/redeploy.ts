import type { Failure, Incident, PreviewRef, Redeployment } from '../incident/incident.js';
import { waitBeforeNextLook } from '../incident/next-action.js';
import { listProjects } from '../incident/projects.js';
import { amend, moveTo } from '../incident/transitions.js';
import { refOf } from '../incident/verification.js';
import type { Deployment } from '../ports.js';
import { heal } from './close.js';
import { diagnoseDeployment } from './diagnose-incident.js';
import { describeLimit, reserveDeployment } from './limits.js';
import { escalate, lookAgain, type Move, type Session } from './moves.js';
import { closeBySuperseding } from './supersede.js';
import type { World } from './world.js';

const LATEST_DEPLOYMENTS = 20;
const FIRST_LOOK_MS = 10_000;
const LONGEST_WAIT_MS = 60_000;
const META_KEY = 'selfHealIncident';
/** A probe has the time that a production deployment has; so many in a row are waited for. */
const PROBES_WAITED_FOR = 2;

type Diagnosed = Extract<Incident, { status: 'diagnosed' }>;
type Redeployed = Extract<Incident, { status: 'redeployed' }>;

/** The same commits once more, for a failure that was nobody's code. */
export async function redeploy(world: World, session: Session): Promise<Move> {
  const incident = session.incident as Diagnosed;
  const projects = listProjects(incident);

  // 1. While many fail in the same way one of them tries first, wherever they are; then all follow.
  const store = await world.store();
  const failedAt = Math.max(...projects.map((failure) => failure.createdAt));
  const turn = await store.enterOutage(incident.diagnosis.fingerprint, incident.id, failedAt);
  if (turn === 'wait') return await waitForProbe(world, incident);
  const first = turn === 'over' ? projects : projects.slice(0, 1);

  // 2. The deployments themselves.
  const made = await deployAgain(world, session, first);
  if ('incident' in made) return made;

  const now = world.clock.now();
  const names = first.map((failure) => failure.projectName).join(', ');
  return {
    incident: moveTo(made.planned, 'redeployed', now, {
      diagnosis: incident.diagnosis,
      redeployments: made.redeployments,
      deadline: now + world.config.productionDeadlineMs,
      dueAt: now + FIRST_LOOK_MS,
    }),
    entry: { at: now, event: 'redeployed', text: `The same commit is being deployed again: ${names}.` },
  };
}

async function waitForProbe(world: World, incident: Diagnosed): Promise<Move> {
  const superseded = await closeBySuperseding(world, incident);
  if (superseded !== undefined) return superseded;
  const since = incident.reachedAt.diagnosed ?? incident.openedAt;
  if (world.clock.now() - since > PROBES_WAITED_FOR * world.config.productionDeadlineMs)
    return escalate(
      world,
      incident,
      'not-repairable',
      'Others fail in the same way, and none could be deployed again.',
    );
  return lookAgain(world, incident, LONGEST_WAIT_MS);
}

/** A redeployment heals, or shows that the failure was none of the network's. */
export async function watchRedeployment(world: World, session: Session): Promise<Move> {
  const incident = session.incident as Redeployed;
  const vercel = await world.vercel();
  const found = await Promise.all(
    (incident.redeployments ?? []).map(async ({ deploymentId }) =>
      deploymentId === undefined ? undefined : await vercel.findDeployment(deploymentId),
    ),
  );

  // 1. A failure decides for all: whatever it is now, it is diagnosed anew.
  const failed = found.find((deployment) => deployment?.readyState === 'ERROR');
  const store = await world.store();
  if (failed !== undefined) {
    await store.endProbe(incident.diagnosis.fingerprint, incident.id, 'fails');
    return await diagnoseAgain(world, incident, failed);
  }

  // 2. The outage is over: the projects that waited for the probe follow, then all is healed.
  const now = world.clock.now();
  if (found.every((deployment) => deployment?.readyState === 'READY')) {
    await store.endProbe(incident.diagnosis.fingerprint, incident.id, 'works');
    const done = new Set(incident.redeployments?.map((redeployment) => redeployment.of));
    const rest = listProjects(incident).filter((failure) => !done.has(failure.deploymentId));
    if (rest.length === 0)
      return found.every((deployment) => deployment?.promoted !== false)
        ? await heal(world, incident, found.flatMap(toRef))
        : waitForPromotion(world, incident);
    const made = await deployAgain(world, session, rest);
    if ('incident' in made) return made;
    return {
      incident: amend(made.planned, now, { redeployments: made.redeployments, dueAt: now + FIRST_LOOK_MS }),
      entry: { at: now, event: 'redeployed', text: 'The probe is ready; the other projects are deployed again.' },
    };
  }

  // 3. Somebody may have deployed a later commit meanwhile.
  return (
    (await closeBySuperseding(world, incident)) ??
    waitUntilDeadline(world, incident, 'The redeployment did not become ready in time.')
  );
}

/** Built is not served: a staged deployment waits for a person to promote it. */
function waitForPromotion(world: World, incident: Redeployed): Move {
  return waitUntilDeadline(world, incident, 'The redeployment is ready and was not promoted to production in time.');
}

function waitUntilDeadline(world: World, incident: Redeployed, sentence: string): Move {
  const now = world.clock.now();
  if (now >= incident.deadline) return escalate(world, incident, 'production-timeout', sentence);
  return lookAgain(world, incident, waitBeforeNextLook(now - (incident.reachedAt.redeployed ?? now), LONGEST_WAIT_MS));
}

/**
 * Deploys these failures again, each once: planned before it is asked for, and found by its meta when the answer was
 * lost. A move instead of a plan means that it is not to be done.
 */
async function deployAgain(
  world: World,
  session: Session,
  failures: readonly Failure[],
): Promise<{ readonly planned: Incident; readonly redeployments: readonly Redeployment[] } | Move> {
  const { incident } = session;
  const now = world.clock.now();

  // 1. Only while the failed deployment is the newest: a newer one decides for itself.
  const states = await Promise.all(failures.map(async (failure) => await lookBefore(world, incident, failure)));
  const newer = states.find((state) => state.own === undefined && state.hasNewer);
  if (newer !== undefined)
    return (await closeBySuperseding(world, incident)) ?? lookAgain(world, incident, LONGEST_WAIT_MS);
  const gone = states.find((state) => state.own === undefined && state.failed === undefined);
  if (gone !== undefined) return escalate(world, incident, 'evidence-gone', 'The failed deployment no longer exists.');

  // 2. Within the limit, and planned.
  const open = states.filter((state) => state.own === undefined).length;
  if (open > 0) {
    const limit = await reserveDeployment(world, await world.store(), open);
    if (!limit.granted) return escalate(world, incident, 'limit-reached', describeLimit(limit.name));
  }
  const others = (incident.redeployments ?? []).filter(
    (redeployment) => !failures.some((failure) => failure.deploymentId === redeployment.of),
  );
  const plans = failures.map((failure) => ({ of: failure.deploymentId, plannedAt: now }));
  const planned = await session.save({ incident: amend(incident, now, { redeployments: [...others, ...plans] }) });

  // 3. Asked for.
  const vercel = await world.vercel();
  const made: Redeployment[] = [];
  for (const [index, plan] of plans.entries()) {
    const state = states[index];
    const deployment =
      state?.own ??
      (state?.failed === undefined ? undefined : await vercel.redeploy(state.failed, { [META_KEY]: incident.id }));
    made.push(deployment === undefined ? plan : { ...plan, deploymentId: deployment.id });
  }
  return { planned, redeployments: [...others, ...made] };
}

/** What the project's production deployments say right now. */
async function lookBefore(
  world: World,
  incident: Incident,
  failure: Failure,
): Promise<{
  readonly own?: Deployment | undefined;
  readonly failed?: Deployment | undefined;
  readonly hasNewer: boolean;
}> {
  const vercel = await world.vercel();
  const latest = await vercel.listDeployments({
    projectId: failure.projectId,
    target: 'production',
    limit: LATEST_DEPLOYMENTS,
  });
  return {
    own: latest.find(
      (deployment) => deployment.meta[META_KEY] === incident.id && deployment.createdAt > failure.createdAt,
    ),
    failed: latest.find((deployment) => deployment.id === failure.deploymentId),
    hasNewer: latest.some(
      (deployment) =>
        deployment.createdAt > failure.createdAt &&
        deployment.readyState !== 'CANCELED' &&
        deployment.meta[META_KEY] !== incident.id,
    ),
  };
}

async function diagnoseAgain(world: World, incident: Redeployed, failed: Deployment): Promise<Move> {
  const failure = incident.failures.find((other) => other.projectId === failed.projectId);
  const diagnosis = await diagnoseDeployment(world, failed.id, failure?.rootDirectory ?? '');
  if (diagnosis === 'deployment-gone' || diagnosis === 'log-gone')
    return escalate(world, incident, 'evidence-gone', 'The log of the failed redeployment is gone.');
  const now = world.clock.now();
  return {
    incident: moveTo(incident, 'diagnosed', now, { diagnosis, dueAt: now }),
    entry: { at: now, event: 'diagnosed', text: `The redeployment failed: ${diagnosis.summary}` },
  };
}

function toRef(deployment: Deployment | undefined): readonly PreviewRef[] {
  return deployment === undefined ? [] : [refOf(deployment)];
}
