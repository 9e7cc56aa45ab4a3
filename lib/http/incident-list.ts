import type { World } from '../flows/world.js';
import type { Incident } from '../incident/incident.js';
import { isIncidentId } from './dashboard-route.js';

const LARGEST_PAGE = 100;

export type IncidentListAnswer =
  | { readonly outcome: 'found'; readonly incidents: readonly Incident[]; readonly before?: number }
  | { readonly outcome: 'unknown-incident' | 'malformed'; readonly sentence: string };

/** Incidents as JSON: one by `?id=`, or a page by `?limit=` and `?before=`, newest first. */
export async function listIncidents(query: URLSearchParams, openWorld: () => World): Promise<IncidentListAnswer> {
  const id = query.get('id');
  const limit = query.get('limit') ?? '50';
  const before = query.get('before');
  if (id !== null && !isIncidentId(id)) return malformed('id is not the id of an incident');
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > LARGEST_PAGE)
    return malformed(`limit is not a number from 1 to ${LARGEST_PAGE}`);
  if (before !== null && !/^\d{1,15}$/.test(before)) return malformed('before is not a time in milliseconds');

  const store = await openWorld().store();
  if (id !== null) {
    const incident = await store.find(id);
    return incident === undefined
      ? { outcome: 'unknown-incident', sentence: 'There is no such incident, or it has expired.' }
      : { outcome: 'found', incidents: [incident] };
  }
  const incidents = await store.list({ limit: Number(limit), ...(before === null ? {} : { before: Number(before) }) });
  const oldest = incidents.at(-1)?.openedAt;
  const isFull = incidents.length >= Number(limit) && oldest !== undefined;
  return { outcome: 'found', incidents, ...(isFull ? { before: oldest } : {}) };
}

function malformed(problem: string): IncidentListAnswer {
  return { outcome: 'malformed', sentence: `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.` };
}
