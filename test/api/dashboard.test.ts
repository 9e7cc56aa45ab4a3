import { describe, expect, it } from 'vitest';
import { GET as getIncidents } from '../../api/incidents.js';
import { ConfigError } from '../../lib/errors.js';
import type { World } from '../../lib/flows/world.js';
import { answerDashboard } from '../../lib/http/dashboard.js';
import { listIncidents } from '../../lib/http/incident-list.js';
import { buildFormToken, buildSessionCookie, createSession } from '../../lib/http/session.js';
import { answerAsRewritten, createTestWorld, SECRET, seed } from '../browser/dashboard-server.js';
import { sampleIncidents } from '../browser/sample-incidents.js';
import { fakeDiagnosis, fakeFailure, fakeIncident } from '../report/incidents.js';

const NOW = Date.UTC(2026, 10, 22, 15, 0, 0);
const ORIGIN = 'https://heal.example.dev';
const session = createSession(NOW);
const cookie = buildSessionCookie(session, SECRET, { secure: true }).split(';', 1)[0] ?? '';
const token = buildFormToken(session, SECRET);

async function makeWorld(amount = 10): Promise<World> {
  const world = createTestWorld({ now: () => NOW });
  await seed(world, sampleIncidents(NOW, amount));
  return world;
}

async function get(world: World, path: string, headers: Record<string, string> = { cookie }): Promise<Response> {
  const request = new Request(ORIGIN + path, { headers: { accept: 'text/html', ...headers } });
  return await answerAsRewritten(request, { secret: SECRET, openWorld: () => world, now: NOW });
}

async function post(
  world: World,
  path: string,
  fields: Record<string, string>,
  headers: Record<string, string> = { cookie },
): Promise<Response> {
  const request = new Request(ORIGIN + path, { method: 'POST', body: new URLSearchParams(fields), headers });
  return await answerAsRewritten(request, { secret: SECRET, openWorld: () => world, now: NOW });
}

