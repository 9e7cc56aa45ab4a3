import type { Incident } from '../../incident/incident.js';
import { shorten } from '../escape.js';
import { formatPlace, nameProjects } from '../failure-text.js';
import { failedAt, listBroken, listHealed, medianOf, sumSpending, waitsForPerson } from '../figures.js';
import { type Html, html } from '../html.js';
import { formatCount } from '../number-text.js';
import { formatDollars } from '../price.js';
import { describeStatus } from '../status-text.js';
import { formatDuration } from '../time-text.js';
import { ago, count, incidentPath, outsideLink, pill, prose } from './fragments.js';
import { renderLimits, renderSuccessByClass, renderTimes } from './overview-figures.js';
import { renderActions, renderDeadLetters, renderEnded, renderIgnored, renderProjects } from './overview-lists.js';
import type { OverviewModel } from './overview-model.js';
import { page } from './page.js';

const LIVE_SECONDS = 10;
/** Even the cron of Vercel's free plan comes once a day. */
const LONGEST_SILENCE_MS = 26 * 60 * 60 * 1000;

/** The first page: what is broken, what was healed, what it costs, and what is left alone. */
export function renderOverview(model: OverviewModel): Html {
  const { incidents, longOpen, isNewest } = model;
  const known = [...incidents, ...longOpen];
  const broken = isNewest ? listBroken(known) : [];
  const ended = isNewest ? incidents.filter((incident) => !broken.includes(incident)) : incidents;
  return page({
    title: broken.length === 0 ? 'Overview' : `${broken.length} failing`,
    signedIn: { formToken: model.formToken },
    operation: model.pausedSince !== undefined ? 'paused' : model.mode === 'observe' ? 'observing' : 'repairing',
    ...(isNewest ? { liveSeconds: LIVE_SECONDS } : {}),
    main: html`${model.notice}
${isNewest ? [pausedNotice(model), headline(model, broken), failingNow(broken, model)] : html`<h1>Older incidents</h1>`}
${isNewest && known.length === 0 && whatHappensNext(model)}
${isNewest && known.length > 0 && html`<div class="two">${renderTimes(incidents)}${renderSuccessByClass(incidents)}</div>`}
${isNewest && html`<div class="two">${renderLimits(model)}${renderProjects(model, known)}</div>`}
${(ended.length > 0 || !isNewest) && renderEnded(ended, model)}
${isNewest && [renderIgnored(model), renderDeadLetters(model), renderActions(model)]}`,
  });
}

function pausedNotice({ pausedSince, pausedByEnvironment, actions, now }: OverviewModel): Html | false {
  if (pausedSince === undefined) return false;
  if (pausedByEnvironment)
    return html`<p class="notice warn"><strong>Everything is paused</strong> by the variable PAUSED. Failures are neither looked for nor repaired.</p>`;
  const who = actions.find(({ action }) => action === 'pause')?.who;
  return html`<section class="notice warn row between" aria-label="Paused"><p><strong>Everything is paused</strong> for ${formatDuration(now - pausedSince)}${who !== undefined && `, by ${who}`}. Failures are neither looked for nor repaired.</p><a class="button" href="/actions/resume">Resume</a></section>`;
}

function headline(model: OverviewModel, broken: readonly Incident[]): Html {
  const { incidents, now } = model;
  const healed = listHealed(incidents);
  const spent = sumSpending(incidents);
  const decided = incidents.filter((incident) => ['healed', 'escalated', 'rejected'].includes(incident.status));
  const [title, tone] =
    broken.length === 0
      ? (['Production is up to date', 'good'] as const)
      : ([`Production is stale in ${count(countProjects(broken), 'project')}`, 'bad'] as const);
  const stats = html`<dl class="stats">
${stat('Healed', String(healed.length), `of ${count(incidents.length, 'incident')}${model.olderPath === undefined ? '' : ', the newest'}`)}
${stat('Median time to heal', healed.length === 0 ? '–' : formatDuration(medianOf(healed.map((point) => point.took))), 'failed deployment to production')}
${stat('Healed without a hand-over', decided.length === 0 ? '–' : `${Math.round((100 * healed.length) / decided.length)} %`, `of ${count(decided.length, 'decided incident')}`)}
${stat('Spent on models', formatDollars(spent.dollars), `${formatCount(spent.tokens)} tokens in ${count(spent.attempts, 'attempt')}, at list price`)}
</dl>`;
  return html`<section class="stack"><div class="row between"><h1><span class="dot ${tone}" aria-hidden="true"></span>${title}</h1>${model.pausedSince === undefined && html`<a class="button" href="/actions/pause">Pause everything</a>`}</div>
<p class="muted">${staleness(broken, now)} ${lastSweep(model)}</p>
${incidents.length > 0 && stats}</section>`;
}

