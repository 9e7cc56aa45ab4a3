import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { POST } from '../../api/heal.js';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import { type StartedService, startService } from '../sandbox/start-service.js';
import { CURRENT_KEY, NEXT_KEY, signDelivery } from '../webhooks/qstash-token.js';

const URL = 'https://heal.example.dev/api/heal';
const BODY = '{"incidentId":"inc_none"}';
let upstash: StartedService;

beforeAll(async () => {
  upstash = await startService('sandbox/services/upstash.ts', ['--engine', 'embedded']);
  const nowhere = 'http://127.0.0.1:1';
  const environment = {
    UPSTASH_REDIS_REST_URL: upstash.url,
    UPSTASH_REDIS_REST_TOKEN: upstash.facts.token ?? '',
    VERCEL_TOKEN: 'vercel-token-of-the-tests',
    VERCEL_API_URL: nowhere,
    GITHUB_TOKEN: 'github-token-of-the-tests',
    GITHUB_API_URL: nowhere,
    CRON_SECRET: 'cron-secret-of-the-tests',
    TRIGGER_SECRET: 'trigger-secret-of-the-tests',
    DASHBOARD_SECRET: 'dashboard-secret-of-the-tests',
    QSTASH_TOKEN: 'qstash-token-of-the-tests',
    QSTASH_URL: nowhere,
    QSTASH_CURRENT_SIGNING_KEY: CURRENT_KEY,
    QSTASH_NEXT_SIGNING_KEY: NEXT_KEY,
    PUBLIC_URL: 'https://heal.example.dev',
    // Vitest sets a MODE of its own.
    MODE: 'repair',
    LOG_LEVEL: 'error',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await upstash?.stop();
});

function send(body: string, signature: string | undefined, address = URL): Promise<Response> {
  const headers = new Headers(signature === undefined ? [] : [['upstash-signature', signature]]);
  return POST(new Request(address, { method: 'POST', headers, body }));
}

async function storeRequests(): Promise<number> {
  return ((await (await fetch(`${upstash.url}/__state`)).json()) as { requests: number }).requests;
}

describe('strangers', () => {
  const sign = (changes: object) => signDelivery({ body: BODY, url: URL, now: Date.now(), ...changes });

  it.each<[string, string | undefined, string]>([
    ['without a signature', undefined, URL],
    ['with "undefined"', 'undefined', URL],
    ['with a guessed key', sign({ key: 'x' }), URL],
    ['with a body of their own', sign({ body: '{}' }), URL],
    ['with an old message', sign({ now: Date.now() - 3_600_000 }), URL],
    ['with a step at the other address', sign({}), `${URL}?given-up`],
    [
      'with a host of their own',
      sign({ url: 'https://evil.example.dev/api/heal' }),
      'https://evil.example.dev/api/heal',
    ],
  ])('%s: 401, and nothing is touched', async (_name, signature, address) => {
    const before = await storeRequests();

    const answer = await send(BODY, signature, address);

    expect(answer.status).toBe(401);
    expect(await storeRequests()).toBe(before);
  });

  it('that send too much: 413', async () => {
    expect((await send('x'.repeat(100_001), undefined)).status).toBe(413);
  });
});

describe('the queue', () => {
  it.each([CURRENT_KEY, NEXT_KEY])('takes a step with either key, and one of no incident does nothing', async (key) => {
    const answer = await send(BODY, signDelivery({ body: BODY, url: URL, now: Date.now(), key }));

    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ steps: [] });
  });

  it('is told not to try again what can never work', async () => {
    const answer = await send('{}', signDelivery({ body: '{}', url: URL, now: Date.now() }));

    expect(answer.status).toBe(489);
    expect(answer.headers.get('upstash-nonretryable-error')).toBe('true');
  });

  it('leaves a dead letter for what it gave up, once', async () => {
    const url = `${URL}?given-up`;
    const sourceBody = Buffer.from('{"incidentId":"inc_1"}').toString('base64');
    const body = JSON.stringify({ status: 504, sourceMessageId: 'msg_1', sourceBody });
    const signature = signDelivery({ body, url, now: Date.now() });

    const answers = [await send(body, signature, url), await send(body, signature, url)];

    const store = createUpstashStore({ url: upstash.url, token: upstash.facts.token ?? '' });
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await store.deadLetters.listAll()).toMatchObject([{ id: 'msg_1', incidentId: 'inc_1' }]);
  });
});
