import type { Failure, Incident, PreviewRef } from '../incident/incident.js';
import { waitBeforeNextLook } from '../incident/next-action.js';
import { listProjects } from '../incident/projects.js';
import { judgePullRequest } from '../incident/pull-request-state.js';
import { moveTo } from '../incident/transitions.js';
import { refOf } from '../incident/verification.js';
import { patchHash } from '../patch/patch-hash.js';
import type { Deployment } from '../ports.js';
import { diagnoseDeployment } from './diagnose-incident.js';
import { escalate, FIRST_RECOVERY_LOOK_MS, lookAgain, type Move, type Session } from './moves.js';
import { explainMissingDeployment } from './refused-deployment.js';
import { closeBySuperseding, holds } from './supersede.js';
import type { World } from './world.js';

const LONGEST_WAIT_MS = 600_000;
const FIRST_LOOK_MS = 5_000;
const LOOK_AGAIN_MS = 60_000;
const LATEST_DEPLOYMENTS = 20;

type Proposed = Extract<Incident, { pullRequest: unknown; diagnosis: unknown }>;

/** The branch of a planned attempt moved or went away under it: what people did there decides. */
export async function followPeople(world: World, incident: Incident): Promise<Move> {
  const closed = await closeByPullRequest(world, incident);
  return closed ?? (await closeBySuperseding(world, incident)) ?? lookAgain(world, incident, LOOK_AGAIN_MS);
}

/** Moves the incident on when its pull request was merged, closed or taken over; undefined while it is open. */
export async function closeByPullRequest(world: World, incident: Incident): Promise<Move | undefined> {
  if (incident.pullRequest === undefined || incident.diagnosis === undefined) return undefined;
  const github = await world.github();
  const pullRequest = await github.findPullRequest(incident.repository, incident.pullRequest.number);
  if (pullRequest === undefined)
    return escalate(world, incident, 'repository-unreadable', 'The pull request can no longer be read.');

  const now = world.clock.now();
  const carried = { diagnosis: incident.diagnosis, pullRequest: incident.pullRequest };
  const state = judgePullRequest(pullRequest, incident);
  switch (state.is) {
    case 'open':
      return undefined;
    case 'merged': {
      const { mergeSha } = state;
      const deadline = now + world.config.productionDeadlineMs;
      return {
        incident: moveTo(incident, 'merged', now, { ...carried, mergeSha, deadline, dueAt: now + FIRST_LOOK_MS }),
        entry: { at: now, event: 'merged', text: `Pull request #${pullRequest.number} was merged.` },
      };
    }
    case 'taken-over':
      return {
        incident: moveTo(incident, 'taken-over', now, { ...carried, dueAt: now + FIRST_LOOK_MS }),
        entry: {
          at: now,
          event: 'taken-over',
          text: 'Somebody else pushed to the branch; nothing more is written there.',
        },
      };
    case 'rejected': {
      // A run that died after it closed the pull request, before it stored why, left this behind: nobody said no.
      const superseded = await closeBySuperseding(world, incident);
      if (superseded !== undefined) return superseded;
      const patch = incident.attempts.at(-1)?.patch;
      const store = await world.store();
      await store.rememberRejection(
        incident.repository.id,
        incident.diagnosis.fingerprint,
        patch === undefined ? '' : patchHash(patch),
      );
      return {
        incident: moveTo(incident, 'rejected', now, { ...carried, dueAt: now + FIRST_RECOVERY_LOOK_MS }),
        entry: { at: now, event: 'rejected', text: `Pull request #${pullRequest.number} was closed without a merge.` },
      };
    }
  }
}

