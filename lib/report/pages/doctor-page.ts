import { type Html, html } from '../html.js';
import type { Tone } from '../status-text.js';
import { count, outsideLink, pill, prose } from './fragments.js';
import { page } from './page.js';

type State = 'ok' | 'warn' | 'fail' | 'unknown';

export interface DoctorModel {
  readonly formToken: string;
  readonly findings: readonly {
    readonly id: string;
    readonly check: string;
    readonly state: State;
    readonly detail: string;
    readonly remedy?: string;
    readonly link?: string;
  }[];
}

/** What is wrong comes first. */
const ORDER: readonly State[] = ['fail', 'warn', 'unknown', 'ok'];
const LABELS: Readonly<Record<State, readonly [string, Tone]>> = {
  fail: ['To mend', 'bad'],
  warn: ['Attention', 'warn'],
  unknown: ['Not known', 'quiet'],
  ok: ['Fine', 'good'],
};

/** What the doctor found, what is wrong first, each with its remedy. */
export function renderDoctor({ formToken, findings }: DoctorModel): Html {
  const amount = (state: State) => findings.filter((finding) => finding.state === state).length;
  const [failed, warned] = [amount('fail'), amount('warn')];
  const tone = failed > 0 ? 'bad' : warned > 0 ? 'warn' : 'good';
  const title =
    failed > 0
      ? `${count(failed, 'thing')} to mend`
      : warned > 0
        ? `Working, with ${count(warned, 'thing')} to look at`
        : 'All is well';
  const sorted = ORDER.flatMap((state) => gather(findings.filter((finding) => finding.state === state)));
  return page({
    title: 'Doctor',
    signedIn: { formToken },
    main: html`<section class="stack"><p class="small"><a href="/">Overview</a></p><h1><span class="dot ${tone}" aria-hidden="true"></span>${title}</h1><p class="muted">Each outside system was asked just now. The same for a terminal: <code>npm run -s doctor</code>.</p></section>
<section class="card" aria-label="Findings"><ul class="incidents">
${sorted.map(renderFinding)}
</ul></section>`,
  });
}

type Finding = DoctorModel['findings'][number];

/** What one check says in several sentences and what needs nothing stands together. */
function gather(findings: readonly Finding[]): readonly (Finding & { readonly details: readonly string[] })[] {
  const rows: (Finding & { details: string[] })[] = [];
  for (const finding of findings) {
    const row = finding.state === 'ok' ? rows.find(({ check }) => check === finding.check) : undefined;
    if (row === undefined) rows.push({ ...finding, details: [finding.detail] });
    else row.details.push(finding.detail);
  }
  return rows;
}

function renderFinding({ check, state, details, remedy, link }: ReturnType<typeof gather>[number]): Html {
  const [label, tone] = LABELS[state];
  const more = state !== 'ok' && link !== undefined && outsideLink(link, `More about ${check}`);
  return html`<li><div class="row between"><h2>${check}</h2>${pill(label, tone)}</div>${details.map((detail) => html`<p>${prose(detail)}</p>`)}${(remedy !== undefined || more !== false) && html`<p class="small">${remedy !== undefined && prose(remedy)} ${more}</p>`}</li>`;
}
