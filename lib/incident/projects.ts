import type { Failure, Incident } from './incident.js';

/** The projects that failed, each with its newest failure, in the order in which they joined. */
export function listProjects(incident: Incident): readonly Failure[] {
  const newest = new Map<string, Failure>();
  for (const failure of incident.failures) {
    const known = newest.get(failure.projectId);
    if (known === undefined || known.createdAt < failure.createdAt) newest.set(failure.projectId, failure);
  }
  return [...newest.values()];
}
