import { afterAll, beforeAll, expect, it } from 'vitest';
import { OUTAGE_LOG } from '../faults/recorded-builds.js';
import { type Outside, openScene, type Scene, startOutside } from './start-world.js';

const NAMES = ['one', 'two', 'three', 'four'] as const;
const FILES = { 'app/page.tsx': 'export default function Page() {\n  return <main>Hours</main>;\n}\n' };

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside(NAMES.map((name) => `out-${name}`));
});
afterAll(async () => {
  await outside.stop();
});

/** Repositories that share one store, as those of one installation do. */
async function openScenes(): Promise<readonly Scene[]> {
  const scenes: Scene[] = [];
  for (const name of NAMES) {
    const [beside] = scenes;
    const environment = { VERCEL_PROJECTS: NAMES.map((one) => `out-${one}`).join(',') };
    scenes.push(
      await openScene(outside, { repository: `out-${name}`, files: FILES, environment, ...(beside ? { beside } : {}) }),
    );
  }
  return scenes;
}

async function redeployed(scenes: readonly Scene[]): Promise<number> {
  const lists = await Promise.all(scenes.map((scene) => scene.deployments()));
  return lists.flat().filter(({ source }) => source === 'redeploy').length;
}

it('one of many repositories that fail in the same outage is deployed again, the rest once that one is ready', async () => {
  const scenes = await openScenes();
  const [first] = scenes;
  if (first === undefined) throw new Error('no scene');
  await first.setBuilds(NAMES.map((name) => ({ project: `out-${name}`, result: 'ERROR' as const, log: OUTAGE_LOG })));
  for (const scene of scenes) await scene.push({ 'README.md': 'Hours.\n' });
  for (const scene of scenes) await scene.settle();

  // 1. All see the failure at once, and again.
  await first.setBuilds([{ result: 'READY' }]);
  const counts: number[] = [];
  await Promise.all(scenes.map((scene) => scene.sweep()));
  counts.push(await redeployed(scenes));
  await Promise.all(scenes.flatMap((scene) => [scene.sweep(), scene.sweep()]));
  counts.push(await redeployed(scenes));

  // 2. The probe is ready: the others follow, each once.
  for (const scene of scenes) await scene.settle();
  for (let round = 0; round < 6; round += 1) {
    first.pass(61_000);
    for (const scene of scenes) await scene.sweep();
    for (const scene of scenes) await scene.settle();
  }

  expect(counts).toEqual([1, 1]);
  expect(await redeployed(scenes)).toBe(NAMES.length);
  expect((await first.incidents()).map(({ status }) => status)).toEqual(NAMES.map(() => 'healed'));
});
