import type { IncidentStatus, RepositoryRef } from './incident.js';

/** What a queued step must share with others: so many of one key run at a time. */
export interface Lane {
  readonly key: string;
  readonly parallelism: number;
}

/** Steps of these may ask the model. */
const MAY_ASK: ReadonlySet<IncidentStatus> = new Set(['detected', 'diagnosed', 'refuted']);

/** GitHub asks for few writes to one repository at a time, and each model has its limit of requests a minute. */
const STEPS_A_REPOSITORY = 2;
const STEPS_A_MODEL = 4;

/** The lane of an incident's next step: the model's where it may be asked, else the repository's. */
export function laneOf(
  incident: { readonly status: IncidentStatus; readonly repository: RepositoryRef },
  model: string | undefined,
): Lane {
  return model !== undefined && MAY_ASK.has(incident.status)
    ? { key: `model-${model}`, parallelism: STEPS_A_MODEL }
    : { key: `repository-${incident.repository.id}`, parallelism: STEPS_A_REPOSITORY };
}
