import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGitHub } from '../../lib/adapters/github.js';
import { createLogger } from '../../lib/adapters/logger.js';
import { createVercel } from '../../lib/adapters/vercel.js';
import { type Config, readConfig } from '../../lib/config.js';
import { guardWrites } from '../../lib/flows/guarded-writes.js';
import { type SweepReport, type SweepRequest, sweep } from '../../lib/flows/sweep.js';
import type { World } from '../../lib/flows/world.js';
import type { Incident } from '../../lib/incident/incident.js';
import { suggestionsRepairer } from '../../lib/patch/suggestions/repairer.js';
import type { Repairer, Store } from '../../lib/ports.js';
import { createRedactor } from '../../lib/redaction/redactor.js';
import { type GitHubService, OWNER_TOKEN, startGitHubService } from '../contracts/github-service.js';
import { createMemoryStore } from '../fakes/memory-store.js';
import { type StartedService, startService } from '../sandbox/start-service.js';

export const VERCEL_TOKEN = 'vercel-token-of-the-tests';

/** GitHub and Vercel of the sandbox as processes of their own; recorded logs stand for builds. */
export interface Outside {
  readonly github: GitHubService;
  readonly vercel: StartedService;
  stop(): Promise<void>;
}

export async function startOutside(repositories: readonly string[]): Promise<Outside> {
  const folder = mkdtempSync(join(tmpdir(), 'flows-'));
  const github = await startGitHubService(repositories);
  const seed = join(folder, 'vercel.json');
  writeFileSync(
    seed,
    JSON.stringify({ token: VERCEL_TOKEN, github: { url: github.url, token: OWNER_TOKEN }, projects: [] }),
  );
  const vercel = await startService('sandbox/services/vercel.ts', ['--seed', seed, '--builder', 'recorded']);
  return {
    github,
    vercel,
    async stop() {
      await vercel.stop();
      await github.stop();
      rmSync(folder, { recursive: true });
    },
  };
}

export interface BuildRule {
  readonly when?: { readonly path: string; readonly includes?: string; readonly lacks?: string };
  readonly branch?: string;
  readonly project?: string;
  readonly sha?: string;
  readonly times?: number;
  readonly result: 'READY' | 'ERROR' | 'BLOCKED' | 'CANCELED';
  readonly log?: string;
  readonly errorCode?: string;
}

/** One repository with its projects, a store of its own, and a clock that can be moved on. */
export interface Scene {
  readonly world: World;
  /** How far the clock is ahead, in milliseconds. */
  readonly time: { ahead: number };
  readonly store: Store & { wipe(): void };
  readonly repository: { readonly owner: string; readonly name: string };
  /** How builds end from now on; the first rule that fits decides. */
  setBuilds(rules: readonly BuildRule[]): Promise<void>;
  push(files: Readonly<Record<string, string | null>>, branch?: string): Promise<string>;
  sweep(request?: Partial<SweepRequest>): Promise<SweepReport>;
  /** Sweeps, a while apart, until an incident has this status; fails after too many. */
  sweepUntil(status: Incident['status']): Promise<Incident>;
  incidents(): Promise<readonly Incident[]>;
  pass(milliseconds: number): void;
  /** Waits until Vercel has nothing left to build. */
  settle(): Promise<void>;
  merge(): Promise<void>;
  /** A commit whose deployment is not to be waited for. */
  forget(sha: string): void;
  /** Waits for the builds of a merge that somebody else made. */
  settleMerge(): Promise<void>;
  pulls(state?: 'all' | 'open'): Promise<readonly PullRequestJson[]>;
  branches(): Promise<readonly string[]>;
  comments(number: number): Promise<readonly string[]>;
  deployments(): Promise<readonly DeploymentJson[]>;
  readText(path: string, ref: string): Promise<string>;
}

export interface PullRequestJson {
  readonly number: number;
  readonly state: string;
  readonly merged_at: string | null;
  readonly title: string;
  readonly body: string;
  readonly head: { readonly ref: string; readonly sha: string };
}

export interface DeploymentJson {
  readonly id: string;
  readonly readyState: string;
  readonly target: string | null;
  readonly ref: string;
  readonly sha: string;
  readonly projectName: string;
  readonly source: string;
}

