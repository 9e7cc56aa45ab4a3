import { type GitHubSnapshot, startGitHub } from '../../sandbox/services/github.js';
import { startUpstash } from '../../sandbox/services/upstash.js';
import { startVercel, type VercelSnapshot } from '../../sandbox/services/vercel.js';
import { OWNER_TOKEN } from '../contracts/github-service.js';
import type { OutsideName } from './call-name.js';
import { type FaultProxy, startFaultProxy } from './proxy.js';
import { BUILDS } from './recorded-builds.js';
import { installVirtualTime } from './virtual-time.js';

export const VERCEL_TOKEN = 'vercel-token-of-the-tests';

/**
 * GitHub, Vercel and Upstash of the sandbox in this process, with the fault proxy before them. They and everything
 * else in this process live by one clock that can be set, and all that they know can be put back to an earlier time.
 */
export interface Outside {
  readonly proxy: FaultProxy;
  /** Where they listen, for whoever is to meet no faults. */
  readonly urls: Readonly<Record<OutsideName, string>>;
  readonly storeToken: string;
  /** Asks one of them past the faults. */
  // biome-ignore lint/suspicious/noExplicitAny: the services' JSON, read field by field
  ask(system: OutsideName, method: string, path: string, body?: unknown): Promise<any>;
  redis(...command: readonly (string | number)[]): Promise<unknown>;
  now(): number;
  /** By the machine's clock. */
  trueNow(): number;
  pass(milliseconds: number): Promise<void>;
  /** The same while the store cannot be told. */
  passWithoutStore(milliseconds: number): void;
  snapshot(): Promise<Snapshot>;
  restore(snapshot: Snapshot): Promise<void>;
  stop(): Promise<void>;
}

export interface Snapshot {
  readonly now: number;
  readonly github: GitHubSnapshot;
  readonly vercel: VercelSnapshot;
  /** Number of the store's copy. */
  readonly store: number;
}

export async function startOutside(): Promise<Outside> {
  const time = installVirtualTime();
  const github = await startGitHub({
    seed: { users: [{ login: 'baker' }], tokens: { [OWNER_TOKEN]: 'baker' }, repositories: [] },
  });
  const vercel = await startVercel({
    seed: {
      token: VERCEL_TOKEN,
      github: { url: github.url, token: OWNER_TOKEN, handle: github.handle },
      projects: [],
    },
    builder: 'recorded',
  });
  const upstash = await startUpstash();
  const services = { github, vercel, upstash };
  const tokens = { github: OWNER_TOKEN, vercel: VERCEL_TOKEN, upstash: upstash.token };
  let copies = 0;

  const ask: Outside['ask'] = async (system, method, path, body) => {
    const request = new Request(services[system].url + path, {
      method,
      headers: { authorization: `Bearer ${tokens[system]}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = await services[system].handle(request);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  const redis: Outside['redis'] = async (...command) => (await ask('upstash', 'POST', '/', command)).result;
  const pass = async (milliseconds: number) => {
    time.pass(milliseconds);
    await redis('eval', AGE, 0, milliseconds);
  };

  for (const build of BUILDS) await ask('vercel', 'POST', '/__control/results', build);
  const proxy = await startFaultProxy(services, { ahead: time.ahead, pass });

  return {
    proxy,
    urls: { github: github.url, vercel: vercel.url, upstash: upstash.url },
    storeToken: upstash.token,
    ask,
    redis,
    now: time.now,
    trueNow: () => time.now() - time.ahead(),
    pass,
    passWithoutStore: time.pass,
    async snapshot() {
      copies += 1;
      await redis('eval', KEEP, 0, `${COPY}${copies}:`);
      return { now: time.now(), github: github.snapshot(), vercel: vercel.snapshot(), store: copies };
    },
    async restore(snapshot) {
      time.set(snapshot.now);
      github.restore(snapshot.github);
      vercel.restore(snapshot.vercel);
      await redis('eval', PUT_BACK, 0, `${COPY}${snapshot.store}:`);
    },
    async stop() {
      await proxy.close();
      await Promise.all(Object.values(services).map((service) => service.close()));
      time.uninstall();
    },
  };
}

/** The store's copies are beside it. */
const COPY = 'copy-';
const LIVE_KEYS = `
local live = {}
for _, key in ipairs(redis.call('KEYS', '*')) do
  if string.sub(key, 1, ${COPY.length}) ~= '${COPY}' then live[#live + 1] = key end
end`;

/** Brings every expiry nearer, which is what the passing of time does. */
const AGE = `${LIVE_KEYS}
for _, key in ipairs(live) do
  local left = redis.call('PTTL', key)
  if left >= 0 then redis.call('PEXPIRE', key, left - tonumber(ARGV[1])) end
end
return 1`;

/** A copy does not age, so it has no expiry of its own. */
const KEEP = `${LIVE_KEYS}
for _, key in ipairs(live) do
  local left = redis.call('PTTL', key)
  redis.call('COPY', key, ARGV[1] .. key)
  redis.call('PERSIST', ARGV[1] .. key)
  redis.call('HSET', ARGV[1], key, left)
end
return 1`;

const PUT_BACK = `${LIVE_KEYS}
for _, key in ipairs(live) do redis.call('DEL', key) end
local kept = redis.call('HGETALL', ARGV[1])
for i = 1, #kept, 2 do
  redis.call('COPY', ARGV[1] .. kept[i], kept[i])
  if tonumber(kept[i + 1]) >= 0 then redis.call('PEXPIRE', kept[i], kept[i + 1]) end
end
return 1`;
