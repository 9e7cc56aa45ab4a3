import type { Attempt, Incident, StoredDiagnosis, Verdict } from '../incident/incident.js';
import { countAttemptsWithoutProgress, waitBeforeNextLook } from '../incident/next-action.js';
import { listProjects } from '../incident/projects.js';
import type { Review } from '../incident/review.js';
import { amend, moveTo } from '../incident/transitions.js';
import { judgePreviews, type PreviewVerdict } from '../incident/verification.js';
import { closeByPullRequest } from './close.js';
import { diagnoseDeployment } from './diagnose-incident.js';
import { followBase } from './follow-base.js';
import { reserveDeployment } from './limits.js';
import { escalate, lookAgain, type Move, type Session } from './moves.js';
import { judgeStanding } from './ready.js';
import { explainMissingDeployment } from './refused-deployment.js';
import { hearReviews, readRequest, reviseAttempt } from './review.js';
import { closeBySuperseding } from './supersede.js';
import type { World } from './world.js';

const LONGEST_WAIT_MS = 60_000;
/** Vercel ends a build after 45 minutes: https://vercel.com/docs/limits */
const LONGEST_BUILD_MS = 50 * 60 * 1000;

/** A verified incident is watched again when another project joins it. */
type Watched = Extract<Incident, { status: 'proposed' | 'verified' }>;

/** Reads what the preview deployment of our commit says, and moves the incident accordingly. */
export async function watchPreview(world: World, session: Session): Promise<Move> {
  const incident = session.incident as Watched;
  const attempt = incident.attempts.at(-1);
  if (attempt?.commitSha === undefined) throw new RangeError('a proposed incident without a commit');

  // 1. People come first: a merge, a close or a push, on our branch or on theirs, ends the waiting.
  const [closed, superseded, moved, verdict, heard] = await Promise.all([
    closeByPullRequest(world, incident),
    closeBySuperseding(world, incident),
    followBase(world, incident, attempt),
    readPreviews(world, incident, attempt.commitSha),
    hearReviews(world, incident, attempt),
  ]);
  const ended = closed ?? superseded ?? moved;
  if (ended !== undefined) return ended;

  // 2. A person's request is followed at once, CodeRabbit's when there is a preview to improve; a log says more.
  const request = heard.byPerson ?? (verdict.outcome === 'verified' ? heard.byCodeRabbit : undefined);
  const revised =
    request && verdict.outcome !== 'failed' ? await reviseAttempt(world, incident, attempt, request) : undefined;
  if (revised !== undefined) return revised;

  // 3. The preview's own word.
  const now = world.clock.now();
  switch (verdict.outcome) {
    case 'verified': {
      const standing = await judgeStanding(world, incident, attempt, heard);
      return {
        incident: moveTo(incident, 'verified', now, {
          diagnosis: incident.diagnosis,
          pullRequest: incident.pullRequest,
          attempts: judged(incident, standing.attempt, {
            outcome: 'verified',
            at: now,
            deployments: verdict.deployments,
          }),
          dueAt: now,
        }),
        entry: { at: now, event: 'verified', text: `The preview of attempt ${attempt.number} is ready.` },
      };
    }
    case 'failed':
      return await refute(world, incident, attempt, verdict, request);
    case 'never-starts':
      return escalate(world, incident, 'preview-never-started', verdict.detail);
    case 'building':
      return waitUntil(world, incident, attempt, (attempt.committedAt ?? now) + LONGEST_BUILD_MS, 'preview-timeout');
    case 'not-started': {
      const sha = attempt.commitSha;
      const refused =
        verdict.deployments.length === 0 ? await explainMissingDeployment(world, incident, sha) : undefined;
      if (refused !== undefined) return refused;
      return waitUntil(world, incident, attempt, deadlineOf(world, attempt), 'preview-never-started');
    }
  }
}

async function readPreviews(world: World, incident: Incident, sha: string): Promise<PreviewVerdict> {
  const vercel = await world.vercel();
  const projects = listProjects(incident);
  const lists = await Promise.all(
    projects.map(
      async (failure) =>
        [failure.projectId, await vercel.listDeployments({ projectId: failure.projectId, sha })] as const,
    ),
  );
  return judgePreviews(projects, new Map(lists));
}

