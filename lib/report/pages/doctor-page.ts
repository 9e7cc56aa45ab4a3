import { type Html, html } from '../html.js';
import { count, pill, prose } from './fragments.js';
import { page } from './page.js';

export interface DoctorModel {
  readonly formToken: string;
  readonly findings: readonly {
    readonly check: string;
    readonly ok: boolean;
    readonly detail: string;
    readonly remedy?: string;
  }[];
}

/** What the doctor found, what is wrong first, each with its remedy. */
export function renderDoctor({ formToken, findings }: DoctorModel): Html {
  const wrong = findings.filter((finding) => !finding.ok);
  const sorted = [...wrong, ...findings.filter((finding) => finding.ok)];
  const tone = wrong.length === 0 ? 'good' : 'bad';
  return page({
    title: 'Doctor',
    signedIn: { formToken },
    main: html`<section class="stack"><p class="small"><a href="/">Overview</a></p><h1><span class="dot ${tone}" aria-hidden="true"></span>${wrong.length === 0 ? 'All is well' : `${count(wrong.length, 'thing')} to mend`}</h1><p class="muted">Each outside system was asked just now.</p></section>
<section class="card" aria-label="Findings"><ul class="incidents">
${sorted.map((finding) => html`<li><div class="row between"><h2>${finding.check}</h2>${finding.ok ? pill('Fine', 'good') : pill('To mend', 'bad')}</div><p>${prose(finding.detail)}</p>${finding.remedy !== undefined && html`<p class="small">${prose(finding.remedy)}</p>`}</li>`)}
</ul></section>`,
  });
}
