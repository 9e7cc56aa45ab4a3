import type { SweepReport } from '../../lib/flows/sweep.js';
import { sweep } from '../../lib/flows/sweep.js';
import type { World } from '../../lib/flows/world.js';
import type { Incident } from '../../lib/incident/incident.js';
import { MISSPELT, page } from '../faults/lives.js';
import type { Outside } from '../faults/outside.js';
import { createTape } from '../faults/proxy.js';
import { FILES } from '../faults/run-life.js';
import { createStageWorld } from '../faults/stage.js';

/** A day of minutes. */
const MOST_SWEEPS = 1_440;

export interface Call {
  readonly at: number;
  readonly system: string;
  readonly method: string;
  readonly path: string;
}

/** Many projects of many repositories, watched by one installation. */
export interface Town {
  readonly world: World;
  /** All that the installation has asked of the outside. */
  readonly calls: readonly Call[];
  readonly problems: readonly string[];
  /** Breaks these projects with one commit for each repository. */
  breakAll(): Promise<void>;
  sweep(): Promise<SweepReport>;
  /** How often that was done. */
  readonly sweeps: number;
  /**
   * Sweeps, a minute of the virtual clock apart or as fast as it goes, until every failure is healed. People merge what
   * is verified at once.
   */
  sweepUntilHealed(pace?: { readonly minutesApart: number }): Promise<void>;
  /** Requests to GitHub and Vercel so far, but for the one that every sweep begins with. */
  apiCalls(): number;
  /** When something was written to GitHub. */
  writes(): readonly number[];
  incidents(): Promise<readonly Incident[]>;
  /** Until Vercel has built all that was pushed. */
  settle(): Promise<void>;
}

export async function buildTown(
  outside: Outside,
  plan: {
    /** Failing repositories with one project each. */
    readonly shops: number;
    /** Projects of the one failing monorepo. */
    readonly mall: number;
    /** Projects that nothing is wrong with, twenty a repository. */
    readonly healthy: number;
    readonly settings?: Readonly<Record<string, string>>;
  },
): Promise<Town> {
  const calls: Call[] = [];
  const problems: string[] = [];
  /** Deployments that there must be once Vercel has heard of everything. */
  let expected = 0;
  let settled = 0;
  function expectBuilds(repository: string): void {
    expected += repository === 'mall' ? plan.mall : 1;
  }
  const tape = {
    ...createTape(undefined),
    listener({ system, method, path }: Omit<Call, 'at'>) {
      calls.push({ at: outside.now(), system, method, path });
      const branched =
        system === 'github' && method === 'POST' ? /^\/repos\/baker\/([\w-]+)\/git\/refs$/.exec(path) : null;
      if (branched !== null) expectBuilds(branched[1] ?? '');
    },
  };
  const process = outside.proxy.startProcess(tape);
  const world = createStageWorld(outside, {
    process,
    prefix: 'town',
    onError: (sentence) => problems.push(sentence),
    ...(plan.settings === undefined ? {} : { settings: plan.settings }),
  });
  const store = await world.store();

  const shops = Array.from({ length: plan.shops }, (_, number) => `shop-${number}`);
  const blocks = Array.from({ length: Math.ceil(plan.healthy / 20) }, (_, number) => `block-${number}`);
  for (const name of [...shops, 'mall', ...blocks])
    await outside.ask('github', 'POST', '/user/repos', { name, auto_init: true });
  const addProject = async (name: string, repository: string) =>
    await outside.ask('vercel', 'POST', '/__control/projects', { name, repository: `baker/${repository}` });
  for (const name of shops) await addProject(name, name);
  for (let number = 0; number < plan.mall; number += 1) await addProject(`mall-${number}`, 'mall');
  for (let number = 0; number < plan.healthy; number += 1)
    await addProject(`home-${number}`, `block-${Math.floor(number / 20)}`);

  async function breakOne(name: string): Promise<void> {
    const path = `/repos/baker/${name}`;
    const parent = (await outside.ask('github', 'GET', `${path}/git/ref/heads/main`)).object.sha;
    const files = { ...FILES, ...page(MISSPELT) };
    const tree = await outside.ask('github', 'POST', `${path}/git/trees`, {
      tree: Object.entries(files).map(([file, content]) => ({ path: file, type: 'blob', mode: '100644', content })),
    });
    const commit = await outside.ask('github', 'POST', `${path}/git/commits`, {
      message: 'Push',
      tree: tree.sha,
      parents: [parent],
    });
    await outside.ask('github', 'PATCH', `${path}/git/refs/heads/main`, { sha: commit.sha });
    expectBuilds(name);
  }

  const merged = new Set<string>();
  async function merge({ id, repository, pullRequest }: Incident): Promise<void> {
    if (merged.has(id)) return;
    merged.add(id);
    const path = `/repos/baker/${repository.name}/pulls/${pullRequest?.number}/merge`;
    await outside.ask('github', 'PUT', path, { merge_method: 'squash' });
    expectBuilds(repository.name);
  }

  let sweeps = 0;
  const town: Town = {
    world,
    get sweeps() {
      return sweeps;
    },
    calls,
    problems,
    async breakAll() {
      for (const name of shops) await breakOne(name);
      if (plan.mall > 0) await breakOne('mall');
      await town.settle();
    },
    async sweep() {
      sweeps += 1;
      const result = await sweep(world, { trigger: 'cron' });
      if (result.outcome !== 'swept') throw new Error(result.outcome);
      return result.report;
    },
    async sweepUntilHealed({ minutesApart } = { minutesApart: 1 }) {
      for (let round = 0; round < MOST_SWEEPS; round += 1) {
        await town.sweep();
        await town.settle();
        const incidents = await town.incidents();
        if (incidents.length > 0 && incidents.every(({ status }) => status === 'healed' || status === 'joined')) return;
        const lost = incidents.find(({ status }) => status === 'escalated');
        if (lost !== undefined) throw new Error(`escalated: ${JSON.stringify(lost).slice(0, 2_000)}`);
        for (const incident of incidents) if (incident.status === 'verified') await merge(incident);
        await town.settle();
        if (minutesApart > 0) await outside.pass(minutesApart * 60_000);
        else await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
      throw new Error('not all were healed');
    },
    apiCalls: () => calls.filter(({ system }) => system !== 'upstash').length - sweeps,
    writes: () => calls.filter(({ system, method }) => system === 'github' && method !== 'GET').map(({ at }) => at),
    async incidents() {
      const found = new Map<string, Incident>();
      for (let before: number | undefined; ; ) {
        const page = await store.list({ limit: 100, ...(before === undefined ? {} : { before }) });
        for (const incident of page) found.set(incident.id, incident);
        const oldest = page.at(-1)?.openedAt;
        if (oldest === undefined || page.length < 100) return [...found.values()];
        before = oldest;
      }
    },
    async settle() {
      while (settled < expected) {
        const { deployments } = await outside.ask('vercel', 'GET', '/__state');
        settled = deployments.filter(({ readyState }: { readyState: string }) => /READY|ERROR/.test(readyState)).length;
        if (settled < expected) await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
  return town;
}

/** The most of these that ever fell into a stretch of time as long as the window. */
export function mostWithin(times: readonly number[], windowMs: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  let [most, first] = [0, 0];
  for (const [index, at] of sorted.entries()) {
    while ((sorted[first] ?? at) <= at - windowMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}