/** Only a failure that a patch can mend refutes a patch. */
async function refute(
  world: World,
  incident: Watched,
  attempt: Attempt,
  verdict: Extract<PreviewVerdict, { outcome: 'failed' }>,
  request: Review | undefined,
): Promise<Move> {
  const { deployment, failure } = verdict;
  const diagnosis = await diagnoseDeployment(world, deployment.id, failure.rootDirectory);
  if (diagnosis === 'deployment-gone' || diagnosis === 'log-gone')
    return escalate(world, incident, 'evidence-gone', 'The log of the failed preview deployment is gone.');

  if (diagnosis.class === 'environment')
    return escalate(world, incident, 'preview-environment', diagnosis.remedy ?? diagnosis.summary);
  if (diagnosis.class === 'transient') return await redeployPreview(world, incident, deployment, diagnosis);
  if (diagnosis.class === 'infrastructure')
    return escalate(world, incident, 'not-repairable', diagnosis.remedy ?? diagnosis.summary);

  const now = world.clock.now();
  const attempts = judged(incident, attempt, {
    outcome: 'refuted',
    at: now,
    by: 'preview',
    deployments: verdict.deployments,
    diagnosis,
    ...(request === undefined ? {} : { note: await readRequest(world, incident, request), reviewer: request.author }),
  });
  const refuted = moveTo(incident, 'refuted', now, { diagnosis: incident.diagnosis, attempts, dueAt: now });
  const further = countAttemptsWithoutProgress(refuted) === 0 ? 'The build got further' : 'The build failed as before';
  return {
    incident: refuted,
    entry: {
      at: now,
      event: 'refuted',
      text: `${further}; the preview of attempt ${attempt.number} failed: ${diagnosis.summary}`,
    },
  };
}

/** An outage says nothing about the patch: the preview is built once more. */
async function redeployPreview(
  world: World,
  incident: Watched,
  deployment: Parameters<Awaited<ReturnType<World['vercel']>>['redeploy']>[0],
  diagnosis: StoredDiagnosis,
): Promise<Move> {
  const now = world.clock.now();
  const repeated = deployment.meta.selfHealIncident === incident.id;
  if (repeated)
    return escalate(world, incident, 'not-repairable', `The preview failed twice from an outage: ${diagnosis.summary}`);
  const limit = await reserveDeployment(world, await world.store(), 1);
  if (!limit.granted) return lookAgain(world, incident, Math.max(limit.retryAt - now, LONGEST_WAIT_MS));
  const vercel = await world.vercel();
  await vercel.redeploy(deployment, { selfHealIncident: incident.id });
  return {
    incident: amend(incident, now, { dueAt: now + LONGEST_WAIT_MS }),
    entry: { at: now, event: 'preview-redeployed', text: `The preview is built again: ${diagnosis.summary}` },
  };
}

function judged(incident: Incident, attempt: Attempt, verdict: Verdict): readonly Attempt[] {
  return [...incident.attempts.slice(0, -1), { ...attempt, verdict, previews: verdict.deployments }];
}

function deadlineOf(world: World, attempt: Attempt): number {
  return (attempt.committedAt ?? attempt.startedAt) + world.config.previewDeadlineMs;
}

function waitUntil(
  world: World,
  incident: Incident,
  attempt: Attempt,
  deadline: number,
  reason: 'preview-timeout' | 'preview-never-started',
): Move {
  const now = world.clock.now();
  if (now >= deadline) {
    const minutes = Math.round((deadline - (attempt.committedAt ?? deadline)) / 60_000);
    const detail = reason === 'preview-timeout' ? 'was not built' : 'did not start';
    return escalate(world, incident, reason, `The preview deployment ${detail} within ${minutes} minutes.`);
  }
  return lookAgain(world, incident, waitBeforeNextLook(now - (attempt.committedAt ?? now), LONGEST_WAIT_MS));
}
