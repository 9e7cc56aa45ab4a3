/** What the flows need of the store: incidents, identity and turns, limits, memory, and what people switch. */

import type { Failure, HistoryEntry, Incident } from './incident/incident.js';
import type { Lane } from './incident/lane.js';
import type { Patch } from './patch/patch.js';

export interface SweepStart {
  /** The store's clock, milliseconds. */
  readonly now: number;
  /** When the last completed sweep started; undefined on the first one. */
  readonly lastSweepAt?: number;
  readonly paused: boolean;
  /** Ids of incidents whose next step is due, the longest due first. */
  readonly due: readonly string[];
  /** Deployment ids seen within the window. */
  readonly seen: ReadonlySet<string>;
}

export type SweepTrigger = 'cron' | 'webhook' | 'trigger' | 'queue';

export type SaveResult = 'saved' | 'conflict' | 'lease-lost';

export interface IgnoredDeployment {
  readonly deploymentId: string;
  readonly projectName: string;
  readonly reason: string;
  /** Milliseconds since the epoch, by Vercel's clock. */
  readonly createdAt: number;
  /** Its page on Vercel. */
  readonly inspectorUrl?: string;
}

export interface Lease {
  readonly incidentId: string;
  readonly token: string;
}

/** Incidents as compare-and-set documents. All times are the store's. Throws `AdapterError`. */
export interface IncidentStore {
  /** One command. */
  beginSweep(limit: number): Promise<SweepStart>;
  /** One command. Moves the last completed sweep forward, never back. */
  completeSweep(startedAt: number, trigger?: SweepTrigger): Promise<void>;
  /**
   * Creates the incident unless its first deployment is known already; marks that deployment seen. One command. With a
   * claim it is taken in the same command, as by `claim`.
   */
  open(
    incident: Incident,
    history: HistoryEntry,
    claim?: { readonly token: string; readonly ttlMs: number },
  ): Promise<'opened' | 'known'>;
  /** Remembers a deployment that opens no incident, and why. Changes nothing for one that is known already. */
  ignore(deployment: IgnoredDeployment): Promise<void>;
  /** The last hundred ignored deployments, newest first. */
  listIgnored(): Promise<readonly IgnoredDeployment[]>;
  find(id: string): Promise<Incident | undefined>;
  /** In this order; what is gone or cannot be read is left out. One command for each hundred. */
  findAll(ids: readonly string[]): Promise<readonly Incident[]>;
  /** The incident that a deployment opened or joined. */
  findByDeployment(deploymentId: string): Promise<Incident | undefined>;
  /**
   * Exclusive right to work on an incident, with its newest document; one command. Failures that joined it since are
   * among `failures` and stay so with the next save.
   */
  claim(id: string, ttlMs: number): Promise<{ readonly lease: Lease; readonly incident: Incident } | 'held' | 'gone'>;
  release(lease: Lease): Promise<void>;
  /** Keeps the lease for `ttlMs` from now; false when somebody else has it. */
  extend(lease: Lease, ttlMs: number): Promise<boolean>;
  /**
   * Adds a failure to an open incident without claiming it, and makes that incident due. Nothing is lost while
   * somebody works on it: it ends only when every failure that joined was looked at. One command.
   */
  join(id: string, failure: Failure, history: HistoryEntry): Promise<'joined' | 'gone'>;
  /**
   * Stores the incident if the stored version is still `incident.version`; writes `version + 1`, moves the due
   * index, maps new failures to the incident, and appends to the history; a final status ends what the incident
   * held (fingerprint, turn) and starts its expiry. A final or verified status is a conflict while a failure
   * joined that the incident does not name. One command.
   */
  save(incident: Incident, lease: Lease, history: readonly HistoryEntry[]): Promise<SaveResult>;
  /**
   * Newest first by `openedAt`; the next page is `before` the last one's. Incidents opened in the same millisecond are
   * never parted, so a page can be longer than asked for, and shorter where a document cannot be read.
   */
  list(query: { readonly limit: number; readonly before?: number }): Promise<readonly Incident[]>;
  /** Incidents with a next step, the longest due first, at most a hundred; unreadable ones are left out. Two commands. */
  listUnfinished(): Promise<readonly Incident[]>;
  /** Incidents of a repository that have not ended, at most a hundred; unreadable ones are left out. One command. */
  listOpen(repositoryId: number): Promise<readonly Incident[]>;
  readHistory(id: string): Promise<readonly HistoryEntry[]>;
}

/** Identity and turns: who owns a fingerprint, and who may have the one open pull request of a branch. */
export interface IncidentIndex {
  /**
   * The open incident with this fingerprint on this repository and branch, claimed for `id` when there is none.
   * `previous` is the ended incident that had it before. `id` has to be a stored incident; one that was opened again
   * claims again.
   */
  claimFingerprint(
    repositoryId: number,
    branch: string,
    fingerprint: string,
    id: string,
  ): Promise<{ readonly owner: string; readonly previous?: string }>;
  /**
   * Who is deployed again first while many fail in the same passing way, in whatever repository. `probe`: this incident
   * is, and stays so until it says how that went or ends; `wait`: another one is; `over`: one was, after `failedAt`, and
   * it works.
   */
  enterOutage(fingerprint: string, id: string, failedAt: number): Promise<'probe' | 'wait' | 'over'>;
  /** How the probe went. Nothing happens where this incident is not the probe. */
  endProbe(fingerprint: string, id: string, outcome: 'works' | 'fails'): Promise<void>;
  /** The right to the branch's one repair pull request; held until the incident ends. `id` is a stored incident. */
  takeTurn(repositoryId: number, branch: string, id: string): Promise<{ readonly holder: string }>;
}

