import type { Attempt, StoredDiagnosis } from '../../incident/incident.js';
import { shorten } from '../escape.js';
import { formatPlace, nameKind } from '../failure-text.js';
import { type Html, html } from '../html.js';
import { formatCount } from '../number-text.js';
import { estimateCost, formatDollars } from '../price.js';
import { formatDuration } from '../time-text.js';
import { renderPatch } from './code.js';
import { count, logExcerpt, outsideLink, pill, prose, timestamp } from './fragments.js';

/** One attempt: why, what, with which certainty, and what the build said. */
export function renderAttempt(attempt: Attempt, commitUrl: string | undefined): Html {
  const { patch } = attempt;
  const id = `attempt-${attempt.number}`;
  return html`<section class="card" aria-labelledby="${id}"><header><h2 id="${id}">Attempt ${attempt.number} <small>${timestamp(attempt.startedAt)}</small></h2>${verdictPill(attempt)}</header>
<div class="pad stack">
<dl class="facts">
<div><dt>Cause</dt><dd>${prose(patch.cause)}</dd></div>
<div><dt>Change</dt><dd>${prose(patch.change)}</dd></div>
</dl>
${renderPatch(patch.edits)}
${verdict(attempt)}
<dl class="facts across">
<div><dt>Origin</dt><dd>${origin(attempt)}</dd></div>
<div><dt>Confidence</dt><dd>${Math.round(patch.confidence * 100)} %</dd></div>
<div><dt>Spent</dt><dd>${spending(attempt)}</dd></div>
<div><dt>Commit</dt><dd>${attempt.commitSha === undefined ? 'not yet' : outsideLink(commitUrl, html`<code>${attempt.commitSha.slice(0, 7)}</code>`)}</dd></div>
</dl>
</div></section>`;
}

function verdictPill({ verdict, commitSha }: Attempt): Html {
  if (verdict?.outcome === 'verified') return pill('Verified', 'good');
  if (verdict?.outcome === 'refuted')
    return pill(verdict.by === 'production' ? 'Refuted in production' : 'Refuted', 'warn');
  return commitSha === undefined ? pill('Planned', 'quiet') : pill('Building', 'busy');
}

function origin({ patch }: Attempt): string {
  const names = patch.origin.join(', ');
  if (patch.repairer === 'suggestions') return `Compiler’s suggestion${names === '' ? '' : ` (${names})`}`;
  if (patch.repairer === 'memory') return 'A repair that was verified before';
  return names === '' ? 'Model' : `Model ${names}`;
}

function spending({ usage, patch }: Attempt): string {
  const tokens = usage.inputTokens + usage.outputTokens;
  if (tokens === 0) return 'no tokens';
  const cost = estimateCost(usage, patch.origin[0] ?? '');
  const price = cost === undefined ? '' : `, ${formatDollars(cost)}`;
  return `${formatCount(tokens)} tokens in ${count(usage.calls, 'call')}${price}`;
}

function verdict(attempt: Attempt): Html | false {
  const { verdict } = attempt;
  const previews = verdict?.deployments ?? attempt.previews ?? [];
  const links = previews.map(
    (preview) =>
      html`<li>${preview.projectName}: ${outsideLink(preview.url, 'open')}${preview.inspectorUrl !== undefined && html`, ${outsideLink(preview.inspectorUrl, 'log on Vercel')}`}</li>`,
  );
  const list = links.length > 0 && html`<ul class="inline">${links}</ul>`;
  if (verdict === undefined)
    return attempt.commitSha === undefined ? false : html`<p>The preview is being built.</p>${list}`;
  const took = attempt.committedAt === undefined ? '' : ` after ${formatDuration(verdict.at - attempt.committedAt)}`;
  if (verdict.outcome === 'verified') return html`<p class="good">The preview was ready${took}.</p>${list}`;
  const what =
    verdict.by === 'production' ? 'The production build' : verdict.by === 'review' ? 'The review' : 'The preview';
  return html`<p class="warn">${what} failed${took}.${verdict.note !== undefined && html` ${prose(verdict.note)}`}</p>${list}
${
  verdict.diagnosis !== undefined &&
  html`<details><summary>The log that refuted it</summary>${renderErrors(verdict.diagnosis)}${logExcerpt(verdict.diagnosis.excerpt, verdict.diagnosis.errors, `Log that refuted attempt ${attempt.number}`)}</details>`
}`;
}

/** The errors of a diagnosis, each with its place. */
export function renderErrors(diagnosis: StoredDiagnosis): Html {
  const shown = diagnosis.errors.slice(0, 10);
  const rest = diagnosis.errors.length - shown.length;
  return html`<ul class="errors">${shown.map((error) => {
    const place = formatPlace(error);
    return html`<li><p>${prose(shorten(error.message, 600))}</p><p class="small">${nameKind(error.kind)}${error.code !== undefined && html` <code>${error.code}</code>`}${place !== undefined && html` in <code>${place}</code>`}${(error.count ?? 1) > 1 && ` (${error.count} times)`}</p></li>`;
  })}${rest > 0 && html`<li class="small">and ${rest} more</li>`}</ul>`;
}
