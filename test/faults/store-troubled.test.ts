import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { examine } from '../../lib/flows/doctor.js';
import type { Fault } from './faults.js';
import { readFinalFacts } from './final-facts.js';
import { MISSPELT, page } from './lives.js';
import { type Outside, type Snapshot, startOutside } from './outside.js';
import { TIMEOUT_MS } from './proxy.js';
import { FILES, type RecordedLife, recordLife } from './run-life.js';
import { createStageWorld, openStage, type Stage } from './stage.js';

/** What a store in trouble is like, and how it gets over it. */
interface Trouble {
  begin(): Promise<void>;
  end(): Promise<void>;
}

// Whole lives, on a machine that may be busy.
vi.setConfig({ testTimeout: 240_000 });

const outages: readonly Fault[] = ['cut-before', 'time-out', '500', '503', '429-without-hint', 'html-page'];

describe('a store in trouble', () => {
  let outside: Outside;
  let beginning: Snapshot;
  let healed: RecordedLife;
  let stage: Stage;

  beforeAll(async () => {
    outside = await startOutside();
    beginning = await outside.snapshot();
    healed = await recordLife(outside, beginning, 'healed');
  });
  afterEach(() => stage.end());
  afterAll(async () => {
    await outside.stop();
  });

  const open = async (): Promise<Stage> => {
    await outside.restore(beginning);
    stage = await openStage(outside, { files: FILES });
    return stage;
  };
  const outage = (fault: Fault): Trouble => ({
    async begin() {
      stage.tape.outage = { system: 'upstash', fault };
    },
    async end() {
      stage.tape.outage = undefined;
    },
  });
  const full: Trouble = {
    async begin() {
      await outside.redis('config', 'set', 'maxmemory-policy', 'noeviction');
      await outside.redis('config', 'set', 'maxmemory', '1mb');
    },
    async end() {
      await outside.redis('config', 'set', 'maxmemory', '0');
    },
  };
  const troubles: readonly [string, Trouble][] = [
    ...outages.map((fault): [string, Trouble] => [`down (${fault})`, outage(fault)]),
    ['full', full],
  ];

  const countWrites = async (): Promise<number> =>
    (await stage.branches()).length + (await stage.pulls()).length + (await stage.deployments()).length;

  it.each(troubles)(
    '%s for an hour at any time of a life: nothing is done meanwhile, and nothing is lost',
    async (_, trouble) => {
      await open();
      const suffer = async () => {
        const before = await countWrites();
        await trouble.begin();
        for (let round = 0; round < 3; round += 1) {
          await stage.sweepOnce();
          await stage.pass(1_200_000);
        }
        await trouble.end();
        expect(await countWrites()).toBe(before);
      };

      await stage.push(page(MISSPELT));
      await suffer();
      await stage.sweepOnce();
      await suffer();
      await stage.sweepUntil('verified');
      await suffer();
      await stage.merge();
      await suffer();
      await stage.sweepUntil('healed');

      expect(await readFinalFacts(stage)).toEqual(healed.run.facts);
      expect(stage.problems).toEqual([]);
    },
  );

  it.each(troubles)(
    '%s from any call of a sweep on: the next sweeps bring it to the same end',
    async (_, trouble) => {
      const calls = healed.run.turns[0]?.filter((call) => call.startsWith('upstash')) ?? [];
      for (let after = 1; after < calls.length; after += 1) {
        await open();
        await stage.push(page(MISSPELT));
        let seen = 0;
        stage.tape.listener = async ({ system }) => {
          if (system === 'upstash') seen += 1;
          if (seen === after) await trouble.begin();
        };
        await stage.sweepOnce();
        delete stage.tape.listener;
        await trouble.end();
        await stage.pass(61_000);
        await stage.sweepUntil('verified');
        await stage.merge();
        await stage.sweepUntil('healed');

        const [facts, expected] = [await readFinalFacts(stage), healed.run.facts];
        expect({ after, facts: facts.filter((fact) => !fact.startsWith('history')) }).toEqual({
          after,
          facts: expected.filter((fact) => !fact.startsWith('history')),
        });
        expect(stage.problems).toEqual([]);
        stage.end();
      }
    },
    120_000,
  );

  it('the judge waits however far the clock goes on meanwhile', async () => {
    await open();
    const looked = stage.incidents();
    await stage.pass(3_600_000);
    expect(await looked).toEqual([]);
  });

  it('slow: the commands that nobody waited for change nothing', async () => {
    await open();
    const [, pid] = /process_id:(\d+)/.exec(String(await outside.redis('info', 'server'))) ?? [];
    await stage.push(page(MISSPELT));
    await stage.sweepOnce();

    process.kill(Number(pid), 'SIGSTOP');
    const sweeps = (async () => {
      for (let round = 0; round < 3; round += 1) await stage.sweepOnce();
    })();
    let over = false;
    void sweeps.finally(() => {
      over = true;
    });
    for (; !over; await delay(20)) outside.passWithoutStore(TIMEOUT_MS);
    process.kill(Number(pid), 'SIGCONT');

    await stage.pass(61_000);
    await stage.sweepUntil('verified');
    await stage.merge();
    await stage.sweepUntil('healed');
    expect(await readFinalFacts(stage)).toEqual(healed.run.facts);
  });

  it('evicting: whatever key goes at whatever time, there is one pull request and nothing is said twice', async () => {
    await open();
    await stage.push(page(MISSPELT));
    const moments: { readonly snapshot: Awaited<ReturnType<Stage['snapshot']>>; readonly keys: readonly string[] }[] =
      [];
    const keep = async () => {
      const keys = (await outside.redis('keys', `${stage.name}:*`)) as string[];
      stage.restartFunction();
      moments.push({ snapshot: await stage.snapshot(), keys });
    };
    await stage.sweepUntil('verified', keep);
    await keep();

    let cases = 0;
    const wrong: string[] = [];
    for (const [moment, { snapshot, keys }] of moments.entries()) {
      for (const key of keys) {
        await stage.resume(snapshot);
        await outside.redis('del', key);
        for (let round = 0; round < 4; round += 1) {
          await stage.sweepOnce();
          await stage.pass(61_000);
        }
        await stage.merge();
        for (let round = 0; round < 4; round += 1) {
          await stage.sweepOnce();
          await stage.pass(600_000);
        }
        cases += 1;
        const topics = await stage.commentTopics();
        const statuses = (await stage.incidents()).map(({ status }) => status);
        const found = {
          pulls: (await stage.pulls()).length,
          branches: (await stage.branches()).length,
          twice: topics.filter((topic, index) => topics.indexOf(topic) !== index),
          open: (await stage.store.readPulse()).open,
          // Where the list itself is gone, so is the way to read it.
          statuses: key.endsWith(':recent') && statuses.length === 0 ? ['healed'] : statuses,
        };
        const right = { pulls: 1, branches: 1, twice: [], open: 0, statuses: ['healed'] };
        if (JSON.stringify(found) !== JSON.stringify(right)) wrong.push(`${moment} ${key}: ${JSON.stringify(found)}`);
      }
    }
    expect(wrong).toEqual([]);
    console.log(`evicted keys: ${cases}`);
    expect(cases).toBeGreaterThan(20);
  });

  it('evicting: a rejection is not forgotten with any key', async () => {
    await open();
    await stage.push(page(MISSPELT));
    await stage.sweepUntil('verified');
    await stage.close();
    await stage.sweepUntil('rejected');
    await stage.pass(61_000);
    const snapshot = await stage.snapshot();
    const keys = (await outside.redis('keys', `${stage.name}:*`)) as string[];

    for (const key of keys) {
      await stage.resume(snapshot);
      await outside.redis('del', key);
      await stage.push(page(`${MISSPELT}// again\n`));
      for (let round = 0; round < 4; round += 1) {
        await stage.sweepOnce();
        await stage.pass(61_000);
      }
      expect({ key, pulls: (await stage.pulls()).length }).toEqual({ key, pulls: 1 });
    }
  });

  it.each(troubles)('%s: the doctor says so in a sentence, and says well again afterwards', async (_, trouble) => {
    await open();
    const world = createStageWorld(outside, {
      process: outside.proxy.startProcess(stage.tape),
      prefix: stage.name,
      onError: () => {},
    });
    const storeFinding = async () => (await examine(world)).findings.find(({ id }) => id.startsWith('store'));

    await trouble.begin();
    const ill = await storeFinding();
    await trouble.end();
    const well = await storeFinding();

    expect(ill).toMatchObject({ state: 'fail' });
    expect(`${ill?.detail} ${ill?.remedy}`).toMatch(/store|Upstash|database/i);
    expect(well).toMatchObject({ state: 'ok' });
  });
});
