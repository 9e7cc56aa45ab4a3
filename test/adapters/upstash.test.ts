import { spawn, spawnSync } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import { AdapterError } from '../../lib/errors.js';
import type { Incident } from '../../lib/incident/incident.js';
import type { Lease, Store } from '../../lib/ports.js';
import { type Fault, type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.js';
import { fakeAttempt, fakeFailure, fakeIncident } from '../report/incidents.js';
import { type StartedService, startService } from '../sandbox/start-service.js';

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;
const DAY_MS = 24 * 60 * 60 * 1000;
const HISTORY = { at: 1, event: 'opened', text: 'Opened.' };

describe.skipIf(!hasRedis)('the store over HTTP, with a real Redis behind it', () => {
  let service: StartedService;
  let proxy: FaultProxy;
  let store: Store;
  let token: string;

  beforeAll(async () => {
    service = await startService('sandbox/services/upstash.ts', ['--engine', 'redis-server']);
    token = service.facts.token ?? '';
    proxy = await startFaultProxy(service.url);
    store = createUpstashStore({ url: proxy.url, token, timeoutMs: 2_000 });
  });
  beforeEach(async () => {
    proxy.clear();
    await redis('FLUSHALL');
  });
  afterAll(async () => {
    await proxy?.close();
    await service?.stop();
  });

  async function redis(...command: readonly (string | number)[]): Promise<unknown> {
    const answer = await fetch(service.url, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(command),
    });
    const { result, error } = (await answer.json()) as { result?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return result;
  }

  async function openAndClaim(id: string): Promise<{ lease: Lease; incident: Incident }> {
    await store.open(detected(id), HISTORY);
    const claimed = await store.claim(id, 60_000);
    if (typeof claimed === 'string') throw new Error(`It was ${claimed}.`);
    return claimed;
  }

  describe('a reply that was lost', () => {
    const lossy: readonly Fault[] = ['cut-before', 'cut-after', 'half-body', 'html-page'];

    it.each(lossy)('opens once and says so (%s)', async (fault) => {
      proxy.plan(fault);

      expect(await store.open(detected('a'), HISTORY)).toBe('opened');
      expect(await store.readHistory('a')).toEqual([HISTORY]);
      expect(await store.open(detected('a'), HISTORY)).toBe('known');
    });

    it.each(lossy)('saves once and says so (%s)', async (fault) => {
      const { lease, incident } = await openAndClaim('a');
      proxy.plan(fault);

      expect(await store.save({ ...incident, hiccups: 1 }, lease, [HISTORY])).toBe('saved');
      expect(await store.find('a')).toMatchObject({ version: incident.version + 1, hiccups: 1 });
      expect(await store.readHistory('a')).toHaveLength(2);
      expect(await store.save({ ...incident, hiccups: 2 }, lease, [])).toBe('conflict');
    });

    it.each(lossy)('does not hold a lease against its own owner (%s)', async (fault) => {
      await store.open(detected('a'), HISTORY);
      proxy.plan(fault);

      expect(await store.claim('a', 60_000)).toMatchObject({ incident: { id: 'a' } });
      expect(await store.claim('a', 60_000)).toBe('held');
    });

    it.each(lossy)('takes from a limit once (%s)', async (fault) => {
      const limit = { name: 'calls', amount: 1, ceiling: 1, windowSeconds: 60 };
      proxy.plan(fault);

      expect(await store.reserve([limit])).toEqual({ granted: true });
      expect(await store.readUsage([limit])).toEqual([1]);
    });

    it.each(lossy)('claims a delivery for the one who asked (%s)', async (fault) => {
      proxy.plan(fault);

      expect(await store.deliveries.claim('d')).toBe('claimed');
      expect(await store.deliveries.claim('d')).toBe('busy');
    });

    it.each(lossy)('gives the same answer for a fingerprint, a turn and a sweep (%s)', async (fault) => {
      await store.open(detected('a'), HISTORY);
      proxy.plan(fault, 'none', fault, 'none', fault, 'none', fault, 'none');

      expect(await store.claimFingerprint(1, 'main', 'f', 'a')).toEqual({ owner: 'a' });
      expect(await store.takeTurn(1, 'main', 'a')).toEqual({ holder: 'a' });
      await store.completeSweep(5);
      await store.ignore({ deploymentId: 'dpl_x', projectName: 'web', reason: 'fork', createdAt: 1 });
      expect((await store.beginSweep(1)).lastSweepAt).toBe(5);
      expect(await store.listIgnored()).toHaveLength(1);
    });
  });

  describe('a store that is down', () => {
    const down: readonly Fault[] = ['cut-before', 'cut-after', 'half-body', 'html-page', { status: 500, body: '{}' }];

    it.each(down)('is unavailable after two tries (%s), and works again by itself', async (fault) => {
      const before = proxy.requests;
      proxy.plan(fault, fault);

      const error = await store.beginSweep(1).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ name: 'AdapterError', system: 'upstash', kind: 'unavailable', retryable: true });
      expect(proxy.requests - before).toBe(2);
      expect((await store.beginSweep(1)).due).toEqual([]);
    });

    it('that is slow is asked once, and does not poison what comes after', async () => {
      const before = proxy.requests;
      proxy.plan('silence');

      const error = await store.beginSweep(1).catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ kind: 'unavailable', message: 'The store did not answer in time.' });
      expect(proxy.requests - before).toBe(1);
      expect((await store.beginSweep(1)).due).toEqual([]);
    });

    it('at an address that is none says so', () => {
      expect(() => createUpstashStore({ url: 'not an address', token })).toThrow(AdapterError);
    });
  });

  describe('what the store refuses', () => {
    const reply = (error: string, status = 400): Fault => ({ status, body: JSON.stringify({ error }) });

    it.each([
      ['Unauthorized', 401, 'unauthorized', /UPSTASH_REDIS_REST_TOKEN/],
      ['WRONGPASS invalid or missing auth token', 401, 'unauthorized', /UPSTASH_REDIS_REST_TOKEN/],
      ["NOPERM this user has no permissions to run the 'eval' command", 400, 'forbidden', /READ_ONLY/],
      ["READONLY You can't write against a read only replica.", 400, 'forbidden', /READ_ONLY/],
      ["OOM command not allowed when used memory > 'maxmemory'.", 400, 'rate-limited', /full/],
      ['ERR Error running script: @user_script:3: OOM command not allowed', 400, 'rate-limited', /full/],
      ['ERR DB capacity quota exceeded', 400, 'rate-limited', /full/],
      ['ERR max requests limit exceeded. Limit: 500000, Usage: 500000', 400, 'rate-limited', /plan/],
      ['ERR max daily request limit exceeded', 429, 'rate-limited', /plan/],
      ['ERR max concurrent connections exceeded', 400, 'rate-limited', /at once/],
      ['ERR max request size exceeded', 400, 'rejected', /size/],
      ['LOADING Redis is loading the dataset in memory', 400, 'unavailable', /ready/],
      ['ERR unknown command with args beginning with: `s3cret`', 400, 'rejected', /\(ERR\)/],
      ['something new and s3cret', 400, 'rejected', /no code/],
    ])('%s', async (text, status, kind, message) => {
      proxy.plan(reply(text, status), reply(text, status));

      const error = await store.deliveries.complete('x').catch((thrown: unknown) => thrown);

      expect(error).toMatchObject({ name: 'AdapterError', system: 'upstash', kind });
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).not.toContain('s3cret');
    });

    it('never tells what was sent, nor the token', async () => {
      const commitMessage = 'password=hunter2-in-a-commit';
      const incident = detected('a', { failures: [fakeFailure({ deploymentId: 'dpl_a', commitMessage })] });
      const faults: Fault[] = [
        reply('ERR anything'),
        reply('OOM command not allowed'),
        'html-page',
        'cut-after',
        'silence',
        { status: 200, body: '{"result":{"a":1}}' },
        { status: 200, body: 'null' },
        { status: 200, body: JSON.stringify({ result: Buffer.from('hunter2 surprise').toString('base64') }) },
      ];

      const told: string[] = [];
      for (const fault of faults) {
        proxy.plan(fault, fault);
        const error = await store.open(incident, HISTORY).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(AdapterError);
        told.push(inspectDeeply(error));
        proxy.clear();
        await redis('FLUSHALL');
      }

      for (const one of told) {
        expect(one).not.toContain('hunter2');
        expect(one).not.toContain(token);
      }
    });
  });

  describe('a full store', () => {
    afterEach(async () => {
      await redis('CONFIG', 'SET', 'maxmemory', 0);
      await redis('CONFIG', 'SET', 'maxmemory-policy', 'noeviction');
    });

    it('says so, still reads, keeps what it had, and goes on when there is room', async () => {
      const { lease, incident } = await openAndClaim('a');
      await redis('CONFIG', 'SET', 'maxmemory', 1);

      await expect(store.save({ ...incident, hiccups: 1 }, lease, [HISTORY])).rejects.toMatchObject({
        kind: 'rate-limited',
      });
      await expect(store.open(detected('b'), HISTORY)).rejects.toThrow(/full/);
      await expect(store.ping()).rejects.toThrow(/full/);
      expect(await store.find('a')).toMatchObject({ hiccups: 0, version: incident.version });
      expect(await store.find('b')).toBeUndefined();
      expect(await store.readHistory('a')).toHaveLength(1);
      expect((await store.beginSweep(10)).due).toEqual(['a']);

      await redis('CONFIG', 'SET', 'maxmemory', 0);
      expect(await store.save({ ...incident, hiccups: 1 }, lease, [HISTORY])).toBe('saved');
    });

    it.each(['noeviction', 'allkeys-lru', 'volatile-ttl'])(
      'tells in a ping that it would drop keys: %s',
      async (policy) => {
        await redis('CONFIG', 'SET', 'maxmemory-policy', policy);

        expect((await store.ping()).evictionPolicy).toBe(policy);
      },
    );
  });

  describe('what is kept, and how long', () => {
    async function daysLeft(pattern: string): Promise<number> {
      const [key] = (await redis('KEYS', pattern)) as string[];
      const left = Number(await redis('PTTL', key ?? 'none'));
      return left < 0 ? left : Math.ceil(left / DAY_MS);
    }

    it('open incidents stay, ended ones go after 180 days, reopened ones stay', async () => {
      const { lease, incident } = await openAndClaim('a');
      const open = [await daysLeft('*incident:a'), await daysLeft('*history:a')];
      await store.save({ ...fakeIncident('escalated'), ...same(incident) } as Incident, lease, []);
      const ended = [await daysLeft('*incident:a'), await daysLeft('*history:a')];
      await store.save(
        { ...fakeIncident('diagnosed'), ...same(incident), version: incident.version + 1 } as Incident,
        lease,
        [],
      );
      const reopened = [await daysLeft('*incident:a'), await daysLeft('*history:a')];

      expect([open, ended, reopened]).toEqual([
        [-1, -1],
        [180, 180],
        [-1, -1],
      ]);
    });

    it('seen deployments, limits, memory and deliveries have their days', async () => {
      await store.open(detected('a'), HISTORY);
      await store.ignore({ deploymentId: 'dpl_x', projectName: 'web', reason: 'fork', createdAt: Date.now() });
      await store.rememberRejection(1, 'f', 'hash');
      await store.rememberVerifiedPatch(1, 'f', fakeAttempt().patch);
      await store.setMuted(1, 'f', true);
      await store.reserve([{ name: 'calls', amount: 1, ceiling: 9, windowSeconds: 86_400 }]);
      await store.deliveries.claim('claimed');
      await store.deliveries.complete('done');
      await store.claimFingerprint(1, 'main', 'f', 'a');

      const days = await Promise.all(
        ['deployment:dpl_a', 'deployment:dpl_x', 'ignored', 'rejected-fingerprint*', 'rejected-patch*'].map((name) =>
          daysLeft(`*${name}`),
        ),
      );
      const others = await Promise.all(
        ['verified-patch*', 'muted*', 'limit*', 'delivery:done', 'fingerprint:1*', 'reservation*'].map((name) =>
          daysLeft(`shp:${name}`),
        ),
      );
      const claimed = Number(await redis('PTTL', 'shp:delivery:claimed'));

      expect(days).toEqual([30, 30, 30, 30, -1]);
      expect(others).toEqual([180, 180, 2, 7, 180, 1]);
      expect(claimed).toBeGreaterThan(4 * 60_000);
      expect(claimed).toBeLessThanOrEqual(5 * 60_000);
    });

    it('the list forgets incidents that have expired', async () => {
      for (const id of ['a', 'b', 'c']) await store.open(detected(id), HISTORY);
      await redis('DEL', 'shp:incident:a', 'shp:incident:b');
      for (const id of ['d', 'e']) await store.open(detected(id, { openedAt: 9_999_999_999_999 }), HISTORY);

      expect(await redis('ZCARD', 'shp:recent')).toBe(3);
      expect((await store.list({ limit: 10 })).map(({ id }) => id).sort()).toEqual(['c', 'd', 'e']);
    });

    it('every key is of this installation', async () => {
      const own = createUpstashStore({ url: service.url, token, prefix: 'mine' });
      await own.open(detected('a'), HISTORY);
      await own.claim('a', 1_000);
      await own.completeSweep(1);
      await own.ignore({ deploymentId: 'd', projectName: 'web', reason: 'fork', createdAt: 1 });
      await own.takeTurn(1, 'main', 'a');
      await own.reserve([{ name: 'calls', amount: 1, ceiling: 9, windowSeconds: 60 }]);
      await own.deadLetters.record({ id: 'm', incidentId: 'a', at: Date.now(), reason: '' });
      await own.ping();

      const keys = (await redis('KEYS', '*')) as string[];

      expect(keys.filter((key) => !key.startsWith('mine:'))).toEqual([]);
      expect(keys.length).toBeGreaterThan(10);
    });
  });

  describe('what it costs', () => {
    async function commandsOf(work: () => Promise<unknown>): Promise<number> {
      const read = async () =>
        ((await (await fetch(`${service.url}/__state`)).json()) as { commands: number }).commands;
      const before = await read();
      await work();
      return (await read()) - before;
    }

    it('an idle sweep is two commands, each step of an incident one', async () => {
      let claimed: { lease: Lease; incident: Incident } | undefined;

      const costs = [
        await commandsOf(async () => {
          const { now } = await store.beginSweep(100);
          await store.completeSweep(now);
        }),
        await commandsOf(() => store.open(detected('a'), HISTORY)),
        await commandsOf(async () => {
          const claim = await store.claim('a', 60_000);
          if (typeof claim !== 'string') claimed = claim;
        }),
        await commandsOf(() => (claimed ? store.save(claimed.incident, claimed.lease, [HISTORY]) : Promise.reject())),
        await commandsOf(() => store.listOpen(99)),
      ];

      expect(costs).toEqual([2, 1, 1, 1, 1]);
    });

    it('ten thousand incidents make no read larger', async () => {
      await store.open(detected('seed'), HISTORY);
      await redis('EVAL', MANY_INCIDENTS, 0, 10_000);

      const page = await store.list({ limit: 50 });
      const next = await store.list({ limit: 50, before: page.at(-1)?.openedAt ?? 0 });
      const sweep = await store.beginSweep(200);

      expect(page).toHaveLength(50);
      expect(next).toHaveLength(50);
      expect(new Set([...page, ...next].map(({ id }) => id)).size).toBe(100);
      expect(sweep.due).toHaveLength(200);
    });
  });

  it('twenty processes at once open, count and take exactly what there is', async () => {
    const args = [service.url, token];
    const processes = Array.from({ length: 20 }, (_, index) =>
      spawn(
        process.execPath,
        ['--import', 'tsx', 'test/fakes/store-writer.ts', ...args, `process ${index}`, '3', '2'],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      ),
    );

    const results = await Promise.all(
      processes.map(async (child) => JSON.parse(await text(child.stdout)) as Record<string, number>),
    );
    const total = (name: string) => results.reduce((sum, result) => sum + (result[name] ?? 0), 0);
    const incidents = await Promise.all([0, 1, 2].map((index) => store.find(`inc_${index}`)));
    const histories = await Promise.all([0, 1, 2].map((index) => store.readHistory(`inc_${index}`)));

    expect({ opened: total('opened'), saved: total('saved'), granted: total('granted') }).toEqual({
      opened: 3,
      saved: 120,
      granted: 25,
    });
    expect(incidents.map((incident) => [incident?.hiccups, incident?.version])).toEqual([
      [40, 41],
      [40, 41],
      [40, 41],
    ]);
    expect(histories.map((history) => history.length)).toEqual([41, 41, 41]);
  }, 300_000);

  it('a document that another version wrote stops its own incident only', async () => {
    await store.open(detected('good', { openedAt: 1 }), HISTORY);
    await store.open(detected('bad', { openedAt: 2 }), HISTORY);
    const [document] = (await redis('HMGET', 'shp:incident:bad', 'document')) as [string];
    await redis('HSET', 'shp:incident:bad', 'document', document.replace('"schema":1', '"schema":9'));

    await expect(store.find('bad')).rejects.toMatchObject({ kind: 'malformed' });
    await expect(store.claim('bad', 1_000)).rejects.toThrow(/schema 9/);
    expect((await store.list({ limit: 10 })).map(({ id }) => id)).toEqual(['good']);
    expect((await store.listOpen(99)).map(({ id }) => id)).toEqual(['good']);
  });

  it('a document larger than the store takes is refused before it is sent', async () => {
    const before = proxy.requests;
    const failures = [fakeFailure({ deploymentId: 'dpl_a', commitMessage: 'x'.repeat(1_100_000) })];

    await expect(store.open(detected('a', { failures }), HISTORY)).rejects.toMatchObject({ kind: 'rejected' });
    expect(proxy.requests).toBe(before);
  });
});

