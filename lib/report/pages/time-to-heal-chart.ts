import { scaleLog, scaleTime } from 'd3-scale';
import { type HealedPoint, medianOf } from '../figures.js';
import { type Html, html } from '../html.js';
import { formatDay, formatDuration } from '../time-text.js';

import { pickDays } from './day-axis.js';
import { incidentPath } from './fragments.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const TICKS = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, DAY, 3 * DAY, 7 * DAY, 30 * DAY];

// The drawing is placed in per cent of its box, so that it fits any width and its text keeps its size.
const LEFT = 11;
const RIGHT = 98;
const TOP = 5;
const BOTTOM = 86;

/** Each healed incident as a dot: when it was healed, and how long it took. The same figures follow as a table. */
export function renderTimeToHeal(points: readonly HealedPoint[]): Html {
  if (points.length === 0) return html`<p class="pad muted">Nothing has been healed yet.</p>`;
  const sorted = [...points].sort((left, right) => left.healedAt - right.healedAt);
  const times = sorted.map((point) => point.healedAt);
  const durations = sorted.map((point) => Math.max(point.took, 1_000));
  const median = medianOf(durations);

  const x = scaleTime().domain(padded(times)).range([LEFT, RIGHT]);
  const [low, high] = spanTicks(durations);
  const y = scaleLog().domain([low, high]).range([BOTTOM, TOP]).clamp(true);
  const rows = TICKS.filter((tick) => tick >= low && tick <= high);
  const days = pickDays(x, RIGHT - 6);

  return html`<figure class="chart">
<svg width="100%" height="200" role="img" aria-labelledby="chart-title chart-description"><title id="chart-title">Time to heal</title><desc id="chart-description">${describe(sorted, median)} The table below has the same figures.</desc>
${rows.map((tick) => html`<line class="grid" x1="${LEFT}%" x2="${RIGHT}%" y1="${at(y(tick))}" y2="${at(y(tick))}"/><text class="axis end" x="${LEFT - 1.5}%" y="${at(y(tick))}" dy="4">${formatDuration(tick)}</text>`)}
${days.map((day) => html`<text class="axis" x="${at(x(day))}" y="97%">${formatDay(day.getTime())}</text>`)}
<line class="median" x1="${LEFT}%" x2="${RIGHT}%" y1="${at(y(median))}" y2="${at(y(median))}"/>
${sorted.map((point, index) => html`<circle cx="${at(x(point.healedAt))}" cy="${at(y(durations[index] ?? low))}" r="4.5"><title>${point.label}: ${formatDuration(point.took)}</title></circle>`)}
</svg>
<details><summary>The same as a table</summary><div class="scroll" tabindex="0" role="group" aria-label="Time to heal"><table><thead><tr><th scope="col">Healed</th><th scope="col">Incident</th><th scope="col" class="num">Took</th></tr></thead><tbody>
${sorted
  .toReversed()
  .slice(0, 30)
  .map(
    (point) =>
      html`<tr><td>${formatDay(point.healedAt)}</td><td><a href="${incidentPath(point.incidentId)}">${point.label}</a></td><td class="num">${formatDuration(point.took)}</td></tr>`,
  )}
</tbody></table></div></details></figure>`;
}

function describe(points: readonly HealedPoint[], median: number): string {
  const durations = points.map((point) => point.took);
  const [fastest, slowest] = [Math.min(...durations), Math.max(...durations)];
  return `Time to heal of ${points.length} incidents: half took under ${formatDuration(median)}, the fastest ${formatDuration(fastest)}, the slowest ${formatDuration(slowest)}.`;
}

/** At least a day wide, with some air at both ends. */
function padded(times: readonly number[]): [Date, Date] {
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const air = Math.max((last - first) * 0.04, DAY / 2);
  return [new Date(first - air), new Date(last + air)];
}

/** The nearest ticks below and above all durations, at least two steps apart. */
function spanTicks(durations: readonly number[]): [number, number] {
  const below = TICKS.findLastIndex((tick) => tick <= Math.min(...durations));
  const above = TICKS.findIndex((tick) => tick >= Math.max(...durations));
  const start = Math.max(0, below);
  const end = above === -1 ? TICKS.length - 1 : Math.max(above, Math.min(start + 2, TICKS.length - 1));
  return [TICKS[Math.min(start, end - 1)] ?? MINUTE, TICKS[end] ?? HOUR];
}

function at(position: number): string {
  return `${Math.round(position * 100) / 100}%`;
}
