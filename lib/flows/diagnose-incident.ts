import { readBuildEvents } from '../diagnosis/build-log.js';
import { diagnose } from '../diagnosis/diagnose.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { selectExcerpt } from '../diagnosis/excerpt.js';
import type { Failure, Incident, StoredDiagnosis } from '../incident/incident.js';
import { moveTo } from '../incident/transitions.js';
import { type Evidence, readEvidence, type VercelReader } from './evidence.js';
import { escalate, type Move, type Session } from './moves.js';
import { handOverRefused } from './refused-deployment.js';
import type { World } from './world.js';

/** Errors kept with an incident; the rest stands in the log. */
const MOST_ERRORS = 40;
const EXCERPT_LINES = 120;

/** From a failed deployment to a diagnosis, and from there to an incident of its own or to one that is open already. */
export async function diagnoseIncident(world: World, session: Session): Promise<Move> {
  const { incident } = session;
  const failure = incident.failures[0];
  if (failure === undefined) throw new RangeError('an incident without a failure');

  if (failure.refusal !== undefined) return await handOverRefused(world, incident, failure.refusal);

  // 1. The log and the deployment are all that is known of the failure.
  const diagnosis = await diagnoseDeployment(world, failure.deploymentId, failure.rootDirectory, session.evidence);
  if (diagnosis === 'deployment-gone')
    return escalate(world, incident, 'evidence-gone', 'The deployment was deleted before its log was read.');
  if (diagnosis === 'log-gone')
    return escalate(world, incident, 'evidence-gone', 'Vercel no longer has the log of the failed deployment.');

  // 2. The same failure may be open already: on another commit, or in another project of the repository.
  const store = await world.store();
  const [claim, rejected, muted] = await Promise.all([
    store.claimFingerprint(incident.repository.id, incident.branch, diagnosis.fingerprint, incident.id),
    store.isRejected(incident.repository.id, diagnosis.fingerprint),
    store.isMuted(incident.repository.id, diagnosis.fingerprint),
  ]);
  const joined = claim.owner === incident.id ? undefined : await join(world, incident, failure, claim.owner);
  if (joined !== undefined) return joined;

  // 3. What a person turned down stays turned down.
  const now = world.clock.now();
  const diagnosed = moveTo(incident, 'diagnosed', now, {
    diagnosis,
    dueAt: now,
    ...(claim.previous === undefined ? {} : { previousIncident: claim.previous }),
  });
  if (muted) return escalate(world, diagnosed, 'muted', 'A person muted this same failure.');
  if (rejected)
    return escalate(world, diagnosed, 'rejected-before', 'A person closed the pull request for this same failure.');
  return { incident: diagnosed, entry: { at: now, event: 'diagnosed', text: diagnosis.summary } };
}

/** Says what failed in a deployment, from its evidence, which is read unless it was asked for already. */
export async function diagnoseDeployment(
  world: VercelReader & Pick<World, 'redact'>,
  deploymentId: string,
  rootDirectory: string,
  evidence: Promise<Evidence> = readEvidence(world, deploymentId),
): Promise<StoredDiagnosis | 'deployment-gone' | 'log-gone'> {
  const { deployment, events } = redactEvidence(await evidence, world.redact);
  if (deployment === undefined) return 'deployment-gone';
  if (events === undefined) return 'log-gone';
  const log = readBuildEvents(events);
  const diagnosis = diagnose({ log, deployment, rootDirectory });
  const excerpt = selectExcerpt(log, diagnosis, { maxLines: EXCERPT_LINES });
  return redactDiagnosis(diagnosis, excerpt, world.redact);
}

/** First of all: a secret that a later cut goes through is none that could be found any more. */
function redactEvidence({ deployment, events }: Evidence, redact: World['redact']): Evidence {
  const { errorMessage } = deployment ?? {};
  return {
    deployment: deployment && { ...deployment, ...(errorMessage && { errorMessage: redact(errorMessage) }) },
    events: events?.map((event) => ({ ...event, text: redact(event.text) })),
  };
}

function redactDiagnosis(diagnosis: Diagnosis, excerpt: string, redact: (text: string) => string): StoredDiagnosis {
  return {
    class: diagnosis.class,
    repairable: diagnosis.repairable,
    summary: redact(diagnosis.summary),
    ...(diagnosis.remedy === undefined ? {} : { remedy: redact(diagnosis.remedy) }),
    fingerprint: diagnosis.fingerprint,
    phase: diagnosis.phase,
    errors: diagnosis.errors.slice(0, MOST_ERRORS).map((error) => ({
      ...error,
      message: redact(error.message),
      ...(error.said === undefined ? {} : { said: redact(error.said) }),
      ...(error.frames === undefined ? {} : { frames: error.frames.map(redact) }),
    })),
    evidence: diagnosis.evidence.map((evidence) => ({ ...evidence, fact: redact(evidence.fact) })),
    excerpt: redact(excerpt),
  };
}

/** Adds the failure to the incident that owns the fingerprint. Undefined when that one has ended meanwhile. */
export async function join(
  world: World,
  incident: Incident,
  failure: Failure,
  ownerId: string,
): Promise<Move | undefined> {
  const now = world.clock.now();
  const store = await world.store();
  const text = `${failure.projectName} failed in the same way at ${failure.sha.slice(0, 7)}.`;
  if ((await store.join(ownerId, failure, { at: now, event: 'joined', text })) === 'gone') return undefined;
  return {
    incident: moveTo(incident, 'joined', now, { into: ownerId }),
    entry: { at: now, event: 'joined', text: `The same failure is open as ${ownerId}.` },
  };
}
