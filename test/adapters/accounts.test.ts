import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createModelAccount } from '../../lib/adapters/gemini/models.js';
import { createGitHubAccount } from '../../lib/adapters/github/account.js';
import { createQueueAccount } from '../../lib/adapters/qstash-account.js';
import { createVercelSetup } from '../../lib/adapters/vercel/setup.js';
import { carriesSecret } from '../../lib/http/credentials.js';
import { type ScriptedServer, startScriptedServer } from './scripted-server.js';

const REPOSITORY = { id: 7, owner: 'acme', name: 'web' };
const retry = { tries: 2, maxWaitMs: 10 };
let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const vercel = (teamId?: string) =>
  createVercelSetup({ token: 't', baseUrl: server.url, retry, ...(teamId === undefined ? {} : { teamId }) });
const github = (token = 'github_pat_1') => createGitHubAccount({ token, baseUrl: server.url, retry });
const queue = () => createQueueAccount({ token: 't', baseUrl: server.url });
const model = () => createModelAccount({ apiKey: 'k', baseUrl: server.url });

describe('a Vercel account', () => {
  it('says who a token is for: the whole account, or teams', async () => {
    server.answer({ body: { token: { name: 'n', scopes: [{ type: 'user' }, { type: 'team', teamId: 'team_a' }] } } });
    expect(await vercel().readToken()).toEqual({ name: 'n', teamIds: [] });
    server.answer({ body: { token: { expiresAt: 5, scopes: [{ type: 'team', teamId: 'team_a' }] } } });
    expect(await vercel().readToken()).toEqual({ expiresAt: 5, teamIds: ['team_a'] });
    expect(server.requests[0]?.path).toBe('/v5/user/tokens/current');
  });

  it('keeps teams and projects that carry what nobody has heard of', async () => {
    server.answer({
      body: { teams: [{ id: 'a', slug: 's', billing: { plan: 'galactic' } }, { nothing: 1 }], pagination: {} },
    });
    expect(await vercel().listTeams()).toEqual([{ id: 'a', slug: 's', name: 's', plan: 'galactic' }]);
    server.answer({ body: [{ id: 'p', name: 'web', framework: 'never-heard' }] });
    expect(await vercel().listProjects()).toMatchObject([{ id: 'p', framework: 'never-heard' }]);
  });

  it('turns the pages of the projects, and stops where they turn in circles', async () => {
    const page = (id: string, next: number | string | null) => ({
      body: { projects: [{ id, name: id }], pagination: { count: 1, next, prev: null } },
    });
    server.answerInTurn(page('a', 17), page('b', 'token'), page('c', null));
    expect((await vercel('team_x').listProjects()).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(server.requests.map(({ query }) => [query.teamId, query.from])).toEqual([
      ['team_x', undefined],
      ['team_x', '17'],
      ['team_x', 'token'],
    ]);
    server.answerInTurn(page('a', 17));
    expect(await vercel().listProjects()).toHaveLength(1);
    expect(server.requests).toHaveLength(2);
  });

  it('reads no value where there is none to read', async () => {
    server.answer({ body: { type: 'encrypted', value: 'clear', decrypted: true } });
    expect(await vercel().readVariable('p', 'v')).toBe('clear');
    for (const body of [
      { type: 'sensitive', value: 'x' },
      { type: 'encrypted', value: 'x', decrypted: false },
      { type: 'plain' },
    ]) {
      server.answer({ body });
      expect(await vercel().readVariable('p', 'v')).toBeUndefined();
    }
    server.answer({ status: 404, body: { error: { code: 'not_found' } } });
    expect(await vercel().readVariable('p', 'v')).toBeUndefined();
  });

  it('lists variables in both shapes, each with its targets', async () => {
    const variable = { id: 'v', key: 'K', type: 'plain', target: 'production' };
    for (const body of [[variable], { envs: [{ ...variable, target: ['production'] }, { id: 1 }] }]) {
      server.answer({ body });
      expect(await vercel().listVariables('p')).toEqual([
        { id: 'v', key: 'K', type: 'plain', targets: ['production'] },
      ]);
    }
  });

  it('creates a webhook once, also when the answer is lost, and a variable as often as it takes', async () => {
    server.answerInTurn('cut');
    await expect(vercel().createWebhook({ url: 'https://a', events: ['deployment.error'] })).rejects.toMatchObject({
      kind: 'unavailable',
    });
    expect(server.requests).toHaveLength(1);

    server.answerInTurn('cut', { body: { created: {}, failed: [] } });
    await vercel().createVariable('p', { key: 'K', value: 'v', type: 'sensitive', comment: 'c' });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]).toMatchObject({
      query: { upsert: 'true' },
      body: { key: 'K', value: 'v', type: 'sensitive', comment: 'c', target: ['production'] },
    });
  });

  it('leaves out domains that lead elsewhere or are not verified', async () => {
    const domains = [
      { name: 'a.dev', verified: true, redirect: null, gitBranch: null },
      { name: 'b.dev', verified: false },
      { name: 'c.dev', verified: true, redirect: 'a.dev' },
      { name: 'd.dev', verified: true, gitBranch: 'next' },
    ];
    server.answer({ body: { domains, pagination: {} } });
    expect(await vercel().listDomains('p')).toEqual(['a.dev']);
  });
});

