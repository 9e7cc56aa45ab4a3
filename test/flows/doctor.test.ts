import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../lib/flows/doctor/finding.js';
import { type DoctorReport, examine, type Finding, reportSettings } from '../../lib/flows/doctor.js';
import {
  ADDRESS,
  type Answers,
  DAY,
  HOOK,
  LACKS,
  NOW,
  type Outside,
  PROJECT,
  startOutside,
  TEAM,
  WELL,
} from './doctor-outside.js';

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside();
});
afterAll(async () => {
  await outside.server.close();
});

function find(report: DoctorReport, id: string): Finding {
  const finding = report.findings.find((one) => one.id === id);
  if (finding === undefined) throw new Error(`no ${id} among ${report.findings.map((one) => one.id).join(', ')}`);
  return finding;
}

const user = (body: object, headers: Record<string, string> = {}) => ({
  'GET /user': { headers, body: { login: 'ada', type: 'User', ...body } },
});
const hobby: Answers = { 'GET /v2/teams': { body: { teams: [{ ...TEAM, billing: { plan: 'hobby' } }] } } };
const noMembers: Answers = { 'GET /v3/teams/team_acme/members': { body: { members: [] } } };
const commit = (more: object) => ({
  body: {
    deployments: [
      {
        uid: 'dpl_9',
        name: 'web',
        projectId: 'prj_web',
        state: 'READY',
        created: NOW - 1000,
        meta: {
          githubOrg: 'acme',
          githubRepo: 'web',
          githubRepoId: '7',
          githubCommitRef: 'fix',
          githubCommitSha: 'a'.repeat(40),
          githubCommitAuthorLogin: 'ADA',
        },
        ...more,
      },
    ],
    pagination: { next: null },
  },
});

describe('when everything is as it should be', () => {
  it('finds nothing to do, with one sentence for each thing', async () => {
    const report = await examine(outside.open());

    expect(report.findings.filter(({ state }) => state !== 'ok')).toEqual([]);
    expect(report.ok).toBe(true);
    expect(new Set(report.findings.map(({ id }) => id)).size).toBe(report.findings.length);
    for (const finding of report.findings) expect(finding.detail).toMatch(/^\S.*\.$/);
  });

  it('changes nothing: the only requests that are not reads are refused for what they say', async () => {
    await examine(outside.open());

    const writes = outside.server.requests.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ path }) => path).sort()).toEqual([
      '/repos/acme/web/git/refs',
      '/repos/acme/web/labels',
      '/repos/acme/web/pulls',
      `/repos/acme/web/statuses/${'0'.repeat(40)}`,
    ]);
    expect(JSON.stringify(writes.map(({ body }) => body))).toContain('0'.repeat(40));
  });

  it('does not even try to write in observe mode', async () => {
    const report = await examine(outside.open({ environment: { MODE: 'observe' } }));

    expect(outside.server.requests.every(({ method }) => method === 'GET')).toBe(true);
    expect(find(report, 'github-rights:acme/web')).toMatchObject({ state: 'ok' });
  });

  it('asks what several checks need once', async () => {
    await examine(outside.open());

    const asked = outside.server.requests.map(({ method, path }) => `${method} ${path}`);
    for (const path of ['GET /user', 'GET /v2/teams', 'GET /v9/projects/web'])
      expect(asked.filter((one) => one === path)).toHaveLength(1);
  });

  it('tries the rights of a repository once in ten minutes', async () => {
    const world = outside.open();
    await examine(world);
    outside.server.requests.length = 0;
    await examine(world);

    expect(outside.server.requests.filter(({ method }) => method === 'POST')).toEqual([]);
  });
});

