import type { FailureClass } from '../diagnosis/diagnosis.js';
import type { Incident } from '../incident/incident.js';
import { isHandedOver } from '../incident/transitions.js';
import { summariseErrors } from './failure-text.js';
import { estimateCost } from './price.js';
import { isBroken } from './status-text.js';

export interface HealedPoint {
  readonly incidentId: string;
  readonly label: string;
  readonly healedAt: number;
  /** From the failed deployment to production serving the repair, milliseconds. */
  readonly took: number;
}

/** How the incidents of one failure class ended. */
export interface ClassOutcome {
  readonly class: FailureClass | 'undiagnosed';
  readonly total: number;
  readonly healed: number;
  readonly open: number;
  /** Escalated or rejected: a person had to do it. */
  readonly handedOver: number;
}

export interface ProjectFigures {
  readonly name: string;
  readonly repository: string;
  readonly incidents: number;
  readonly healed: number;
  /** Since when its production has been failing; absent when it is not. */
  readonly brokenSince?: number;
}

export interface Spending {
  readonly attempts: number;
  readonly calls: number;
  readonly tokens: number;
  /** At list price. */
  readonly dollars: number;
}

/**
 * What is wrong now, the longest failing first: production fails, and either we or a person still have to do something.
 * One that was handed to a person is over once every project of it was healed later.
 */
export function listBroken(incidents: readonly Incident[]): readonly Incident[] {
  const recoveredAt = new Map<string, number>();
  for (const incident of incidents) {
    const at = incident.reachedAt.healed ?? incident.reachedAt.superseded;
    if (isBroken(incident) || at === undefined) continue;
    for (const { projectId } of incident.failures)
      recoveredAt.set(projectId, Math.max(at, recoveredAt.get(projectId) ?? 0));
  }
  const isOver = (incident: Incident): boolean =>
    incident.failures.every((failure) => (recoveredAt.get(failure.projectId) ?? 0) > failure.createdAt);
  return incidents
    .filter((incident) => isBroken(incident) && !(isHandedOver(incident.status) && isOver(incident)))
    .sort((left, right) => failedAt(left) - failedAt(right));
}

/** Whether nothing more happens until a person does something. */
export function waitsForPerson({ status }: Incident): boolean {
  return isHandedOver(status) || status === 'verified' || status === 'taken-over';
}

/** When the first of the incident's deployments failed: since then production is stale. */
export function failedAt(incident: Incident): number {
  return Math.min(incident.openedAt, ...incident.failures.map((failure) => failure.createdAt));
}

export function listHealed(incidents: readonly Incident[]): readonly HealedPoint[] {
  return incidents.flatMap((incident) => {
    const healedAt = incident.reachedAt.healed;
    if (incident.status !== 'healed' || healedAt === undefined) return [];
    const label = `${incident.failures[0]?.projectName ?? incident.repository.name}: ${summariseErrors(incident.diagnosis)}`;
    return [{ incidentId: incident.id, label, healedAt, took: Math.max(0, healedAt - failedAt(incident)) }];
  });
}

/** By class, the most frequent first. Joined incidents count with the one they joined, superseded ones not at all. */
export function countByClass(incidents: readonly Incident[]): readonly ClassOutcome[] {
  const classes = new Map<ClassOutcome['class'], ClassOutcome>();
  for (const incident of incidents) {
    if (incident.status === 'joined' || incident.status === 'superseded') continue;
    const name = incident.diagnosis?.class ?? 'undiagnosed';
    const so = classes.get(name) ?? { class: name, total: 0, healed: 0, open: 0, handedOver: 0 };
    const handedOver = isHandedOver(incident.status);
    classes.set(name, {
      ...so,
      total: so.total + 1,
      healed: so.healed + (incident.status === 'healed' ? 1 : 0),
      handedOver: so.handedOver + (handedOver ? 1 : 0),
      open: so.open + (incident.status !== 'healed' && !handedOver ? 1 : 0),
    });
  }
  return [...classes.values()].sort((left, right) => right.total - left.total);
}

export function listProjectFigures(incidents: readonly Incident[]): readonly ProjectFigures[] {
  const broken = new Set(listBroken(incidents));
  const projects = new Map<string, ProjectFigures>();
  for (const incident of incidents) {
    const since = broken.has(incident) ? failedAt(incident) : undefined;
    for (const [id, name] of new Map(incident.failures.map((failure) => [failure.projectId, failure.projectName]))) {
      const so = projects.get(id);
      const brokenSince = earliest(so?.brokenSince, since);
      projects.set(id, {
        name: so?.name ?? name,
        repository: so?.repository ?? `${incident.repository.owner}/${incident.repository.name}`,
        incidents: (so?.incidents ?? 0) + 1,
        healed: (so?.healed ?? 0) + (incident.status === 'healed' ? 1 : 0),
        ...(brokenSince === undefined ? {} : { brokenSince }),
      });
    }
  }
  return [...projects.values()].sort((left, right) => left.name.localeCompare(right.name, 'en'));
}

export function sumSpending(incidents: readonly Incident[]): Spending {
  const costs = incidents.map(estimateIncidentCost);
  return {
    attempts: incidents.reduce((sum, incident) => sum + incident.attempts.length, 0),
    calls: incidents.reduce((sum, incident) => sum + incident.usage.calls, 0),
    tokens: incidents.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0),
    dollars: costs.reduce((sum, cost) => sum + cost, 0),
  };
}

/** At list price of the model that its attempts name; calls that led to no attempt are priced alike. */
export function estimateIncidentCost(incident: Incident): number {
  const model = incident.attempts.find((attempt) => attempt.patch.repairer === 'gemini')?.patch.origin[0];
  return estimateCost(incident.usage, model ?? 'gemini-3.8-flash') ?? 0;
}

export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

function earliest(left: number | undefined, right: number | undefined): number | undefined {
  if (left === undefined) return right;
  return right === undefined ? left : Math.min(left, right);
}
