import { OUTAGE_LOG } from './recorded-builds.js';
import type { Stage } from './stage.js';

export const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
export const MISSPELT = GOOD.replace('export', 'expot');
export const page = (text: string) => ({ 'app/page.tsx': text });

/** A whole life, from the push that breaks production to the end, with what people do on the way. */
export type Life = (stage: Stage) => Promise<void>;

export const LIVES = {
  async healed(stage) {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.merge();
    await stage.sweepUntil('healed');
  },
  async 'refuted then healed'(stage) {
    await stage.push(page(MISSPELT.replaceAll('main>', 'mian>')));
    await stage.sweepUntil('verified');
    await stage.merge();
    await stage.sweepUntil('healed');
  },
  async superseded(stage) {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.push(page(GOOD.replace('hours', 'times')));
    await stage.sweepUntil('superseded');
  },
  async rejected(stage) {
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.close();
    await stage.sweepUntil('rejected');
  },
  async redeployed(stage) {
    // A second redeployment, which must not be, would be built as well.
    await stage.tellBuilds([
      { result: 'ERROR', log: OUTAGE_LOG, times: 1 },
      { result: 'READY', times: 5 },
    ]);
    await stage.push(page(`${GOOD}// outage\n`));
    await stage.sweepUntil('healed');
  },
  async escalated(stage) {
    await stage.push(page(`${GOOD}// createClient\n`));
    await stage.sweepUntil('escalated');
  },
} as const satisfies Record<string, Life>;

export type LifeName = keyof typeof LIVES;
