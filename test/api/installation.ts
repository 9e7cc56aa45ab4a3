import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';
import { applyRewrites, findFunctions, readVercelConfig } from '../../sandbox/services/functions/vercel-config.js';
import { OWNER_TOKEN } from '../contracts/github-service.js';
import { type QueueMessage, startQueueServer } from '../fakes/queue-server.js';
import type { OutsideName } from '../faults/call-name.js';
import type { FaultyAnswer } from '../faults/faults.js';
import { type Outside, startOutside, VERCEL_TOKEN } from '../faults/outside.js';
import { type Asked, createTape, type Tape } from '../faults/proxy.js';
import { FILES } from '../faults/run-life.js';
import { openStage, type Stage } from '../faults/stage.js';
import { signDelivery } from '../webhooks/qstash-token.js';

export const ORIGIN = 'https://heal.bakery.example';

/** Every secret of the configuration, random and with characters that addresses have to encode. */
export const SECRETS = {
  VERCEL_TOKEN,
  GITHUB_TOKEN: OWNER_TOKEN,
  GEMINI_API_KEY: 'AIzaSyC7+qT/bK4wQn=XzP9mLd2RfHe8Yv1Gs0uA',
  CRON_SECRET: 'Wq8+Zr/4tNf=kB&2mXs7LhPd9cVyJg3E',
  TRIGGER_SECRET: 'Tg5+Ls/9wPc=rD&8nYb4KfXm1vZqHj6A',
  DASHBOARD_SECRET: 'Dh3+Mx/7qSv=tG&5bRk9NwJc2fLzPy8U',
  VERCEL_WEBHOOK_SECRET: 'Vn6+Bc/2yKj=wF&9pTd3QmXr7hSgLz4E',
  GITHUB_WEBHOOK_SECRET: 'Gk4+Jw/8mRt=zC&1vLs6BnYq5dPxHf7I',
  QSTASH_TOKEN: 'eyQ2+Hf/6bZn=xL&4kWv8TcRm3sJpDg9Y',
  QSTASH_CURRENT_SIGNING_KEY: 'sig_7Pb+Ny/3dLc=hT&6rKz2WqXm9vGj',
  QSTASH_NEXT_SIGNING_KEY: 'sig_2Xf+Rm/9jVk=sB&8wHn5TdLq4cZp',
  NOTIFY_WEBHOOK_SECRET: 'Nz9+Qd/5fWm=gX&7cPb1JtKs8rLvHy3O',
} as const;

/** One installation of the project: every function of `api/` in this process, over the services of the sandbox. */
export interface Installation {
  readonly outside: Outside;
  readonly stage: Stage;
  /** Paths of the functions, as the folder has them, with the methods that each answers. */
  readonly functions: ReadonlyMap<string, readonly string[]>;
  /** What the functions asked of the outside systems, in order. */
  readonly calls: readonly Asked[];
  /** Heads and bodies of all answers of the functions. */
  readonly answers: readonly string[];
  /** Heads and bodies of the notifications that arrived. */
  readonly notifications: readonly string[];
  /** What was published to the queue. */
  readonly published: readonly QueueMessage[];
  readonly secrets: Readonly<Record<string, string>>;
  /** Asks as Vercel would pass it on, and waits for what the function does after its answer. */
  ask(address: string, init?: RequestInit): Promise<Response>;
  /** What the outside systems of these names answer from now on, whatever they are asked. */
  refuse(systems: readonly OutsideName[], answer: FaultyAnswer): void;
  /** What Vercel Cron does every minute, and QStash with what was published then. */
  passMinute(): Promise<void>;
  /** Minutes until an incident has this status. */
  passUntil(status: string): Promise<void>;
  /** All that GitHub and Vercel know. */
  readServices(): Promise<string>;
  /** Every key of the store with its value. */
  readStore(): Promise<ReadonlyMap<string, unknown>>;
  stop(): Promise<void>;
}

type Handler = (request: Request) => Response | Promise<Response>;

const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'];
const MOST_MINUTES = 40;

