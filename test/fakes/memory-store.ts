import { AdapterError } from '../../lib/errors.js';
import { type Failure, FINAL_STATUSES, type HistoryEntry, type Incident } from '../../lib/incident/incident.js';
import { parseHistoryEntry, parseIncident, parsePatch, serializeIncident } from '../../lib/incident/incident-schema.js';
import { isHandedOver, isSettled } from '../../lib/incident/transitions.js';
import type { Clock, DeadLetter, IgnoredDeployment, PersonAction, Store, SweepTrigger } from '../../lib/ports.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const SEEN_BEFORE_LAST_SWEEP_MS = 3 * 60 * 60 * 1000;
const SLICES = 60;

interface Row {
  document: string;
  version: number;
  ended: boolean;
  failures: number;
  openedAt: number;
  dueAt: number | undefined;
}

/** The store in memory, with the same guarantees as the real one; its time is the clock's. */
export function createMemoryStore(clock: Clock): Store & { wipe(): void } {
  const incidents = createExpiringMap<Row>(clock);
  const histories = createExpiringMap<string[]>(clock);
  const leases = createExpiringMap<string>(clock);
  const joining = new Map<string, Map<string, Failure>>();
  const deployments = createExpiringMap<string | undefined>(clock);
  const claims = createExpiringMap<{ holder: string; previous: string | undefined }>(clock);
  const outages = createExpiringMap<{ probe: string | undefined; readyAt: number | undefined }>(clock);
  const limits = createExpiringMap<Map<number, number>>(clock);
  const flags = createExpiringMap<string>(clock);
  const deadLetters = createExpiringMap<DeadLetter>(clock);
  const rejectedPatches = new Map<number, ReadonlySet<string>>();
  const seen = new Map<string, number>();
  const ignored: IgnoredDeployment[] = [];
  const actions: PersonAction[] = [];
  const sweeps = new Map<SweepTrigger | 'any', number>();
  let pausedSince: number | undefined;
  let tokens = 0;

  function claim(claimKey: string, id: string): { holder: string; previous: string | undefined } {
    const current = claims.get(claimKey);
    let previous = current?.previous;
    if (current !== undefined && current.holder !== id) {
      const row = incidents.get(current.holder);
      if (row?.ended === false) return { holder: current.holder, previous: undefined };
      if (row !== undefined) previous = current.holder;
    }
    claims.set(claimKey, { holder: id, previous }, 180 * DAY_MS);
    return { holder: id, previous };
  }

  function markSeen(deploymentId: string, createdAt: number, incidentId: string | undefined): void {
    deployments.set(deploymentId, incidentId, 30 * DAY_MS);
    seen.set(deploymentId, createdAt);
    for (const [id, at] of seen) if (at <= clock.now() - 30 * DAY_MS) seen.delete(id);
  }

  function liveSlices(limitKey: string, windowSeconds: number): [slice: number, used: number][] {
    const oldest = currentSlice(windowSeconds) - SLICES;
    return [...(limits.get(limitKey) ?? [])].filter(([slice]) => slice >= oldest);
  }

  function currentSlice(windowSeconds: number): number {
    return Math.floor(clock.now() / ((windowSeconds * 1000) / SLICES));
  }

  function read(id: string): Incident | undefined {
    const row = incidents.get(id);
    return row && parseIncident(row.document);
  }

  return {
    async beginSweep(limit) {
      const now = clock.now();
      const lastSweepAt = sweeps.get('any');
      const due = incidents
        .entries()
        .flatMap(([id, { dueAt }]) => (dueAt !== undefined && dueAt <= now ? [{ id, dueAt }] : []))
        .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
        .slice(0, limit);
      const since = lastSweepAt === undefined ? Number.NEGATIVE_INFINITY : lastSweepAt - SEEN_BEFORE_LAST_SWEEP_MS;
      return {
        now,
        ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
        paused: pausedSince !== undefined,
        due: due.map(({ id }) => id),
        seen: new Set([...seen].filter(([, at]) => at >= since).map(([id]) => id)),
      };
    },

    async completeSweep(startedAt, trigger = 'cron') {
      if ((sweeps.get('any') ?? Number.NEGATIVE_INFINITY) >= startedAt) return;
      sweeps.set('any', startedAt);
      sweeps.set(trigger, startedAt);
    },

    async open(incident, history, claim) {
      const document = serialize(incident);
      const [first] = incident.failures;
      if (incidents.has(incident.id) || (first && deployments.has(first.deploymentId))) return 'known';
      incidents.set(incident.id, {
        document,
        version: incident.version,
        ended: false,
        failures: incident.failures.length,
        openedAt: incident.openedAt,
        dueAt: incident.dueAt,
      });
      for (const failure of incident.failures) markSeen(failure.deploymentId, failure.createdAt, incident.id);
      histories.set(incident.id, [JSON.stringify(history)]);
      if (claim !== undefined) leases.set(incident.id, claim.token, claim.ttlMs);
      return 'opened';
    },

    async ignore(deployment) {
      if (deployments.has(deployment.deploymentId)) return;
      markSeen(deployment.deploymentId, deployment.createdAt, undefined);
      ignored.unshift(deployment);
      ignored.splice(100);
    },

    async listIgnored() {
      return [...ignored];
    },

    async find(id) {
      return read(id);
    },

    async findAll(ids) {
      return ids.map(read).filter((incident) => incident !== undefined);
    },

    async findByDeployment(deploymentId) {
      const id = deployments.get(deploymentId);
      const found = id === undefined ? undefined : read(id);
      return found?.status === 'joined' ? (read(found.into) ?? found) : found;
    },

    async claim(id, ttlMs) {
      if (leases.has(id)) return 'held';
      const stored = read(id);
      if (stored === undefined) return 'gone';
      const known = new Set(stored.failures.map((failure) => failure.deploymentId));
      const joined = [...(joining.get(id)?.values() ?? [])].filter((failure) => !known.has(failure.deploymentId));
      const incident = { ...stored, failures: [...stored.failures, ...joined] };
      tokens += 1;
      const lease = { incidentId: id, token: `token-${tokens}` };
      leases.set(id, lease.token, ttlMs);
      return { lease, incident };
    },

    async release({ incidentId, token }) {
      if (leases.get(incidentId) === token) leases.delete(incidentId);
    },

    async extend({ incidentId, token }, ttlMs) {
      if (leases.get(incidentId) !== token) return false;
      leases.set(incidentId, token, ttlMs);
      return true;
    },

    async join(id, failure, history) {
      const row = incidents.get(id);
      if (row === undefined || row.ended) return 'gone';
      const waiting = joining.get(id) ?? new Map<string, Failure>();
      if (waiting.has(failure.deploymentId)) return 'joined';
      joining.set(id, waiting.set(failure.deploymentId, failure));
      histories.set(id, [...(histories.get(id) ?? []), JSON.stringify(history)]);
      incidents.set(id, { ...row, dueAt: clock.now() });
      return 'joined';
    },

    async save(incident, lease, history) {
      const document = serialize({ ...incident, version: incident.version + 1 });
      if (leases.get(incident.id) !== lease.token) return 'lease-lost';
      const row = incidents.get(incident.id);
      if (row?.version !== incident.version) return 'conflict';
      const ended = FINAL_STATUSES.includes(incident.status);
      const named = new Set(incident.failures.map((failure) => failure.deploymentId));
      const waiting = joining.get(incident.id) ?? new Map<string, Failure>();
      if (isSettled(incident.status) && [...waiting.keys()].some((deploymentId) => !named.has(deploymentId)))
        return 'conflict';
      for (const deploymentId of named) waiting.delete(deploymentId);
      const next: Row = {
        ...row,
        document,
        version: incident.version + 1,
        ended,
        failures: incident.failures.length,
        dueAt: ended && !isHandedOver(incident.status) ? undefined : waiting.size > 0 ? clock.now() : incident.dueAt,
      };
      const lifetime = ended ? 180 * DAY_MS : undefined;
      incidents.set(incident.id, next, lifetime);
      histories.set(
        incident.id,
        [...(histories.get(incident.id) ?? []), ...history.map((entry) => JSON.stringify(entry))].slice(-500),
        lifetime,
      );
      for (const failure of incident.failures.slice(row.failures))
        markSeen(failure.deploymentId, failure.createdAt, incident.id);
      return 'saved';
    },

    async list({ limit, before = Number.POSITIVE_INFINITY }) {
      const size = Math.min(Math.max(Math.trunc(limit), 1), 100);
      const rows = incidents
        .entries()
        .filter(([, { openedAt }]) => openedAt < before)
        .sort(([idA, a], [idB, b]) => b.openedAt - a.openedAt || (idA < idB ? 1 : -1));
      const last = rows[Math.min(size, rows.length) - 1]?.[1].openedAt ?? 0;
      return rows.filter(([, { openedAt }]) => openedAt >= last).map(([, { document }]) => parseIncident(document));
    },

    async listUnfinished() {
      return incidents
        .entries()
        .flatMap(([id, { dueAt, document }]) => (dueAt === undefined ? [] : [{ id, dueAt, document }]))
        .sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1))
        .slice(0, 100)
        .map(({ document }) => parseIncident(document));
    },

    async listOpen(repositoryId) {
      return incidents
        .entries()
        .filter(([, { ended }]) => !ended)
        .map(([, { document }]) => parseIncident(document))
        .filter((incident) => incident.repository.id === repositoryId)
        .slice(0, 100);
    },

    async readHistory(id) {
      return (histories.get(id) ?? []).map((entry): HistoryEntry => parseHistoryEntry(entry));
    },

    async claimFingerprint(repositoryId, branch, fingerprint, id) {
      const { holder, previous } = claim(JSON.stringify(['fingerprint', repositoryId, branch, fingerprint]), id);
      return { owner: holder, ...(previous === undefined ? {} : { previous }) };
    },

    async enterOutage(fingerprint, id, failedAt) {
      const { probe, readyAt } = outages.get(fingerprint) ?? {};
      if (readyAt !== undefined && readyAt > failedAt) return 'over';
      if (probe !== undefined && probe !== id && incidents.get(probe)?.ended === false) return 'wait';
      outages.set(fingerprint, { probe: id, readyAt }, DAY_MS);
      return 'probe';
    },

    async endProbe(fingerprint, id, outcome) {
      const outage = outages.get(fingerprint);
      if (outage?.probe !== id) return;
      const readyAt = outcome === 'works' ? clock.now() : outage.readyAt;
      outages.set(fingerprint, { probe: undefined, readyAt }, DAY_MS);
    },

    async takeTurn(repositoryId, branch, id) {
      const { holder } = claim(JSON.stringify(['turn', repositoryId, branch]), id);
      return { holder };
    },

    async reserve(requests) {
      if (requests.length > 0 && pausedSince !== undefined)
        return { granted: false, name: 'paused', retryAt: clock.now() + 60_000 };
      const taken = new Map<string, number>();
      for (const { name, amount, ceiling, windowSeconds } of requests) {
        if (!Number.isInteger(amount) || amount < 0 || !(windowSeconds > 0) || Number.isNaN(ceiling))
          throw new RangeError(`limit ${name} makes no sense`);
        const limitKey = JSON.stringify([name, windowSeconds]);
        const live = liveSlices(limitKey, windowSeconds);
        let used = live.reduce((sum, [, count]) => sum + count, taken.get(limitKey) ?? 0);
        if (used + amount > ceiling) {
          let retryAt = clock.now() + windowSeconds * 1000;
          for (const [slice, count] of live.sort(([a], [b]) => a - b)) {
            used -= count;
            if (used + amount > ceiling) continue;
            retryAt = Math.ceil(((slice + SLICES + 1) * windowSeconds * 1000) / SLICES);
            break;
          }
          return { granted: false, name, retryAt };
        }
        taken.set(limitKey, (taken.get(limitKey) ?? 0) + amount);
      }
      for (const { name, amount, windowSeconds } of requests) {
        const limitKey = JSON.stringify([name, windowSeconds]);
        const slices = new Map(liveSlices(limitKey, windowSeconds));
        const slice = currentSlice(windowSeconds);
        slices.set(slice, (slices.get(slice) ?? 0) + amount);
        limits.set(limitKey, slices);
      }
      return { granted: true };
    },

    async readUsage(names) {
      return names.map(({ name, windowSeconds }) =>
        liveSlices(JSON.stringify([name, windowSeconds]), windowSeconds).reduce((sum, [, count]) => sum + count, 0),
      );
    },

    async findVerifiedPatch(repositoryId, fingerprint) {
      const stored = flags.get(JSON.stringify(['patch', repositoryId, fingerprint]));
      return stored === undefined ? undefined : parsePatch(stored);
    },

    async rememberVerifiedPatch(repositoryId, fingerprint, patch) {
      flags.set(JSON.stringify(['patch', repositoryId, fingerprint]), JSON.stringify(patch), 180 * DAY_MS);
    },

    async isRejected(repositoryId, fingerprint) {
      return flags.has(JSON.stringify(['rejected', repositoryId, fingerprint]));
    },

    async listRejectedPatches(repositoryId) {
      return new Set(rejectedPatches.get(repositoryId));
    },

    async rememberRejection(repositoryId, fingerprint, patchHash) {
      flags.set(JSON.stringify(['rejected', repositoryId, fingerprint]), '', 30 * DAY_MS);
      rejectedPatches.set(repositoryId, new Set([...(rejectedPatches.get(repositoryId) ?? []), patchHash]));
    },

    async forgetRejection(repositoryId, fingerprint) {
      flags.delete(JSON.stringify(['rejected', repositoryId, fingerprint]));
    },

    async isMuted(repositoryId, fingerprint) {
      return flags.has(JSON.stringify(['muted', repositoryId, fingerprint]));
    },

    async setMuted(repositoryId, fingerprint, muted) {
      const flag = JSON.stringify(['muted', repositoryId, fingerprint]);
      if (muted) flags.set(flag, '', 180 * DAY_MS);
      else flags.delete(flag);
    },

    async setPaused(paused) {
      pausedSince = paused ? (pausedSince ?? clock.now()) : undefined;
    },

    async readPulse() {
      const { any, ...lastSweepBy } = Object.fromEntries(sweeps) as Partial<Record<SweepTrigger | 'any', number>>;
      return {
        now: clock.now(),
        ...(pausedSince === undefined ? {} : { pausedSince }),
        ...(any === undefined ? {} : { lastSweepAt: any }),
        lastSweepBy,
        open: incidents.entries().filter(([, { dueAt }]) => dueAt !== undefined).length,
      };
    },

    async recordAction(action) {
      if (JSON.stringify(actions[0]) === JSON.stringify(action)) return;
      actions.unshift(action);
      actions.splice(100);
    },

    async listActions() {
      return [...actions];
    },

    deliveries: {
      async claim(deliveryId) {
        const flag = JSON.stringify(['delivery', deliveryId]);
        const state = flags.get(flag);
        if (state !== undefined) return state === 'done' ? 'done' : 'busy';
        flags.set(flag, 'claimed', 5 * 60 * 1000);
        return 'claimed';
      },
      async complete(deliveryId) {
        flags.set(JSON.stringify(['delivery', deliveryId]), 'done', 7 * DAY_MS);
      },
    },

    deadLetters: {
      async record(letter) {
        deadLetters.set(letter.id, letter, letter.at + 30 * DAY_MS - clock.now());
        const newest = deadLetters.entries().sort(([, a], [, b]) => b.at - a.at);
        for (const [id] of newest.slice(100)) deadLetters.delete(id);
      },
      async listAll() {
        return deadLetters
          .entries()
          .map(([, letter]) => letter)
          .sort((a, b) => b.at - a.at);
      },
      async remove(id) {
        deadLetters.delete(id);
      },
    },

    async ping() {
      return { now: clock.now() };
    },

    wipe() {
      for (const map of [
        incidents,
        histories,
        leases,
        deployments,
        claims,
        outages,
        limits,
        flags,
        deadLetters,
        rejectedPatches,
        joining,
        seen,
        sweeps,
      ])
        map.clear();
      ignored.length = 0;
      actions.length = 0;
      pausedSince = undefined;
    },
  };
}

function serialize(incident: Incident): string {
  try {
    return serializeIncident(incident);
  } catch (cause) {
    throw new AdapterError('Not storable.', { system: 'upstash', kind: 'malformed', cause });
  }
}

/** A map whose entries may expire by the clock. */
function createExpiringMap<Value>(clock: Clock) {
  const entries = new Map<string, { readonly value: Value; readonly expiresAt: number }>();

  function live(key: string) {
    const entry = entries.get(key);
    if (entry === undefined || entry.expiresAt > clock.now()) return entry;
    entries.delete(key);
    return undefined;
  }

  return {
    get: (key: string): Value | undefined => live(key)?.value,
    has: (key: string): boolean => live(key) !== undefined,
    set(key: string, value: Value, lifetimeMs = Number.POSITIVE_INFINITY): void {
      entries.set(key, { value, expiresAt: clock.now() + lifetimeMs });
    },
    delete: (key: string): void => void entries.delete(key),
    clear: (): void => entries.clear(),
    entries: (): [string, Value][] =>
      [...entries.keys()].flatMap((key): [string, Value][] => {
        const entry = live(key);
        return entry === undefined ? [] : [[key, entry.value]];
      }),
  };
}
