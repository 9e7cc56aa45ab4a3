import { afterEach, describe, expect, it } from 'vitest';
import { type Outside, startOutside } from '../faults/outside.js';
import { buildTown, mostWithin, type Town } from './town.js';

const HOUR_MS = 3_600_000;
const WRITES_A_MINUTE = 80;
const WRITES_AN_HOUR = 500;
/** Eight writes for the attempt, and what is told from the verified preview to the healed production. */
const RESERVED_FOR_EACH = 15;
const OWN = { MAX_ATTEMPTS_PER_HOUR: '10000', MAX_ATTEMPTS_PER_DAY: '10000', MAX_DEPLOYMENTS_PER_DAY: '10000' };

let outside: Outside | undefined;
afterEach(async () => {
  await outside?.stop();
  outside = undefined;
});

/** A thousand projects, so many of which fail in one minute, twelve of them of one repository. */
async function breakTown(failing: number, settings: Readonly<Record<string, string>>): Promise<Town> {
  outside = await startOutside();
  const town = await buildTown(outside, { shops: failing - 12, mall: 12, healthy: 1_000 - failing, settings });
  await town.breakAll();
  return town;
}

async function expectOncePerRepository(town: Town, failing: number): Promise<void> {
  const repositories = failing - 11;
  const incidents = await town.incidents();
  expect(incidents).toHaveLength(failing);
  expect(incidents.filter(({ status }) => status === 'healed')).toHaveLength(repositories);
  expect(incidents.filter(({ status }) => status === 'joined')).toHaveLength(11);
  for (const path of [/\/git\/refs$/, /\/pulls$/])
    expect(town.calls.filter((call) => call.method === 'POST' && path.test(call.path))).toHaveLength(repositories);
  expect(town.problems).toEqual([]);
}

describe('1,000 projects, many failing in one minute', () => {
  const costs = new Map<number, number>();

  it.each([50, 100, 200])(
    '%i: all are proposed as soon as GitHub’s limits allow',
    async (failing) => {
      const town = await breakTown(failing, OWN);
      const began = outside?.now() ?? 0;
      const first = await town.sweep();
      expect(first.detected).toHaveLength(failing);
      await town.sweepUntilHealed();

      const writes = town.writes();
      const proposedAt = (await town.incidents()).map(({ reachedAt }) => reachedAt.proposed ?? 0);
      const minutes = (Math.max(...proposedAt) - began) / 60_000;
      costs.set(failing, town.apiCalls() / failing);
      const commands = town.calls.length - town.apiCalls() - town.sweeps;
      console.log(
        `${failing} failing: proposed within ${Math.round(minutes)} minutes, ${writes.length} writes, ` +
          `${town.apiCalls()} calls, ${commands} commands of the store, at most ${mostWithin(writes, 60_000)} writes a minute and ${mostWithin(writes, HOUR_MS)} an hour`,
      );
      await expectOncePerRepository(town, failing);
      expect(mostWithin(writes, 60_000)).toBeLessThanOrEqual(WRITES_A_MINUTE);
      expect(mostWithin(writes, HOUR_MS)).toBeLessThanOrEqual(WRITES_AN_HOUR);
      const reserved = (failing - 11) * RESERVED_FOR_EACH;
      expect(minutes).toBeLessThanOrEqual((reserved / WRITES_AN_HOUR) * 60 + 10);
    },
    1_800_000,
  );

  it('the calls grow with the failures and no faster', () => {
    const [few = 0, some = 0, many = 0] = [50, 100, 200].map((failing) => costs.get(failing));
    console.log(`calls to GitHub and Vercel for each failure: ${[few, some, many].map(Math.round).join(', ')}`);
    expect(few).toBeGreaterThan(0);
    // A twelfth of the smallest town's failures, and less of the others', are of one repository and cost one repair.
    expect(many).toBeLessThan(few * 1.35);
    expect(many).toBeLessThan(some * 1.15);
  });
});

it('in true time, as fast as this machine goes: 200 of 1,000 projects, each repaired once', async () => {
  const town = await breakTown(200, {
    ...OWN,
    MAX_GITHUB_WRITES_PER_MINUTE: '100000',
    MAX_GITHUB_WRITES_PER_HOUR: '100000',
  });
  const began = performance.now();
  await town.sweepUntilHealed({ minutesApart: 0 });
  console.log(`200 healed after ${Math.round((performance.now() - began) / 1000)} seconds`);
  await expectOncePerRepository(town, 200);
}, 1_800_000);
