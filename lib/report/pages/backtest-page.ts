import { scaleBand, scaleTime } from 'd3-scale';
import type { BacktestCase, BacktestOutcome } from '../../flows/backtest.js';
import { type BacktestFigures, OUTCOME_LABELS, sumBacktest } from '../backtest-figures.js';
import { shorten } from '../escape.js';
import { type Html, html, trustedMarkup } from '../html.js';
import { formatCount } from '../number-text.js';
import { formatDollars } from '../price.js';
import type { Tone } from '../status-text.js';
import { formatDay, formatDuration } from '../time-text.js';
import { renderPatch } from './code.js';
import { pickDays } from './day-axis.js';
import { count, outsideLink, pill, prose, stackedBar, timestamp } from './fragments.js';
import { STYLE } from './page-style.js';

export interface BacktestReport {
  readonly project: string;
  readonly repository: string;
  readonly repairers: string;
  readonly at: number;
  readonly failures: number;
  readonly cases: readonly BacktestCase[];
}

const TONES: Readonly<Record<BacktestOutcome, Tone>> = {
  proposed: 'good',
  'exact-edit': 'busy',
  'remedy-named': 'busy',
  'nothing-found': 'warn',
  'not-asked': 'warn',
  'same-as-before': 'quiet',
  'left-alone': 'quiet',
  unreadable: 'bad',
};

/** The report as one file that needs nothing beside it: what would have happened, failure by failure. */
export function renderBacktest(report: BacktestReport): Html {
  const figures = sumBacktest(report.cases);
  const title = `Backtest of ${report.project}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · Self-Healing Pipeline</title>
<style>${trustedMarkup(STYLE)}</style>
</head>
<body>
<main>
<section class="stack"><h1>${title}</h1>
<p class="muted">${count(report.cases.length, 'failed production deployment')} of ${report.repository}${report.cases.length < report.failures && ` (stopped: ${report.failures} were to be looked at)`}, replayed on ${timestamp(report.at)} with ${report.repairers}. Nothing was written anywhere, and nothing was built: a proposal passed every check before the commit, and only a preview would have proven it.</p>
${headline(figures)}</section>
${report.cases.length > 0 && html`<div class="two">${classes(figures)}${agreement(figures)}</div>${course(report.cases)}`}
<div class="stack wide-gap">${report.cases.toReversed().map(renderCase)}</div>
</main>
</body>
</html>`;
}

function headline(figures: BacktestFigures): Html {
  const { outcomes, incidents } = figures;
  const people = figures.medianPeopleMs === undefined ? '–' : formatDuration(figures.medianPeopleMs);
  return html`<dl class="stats">
${stat('Repairs proposed', String(outcomes.proposed), `of ${count(incidents, 'incident')}`)}
${stat('Handed over with the remedy', String(outcomes['exact-edit'] + outcomes['remedy-named']), 'an exact edit, a variable, a setting, a command')}
${stat('Median time to a proposal', figures.medianMs === undefined ? '–' : formatDuration(figures.medianMs), `people had production good again after ${people}`)}
${stat('Model', figures.dollars === undefined ? 'price not known' : formatDollars(figures.dollars), `${formatCount(figures.tokens)} tokens in ${count(figures.calls, 'call')}, at list price`)}
</dl>`;
}

function stat(label: string, value: string, note: string): Html {
  return html`<div><dt>${label}</dt><dd>${value}</dd><dd class="small">${note}</dd></div>`;
}

function classes(figures: BacktestFigures): Html {
  return html`<section class="card" aria-labelledby="classes"><header><h2 id="classes">By class</h2><small class="legend"><i class="good"></i>proposed <i class="busy"></i>handed over <i class="warn"></i>nothing</small></header>
<table class="bars"><thead class="sr"><tr><th scope="col">Class</th><th scope="col">Shares</th><th scope="col">Proposed</th></tr></thead><tbody>
${figures.classes.map(
  (row) =>
    html`<tr><th scope="row">${row.class}</th><td>${stackedBar([
      { share: row.proposed / row.total, tone: 'good' },
      { share: row.handedOver / row.total, tone: 'busy' },
      { share: row.nothing / row.total, tone: 'warn' },
    ])}</td><td class="num">${row.proposed} of ${row.total}</td></tr>`,
)}
</tbody></table></section>`;
}

