import { NO_USAGE } from '../patch/patch.js';
import type { Failure, Incident, IncidentStatus, RepositoryRef } from './incident.js';
import { FINAL_STATUSES } from './incident.js';

/** The arrows of the design's section "The life of an incident". */
const ARROWS: Readonly<Record<IncidentStatus, readonly IncidentStatus[]>> = {
  detected: ['diagnosed', 'joined', 'redeployed', 'superseded', 'escalated'],
  diagnosed: ['proposed', 'joined', 'redeployed', 'rejected', 'taken-over', 'merged', 'superseded', 'escalated'],
  redeployed: ['healed', 'diagnosed', 'superseded', 'escalated'],
  proposed: ['verified', 'refuted', 'merged', 'rejected', 'taken-over', 'superseded', 'escalated'],
  refuted: ['proposed', 'merged', 'rejected', 'taken-over', 'superseded', 'escalated'],
  verified: ['merged', 'refuted', 'rejected', 'taken-over', 'superseded', 'escalated'],
  'taken-over': ['healed', 'merged', 'rejected', 'superseded', 'escalated'],
  merged: ['healed', 'refuted', 'superseded', 'escalated'],
  // A person asked to try again: from where it stopped, be it before its log was read or while a preview was awaited.
  // Or a person merged the repair all the same.
  escalated: ['detected', 'diagnosed', 'proposed', 'merged', 'superseded'],
  healed: [],
  joined: [],
  rejected: ['diagnosed', 'superseded'],
  superseded: [],
};

export function canMove(from: IncidentStatus, to: IncidentStatus): boolean {
  return ARROWS[from].includes(to);
}

export function isFinal(status: IncidentStatus): boolean {
  return FINAL_STATUSES.includes(status);
}

/** A person has to go on. Nothing more is done, but that production works again is still noticed. */
export function isHandedOver(status: IncidentStatus): boolean {
  return status === 'escalated' || status === 'rejected';
}

/** Statuses that speak for every failure of the incident, so none may join unseen. */
export function isSettled(status: IncidentStatus): boolean {
  return isFinal(status) || status === 'verified';
}

type Fields<S extends IncidentStatus> = Omit<
  Extract<Incident, { status: S }>,
  'status' | 'schema' | 'id' | 'version' | 'reachedAt' | 'updatedAt' | 'hiccups' | keyof Carried
> &
  Partial<Carried> & { readonly dueAt?: number };

/** What an incident keeps from state to state unless the move says otherwise. */
type Carried = Pick<
  Incident,
  | 'repository'
  | 'branch'
  | 'failures'
  | 'openedAt'
  | 'attempts'
  | 'usage'
  | 'pullRequest'
  | 'diagnosis'
  | 'previousIncident'
  | 'redeployments'
  | 'askedAgain'
  | 'settings'
  | 'revert'
  | 'dueAt'
>;

/**
 * Moves an incident to another status.
 *
 * @param fields what the new status needs, and what else changes; `dueAt` says when the next step may run
 * @throws RangeError for a move that the design does not know
 */
export function moveTo<S extends IncidentStatus>(
  incident: Incident,
  status: S,
  now: number,
  fields: Fields<S>,
): Extract<Incident, { status: S }> {
  if (incident.status !== status && !canMove(incident.status, status))
    throw new RangeError(`an incident cannot move from ${incident.status} to ${status}`);
  const moved = {
    ...keepCarried(incident),
    ...fields,
    status,
    updatedAt: now,
    hiccups: 0,
    reachedAt: { ...incident.reachedAt, [status]: incident.reachedAt[status] ?? now },
  };
  // The carried fields and the fields of the status together are the variant; TypeScript cannot see through the generic.
  return moved as unknown as Extract<Incident, { status: S }>;
}

/** The same incident with other fields, in the same status. */
export function amend(incident: Incident, now: number, change: Partial<Carried & { hiccups: number }>): Incident {
  return { ...incident, ...change, updatedAt: now };
}

/** A failed deployment becomes an incident, due at once. Its id follows from the deployment, so it is the same wherever it is found. */
export function openIncident(input: {
  readonly failure: Failure;
  readonly repository: RepositoryRef;
  readonly branch: string;
  readonly now: number;
}): Incident {
  return {
    schema: 1,
    id: incidentIdOf(input.failure.deploymentId),
    version: 0,
    status: 'detected',
    repository: input.repository,
    branch: input.branch,
    failures: [input.failure],
    openedAt: input.now,
    updatedAt: input.now,
    dueAt: input.now,
    hiccups: 0,
    attempts: [],
    usage: NO_USAGE,
    reachedAt: { detected: input.now },
  };
}

export function incidentIdOf(deploymentId: string): string {
  return `inc_${deploymentId.replace(/^dpl_/u, '')}`;
}

function keepCarried(incident: Incident): Omit<Carried, 'dueAt'> & Pick<Incident, 'schema' | 'id' | 'version'> {
  return {
    schema: incident.schema,
    id: incident.id,
    version: incident.version,
    repository: incident.repository,
    branch: incident.branch,
    failures: incident.failures,
    openedAt: incident.openedAt,
    attempts: incident.attempts,
    usage: incident.usage,
    ...(incident.diagnosis === undefined ? {} : { diagnosis: incident.diagnosis }),
    ...(incident.pullRequest === undefined ? {} : { pullRequest: incident.pullRequest }),
    ...(incident.previousIncident === undefined ? {} : { previousIncident: incident.previousIncident }),
    ...(incident.redeployments === undefined ? {} : { redeployments: incident.redeployments }),
    ...(incident.askedAgain === undefined ? {} : { askedAgain: incident.askedAgain }),
    ...(incident.settings === undefined ? {} : { settings: incident.settings }),
    ...(incident.revert === undefined ? {} : { revert: incident.revert }),
  };
}
