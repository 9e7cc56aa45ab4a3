import type { Incident } from '../../incident/incident.js';
import { shorten } from '../escape.js';
import { formatPlace, nameProjects, summariseErrors } from '../failure-text.js';
import {
  countByClass,
  failedAt,
  listBroken,
  listHealed,
  listProjectFigures,
  medianOf,
  sumSpending,
} from '../figures.js';
import { type Html, html } from '../html.js';
import { formatDollars } from '../price.js';
import { describeStatus } from '../status-text.js';
import { formatDuration } from '../time-text.js';
import { ago, count, incidentPath, outsideLink, pill, prose, stackedBar, timestamp } from './fragments.js';
import { page } from './page.js';
import { renderTimeToHeal } from './time-to-heal-chart.js';

export interface OverviewModel {
  readonly now: number;
  readonly formToken: string;
  readonly mode: 'repair' | 'observe';
  /** Since when everything is stopped; absent while it runs. */
  readonly pausedSince?: number;
  /** True when the environment stops everything, so that the dashboard cannot start it again. */
  readonly pausedByEnvironment: boolean;
  readonly lastSweepAt?: number;
  /** Newest first, bounded. */
  readonly incidents: readonly Incident[];
  /** The address of the next, older page. */
  readonly olderPath?: string;
  /** False on an older page, which shows nothing but its incidents. */
  readonly isNewest: boolean;
  readonly limits: readonly LimitUse[];
  /** Names or ids from the configuration; empty means all that the token sees. */
  readonly watched: readonly string[];
  readonly ignored: readonly { readonly deploymentId: string; readonly reason: string; readonly createdAt: number }[];
  readonly deadLetters: readonly { readonly incidentId: string; readonly at: number; readonly reason: string }[];
  readonly notice?: Html;
}

export interface LimitUse {
  readonly name: string;
  readonly used: number;
  readonly ceiling: number;
}

const LIMIT_LABELS: Readonly<Record<string, string>> = {
  'attempts-hour': 'Attempts this hour',
  'attempts-day': 'Attempts today',
  'deployments-day': 'Deployments we caused today',
  'model-calls-day': 'Model calls today',
  'tokens-day': 'Model tokens today',
  'github-writes-minute': 'GitHub writes this minute',
  'github-writes-hour': 'GitHub writes this hour',
};

const ENDED_SHOWN = 12;
const IGNORED_SHOWN = 15;
const LIVE_SECONDS = 10;

/** The first page: what is broken, what was healed, what it costs, and what is left alone. */
export function renderOverview(model: OverviewModel): Html {
  const { incidents, isNewest } = model;
  const broken = isNewest ? listBroken(incidents) : [];
  const ended = isNewest ? incidents.filter((incident) => !broken.includes(incident)) : incidents;
  return page({
    title: broken.length === 0 ? 'Overview' : `${broken.length} failing`,
    signedIn: { formToken: model.formToken },
    operation: model.pausedSince !== undefined ? 'paused' : model.mode === 'observe' ? 'observing' : 'repairing',
    ...(isNewest ? { liveSeconds: LIVE_SECONDS } : {}),
    main: html`${model.notice}
${isNewest && [pausedNotice(model), headline(model, broken), failingNow(broken, model.now)]}
${isNewest && incidents.length > 0 && html`<div class="two">${timeToHeal(incidents)}${successByClass(incidents)}</div>`}
${isNewest && html`<div class="two">${limits(model)}${projects(model)}</div>`}
${(ended.length > 0 || !isNewest) && history(ended, model)}
${isNewest && [ignored(model), deadLetters(model)]}`,
  });
}

function pausedNotice({ pausedSince, pausedByEnvironment, now }: OverviewModel): Html | false {
  if (pausedSince === undefined) return false;
  if (pausedByEnvironment)
    return html`<p class="notice warn"><strong>Everything is paused</strong> by the variable PAUSED. Failures are neither looked for nor repaired.</p>`;
  return html`<section class="notice warn row between" aria-label="Paused"><p><strong>Everything is paused</strong> for ${formatDuration(now - pausedSince)}. Failures are neither looked for nor repaired.</p><a class="button" href="/actions/resume">Resume</a></section>`;
}