/** Production decides: healed once every project that failed serves a commit that contains the merge. */
export async function watchProduction(world: World, session: Session): Promise<Move> {
  const { incident } = session;
  if (incident.status === 'taken-over') return await watchTakenOver(world, incident);
  if (incident.status !== 'merged')
    throw new RangeError('only a merged incident has a production deployment to wait for');

  const vercel = await world.vercel();
  const projects = listProjects(incident);
  const failing = new Set(incident.failures.map((failure) => failure.sha).filter((sha) => sha !== incident.mergeSha));
  const outcomes = await Promise.all(
    projects.map(async (failure) => {
      const deployments = await vercel.listDeployments({
        projectId: failure.projectId,
        target: 'production',
        since: failure.createdAt,
        limit: LATEST_DEPLOYMENTS,
      });
      const later = deployments.filter(
        (deployment) => deployment.git !== undefined && !failing.has(deployment.git.sha),
      );
      const ofMerge = await onlyContaining(world, incident, later, incident.mergeSha);
      return { failure, deployments: ofMerge };
    }),
  );

  const served = outcomes.map(({ deployments }) =>
    deployments.find((deployment) => deployment.readyState === 'READY' && deployment.promoted !== false),
  );
  if (served.every((deployment) => deployment !== undefined)) return heal(world, incident, served.map(refOf));

  const newest = outcomes.map(({ failure, deployments }) => ({ failure, deployment: deployments[0] }));
  const failed = newest.find(({ deployment }) => deployment?.readyState === 'ERROR');
  if (failed?.deployment !== undefined)
    return await refuteInProduction(world, incident, failed.failure, failed.deployment);

  // Vercel's API knows nothing of what Vercel refused to deploy.
  const missing = newest.some(({ deployment }) => deployment === undefined);
  const refused = missing ? await explainMissingDeployment(world, incident, incident.mergeSha) : undefined;
  if (refused !== undefined) return refused;
  const now = world.clock.now();
  if (now < incident.deadline)
    return lookAgain(world, incident, waitBeforeNextLook(now - (incident.reachedAt.merged ?? now), 60_000));
  const started = newest.some(({ deployment }) => deployment !== undefined);
  return started
    ? escalate(world, incident, 'production-timeout', 'The merged repair did not reach the production domains in time.')
    : escalate(world, incident, 'production-never-started', 'Vercel made no production deployment of the merge.');
}

async function watchTakenOver(world: World, incident: Proposed): Promise<Move> {
  const github = await world.github();
  const pullRequest = await github.findPullRequest(incident.repository, incident.pullRequest.number);
  if (pullRequest?.merged === true || pullRequest?.state === 'closed') {
    const closed = await closeByPullRequest(world, incident);
    if (closed !== undefined) return closed;
  }
  const superseded = await closeBySuperseding(world, incident);
  const since = incident.reachedAt['taken-over'] ?? incident.updatedAt;
  return superseded ?? lookAgain(world, incident, waitBeforeNextLook(world.clock.now() - since, LONGEST_WAIT_MS));
}

/** Production serves the repair; a proven patch is remembered. */
export async function heal(world: World, incident: Incident, healedBy: readonly PreviewRef[]): Promise<Move> {
  const now = world.clock.now();
  const attempt = incident.attempts.at(-1);
  if (attempt?.verdict?.outcome === 'verified' && incident.diagnosis !== undefined) {
    const store = await world.store();
    await store.rememberVerifiedPatch(incident.repository.id, incident.diagnosis.fingerprint, attempt.patch);
  }
  return {
    incident: moveTo(incident, 'healed', now, { healedBy }),
    entry: { at: now, event: 'healed', text: 'Production serves the repair.' },
  };
}

/** The repair was merged and production failed all the same: a new attempt, on a new branch. */
async function refuteInProduction(
  world: World,
  incident: Extract<Incident, { status: 'merged' }>,
  failure: Failure,
  deployment: Deployment,
): Promise<Move> {
  const diagnosis = await diagnoseDeployment(world, deployment.id, failure.rootDirectory);
  if (diagnosis === 'deployment-gone' || diagnosis === 'log-gone')
    return escalate(world, incident, 'evidence-gone', 'The log of the failed production deployment is gone.');
  if (diagnosis.class === 'environment' || diagnosis.class === 'infrastructure' || diagnosis.class === 'transient')
    return escalate(world, incident, 'not-repairable', diagnosis.remedy ?? diagnosis.summary);

  const now = world.clock.now();
  const attempt = incident.attempts.at(-1);
  const attempts =
    attempt === undefined
      ? incident.attempts
      : [
          ...incident.attempts.slice(0, -1),
          {
            ...attempt,
            verdict: {
              outcome: 'refuted',
              at: now,
              by: 'production',
              deployments: [refOf(deployment)],
              diagnosis,
            } as const,
          },
        ];
  return {
    incident: moveTo(incident, 'refuted', now, { diagnosis: incident.diagnosis, attempts, dueAt: now }),
    entry: { at: now, event: 'refuted', text: `The production deployment of the merge failed: ${diagnosis.summary}` },
  };
}

async function onlyContaining(
  world: World,
  incident: Incident,
  deployments: readonly Deployment[],
  sha: string,
): Promise<readonly Deployment[]> {
  const containing = await Promise.all(
    deployments.map(
      async (deployment) => deployment.git !== undefined && (await holds(world, incident, deployment.git.sha, sha)),
    ),
  );
  return deployments.filter((_, index) => containing[index]);
}
