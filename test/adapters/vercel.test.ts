import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVercel } from '../../lib/adapters/vercel.js';
import type { Deployment } from '../../lib/ports.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

const warnings: { message: string; facts?: object }[] = [];
const logger = {
  warn: (message: string, facts?: object) => void warnings.push({ message, ...(facts ? { facts } : {}) }),
};
let server: ScriptedServer;

function connect(options: { readonly teamId?: string; readonly timeoutMs?: number } = {}) {
  return createVercel({
    token: 'vcp_secret',
    baseUrl: server.url,
    retry: { tries: 3, maxWaitMs: 20 },
    logger,
    ...options,
  });
}

function fixture(name: string) {
  return JSON.parse(readFileSync(new URL(`../fixtures/api/vercel/${name}.json`, import.meta.url), 'utf8'));
}

function item(uid: string, createdAt: number, fields: object = {}) {
  return { uid, name: 'bakery', projectId: 'prj_bakery', readyState: 'ERROR', createdAt, ...fields };
}

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

describe('requests are as documented', () => {
  test('list', async () => {
    server.answer({ body: { deployments: [], pagination: { count: 0, next: null, prev: null } } });

    await connect({ teamId: 'team_1' }).listDeployments({
      projectId: 'prj_1',
      target: 'production',
      state: 'ERROR',
      branch: 'feature/ä',
      sha: 'abc',
      since: 17,
      limit: 7,
    });

    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        path: '/v7/deployments',
        query: {
          teamId: 'team_1',
          projectId: 'prj_1',
          target: 'production',
          state: 'ERROR',
          branch: 'feature/ä',
          sha: 'abc',
          since: '17',
          limit: '7',
        },
        headers: { authorization: 'Bearer vcp_secret', accept: 'application/json' },
      },
    ]);
    expect(Object.keys(server.requests[0]?.query ?? {})).toHaveLength(8);
  });

  test('one deployment, its log, its project, without a team', async () => {
    server.answer({ status: 404, body: { error: { code: 'not_found', message: 'gone' } } });
    const vercel = connect();

    await vercel.findDeployment('dpl_1');
    await vercel.readBuildEvents('dpl_1');
    await vercel.findProject('a project/with a slash');

    expect(server.requests.map(({ method, path, query }) => ({ method, path, query }))).toEqual([
      { method: 'GET', path: '/v13/deployments/dpl_1', query: {} },
      {
        method: 'GET',
        path: '/v3/deployments/dpl_1/events',
        query: { builds: '1', direction: 'forward', follow: '0', limit: '-1' },
      },
      { method: 'GET', path: '/v9/projects/a project/with a slash', query: {} },
    ]);
  });

  test.each([
    ['production', { target: 'production' }],
    [null, {}],
  ])('redeploy to %s', async (target, expected) => {
    server.answer({ body: { ...fixture('deployment'), id: 'dpl_Again', readyState: 'QUEUED' } });
    const failed = { id: 'dpl_1', projectName: 'bakery', target } as Deployment;

    const again = await connect({ teamId: 'team_1' }).redeploy(failed, { incident: 'i1' });

    expect(again).toMatchObject({ id: 'dpl_Again', readyState: 'QUEUED' });
    expect(server.requests).toMatchObject([
      { method: 'POST', path: '/v13/deployments', query: { forceNew: '1', teamId: 'team_1' } },
    ]);
    expect(server.requests[0]?.body).toEqual({
      deploymentId: 'dpl_1',
      name: 'bakery',
      meta: { incident: 'i1', action: 'redeploy' },
      ...expected,
    });
  });

  test('a path prefix of the base URL is kept', async () => {
    server.answer({ status: 404, body: { error: { code: 'not_found', message: 'gone' } } });

    await createVercel({ token: 't', baseUrl: `${server.url}/gateway` }).findProject('p');

    expect(server.requests[0]?.path).toBe('/gateway/v9/projects/p');
  });
});

