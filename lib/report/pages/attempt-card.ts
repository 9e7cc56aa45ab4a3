import type { Attempt, StoredDiagnosis } from '../../incident/incident.js';
import type { Edit } from '../../patch/patch.js';
import { type DiffLine, diffEdit } from '../diff.js';
import { shorten } from '../escape.js';
import { formatPlace, nameKind } from '../failure-text.js';
import { type Html, html } from '../html.js';
import { estimateCost, formatDollars } from '../price.js';
import { formatDuration } from '../time-text.js';
import { count, logExcerpt, outsideLink, pill, prose, timestamp } from './fragments.js';

const MOST_DIFF_LINES = 250;
const LONGEST_DIFF_LINE = 400;
const UNCHANGED_KEPT = 3;
/** Stands for lines that are not shown. */
const GAP: DiffLine = { kind: 'same', text: '…' };

/** One attempt: why, what, with which certainty, and what the build said. */
export function renderAttempt(attempt: Attempt, commitUrl: string | undefined): Html {
  const { patch } = attempt;
  const id = `attempt-${attempt.number}`;
  return html`<section class="card" aria-labelledby="${id}"><header><h2 id="${id}">Attempt ${attempt.number}</h2>${verdictPill(attempt)}</header>
<div class="pad stack">
<dl class="facts">
<div><dt>Cause</dt><dd>${prose(patch.cause)}</dd></div>
<div><dt>Change</dt><dd>${prose(patch.change)}</dd></div>
</dl>
${groupByFile(patch.edits).map((edits) => renderEdits(edits))}
${verdict(attempt)}
<p class="small">${origin(attempt)} · confidence ${Math.round(patch.confidence * 100)} % · ${spending(attempt)} · started ${timestamp(attempt.startedAt)}${attempt.commitSha !== undefined && html` · commit ${outsideLink(commitUrl, html`<code>${attempt.commitSha.slice(0, 7)}</code>`)}`}</p>
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
  return `${tokens.toLocaleString('en-US')} tokens in ${count(usage.calls, 'call')}${price}`;
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

function groupByFile(edits: readonly Edit[]): readonly (readonly [Edit, ...Edit[]])[] {
  const files = new Map<string, [Edit, ...Edit[]]>();
  for (const edit of edits) {
    const known = files.get(edit.path);
    if (known === undefined) files.set(edit.path, [edit]);
    else known.push(edit);
  }
  return [...files.values()];
}

function renderEdits(edits: readonly [Edit, ...Edit[]]): Html {
  const [edit] = edits;
  const lines = edits.flatMap((part, index) => [...(index === 0 ? [] : [GAP]), ...keepNearChanges(diffEdit(part))]);
  const verb = edit.kind === 'create' ? 'new file' : edit.kind === 'delete' ? 'deleted' : undefined;
  const shown = lines.slice(0, MOST_DIFF_LINES);
  return html`<figure class="diff"><figcaption><code>${edit.path}</code>${verb !== undefined && html` <small>${verb}</small>`}</figcaption>
${
  shown.length > 0 &&
  html`<pre tabindex="0" role="group" aria-label="Change of ${edit.path}">${shown.map((line, index) => renderLine(line, counterpart(shown, index)))}${lines.length > shown.length && html`<span>… ${lines.length - shown.length} more lines</span>`}</pre>`
}</figure>`;
}

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;

/** A changed line with the part in bold that differs from its counterpart. */
function renderLine(line: DiffLine, other: string | undefined): Html {
  const text = shorten(line.text, LONGEST_DIFF_LINE);
  const content = other === undefined ? html`${text}` : emphasise(text, shorten(other, LONGEST_DIFF_LINE));
  if (line.kind === 'same') return html`<span>${SIGNS.same} ${content}\n</span>`;
  if (line.kind === 'added') return html`<ins>${SIGNS.added} ${content}\n</ins>`;
  return html`<del>${SIGNS.removed} ${content}\n</del>`;
}

function emphasise(text: string, other: string): Html {
  let start = 0;
  while (start < text.length && start < other.length && text[start] === other[start]) start += 1;
  let end = 0;
  const longestEnd = Math.min(text.length, other.length) - start;
  while (end < longestEnd && text[text.length - 1 - end] === other[other.length - 1 - end]) end += 1;
  const changed = text.slice(start, text.length - end);
  if (start + end < text.length / 3 || changed === '') return html`${text}`;
  return html`${text.slice(0, start)}<b>${changed}</b>${text.slice(text.length - end)}`;
}

/** The line that stands for this one on the other side: the nth removed of a run for the nth added, and back. */
function counterpart(lines: readonly DiffLine[], index: number): string | undefined {
  const kind = lines[index]?.kind;
  if (kind === undefined || kind === 'same') return undefined;
  let start = index;
  while (lines[start - 1] !== undefined && lines[start - 1]?.kind !== 'same') start -= 1;
  let end = index + 1;
  while (lines[end] !== undefined && lines[end]?.kind !== 'same') end += 1;
  const run = lines.slice(start, end);
  const removed = run.filter((line) => line.kind === 'removed');
  const added = run.filter((line) => line.kind === 'added');
  if (removed.length !== added.length) return undefined;
  const [own, others] = kind === 'removed' ? [removed, added] : [added, removed];
  return others[own.indexOf(lines[index] as DiffLine)]?.text;
}

/** Drops unchanged lines far from any change; a dropped run becomes one line that says so. */
function keepNearChanges(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - UNCHANGED_KEPT), index + UNCHANGED_KEPT + 1).some((line) => line.kind !== 'same'),
  );
  const kept: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (isNear[index]) kept.push(line);
    else if (index === 0 || isNear[index - 1]) kept.push(GAP);
  }
  return kept;
}