describe('without a session', () => {
  it.each([
    '/',
    '/incidents/inc_open01',
    '/actions/pause',
    '/doctor',
    '/settings',
    '/actions/give-up?incident=inc_open01',
    '/?before=1',
    '/api/dashboard?page=overview',
    '/api/dashboard?page=incident&id=inc_open01',
    '/nothing',
  ])('%s shows the sign-in page alone', async (path) => {
    const answer = await get(await makeWorld(), path, {});
    const text = await answer.text();
    expect(answer.status).toBe(401);
    expect(text).toContain('Dashboard secret');
    expect(text).not.toMatch(/storefront|acme/);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each(['pause', 'sweep', 'give-up', 'sign-out'])('the action %s does nothing', async (action) => {
    const world = await makeWorld();
    const answer = await post(world, `/actions/${action}`, { token, incident: 'inc_open01' }, {});
    expect(answer.status).toBe(401);
    const store = await world.store();
    expect((await store.readPulse()).pausedSince).toBeUndefined();
    expect((await store.find('inc_open01'))?.status).toBe('proposed');
  });

  it('nothing is there at all while no secret is set', async () => {
    const request = new Request(ORIGIN, { headers: { accept: 'text/html', cookie } });
    const answer = await answerDashboard(request, {
      secret: undefined,
      openWorld: () => {
        throw new Error('not opened');
      },
      now: NOW,
    });
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('DASHBOARD_SECRET');
  });
});

describe('signing in', () => {
  it('gives a cookie for the secret and goes on only to a path of ours', async () => {
    const world = await makeWorld();
    for (const [next, expected] of [
      ['/incidents/inc_open01', '/incidents/inc_open01'],
      ['/doctor', '/doctor'],
      ['https://evil.example', '/'],
      ['//evil.example', '/'],
      ['/incidents/../actions/pause', '/'],
      ['', '/'],
    ] as const) {
      const answer = await post(world, '/sign-in', { secret: SECRET, next }, { 'x-real-ip': next });
      expect(answer.status).toBe(303);
      expect(answer.headers.get('location')).toBe(expected);
      expect(answer.headers.get('set-cookie')).toContain('HttpOnly; SameSite=Strict; Secure');
    }
  });

  it('is slowed after ten tries from one address, whatever is sent, and not for others', async () => {
    const world = await makeWorld();
    for (let index = 0; index < 10; index += 1) {
      const answer = await post(world, '/sign-in', { secret: `guess-${index}` }, { 'x-real-ip': '192.0.2.1' });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
    }
    const slowed = await post(world, '/sign-in', { secret: SECRET }, { 'x-real-ip': '192.0.2.1' });
    expect(slowed.status).toBe(429);
    expect(Number(slowed.headers.get('retry-after'))).toBeGreaterThan(60);
    expect(slowed.headers.get('set-cookie')).toBeNull();
    expect((await post(world, '/sign-in', { secret: SECRET }, { 'x-real-ip': '192.0.2.2' })).status).toBe(303);
  });

  it('is slowed for all when the guesses come from many addresses', async () => {
    const world = await makeWorld(0);
    for (let index = 0; index < 200; index += 1)
      await post(world, '/sign-in', { secret: 'guess' }, { 'x-real-ip': `192.0.2.${index}` });
    expect((await post(world, '/sign-in', { secret: SECRET }, { 'x-real-ip': '198.51.100.1' })).status).toBe(429);
  });

  it.each([
    ['no secret', {}, {}, 401],
    ['an empty one', { secret: '' }, {}, 401],
    ['a truncated one', { secret: SECRET.slice(0, -1) }, {}, 401],
    ['an oversized one', { secret: 'x'.repeat(20_000) }, {}, 413],
    ['another type', { secret: SECRET }, { 'content-type': 'application/json' }, 415],
    ['another site', { secret: SECRET }, { 'sec-fetch-site': 'cross-site' }, 403],
  ])('is refused with %s', async (_, fields, headers, status) => {
    const answer = await post(
      await makeWorld(0),
      '/sign-in',
      fields as Record<string, string>,
      headers as Record<string, string>,
    );
    expect(answer.status).toBe(status);
    expect(answer.headers.get('set-cookie')).toBeNull();
  });

  it('is closed when the guesses cannot be counted, and tells a stranger nothing of the settings', async () => {
    const openWorld = (): World => {
      throw new ConfigError([{ variable: 'VERCEL_TOKEN', problem: 'is not set', remedy: 'create one' }]);
    };
    const request = new Request(`${ORIGIN}/sign-in`, { method: 'POST', body: new URLSearchParams({ secret: SECRET }) });
    const answer = await answerDashboard(request, { secret: SECRET, openWorld, now: NOW });
    expect(answer.status).toBe(503);
    expect(await answer.text()).not.toContain('VERCEL_TOKEN');
    const signedIn = new Request(ORIGIN, { headers: { cookie } });
    const told = await answerDashboard(signedIn, { secret: SECRET, openWorld, now: NOW });
    expect(told.status).toBe(503);
    expect(await told.text()).toContain('VERCEL_TOKEN');
  });
});

describe('with a session', () => {
  it.each([
    ['/', 200, 'Failing now'],
    ['/?before=1790000000000', 200, 'Older incidents'],
    ['/?before=x', 200, 'Failing now'],
    ['/?done=pause', 200, 'Everything is paused.'],
    ['/?done=<script>', 200, 'Failing now'],
    ['/incidents/inc_open01', 200, 'Attempt 2'],
    ['/api/dashboard?page=overview', 200, 'Failing now'],
    ['/api/dashboard?page=incident&id=inc_open01', 200, 'Attempt 2'],
    ['/api/dashboard?action=pause', 200, 'Pause everything?'],
    ['/incidents/inc_open01?page=incident&id=inc_open02', 200, 'Attempt 2'],
    ['/actions/give-up?incident=inc_open01', 200, 'Give up on this incident?'],
    ['/actions/give-up', 404, 'no such incident'],
    ['/actions/give-up?incident=inc_none', 404, 'no such incident'],
    ['/doctor', 200, 'Gemini'],
    ['/api/dashboard?page=doctor', 200, 'Gemini'],
    ['/actions/launch', 404, 'no such page'],
    ['/actions/sign-out', 405, 'POST'],
    ['/incidents/inc_none', 404, 'no such incident'],
    ['/incidents/..%2F..', 404, 'no such page'],
    ['/nothing', 404, 'no such page'],
  ])('%s answers %i', async (path, status, text) => {
    const answer = await get(await makeWorld(), path);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toContain(text);
  });

  it.each(['PUT', 'DELETE', 'PATCH'])('%s is refused', async (method) => {
    const request = new Request(ORIGIN, { method, headers: { cookie } });
    const world = await makeWorld(0);
    const answer = await answerDashboard(request, { secret: SECRET, openWorld: () => world, now: NOW });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, POST');
  });

  it.each([
    ['no token', {}, {}],
    ['a forged token', { token: 'x'.repeat(43) }, {}],
    ['another session’s token', { token: buildFormToken(createSession(NOW), SECRET) }, {}],
    ['another site', { token }, { 'sec-fetch-site': 'cross-site' }],
    ['another origin', { token }, { origin: 'https://evil.example', host: 'heal.example.dev' }],
  ])('an action with %s does nothing', async (_, fields, headers) => {
    const world = await makeWorld(0);
    const answer = await post(
      world,
      '/actions/pause',
      fields as Record<string, string>,
      { cookie, ...headers } as Record<string, string>,
    );
    expect(answer.status).toBe(403);
    const store = await world.store();
    expect((await store.readPulse()).pausedSince).toBeUndefined();
  });

  it.each([
    ['give-up', 'inc_none', 404],
    ['give-up', '../../x', 400],
    ['give-up', '', 400],
    ['give-up', 'inc_open02', 409],
    ['try-again', 'inc_open01', 409],
    ['try-again', 'inc_open02', 409],
  ])('%s of %j answers %i', async (action, incident, status) => {
    expect((await post(await makeWorld(0), `/actions/${action}`, { token, incident })).status).toBe(status);
  });

  it('every action is recorded with its time and the name given at the sign-in', async () => {
    const world = await makeWorld(0);
    const ada = createSession(NOW, 'Ada');
    const headers = { cookie: buildSessionCookie(ada, SECRET, { secure: true }).split(';', 1)[0] ?? '' };
    const fields = { token: buildFormToken(ada, SECRET), incident: 'inc_open01' };
    for (const action of ['sweep', 'pause', 'resume', 'dismiss', 'mute', 'unmute', 'give-up', 'try-again'])
      expect((await post(world, `/actions/${action}`, fields, headers)).status, action).toBeLessThan(400);
    expect((await post(world, '/actions/try-again', fields, headers)).status).toBe(409);
    await post(world, '/actions/pause', { token });

    const store = await world.store();
    const about = { at: NOW, who: 'Ada' };
    expect(await store.listActions()).toEqual([
      { at: NOW, action: 'pause' },
      { ...about, action: 'try-again', incidentId: 'inc_open01' },
      { ...about, action: 'give-up', incidentId: 'inc_open01' },
      { ...about, action: 'unmute', incidentId: 'inc_open01' },
      { ...about, action: 'mute', incidentId: 'inc_open01' },
      { ...about, action: 'dismiss' },
      { ...about, action: 'resume' },
      { ...about, action: 'pause' },
      { ...about, action: 'sweep' },
    ]);
    expect((await store.readHistory('inc_open01')).map((entry) => entry.text)).toContain(
      'Ada asked on the dashboard to try again.',
    );
  });

  it('what the queue gave up is shown until it is dismissed', async () => {
    const world = await makeWorld(0);
    const { deadLetters } = await world.store();
    for (const id of ['msg_1', 'msg_2'])
      await deadLetters.record({ id, incidentId: 'inc_open01', at: NOW, reason: 'It answered 504.' });
    const before = await (await get(world, '/')).text();
    const confirmation = await (await get(world, '/actions/dismiss')).text();
    const answer = await post(world, '/actions/dismiss', { token });
    const after = await (await get(world, answer.headers.get('location') ?? '')).text();

    expect(before).toContain('href="/actions/dismiss"');
    expect(confirmation).toContain('Dismiss the steps that the queue gave up?');
    expect(after).toContain('The list of steps that the queue gave up is empty.');
    expect(after).not.toContain('Given up by the queue');
    expect(await deadLetters.listAll()).toEqual([]);
  });

  it('an action on an incident that is being worked on changes nothing', async () => {
    const world = await makeWorld(0);
    const store = await world.store();
    await store.claim('inc_open01', 60_000);
    const answer = await post(world, '/actions/give-up', { token, incident: 'inc_open01' });
    expect(answer.status).toBe(409);
    expect((await store.find('inc_open01'))?.status).toBe('proposed');
  });

  it('a rejected incident is tried again without its closed pull request', async () => {
    const world = createTestWorld({ now: () => NOW });
    await seed(world, [fakeIncident('rejected', { id: 'inc_rejected' })]);
    const store = await world.store();
    await store.rememberRejection(99, '0123456789abcdef', 'hash');
    expect((await post(world, '/actions/try-again', { token, incident: 'inc_rejected' })).status).toBe(303);
    const incident = await store.find('inc_rejected');
    expect(incident).toMatchObject({ status: 'diagnosed', dueAt: NOW, askedAgain: { at: NOW, afterAttempt: 1 } });
    expect(incident?.pullRequest).toBeUndefined();
    expect(await store.isRejected(99, '0123456789abcdef')).toBe(false);
    expect(await store.listRejectedPatches(99)).toContain('hash');
  });

  it('an incident is not tried again while another one repairs the same failure', async () => {
    const world = createTestWorld({ now: () => NOW });
    const failures = [fakeFailure({ deploymentId: 'dpl_later' })];
    await seed(world, [
      fakeIncident('rejected', { id: 'inc_old' }),
      fakeIncident('proposed', { id: 'inc_new', failures }),
    ]);
    const store = await world.store();
    await store.claimFingerprint(99, 'main', '0123456789abcdef', 'inc_new');
    expect((await post(world, '/actions/try-again', { token, incident: 'inc_old' })).status).toBe(409);
    expect((await store.find('inc_old'))?.status).toBe('rejected');
  });

  it('an incident whose log was never read is detected again', async () => {
    const world = createTestWorld({ now: () => NOW });
    await seed(world, [
      fakeIncident('escalated', {
        id: 'inc_blind',
        diagnosis: undefined,
        attempts: [],
        pullRequest: undefined,
      } as never),
    ]);
    expect((await post(world, '/actions/try-again', { token, incident: 'inc_blind' })).status).toBe(303);
    expect((await (await world.store()).find('inc_blind'))?.status).toBe('detected');
  });
});

it('what people have is failing however many incidents came after it', async () => {
  const world = createTestWorld({ now: () => NOW });
  const old = NOW - 10 * 86_400_000;
  const failing = (id: string, projectName: string) => ({
    id,
    openedAt: old,
    dueAt: NOW + 1,
    failures: [fakeFailure({ deploymentId: `dpl_${id}`, projectId: `prj_${id}`, projectName, createdAt: old })],
  });
  await seed(world, [
    fakeIncident('escalated', failing('inc_old', 'forgotten')),
    fakeIncident('rejected', failing('inc_no', 'turned-down')),
    ...Array.from({ length: 200 }, (_, index) =>
      fakeIncident('healed', {
        id: `inc_${index}`,
        openedAt: NOW - index * 60_000,
        failures: [fakeFailure({ deploymentId: `dpl_${index}` })],
      }),
    ),
  ]);
  const text = await (await get(world, '/')).text();
  expect(text).toContain('Production is stale in 2 projects');
  const failingNow = /<h2 id="failing">.*?<\/section>/s.exec(text)?.[0];
  expect(failingNow).toContain('forgotten');
  expect(failingNow).toContain('turned-down');
});

describe('ten thousand incidents', { timeout: 60_000 }, () => {
  it('cost the overview no more documents than a hundred do', async () => {
    const world = createTestWorld({ now: () => NOW });
    await seed(
      world,
      Array.from({ length: 10_000 }, (_, index) =>
        fakeIncident('healed', {
          id: `inc_${index}`,
          openedAt: NOW - index * 60_000,
          failures: [fakeFailure({ deploymentId: `dpl_${index}`, createdAt: NOW - index * 60_000 })],
          diagnosis: fakeDiagnosis(),
        }),
      ),
    );
    const store = await world.store();
    let documents = 0;
    const counted: World = {
      ...world,
      store: async () => ({
        ...store,
        list: async (query) => {
          const page = await store.list(query);
          documents += page.length;
          return page;
        },
      }),
    };
    const answer = await get(counted, '/');
    expect(documents).toBe(100);
    expect(Buffer.byteLength(await answer.text())).toBeLessThan(100_000);
  });
});

describe('incidents as JSON', () => {
  const list = async (world: World, query: string) => await listIncidents(new URLSearchParams(query), () => world);

  it('come page by page, newest first', async () => {
    const world = await makeWorld(10);
    const first = await list(world, 'limit=5');
    if (first.outcome !== 'found') throw new Error('nothing found');
    expect(first.incidents).toHaveLength(5);
    const second = await list(world, `limit=5&before=${first.before}`);
    if (second.outcome !== 'found') throw new Error('nothing found');
    expect(second.incidents[0]?.openedAt).toBeLessThan(first.incidents[4]?.openedAt ?? 0);
    const one = await list(world, 'id=inc_open01');
    expect(one).toMatchObject({ outcome: 'found', incidents: [{ id: 'inc_open01' }] });
  });

  it.each([
    ['limit=0', 'malformed'],
    ['limit=101', 'malformed'],
    ['limit=x', 'malformed'],
    ['before=yesterday', 'malformed'],
    ['id=a/b', 'malformed'],
    ['id=inc_none', 'unknown-incident'],
  ])('%s is %s', async (query, outcome) => {
    expect((await list(await makeWorld(0), query)).outcome).toBe(outcome);
  });

  it.each([{}, { authorization: 'Bearer undefined' }, { authorization: `Bearer ${SECRET}` }, { cookie }])(
    'are closed with %j while no secret is set',
    async (headers) => {
      const answer = await getIncidents(
        new Request(`${ORIGIN}/api/incidents`, { headers: headers as Record<string, string> }),
      );
      expect(answer.status).toBe(401);
      expect(await answer.json()).toHaveProperty('error');
    },
  );
});