describe('a GitHub account', () => {
  it.each([
    ['2027-02-14 08:15:54 UTC', Date.UTC(2027, 1, 14, 8, 15, 54)],
    ['2027-02-14 10:15:54 +0200', Date.UTC(2027, 1, 14, 8, 15, 54)],
    ['2027-02-14', undefined],
    ['soon', undefined],
    [undefined, undefined],
  ])('reads the expiry of its token: %s', async (header, expected) => {
    const headers: Record<string, string> = {};
    if (header !== undefined) headers['github-authentication-token-expiration'] = header;
    server.answer({ headers, body: { login: 'ada', type: 'User' } });
    expect((await github().readToken()).expiresAt).toBe(expected);
  });

  it.each([
    ['github_pat_1', 'fine-grained'],
    ['ghp_1', 'classic'],
    ['ghs_1', 'unknown'],
  ])('knows the kind of %s', async (token, kind) => {
    server.answer({ body: { login: 'ada' } });
    expect(await github(token).readToken()).toMatchObject({ login: 'ada', accountType: 'User', kind });
  });

  it('finds out what it may write by requests that can do nothing', async () => {
    const lacks = { status: 403, body: { message: 'Resource not accessible by personal access token' } };
    server.answer(({ path }) => {
      if (path.endsWith('/pulls')) return lacks;
      if (path.endsWith('/labels')) return { status: 404, body: { message: 'Not Found' } };
      return { status: 422, body: { message: 'Validation Failed' } };
    });
    const account = github();
    const rights = await account.probeWriting(REPOSITORY);

    expect(rights).toEqual({ contents: 'granted', pull_requests: 'missing', issues: 'unknown', statuses: 'granted' });
    expect(await account.probeWriting(REPOSITORY)).toBe(rights);
    expect(server.requests).toHaveLength(4);
  });

  it('takes a limit for no missing right', async () => {
    server.answer({ status: 403, headers: { 'retry-after': '60' }, body: { message: 'secondary rate limit' } });
    expect(Object.values(await github().probeWriting(REPOSITORY))).toEqual(Array(4).fill('unknown'));
  });

  it('reads a file, and nothing where there is none or a folder', async () => {
    server.answer({ body: { encoding: 'base64', content: Buffer.from('a: ü\n').toString('base64') } });
    expect(await github().findText(REPOSITORY, 'f')).toBe('a: ü\n');
    server.answer({ status: 404, body: { message: 'Not Found' } });
    expect(await github().findText(REPOSITORY, 'f')).toBeUndefined();
  });

  it('never names the secret of a webhook in an error', async () => {
    server.answer({ status: 422, body: { message: 'Validation Failed' } });
    const webhook = { url: 'https://a', events: ['pull_request'], isActive: true };
    const error = await github()
      .createWebhook(REPOSITORY, webhook, 'a-secret-of-the-tests')
      .catch((reason: Error) => reason.message);
    expect(error).toMatch(/create webhook: 422/);
    expect(error).not.toContain('a-secret-of-the-tests');
  });
});

