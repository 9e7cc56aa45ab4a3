import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Repairer } from '../../lib/ports.js';
import { SYNTAX_LOG } from '../faults/recorded-builds.js';
import { type Outside, openScene, startOutside } from './start-world.js';

const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
const MISSPELT = GOOD.replace('export', 'expot');

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside(['recalled']);
});
afterAll(async () => {
  await outside.stop();
});

it('repairs a failure that was healed before by the same patch, without a call of the model', async () => {
  const asked: string[] = [];
  const model: Repairer = {
    name: 'gemini',
    async repair({ diagnosis }) {
      asked.push(diagnosis.fingerprint);
      return {
        outcome: 'patch',
        usage: { calls: 1, inputTokens: 1000, outputTokens: 100 },
        patch: {
          repairer: 'gemini',
          edits: [{ kind: 'replace', path: 'app/page.tsx', search: 'expot', replace: 'export' }],
          cause: 'page.tsx misspells export.',
          change: 'Spells it right.',
          confidence: 0.9,
          origin: ['model-of-the-test'],
        },
      };
    },
  };
  const files = {
    'app/page.tsx': GOOD,
    'package.json': JSON.stringify({ name: 'hours', dependencies: { next: '15.5.6' } }),
  };
  const scene = await openScene(outside, { repository: 'recalled', files, repairers: [model] });
  await scene.setBuilds([
    { when: { path: 'app/page.tsx', includes: 'expot' }, result: 'ERROR', log: SYNTAX_LOG },
    { result: 'READY' },
  ]);
  await scene.push({ 'app/page.tsx': MISSPELT });
  await scene.settle();
  await scene.sweepUntil('verified');
  await scene.merge();
  await scene.settle();
  const first = await scene.sweepUntil('healed');

  await scene.push({ 'app/page.tsx': `${MISSPELT}// the same slip again\n` });
  await scene.settle();
  const again = await scene.sweepUntil('verified');

  expect(asked).toHaveLength(1);
  expect(again.diagnosis?.fingerprint).toBe(first.diagnosis?.fingerprint);
  expect(again.previousIncident).toBe(first.id);
  expect(again.attempts.map(({ patch }) => patch.repairer)).toEqual(['memory']);
  expect(again.usage).toEqual({ calls: 0, inputTokens: 0, outputTokens: 0 });
  expect(await scene.readText('app/page.tsx', again.attempts[0]?.branch ?? '')).toBe(`${GOOD}// the same slip again\n`);
});