/** Copies of the one incident there is, each under an id and a time of its own. */
const MANY_INCIDENTS = `
local seed = redis.call('HGET', 'shp:incident:seed', 'document')
for i = 1, tonumber(ARGV[1]) do
  local key = 'shp:incident:copy' .. i
  local document = string.gsub(string.gsub(seed, '"id":"seed"', '"id":"copy' .. i .. '"'), '"openedAt":%d+',
    '"openedAt":' .. i, 1)
  redis.call('HSET', key, 'document', document, 'version', '1', 'ended', '0', 'failures', 1)
  redis.call('ZADD', 'shp:recent', i, key)
  redis.call('ZADD', 'shp:due', i, 'copy' .. i)
end
return 'copied'`;

function detected(id: string, overrides: Partial<Incident> = {}): Incident {
  const failures = [fakeFailure({ deploymentId: `dpl_${id}` })];
  return { ...fakeIncident('detected', { id, version: 0, dueAt: 1_000, failures }), ...overrides } as Incident;
}

function same({ id, version, failures, openedAt }: Incident) {
  return { id, version, failures, openedAt, dueAt: undefined };
}

function inspectDeeply(error: unknown): string {
  const parts: string[] = [];
  for (let current = error; current instanceof Error; current = current.cause)
    parts.push(String(current.stack), current.message, JSON.stringify(current));
  return parts.join('\n');
}
