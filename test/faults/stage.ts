import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
import { startService } from '../sandbox/start-service.js';
import type { OutsideName } from './call-name.js';
import { topicOf } from './comment-topic.js';
import { createTape, type FaultProxy, type Process, startFaultProxy, type Tape } from './proxy.js';
import { BUILDS } from './recorded-builds.js';

const VERCEL_TOKEN = 'vercel-token-of-the-tests';
/** Long enough for a busy machine: a time-out that nobody planned is one more fault. */
const TIMEOUT_MS = 3_000;
const RETRY = { tries: 2, maxWaitMs: 20 };
/** Past the lease of a killed run, and past every wait but those of limits. A multiple of a second. */
const PAUSE_MS = 61_000;
const MOST_SWEEPS = 40;

/** GitHub, Vercel and Upstash of the sandbox, each a process, with the fault proxy before them. */
export interface Outside {
  readonly proxy: FaultProxy;
  readonly urls: { readonly github: string; readonly vercel: string; readonly upstash: string };
  readonly storeToken: string;
  stop(): Promise<void>;
}

export async function startOutside(): Promise<Outside> {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'));
  const seeds = { github: join(folder, 'github.json'), vercel: join(folder, 'vercel.json') };
  writeFileSync(
    seeds.github,
    JSON.stringify({ users: [{ login: 'baker' }], tokens: { [OWNER_TOKEN]: 'baker' }, repositories: [] }),
  );
  const github = await startService('sandbox/services/github.ts', ['--seed', seeds.github]);
  writeFileSync(
    seeds.vercel,
    JSON.stringify({ token: VERCEL_TOKEN, github: { url: github.url, token: OWNER_TOKEN }, projects: [] }),
  );
  const vercel = await startService('sandbox/services/vercel.ts', ['--seed', seeds.vercel, '--builder', 'recorded']);
  const upstash = await startService('sandbox/services/upstash.ts');
  const urls = { github: github.url, vercel: vercel.url, upstash: upstash.url };
  for (const build of BUILDS) await ask(vercel.url, 'POST', '/__control/results', build);
  const proxy = await startFaultProxy(urls);
  return {
    proxy,
    urls,
    storeToken: upstash.facts.token ?? '',
    async stop() {
      await proxy.close();
      await Promise.all([github, vercel, upstash].map((service) => service.stop()));
      rmSync(folder, { recursive: true });
    },
  };
}

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
  readonly tape: Tape;
  /** Settings of a function that meets no faults and runs by the true time. */
  readonly environment: Readonly<Record<string, string>>;
  /** The store as it is, seen past the faults. */
  readonly store: Store;
  /** What no fault may bring about. */
  readonly problems: readonly string[];
  /** How builds of this project end that no general rule decides. */
  tellBuilds(results: readonly Readonly<Record<string, unknown>>[]): Promise<void>;
  /** One commit on `main` or on another branch. */
  push(files: Readonly<Record<string, string>>, branch?: string): Promise<void>;
  merge(): Promise<void>;
  close(): Promise<void>;
  /** Sweeps by functions that may die, a while apart, until an incident has this status or none gets any further. */
  sweepUntil(status: Incident['status']): Promise<void>;
  sweepOnce(): Promise<void>;
  pass(milliseconds: number): Promise<void>;
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
  redis(...command: readonly (string | number)[]): Promise<unknown>;
  /** Leaves nothing behind in the services. */
  clear(): Promise<void>;
}

let lastStage = 0;

