import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { POST as postGitHub } from '../../api/webhooks/github.js';
import { POST as postVercel } from '../../api/webhooks/vercel.js';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import type { Store } from '../../lib/ports.js';
import { fakeFailure, fakeIncident } from '../report/incidents.js';
import { type StartedService, startService } from '../sandbox/start-service.js';
import {
  GITHUB_EVENTS,
  GITHUB_SECRET,
  signGitHub,
  signVercel,
  VERCEL_SECRET,
  vercelEvent,
} from '../webhooks/deliveries.js';

let upstash: StartedService;
let outside: Server;
let store: Store;
/** What the functions asked of Vercel and GitHub, method and path. */
const asked: string[] = [];

beforeAll(async () => {
  upstash = await startService('sandbox/services/upstash.ts', ['--engine', 'embedded']);
  outside = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://outside');
    asked.push(`${request.method} ${pathname}`);
    const isList = /^\/v\d+\/deployments$/.test(pathname);
    response.writeHead(isList ? 200 : 404, { 'content-type': 'application/json' });
    response.end(
      isList
        ? '{"deployments":[],"pagination":{"count":0,"next":null,"prev":null}}'
        : '{"error":{"code":"not_found","message":"Not found"}}',
    );
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const { url, facts } = upstash;
  const environment = {
    UPSTASH_REDIS_REST_URL: url,
    UPSTASH_REDIS_REST_TOKEN: facts.token ?? '',
    VERCEL_TOKEN: 'vercel-token-of-the-tests',
    VERCEL_API_URL: address,
    GITHUB_TOKEN: 'github-token-of-the-tests',
    GITHUB_API_URL: address,
    CRON_SECRET: 'cron-secret-of-the-tests',
    TRIGGER_SECRET: 'trigger-secret-of-the-tests',
    DASHBOARD_SECRET: 'dashboard-secret-of-the-tests',
    VERCEL_WEBHOOK_SECRET: VERCEL_SECRET,
    GITHUB_WEBHOOK_SECRET: GITHUB_SECRET,
    LOG_LEVEL: 'error',
    // Vitest sets a MODE of its own.
    MODE: 'repair',
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  store = createUpstashStore({ url, token: facts.token ?? '' });
});
beforeEach(async () => {
  await redis('FLUSHALL');
  asked.length = 0;
});
afterAll(async () => {
  vi.unstubAllEnvs();
  outside?.close();
  await upstash?.stop();
});

async function redis(...command: readonly string[]): Promise<unknown> {
  const headers = { authorization: `Bearer ${upstash.facts.token}` };
  const answer = await fetch(upstash.url, { method: 'POST', headers, body: JSON.stringify(command) });
  return ((await answer.json()) as { result: unknown }).result;
}

/** Until the work after the answer is over. */
async function waitUntilDone(): Promise<void> {
  await vi.waitFor(
    async () => {
      const [key] = (await redis('KEYS', 'shp:delivery:*')) as string[];
      expect(await redis('GET', key ?? '')).toBe('done');
    },
    { timeout: 15_000 },
  );
}

type Post = (request: Request) => Promise<Response>;

function send(post: Post, body: string, headers: Readonly<Record<string, string>>): Promise<Response> {
  return post(new Request('https://heal.example.dev/api/webhooks', { method: 'POST', headers, body }));
}

function sendVercel(payload: unknown): Promise<Response> {
  const body = JSON.stringify(payload);
  return send(postVercel, body, { 'x-vercel-signature': signVercel(body) });
}

function sendGitHub(name: string, payload: unknown): Promise<Response> {
  const body = JSON.stringify(payload);
  return send(postGitHub, body, { 'x-github-event': name, 'x-hub-signature-256': signGitHub(body) });
}

async function storeRequests(): Promise<number> {
  return ((await (await fetch(`${upstash.url}/__state`)).json()) as { requests: number }).requests;
}

const EVENT = JSON.stringify(vercelEvent('deployment.error'));
const CLOSED = JSON.stringify(GITHUB_EVENTS.pull_request);

describe('strangers', () => {
  it.each<[string, Post, Record<string, string>]>([
    ['Vercel, no signature', postVercel, {}],
    ['Vercel, empty signature', postVercel, { 'x-vercel-signature': '' }],
    ['Vercel, "undefined"', postVercel, { 'x-vercel-signature': 'undefined' }],
    ['Vercel, a bearer', postVercel, { authorization: `Bearer ${VERCEL_SECRET}` }],
    ['Vercel, signed with the other secret', postVercel, { 'x-vercel-signature': signVercel(EVENT, GITHUB_SECRET) }],
    ['Vercel, GitHub’s header', postVercel, { 'x-hub-signature-256': signGitHub(EVENT) }],
    ['Vercel, truncated', postVercel, { 'x-vercel-signature': signVercel(EVENT).slice(1) }],
    ['GitHub, no signature', postGitHub, { 'x-github-event': 'ping' }],
    ['GitHub, signed with the other secret', postGitHub, { 'x-hub-signature-256': signGitHub(EVENT, VERCEL_SECRET) }],
    ['GitHub, Vercel’s header', postGitHub, { 'x-vercel-signature': signVercel(EVENT) }],
  ])('%s: 401, and nothing is touched', async (_name, post, headers) => {
    const before = await storeRequests();

    const answer = await send(post, EVENT, headers);

    expect(answer.status).toBe(401);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await storeRequests()).toBe(before);
    expect(asked).toEqual([]);
  });

  it.each(['', 'short'])('are refused while the secret is %j', async (secret) => {
    vi.stubEnv('VERCEL_WEBHOOK_SECRET', secret);

    const answer = await send(postVercel, EVENT, { 'x-vercel-signature': signVercel(EVENT, secret || 'x') });

    vi.stubEnv('VERCEL_WEBHOOK_SECRET', VERCEL_SECRET);
    expect(answer.status).toBe(401);
  });

  it.each<[string, Post]>([
    ['Vercel', postVercel],
    ['GitHub', postGitHub],
  ])('that send too much are cut off before the signature is looked at: %s', async (_name, post) => {
    const told = await send(post, EVENT, { 'content-length': '99999999' });
    const untold = await send(post, 'x'.repeat(2_000_001), {});

    expect([told.status, untold.status]).toEqual([413, 413]);
  });
});

