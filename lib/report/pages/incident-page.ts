import type { Attempt, HistoryEntry, Incident, Revert, Standing, StoredDiagnosis } from '../../incident/incident.js';
import { isHandedOver } from '../../incident/transitions.js';
import { shorten } from '../escape.js';
import { formatPlace, nameProjects, summariseErrors } from '../failure-text.js';
import { estimateIncidentCost, failedAt } from '../figures.js';
import { splitEdit } from '../handed-edit.js';
import { type Html, html } from '../html.js';
import { formatCount } from '../number-text.js';
import { formatDollars } from '../price.js';
import { describeStatus, isBroken } from '../status-text.js';
import { formatDuration } from '../time-text.js';
import { renderAttempt, renderErrors } from './attempt-card.js';
import { renderCodeFrame } from './code.js';
import { count, incidentPath, logExcerpt, outsideLink, pill, prose, timestamp } from './fragments.js';
import { page } from './page.js';
import { renderTimeline } from './timeline.js';

export interface IncidentModel {
  readonly now: number;
  readonly formToken: string;
  readonly operation: 'repairing' | 'observing' | 'paused';
  readonly incident: Incident;
  /** Oldest first. */
  readonly history: readonly HistoryEntry[];
  readonly isMuted: boolean;
  readonly actions: readonly IncidentAction[];
  readonly notice?: Html;
}

export type IncidentAction = 'try-again' | 'give-up' | 'mute' | 'unmute';

const ACTION_LABELS: Readonly<Record<IncidentAction, string>> = {
  'try-again': 'Try again',
  'give-up': 'Give up',
  mute: 'Mute this failure',
  unmute: 'Unmute this failure',
};

const HISTORY_SHOWN = 100;
const LIVE_SECONDS = 5;

/** Everything about one incident: where it stands, why it failed, what was tried, and what happens next. */
export function renderIncident(model: IncidentModel): Html {
  const { incident } = model;
  const attempts = [...incident.attempts].reverse();
  return page({
    title: nameProjects(incident),
    signedIn: { formToken: model.formToken },
    operation: model.operation,
    ...(incident.dueAt === undefined || isHandedOver(incident.status) ? {} : { liveSeconds: LIVE_SECONDS }),
    main: html`${model.notice}
${heading(model)}
<section class="card" aria-label="Timeline">${renderTimeline(incident)}${next(model)}</section>
<div class="two wide"><div class="stack wide-gap">${diagnosis(incident)}${attempts.map((attempt) => renderAttempt(attempt, commitUrl(incident, attempt.commitSha)))}</div>
<div class="stack wide-gap">${facts(model)}${failures(incident)}${history(model)}</div></div>`,
  });
}

function heading({ incident, now, actions }: IncidentModel): Html {
  const status = describeStatus(incident);
  const healedAt = incident.reachedAt.healed;
  const staleness =
    healedAt !== undefined
      ? `Healed ${formatDuration(healedAt - failedAt(incident))} after the failed deployment.`
      : isBroken(incident)
        ? `Production has been stale for ${formatDuration(now - failedAt(incident))}; the last good deployment keeps serving.`
        : status.sentence;
  const query = `?incident=${encodeURIComponent(incident.id)}`;
  return html`<section class="stack"><p class="small"><a href="/">Overview</a> / ${incident.repository.owner}/${incident.repository.name}</p>
<div class="row between"><h1>${nameProjects(incident)}: ${shorten(summariseErrors(incident.diagnosis), 160)}</h1>${pill(status.label, status.tone)}</div>
<p class="muted">${staleness}</p>
<div class="row">${incident.pullRequest !== undefined && outsideButton(incident.pullRequest.url, `Pull request #${incident.pullRequest.number}`)}${actions.map((action) => html`<a class="button" href="/actions/${action}${query}">${ACTION_LABELS[action]}</a>`)}</div></section>`;
}

function outsideButton(address: string, text: string): Html {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return html`${text}`;
  return html`<a class="button primary" href="${url.href}" rel="noopener noreferrer">${text}</a>`;
}