export async function openInstallation(settings: Readonly<Record<string, string>> = {}): Promise<Installation> {
  const outside = await startOutside();
  const stage = await openStage(outside, { files: FILES });
  const queue = await startQueueServer({ token: SECRETS.QSTASH_TOKEN });
  const notifications: string[] = [];
  const receiver = createServer(async (incoming, outgoing) => {
    notifications.push(`${JSON.stringify(incoming.headers)} ${await text(incoming)}`);
    outgoing.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const notifyUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hooks/Hp2Kv8Tz5Qw9Lx4Nb7Rj1Md6Fs3Gc0Y`;

  const calls: Asked[] = [];
  const answers: string[] = [];
  const published: QueueMessage[] = [];
  // Its token sees every project, as in an account with several.
  const tape: Tape = { ...createTape(undefined), listener: (call) => void calls.push(call) };
  const process = outside.proxy.startProcess(tape);
  const secrets = { ...SECRETS, UPSTASH_REDIS_REST_TOKEN: outside.storeToken, NOTIFY_WEBHOOK_URL: notifyUrl };
  const environment = {
    ...stage.environment,
    ...secrets,
    VERCEL_API_URL: process.url('vercel'),
    GITHUB_API_URL: process.url('github'),
    UPSTASH_REDIS_REST_URL: process.url('upstash'),
    QSTASH_URL: queue.url,
    NOTIFY_ALLOW_PRIVATE: '1',
    PUBLIC_URL: ORIGIN,
    ...settings,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);

  // What Vercel's runtime gives a function: https://vercel.com/docs/functions/functions-api-reference/vercel-functions-package
  const later: Promise<unknown>[] = [];
  const context = { get: () => ({ waitUntil: (promise: Promise<unknown>) => void later.push(promise) }) };
  Object.assign(globalThis, { [Symbol.for('@vercel/request-context')]: context });

  const root = new URL('../../', import.meta.url).pathname;
  const config = readVercelConfig(root);
  const modules = new Map<string, Readonly<Record<string, Handler>>>();
  for (const [path, file] of findFunctions(root))
    modules.set(path, (await import(`${root}${file}`)) as Readonly<Record<string, Handler>>);

  async function ask(address: string, init: RequestInit = {}): Promise<Response> {
    const url = new URL(address, ORIGIN);
    const rewritten = modules.has(url.pathname) ? undefined : applyRewrites(config, url.pathname);
    for (const [name, value] of rewritten?.query ?? []) url.searchParams.set(name, value);
    const module = modules.get(rewritten?.path ?? url.pathname);
    if (module === undefined) return new Response('NOT_FOUND', { status: 404 });
    const handler = module[init.method ?? 'GET'];
    if (handler === undefined) return new Response('METHOD_NOT_ALLOWED', { status: 405 });
    const answer = await handler(new Request(url, init));
    await Promise.all(later.splice(0));
    answers.push(
      `${url.pathname} ${answer.status} ${JSON.stringify([...answer.headers])} ${await answer.clone().text()}`,
    );
    return answer;
  }

  async function deliver(): Promise<void> {
    for (const message of queue.take()) {
      published.push(message);
      const { destination, body } = message;
      const signature = signDelivery({
        body,
        url: destination,
        now: Date.now(),
        key: SECRETS.QSTASH_CURRENT_SIGNING_KEY,
      });
      const headers = { 'upstash-signature': signature };
      const answer = await ask(destination, { method: 'POST', body, headers });
      if (answer.status !== 200) throw new Error(`/api/heal answered ${answer.status}: ${await answer.text()}`);
    }
  }

  const installation: Installation = {
    outside,
    stage,
    functions: new Map(
      [...modules].map(([path, module]) => [path, METHODS.filter((method) => module[method] !== undefined)]),
    ),
    calls,
    answers,
    notifications,
    published,
    secrets,
    ask,
    refuse(systems, answer) {
      tape.refuse = ({ system }) => (systems.includes(system) ? answer : undefined);
    },
    async passMinute() {
      await outside.pass(61_000);
      const answer = await ask('/api/cron', { headers: { authorization: `Bearer ${SECRETS.CRON_SECRET}` } });
      if (answer.status !== 200) throw new Error(`/api/cron answered ${answer.status}: ${await answer.text()}`);
      await deliver();
      await stage.settle();
    },
    async passUntil(status) {
      let found: readonly string[] = [];
      for (let minute = 0; minute < MOST_MINUTES && !found.includes(status); minute += 1) {
        await installation.passMinute();
        const store = await installation.readStore();
        found = [...store].flatMap(([key, value]) => (key.includes(':incident:') ? [statusOf(value)] : []));
      }
      if (!found.includes(status)) throw new Error(`no incident became ${status}, but ${found.join() || 'none'}`);
    },
    async readServices() {
      const { github, vercel } = await outside.snapshot();
      return JSON.stringify([github, vercel]);
    },
    async readStore() {
      const keys = ((await outside.redis('keys', 'shp:*')) as string[]).sort();
      return new Map(await Promise.all(keys.map(async (key) => [key, await readKey(outside, key)] as const)));
    },
    async stop() {
      process.end();
      stage.end();
      receiver.closeAllConnections();
      receiver.close();
      await queue.close();
      await outside.stop();
      Object.assign(globalThis, { [Symbol.for('@vercel/request-context')]: undefined });
      vi.unstubAllEnvs();
    },
  };
  return installation;
}

/** By the kind of its value. */
const READ: Readonly<Record<string, readonly [command: string, ...rest: (string | number)[]]>> = {
  string: ['get'],
  hash: ['hgetall'],
  list: ['lrange', 0, -1],
  set: ['smembers'],
  zset: ['zrange', 0, -1, 'WITHSCORES'],
};

async function readKey(outside: Outside, key: string): Promise<unknown> {
  const kind = String(await outside.redis('type', key));
  const [command, ...rest] = READ[kind] ?? [];
  if (command === undefined) throw new Error(`a ${kind} at ${key} cannot be read`);
  return await outside.redis(command, key, ...rest);
}

function statusOf(hash: unknown): string {
  const fields = hash as readonly string[];
  const document = fields[fields.indexOf('document') + 1] ?? '{}';
  return (JSON.parse(document) as { readonly status?: string }).status ?? '';
}
