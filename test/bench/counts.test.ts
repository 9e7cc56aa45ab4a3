import { afterEach, describe, expect, test } from 'vitest';
import { BUDGET } from '../../lib/context/budget.js';
import { startOutside } from '../faults/outside.js';
import { buildTown } from '../load/town.js';
import { openBakery, type Repair, readDemoApp, readLargeApp, repairOnce } from './bakery.js';
import { createStillClock, type System, startGate } from './gate.js';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** One repair, in which an answer of the store takes so long and every other so long. */
async function repair(app: typeof readDemoApp, costs: { readonly outside: number; readonly store: number }) {
  const { outside, store } = costs;
  const bakery = await openBakery(app());
  closers.push(bakery.close);
  const gate = await startGate(
    bakery.services,
    { vercel: outside, github: outside, model: outside, store },
    createStillClock(),
  );
  closers.push(gate.close);
  return await repairOnce(bakery.openWorld(gate), gate);
}

function count({ asked }: Repair, ...systems: readonly System[]): number {
  return asked.filter(({ system }) => systems.includes(system)).length;
}

describe('from the first Vercel call to the open pull request', () => {
  test('no chain of requests that wait for one another grows past its bound', async () => {
    // Where everything else takes no time, the time is the number of requests in sequence.
    await repair(readDemoApp, { outside: 0, store: 0 });
    const outside = await repair(readDemoApp, { outside: 1, store: 0 });
    const store = await repair(readDemoApp, { outside: 0, store: 1 });
    const both = await repair(readDemoApp, { outside: 100, store: 10 });

    expect(outside.elapsedMs).toBeLessThanOrEqual(9);
    expect(store.elapsedMs).toBeLessThanOrEqual(6);
    expect(both.elapsedMs).toBeLessThanOrEqual(100 * outside.elapsedMs + 10 * store.elapsedMs);
    expect({
      vercel: count(both, 'vercel'),
      github: count(both, 'github'),
      model: count(both, 'model'),
      store: count(both, 'store'),
    }).toEqual({ vercel: 6, github: 12, model: 1, store: 12 });
  });

  test('a repository too large for its archive costs a request for each file read, and one more in sequence', async () => {
    const outside = await repair(readLargeApp, { outside: 1, store: 0 });
    const store = await repair(readLargeApp, { outside: 0, store: 1 });

    expect(outside.elapsedMs).toBeLessThanOrEqual(10);
    expect(store.elapsedMs).toBeLessThanOrEqual(6);
    expect(count(outside, 'vercel', 'github', 'model')).toBeLessThanOrEqual(16 + BUDGET.files);
  });
});

describe('a sweep', () => {
  /** The requests of the first sweep after a commit broke so many shops. */
  async function sweepOver(plan: { readonly shops: number; readonly healthy: number }) {
    const outside = await startOutside();
    closers.push(outside.stop);
    const town = await buildTown(outside, { ...plan, mall: 0 });
    await town.breakAll();
    const before = town.calls.length;
    const report = await town.sweep();
    const calls = town.calls.slice(before);
    const of = (name: string) => calls.filter(({ system }) => system === name).length;
    return {
      repaired: report.steps.filter(({ to }) => to === 'proposed').length,
      asked: { vercel: of('vercel'), github: of('github'), store: of('upstash') },
    };
  }

  test('with nothing to do asks Vercel once and gives the store two commands, however many projects there are', async () => {
    for (const healthy of [1, 100]) {
      const { asked } = await sweepOver({ shops: 0, healthy });
      expect(asked).toEqual({ vercel: 1, github: 0, store: 2 });
    }
  });

  test('with failures asks as much for each as for the first, and nothing for healthy projects', async () => {
    const one = await sweepOver({ shops: 1, healthy: 0 });
    expect(one.repaired).toBe(1);
    expect(one.asked).toEqual({ vercel: 6, github: 15, store: 15 });
    for (const plan of [
      { shops: 3, healthy: 0 },
      { shops: 5, healthy: 50 },
    ]) {
      const { repaired, asked } = await sweepOver(plan);
      const times = (first: number, idle: number) => idle + plan.shops * (first - idle);
      expect(repaired).toBe(plan.shops);
      expect(asked).toEqual({ vercel: times(6, 1), github: times(15, 0), store: times(15, 2) });
    }
  });
});