function next({ incident, now }: IncidentModel): Html {
  const status = describeStatus(incident);
  const due =
    incident.dueAt === undefined
      ? ''
      : incident.dueAt <= now
        ? ' The next step is due now.'
        : isHandedOver(incident.status)
          ? ` Whether production works again is looked at in ${formatDuration(incident.dueAt - now)}.`
          : ` The next look is in ${formatDuration(incident.dueAt - now)}.`;
  return html`<div class="pad next"><p><strong>${status.sentence}</strong>${status.next !== undefined && html` ${prose(status.next)}`}${due}</p>
${incident.status === 'escalated' && handOver(incident)}
${incident.status === 'joined' && html`<p><a href="${incidentPath(incident.into)}">Open the incident that it joined</a></p>`}
${incident.hiccups > 0 && html`<p class="small">The last step failed ${count(incident.hiccups, 'time')} for a reason that may pass.</p>`}</div>`;
}

/** What a person needs to go on: what stopped us, and the exact setting or command where the diagnosis names one. */
function handOver(incident: Extract<Incident, { readonly status: 'escalated' }>): Html {
  const remedy = incident.diagnosis?.remedy;
  const last = incident.attempts.at(-1);
  const { said, handed } = splitEdit(incident.detail);
  return html`${said !== '' && said !== remedy && html`<p>${prose(said)}</p>`}
${handed !== undefined && html`<p>${handed.lead}</p>${logExcerpt(handed.edit, [], 'The edit')}`}
${remedy !== undefined && html`<p class="notice warn"><strong>What to do:</strong> ${prose(remedy)}</p>`}
${last !== undefined && html`<p><a href="#attempt-${last.number}">The edit of attempt ${last.number}</a>, to continue from.</p>`}`;
}

function diagnosis({ diagnosis: found, status }: Incident): Html {
  if (found === undefined)
    return html`<section class="card"><header><h2>Diagnosis</h2></header><p class="pad muted">The log has not been read yet.</p></section>`;
  return html`<section class="card" aria-labelledby="diagnosis"><header><h2 id="diagnosis">Diagnosis</h2><small>class ${found.class}${found.repairable ? '' : ', not repairable by an edit'}</small></header>
<div class="pad stack"><p>${prose(found.summary)}</p>
${found.remedy !== undefined && status !== 'escalated' && html`<p class="notice warn"><strong>What to do:</strong> ${prose(found.remedy)}</p>`}
${renderErrors(found)}
${renderCodeFrame(found.excerpt, framePlace(found))}
${found.evidence.length > 0 && html`<details><summary>Why this class</summary><ul>${found.evidence.slice(0, 20).map((evidence) => html`<li>${evidence.fact} <small>from the ${evidence.from}${evidence.logLine !== undefined && `, line ${evidence.logLine + 1}`}</small></li>`)}</ul></details>`}
</div>${found.excerpt.trim() !== '' && html`<h3 class="part">Build log around the error</h3>${logExcerpt(found.excerpt, found.errors, 'Build log around the error')}`}</section>`;
}

function framePlace({ errors }: StoredDiagnosis): string {
  const [first] = errors;
  return (first === undefined ? undefined : formatPlace(first)) ?? 'As the compiler printed it';
}