describe('QStash and Gemini', () => {
  it('finds a schedule, or none', async () => {
    server.answer({ body: { scheduleId: 'x', destination: 'https://a', cron: '* * * * *' } });
    expect(await queue().findSchedule('a/b')).toEqual({ destination: 'https://a', cron: '* * * * *', isPaused: false });
    server.answer({ status: 404, body: {} });
    expect(await queue().findSchedule('x')).toBeUndefined();
  });

  it('puts a schedule under an id of its own, whose calls carry what the cron’s own carry', async () => {
    server.answer({ body: { scheduleId: 'self-heal-prj_1' } });
    await queue().putSchedule('self-heal-prj_1', {
      destination: 'https://heal.example.dev/api/cron',
      cron: '*/2 * * * *',
      authorization: 'Bearer cron-secret-of-the-tests',
    });

    const [request] = server.requests;
    expect(server.requests).toHaveLength(1);
    expect(`${request?.method} ${request?.path}`).toBe('POST /v2/schedules/https://heal.example.dev/api/cron');
    expect(request?.headers).toMatchObject({
      authorization: 'Bearer t',
      'upstash-schedule-id': 'self-heal-prj_1',
      'upstash-cron': '*/2 * * * *',
      'upstash-method': 'GET',
      // The next call comes in two minutes.
      'upstash-retries': '0',
    });
    // https://upstash.com/docs/qstash/features/headers-forwarding: what has the prefix arrives without it
    const forwarded = Object.entries(request?.headers ?? {}).flatMap(([name, value]) =>
      name.startsWith('upstash-forward-') ? [[name.replace('upstash-forward-', ''), String(value)]] : [],
    );
    const call = new Request('https://heal.example.dev/api/cron', { headers: forwarded as [string, string][] });
    expect(carriesSecret(call, 'cron-secret-of-the-tests', { allowKey: false })).toBe(true);
  });

  it('never names the secret of a schedule in an error', async () => {
    server.answer({ status: 400, body: { error: 'invalid cron: Bearer cron-secret-of-the-tests' } });
    const schedule = { destination: 'https://a', cron: 'x', authorization: 'Bearer cron-secret-of-the-tests' };
    const error = await queue()
      .putSchedule('x', schedule)
      .catch((reason: Error) => reason.message);
    expect(error).toBe('QStash put schedule: 400');
  });

  it.each([
    [{ status: 401, body: {} }, 'unauthorized'],
    [{ status: 403, body: {} }, 'forbidden'],
    [{ status: 429, body: {} }, 'rate-limited'],
    [{ status: 503, body: {} }, 'unavailable'],
    [{ body: '<html>' }, 'malformed'],
    ['cut', 'unavailable'],
  ] as const)('fail by name: %j is %s', async (reply, kind) => {
    server.answer(reply);
    await expect(queue().readSigningKeys()).rejects.toMatchObject({ system: 'qstash', kind });
    await expect(model().listModels()).rejects.toMatchObject({ system: 'gemini', kind });
  });

  it('takes a refused key for what it is', async () => {
    server.answer({ status: 400, body: { error: { message: 'API key not valid. Please pass a valid API key.' } } });
    await expect(model().listModels()).rejects.toMatchObject({ kind: 'unauthorized' });
  });

  it('names models as the settings do, with the key in a header', async () => {
    server.answer({ body: { models: [{ name: 'models/gemini-x' }] } });
    expect(await model().listModels()).toEqual(['gemini-x']);
    expect(server.requests[0]).toMatchObject({ path: '/v1beta/models', headers: { 'x-goog-api-key': 'k' } });
    expect(JSON.stringify(server.requests[0]?.query)).not.toContain('"k"');
  });
});
