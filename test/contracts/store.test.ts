import { spawnSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import { createMemoryStore } from '../fakes/memory-store.js';
import { startService } from '../sandbox/start-service.js';
import { describeStore } from './store.contract.js';

describeStore('the store in memory', async () => {
  let now = Date.UTC(2026, 10, 22);
  const store = createMemoryStore({ now: () => now });
  return {
    store,
    other: store,
    async passTime(ms) {
      now += ms;
    },
    wipe: async () => store.wipe(),
    close: async () => {},
  };
});

// The embedded engine's fractions of a second do not belong to its seconds: its clock is wrong by up to one.
describeStore('the store on the embedded engine', () => startUpstash('embedded', 1_000));

const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

describe.skipIf(!hasRedis)('with redis-server', () => {
  describeStore('the store on a real Redis', () => startUpstash('redis-server'));
});

it.runIf(process.env.CI)('redis-server is installed', () => {
  expect(hasRedis).toBe(true);
});

async function startUpstash(engine: 'embedded' | 'redis-server', clockErrorMs = 0) {
  const service = await startService('sandbox/services/upstash.ts', ['--engine', engine]);
  const { url, token = '' } = service.facts as { url: string; token?: string };
  const options = { url, token, timeoutMs: 5_000 };
  return {
    store: createUpstashStore(options),
    other: createUpstashStore(options),
    passTime: (ms: number) => delay(ms + clockErrorMs),
    async wipe() {
      await fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(['FLUSHALL']),
      });
    },
    close: () => service.stop(),
  };
}