describe('answers', () => {
  it('400 for a signed body that is not an event, 200 for one that is not for us', async () => {
    const malformed = await send(postVercel, '{', { 'x-vercel-signature': signVercel('{') });
    const ignored = await sendVercel(vercelEvent('project.created'));
    const ping = await sendGitHub('ping', GITHUB_EVENTS.ping);

    expect([malformed.status, ignored.status, ping.status]).toEqual([400, 200, 200]);
    expect(await ping.json()).toEqual({ outcome: 'ignored', why: 'ping' });
  });

  it('202 for what is worked on, and Vercel itself is asked about it', async () => {
    const answer = await sendVercel(vercelEvent('deployment.error'));

    expect(await answer.json()).toEqual({ outcome: 'accepted' });
    expect(answer.status).toBe(202);
    await waitUntilDone();
    expect(asked).toContain('GET /v13/deployments/dpl_failed');
    expect(asked.filter((request) => !request.startsWith('GET '))).toEqual([]);
    expect(await store.list({ limit: 10 })).toEqual([]);
  });
});

describe('replays and foreigners', () => {
  it('the same delivery twenty times asks once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendVercel(vercelEvent('deployment.error'))));
    await waitUntilDone();

    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(asked.filter((request) => request === 'GET /v13/deployments/dpl_failed')).toHaveLength(1);
  });

  it('a pull request of a repository that has no incident asks nobody', async () => {
    const answer = await send(postGitHub, CLOSED, {
      'x-github-event': 'pull_request',
      'x-hub-signature-256': signGitHub(CLOSED),
    });

    expect(answer.status).toBe(202);
    await waitUntilDone();
    expect(asked).toEqual([]);
  });

  it('a pull request of an incident is a reason to look at it, and at no other', async () => {
    const opened = { at: 1, event: 'opened', text: 'Opened.' };
    const dueAt = Date.now() + 3_600_000;
    const failures = (id: string) => [fakeFailure({ deploymentId: `dpl_${id}` })];
    await store.open(fakeIncident('verified', { id: 'ours', dueAt, failures: failures('ours') }), opened);
    await store.open(
      fakeIncident('verified', {
        id: 'foreign',
        dueAt,
        failures: failures('foreign'),
        repository: { id: 1, owner: 'other', name: 'web' },
      }),
      opened,
    );

    await sendGitHub('pull_request', GITHUB_EVENTS.pull_request);

    await waitUntilDone();
    expect(asked).toContain('GET /repos/acme/web/pulls/7');
    expect((await store.find('ours'))?.version).toBeGreaterThan(4);
    expect(asked.filter((request) => request.includes('other'))).toEqual([]);
    expect((await store.find('foreign'))?.version).toBe(4);
  });
});
