import type { EscalationReason, HistoryEntry, Incident } from '../incident/incident.js';
import { amend, moveTo } from '../incident/transitions.js';
import type { Evidence } from './evidence.js';
import type { World } from './world.js';

/** What a step leaves: the incident as it is to be stored, and the line for its history. */
export interface Move {
  readonly incident: Incident;
  readonly entry?: HistoryEntry;
}

/** Kept alive while a step runs, and short, so that what a killed run left behind is soon taken up. */
export const LEASE_MS = 60_000;

/** Work on one incident under a lease. */
export interface Session {
  readonly incident: Incident;
  /** Stores what a step is about to do, before it does it, and answers the stored incident. */
  save(move: Move): Promise<Incident>;
  /** Of the failure that opened the incident, where it was asked for already. */
  readonly evidence?: Promise<Evidence> | undefined;
}

/** How soon after people took over production is looked at. */
export const FIRST_RECOVERY_LOOK_MS = 10 * 60 * 1000;

export function escalate(world: World, incident: Incident, reason: EscalationReason, detail: string): Move {
  const now = world.clock.now();
  return {
    incident: moveTo(incident, 'escalated', now, { reason, detail, dueAt: now + FIRST_RECOVERY_LOOK_MS }),
    entry: { at: now, event: 'escalated', text: `${reason}: ${detail}` },
  };
}

/** Nothing to do yet. */
export function lookAgain(world: World, incident: Incident, waitMs: number): Move {
  const now = world.clock.now();
  return { incident: amend(incident, now, { dueAt: now + waitMs, hiccups: 0 }) };
}

/** A limit that opens again within this time is waited for; a longer one is a person's decision. */
const LONGEST_LIMIT_WAIT_MS = 2 * 60 * 60 * 1000;

/** Waits until a limit or a service opens again, or hands over when that takes too long. */
export function waitOrEscalate(world: World, incident: Incident, retryAt: number, sentence: string): Move {
  const now = world.clock.now();
  if (retryAt - now > LONGEST_LIMIT_WAIT_MS) return escalate(world, incident, 'limit-reached', sentence);
  return {
    incident: amend(incident, now, { dueAt: Math.max(retryAt, now + 1000) }),
    entry: { at: now, event: 'waiting', text: sentence },
  };
}
