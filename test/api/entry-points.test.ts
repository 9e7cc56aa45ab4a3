import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

const SECRETS = {
  CRON_SECRET: 'cron-secret-0123456789',
  TRIGGER_SECRET: 'trigger-secret-0123456789',
  DASHBOARD_SECRET: 'dashboard-secret-0123456789',
};

type Handler = (request: Request) => Response | Promise<Response>;

/** Stands for every outside system: counts what reaches it, and answers like a Vercel that knows nothing. */
const reached: string[] = [];
const server = http.createServer((request, response) => {
  reached.push(`${request.method} ${request.url?.split('?')[0]}`);
  response.writeHead(404, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ error: { code: 'not_found', message: 'Not found' } }));
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => {
  server.close();
});
beforeEach(() => {
  reached.length = 0;
  vi.unstubAllEnvs();
  vi.resetModules();
});

function configure(change: Readonly<Record<string, string>> = {}): void {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const environment = {
    VERCEL_TOKEN: 'vercel-token',
    VERCEL_API_URL: url,
    GITHUB_TOKEN: 'github-token',
    GITHUB_API_URL: url,
    UPSTASH_REDIS_REST_URL: url,
    UPSTASH_REDIS_REST_TOKEN: 'redis-token',
    ...SECRETS,
    // Vitest sets MODE=test for its own purposes.
    MODE: 'repair',
    ...change,
  };
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
}

const ENTRY_POINTS = {
  cron: () => import('../../api/cron.js'),
  trigger: () => import('../../api/trigger.js'),
  health: () => import('../../api/health.js'),
};

async function ask(
  file: keyof typeof ENTRY_POINTS,
  path: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const { GET }: { GET: Handler } = await ENTRY_POINTS[file]();
  return await GET(new Request(`https://self-healing.example/api/${file}${path}`, { headers }));
}

const bearer = (secret: string): Record<string, string> => ({ authorization: `Bearer ${secret}` });

describe.each([
  ['cron', 'CRON_SECRET'],
  ['trigger', 'TRIGGER_SECRET'],
] as const)('/api/%s', (file, name) => {
  it.each<[string, Record<string, string>]>([
    ['no header', {}],
    ['an empty header', { authorization: '' }],
    ['a bare scheme', { authorization: 'Bearer ' }],
    ['"Bearer undefined"', bearer('undefined')],
    ['a wrong secret', bearer('wrong-secret-0123456789')],
    ['a truncated secret', bearer(SECRETS[name].slice(0, -1))],
    ['a longer secret', bearer(`${SECRETS[name]}0`)],
    ['another scheme', { authorization: `Basic ${SECRETS[name]}` }],
    ['the other endpoint’s secret', bearer(file === 'cron' ? SECRETS.TRIGGER_SECRET : SECRETS.CRON_SECRET)],
    ['the user agent alone', { 'user-agent': 'vercel-cron/1.0' }],
    ['an oversized header', bearer('x'.repeat(8_000))],
  ])('refuses %s and asks nobody', async (_, headers) => {
    configure();

    const response = await ask(file, '', headers);

    expect(response.status).toBe(401);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(reached).toEqual([]);
  });

  it.each(['', 'short', 'undefined'])('is closed while its secret is %j', async (secret) => {
    configure({ [name]: secret });

    for (const given of [secret, 'undefined', '']) {
      expect((await ask(file, '', bearer(given))).status).toBe(401);
    }
    expect(reached).toEqual([]);
  });

  it('names the settings that are missing once the secret is right', async () => {
    configure({ GITHUB_TOKEN: '', MODE: 'repeir' });

    const response = await ask(file, '', bearer(SECRETS[name]));

    expect(response.status).toBe(503);
    expect(((await response.json()) as { error: string }).error).toMatch(/GITHUB_TOKEN.*MODE/);
    expect(reached).toEqual([]);
  });
});

describe('/api/cron', () => {
  it('takes no key from the address', async () => {
    configure();

    expect((await ask('cron', `?key=${SECRETS.CRON_SECRET}`)).status).toBe(401);
  });
});