function agreement({ agreement: found }: BacktestFigures): Html {
  const rows: readonly (readonly [string, number, Tone])[] = [
    ['all our files are among theirs', found.all, 'good'],
    ['some are', found.some, 'busy'],
    ['none is', found.none, 'warn'],
  ];
  return html`<section class="card" aria-labelledby="agreement"><header><h2 id="agreement">Beside what people did</h2><small>${found.compared} compared</small></header>
${
  found.compared === 0
    ? html`<p class="pad muted">No repair can be compared: nothing was proposed, or production was never good again.</p>`
    : html`<table class="bars"><thead class="sr"><tr><th scope="col">Files</th><th scope="col">Share</th><th scope="col">Repairs</th></tr></thead><tbody>
${rows.map(([label, number, tone]) => html`<tr><th scope="row">${label}</th><td>${stackedBar([{ share: number / found.compared, tone }])}</td><td class="num">${number}</td></tr>`)}
</tbody></table><p class="pad small">Theirs are all files that changed until production was good again, whatever else was changed on the way.</p>`
}</section>`;
}

// The drawing is placed in per cent of its box, so that it fits any width and its text keeps its size.
const LEFT = 2;
const RIGHT = 98;
const DAY = 24 * 60 * 60 * 1000;

/** Every failure as a dot: when it came, and what would have become of it. The cases below say the same in words. */
function course(cases: readonly BacktestCase[]): Html {
  const present = (Object.keys(OUTCOME_LABELS) as BacktestOutcome[]).filter((outcome) =>
    cases.some((one) => one.outcome === outcome),
  );
  const times = cases.map(({ createdAt }) => createdAt);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const air = Math.max((last - first) * 0.04, DAY / 2);
  const x = scaleTime()
    .domain([new Date(first - air), new Date(last + air)])
    .range([LEFT, RIGHT]);
  const y = scaleBand<BacktestOutcome>().domain(present).range([4, 86]);
  const middle = (outcome: BacktestOutcome) => percent((y(outcome) ?? 0) + y.bandwidth() / 2);
  const days = pickDays(x, RIGHT - 12);
  return html`<section class="card" aria-labelledby="course"><header><h2 id="course">Over time</h2></header><figure class="chart">
<svg width="100%" height="${60 + 40 * present.length}" role="img" aria-labelledby="course-title"><title id="course-title">${count(cases.length, 'failure')} by day and by what would have become of them; the list below has the same.</title>
${present.map((outcome) => html`<line class="grid" x1="${LEFT}%" x2="${RIGHT}%" y1="${middle(outcome)}" y2="${middle(outcome)}"/><text class="axis" x="${LEFT}%" y="${middle(outcome)}" dy="-9">${OUTCOME_LABELS[outcome]}</text>`)}
${days.map((day) => html`<text class="axis" x="${percent(x(day))}" y="97%">${formatDay(day.getTime())}</text>`)}
${cases.map((one) => html`<circle class="${TONES[one.outcome]}" cx="${percent(x(one.createdAt))}" cy="${middle(one.outcome)}" r="4.5"><title>${nameCase(one)}: ${OUTCOME_LABELS[one.outcome]}</title></circle>`)}
</svg></figure></section>`;
}

function percent(position: number): string {
  return `${Math.round(position * 100) / 100}%`;
}

function nameCase({ sha, commitMessage }: BacktestCase): string {
  const subject = commitMessage?.split('\n', 1)[0]?.trim() ?? '';
  return shorten(`${sha?.slice(0, 7) ?? 'no commit'} ${subject}`.trim(), 120);
}

function renderCase(one: BacktestCase): Html {
  const { diagnosis, edits, people, usage } = one;
  const tokens = usage.inputTokens + usage.outputTokens;
  const spent =
    tokens === 0
      ? 'no tokens'
      : `${formatCount(tokens)} tokens${one.dollars === undefined ? '' : `, ${formatDollars(one.dollars)}`}`;
  return html`<section class="card"><header><h2>${nameCase(one)}</h2>${pill(OUTCOME_LABELS[one.outcome], TONES[one.outcome])}</header>
<div class="pad stack">${diagnosis !== undefined && html`<p>${prose(shorten(diagnosis.summary, 400))} <small>class ${diagnosis.class}</small></p>`}
${one.reason !== '' && html`<p>${prose(shorten(one.reason, 600))}</p>`}
${edits !== undefined && renderPatch(edits)}
<dl class="facts across">
<div><dt>Failed</dt><dd>${timestamp(one.createdAt)} ${outsideLink(one.inspectorUrl, 'log')}</dd></div>
${one.origin !== undefined && html`<div><dt>Origin</dt><dd>${shorten(one.origin.join(', '), 100)}</dd></div>`}
<div><dt>Spent</dt><dd>${spent}, ${formatDuration(one.tookMs)}</dd></div>
${people !== undefined && html`<div><dt>People</dt><dd>good again after ${formatDuration(people.afterMs)} with <code>${people.sha.slice(0, 7)}</code>; ${people.common.length} of our ${count(one.files.length, 'file')} among their ${people.files.length}</dd></div>`}
</dl></div></section>`;
}