export async function openStage(
  outside: Outside,
  input: { readonly files: Readonly<Record<string, string>>; readonly plan?: Tape['plan'] },
): Promise<Stage> {
  lastStage += 1;
  const name = `stage-${process.pid}-${lastStage}`;
  const path = `/repos/baker/${name}`;
  const problems: string[] = [];

  const github: Stage['github'] = async (method, where, body) =>
    await ask(outside.urls.github, method, where === '/user/repos' ? where : path + where, body, OWNER_TOKEN);
  const redis = async (...command: readonly (string | number)[]): Promise<unknown> =>
    (await ask(outside.urls.upstash, 'POST', '/', command, outside.storeToken)).result;

  await github('POST', '/user/repos', { name, auto_init: true });
  // Vercel knows the repository from its first real commit on.
  const first = await makeCommit(input.files);
  const project = await ask(outside.urls.vercel, 'POST', '/__control/projects', {
    name,
    framework: 'nextjs',
    repository: `baker/${name}`,
    productionBranch: 'main',
  });
  const tape = createTape(input.plan, project.id);
  const clock = { now: () => Date.now() + tape.aheadMs };
  const observer = outside.proxy.startProcess(createTape(undefined, project.id));
  const store = createUpstashStore({ url: observer.url('upstash'), token: outside.storeToken, prefix: name });
  const awaited = new Set<string>();
  let running: { readonly process: Process; readonly world: World } | undefined;

  function start(): { readonly process: Process; readonly world: World } {
    const started = outside.proxy.startProcess(tape);
    const world = createStageWorld(outside, {
      process: started,
      clock,
      prefix: name,
      onError: (sentence) => {
        if (!started.dead) problems.push(sentence);
      },
    });
    return { process: started, world };
  }

  const stage: Stage = {
    name,
    tape,
    environment: {
      ...environmentOf(outside, (system) => outside.urls[system]),
      VERCEL_PROJECTS: name,
      LOG_LEVEL: 'error',
    },
    store,
    problems,
    github,
    redis,
    async tellBuilds(results) {
      for (const result of results)
        await ask(outside.urls.vercel, 'POST', '/__control/results', { project: name, ...result });
    },
    push: async (files, branch) => await publish(await makeCommit(files, branch), branch),
    async merge() {
      const [pull] = await openPulls();
      awaited.add((await github('PUT', `/pulls/${pull?.number}/merge`, { merge_method: 'squash' })).sha);
      await settle();
    },
    async close() {
      const [pull] = await openPulls();
      await github('PATCH', `/pulls/${pull?.number}`, { state: 'closed' });
    },
    async sweepUntil(status) {
      for (let round = 0; round < MOST_SWEEPS; round += 1) {
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
    async pass(milliseconds) {
      tape.aheadMs += milliseconds;
      await redis('eval', AGE, 0, `${name}:*`, milliseconds);
    },
    incidents: async () => await store.list({ limit: 100 }),
    pulls: async () => await github('GET', '/pulls?state=all'),
    async deployments() {
      const where = `/v7/deployments?limit=100&projectId=${project.id}`;
      return (await ask(outside.urls.vercel, 'GET', where, undefined, VERCEL_TOKEN)).deployments;
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
      await redis('eval', FORGET, 0, `${name}:*`);
    },
    async clear() {
      running?.process.end();
      observer.end();
      for (const { uid } of await stage.deployments())
        await ask(outside.urls.vercel, 'DELETE', `/v13/deployments/${uid}`, undefined, VERCEL_TOKEN);
      await github('DELETE', '');
      await stage.wipe();
    },
  };

  async function openPulls(): Promise<readonly PullRequestJson[]> {
    return (await stage.pulls()).filter((pull) => pull.state === 'open');
  }

  /** Until Vercel has heard of every push, ours and those of the repair branches, and has built them all. */
  async function settle(): Promise<void> {
    const refs: { object: { sha: string } }[] = await github('GET', '/git/matching-refs/heads/fix/');
    for (const { object } of refs) awaited.add(object.sha);
    for (let look = 0; look < 400; look += 1) {
      const deployments = await stage.deployments();
      const known = new Set(deployments.map((deployment) => deployment.meta.githubCommitSha));
      const busy = deployments.some(({ readyState }) => ['QUEUED', 'INITIALIZING', 'BUILDING'].includes(readyState));
      if (!busy && [...awaited].every((sha) => known.has(sha))) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error('a build never ended');
  }

  async function makeCommit(files: Readonly<Record<string, string>>, branch = 'main'): Promise<string> {
    const parent = (await github('GET', `/git/ref/heads/${branch}`)).object.sha;
    const tree = await github('POST', '/git/trees', {
      base_tree: parent,
      tree: Object.entries(files).map(([file, content]) => ({ path: file, type: 'blob', mode: '100644', content })),
    });
    return (await github('POST', '/git/commits', { message: 'Push', tree: tree.sha, parents: [parent] })).sha;
  }

  async function publish(sha: string, branch = 'main'): Promise<void> {
    await github('PATCH', `/git/refs/heads/${branch}`, { sha });
    awaited.add(sha);
    await settle();
  }

  await publish(first);
  return stage;
}

function createStageWorld(
  outside: Outside,
  parts: {
    readonly process: Process;
    readonly clock: World['clock'];
    readonly prefix: string;
    onError(sentence: string): void;
  },
): World {
  const { process, clock, prefix, onError } = parts;
  const config = readConfig(environmentOf(outside, (system) => process.url(system)));
  const short = { timeoutMs: TIMEOUT_MS, retry: RETRY };
  const vercel = createVercel({ token: config.vercel.token, baseUrl: config.vercel.apiUrl, ...short });
  const github = createGitHub({ token: config.github.token, baseUrl: config.github.apiUrl, ...short });
  const store = createUpstashStore({ ...config.redis, prefix, timeoutMs: TIMEOUT_MS });
  return {
    ...createWorld(config),
    clock,
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

/** Brings every expiry of some keys nearer, which is what the passing of time does. */
const AGE = `
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do
  local left = redis.call('PTTL', key)
  if left >= 0 then redis.call('PEXPIRE', key, left - tonumber(ARGV[2])) end
end
return 1`;

const FORGET = `
for _, key in ipairs(redis.call('KEYS', ARGV[1])) do redis.call('DEL', key) end
return 1`;

// biome-ignore lint/suspicious/noExplicitAny: the services' JSON, read field by field
async function ask(url: string, method: string, path: string, body?: unknown, token?: string): Promise<any> {
  const answer = await fetch(url + path, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  return text === '' ? undefined : JSON.parse(text);
}
