import type { HistoryEntry, Incident } from '../incident/incident.js';
import type { DeadLetter, IgnoredDeployment, PersonAction, Pulse, Store } from '../ports.js';
import { listLimits } from './limits.js';
import type { World } from './world.js';

/** The figures of the overview are taken from this many incidents at most, however many there are. */
const PAGE = 100;

export interface Overview {
  readonly pulse: Pulse;
  /** Newest first. */
  readonly incidents: readonly Incident[];
  /** Unfinished incidents that are older than those. */
  readonly longOpen: readonly Incident[];
  /** Where the next, older page begins; absent on the last one. */
  readonly older?: number;
  readonly limits: readonly { readonly name: string; readonly used: number; readonly ceiling: number }[];
  readonly ignored: readonly IgnoredDeployment[];
  readonly deadLetters: readonly DeadLetter[];
  readonly actions: readonly PersonAction[];
}

/** All that the first page shows: a bounded number of commands and documents. */
export async function readOverview(world: World, { before }: { readonly before?: number }): Promise<Overview> {
  const store = await world.store();
  const limits = listLimits(world);
  const [pulse, incidents, used, ignored, deadLetters, actions] = await Promise.all([
    store.readPulse(),
    store.list({ limit: PAGE, ...(before === undefined ? {} : { before }) }),
    store.readUsage(limits),
    store.listIgnored(),
    store.deadLetters.listAll(),
    store.listActions(),
  ]);
  const oldest = incidents.at(-1)?.openedAt;
  return {
    pulse,
    incidents,
    longOpen: before === undefined ? await listLongOpen(store, incidents, pulse) : [],
    ...(incidents.length >= PAGE && oldest !== undefined ? { older: oldest } : {}),
    limits: limits.map(({ name, ceiling }, index) => ({ name, ceiling, used: used[index] ?? 0 })),
    ignored,
    deadLetters,
    actions,
  };
}

/** What has been failing for so long that newer incidents pushed it off the page; asked for only when there is any. */
async function listLongOpen(
  store: Pick<Store, 'listUnfinished'>,
  shown: readonly Incident[],
  pulse: Pulse,
): Promise<readonly Incident[]> {
  if (shown.filter((incident) => incident.dueAt !== undefined).length >= pulse.open) return [];
  const ids = new Set(shown.map((incident) => incident.id));
  return (await store.listUnfinished()).filter((incident) => !ids.has(incident.id));
}

export interface IncidentDetails {
  readonly incident: Incident;
  readonly history: readonly HistoryEntry[];
  readonly pulse: Pulse;
  readonly isMuted: boolean;
}

export async function readIncident(world: World, id: string): Promise<IncidentDetails | undefined> {
  const store = await world.store();
  const [incident, history, pulse] = await Promise.all([store.find(id), store.readHistory(id), store.readPulse()]);
  if (incident === undefined) return undefined;
  const fingerprint = incident.diagnosis?.fingerprint;
  const isMuted = fingerprint !== undefined && (await store.isMuted(incident.repository.id, fingerprint));
  return { incident, history, pulse, isMuted };
}
