import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOOD, MISSPELT, page } from '../faults/lives.js';
import { type Outside, startOutside } from '../faults/outside.js';
import { SYNTAX_LOG } from '../faults/recorded-builds.js';
import { FILES } from '../faults/run-life.js';
import { openStage, type Stage } from '../faults/stage.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside();
});
afterAll(async () => await outside.stop());

async function openQuietStage(): Promise<Stage> {
  const stage = await openStage(outside, { files: FILES });
  await stage.sweepOnce();
  return stage;
}

const statuses = async (stage: Stage) => (await stage.incidents()).map(({ status }) => status);

describe('after a day without a sweep', () => {
  it('what failed in the meantime is found by the next one, and repaired', async () => {
    const stage = await openQuietStage();
    await stage.pass(3 * HOUR_MS);
    await stage.push(page(MISSPELT));
    await stage.pass(21 * HOUR_MS);

    await stage.sweepUntil('verified');

    expect(await stage.pulls()).toHaveLength(1);
    expect(stage.problems).toEqual([]);
  });

  it('what failed and was mended in the meantime is left alone', async () => {
    const stage = await openQuietStage();
    await stage.pass(3 * HOUR_MS);
    await stage.push(page(MISSPELT));
    await stage.pass(3 * HOUR_MS);
    await stage.push(page(GOOD.replace('hours', 'times')));
    await stage.pass(18 * HOUR_MS);

    await stage.sweepOnce();

    expect(await statuses(stage)).toEqual([]);
    expect((await stage.store.listIgnored()).map(({ reason }) => reason)).toContain('not-newest');
    expect(await stage.pulls()).toEqual([]);
  });

  it('a repair that was under way goes on: its preview is not given up for the time in which nobody looked', async () => {
    const stage = await openQuietStage();
    await stage.push(page(MISSPELT));
    await stage.sweepOnce();
    expect(await statuses(stage)).toEqual(['proposed']);
    await stage.pass(24 * HOUR_MS);

    await stage.sweepUntil('verified');
    await stage.merge();
    await stage.pass(24 * HOUR_MS);
    await stage.sweepUntil('healed');

    expect(await stage.pulls()).toHaveLength(1);
  });
});

describe('a build that takes long', () => {
  it.each([
    ['ran 45 minutes', 0],
    ['ran 45 minutes after an hour in the queue', 60],
  ])('that %s and failed is found, though a sweep a minute had passed over it', async (_name, queuedMinutes) => {
    const stage = await openQuietStage();
    await stage.push(page(MISSPELT));
    const pushed = (await stage.deployments()).find(({ readyState }) => readyState === 'ERROR');
    await outside.ask('vercel', 'DELETE', `/v13/deployments/${pushed?.uid}`);
    const createdAt = outside.now();
    for (let minute = 0; minute < queuedMinutes + 45; minute += 1) {
      await stage.pass(MINUTE_MS);
      await stage.sweepOnce();
    }
    expect(await statuses(stage)).toEqual([]);

    // The API lists it among the failed from now on, under the time at which it was created.
    await outside.ask('vercel', 'POST', '/__control/deployments', {
      project: stage.name,
      target: 'production',
      readyState: 'ERROR',
      meta: pushed?.meta,
      log: SYNTAX_LOG,
      createdAt,
      buildingAt: createdAt + queuedMinutes * MINUTE_MS,
      ready: outside.now(),
    });
    await stage.sweepUntil('verified');

    expect(await stage.pulls()).toHaveLength(1);
  });
});
