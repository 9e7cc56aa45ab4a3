import type { Attempt, Incident, IncidentStatus } from '../../incident/incident.js';
import { failedAt } from '../figures.js';
import { type Html, html } from '../html.js';
import { describeStatus } from '../status-text.js';
import { formatDuration, formatIsoTime } from '../time-text.js';
import { timestamp } from './fragments.js';

interface Stage {
  readonly label: string;
  /** Something did not hold here. */
  readonly isSetback?: boolean;
  /** When it was reached; absent while it lies ahead. */
  readonly at?: number;
}

/** What usually comes after the last attempt, in this order. */
const AHEAD = ['Verified', 'Merged', 'Healed'] as const;

const ENDED = new Set<IncidentStatus>(['healed', 'joined', 'rejected', 'superseded', 'escalated', 'taken-over']);

/** The stages from the failed deployment on, each with the time since the one before. */
export function renderTimeline(incident: Incident): Html {
  const stages = listStages(incident);
  const { tone } = describeStatus(incident);
  const reached = stages.filter((stage) => stage.at !== undefined).length;
  return html`<ol class="timeline">${stages.map((stage, index) => {
    const isLast = index === reached - 1;
    const state =
      stage.at === undefined ? 'ahead' : isLast ? `last ${tone}` : stage.isSetback === true ? 'done setback' : 'done';
    return html`<li class="${state}"${isLast && html` aria-current="step"`}><span class="stage">${stage.label}</span>
<span class="small">${timeOf(stage, stages[index - 1])}</span></li>`;
  })}</ol>`;
}

function timeOf(stage: Stage, before: Stage | undefined): Html | string {
  if (stage.at === undefined) return 'ahead';
  if (before?.at === undefined) return timestamp(stage.at);
  return html`<time datetime="${formatIsoTime(stage.at)}">after ${formatDuration(stage.at - before.at)}</time>`;
}

function listStages(incident: Incident): readonly Stage[] {
  const passed: readonly ReachedStage[] = [
    { label: 'Failed', at: failedAt(incident), isSetback: true },
    ...listAttemptStages(incident.attempts),
    ...Object.entries(incident.reachedAt).flatMap(([status, at]) => listStatusStage(status as IncidentStatus, at)),
  ].sort((left, right) => left.at - right.at);
  if (ENDED.has(incident.status)) return passed;

  const current = AHEAD.findIndex((label) => label.toLowerCase() === incident.status);
  const next = current === -1 ? AHEAD : AHEAD.slice(current + 1);
  const before: readonly Stage[] = incident.attempts.length === 0 ? [{ label: 'Proposed' }] : [];
  return [...passed, ...before, ...next.map((label) => ({ label }))];
}

type ReachedStage = Stage & { readonly at: number };

function listAttemptStages(attempts: readonly Attempt[]): readonly ReachedStage[] {
  return attempts.flatMap(({ number, committedAt, verdict }) => [
    ...(committedAt === undefined ? [] : [{ label: number === 1 ? 'Proposed' : `Attempt ${number}`, at: committedAt }]),
    ...(verdict === undefined
      ? []
      : verdict.outcome === 'verified'
        ? [{ label: 'Verified', at: verdict.at }]
        : [{ label: 'Refuted', at: verdict.at, isSetback: true }]),
  ]);
}

/** What the attempts do not tell already. */
function listStatusStage(status: IncidentStatus, at: number | undefined): readonly ReachedStage[] {
  if (at === undefined || status === 'proposed' || status === 'refuted' || status === 'verified') return [];
  return [{ label: LABELS[status] ?? `${status.charAt(0).toUpperCase()}${status.slice(1)}`, at }];
}

const LABELS: Readonly<Partial<Record<IncidentStatus, string>>> = {
  escalated: 'Needs a person',
  'taken-over': 'Taken over',
};