function headline(model: OverviewModel, broken: readonly Incident[]): Html {
  const { incidents, now } = model;
  const healed = listHealed(incidents);
  const spent = sumSpending(incidents);
  const decided = incidents.filter((incident) => ['healed', 'escalated', 'rejected'].includes(incident.status));
  const oldest = broken[0];
  const [title, tone] =
    oldest === undefined
      ? (['Production is up to date', 'good'] as const)
      : ([`Production is stale in ${count(countProjects(broken), 'project')}`, 'bad'] as const);
  const swept =
    model.lastSweepAt === undefined ? 'No sweep has completed yet.' : html`Last sweep ${ago(model.lastSweepAt, now)}.`;
  return html`<section class="stack"><div class="row between"><h1><span class="dot ${tone}" aria-hidden="true"></span>${title}</h1>${model.pausedSince === undefined && html`<a class="button" href="/actions/pause">Pause everything</a>`}</div>
<p class="muted">${oldest === undefined ? 'Nothing that is watched fails.' : html`The oldest for ${formatDuration(now - failedAt(oldest))}; until it is repaired, the last good deployment keeps serving.`} ${swept}</p>
<dl class="stats">
${stat('Healed', String(healed.length), `of ${count(incidents.length, 'incident')}${model.olderPath === undefined ? '' : ' shown'}`)}
${stat('Median time to heal', healed.length === 0 ? '–' : formatDuration(medianOf(healed.map((point) => point.took))), 'failed deployment to production')}
${stat('Healed without a hand-over', decided.length === 0 ? '–' : `${Math.round((100 * healed.length) / decided.length)} %`, `of ${count(decided.length, 'decided incident')}`)}
${stat('Model', formatDollars(spent.dollars), `${spent.tokens.toLocaleString('en-US')} tokens, at list price`)}
</dl></section>`;
}

function countProjects(incidents: readonly Incident[]): number {
  return new Set(incidents.flatMap((incident) => incident.failures.map((failure) => failure.projectId))).size;
}

function stat(label: string, value: string, note: string): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd><dd class="small">${note}</dd></div>`;
}

function failingNow(broken: readonly Incident[], now: number): Html | false {
  if (broken.length === 0) return false;
  return html`<section class="card" aria-labelledby="failing"><header><h2 id="failing">Failing now</h2><small>longest first</small></header><ul class="incidents">
${broken.map((incident) => failingRow(incident, now))}
</ul></section>`;
}

function failingRow(incident: Incident, now: number): Html {
  const status = describeStatus(incident);
  const first = incident.diagnosis?.errors[0];
  const place = first === undefined ? undefined : formatPlace(first);
  const message = first?.message.split('\n', 1)[0] ?? incident.diagnosis?.summary ?? 'The log has not been read yet.';
  const outlook = incident.status === 'escalated' ? status.sentence : (status.next ?? status.sentence);
  return html`<li><div class="row between"><h3><a href="${incidentPath(incident.id)}">${nameProjects(incident)}</a></h3>${pill(status.label, status.tone)}</div>
<p>${prose(shorten(message, 240))}${place !== undefined && html` <code>${place}</code>`}</p>
<p class="small">Stale for ${formatDuration(now - failedAt(incident))} · ${incident.repository.owner}/${incident.repository.name}, ${incident.branch}${incident.pullRequest !== undefined && html` · ${outsideLink(incident.pullRequest.url, `pull request #${incident.pullRequest.number}`)}`} · ${outlook}</p></li>`;
}

function timeToHeal(incidents: readonly Incident[]): Html {
  return html`<section class="card" aria-labelledby="time-to-heal"><header><h2 id="time-to-heal">Time to heal</h2><small>the line is the median</small></header>${renderTimeToHeal(listHealed(incidents))}</section>`;
}

function successByClass(incidents: readonly Incident[]): Html {
  const rows = countByClass(incidents).map(
    (row) =>
      html`<tr><th scope="row">${row.class}</th><td>${stackedBar([
        { share: row.healed / row.total, tone: 'good' },
        { share: row.open / row.total, tone: 'busy' },
        { share: row.handedOver / row.total, tone: 'warn' },
      ])}</td><td class="num">${row.healed} of ${row.total}</td></tr>`,
  );
  return html`<section class="card" aria-labelledby="by-class"><header><h2 id="by-class">Outcome by class</h2><small class="legend"><i class="good"></i>healed <i class="busy"></i>open <i class="warn"></i>handed over</small></header>
<table class="bars"><thead class="sr"><tr><th scope="col">Class</th><th scope="col">Shares</th><th scope="col">Healed</th></tr></thead><tbody>${rows}</tbody></table></section>`;
}

function history(ended: readonly Incident[], model: OverviewModel): Html {
  const incidents = model.isNewest ? ended.slice(0, ENDED_SHOWN) : ended;
  const olderPath =
    incidents.length < ended.length ? `/?before=${incidents.at(-1)?.openedAt ?? model.now}` : model.olderPath;
  return html`<section class="card" aria-labelledby="history"><header><h2 id="history">${model.isNewest ? 'Ended' : 'Older incidents'}</h2>${!model.isNewest && html`<a href="/">Back to the newest</a>`}</header>
<div class="scroll" tabindex="0" role="group" aria-labelledby="history"><table><thead><tr><th scope="col">Project</th><th scope="col">Failure</th><th scope="col">Result</th><th scope="col" class="num">Took</th><th scope="col" class="num">Attempts</th><th scope="col">Failed</th></tr></thead><tbody>
${incidents.map((incident) => historyRow(incident))}
</tbody></table></div>
${olderPath !== undefined && html`<p class="pad foot"><a href="${olderPath}">Older incidents</a></p>`}</section>`;
}

