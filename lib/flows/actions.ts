import type { Incident } from '../incident/incident.js';
import { amend, isFinal, moveTo } from '../incident/transitions.js';
import { announce } from './announce.js';
import { escalate, type Move } from './moves.js';
import type { World } from './world.js';

/** Who asks: the name that was given at the sign-in. */
export interface Person {
  readonly name?: string;
}

/** What became of a person's wish; `text` is one sentence for that person. */
export interface ActionResult {
  readonly outcome: 'done' | 'not-possible' | 'busy' | 'unknown-incident';
  readonly text: string;
}

// Long enough for the few requests of an action, short enough that a killed function blocks nobody for long.
const LEASE_MS = 60_000;

/** Whether a further attempt may lead somewhere: what no edit can repair is not tried again by asking. */
export function canTryAgain(incident: Incident): boolean {
  if (incident.status === 'rejected') return true;
  if (incident.status !== 'escalated') return false;
  const { diagnosis } = incident;
  return diagnosis === undefined || diagnosis.repairable || diagnosis.class === 'transient';
}

export function canGiveUp(incident: Incident): boolean {
  return !isFinal(incident.status);
}

/**
 * Takes an escalated or rejected incident up where it stopped. Earlier attempts count no longer; a closed pull request
 * is left behind.
 */
export async function tryAgain(world: World, id: string, person: Person = {}): Promise<ActionResult> {
  return await change(world, id, async (incident) => {
    if (!canTryAgain(incident)) return 'This incident cannot be tried again.';
    const { diagnosis, repository, branch } = incident;
    if (diagnosis !== undefined) {
      const store = await world.store();
      const { owner } = await store.claimFingerprint(repository.id, branch, diagnosis.fingerprint, incident.id);
      if (owner !== incident.id) return 'Another incident is repairing the same failure.';
      await store.forgetRejection(repository.id, diagnosis.fingerprint);
    }
    const now = world.clock.now();
    return {
      incident: resume(incident, now, world.config.previewDeadlineMs),
      entry: { at: now, event: 'asked-again', text: `${nameOf(person)} asked on the dashboard to try again.` },
    };
  });
}

function resume(incident: Incident, now: number, previewDeadlineMs: number): Incident {
  const { diagnosis, pullRequest } = incident;
  const last = incident.attempts.at(-1);
  const again = { dueAt: now, redeployment: undefined, askedAgain: { at: now, afterAttempt: last?.number ?? 0 } };
  if (diagnosis === undefined) return moveTo(incident, 'detected', now, again);
  if (incident.status === 'rejected')
    return moveTo(incident, 'diagnosed', now, { ...again, diagnosis, pullRequest: undefined });
  const awaitsVerdict = last?.commitSha !== undefined && last.verdict?.outcome !== 'refuted';
  if (awaitsVerdict && pullRequest !== undefined)
    return moveTo(incident, 'proposed', now, { ...again, diagnosis, pullRequest, deadline: now + previewDeadlineMs });
  return moveTo(incident, 'diagnosed', now, { ...again, diagnosis });
}

/** Stops the work on an open incident; the pull request stays for people. */
export async function giveUp(world: World, id: string, person: Person = {}): Promise<ActionResult> {
  return await change(world, id, async (incident) => {
    if (!canGiveUp(incident)) return 'This incident has ended already.';
    const move = escalate(world, incident, 'given-up', `${nameOf(person)} chose on the dashboard to give up.`);
    await announce(world, move.incident);
    return move;
  });
}

/** Leaves a failure alone from now on, wherever it comes again in this repository, or ends that. */
export async function setMuted(
  world: World,
  id: string,
  { muted, person = {} }: { readonly muted: boolean; readonly person?: Person },
): Promise<ActionResult> {
  return await change(world, id, async (incident) => {
    if (incident.diagnosis === undefined) return 'The failure has no fingerprint yet: its log has not been read.';
    const store = await world.store();
    await store.setMuted(incident.repository.id, incident.diagnosis.fingerprint, muted);
    const now = world.clock.now();
    return {
      incident: amend(incident, now, { ...(incident.dueAt === undefined ? {} : { dueAt: incident.dueAt }) }),
      entry: {
        at: now,
        event: muted ? 'muted' : 'unmuted',
        text: `${nameOf(person)} ${muted ? 'muted' : 'unmuted'} this failure on the dashboard.`,
      },
    };
  });
}

/** Stops or restarts the whole pipeline. */
export async function setPaused(world: World, { paused }: { readonly paused: boolean }): Promise<ActionResult> {
  const store = await world.store();
  await store.setPaused(paused);
  world.logger.info(paused ? 'A person paused everything' : 'A person resumed');
  return { outcome: 'done', text: paused ? 'Everything is paused.' : 'It goes on.' };
}

/** Empties the list of what the queue gave up. */
export async function dismissDeadLetters(world: World): Promise<ActionResult> {
  const { deadLetters } = await world.store();
  for (const { id } of await deadLetters.listAll()) await deadLetters.remove(id);
  return { outcome: 'done', text: 'The list is empty.' };
}

function nameOf({ name }: Person): string {
  return name ?? 'A person';
}

/** One change of one incident under its lease; a string says why it is not possible. */
async function change(
  world: World,
  id: string,
  decide: (incident: Incident) => Promise<Move | string>,
): Promise<ActionResult> {
  const store = await world.store();
  const claimed = await store.claim(id, LEASE_MS);
  if (claimed === 'gone') return { outcome: 'unknown-incident', text: 'There is no such incident.' };
  if (claimed === 'held') return BUSY;
  try {
    const move = await decide(claimed.incident);
    if (typeof move === 'string') return { outcome: 'not-possible', text: move };
    const saved = await store.save(move.incident, claimed.lease, move.entry === undefined ? [] : [move.entry]);
    return saved === 'saved' ? { outcome: 'done', text: 'Done.' } : BUSY;
  } finally {
    // A killed function leaves the lease to its time to live.
    await store.release(claimed.lease);
  }
}

const BUSY: ActionResult = {
  outcome: 'busy',
  text: 'A step of this incident is running just now. Nothing was changed; please try again in a minute.',
};
