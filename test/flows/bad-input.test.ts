import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGeminiRepairer } from '../../lib/adapters/gemini.js';
import { suggestionsRepairer } from '../../lib/patch/suggestions/repairer.js';
import type { Repairer } from '../../lib/ports.js';
import { type GeminiServer, startGeminiServer } from '../fakes/gemini-server.js';
import { type Outside, openScene, type Scene, startOutside } from './start-world.js';

const FILES = {
  'package.json': JSON.stringify({ name: 'shop', scripts: { build: 'next build' }, dependencies: { next: '15.5.6' } }),
  'lib/price.ts': 'export const price: number = 1;\n',
};
const BROKEN = { 'lib/price.ts': 'export const price: number = "one";\n' };
const TYPE_LOG = `Running "npm run build"
> next build
Failed to compile.

./lib/price.ts:1:14
Type error: Type 'string' is not assignable to type 'number'.

> 1 | export const price: number = "one";
    |              ^
Next.js build worker exited with code: 1 and signal: null
Error: Command "npm run build" exited with 1`;

const NAMES = ['no-rights', 'no-error', 'unreadable', 'empty-tree', 'garbage', 'model-down'] as const;
let outside: Outside;
let gemini: GeminiServer;
let answer = '';

beforeAll(async () => {
  outside = await startOutside(NAMES);
  gemini = await startGeminiServer({ apiKey: 'gemini-key', answer: () => answer });
});
afterAll(async () => {
  await gemini.close();
  await outside.stop();
});

function repairers(baseUrl = gemini.url): readonly Repairer[] {
  return [
    suggestionsRepairer,
    createGeminiRepairer({ apiKey: 'gemini-key', models: ['gemini-3.8-flash'], baseUrl, maxWaitMs: 0 }),
  ];
}

async function breakBuild(
  repository: (typeof NAMES)[number],
  log: string,
  more: Partial<Parameters<typeof openScene>[1]> = {},
): Promise<Scene> {
  const scene = await openScene(outside, { repository, files: FILES, repairers: repairers(), ...more });
  await scene.setBuilds([
    { when: { path: 'lib/price.ts', includes: 'one' }, result: 'ERROR', log },
    { result: 'READY' },
  ]);
  await scene.push(BROKEN);
  await scene.settle();
  return scene;
}

async function expectNothingDone(scene: Scene): Promise<void> {
  expect(await scene.pulls()).toEqual([]);
  expect(await scene.branches()).toEqual([]);
}

describe('bad input ends in one sentence on the incident, with nothing half done', () => {
  it('a log without an error', async () => {
    answer = 'I cannot tell.';
    const scene = await breakBuild('no-error', 'Running "npm run build"\nCompiled successfully.\nCollecting page data');

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated).toMatchObject({ diagnosis: { errors: expect.anything() } });
    expect(escalated.status === 'escalated' && escalated.detail).toMatch(/^[A-Z`].+/);
    await expectNothingDone(scene);
  });

  it('a repository that the token cannot read', async () => {
    const scene = await breakBuild('unreadable', TYPE_LOG);
    await outside.github.addFault({
      path: '/repos/baker/unreadable',
      status: 404,
      body: { message: 'Not Found' },
      times: 1000,
    });

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated).toMatchObject({ reason: 'repository-unreadable' });
    await fetch(`${outside.github.url}/__control/faults`, { method: 'DELETE' });
    await expectNothingDone(scene);
  });

  it('a token that may write nothing but issues: the issue says so, once', async () => {
    const scene = await breakBuild('no-rights', TYPE_LOG, { repairers: [suggestionsRepairer] });
    const body = { message: 'Resource not accessible by personal access token' };
    for (const path of ['/repos/baker/no-rights/git/', '/repos/baker/no-rights/commits/'])
      await outside.github.addFault({ method: 'POST', path, status: 403, body, times: 1000 });
    answer = 'I cannot tell.';

    await scene.sweepUntil('escalated');
    scene.pass(3_600_000);
    await scene.sweep();

    await fetch(`${outside.github.url}/__control/faults`, { method: 'DELETE' });
    const issues = (await outside.github.call('GET', '/repos/baker/no-rights/issues?state=all')).json;
    expect(issues).toMatchObject([{ title: expect.stringContaining('The production build fails') }]);
  });

  it('a commit without files', async () => {
    const scene = await openScene(outside, { repository: 'empty-tree', files: FILES, repairers: repairers() });
    await scene.setBuilds([{ result: 'ERROR', log: TYPE_LOG }]);
    await scene.push({ ...Object.fromEntries(Object.keys(FILES).map((path) => [path, null])), 'README.md': null });
    await scene.settle();

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated).toMatchObject({ reason: 'empty-tree' });
    await expectNothingDone(scene);
  });

  it('a model answer that is not an answer', async () => {
    answer = 'Sure! Here is a poem about builds.';
    const scene = await breakBuild('garbage', TYPE_LOG);

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated.usage.calls).toBeGreaterThan(0);
    expect(escalated.status === 'escalated' && escalated.detail).toMatch(/answer/i);
    await expectNothingDone(scene);
  });

  it('a model that does not answer is asked again later, and nothing else happens meanwhile', async () => {
    const scene = await breakBuild('model-down', TYPE_LOG, { repairers: repairers('http://127.0.0.1:9') });

    await scene.sweep();
    scene.pass(300_000);
    await scene.sweep();

    const [incident] = await scene.incidents();
    expect(incident?.status).toBe('diagnosed');
    expect(incident?.dueAt).toBeGreaterThan(0);
    await expectNothingDone(scene);
  });
});
