import type { Incident } from '../../lib/incident/incident.js';
import { OUTAGE_LOG } from './recorded-builds.js';
import type { Stage } from './stage.js';

export const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
export const MISSPELT = GOOD.replace('export', 'expot');
export const page = (text: string) => ({ 'app/page.tsx': text });

/** What somebody does, or sweeps until an incident has this status. */
export type Step = ((stage: Stage) => Promise<void>) | { readonly until: Incident['status'] };

const push =
  (text: string): Step =>
  async (stage) =>
    await stage.push(page(text));
const until = (status: Incident['status']): Step => ({ until: status });
const merge: Step = async (stage) => await stage.merge();
const close: Step = async (stage) => await stage.close();

/** Whole lives, from the push that breaks production to the end, with what people do on the way. */
export const LIVES = {
  healed: [push(MISSPELT), until('verified'), merge, until('healed')],
  'refuted then healed': [push(MISSPELT.replaceAll('main>', 'mian>')), until('verified'), merge, until('healed')],
  superseded: [push(MISSPELT), until('verified'), push(GOOD.replace('hours', 'times')), until('superseded')],
  rejected: [push(MISSPELT), until('verified'), close, until('rejected')],
  redeployed: [
    async (stage) =>
      // A second redeployment, which must not be, would be built as well.
      await stage.tellBuilds([
        { result: 'ERROR', log: OUTAGE_LOG, times: 1 },
        { result: 'READY', times: 5 },
      ]),
    push(`${GOOD}// outage\n`),
    until('healed'),
  ],
  escalated: [push(`${GOOD}// createClient\n`), until('escalated')],
} as const satisfies Record<string, readonly Step[]>;

export type LifeName = keyof typeof LIVES;
