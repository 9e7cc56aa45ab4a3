import type { Incident } from '../../incident/incident.js';
import type { PersonAction } from '../../ports.js';
import { nameProjects, summariseErrors } from '../failure-text.js';
import { failedAt, listProjectFigures, type ProjectFigures } from '../figures.js';
import { type Html, html } from '../html.js';
import { explainIgnored } from '../ignore-text.js';
import { describeStatus } from '../status-text.js';
import { formatDuration } from '../time-text.js';
import { incidentPath, outsideLink, pill, timestamp } from './fragments.js';
import type { OverviewModel } from './overview-model.js';

const ENDED_SHOWN = 12;
const IGNORED_SHOWN = 15;
const LETTERS_SHOWN = 15;
const ACTIONS_SHOWN = 10;

/** A table that becomes a list of small cards on a phone, where each cell carries its column's name. */
function table(labelledBy: string, columns: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-labelledby="${labelledBy}"><table class="fold"><thead><tr>${columns.map((column) => html`<th scope="col"${column.startsWith('#') && html` class="num"`}>${column.replace('#', '')}</th>`)}</tr></thead><tbody>
${rows}
</tbody></table></div>`;
}

export function renderProjects(model: OverviewModel, incidents: readonly Incident[]): Html {
  const rows = [...listProjectFigures(incidents), ...listQuiet(model.watched, incidents)];
  const watched = model.watched.length === 0 ? 'all that the Vercel token sees' : 'those that VERCEL_PROJECTS names';
  return html`<section class="card" aria-labelledby="projects"><header><h2 id="projects">Projects</h2><small>watched: ${watched}</small></header>
${
  rows.length === 0
    ? html`<p class="pad muted">None has failed so far.</p>`
    : table(
        'projects',
        ['Project', 'Production', '#Healed'],
        rows.map(
          (row) =>
            html`<tr><td class="lead">${row.name}<br><small>${row.repository}</small></td><td>${projectPill(row, model.now)}</td><td class="num" data-label="Healed">${row.healed} of ${row.incidents}</td></tr>`,
        ),
      )
}</section>`;
}

function projectPill({ brokenSince, incidents }: ProjectFigures, now: number): Html {
  if (brokenSince !== undefined) return pill(`Stale ${formatDuration(now - brokenSince)}`, 'bad');
  return incidents === 0 ? pill('No failure seen', 'good') : pill('Builds', 'good');
}

/** Projects that are watched by name and have not failed yet. */
function listQuiet(watched: readonly string[], incidents: readonly Incident[]): readonly ProjectFigures[] {
  const failed = new Set(
    incidents.flatMap(({ failures }) => failures.flatMap(({ projectId, projectName }) => [projectId, projectName])),
  );
  return watched
    .filter((project) => !failed.has(project))
    .slice(0, 50)
    .map((name) => ({ name, repository: '', incidents: 0, healed: 0 }));
}

export function renderEnded(ended: readonly Incident[], model: OverviewModel): Html {
  const incidents = model.isNewest ? ended.slice(0, ENDED_SHOWN) : ended;
  const olderPath =
    incidents.length < ended.length ? `/?before=${incidents.at(-1)?.openedAt ?? model.now}` : model.olderPath;
  return html`<section class="card" aria-labelledby="history"><header><h2 id="history">${model.isNewest ? 'Ended' : 'Incidents'}</h2>${!model.isNewest && html`<a href="/">Back to the newest</a>`}</header>
${
  incidents.length === 0
    ? html`<p class="pad muted">There are no older ones.</p>`
    : table(
        'history',
        ['Project', 'Failure', 'Result', '#Took', '#Attempts', 'Failed'],
        incidents.map((incident) => endedRow(incident)),
      )
}
${olderPath !== undefined && html`<p class="pad foot"><a href="${olderPath}">Older incidents</a></p>`}</section>`;
}

function endedRow(incident: Incident): Html {
  const status = describeStatus(incident);
  const healedAt = incident.reachedAt.healed;
  const took = healedAt === undefined ? '–' : formatDuration(healedAt - failedAt(incident));
  return html`<tr><td class="lead"><a href="${incidentPath(incident.id)}">${nameProjects(incident)}</a></td><td class="wide">${summariseErrors(incident.diagnosis)}</td><td class="side">${pill(status.label, status.tone)}</td><td class="num"${healedAt !== undefined && html` data-label="Took"`}>${took}</td><td class="num" data-label="Attempts">${incident.attempts.length}</td><td class="nowrap">${timestamp(failedAt(incident))}</td></tr>`;
}

export function renderIgnored(model: OverviewModel): Html | false {
  if (model.ignored.length === 0) return false;
  const shown = model.ignored.slice(0, IGNORED_SHOWN);
  return html`<section class="card" aria-labelledby="ignored"><header><h2 id="ignored">Failed and left alone</h2><small>${shown.length < model.ignored.length ? `the newest ${shown.length} of ${model.ignored.length}` : 'and why'}</small></header>
${table(
  'ignored',
  ['Project', 'Why', 'Deployed'],
  shown.map((entry) => {
    const { title, remedy } = explainIgnored(entry.reason);
    return html`<tr><td class="lead">${outsideLink(entry.inspectorUrl, entry.projectName === '' ? 'deployment' : entry.projectName)}<br><small class="mono">${entry.deploymentId}</small></td><td class="wide">${title}. <small>${remedy}</small></td><td class="nowrap">${timestamp(entry.createdAt)}</td></tr>`;
  }),
)}</section>`;
}

export function renderDeadLetters(model: OverviewModel): Html | false {
  if (model.deadLetters.length === 0) return false;
  return html`<section class="card" aria-labelledby="dead-letters"><header><h2 id="dead-letters">Given up by the queue</h2><small>the next sweep takes them up again · <a href="/actions/dismiss">Dismiss</a></small></header>
${table(
  'dead-letters',
  ['Incident', 'Why', 'When'],
  model.deadLetters
    .slice(0, LETTERS_SHOWN)
    .map(
      (letter) =>
        html`<tr><td class="lead"><a class="mono" href="${incidentPath(letter.incidentId)}">${letter.incidentId}</a></td><td class="wide">${letter.reason}</td><td class="nowrap">${timestamp(letter.at)}</td></tr>`,
    ),
)}</section>`;
}

const ACTION_TEXTS: Readonly<Record<string, string>> = {
  sweep: 'swept',
  pause: 'paused everything',
  resume: 'resumed',
  dismiss: 'dismissed what the queue gave up',
  'try-again': 'asked to try again',
  'give-up': 'gave up',
  mute: 'muted a failure',
  unmute: 'unmuted a failure',
};

export function renderActions({ actions }: OverviewModel): Html | false {
  if (actions.length === 0) return false;
  return html`<section class="card" aria-labelledby="actions"><header><h2 id="actions">What people did here</h2><small>newest first</small></header><ol class="plain-list">
${actions.slice(0, ACTIONS_SHOWN).map((action) => html`<li>${describeAction(action)} <small>${timestamp(action.at)}</small></li>`)}
</ol></section>`;
}

function describeAction({ who, action, incidentId }: PersonAction): Html {
  const what = ACTION_TEXTS[action] ?? action;
  return html`${who ?? 'Somebody'} ${incidentId === undefined ? what : html`<a href="${incidentPath(incidentId)}">${what}</a>`}`;
}
