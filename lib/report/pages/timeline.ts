import type { Incident, IncidentStatus } from '../../incident/incident.js';
import { failedAt } from '../figures.js';
import { type Html, html } from '../html.js';
import { describeStatus } from '../status-text.js';
import { formatDuration, formatIsoTime } from '../time-text.js';
import { timestamp } from './fragments.js';

interface Stage {
  readonly label: string;
  /** When it was reached; absent while it lies ahead. */
  readonly at?: number;
}

const USUAL: readonly (readonly [IncidentStatus, string])[] = [
  ['detected', 'Detected'],
  ['diagnosed', 'Diagnosed'],
  ['proposed', 'Proposed'],
  ['verified', 'Verified'],
  ['merged', 'Merged'],
  ['healed', 'Healed'],
];

const ENDED = new Set<IncidentStatus>(['healed', 'joined', 'rejected', 'superseded', 'escalated']);

/** The stages from the failed deployment on, each with the time since the one before. */
export function renderTimeline(incident: Incident): Html {
  const stages = listStages(incident);
  const reached = stages.filter((stage) => stage.at !== undefined).length;
  return html`<ol class="timeline">${stages.map((stage, index) => {
    const before = stages[index - 1]?.at;
    const state = stage.at === undefined ? 'ahead' : index === reached - 1 ? 'current' : 'done';
    return html`<li class="${state}"${state === 'current' && html` aria-current="step"`}><span class="stage">${stage.label}</span>
<span class="small">${stage.at === undefined ? 'ahead' : before === undefined ? timestamp(stage.at) : html`<time datetime="${formatIsoTime(stage.at)}">after ${formatDuration(stage.at - before)}</time>`}</span></li>`;
  })}</ol>`;
}

function listStages(incident: Incident): readonly Stage[] {
  const { reachedAt, status } = incident;
  const passed = Object.entries(reachedAt)
    .filter((entry): entry is [IncidentStatus, number] => entry[1] !== undefined)
    .sort((left, right) => left[1] - right[1])
    .map(([name, at]): Stage & { readonly name: IncidentStatus } => ({ name, label: labelOf(name, incident), at }));
  const ahead = ENDED.has(status) || status === 'taken-over' ? [] : USUAL.filter(([name]) => !isPassed(name, incident));
  return [{ label: 'Failed', at: failedAt(incident) }, ...passed, ...ahead.map(([, label]) => ({ label }))];
}

/** A stage lies ahead when neither it nor a later one was reached. */
function isPassed(name: IncidentStatus, { reachedAt }: Incident): boolean {
  const from = USUAL.findIndex(([usual]) => usual === name);
  return USUAL.slice(from).some(([later]) => reachedAt[later] !== undefined);
}

function labelOf(name: IncidentStatus, incident: Incident): string {
  if (name === incident.status && name === 'escalated') return describeStatus(incident).label;
  return (
    USUAL.find(([usual]) => usual === name)?.[1] ?? `${name.charAt(0).toUpperCase()}${name.slice(1).replace('-', ' ')}`
  );
}
