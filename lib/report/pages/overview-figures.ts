import type { Incident } from '../../incident/incident.js';
import { countByClass, listHealed } from '../figures.js';
import { type Html, html } from '../html.js';
import { LIMIT_LABELS } from '../limit-text.js';
import { formatCount } from '../number-text.js';
import { estimateMost, formatDollars } from '../price.js';
import { stackedBar } from './fragments.js';
import type { LimitUse, OverviewModel } from './overview-model.js';
import { renderTimeToHeal } from './time-to-heal-chart.js';

export function renderTimes(incidents: readonly Incident[]): Html {
  return html`<section class="card" aria-labelledby="time-to-heal"><header><h2 id="time-to-heal">Time to heal</h2><small>the line is the median</small></header>${renderTimeToHeal(listHealed(incidents))}</section>`;
}

export function renderSuccessByClass(incidents: readonly Incident[]): Html {
  const rows = countByClass(incidents).map(
    (row) =>
      html`<tr><th scope="row">${row.class}</th><td>${stackedBar([
        { share: row.healed / row.total, tone: 'good' },
        { share: row.open / row.total, tone: 'busy' },
        { share: row.handedOver / row.total, tone: 'warn' },
      ])}<span class="sr">${row.healed} healed, ${row.open} open, ${row.handedOver} handed over</span></td><td class="num">${row.healed} of ${row.total}</td></tr>`,
  );
  return html`<section class="card" aria-labelledby="by-class"><header><h2 id="by-class">Outcome by class</h2><small class="legend"><i class="good"></i>healed <i class="busy"></i>open <i class="warn"></i>handed over</small></header>
${rows.length === 0 ? html`<p class="pad muted">Nothing has been decided yet.</p>` : html`<table class="bars"><thead class="sr"><tr><th scope="col">Class</th><th scope="col">Shares</th><th scope="col">Healed</th></tr></thead><tbody>${rows}</tbody></table>`}</section>`;
}

export function renderLimits({ limits, models }: OverviewModel): Html {
  return html`<section class="card" aria-labelledby="limits"><header><h2 id="limits">Limits</h2><small>nothing is done beyond them</small></header>
<table class="bars"><thead class="sr"><tr><th scope="col">Limit</th><th scope="col">Share</th><th scope="col">Used</th></tr></thead><tbody>
${limits.map((limit) => limitRow(limit, LIMIT_LABELS[limit.name] ?? limit.name, (amount) => formatCount(amount)))}
${money(limits, models)}
</tbody></table></section>`;
}

/** What the tokens of the day cost if every one of them were an output token of the dearest model. */
function money(limits: readonly LimitUse[], models: readonly string[]): Html | false {
  const tokens = limits.find((limit) => limit.name === 'tokens-day');
  if (tokens === undefined || estimateMost(1, models) === undefined) return false;
  return limitRow(tokens, 'Money today, at most', (amount) => formatDollars(estimateMost(amount, models) ?? 0));
}

function limitRow({ used, ceiling }: LimitUse, label: string, show: (amount: number) => string): Html {
  const share = ceiling === 0 ? 1 : used / ceiling;
  const tone = share >= 1 ? 'bad' : share >= 0.8 ? 'warn' : 'busy';
  return html`<tr><th scope="row">${label}</th><td>${stackedBar([{ share, tone }])}</td><td class="num">${show(used)} of ${show(ceiling)}</td></tr>`;
}
