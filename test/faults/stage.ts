import { createGitHub } from '../../lib/adapters/github.js';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import { createVercel } from '../../lib/adapters/vercel.js';
import { readConfig } from '../../lib/config.js';
import { createWorld } from '../../lib/deps.js';
import { AdapterError } from '../../lib/errors.js';
import { sweep } from '../../lib/flows/sweep.js';
import type { World } from '../../lib/flows/world.js';
import type { Incident } from '../../lib/incident/incident.js';
import type { Logger, Store } from '../../lib/ports.js';
import { OWNER_TOKEN } from '../contracts/github-service.js';
import type { OutsideName } from './call-name.js';
import { topicOf } from './comment-topic.js';
import { type Outside, type Snapshot, VERCEL_TOKEN } from './outside.js';
import { createTape, type Process, type Tape, TIMEOUT_MS } from './proxy.js';

/** Of one call. The waits between the tries are true ones. */
const RETRY = { tries: 2, maxWaitMs: 4 };
/** Past the lease of a killed run, and past every wait but those of limits. */
const PAUSE_MS = 61_000;
/** Longer than any time that a life lets pass. */
const OBSERVER_TIMEOUT_MS = 14 * 24 * 60 * 60 * 1000;
const MOST_SWEEPS = 40;

export interface PullRequestJson {
  readonly number: number;
  readonly state: string;
  readonly merged_at: string | null;
  readonly labels: readonly { readonly name: string }[];
  readonly head: { readonly ref: string; readonly sha: string };
}

export interface DeploymentJson {
  readonly uid: string;
  readonly readyState: string;
  readonly target: string | null;
  readonly source: string;
  readonly meta: Readonly<Record<string, string>>;
}

