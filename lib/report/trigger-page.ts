import { type Html, html } from './html.js';
import { incidentPath } from './pages/fragments.js';
import { page } from './pages/page.js';
import { formatDuration, formatTime } from './time-text.js';

/** What a sweep found and did, as far as people read it. */
export interface SweepSummary {
  readonly trigger: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly finishedAt: number;
  readonly paused: boolean;
  readonly mode: string;
  /** The incidents that this sweep opened. */
  readonly detected: readonly { readonly incidentId: string; readonly project: string }[];
  readonly ignored: readonly { readonly deploymentId: string; readonly project: string; readonly reason: string }[];
  readonly steps: readonly {
    readonly incidentId: string;
    readonly from: string;
    readonly to: string;
    readonly note?: string;
  }[];
  /** Incidents that are due and were left for the next sweep. */
  readonly left: number;
  readonly problems: readonly string[];
}

const MOST_ROWS = 100;

/** The small page that `/api/trigger` shows in a browser. */
export function renderTriggerPage(sweep: SweepSummary): Html {
  const took = formatDuration(sweep.finishedAt - sweep.startedAt);
  return page({
    title: 'Sweep',
    main: html`<section class="stack"><h1>${summarise(sweep)}</h1>
<p class="muted">Started ${formatTime(sweep.startedAt)}, took ${took}.</p></section>
${sweep.mode === 'observe' && html`<p class="notice busy">Observing only: everything is diagnosed and recorded, nothing is written to GitHub or Vercel.</p>`}
${
  sweep.problems.length > 0 &&
  html`<section class="notice bad stack"><h2>What went wrong</h2><ul>${first(sweep.problems).map((problem) => html`<li>${problem}</li>`)}</ul></section>`
}
${
  sweep.detected.length > 0 &&
  table(
    'What was found',
    ['Project', 'Incident'],
    first(sweep.detected).map(
      (entry) => html`<tr><td>${entry.project}</td><td>${incidentLink(entry.incidentId)}</td></tr>`,
    ),
    sweep.detected.length,
  )
}
${
  sweep.steps.length > 0 &&
  table(
    'What was done',
    ['Incident', 'Step', 'Note'],
    first(sweep.steps).map(
      (step) =>
        html`<tr><td>${incidentLink(step.incidentId)}</td><td>${step.from} → ${step.to}</td><td>${step.note ?? ''}</td></tr>`,
    ),
    sweep.steps.length,
  )
}
${
  sweep.ignored.length > 0 &&
  table(
    'What was left alone, and why',
    ['Project', 'Deployment', 'Reason'],
    first(sweep.ignored).map(
      (entry) =>
        html`<tr><td>${entry.project}</td><td class="mono">${entry.deploymentId}</td><td>${entry.reason}</td></tr>`,
    ),
    sweep.ignored.length,
  )
}
${sweep.left > 0 && html`<p class="muted">${count(sweep.left, 'incident')} left for the next sweep.</p>`}
<p><a href="/">Open the dashboard</a></p>`,
  });
}

function summarise(sweep: SweepSummary): string {
  if (sweep.paused) return 'Paused: nothing was looked at, nothing was done';
  const opened = count(sweep.detected.length, 'new incident');
  const moved = count(sweep.steps.length, 'step');
  if (sweep.detected.length === 0 && sweep.steps.length === 0)
    return sweep.problems.length > 0 ? 'The sweep could not finish' : 'All is well: nothing new failed, nothing is due';
  return `${opened}, ${moved} taken`;
}

function table(title: string, columns: readonly string[], rows: readonly Html[], total: number): Html {
  return html`<section class="card"><header><h2>${title}</h2>${total > rows.length && html`<small>the first ${rows.length} of ${total}</small>`}</header>
<div class="scroll" tabindex="0" role="group" aria-label="${title}"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function incidentLink(id: string): Html {
  return html`<a class="mono" href="${incidentPath(id)}">${id}</a>`;
}

function first<T>(entries: readonly T[]): readonly T[] {
  return entries.slice(0, MOST_ROWS);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
