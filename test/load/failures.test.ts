import { afterEach, expect, it } from 'vitest';
import { type Outside, startOutside } from '../faults/outside.js';
import { buildTown, mostWithin, type Town } from './town.js';

let outside: Outside | undefined;
afterEach(async () => await outside?.stop());

/** Limits that are the installation's own are out of the way; those of GitHub stay as they are. */
const SETTINGS = { MAX_ATTEMPTS_PER_HOUR: '10000', MAX_ATTEMPTS_PER_DAY: '10000', MAX_DEPLOYMENTS_PER_DAY: '10000' };

async function breakTown(plan: Omit<Parameters<typeof buildTown>[1], 'settings'>, settings = SETTINGS): Promise<Town> {
  await outside?.stop();
  outside = await startOutside();
  const town = await buildTown(outside, { ...plan, settings });
  await town.breakAll();
  return town;
}

it('1,000 projects, 200 failing in one minute: one sweep makes incidents of all, and asks nothing about the rest', async () => {
  const town = await breakTown({ shops: 188, mall: 12, healthy: 800 });

  const report = await town.sweep();

  expect(report.detected).toHaveLength(200);
  expect(report.problems).toEqual([]);
  const incidents = await town.incidents();
  expect(new Set(incidents.flatMap(({ failures }) => failures.map(({ deploymentId }) => deploymentId))).size).toBe(200);
  const joined = incidents.filter(({ status }) => status === 'joined');
  expect(joined).toHaveLength(11);
  expect(town.calls.filter(({ path }) => /home-|block-/.test(path))).toEqual([]);
  expect(mostWithin(town.writes(), 60_000)).toBeLessThanOrEqual(80);
  expect(town.problems).toEqual([]);
}, 300_000);

it('twice the failures cost twice the calls; what waits for GitHub’s write limit looks again, and not without bound', async () => {
  const costs: number[] = [];
  for (const shops of [2, 4, 8, 32]) {
    const town = await breakTown({ shops, mall: 0, healthy: 40 });
    await town.sweepUntilHealed();
    costs.push(town.apiCalls() / shops);
    expect(town.problems).toEqual([]);
  }

  // Eight repairs fit into the eighty writes that GitHub allows a minute; thirty-two wait for six minutes.
  const [two = 0, four = 0, eight = 0, many = 0] = costs;
  for (const cost of [four, eight]) expect(Math.abs(cost - two)).toBeLessThan(two * 0.1);
  expect(many).toBeLessThan(two * 1.5);
}, 300_000);