function facts({ incident, isMuted }: IncidentModel): Html {
  const { usage, diagnosis: found, repository } = incident;
  const [first] = incident.failures;
  const tokens = usage.inputTokens + usage.outputTokens;
  const subject = first?.commitMessage?.split('\n', 1)[0] ?? '';
  return html`<section class="card" aria-labelledby="facts"><header><h2 id="facts">Facts</h2></header><div class="pad"><dl class="facts">
<div><dt>Repository</dt><dd>${repository.owner}/${repository.name}, branch ${incident.branch}</dd></div>
${first !== undefined && html`<div><dt>First failing commit</dt><dd>${outsideLink(commitUrl(incident, first.sha), html`<code>${first.sha.slice(0, 7)}</code>`)} ${shorten(subject, 100)}${first.author !== undefined && html` <small>by ${first.author}</small>`}</dd></div>`}
${incident.pullRequest !== undefined && html`<div><dt>Pull request</dt><dd>${outsideLink(incident.pullRequest.url, `#${incident.pullRequest.number}`)} <small>opened ${timestamp(incident.pullRequest.openedAt)}</small></dd></div><div><dt>Review</dt><dd>${reviewText(incident)}</dd></div>`}
${incident.revert !== undefined && html`<div><dt>Draft of a revert</dt><dd>${revertText(incident.revert)}</dd></div>`}
<div><dt>Spent</dt><dd>${tokens === 0 ? 'no model tokens' : `${formatCount(tokens)} tokens, ${formatDollars(estimateIncidentCost(incident))}`} <small>in ${count(incident.attempts.length, 'attempt')}</small></dd></div>
${found !== undefined && html`<div><dt>Fingerprint</dt><dd><code>${found.fingerprint}</code>${isMuted && html` ${pill('Muted', 'quiet')}`}</dd></div>`}
${incident.previousIncident !== undefined && html`<div><dt>Seen before</dt><dd><a href="${incidentPath(incident.previousIncident)}">the incident that healed it last time</a></dd></div>`}
${(incident.settings?.mistakes.length ?? 0) > 0 && html`<div><dt>Settings</dt><dd>${pill('Mistake', 'warn')} <a href="/settings">${count(incident.settings?.mistakes.length ?? 0, 'mistake')} in its file</a></dd></div>`}
<div><dt>Incident</dt><dd><code>${incident.id}</code></dd></div>
</dl></div></section>`;
}

/** What people decided on the pull request, so far as the incident's state tells. */
function reviewText(incident: Incident): string {
  switch (incident.status) {
    case 'merged':
    case 'healed':
      return 'merged';
    case 'rejected':
      return 'closed without a merge';
    case 'taken-over':
      return 'somebody else works on the branch';
    case 'superseded':
      return 'no longer needed';
    default:
      return openReviewText(incident.attempts.at(-1));
  }
}

function revertText(revert: Revert): Html {
  if ('refused' in revert) return html`not made: ${shorten(revert.refused, 200)}`;
  return outsideLink(revert.pullRequest.url, `#${revert.pullRequest.number}`);
}

const STANDINGS: Readonly<Record<Standing, string>> = {
  ready: 'ready to be merged',
  behind: 'behind the production branch; its next attempt contains that',
  'review-awaited': 'a review is awaited',
  'changes-requested': 'changes requested',
};

function openReviewText(attempt: Attempt | undefined): string {
  if (attempt?.mergeRefusal !== undefined) return `GitHub would not merge it: ${shorten(attempt.mergeRefusal, 200)}`;
  if (wasSentBack(attempt)) return 'changes requested';
  return attempt?.standing === undefined ? 'open' : STANDINGS[attempt.standing];
}

function wasSentBack(attempt: Attempt | undefined): boolean {
  return attempt?.verdict?.outcome === 'refuted' && attempt.verdict.by === 'review';
}

function failures(incident: Incident): Html {
  const shown = incident.failures.slice(0, 50);
  return html`<section class="card" aria-labelledby="failures"><header><h2 id="failures">Failed deployments</h2><small>${incident.failures.length}</small></header><ul class="plain-list">
${shown.map((failure) => html`<li>${outsideLink(failure.inspectorUrl, failure.projectName)}${failure.rootDirectory !== '' && html` <code>${failure.rootDirectory}</code>`}<br><small>${timestamp(failure.createdAt)}, commit ${failure.sha.slice(0, 7)}</small></li>`)}
</ul></section>`;
}

function history({ history: entries }: IncidentModel): Html | false {
  if (entries.length === 0) return false;
  const shown = entries.slice(-HISTORY_SHOWN).reverse();
  return html`<section class="card" aria-labelledby="log"><header><h2 id="log">History</h2><small>newest first</small></header><ol class="plain-list">
${shown.map((entry) => html`<li>${prose(shorten(entry.text, 600))}<br><small>${timestamp(entry.at)}, ${entry.event}</small></li>`)}
</ol></section>`;
}

/** GitHub's page of a commit, from the address of the pull request: Enterprise installations have another host. */
function commitUrl({ pullRequest }: Incident, sha: string | undefined): string | undefined {
  const base = /^(https?:\/\/[^\s]{1,500})\/pull\/\d+$/.exec(pullRequest?.url ?? '')?.[1];
  return base === undefined || sha === undefined ? undefined : `${base}/commit/${sha}`;
}
