import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFinalFacts } from './final-facts.js';
import { MISSPELT, page } from './lives.js';
import { type Outside, startOutside } from './outside.js';
import { FILES, recordLife } from './run-life.js';
import { openStage } from './stage.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROCESSES = 20;
const LIFETIME_MS = 240_000;

let outside: Outside;

beforeAll(async () => {
  outside = await startOutside();
});
afterAll(async () => {
  await outside.stop();
});

it(
  'twenty processes on one store, by schedule, webhook and hand at once, do what one does',
  async () => {
    const { run: expected } = await recordLife(outside, await outside.snapshot(), 'healed');
    const stage = await openStage(outside, { files: FILES });
    await stage.push(page(MISSPELT));
    const [failed] = await stage.deployments();

    const crowd = Array.from({ length: PROCESSES }, async (_, number) => {
      const args = [number, stage.name, failed?.uid, stage.tape.projectId, LIFETIME_MS].map(String);
      const child = spawn(process.execPath, ['--import', 'tsx', 'test/faults/sweeper.ts', ...args], {
        cwd: ROOT,
        env: { ...process.env, ...stage.environment },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      return await text(child.stderr);
    });
    const complaints = Promise.all(crowd);
    await waitFor(async () =>
      (await stage.incidents()).some(({ dueAt, status }) => dueAt === undefined || status === 'verified'),
    );
    expect((await stage.incidents()).map(({ status }) => status)).toEqual(['verified']);
    await stage.merge();

    expect((await complaints).join('')).toBe('');
    expect(await readFinalFacts(stage)).toEqual(expected.facts);
    stage.end();
  },
  LIFETIME_MS + 60_000,
);

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + LIFETIME_MS; Date.now() < end; await delay(250)) if (await isSo()) return;
  throw new Error('It did not come about.');
}
