import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Compiled, compile } from './compile.js';
import { readFinalFacts } from './final-facts.js';
import { MISSPELT, page } from './lives.js';
import { type Outside, startOutside } from './outside.js';
import { FILES, recordLife } from './run-life.js';
import { openStage } from './stage.js';

const PROCESSES = 20;
/** Half a minute where nothing else runs. */
const LIFETIME_MS = 300_000;

let outside: Outside;
let compiled: Compiled;

beforeAll(async () => {
  [outside, compiled] = await Promise.all([startOutside(), compile()]);
});
afterAll(async () => {
  await outside.stop();
  compiled.remove();
});

it(
  'twenty processes on one store, by schedule, webhook and hand at once, do what one does',
  async () => {
    const beginning = await outside.snapshot();
    const { run: expected } = await recordLife(outside, beginning, 'healed');
    // The crowd lives by the true time.
    await outside.restore({ ...beginning, now: outside.trueNow() });
    const stage = await openStage(outside, { files: FILES });
    await stage.push(page(MISSPELT));
    const [failed] = await stage.deployments();

    const crowd = Array.from({ length: PROCESSES }, (_, number) => {
      const args = [number, stage.name, failed?.uid, stage.tape.projectId, LIFETIME_MS].map(String);
      return spawn(process.execPath, ['--enable-source-maps', compiled.script('sweeper.ts'), ...args], {
        env: { ...process.env, ...stage.environment },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
    });
    const complaints = Promise.all(crowd.map(async (child) => await text(child.stderr)));
    const ready = Promise.all(crowd.map(async (child) => await once(child.stdout, 'data')));
    await Promise.race([
      ready,
      complaints.then((texts) => Promise.reject(new Error(`The crowd ended: ${texts.join('')}`))),
    ]);
    for (const child of crowd) child.stdin.end('go');
    await waitFor(async () =>
      (await stage.incidents()).some(({ dueAt, status }) => dueAt === undefined || status === 'verified'),
    );
    expect((await stage.incidents()).map(({ status }) => status)).toEqual(['verified']);
    await stage.merge();

    expect((await complaints).join('')).toBe('');
    expect(await readFinalFacts(stage)).toEqual(expected.facts);
    stage.end();
  },
  LIFETIME_MS + 120_000,
);

async function waitFor(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + LIFETIME_MS; Date.now() < end; await delay(250)) if (await isSo()) return;
  throw new Error('It did not come about.');
}