describe('each thing that can be wrong', () => {
  it.each<[string, Parameters<Outside['open']>[0], string, Finding['state'], RegExp]>([
    [
      'an expired Vercel token',
      { answers: { 'GET /v5/user/tokens/current': { body: { token: { expiresAt: NOW - DAY } } } } },
      'vercel-token',
      'fail',
      /VERCEL_TOKEN expired on 2026-11-24/,
    ],
    [
      'a Vercel token in its last days',
      { answers: { 'GET /v5/user/tokens/current': { body: { token: { expiresAt: NOW + 5 * DAY } } } } },
      'vercel-token',
      'warn',
      /in 5 days/,
    ],
    [
      'a refused Vercel token',
      {
        answers: {
          'GET /v5/user/tokens/current': {
            status: 403,
            body: { error: { code: 'forbidden', message: 'Not authorized', invalidToken: true } },
          },
        },
      },
      'vercel-token',
      'fail',
      /Not authorized/,
    ],
    [
      'a team out of reach',
      { answers: { 'GET /v2/teams': { body: { teams: [] } } } },
      'vercel-token',
      'fail',
      /does not reach the team team_acme/,
    ],
    [
      'a project that is not there',
      { environment: { VERCEL_PROJECTS: 'web,wbe' } },
      'vercel-projects',
      'fail',
      /does not see wbe/,
    ],
    [
      'only unlinked projects',
      { answers: { 'GET /v9/projects/web': { body: { ...PROJECT, link: undefined } } } },
      'vercel-projects',
      'fail',
      /None of the projects is connected/,
    ],
    ['the hobby plan', { answers: hobby }, 'vercel-plan', 'ok', /hobby: a cron a day/],
    [
      'no plan to be seen',
      {
        answers: {
          'GET /v2/teams': { body: { teams: [{ ...TEAM, billing: null }] } },
          'GET /v9/projects/web': { body: { ...PROJECT, targets: {} } },
        },
      },
      'vercel-plan',
      'unknown',
      /does not tell/,
    ],
    [
      'a plan that only a deployment names',
      { answers: { 'GET /v2/teams': { body: { teams: [{ ...TEAM, billing: null }] } } } },
      'vercel-plan',
      'ok',
      /is pro/,
    ],
    [
      'a GitHub token in its last days',
      { answers: user({}, { 'github-authentication-token-expiration': '2026-11-28 12:00:00 UTC' }) },
      'github-token',
      'warn',
      /GITHUB_TOKEN expires on 2026-11-28, in 3 days/,
    ],
    ['a bot', { answers: user({ type: 'Bot', login: 'ada[bot]' }) }, 'github-token', 'warn', /CodeRabbit passes over/],
    [
      'a refused GitHub token',
      { answers: { 'GET /user': { status: 401, body: { message: 'Bad credentials' } } } },
      'github-token',
      'fail',
      /Bad credentials/,
    ],
    [
      'a classic token',
      { environment: { GITHUB_TOKEN: 'ghp_classic' }, answers: user({}, { 'x-oauth-scopes': 'repo, user' }) },
      'github-token',
      'warn',
      /classic token/,
    ],
    [
      'a classic token without its scope',
      { environment: { GITHUB_TOKEN: 'ghp_classic' }, answers: user({}, { 'x-oauth-scopes': 'user' }) },
      'github-token',
      'fail',
      /without the scope repo/,
    ],
    [
      'few requests left',
      {
        answers: user(
          {},
          { 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': '12', 'x-ratelimit-reset': '1795000000' },
        ),
      },
      'github-requests',
      'warn',
      /12 of 5000/,
    ],
    [
      'a repository out of reach',
      { answers: { 'GET /repos/acme/web': { status: 404, body: { message: 'Not Found' } } } },
      'github-rights:acme/web',
      'fail',
      /does not see acme\/web/,
    ],
    [
      'an archived repository',
      { answers: { 'GET /repos/acme/web': { body: { archived: true, default_branch: 'main' } } } },
      'github-rights:acme/web',
      'fail',
      /archived/,
    ],
    [
      'an account without push',
      { answers: { 'GET /repos/acme/web': { body: { default_branch: 'main', permissions: { push: false } } } } },
      'github-rights:acme/web',
      'fail',
      /may not push/,
    ],
    [
      'a token without two rights',
      { answers: { 'POST /repos/acme/web/pulls': LACKS, 'POST /repos/acme/web/labels': LACKS } },
      'github-rights:acme/web',
      'fail',
      /lacks: Pull requests, Issues /,
    ],
    [
      'a right that stays unclear',
      { answers: { 'POST /repos/acme/web/pulls': { status: 500, body: {} } } },
      'github-rights:acme/web',
      'unknown',
      /Pull requests/,
    ],
    [
      'a commit of ours that was built',
      { answers: { 'GET /v7/deployments': commit({}) } },
      'commit-author',
      'ok',
      /Vercel built a commit of ada/,
    ],
    [
      'a commit of ours that was blocked',
      {
        answers: {
          'GET /v7/deployments': commit({ state: 'BLOCKED', seatBlock: { blockCode: 'TEAM_ACCESS_REQUIRED' } }),
        },
      },
      'commit-author',
      'fail',
      /TEAM_ACCESS_REQUIRED/,
    ],
    [
      'an author off the team, private',
      { answers: noMembers },
      'commit-author',
      'fail',
      /no member of the Vercel team Acme/,
    ],
    [
      'an author off the team, public',
      { answers: { ...noMembers, 'GET /repos/acme/web': { body: { private: false, default_branch: 'main' } } } },
      'commit-author',
      'warn',
      /Perhaps/,
    ],
    ['a bot as author', { answers: user({ type: 'Bot' }) }, 'commit-author', 'warn', /Probably/],
    [
      'an ignored reviewer',
      {
        answers: {
          'GET /repos/acme/web/contents/.coderabbit.yaml': {
            body: {
              encoding: 'base64',
              content: Buffer.from('reviews:\n  auto_review:\n    ignore_usernames: [ada]\n').toString('base64'),
            },
          },
        },
      },
      'coderabbit:acme/web',
      'fail',
      /names ada among ignore_usernames/,
    ],
    [
      'a file that is no YAML',
      {
        answers: {
          'GET /repos/acme/web/contents/.coderabbit.yaml': {
            body: { encoding: 'base64', content: Buffer.from(': [').toString('base64') },
          },
        },
      },
      'coderabbit:acme/web',
      'ok',
      /at work/,
    ],
    [
      'a reviewer that skips bots',
      {
        answers: {
          'GET /repos/acme/web/issues/comments': {
            body: [{ user: { login: 'coderabbitai[bot]' }, body: 'Review skipped - Bot user detected.' }],
          },
        },
      },
      'coderabbit:acme/web',
      'warn',
      /passes over/,
    ],
    [
      'no reviewer',
      { answers: { 'GET /repos/acme/web/issues/comments': { body: [] } } },
      'coderabbit:acme/web',
      'unknown',
      /not seen/,
    ],
    [
      'no GitHub webhook',
      { answers: { 'GET /repos/acme/web/hooks': { body: [] } } },
      'github-webhook:acme/web',
      'warn',
      /has none/,
    ],
    [
      'a webhook of a neighbour',
      {
        answers: {
          'GET /repos/acme/web/hooks': { body: [{ ...HOOK, config: { url: `${ADDRESS}.evil/api/webhooks/github` } }] },
        },
      },
      'github-webhook:acme/web',
      'warn',
      /has none/,
    ],
    [
      'a webhook that is off',
      { answers: { 'GET /repos/acme/web/hooks': { body: [{ ...HOOK, active: false }] } } },
      'github-webhook:acme/web',
      'warn',
      /switched off/,
    ],
    [
      'a webhook with too few events',
      { answers: { 'GET /repos/acme/web/hooks': { body: [{ ...HOOK, events: ['pull_request'] }] } } },
      'github-webhook:acme/web',
      'warn',
      /deployment_status, status, pull_request_review, issue_comment/,
    ],
    [
      'a webhook without its secret',
      { environment: { GITHUB_WEBHOOK_SECRET: '' } },
      'github-webhook:acme/web',
      'fail',
      /GITHUB_WEBHOOK_SECRET is not set/,
    ],
    [
      'a webhook that is refused',
      {
        answers: {
          'GET /repos/acme/web/hooks/11/deliveries': {
            body: [{ event: 'issue_comment', status_code: 401, delivered_at: '2026-11-25T11:00:00Z' }],
          },
        },
      },
      'github-webhook:acme/web',
      'fail',
      /answered with 401/,
    ],
    [
      'a token that may not read webhooks',
      { answers: { 'GET /repos/acme/web/hooks': LACKS } },
      'github-webhook',
      'fail',
      /not accessible/,
    ],
    ['no address of our own', { environment: { PUBLIC_URL: '' } }, 'github-webhook', 'unknown', /address is not known/],
    ['no Vercel webhook', { answers: { 'GET /v1/webhooks': { body: [] } } }, 'vercel-webhook', 'warn', /There is none/],
    [
      'no Vercel webhook on hobby',
      { answers: { ...hobby, 'GET /v1/webhooks': { body: [] } } },
      'vercel-webhook',
      'ok',
      /hobby plan has none/,
    ],
    [
      'a Vercel webhook without its secret',
      { environment: { VERCEL_WEBHOOK_SECRET: '' } },
      'vercel-webhook',
      'fail',
      /VERCEL_WEBHOOK_SECRET is not set/,
    ],
    ['no cron yet', { pulse: { lastSweepBy: {} } }, 'cron', 'warn', /No cron has come/],
    ['a late cron', { pulse: { lastSweepBy: { cron: NOW - 3 * 3_600_000 } } }, 'cron', 'fail', /3 h ago/],
    [
      'a daily cron',
      { answers: hobby, pulse: { lastSweepBy: { cron: NOW - 20 * 3_600_000 } } },
      'cron',
      'ok',
      /20 h ago/,
    ],
    [
      'a daily cron that stayed away',
      { answers: hobby, pulse: { lastSweepBy: { cron: NOW - 30 * 3_600_000 } } },
      'cron',
      'fail',
      /30 h ago/,
    ],
    ['a store that evicts', { health: { evictionPolicy: 'allkeys-lru' } }, 'store:eviction', 'fail', /allkeys-lru/],
    [
      'a store that is nearly full',
      { health: { usedBytes: 250_000_000 } },
      'store:fill',
      'warn',
      /250.0 MB of 256.0 MB/,
    ],
    [
      'a model that is gone',
      { environment: { GEMINI_MODELS: 'gemini-a,gemini-z' } },
      'model',
      'warn',
      /Not offered to it: gemini-z/,
    ],
    ['no model', { environment: { GEMINI_MODELS: 'gemini-z' } }, 'model', 'fail', /none of gemini-z/],
    [
      'a wrong key',
      {
        answers: {
          'GET /v1beta/models': { status: 400, body: { error: { details: [{ reason: 'API_KEY_INVALID' }] } } },
        },
      },
      'model',
      'fail',
      /400/,
    ],
    ['no key', { environment: { GEMINI_API_KEY: '' } }, 'model', 'ok', /only what the compiler/],
    [
      'a foreign signing key',
      { environment: { QSTASH_CURRENT_SIGNING_KEY: 'signing-key-of-another' } },
      'queue',
      'fail',
      /not a key of this account/,
    ],
    ['no schedule on hobby', { answers: hobby }, 'queue', 'warn', /schedule is missing/],
    [
      'a schedule on hobby',
      {
        answers: {
          ...hobby,
          'GET /v2/schedules/self-heal-sweep-prj_own': { body: { destination: ADDRESS, cron: '*/2 * * * *' } },
        },
      },
      'queue',
      'ok',
      /calls us on \*\/2/,
    ],
    ['a pause', { environment: { PAUSED: '1' } }, 'mode', 'warn', /PAUSED is set/],
    ['a pause by a person', { pulse: { pausedSince: NOW } }, 'mode', 'warn', /Paused on the dashboard/],
  ])('%s', async (_, change, id, state, text) => {
    const report = await examine(outside.open(change));
    const finding = find(report, id);

    expect(finding).toMatchObject({ state, detail: expect.stringMatching(text) });
    if (state === 'fail' || state === 'warn') expect(finding.remedy).toMatch(/^[A-Z].*\.$/);
    if (finding.link !== undefined) expect(finding.link).toMatch(/^https:\/\//);
    expect(report.ok).toBe(report.findings.every((one) => one.state !== 'fail'));
  });

  it('a limit that is nearly used up', async () => {
    const world = outside.open({ environment: { MAX_MODEL_CALLS_PER_DAY: '5' } });
    const store = await world.store();
    await store.reserve([{ name: 'model-calls-day', amount: 4, ceiling: 5, windowSeconds: 86_400 }]);

    expect(find(await examine(world), 'limit:model-calls-day')).toMatchObject({
      state: 'warn',
      detail: 'Model calls today: 4 of 5, 1 left.',
    });
  });

  it('more repositories than one look may ask about', async () => {
    const names = Array.from({ length: 13 }, (_, index) => `web${index}`);
    const deployments = [...names, 'web3'].map((name, index) => ({
      uid: `dpl_${index}`,
      name,
      projectId: `prj_${name}`,
      state: 'READY',
      created: NOW - index,
    }));
    const projects = names.map((name): [string, Answers[string]] => [
      `GET /v9/projects/prj_${name}`,
      { body: { ...PROJECT, id: `prj_${name}`, name, link: { ...PROJECT.link, repo: name } } },
    ]);
    const report = await examine(
      outside.open({
        environment: { VERCEL_PROJECTS: '' },
        answers: {
          'GET /v7/deployments': { body: { deployments, pagination: { next: null } } },
          ...Object.fromEntries(projects),
        },
      }),
    );

    expect(find(report, 'vercel-projects').detail).toMatch(/^13 watched: web0, web1/);
    expect(report.findings.filter(({ id }) => id.startsWith('github-rights:acme/'))).toHaveLength(10);
    expect(find(report, 'github-rights:others').detail).toMatch(/^3 more repositories/);
  });
});

describe('a look that goes wrong', () => {
  const check = (id: string, look: Check['look']): Check => ({ id, title: id, look });

  it('takes no other down, whatever it throws and however long it takes', async () => {
    const report = await examine(outside.open(), {
      patienceMs: 50,
      checks: [
        check('throws', () => {
          throw new TypeError('x is undefined');
        }),
        check('rejects', async () => Promise.reject('a string')),
        check('hangs', () => new Promise(() => {})),
        check('works', async () => ({ state: 'ok', detail: 'Fine.' })),
      ],
    });

    expect(report.findings.map(({ id, state }) => [id, state])).toEqual([
      ['throws', 'unknown'],
      ['rejects', 'unknown'],
      ['hangs', 'unknown'],
      ['works', 'ok'],
    ]);
  });

  it('is told apart from a setting that is wrong: an outage is not known, a dead store is to be mended', async () => {
    const down = Object.fromEntries(Object.keys(WELL).map((key) => [key, { status: 503, body: {} }]));
    const report = await examine(outside.open({ answers: down }));

    expect(report.findings.filter(({ state }) => state === 'fail')).toEqual([]);
    expect(find(report, 'vercel-token')).toMatchObject({ state: 'unknown' });
  }, 60_000);

  it('tells no secret', async () => {
    const secret = 'vercel-token-of-the-tests';
    const report = await examine(
      outside.open({
        answers: { 'GET /v2/user': { status: 403, body: { error: { code: 'forbidden', message: `no ${secret}` } } } },
      }),
    );

    expect(JSON.stringify(report)).not.toContain(secret);
  });
});

it('tells what to do about each setting', () => {
  const report = reportSettings([{ variable: 'CRON_SECRET', problem: 'is not set', remedy: 'generate one: openssl' }]);

  expect(report).toEqual({
    ok: false,
    findings: [
      {
        id: 'setting:CRON_SECRET',
        check: 'CRON_SECRET',
        state: 'fail',
        detail: 'CRON_SECRET is not set.',
        remedy: 'Generate one: openssl.',
      },
    ],
  });
});