/** One repository, its Vercel project and its own part of the store, under one tape. */
export interface Stage {
  /** Of the repository and the project, and the prefix of the store's keys. */
  readonly name: string;
  /** Of this life, from here on. */
  readonly tape: Tape;
  /** Settings of a function that meets no faults and runs by the true time. */
  readonly environment: Readonly<Record<string, string>>;
  readonly outside: Outside;
  /** The store as it is, seen past the faults. */
  readonly store: Store;
  /** What no fault may bring about. */
  readonly problems: readonly string[];
  /** How builds of this project end that no general rule decides. */
  tellBuilds(results: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** One commit on `main` or on another branch. */
  push(files: Readonly<Record<string, string>>, branch?: string, message?: string): Promise<void>;
  merge(): Promise<void>;
  close(): Promise<void>;
  /** Sweeps by functions that may die, a while apart, until an incident has this status or none gets any further. */
  sweepUntil(status: Incident['status'], beforeSweep?: () => Promise<void>): Promise<void>;
  sweepOnce(): Promise<void>;
  /** Between two sweeps. */
  snapshot(): Promise<StageSnapshot>;
  /** Goes on from there with a fresh function, and with a fault where one is planned. */
  resume(snapshot: StageSnapshot, plan?: Tape['plan']): Promise<void>;
  /** The next sweep is run by a fresh function. */
  restartFunction(): void;
  pass(milliseconds: number): Promise<void>;
  /** Until Vercel has heard of every push, ours and those of the repair branches, and has built them all. */
  settle(): Promise<void>;
  incidents(): Promise<readonly Incident[]>;
  // biome-ignore lint/suspicious/noExplicitAny: GitHub's JSON, read field by field
  github(method: string, path: string, body?: unknown): Promise<any>;
  pulls(): Promise<readonly PullRequestJson[]>;
  deployments(): Promise<readonly DeploymentJson[]>;
  /** Names of the repair branches. */
  branches(): Promise<readonly string[]>;
  /** Of the comments on the first pull request, in their order. */
  commentTopics(): Promise<readonly string[]>;
  /** The store forgets everything. */
  wipe(): Promise<void>;
  /** Nothing of it is sent any more. */
  end(): void;
}

export interface StageSnapshot {
  readonly outside: Snapshot;
  readonly counts: ReadonlyMap<string, number>;
  readonly awaited: readonly string[];
}

let lastStage = 0;

export async function openStage(
  outside: Outside,
  input: { readonly files: Readonly<Record<string, string>> },
): Promise<Stage> {
  lastStage += 1;
  const name = `stage-${lastStage}`;
  const problems: string[] = [];

  const github: Stage['github'] = async (method, where, body) =>
    await outside.ask('github', method, where === '/user/repos' ? where : `/repos/baker/${name}${where}`, body);

  await github('POST', '/user/repos', { name, auto_init: true });
  // Vercel knows the repository from its first real commit on.
  const first = await makeCommit(input.files);
  const project = await outside.ask('vercel', 'POST', '/__control/projects', {
    name,
    framework: 'nextjs',
    repository: `baker/${name}`,
    productionBranch: 'main',
  });
  let tape = createTape(project.id);
  const observer = outside.proxy.startProcess(createTape(project.id));
  // What is judged by is not hurried: a time-out of the function under test moves the one clock of this process.
  const store = createUpstashStore({
    url: observer.url('upstash'),
    token: outside.storeToken,
    prefix: name,
    timeoutMs: OBSERVER_TIMEOUT_MS,
  });
  const awaited = new Set<string>();
  let running: { readonly process: Process; readonly world: World } | undefined;

  function start(): { readonly process: Process; readonly world: World } {
    const started = outside.proxy.startProcess(tape);
    const world = createStageWorld(outside, {
      process: started,
      prefix: name,
      onError: (sentence) => {
        if (!started.dead) problems.push(sentence);
      },
    });
    return { process: started, world };
  }

  const stage: Stage = {
    name,
    get tape() {
      return tape;
    },
    environment: {
      ...environmentOf(outside, (system) => outside.urls[system]),
      VERCEL_PROJECTS: name,
      LOG_LEVEL: 'error',
      // Vitest sets a MODE of its own.
      MODE: 'repair',
    },
    outside,
    store,
    problems,
    github,
    async tellBuilds(results) {
      for (const result of results)
        await outside.ask('vercel', 'POST', '/__control/results', { project: name, ...result });
    },
    push: async (files, branch, message) => await publish(await makeCommit(files, branch, message), branch),
    async merge() {
      const [pull] = await openPulls();
      awaited.add((await github('PUT', `/pulls/${pull?.number}/merge`, { merge_method: 'squash' })).sha);
      await settle();
    },
    async close() {
      const [pull] = await openPulls();
      await github('PATCH', `/pulls/${pull?.number}`, { state: 'closed' });
    },
    async sweepUntil(status, beforeSweep = async () => {}) {
      for (let round = 0; round < MOST_SWEEPS; round += 1) {
        await beforeSweep();
        await stage.sweepOnce();
        if ((await stage.incidents()).some((incident) => incident.status === status)) return;
        await stage.pass(PAUSE_MS);
      }
      const found = await stage.incidents();
      throw new Error(`no incident became ${status}, but ${found.map((incident) => incident.status).join() || 'none'}`);
    },
    async sweepOnce() {
      running ??= start();
      const { process: current, world } = running;
      current.nextTurn();
      const swept = sweep(world, { trigger: 'cron' }).catch((error: unknown) => {
        if (!current.dead && !(error instanceof AdapterError)) problems.push(String(error));
      });
      await Promise.race([swept, current.died]);
      if (current.dead) running = undefined;
      if (tape.building) await settle();
      tape.building = false;
    },
    async snapshot() {
      return { outside: await outside.snapshot(), counts: new Map(tape.counts), awaited: [...awaited] };
    },
    async resume(snapshot, plan) {
      stage.restartFunction();
      await outside.restore(snapshot.outside);
      tape = createTape(project.id, plan, snapshot.counts);
      problems.length = 0;
      awaited.clear();
      for (const sha of snapshot.awaited) awaited.add(sha);
    },
    restartFunction() {
      running?.process.end();
      running = undefined;
    },
    pass: async (milliseconds) => await outside.pass(milliseconds),
    settle,
    incidents: async () => await store.list({ limit: 100 }),
    pulls: async () => await github('GET', '/pulls?state=all'),
    async deployments() {
      const where = `/v7/deployments?limit=100&projectId=${project.id}`;
      return (await outside.ask('vercel', 'GET', where)).deployments;
    },
    async branches() {
      const refs: { ref: string }[] = await github('GET', '/git/matching-refs/heads/fix/auto-repair-');
      return refs.map(({ ref }) => ref.replace('refs/heads/', ''));
    },
    async commentTopics() {
      const comments: { body: string }[] = await github('GET', '/issues/1/comments?per_page=100');
      return comments.map(({ body }) => topicOf(body) ?? '');
    },
    async wipe() {
      await outside.redis('flushdb');
    },
    end() {
      running?.process.end();
      observer.end();
    },
  };

  async function openPulls(): Promise<readonly PullRequestJson[]> {
    return (await stage.pulls()).filter((pull) => pull.state === 'open');
  }

  async function settle(): Promise<void> {
    const refs: { object: { sha: string } }[] = await github('GET', '/git/matching-refs/heads/fix/');
    for (const { object } of refs) awaited.add(object.sha);
    for (let look = 0; look < 400; look += 1) {
      const deployments = await stage.deployments();
      const known = new Set(deployments.map((deployment) => deployment.meta.githubCommitSha));
      const busy = deployments.some(({ readyState }) => ['QUEUED', 'INITIALIZING', 'BUILDING'].includes(readyState));
      if (!busy && [...awaited].every((sha) => known.has(sha))) return;
      await new Promise((resolve) => setTimeout(resolve, look < 20 ? 0 : 10));
    }
    throw new Error('a build never ended');
  }

  async function makeCommit(
    files: Readonly<Record<string, string>>,
    branch = 'main',
    message = 'Push',
  ): Promise<string> {
    const parent = (await github('GET', `/git/ref/heads/${branch}`)).object.sha;
    const tree = await github('POST', '/git/trees', {
      base_tree: parent,
      tree: Object.entries(files).map(([file, content]) => ({ path: file, type: 'blob', mode: '100644', content })),
    });
    return (await github('POST', '/git/commits', { message, tree: tree.sha, parents: [parent] })).sha;
  }

  async function publish(sha: string, branch = 'main'): Promise<void> {
    await github('PATCH', `/git/refs/heads/${branch}`, { sha });
    awaited.add(sha);
    await settle();
  }

  await publish(first);
  return stage;
}

/** The world of a function whose every call goes through the fault proxy, by the names of `process`. */
export function createStageWorld(
  outside: Outside,
  parts: {
    readonly process: Process;
    readonly prefix: string;
    readonly settings?: Readonly<Record<string, string>>;
    onError(sentence: string): void;
  },
): World {
  const { process, prefix, settings, onError } = parts;
  const config = readConfig({ ...environmentOf(outside, (system) => process.url(system)), ...settings });
  const short = { timeoutMs: TIMEOUT_MS, retry: RETRY };
  const vercel = createVercel({ token: config.vercel.token, baseUrl: config.vercel.apiUrl, ...short });
  const github = createGitHub({ token: config.github.token, baseUrl: config.github.apiUrl, ...short });
  const store = createUpstashStore({
    ...config.redis,
    prefix,
    timeoutMs: TIMEOUT_MS,
    repeatAfterMs: RETRY.maxWaitMs,
  });
  return {
    ...createWorld(config),
    logger: createQuietLogger(onError),
    store: async () => store,
    vercel: async () => vercel,
    github: async () => github,
  };
}

function environmentOf(outside: Outside, urlOf: (system: OutsideName) => string): Readonly<Record<string, string>> {
  return {
    VERCEL_TOKEN,
    VERCEL_API_URL: urlOf('vercel'),
    GITHUB_TOKEN: OWNER_TOKEN,
    GITHUB_API_URL: urlOf('github'),
    UPSTASH_REDIS_REST_URL: urlOf('upstash'),
    UPSTASH_REDIS_REST_TOKEN: outside.storeToken,
    CRON_SECRET: 'cron-secret-of-the-tests',
    TRIGGER_SECRET: 'trigger-secret-of-the-tests',
    DASHBOARD_SECRET: 'dashboard-secret-of-the-tests',
    MAX_DEPLOYMENTS_PER_DAY: '100',
  };
}

/** What is logged as an error is a defect: failures outside are warnings. */
function createQuietLogger(onError: (sentence: string) => void): Logger {
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, facts) => onError(`${message} ${JSON.stringify(facts)}`),
    child: () => logger,
  };
  return logger;
}