describe('answers', () => {
  test('a list with values that no enum knows', async () => {
    server.answer({ body: fixture('deployment-list') });

    const [failed, fork, terminal, ...others] = await connect().listDeployments({});

    expect(others).toEqual([]);
    expect(failed).toEqual({
      id: 'dpl_FailedProduction',
      projectId: 'prj_bakery',
      projectName: 'bakery',
      target: 'production',
      readyState: 'ERROR',
      createdAt: 1795400000000,
      url: 'https://bakery-1a2b3c-team.vercel.app',
      inspectorUrl: 'https://vercel.com/team/bakery/FailedProduction',
      source: 'git',
      errorCode: 'BUILD_UTILS_SPAWN_1',
      errorMessage: 'Command "npm run build" exited with 1',
      outOfMemory: false,
      git: {
        provider: 'github',
        repository: { id: 656055458, owner: 'bakery-team', name: 'shop' },
        commitOwner: 'bakery-team',
        commitRepository: 'shop',
        ref: 'main',
        sha: '51ad6ce0a8cbd0aca1dd0a4a4bd8b2ea6b2d1a11',
        message: 'Change the page',
        author: 'baker',
        dirty: false,
      },
      meta: expect.objectContaining({ githubRepoVisibility: 'private' }),
    });
    expect(fork).toMatchObject({
      target: null,
      source: 'a-source-to-come',
      readyAt: 1795399999000,
      promoted: false,
      git: {
        repository: { owner: 'bakery-team', name: 'shop' },
        commitOwner: 'stranger',
        commitRepository: 'shop-fork',
      },
    });
    expect(terminal).toMatchObject({ source: 'cli', promoted: true, meta: { gitDirty: '1', answer: '42' } });
    expect(terminal?.git).toBeUndefined();
  });

  test('one deployment, with all that the lax union of the SDK would drop', async () => {
    server.answer({ body: fixture('deployment') });

    expect(await connect().findDeployment('dpl_FailedProduction')).toMatchObject({
      id: 'dpl_FailedProduction',
      projectId: 'prj_bakery',
      source: 'a-source-to-come',
      errorCode: 'NOW_SANDBOX_WORKER_MAX_LAMBDA_SIZE',
      errorStep: 'deploying',
      errorLink: 'https://vercel.link/serverless-function-size',
      readyStateReason: 'A reason',
      outOfMemory: true,
      git: { sha: '51ad6ce0a8cbd0aca1dd0a4a4bd8b2ea6b2d1a11', repository: { id: 656055458 } },
    });
  });

  test('a blocked deployment of a custom environment', async () => {
    server.answer({ body: fixture('deployment-blocked') });

    expect(await connect().findDeployment('dpl_Blocked')).toMatchObject({
      readyState: 'BLOCKED',
      blockCode: 'COMMIT_AUTHOR_REQUIRED',
      target: 'qa',
      readyStateReason: expect.stringContaining('could not associate'),
    });
  });

  test('a project', async () => {
    server.answer({ body: fixture('project') });

    expect(await connect().findProject('bakery')).toEqual({
      id: 'prj_bakery',
      name: 'bakery',
      rootDirectory: 'apps/web',
      framework: 'a-framework-to-come',
      nodeVersion: '30.x',
      installCommand: 'pnpm install',
      link: { repository: { id: 656055458, owner: 'bakery-team', name: 'shop' }, productionBranch: 'main' },
      productionDeploymentId: 'dpl_Serving',
    });
  });

  test.each([
    ['no link', {}],
    ['another host', { link: { type: 'gitlab', projectName: 'shop', productionBranch: 'main' } }],
    ['half a link', { link: { type: 'github', org: 'bakery-team', productionBranch: 'main' } }],
    ['a link that is no object', { link: 'github' }],
    ['nulls everywhere', { link: null, targets: null, rootDirectory: null, framework: null, nodeVersion: null }],
  ])('a project with %s', async (_, fields) => {
    server.answer({ body: { id: 'prj_1', name: 'bakery', ...fields } });

    expect(await connect().findProject('prj_1')).toEqual({
      id: 'prj_1',
      name: 'bakery',
      rootDirectory: '',
      framework: null,
    });
  });

  test('a log with events of both shapes and of no known type', async () => {
    server.answer({ body: fixture('build-events') });

    const events = await connect().readBuildEvents('dpl_FailedProduction');

    expect(events?.map(({ type, text }) => [type, text])).toEqual([
      ['deployment-state', ''],
      ['command', 'Running "npm run build"'],
      ['stdout', '\u001b[31mFailed to compile.\u001b[39m\n\n./app/page.tsx'],
      ['an-event-to-come', 'kept all the same'],
      ['stderr', 'Error: Command "npm run build" exited with 1'],
    ]);
    expect(events?.[2]).toMatchObject({ created: 1795400004000, serial: '17955' });
  });

  test('the same log as one JSON value a line', async () => {
    const lines = fixture('build-events').map((event: unknown) => JSON.stringify(event));
    server.answer({
      headers: { 'content-type': 'application/stream+json' },
      body: [...lines.slice(0, 4), '', '{"half":', ...lines.slice(4)].join('\n'),
    });
    warnings.length = 0;

    const events = await connect().readBuildEvents('dpl_FailedProduction');

    expect(events).toHaveLength(5);
    expect(warnings).toMatchObject([{ facts: { skipped: 1 } }]);
  });

  test('a long log costs no schema: fifty thousand events, one of a new type', async () => {
    const events = Array.from({ length: 50_000 }, (_, index) => ({
      type: index === 7 ? 'new' : 'stdout',
      created: index + 1,
      payload: { text: `line ${index}` },
    }));
    server.answer({ body: events });

    expect(await connect().readBuildEvents('dpl_1')).toHaveLength(50_000);
  });

  test('broken items are skipped and counted, the rest of the page is read', async () => {
    const broken = [null, 7, 'text', [], {}, { uid: 'dpl_x' }, item('', 3), item('dpl_y', Number.NaN)];
    server.answer({ body: { deployments: [item('dpl_a', 2), ...broken, item('dpl_b', 1)] } });
    warnings.length = 0;

    const found = await connect().listDeployments({});

    expect(found.map(({ id }) => id)).toEqual(['dpl_a', 'dpl_b']);
    expect(warnings).toMatchObject([{ facts: { skipped: broken.length } }]);
  });

  test('ugly fields cost themselves only', async () => {
    const ugly = { url: 7, meta: 'none', target: {}, errorMessage: null, ready: 'soon', seatBlock: 'no', created: '5' };
    server.answer({ body: { id: 'dpl_1', name: 'bakery', project: { id: 'prj_1' }, state: 'NEW_STATE', ...ugly } });

    expect(await connect().findDeployment('dpl_1')).toEqual({
      id: 'dpl_1',
      projectId: 'prj_1',
      projectName: 'bakery',
      target: null,
      readyState: 'NEW_STATE',
      createdAt: 5,
      outOfMemory: false,
      meta: {},
    });
  });
});