describe('/api/trigger', () => {
  it.each([
    ['?deployment=nonsense', 'dpl_'],
    ['?deployment=dpl_', 'dpl_'],
    ['?deployment=dpl_abc/../../x', 'dpl_'],
    ['?deployment=dpl_abcdef&deployment=dpl_ghijkl', 'more than once'],
    ['?deployment=dpl_abcdef&project=web', 'not both'],
    ['?project=', 'name or its id'],
    ['?project=a%2Fb', 'name or its id'],
    ['?projekt=web', 'not known'],
  ])('answers %s with 400 and one sentence, and asks nobody', async (query, sentence) => {
    configure();

    const response = await ask('trigger', query, bearer(SECRETS.TRIGGER_SECRET));

    expect(response.status).toBe(400);
    expect(((await response.json()) as { error: string }).error).toContain(sentence);
    expect(reached).toEqual([]);
  });

  it.each([
    ['?deployment=dpl_abcdef', 'dpl_abcdef'],
    ['?project=web', 'web'],
  ])('answers %s with 404 when Vercel does not know it, and leaves the store alone', async (query, name) => {
    configure();

    const response = await ask('trigger', query, bearer(SECRETS.TRIGGER_SECRET));

    expect(response.status).toBe(404);
    expect(((await response.json()) as { error: string }).error).toContain(name);
    expect(reached.filter((call) => call.startsWith('POST'))).toEqual([]);
  });

  it('takes the key from the address, for a bookmark, and answers a browser with a page', async () => {
    configure();

    const response = await ask('trigger', `?key=${SECRETS.TRIGGER_SECRET}&deployment=dpl_abcdef`, {
      accept: 'text/html',
    });

    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('lets the header decide when both are given', async () => {
    configure();

    const response = await ask('trigger', `?key=${SECRETS.TRIGGER_SECRET}`, bearer('wrong-secret-0123456789'));

    expect(response.status).toBe(401);
  });
});

describe('/api/health', () => {
  it('tells strangers only whether all is well', async () => {
    configure();
    expect(await (await ask('health', '')).json()).toEqual({ ok: true });

    vi.resetModules();
    configure({ VERCEL_TOKEN: '' });
    const broken = await ask('health', '', bearer('wrong-secret-0123456789'));
    expect(broken.status).toBe(503);
    expect(await broken.json()).toEqual({ ok: false });
  });

  it('names what is missing while no secret is set, never a value', async () => {
    configure({ DASHBOARD_SECRET: '', VERCEL_TOKEN: '' });

    const body = await (await ask('health', '')).text();

    expect(JSON.parse(body)).toEqual({ ok: false, missing: ['VERCEL_TOKEN', 'DASHBOARD_SECRET'] });
    expect(body).not.toContain('github-token');
  });

  it('tells the signed-in person what to do about each setting', async () => {
    configure({ VERCEL_TOKEN: '', PAUSED: 'maybe', MAX_ATTEMPTS_PER_DAY: '-1', UPSTASH_REDIS_REST_URL: 'nowhere' });

    const report = (await (await ask('health', '', bearer(SECRETS.DASHBOARD_SECRET))).json()) as {
      findings: { check: string; remedy: string }[];
    };

    expect(report.findings.map((finding) => finding.check).sort()).toEqual([
      'MAX_ATTEMPTS_PER_DAY',
      'PAUSED',
      'UPSTASH_REDIS_REST_URL',
      'VERCEL_TOKEN',
    ]);
    for (const finding of report.findings) expect(finding.remedy).toMatch(/^[A-Z].*\.$/);
  });

  it('asks each outside system and says which does not answer', async () => {
    configure();

    const response = await ask('health', '', bearer(SECRETS.DASHBOARD_SECRET));
    const report = (await response.json()) as { ok: boolean; findings: { id: string; state: string }[] };
    const states = Object.fromEntries(report.findings.map(({ id, state }) => [id, state]));

    expect(response.status).toBe(503);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(states).toMatchObject({ store: 'fail', 'vercel-token': 'fail', 'github-token': 'fail', model: 'ok' });
  });
});
