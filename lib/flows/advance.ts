import { AdapterError } from '../errors.js';
import { ESCALATION_REASONS, type EscalationReason, type Incident, type IncidentStatus } from '../incident/incident.js';
import { type Action, backOff, decideNextAction } from '../incident/next-action.js';
import { amend, isFinal, isHandedOver } from '../incident/transitions.js';
import type { Lease } from '../ports.js';
import { announce } from './announce.js';
import { watchProduction } from './close.js';
import type { HeadStart } from './detect.js';
import { diagnoseIncident } from './diagnose-incident.js';
import { escalate, LEASE_MS, lookAgain, type Move, type Session } from './moves.js';
import { resumeProposal } from './propose.js';
import { watchPullRequest } from './ready.js';
import { watchRecovery } from './recovery.js';
import { redeploy, watchRedeployment } from './redeploy.js';
import { repair } from './repair.js';
import { actionSettings } from './repository-settings.js';
import { offerRevert } from './revert.js';
import { watchPreview } from './verify.js';
import type { World } from './world.js';

export interface StepReport {
  readonly incidentId: string;
  readonly from: IncidentStatus;
  readonly to: IncidentStatus;
  /** One sentence for people. */
  readonly note: string;
}

/** Somebody else has the incident now; whatever we know of it is old. */
class LostClaim extends Error {
  override readonly name = 'LostClaim';
}

const LOOK_AGAIN_MS = 600_000;
const MOST_STEPS = 8;
const HICCUPS_BEFORE_GIVING_UP = 5;

/**
 * Moves one incident on until it has to wait for something.
 *
 * @param options `nudged` takes the first step before it is due, because something happened outside; `headStart` is of
 * an incident that was opened just now
 */
export async function advance(
  world: World,
  incidentId: string,
  options: { readonly nudged?: boolean; readonly headStart?: HeadStart | undefined } = {},
): Promise<readonly StepReport[]> {
  const store = await world.store();
  const claimed = options.headStart ?? (await store.claim(incidentId, LEASE_MS));
  if (claimed === 'held' || claimed === 'gone') return [];

  const logger = world.logger.child({ incident: incidentId });
  const reports: StepReport[] = [];
  let incident = claimed.incident;
  const save = async (move: Move): Promise<Incident> => {
    incident = await saveMove(world, claimed.lease, move);
    return incident;
  };

  const heartbeat = setInterval(() => {
    store.extend(claimed.lease, LEASE_MS).catch(() => logger.warn('A lease could not be extended'));
  }, LEASE_MS / 3);
  try {
    const nudged = options.nudged === true && !isFinal(incident.status);
    for (let step = 0; step < MOST_STEPS && (isDue(incident, world) || (nudged && step === 0)); step += 1) {
      const from = incident.status;
      const action = decideNextAction(incident, actionSettings(world, incident));
      try {
        const session = { incident, save, evidence: options.headStart?.evidence };
        const move = await offerRevert(world, await runStep(world, session, action));
        if (move.incident.status !== from && action.do !== 'watch-recovery') await announce(world, move.incident);
        await save(move);
        reports.push({ incidentId, from, to: incident.status, note: move.entry?.text ?? '' });
      } catch (error) {
        if (error instanceof LostClaim) throw error;
        const move = await conclude(world, incident, error);
        await save(move);
        reports.push({ incidentId, from, to: incident.status, note: move.entry?.text ?? '' });
      }
      logger.info('An incident moved', { from, to: incident.status, action: action.do });
    }
  } catch (error) {
    if (!(error instanceof LostClaim)) throw error;
    logger.info('Another run took the incident over');
  } finally {
    clearInterval(heartbeat);
  }
  await store.release(claimed.lease);
  return reports;
}

async function runStep(world: World, session: Session, action: Action): Promise<Move> {
  switch (action.do) {
    case 'diagnose':
      return await diagnoseIncident(world, session);
    case 'redeploy':
      return await redeploy(world, session);
    case 'repair':
      return await repair(world, session);
    case 'resume-proposal':
      return await resumeProposal(world, session, action.attempt);
    case 'watch-redeployment':
      return await watchRedeployment(world, session);
    case 'watch-preview':
      return await watchPreview(world, session);
    case 'watch-pull-request':
      return await watchPullRequest(world, session);
    case 'watch-production':
      return await watchProduction(world, session);
    case 'watch-recovery':
      return await watchRecovery(world, session);
    case 'escalate':
      return escalate(world, session.incident, action.reason, action.detail);
    case 'hold':
      return lookAgain(world, session.incident, LOOK_AGAIN_MS);
  }
}

function isDue(incident: Incident, world: World): boolean {
  return incident.dueAt !== undefined && incident.dueAt <= world.clock.now();
}

async function saveMove(world: World, lease: Lease, move: Move): Promise<Incident> {
  const store = await world.store();
  const saved = await store.save(move.incident, lease, move.entry === undefined ? [] : [move.entry]);
  if (saved !== 'saved') throw new LostClaim(saved);
  return { ...move.incident, version: move.incident.version + 1 };
}

/** Whoever has to go on is told, also where nothing could be opened to tell it in; if that fails, all is tried again. */
async function conclude(world: World, incident: Incident, error: unknown): Promise<Move> {
  const move = recover(world, incident, error);
  if (move.incident.status === incident.status) return move;
  try {
    await announce(world, move.incident);
    return move;
  } catch (later) {
    return recover(world, incident, later);
  }
}

/** What becomes of an incident whose step failed: another try later, or a person. */
function recover(world: World, incident: Incident, error: unknown): Move {
  const now = world.clock.now();
  const hiccups = incident.hiccups + 1;
  const sentence = error instanceof Error ? world.redact(error.message) : 'an unknown failure';
  // Why people were asked stays as it is, whatever becomes of a look at what they did.
  if (isHandedOver(incident.status)) {
    world.logger.warn('Production could not be looked at', { incident: incident.id, error: sentence });
    return { incident: amend(incident, now, { hiccups, dueAt: now + Math.max(LOOK_AGAIN_MS, backOff(hiccups)) }) };
  }
  if (error instanceof AdapterError) {
    world.logger.warn('A step failed outside', { incident: incident.id, system: error.system, kind: error.kind });
    if (!error.retryable) return escalate(world, incident, escalationFor(error), sentence);
    const dueAt = Math.max(error.retryAt ?? 0, now + backOff(hiccups));
    return { incident: amend(incident, now, { hiccups, dueAt }) };
  }
  world.logger.error('A step failed inside', { incident: incident.id, error: sentence });
  if (hiccups >= HICCUPS_BEFORE_GIVING_UP) return escalate(world, incident, 'internal-error', sentence);
  return { incident: amend(incident, now, { hiccups, dueAt: now + backOff(hiccups) }) };
}

function escalationFor(error: AdapterError): EscalationReason {
  if (error.reason !== undefined && isEscalationReason(error.reason)) return error.reason;
  if (error.system === 'gemini') return 'model-unavailable';
  if (error.kind === 'not-found') return error.system === 'vercel' ? 'evidence-gone' : 'repository-unreadable';
  if (error.kind === 'unauthorized' || error.kind === 'forbidden') return 'token-lacks-rights';
  return 'internal-error';
}

function isEscalationReason(reason: string): reason is EscalationReason {
  return ESCALATION_REASONS.some((known) => known === reason);
}