describe('pages', () => {
  const pages: Record<string, object> = {
    first: { deployments: [item('dpl_5', 50), item('dpl_4', 40)], pagination: { count: 2, next: 40, prev: '0' } },
    '40': { deployments: [item('dpl_4', 40), item('dpl_3', 30)], pagination: { count: 2, next: '30', prev: 50 } },
    '30': { deployments: [item('dpl_2', 20)], pagination: { count: 1, next: null, prev: 30 } },
  };

  function servePages() {
    server.answer(({ query }) => ({ body: pages[String(query.until ?? 'first')] }));
  }

  test('all of them, by until=next, each deployment once', async () => {
    servePages();

    const found = await connect().listDeployments({ since: 10 });

    expect(found.map(({ id }) => id)).toEqual(['dpl_5', 'dpl_4', 'dpl_3', 'dpl_2']);
    expect(server.requests.map(({ query }) => query)).toEqual([
      { limit: '100', since: '10' },
      { limit: '100', since: '10', until: '40' },
      { limit: '100', since: '10', until: '30' },
    ]);
  });

  test.each([
    [1, 1, ['dpl_5']],
    [2, 1, ['dpl_5', 'dpl_4']],
    [3, 2, ['dpl_5', 'dpl_4', 'dpl_3']],
  ])('no more than the limit of %i asks for', async (limit, requests, ids) => {
    servePages();

    const found = await connect().listDeployments({ limit });

    expect(found.map(({ id }) => id)).toEqual(ids);
    expect(server.requests).toHaveLength(requests);
  });

  test.each([
    ['stands still', () => 40],
    ['goes back and forth', ({ query }: { query: Record<string, unknown> }) => (query.until === '40' ? 50 : 40)],
    ['is zero', () => 0],
  ])('a cursor that %s ends', async (_, next) => {
    server.answer((request) => ({ body: { deployments: [], pagination: { next: next(request) } } }));

    expect(await connect().listDeployments({})).toEqual([]);
    expect(server.requests.length).toBeLessThanOrEqual(2);
  });

  test('a cursor that never ends is an error', async () => {
    let next = 1_000_000;
    server.answer(() => {
      next -= 1;
      return { body: { deployments: [], pagination: { next } } };
    });

    await expect(connect().listDeployments({})).rejects.toMatchObject({ kind: 'malformed' });
  });
});