export async function openScene(
  outside: Outside,
  input: {
    readonly repository: string;
    readonly projects?: readonly { readonly name: string; readonly rootDirectory?: string }[];
    readonly files: Readonly<Record<string, string>>;
    readonly environment?: Readonly<Record<string, string>>;
    readonly repairers?: readonly Repairer[];
    /** Another scene, whose store and clock are this one's as well. */
    readonly beside?: Scene;
  },
): Promise<Scene> {
  const { github, vercel } = outside;
  const repository = { id: 0, owner: 'baker', name: input.repository };
  const path = `/repos/baker/${input.repository}`;
  const names = input.projects ?? [{ name: input.repository }];
  const time = input.beside?.time ?? { ahead: 0 };
  /** Vercel hears of a push a moment later; these commits must have their deployments before anything is settled. */
  const awaited = new Set<string>();
  const clock = { now: () => Date.now() + time.ahead };
  const store = input.beside?.store ?? createMemoryStore(clock);

  const control = async (method: string, where: string, body?: unknown): Promise<void> => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${vercel.url}${where}`, { method, ...sent });
    if (!answer.ok) throw new Error(`${method} ${where}: ${answer.status} ${await answer.text()}`);
  };
  for (const project of names)
    await control('POST', '/__control/projects', {
      framework: 'nextjs',
      ...project,
      repository: `baker/${input.repository}`,
      productionBranch: 'main',
    });

  const config = readConfig({
    VERCEL_TOKEN,
    VERCEL_API_URL: vercel.url,
    VERCEL_PROJECTS: names.map((project) => project.name).join(','),
    GITHUB_TOKEN: OWNER_TOKEN,
    GITHUB_API_URL: github.url,
    UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9',
    UPSTASH_REDIS_REST_TOKEN: 'unused',
    CRON_SECRET: 'cron-secret-of-the-tests',
    TRIGGER_SECRET: 'trigger-secret-of-the-tests',
    DASHBOARD_SECRET: 'dashboard-secret-of-the-tests',
    MAX_DEPLOYMENTS_PER_DAY: '100',
    LOG_LEVEL: 'error',
    ...input.environment,
  });
  const world = createTestWorld(config, { clock, store, repairers: input.repairers ?? [suggestionsRepairer] });

  const scene: Scene = {
    world,
    time,
    store,
    repository,
    async setBuilds(rules) {
      await control('DELETE', '/__control/results');
      for (const rule of rules) await control('POST', '/__control/results', rule);
    },
    async push(files, branch) {
      const sha = await github.commit(repository, files, branch);
      awaited.add(sha);
      return sha;
    },
    async sweep(request = {}) {
      const result = await sweep(world, { trigger: 'cron', ...request });
      if (result.outcome !== 'swept') throw new Error(result.outcome);
      return result.report;
    },
    async sweepUntil(status) {
      const story: string[] = [];
      for (let round = 0; round < 30; round += 1) {
        const report = await scene.sweep();
        story.push(...report.steps.map((step) => `${step.from} -> ${step.to}: ${step.note}`), ...report.problems);
        const found = (await scene.incidents()).find((incident) => incident.status === status);
        if (found !== undefined) return found;
        await scene.settle();
        scene.pass(61_000);
      }
      throw new Error(`no incident became ${status}:\n${story.join('\n')}`);
    },
    incidents: async () => await store.list({ limit: 100 }),
    pass(milliseconds) {
      time.ahead += milliseconds;
    },
    async settle() {
      for (let look = 0; look < 200; look += 1) {
        const deployments = await scene.deployments();
        const busy = deployments.some(({ readyState }) => ['QUEUED', 'INITIALIZING', 'BUILDING'].includes(readyState));
        const missing = [...awaited].some((sha) =>
          names.some(({ name }) => !deployments.some((one) => one.sha === sha && one.projectName === name)),
        );
        if (!busy && !missing) return;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
      throw new Error('a build never ended');
    },
    async merge() {
      const [open] = await scene.pulls('open');
      if (open === undefined) throw new Error('no open pull request');
      const merged = await github.call('PUT', `${path}/pulls/${open.number}/merge`, { merge_method: 'squash' });
      if (merged.status !== 200) throw new Error(`merge: ${merged.status}`);
      awaited.add(merged.json.sha);
    },
    forget: (sha) => void awaited.delete(sha),
    async settleMerge() {
      awaited.add((await github.call('GET', `${path}/git/ref/heads/main`)).json.object.sha);
      await scene.settle();
    },
    pulls: async (state = 'all') => (await github.call('GET', `${path}/pulls?state=${state}`)).json,
    branches: async () =>
      (await github.call('GET', `${path}/git/matching-refs/heads/fix/auto-repair-`)).json.map(
        ({ ref }: { ref: string }) => ref.replace('refs/heads/', ''),
      ),
    comments: async (number) =>
      (await github.call('GET', `${path}/issues/${number}/comments`)).json.map(({ body }: { body: string }) => body),
    async deployments() {
      const state = (await (await fetch(`${vercel.url}/__state`)).json()) as { deployments: readonly DeploymentJson[] };
      const own = new Set(names.map((project) => project.name));
      return state.deployments.filter(({ projectName }) => own.has(projectName));
    },
    readText: async (file, ref) =>
      Buffer.from((await github.call('GET', `${path}/contents/${file}?ref=${ref}`)).json.content, 'base64').toString(),
  };

  await scene.setBuilds([{ result: 'READY' }]);
  await scene.push(input.files);
  await scene.settle();
  return scene;
}

function createTestWorld(
  config: Config,
  parts: { readonly clock: World['clock']; readonly store: Store; readonly repairers: readonly Repairer[] },
): World {
  const redact = createRedactor([config.vercel.token, config.github.token]);
  const github = createGitHub({ token: config.github.token, baseUrl: config.github.apiUrl });
  const writes = [
    'createCommit',
    'createSignedCommit',
    'ensureBranch',
    'openPullRequest',
    'updatePullRequest',
    'mergePullRequest',
    'addLabels',
    'ensureComment',
    'ensureCommitComment',
    'ensureIssue',
    'setCommitStatus',
  ] as const;
  return {
    config,
    clock: parts.clock,
    redact,
    logger: createLogger({ level: config.logLevel, redact }),
    newToken: () => 'token',
    store: async () => parts.store,
    vercel: async () => createVercel({ token: config.vercel.token, baseUrl: config.vercel.apiUrl }),
    github: async () => guardWrites(github, writes, config, 'github'),
    repairers: async () => parts.repairers,
  };
}