function staleness(broken: readonly Incident[], now: number): string {
  const [oldest] = broken;
  if (oldest === undefined) return 'Nothing that is watched fails.';
  const waiting = broken.filter(waitsForPerson).length;
  const who =
    waiting === 0
      ? 'All of it is being worked on'
      : waiting === broken.length
        ? `${waiting === 1 ? 'It waits' : 'All of it waits'} for a person`
        : `${waiting} of ${count(broken.length, 'incident')} wait${waiting === 1 ? 's' : ''} for a person`;
  return `The oldest for ${formatDuration(now - failedAt(oldest))}; until it is repaired, the last good deployment keeps serving. ${who}.`;
}

function lastSweep({ lastSweepAt, now }: OverviewModel): Html {
  if (lastSweepAt === undefined) return html`No sweep has completed yet.`;
  if (now - lastSweepAt < LONGEST_SILENCE_MS) return html`Last sweep ${ago(lastSweepAt, now)}.`;
  return html`<strong class="warn">The last sweep was ${ago(lastSweepAt, now)}:</strong> ask the <a href="/doctor">doctor</a> whether the cron runs.`;
}

function countProjects(incidents: readonly Incident[]): number {
  return new Set(incidents.flatMap((incident) => incident.failures.map((failure) => failure.projectId))).size;
}

function stat(label: string, value: string, note: string): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd><dd class="small">${note}</dd></div>`;
}

function failingNow(broken: readonly Incident[], model: OverviewModel): Html | false {
  if (broken.length === 0) return false;
  return html`<section class="card" aria-labelledby="failing"><header><h2 id="failing">Failing now</h2><small>longest first</small></header><ul class="incidents">
${broken.map((incident) => failingRow(incident, model.now))}
</ul></section>`;
}

function failingRow(incident: Incident, now: number): Html {
  const status = describeStatus(incident);
  const first = incident.diagnosis?.errors[0];
  const place = first === undefined ? undefined : formatPlace(first);
  const message = first?.message.split('\n', 1)[0] ?? incident.diagnosis?.summary ?? 'The log has not been read yet.';
  const outlook = incident.status === 'escalated' ? status.sentence : (status.next ?? status.sentence);
  return html`<li><div class="row between"><h3><a href="${incidentPath(incident.id)}">${nameProjects(incident)}</a></h3><span class="row"><span class="small">stale for <strong>${formatDuration(now - failedAt(incident))}</strong></span>${pill(status.label, status.tone)}</span></div>
<p>${prose(shorten(message, 240))}${place !== undefined && html` <code>${place}</code>`}</p>
<p class="small">${incident.repository.owner}/${incident.repository.name}, ${incident.branch}${incident.pullRequest !== undefined && html` · ${outsideLink(incident.pullRequest.url, `pull request #${incident.pullRequest.number}`)}`} · ${outlook}</p></li>`;
}

/** For somebody who has just deployed this and sees nothing yet. */
function whatHappensNext({ lastSweepAt, mode, watched }: OverviewModel): Html {
  const projects = watched.length === 0 ? 'every project that the Vercel token sees' : watched.slice(0, 20).join(', ');
  const repair =
    mode === 'observe'
      ? 'MODE=observe is set, so it stops there: you see what it would have looked at, and nothing is written. Empty MODE when you trust it.'
      : 'If an edit can repair it, a pull request follows, and its preview build proves it. If not, you are told the variable, the setting or the command.';
  return html`<section class="card" aria-labelledby="next"><header><h2 id="next">Nothing has failed so far. This is what happens when something does</h2></header><ol class="steps">
<li><strong>A sweep finds it.</strong> Watched: ${projects}. ${lastSweepAt === undefined ? html`No sweep has completed yet: choose <a href="/actions/sweep">Sweep now</a>, or wait for the first one.` : 'The sweeps run; a failed production deployment appears here with the next one.'}</li>
<li><strong>Its log becomes a diagnosis.</strong> The class of the failure, the errors with file and line, and what follows from them.</li>
<li><strong>It is repaired, or handed to you.</strong> ${repair}</li>
<li><strong>You merge.</strong> The incident ends when production serves the repair.</li>
</ol><p class="pad foot">Not sure whether everything is set up? <a href="/doctor">Ask the doctor</a>.</p></section>`;
}