/** Counted ceilings, by name and window; fail closed. */
export interface Limiter {
  /** Takes `amount` from every limit or from none. While a person has paused everything it grants nothing: `paused`. */
  reserve(
    requests: readonly {
      readonly name: string;
      readonly amount: number;
      readonly ceiling: number;
      readonly windowSeconds: number;
    }[],
  ): Promise<{ readonly granted: true } | { readonly granted: false; readonly name: string; readonly retryAt: number }>;
  readUsage(names: readonly { readonly name: string; readonly windowSeconds: number }[]): Promise<readonly number[]>;
}

/** What was learnt: verified patches, and what people rejected. */
export interface Memory {
  findVerifiedPatch(repositoryId: number, fingerprint: string): Promise<Patch | undefined>;
  rememberVerifiedPatch(repositoryId: number, fingerprint: string, patch: Patch): Promise<void>;
  /** Whether a person turned a repair of it down within the last 30 days. */
  isRejected(repositoryId: number, fingerprint: string): Promise<boolean>;
  /** Hashes of the patches that people turned down, for good. */
  listRejectedPatches(repositoryId: number): Promise<ReadonlySet<string>>;
  rememberRejection(repositoryId: number, fingerprint: string, patchHash: string): Promise<void>;
  /** A person asked again: the fingerprint is free, its rejected patches stay rejected. */
  forgetRejection(repositoryId: number, fingerprint: string): Promise<void>;
  /** Whether people asked to hear no more of this fingerprint. */
  isMuted(repositoryId: number, fingerprint: string): Promise<boolean>;
  setMuted(repositoryId: number, fingerprint: string, muted: boolean): Promise<void>;
}

/** Signs of life, by the store's clock. */
export interface Pulse {
  readonly now: number;
  readonly pausedSince?: number;
  readonly lastSweepAt?: number;
  /** When the last completed sweep of each trigger started. */
  readonly lastSweepBy: Readonly<Partial<Record<SweepTrigger, number>>>;
  /** Incidents with a next step. */
  readonly open: number;
}

/** What a person did on the dashboard. */
export interface PersonAction {
  readonly at: number;
  /** The name that the person gave when signing in: the secret is shared, so it is not proven. */
  readonly who?: string;
  readonly action: string;
  readonly incidentId?: string;
}

/** What people see and switch. */
export interface Controls {
  setPaused(paused: boolean): Promise<void>;
  readPulse(): Promise<Pulse>;
  /** Keeps the newest hundred; the same entry sent twice in a row counts once. */
  recordAction(action: PersonAction): Promise<void>;
  /** Newest first. */
  listActions(): Promise<readonly PersonAction[]>;
}

/**
 * De-duplication of webhooks in two states, so that a delivery is worked on once, and again when that died midway.
 * `busy` is claimed by somebody else just now.
 */
export interface Deliveries {
  claim(deliveryId: string): Promise<'claimed' | 'busy' | 'done'>;
  complete(deliveryId: string): Promise<void>;
}

/** A queued step that was given up after all its retries. */
export interface DeadLetter {
  readonly id: string;
  readonly incidentId: string;
  readonly at: number;
  /** Redacted. */
  readonly reason: string;
}

export interface DeadLetters {
  /** Keeps the newest hundred for 30 days; the same id once. */
  record(letter: DeadLetter): Promise<void>;
  /** Newest first. */
  listAll(): Promise<readonly DeadLetter[]>;
  remove(id: string): Promise<void>;
}

/** One step of one incident, to be taken by another function. */
export interface QueuedStep {
  readonly incidentId: string;
  /** Steps with the same one are delivered once within ten minutes. */
  readonly deduplicationId: string;
  readonly lane: Lane;
  /** 0 when absent. */
  readonly delaySeconds?: number;
}

/** Hands steps to functions of their own. Throws `AdapterError`. */
export interface StepQueue {
  publish(steps: readonly QueuedStep[]): Promise<void>;
}

export interface StoreHealth {
  readonly now: number;
  /** The policy under which the engine drops keys when it is full; undefined where it does not say. */
  readonly evictionPolicy?: string;
  /** Bytes in use, and the most that there may be; undefined where the engine does not say or has no limit. */
  readonly usedBytes?: number;
  readonly maximumBytes?: number;
}

/** Everything that one store keeps. */
export interface Store extends IncidentStore, IncidentIndex, Limiter, Memory, Controls {
  readonly deliveries: Deliveries;
  readonly deadLetters: DeadLetters;
  /** Writes and reads. Throws `AdapterError` with the reason when it cannot do both. */
  ping(): Promise<StoreHealth>;
}