describe('failures', () => {
  const error = (code: string, message = 'No', more: object = {}) => ({ error: { code, message, ...more } });
  const list = () => connect({ timeoutMs: 1_500 }).listDeployments({});

  test.each([
    [400, error('bad_request'), { kind: 'rejected', retryable: false }],
    [401, error('unauthorized'), { kind: 'unauthorized' }],
    [402, error('payment_required'), { kind: 'rejected' }],
    [403, error('forbidden'), { kind: 'forbidden', reason: 'token-lacks-rights' }],
    [403, error('forbidden', 'No', { invalidToken: true }), { kind: 'unauthorized' }],
    [404, error('not_found'), { kind: 'not-found' }],
    [409, error('conflict'), { kind: 'conflict' }],
    [410, error('gone'), { kind: 'not-found' }],
    [422, error('invalid'), { kind: 'rejected' }],
    [404, '<html>No such page</html>', { kind: 'unavailable' }],
    [403, '', { kind: 'unavailable', reason: undefined }],
  ])('%i %j is not repeated', async (status, body, expected) => {
    server.answer({ status, body });

    await expect(list()).rejects.toMatchObject({ system: 'vercel', status, ...expected });
    expect(server.requests).toHaveLength(1);
  });

  test.each([500, 502, 503, 504])('%i is repeated, and then unavailable', async (status) => {
    server.answer({ status, body: '<html>Bad gateway</html>' });

    await expect(list()).rejects.toMatchObject({ kind: 'unavailable', retryable: true, status });
    expect(server.requests).toHaveLength(3);
  });

  test.each(['cut', 'cut-body', 'silence', 'silent-body'] as const)(
    '%s is repeated, and then unavailable',
    async (reply) => {
      server.answer(reply);

      await expect(list()).rejects.toMatchObject({ kind: 'unavailable', retryable: true, status: undefined });
      expect(server.requests).toHaveLength(3);
    },
  );

  test('what passes is not felt', async () => {
    server.answerInTurn('cut-body', { status: 503 }, { body: { deployments: [item('dpl_1', 1)] } });

    expect(await list()).toHaveLength(1);
    expect(server.requests).toHaveLength(3);
  });

  test.each([
    ['an HTML page', '<!doctype html><title>Login</title>'],
    ['half an answer', '{"deployments":[{"uid":"dpl'],
    ['nothing', ''],
  ])('%s instead of JSON is unavailable, for a log as well', async (_, body) => {
    server.answer({ headers: { 'content-type': 'application/json' }, body });

    await expect(list()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(connect().readBuildEvents('dpl_1')).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(connect().findDeployment('dpl_1')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('half a log is no log', async () => {
    server.answer({ body: `[{"created":1,"type":"stdout","text":"a"},\n{"created":2,"ty` });

    await expect(connect().readBuildEvents('dpl_1')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test.each([
    ['a list', (vercel: ReturnType<typeof connect>) => vercel.listDeployments({})],
    ['a deployment', (vercel: ReturnType<typeof connect>) => vercel.findDeployment('dpl_1')],
    ['a project', (vercel: ReturnType<typeof connect>) => vercel.findProject('prj_1')],
  ])('JSON that is not %s is malformed', async (_, read) => {
    server.answer({ body: { unexpected: true } });

    await expect(read(connect())).rejects.toMatchObject({ kind: 'malformed', retryable: false });
  });

  test.each([404, 410])('%i means that it is gone', async (status) => {
    server.answer({ status, body: error('not_found') });

    expect(await connect().findDeployment('dpl_1')).toBeUndefined();
    expect(await connect().readBuildEvents('dpl_1')).toBeUndefined();
    expect(await connect().findProject('prj_1')).toBeUndefined();
  });

  test('a limit with a hint says when to come again, and nobody sleeps', async () => {
    const before = Date.now();
    server.answer({ status: 429, headers: { 'retry-after': '30' }, body: error('rate_limited') });

    const failure = await list().catch((reason) => reason);

    expect(failure).toMatchObject({ kind: 'rate-limited', retryable: true });
    expect(failure.retryAt).toBeGreaterThanOrEqual(before + 30_000);
    expect(failure.retryAt).toBeLessThanOrEqual(Date.now() + 30_000);
    expect(server.requests).toHaveLength(1);
  });

  test('the reset in the body, in seconds', async () => {
    const body = error('rate_limited', 'Too many', { limit: { remaining: 0, reset: 1995432075, total: 5000 } });
    server.answer({ status: 429, body });

    await expect(list()).rejects.toMatchObject({ kind: 'rate-limited', retryAt: 1995432075000 });
  });

  test('a limit without a hint is left alone for a minute', async () => {
    server.answer({ status: 429, body: '' });

    const failure = await list().catch((reason) => reason);

    expect(failure.retryAt).toBeGreaterThan(Date.now() + 50_000);
  });

  test('the daily cap on deployments is a limit', async () => {
    const cap = { limit: { total: 100, remaining: 0, reset: 1995432075 } };
    server.answer({ status: 402, body: error('api-deployments-free-per-day', 'try again in 24 hours', cap) });
    const failed = { id: 'dpl_1', projectName: 'bakery', target: null } as Deployment;

    await expect(connect().redeploy(failed, {})).rejects.toMatchObject({ kind: 'rate-limited', status: 402 });
  });

  test.each(['cut', 'cut-body', { status: 503 }, { body: '<html>' }] as const)(
    'a redeployment is sent once, whatever becomes of it: %j',
    async (reply) => {
      server.answer(reply);
      const failed = { id: 'dpl_1', projectName: 'bakery', target: null } as Deployment;

      await expect(connect().redeploy(failed, {})).rejects.toMatchObject({ kind: 'unavailable' });
      expect(server.requests).toHaveLength(1);
    },
  );

  test('neither the token nor the answer is in the error', async () => {
    server.answer({ status: 400, body: error('bad_request', `${'x'.repeat(5000)} secret-tail`) });

    const failure = await list().catch((reason) => reason);

    expect(failure.message).not.toContain('secret-tail');
    expect(JSON.stringify(failure) + failure.stack).not.toContain('vcp_secret');
  });
});