function historyRow(incident: Incident): Html {
  const status = describeStatus(incident);
  const healedAt = incident.reachedAt.healed;
  const took = healedAt === undefined ? '–' : formatDuration(healedAt - failedAt(incident));
  return html`<tr><td><a href="${incidentPath(incident.id)}">${nameProjects(incident)}</a></td><td>${summariseErrors(incident.diagnosis)}</td><td>${pill(status.label, status.tone)}</td><td class="num">${took}</td><td class="num">${incident.attempts.length}</td><td class="nowrap">${timestamp(failedAt(incident))}</td></tr>`;
}

function limits(model: OverviewModel): Html {
  return html`<section class="card" aria-labelledby="limits"><header><h2 id="limits">Limits</h2><small>nothing is done beyond them</small></header>
<table class="bars"><thead class="sr"><tr><th scope="col">Limit</th><th scope="col">Share</th><th scope="col">Used</th></tr></thead><tbody>
${model.limits.map((limit) => {
  const share = limit.ceiling === 0 ? 1 : limit.used / limit.ceiling;
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'busy';
  return html`<tr><th scope="row">${LIMIT_LABELS[limit.name] ?? limit.name}</th><td>${stackedBar([{ share, tone }])}</td><td class="num">${limit.used.toLocaleString('en-US')} of ${limit.ceiling.toLocaleString('en-US')}</td></tr>`;
})}
</tbody></table></section>`;
}

function projects(model: OverviewModel): Html {
  const rows = listProjectFigures(model.incidents);
  const watched =
    model.watched.length === 0 ? 'all that the Vercel token sees' : `only ${model.watched.slice(0, 20).join(', ')}`;
  return html`<section class="card" aria-labelledby="projects"><header><h2 id="projects">Projects</h2><small>watched: ${watched}</small></header>
${
  rows.length === 0
    ? html`<p class="pad muted">None has failed so far.</p>`
    : html`<div class="scroll" tabindex="0" role="group" aria-labelledby="projects"><table><thead><tr><th scope="col">Project</th><th scope="col">Production</th><th scope="col" class="num">Healed</th></tr></thead><tbody>
${rows.map((row) => html`<tr><td>${row.name}<br><small>${row.repository}</small></td><td>${row.brokenSince === undefined ? pill('Builds', 'good') : pill(`Stale ${formatDuration(model.now - row.brokenSince)}`, 'bad')}</td><td class="num">${row.healed} of ${row.incidents}</td></tr>`)}
</tbody></table></div>`
}</section>`;
}

function ignored(model: OverviewModel): Html | false {
  if (model.ignored.length === 0) return false;
  const shown = model.ignored.slice(0, IGNORED_SHOWN);
  return html`<section class="card" aria-labelledby="ignored"><header><h2 id="ignored">Failed and left alone</h2><small>the newest ${shown.length}</small></header>
<div class="scroll" tabindex="0" role="group" aria-labelledby="ignored"><table><thead><tr><th scope="col">Deployment</th><th scope="col">Why</th><th scope="col">Made</th></tr></thead><tbody>
${shown.map((entry) => html`<tr><td class="mono">${entry.deploymentId}</td><td>${explainIgnored(entry.reason)}</td><td class="nowrap">${timestamp(entry.createdAt)}</td></tr>`)}
</tbody></table></div></section>`;
}

function deadLetters(model: OverviewModel): Html | false {
  if (model.deadLetters.length === 0) return false;
  return html`<section class="card" aria-labelledby="dead-letters"><header><h2 id="dead-letters">Given up by the queue</h2><small>the next sweep takes them up again</small></header>
<div class="scroll" tabindex="0" role="group" aria-labelledby="dead-letters"><table><thead><tr><th scope="col">Incident</th><th scope="col">Why</th><th scope="col">When</th></tr></thead><tbody>
${model.deadLetters.slice(0, IGNORED_SHOWN).map((letter) => html`<tr><td><a class="mono" href="${incidentPath(letter.incidentId)}">${letter.incidentId}</a></td><td>${letter.reason}</td><td class="nowrap">${timestamp(letter.at)}</td></tr>`)}
</tbody></table></div></section>`;
}

const IGNORED_REASONS: Readonly<Record<string, string>> = {
  'not-production': 'a preview, not production',
  'no-github-link': 'the project is not linked to GitHub',
  fork: 'its commit is in a fork',
  'made-from-cli': 'deployed from the command line',
  'dirty-tree': 'deployed with uncommitted changes',
  'other-branch': 'not the production branch',
  blocked: 'Vercel blocked it before the build',
  canceled: 'cancelled',
  'not-newest': 'a newer deployment exists',
  'project-not-watched': 'the project is not watched',
  'evidence-gone': 'the deployment was deleted',
  'own-project': 'our own project',
  'before-installation': 'older than this installation',
};

function explainIgnored(reason: string): string {
  return IGNORED_REASONS[reason] ?? reason;
}
