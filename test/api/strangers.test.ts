/**
 * Everybody who is not let in, at every door. The table follows the folder: a function, a method or a rewrite without
 * its row fails.
 */
import { subscribe } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildFormToken, buildSessionCookie, createSession, readSession } from '../../lib/http/session.js';
import { ACTIONS } from '../../lib/report/pages/confirmation-page.js';
import { readVercelConfig } from '../../sandbox/services/functions/vercel-config.js';
import { MISSPELT, page } from '../faults/lives.js';
import { SYNTAX_LOG } from '../faults/recorded-builds.js';
import { GITHUB_EVENTS, signGitHub, signVercel, vercelEvent } from '../webhooks/deliveries.js';
import { signDelivery } from '../webhooks/qstash-token.js';
import { type Installation, ORIGIN, openInstallation, SECRETS } from './installation.js';

type Headers = Readonly<Record<string, string>>;
interface Attempt {
  readonly name: string;
  readonly headers?: Headers;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: string;
}
interface Door {
  readonly methods: readonly string[];
  /** Every address that leads to the function. */
  readonly addresses: readonly string[];
  /** What lets in. */
  readonly key: (address: string, method: string) => Attempt | Promise<Attempt>;
  /** What does not. */
  readonly attempts: () => readonly Attempt[];
  /** What strangers get, where it is not a refusal. */
  readonly isRefusal?: (status: number, text: string, address: string) => boolean;
}

let house: Installation;
/** Every address that anything in this process connected to, and every name that it looked up. */
const reached = new Set<string>();

beforeAll(async () => {
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { readonly socket: Socket };
    socket.once('lookup', (_error, _address, _family, host: string) => reached.add(host));
    socket.once('connect', () => reached.add(`${socket.remoteAddress}:${socket.remotePort}`));
  });
  house = await openInstallation();
  await house.stage.push(page(MISSPELT));
  await house.passUntil('verified');
});
afterAll(async () => await house?.stop());

// --- What strangers try ---------------------------------------------------------------------------------------------

const OTHERS = Object.entries(SECRETS);
const bearer = (secret: string): Headers => ({ authorization: `Bearer ${secret}` });
const other = (text: string) => `${text.slice(0, -1)}${text.endsWith('0') ? '1' : '0'}`;

/** Said to whoever believes what a request says about itself. */
const CLAIMS: readonly Attempt[] = [
  {
    name: 'Vercel Cron’s own headers',
    headers: { 'user-agent': 'vercel-cron/1.0', 'x-vercel-cron-schedule': '* * * * *' },
  },
  { name: 'the host of a neighbour', headers: { 'x-forwarded-host': 'localhost', host: 'localhost' } },
  { name: 'an address of this machine', headers: { 'x-real-ip': '127.0.0.1', 'x-forwarded-for': '127.0.0.1' } },
  { name: 'another path', headers: { 'x-original-url': '/api/health', 'x-rewrite-url': '/api/health' } },
  { name: 'another method', headers: { 'x-http-method-override': 'HEAD' } },
  {
    name: 'a request inside the platform',
    headers: { 'x-middleware-subrequest': 'api/cron', 'x-vercel-internal': '1' },
  },
];

const NOTHING: readonly Attempt[] = [
  { name: 'nothing' },
  { name: 'an empty header', headers: { authorization: '' } },
  { name: 'a bare scheme', headers: { authorization: 'Bearer ' } },
  ...['undefined', 'null', '[object Object]', 'true', '*'].map((word) => ({
    name: `the word ${word}`,
    headers: { ...bearer(word), 'x-vercel-signature': word, 'x-hub-signature-256': word, 'upstash-signature': word },
  })),
  ...CLAIMS,
];

/** A secret in a header; `alsoQuery` where `?key=` is taken as well. */
function withBearer(name: keyof typeof SECRETS, alsoQuery: boolean): readonly Attempt[] {
  const secret = SECRETS[name];
  return [
    ...NOTHING,
    { name: 'a wrong secret of the same length', headers: bearer(other(secret)) },
    { name: 'a truncated secret', headers: bearer(secret.slice(0, -1)) },
    { name: 'a longer secret', headers: bearer(`${secret}0`) },
    { name: 'the secret in capitals', headers: bearer(secret.toUpperCase()) },
    { name: 'an oversized secret', headers: bearer(secret.repeat(4_000)) },
    { name: 'another scheme', headers: { authorization: `Basic ${btoa(`:${secret}`)}` } },
    { name: 'no scheme', headers: { authorization: secret } },
    { name: 'two secrets, one of them right', headers: { authorization: `Bearer wrong, Bearer ${secret}` } },
    { name: 'the secret as a cookie', headers: { cookie: `self-heal=${secret}; __Host-self-heal=${secret}` } },
    {
      name: 'the secret in another header',
      headers: { 'x-api-key': secret, 'proxy-authorization': `Bearer ${secret}` },
    },
    ...OTHERS.filter(([key]) => key !== name).map(([key, value]) => ({
      name: `${key} instead`,
      headers: bearer(value),
    })),
    ...(alsoQuery
      ? [
          { name: 'a wrong key', query: { key: other(secret) } },
          { name: 'an empty key', query: { key: '' } },
          { name: 'the right key beside a wrong header', query: { key: secret }, headers: bearer('wrong') },
        ]
      : [{ name: 'the secret in the address', query: { key: secret, token: secret } }]),
  ];
}

function withSignature(input: {
  readonly header: string;
  readonly body: string;
  readonly secret: string;
  readonly sign: (body: string, secret: string) => string;
  readonly headers?: Headers;
}): readonly Attempt[] {
  const { header, body, secret, sign, headers = {} } = input;
  const right = sign(body, secret);
  const signed = (name: string, signature: string, sent = body): Attempt => ({
    name,
    headers: { ...headers, [header]: signature },
    body: sent,
  });
  return [
    ...NOTHING.map((attempt) => ({ ...attempt, headers: { ...headers, ...attempt.headers }, body })),
    signed('an empty signature', ''),
    signed('a wrong signature', other(right)),
    signed('a truncated signature', right.slice(0, -1)),
    signed('a longer signature', `${right}0`),
    signed('a signature in capitals', right.toUpperCase()),
    signed('an oversized signature', right.repeat(1_000)),
    signed('two signatures', `${right}, ${right}`),
    signed('an overheard signature over another body', right, `${body} `),
    signed('a signature made with nothing', sign(body, 'undefined')),
    ...OTHERS.filter(([, value]) => value !== secret).map(([key, value]) =>
      signed(`a signature made with ${key}`, sign(body, value)),
    ),
    { name: 'the secret as a bearer', headers: { ...headers, ...bearer(secret) }, body },
    { name: 'the secret in the address', headers, query: { key: secret, secret }, body },
    { ...signed('an oversized body', right, body.padEnd(2_000_001)) },
    {
      name: 'an announced oversized body',
      headers: { ...headers, [header]: right, 'content-length': '99999999' },
      body,
    },
  ];
}

const DELIVERED = JSON.stringify(vercelEvent('deployment.error'));
const CLOSED = JSON.stringify(GITHUB_EVENTS.pull_request);
const STEP = JSON.stringify({ incidentId: 'inc_none' });
const STEP_URL = `${ORIGIN}/api/heal`;

function withQueueToken(): readonly Attempt[] {
  type Changes = Partial<Parameters<typeof signDelivery>[0]>;
  const key = SECRETS.QSTASH_CURRENT_SIGNING_KEY;
  const token = (changes: Changes = {}) =>
    signDelivery({ body: STEP, url: STEP_URL, now: Date.now(), key, ...changes });
  const sent = (name: string, signature: string, body = STEP): Attempt => ({
    name,
    headers: { 'upstash-signature': signature },
    body,
  });
  const [head = '', claims = '', proof = ''] = token().split('.');
  return [
    ...NOTHING.map((attempt) => ({ ...attempt, body: STEP })),
    sent('a token without its proof', `${head}.${claims}.`),
    sent('a token that says it needs no proof', `${btoa('{"alg":"none","typ":"JWT"}')}.${claims}.`),
    sent('a truncated token', token().slice(0, -1)),
    sent('a wrong proof', `${head}.${claims}.${other(proof)}`),
    sent('an oversized token', `${head}.${claims.repeat(5_000)}.${proof}`),
    sent('a token for another body', token({ body: '{}' })),
    sent('a token for another address', token({ url: `${ORIGIN}/api/cron` })),
    sent('a token for another host', token({ url: 'https://elsewhere.example/api/heal' })),
    sent('a token of another issuer', token({ claims: { iss: 'Upstart' } })),
    sent('an old token, overheard', token({ now: Date.now() - 3_600_000 })),
    sent('a token that is not valid yet', token({ now: Date.now() + 3_600_000 })),
    sent('a token that never ends', token({ claims: { exp: null } })),
    ...OTHERS.filter(([name]) => !name.includes('SIGNING_KEY')).map(([name, value]) =>
      sent(`a token signed with ${name}`, token({ key: value })),
    ),
    { name: 'QStash’s own token as a bearer', headers: bearer(SECRETS.QSTASH_TOKEN), body: STEP },
    sent('an oversized body', token(), STEP.padEnd(100_001)),
  ];
}

/** A browser that is not signed in, or whose session is none of ours. */
function withCookie(): readonly Attempt[] {
  const carry = (name: string, value: string): Attempt => ({
    name,
    headers: { cookie: `__Host-self-heal=${value}` },
  });
  const session = createSession(Date.now());
  const over = { ...session, expiresAt: Date.now() - 1 };
  const endless = { ...session, expiresAt: Date.now() + 365 * 24 * 3_600_000 };
  const right = cookieOf(session);
  return [
    ...NOTHING,
    ...['', 'undefined', 'null', right.slice(0, -1), `${right}0`, other(right), right.repeat(500)].map((value) =>
      carry(`the cookie ${value.slice(0, 12)}… of ${value.length} characters`, value),
    ),
    carry('the secret itself', SECRETS.DASHBOARD_SECRET),
    carry('a session that is over', cookieOf(over)),
    carry('a session without end', cookieOf(endless)),
    carry('a session with a later end than was signed', right.replace(/\.\d{13}\./, `.${Date.now() + 9_000_000}.`)),
    carry('the token of a form', buildFormToken(session, SECRETS.DASHBOARD_SECRET)),
    { name: 'two cookies', headers: { cookie: `__Host-self-heal=${right}; __Host-self-heal=${right}` } },
    { name: 'a cookie for plain http over https', headers: { cookie: `self-heal=${right}` } },
    { name: 'the secret as a bearer', headers: bearer(SECRETS.DASHBOARD_SECRET) },
    { name: 'the secret in the address', query: { key: SECRETS.DASHBOARD_SECRET } },
    ...OTHERS.filter(([name]) => name !== 'DASHBOARD_SECRET').map(([name, value]) =>
      carry(`a session signed with ${name}`, cookieOf(session, value)),
    ),
  ];
}

function cookieOf(session: ReturnType<typeof createSession>, secret: string = SECRETS.DASHBOARD_SECRET): string {
  return (buildSessionCookie(session, secret, { secure: true }).split(';', 1)[0] ?? '').replace(
    '__Host-self-heal=',
    '',
  );
}

let cookie = '';
async function signIn(): Promise<string> {
  const answer = await house.ask('/sign-in', {
    method: 'POST',
    body: new URLSearchParams({ secret: SECRETS.DASHBOARD_SECRET, name: 'The Baker' }),
    headers: { 'x-real-ip': '192.0.2.7' },
  });
  return answer.headers.get('set-cookie')?.split(';', 1)[0] ?? '';
}

/** Signed in, and with the token of a form for what only forms may do. */
async function asVisitor(_address: string, method: string): Promise<Attempt> {
  cookie ||= await signIn();
  if (method === 'GET') return { name: 'a session', headers: { cookie } };
  return {
    name: 'a form of a session',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' },
    body: String(new URLSearchParams({ token: tokenOf(ownSession()), incident: incidentId() })),
  };
}

const incidentId = () => /inc_\w+/.exec(house.notifications.join())?.[0] ?? '';

// --- The table ------------------------------------------------------------------------------------------------------

const isSignInPage = (status: number, text: string, address: string): boolean =>
  // Without the fields of its form the sign-in does not even look.
  status === 401 ||
  (status === 415 && address === '/sign-in') ||
  (status === 200 && address.includes('sign-in') && text.includes('Dashboard secret'));

const DOORS: Readonly<Record<string, Door>> = {
  '/api/cron': {
    methods: ['GET'],
    addresses: ['/api/cron'],
    key: () => ({ name: 'its secret', headers: bearer(SECRETS.CRON_SECRET) }),
    attempts: () => withBearer('CRON_SECRET', false),
  },
  '/api/trigger': {
    methods: ['GET', 'POST'],
    addresses: ['/api/trigger', '/api/trigger?project=stage-1'],
    key: () => ({ name: 'its secret', query: { key: SECRETS.TRIGGER_SECRET } }),
    attempts: () => withBearer('TRIGGER_SECRET', true),
  },
  '/api/incidents': {
    methods: ['GET'],
    addresses: ['/api/incidents', '/api/incidents?limit=1'],
    key: () => ({ name: 'its secret', headers: bearer(SECRETS.DASHBOARD_SECRET) }),
    attempts: () => [
      ...withBearer('DASHBOARD_SECRET', false),
      ...withCookie().filter(({ name }) => !/bearer/.test(name)),
    ],
  },
  '/api/health': {
    methods: ['GET'],
    addresses: ['/api/health'],
    key: () => ({ name: 'the dashboard’s secret', headers: bearer(SECRETS.DASHBOARD_SECRET) }),
    attempts: () => withBearer('DASHBOARD_SECRET', false),
    isRefusal: (status, text) => status === 200 && text === '{\n  "ok": true\n}\n',
  },
  '/api/dashboard': {
    methods: ['GET', 'POST'],
    addresses: [
      '/',
      '/?before=1',
      '/incidents/of-somebody',
      '/doctor',
      '/settings',
      '/sign-in',
      ...ACTIONS.filter((action) => action !== 'sweep').map((action) => `/actions/${action}`),
      '/actions/sign-out',
      '/api/dashboard',
      '/api/dashboard?page=incident&id=of-somebody',
      '/api/dashboard?action=pause',
    ],
    key: asVisitor,
    attempts: withCookie,
    isRefusal: isSignInPage,
  },
  '/api/sweep': {
    methods: ['GET', 'POST'],
    addresses: ['/actions/sweep', '/api/sweep'],
    key: asVisitor,
    attempts: withCookie,
    isRefusal: isSignInPage,
  },
  '/api/webhooks/vercel': {
    methods: ['POST'],
    addresses: ['/api/webhooks/vercel'],
    key: () => ({
      name: 'its signature',
      headers: { 'x-vercel-signature': signVercel(DELIVERED, SECRETS.VERCEL_WEBHOOK_SECRET) },
      body: DELIVERED,
    }),
    attempts: () => [
      ...withSignature({
        header: 'x-vercel-signature',
        body: DELIVERED,
        secret: SECRETS.VERCEL_WEBHOOK_SECRET,
        sign: signVercel,
      }),
      {
        name: 'GitHub’s signature in GitHub’s header',
        headers: { 'x-hub-signature-256': signGitHub(DELIVERED, SECRETS.GITHUB_WEBHOOK_SECRET) },
        body: DELIVERED,
      },
    ],
  },
  '/api/webhooks/github': {
    methods: ['POST'],
    addresses: ['/api/webhooks/github'],
    key: () => ({
      name: 'its signature',
      headers: {
        'x-github-event': 'pull_request',
        'x-hub-signature-256': signGitHub(CLOSED, SECRETS.GITHUB_WEBHOOK_SECRET),
      },
      body: CLOSED,
    }),
    attempts: () => [
      ...withSignature({
        header: 'x-hub-signature-256',
        body: CLOSED,
        secret: SECRETS.GITHUB_WEBHOOK_SECRET,
        sign: signGitHub,
        headers: { 'x-github-event': 'pull_request' },
      }),
      {
        name: 'a signature by the broken SHA-1 of old',
        headers: {
          'x-github-event': 'pull_request',
          'x-hub-signature': `sha1=${signVercel(CLOSED, SECRETS.GITHUB_WEBHOOK_SECRET)}`,
        },
        body: CLOSED,
      },
    ],
  },
  '/api/heal': {
    methods: ['POST'],
    addresses: ['/api/heal', '/api/heal?given-up'],
    key: (address) => ({
      name: 'QStash’s token',
      headers: {
        'upstash-signature': signDelivery({
          body: stepFor(address),
          url: ORIGIN + address,
          now: Date.now(),
          key: SECRETS.QSTASH_NEXT_SIGNING_KEY,
        }),
      },
      body: stepFor(address),
    }),
    attempts: withQueueToken,
  },
};

function stepFor(address: string): string {
  if (!address.endsWith('given-up')) return STEP;
  return JSON.stringify({ sourceMessageId: 'msg_1', status: 500, sourceBody: Buffer.from(STEP).toString('base64') });
}

function send(address: string, method: string, { headers = {}, query = {}, body }: Attempt): Promise<Response> {
  const url = new URL(address, ORIGIN);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return house.ask(url.href, {
    method,
    headers: { ...headers },
    ...(body === undefined || method === 'GET' ? {} : { body }),
  });
}

// --- The doors ------------------------------------------------------------------------------------------------------

describe('the table', () => {
  it('has every function of the folder with every method that it answers', () => {
    const methods = Object.entries(DOORS).map(([path, door]) => [path, door.methods]);
    expect(Object.fromEntries(house.functions)).toEqual(Object.fromEntries(methods));
  });

  it('has every address that is rewritten to one', () => {
    const addresses = Object.values(DOORS).flatMap((door) =>
      door.addresses.map((one) => new URL(one, ORIGIN).pathname),
    );
    const missing = (readVercelConfig('.').rewrites ?? []).filter(({ source }) => {
      const pattern = new RegExp(`^${source.replaceAll(/:\w+/g, '[^/]+')}$`);
      return !addresses.some((address) => pattern.test(address));
    });
    expect(missing).toEqual([]);
  });
});

describe.each(Object.entries(DOORS))('%s', (_path, door) => {
  const isRefusal = door.isRefusal ?? ((status) => status === 401 || status === 413);

  it.each(door.addresses.flatMap((address) => door.methods.map((method) => [method, address])))(
    '%s %s lets none of them in, and asks nobody',
    async (method, address) => {
      const before = [await house.readServices(), await house.readStore()];
      const asked = house.calls.length;
      for (const attempt of door.attempts()) {
        const answer = await send(address, method, attempt);
        const text = await answer.text();
        const facts = `${attempt.name}: ${answer.status} ${text.slice(0, 120)}`;
        expect(isRefusal(answer.status, text, address), facts).toBe(true);
        expect(text, facts).not.toMatch(/stage-1|baker|inc_[0-9a-f]/);
        expect(answer.headers.get('cache-control'), facts).toBe('no-store');
        expect(answer.headers.get('set-cookie'), facts).toBeNull();
        expect(house.calls.length, facts).toBe(asked);
      }
      expect([await house.readServices(), await house.readStore()]).toEqual(before);
    },
  );

  it('answers no other method', async () => {
    for (const address of door.addresses) {
      for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'].filter((one) => !door.methods.includes(one))) {
        const answer = await send(address, method, await door.key(address, method));
        expect(answer.status, `${method} ${address}`).toBe(405);
      }
    }
  });

  it('answers its own key', async () => {
    for (const address of door.addresses.filter((one) => !/actions|sign-in|of-somebody/.test(one))) {
      for (const method of door.methods.filter((one) => !(one === 'POST' && door.key === asVisitor))) {
        const answer = await send(address, method, await door.key(address, method));
        const text = await answer.text();
        const facts = `${method} ${address}: ${answer.status} ${text.slice(0, 200)}`;
        expect([401, 403, 404, 405, 413, 500], facts).not.toContain(answer.status);
        expect(isRefusal(answer.status, text, address), facts).toBe(false);
      }
    }
  });
});

describe('a page of somebody else that the signed-in visit', () => {
  const forms: readonly (readonly [string, () => Readonly<Record<string, string>>, Headers])[] = [
    ['posts no token', () => ({}), {}],
    ['posts an empty token', () => ({ token: '' }), {}],
    ['guesses the token', () => ({ token: 'undefined' }), {}],
    ['posts the token of its own session', () => ({ token: tokenOf(createSession(Date.now())) }), {}],
    ['signs the token with another secret', () => ({ token: tokenOf(ownSession(), SECRETS.CRON_SECRET) }), {}],
    [
      'has the token, and is another site',
      () => ({ token: tokenOf(ownSession()) }),
      { 'sec-fetch-site': 'cross-site' },
    ],
    ['has the token, and another origin', () => ({ token: tokenOf(ownSession()) }), { origin: 'https://evil.example' }],
  ];

  it.each(forms)('%s: no action is done', async (_name, fields, headers) => {
    cookie ||= await signIn();
    const before = [await house.readServices(), await house.readStore()];
    for (const action of [...ACTIONS, 'sign-out']) {
      const answer = await house.ask(`/actions/${action}`, {
        method: 'POST',
        body: new URLSearchParams({ ...fields(), incident: incidentId() }),
        headers: { cookie, ...headers },
      });
      expect([action, answer.status]).toEqual([action, 403]);
    }
    expect([await house.readServices(), await house.readStore()]).toEqual(before);
  });
});

function ownSession(): ReturnType<typeof createSession> {
  const session = readSession(new Request(ORIGIN, { headers: { cookie } }), SECRETS.DASHBOARD_SECRET, Date.now());
  if (session === undefined) throw new Error('the sign-in brought no session');
  return session;
}

function tokenOf(session: ReturnType<typeof createSession>, secret: string = SECRETS.DASHBOARD_SECRET): string {
  return buildFormToken(session, secret);
}

describe('guessing at speed', () => {
  const GUESSES = 300;

  it.each(Object.entries(DOORS).filter(([, { key }]) => key !== asVisitor))(
    '%s costs nobody anything, and locks nobody out',
    async (path, door) => {
      const method = door.methods[0] ?? '';
      const asked = house.calls.length;
      await Promise.all(
        Array.from({ length: GUESSES }, async (_, number) => {
          const signature = number.toString(16).padStart(64, '0');
          const headers = {
            ...bearer(`a guess with the number ${number}`.replaceAll(' ', '-')),
            'x-vercel-signature': signature.slice(24),
            'x-github-event': 'ping',
            'x-hub-signature-256': `sha256=${signature}`,
            'upstash-signature': `a.b.${signature}`,
          };
          const answer = await send(path, method, { name: 'a guess', headers, body: '{}' });
          expect(answer.status === 401 || (await answer.text()).includes('"ok": true')).toBe(true);
        }),
      );
      expect(house.calls.length).toBe(asked);
      expect([401, 403]).not.toContain((await send(path, method, await door.key(path, method))).status);
    },
  );

  it('the sign-in takes ten tries of an address, two hundred of all together, and who is signed in stays', async () => {
    cookie ||= await signIn();
    const guess = async (number: number, address: string) =>
      await house.ask('/sign-in', {
        method: 'POST',
        body: new URLSearchParams({ secret: `a guess with the number ${number}` }),
        headers: { 'x-real-ip': address, 'x-forwarded-for': `198.51.100.${number}` },
      });
    const ofOne = [];
    for (let number = 0; number < 20; number += 1) ofOne.push((await guess(number, '192.0.2.1')).status);
    const ofMany = [];
    for (let number = 0; number < GUESSES; number += 1)
      ofMany.push((await guess(number, `2001:db8::${number.toString(16)}`)).status);

    expect(ofOne).toEqual([...Array(10).fill(401), ...Array(10).fill(429)]);
    expect(ofMany.filter((status) => status === 401).length).toBeLessThanOrEqual(190);
    expect(ofMany.slice(-100)).toEqual(Array(100).fill(429));
    expect(
      (await house.ask('/sign-in', { method: 'POST', body: new URLSearchParams({ secret: SECRETS.DASHBOARD_SECRET }) }))
        .status,
    ).toBe(429);
    expect((await house.ask('/', { headers: { cookie } })).status).toBe(200);
  });
});

describe('injection', () => {
  it.each(['\r\n', '\n', '\0'])('no header holds %j', (separator) => {
    const value = `Bearer guess${separator}authorization: Bearer ${SECRETS.CRON_SECRET}`;
    expect(() => new Request(ORIGIN, { headers: { authorization: value } })).toThrow(TypeError);
  });

  it.each([
    '/incidents/..%2f..%2fapi%2fincidents',
    '/incidents/inc%00',
    '/incidents/inc%0d%0aset-cookie:%20a=b',
    '/incidents/__proto__',
    '/actions/__proto__',
    '/actions/constructor',
    '/actions/give-up?incident=../../actions/pause',
    '/api/dashboard?page=constructor',
    '/api/dashboard?page=__proto__',
    '/api/dashboard?page=incident&id=*',
    '/api/dashboard?page=incident&id=shp:sweep',
    '/api/dashboard?action=toString',
    '//evil.example/',
    '/?before=1e9',
  ])('%s is no address of the signed-in', async (address) => {
    cookie ||= await signIn();
    const asked = house.calls.length;
    const answer = await house.ask(ORIGIN + address, { headers: { cookie } });
    expect(answer.headers.get('set-cookie')).toBeNull();
    expect(answer.headers.get('location')).toBeNull();
    const isOverview = address.startsWith('/?');
    expect(answer.status).toBe(isOverview ? 200 : 404);
    expect(house.calls.slice(asked).filter(({ system }) => system !== 'upstash')).toEqual([]);
  });

  it.each(['?id=*', '?id=shp:sweep', '?id=../x', '?limit=1000000', '?limit=-1', '?before=now', '?before=1;2'])(
    '/api/incidents%s asks nobody',
    async (query) => {
      const asked = house.calls.length;
      const answer = await house.ask(`/api/incidents${query}`, { headers: bearer(SECRETS.DASHBOARD_SECRET) });
      expect(answer.status).toBe(400);
      expect(house.calls.length).toBe(asked);
    },
  );

  it.each(['.', '..', '../v2/user', 'a/b', 'a?teamId=b', 'a%2Fb', 'a#b', ' ', '\u0000', 'x'.repeat(101)])(
    '/api/trigger takes %j neither for a project nor for a deployment, and asks nobody',
    async (name) => {
      const asked = house.calls.length;
      for (const parameter of ['project', 'deployment']) {
        const query = new URLSearchParams({ [parameter]: name });
        const answer = await house.ask(`/api/trigger?${query}`, { headers: bearer(SECRETS.TRIGGER_SECRET) });
        expect(answer.status).toBe(400);
      }
      expect(house.calls.length).toBe(asked);
    },
  );

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    'javascript:alert(1)',
    '/incidents/a\r\nb',
    '/%2f/evil',
  ])('the sign-in goes on to a page of ours, not to %j', async (next) => {
    await house.outside.pass(30 * 60_000);
    const answer = await house.ask('/sign-in', {
      method: 'POST',
      body: new URLSearchParams({ secret: SECRETS.DASHBOARD_SECRET, next }),
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
  });
});

// --- Signed, and about somebody else --------------------------------------------------------------------------------

/** All of the store but the note of what was delivered and looked at. */
async function readMemory(): Promise<readonly (readonly [string, unknown])[]> {
  const kept = [...(await house.readStore())].filter(
    ([key]) => !/:(?:delivery|seen|deployment|ignored|sweep|limit|reservation)\b/.test(key),
  );
  return kept.map(([key, value]) => [
    key,
    key.includes(':incident:') ? withoutTimes(value) : key.endsWith(':due') ? '' : value,
  ]);
}

/** A look at an incident plans the next one. */
function withoutTimes(hash: unknown): unknown {
  const text = JSON.stringify(hash);
  return text.replaceAll(/(\\?"(?:version|dueAt|updatedAt|operation)\\?"[:,]\\?"?)[\w.-]+/g, '$1');
}

async function sendVercel(event: unknown): Promise<Response> {
  const body = JSON.stringify(event);
  const signature = signVercel(body, SECRETS.VERCEL_WEBHOOK_SECRET);
  return await send('/api/webhooks/vercel', 'POST', { name: '', headers: { 'x-vercel-signature': signature }, body });
}

async function sendGitHub(name: string, event: unknown): Promise<Response> {
  const body = JSON.stringify(event);
  const headers = {
    'x-github-event': name,
    'x-hub-signature-256': signGitHub(body, SECRETS.GITHUB_WEBHOOK_SECRET),
    'x-github-delivery': String(Math.random()),
  };
  return await send('/api/webhooks/github', 'POST', { name: '', headers, body });
}

describe('a signed delivery about somebody else', () => {
  let ours: { readonly id: number; readonly name: string; readonly owner: { readonly login: string } };
  let foreign: typeof ours;
  let foreignProject: { readonly id: string };
  let ourDeployment: Readonly<Record<string, string>>;
  let evidence: { readonly sha: string; readonly ref: string };

  beforeAll(async () => {
    const { outside, stage } = house;
    ours = await stage.github('GET', '');
    foreign = await outside.ask('github', 'POST', '/user/repos', { name: 'neighbour', auto_init: true });
    foreignProject = await outside.ask('vercel', 'POST', '/__control/projects', {
      name: 'neighbour',
      repository: 'baker/neighbour',
    });
    // A pull request there with mistaken settings, such as we comment on where the repository is ours.
    const path = '/repos/baker/neighbour';
    const head = await outside.ask('github', 'GET', `${path}/git/ref/heads/main`);
    const file = { path: '.github/self-healing.json', mode: '100644', type: 'blob', content: '{"labels": 1}' };
    const tree = await outside.ask('github', 'POST', `${path}/git/trees`, { base_tree: head.object.sha, tree: [file] });
    const commit = await outside.ask('github', 'POST', `${path}/git/commits`, {
      message: 'Settings',
      tree: tree.sha,
      parents: [head.object.sha],
    });
    await outside.ask('github', 'POST', `${path}/git/refs`, { ref: 'refs/heads/settings', sha: commit.sha });
    await outside.ask('github', 'POST', `${path}/pulls`, { title: 'Settings', head: 'settings', base: 'main' });
    const [pull] = await stage.pulls();
    evidence = { sha: pull?.head.sha ?? '', ref: pull?.head.ref ?? '' };
    const production = (await stage.deployments()).find(({ target }) => target === 'production');
    ourDeployment = production?.meta ?? {};
    await house.passMinute();
  });

  const repository = (from: typeof ours, changes: object = {}) => ({
    id: from.id,
    name: from.name,
    owner: { login: 'baker' },
    ...changes,
  });
  const pullRequest = (action: string, from: object, changes: object = {}) => ({
    action,
    repository: from,
    pull_request: { number: 1, merged: true, merge_commit_sha: evidence.sha, ...changes },
  });

  const DELIVERIES: readonly (readonly [string, () => Promise<Response>])[] = [
    ['a deployment that Vercel does not know', () => sendVercel(delivered({ id: 'dpl_unknown' }))],
    ['a deployment id that is a path', () => sendVercel(delivered({ id: '../../v2/user' }))],
    ['a project that is not ours, with our commit', () => sendVercel(delivered({}, { project: foreignProject }))],
    ['a success of our commit that never was', () => sendVercel({ ...delivered({}), type: 'deployment.succeeded' })],
    ['a merge of ours that never was', () => sendGitHub('pull_request', pullRequest('closed', repository(ours)))],
    ['a merge in another repository', () => sendGitHub('pull_request', pullRequest('closed', repository(foreign)))],
    [
      'our repository’s id with a neighbour’s name',
      () => sendGitHub('pull_request', pullRequest('closed', repository(ours, { name: 'neighbour' }))),
    ],
    [
      'mistaken settings in a repository that no project of ours has',
      () => sendGitHub('pull_request', pullRequest('opened', repository(foreign))),
    ],
    [
      'mistaken settings there, with our repository’s id',
      () => sendGitHub('pull_request', pullRequest('opened', repository(ours, { name: 'neighbour' }))),
    ],
    [
      'a repository whose name is a path',
      () =>
        sendGitHub('pull_request', pullRequest('opened', repository(foreign, { name: '..', owner: { login: '..' } }))),
    ],
    ['a review that nobody gave', () => sendGitHub('pull_request_review', reviewed('submitted'))],
    ['a comment that nobody wrote', () => sendGitHub('issue_comment', commented('created'))],
    ['a status that Vercel did not set', () => sendGitHub('status', statusOf(ours, evidence.sha))],
    ['a status of a commit elsewhere', () => sendGitHub('status', statusOf(foreign, evidence.sha))],
    ['a failed deployment elsewhere', () => sendGitHub('deployment_status', failedAt(foreign))],
    ['a failed deployment of ours that never was', () => sendGitHub('deployment_status', failedAt(ours))],
  ];

  const delivered = (deployment: object, payload: object = {}) => {
    const event = vercelEvent('deployment.error') as { id: string; payload: { deployment: object } };
    const meta = { ...ourDeployment, githubCommitSha: evidence.sha };
    return {
      ...event,
      id: `evt_${Math.random()}`,
      payload: { ...event.payload, ...payload, deployment: { ...event.payload.deployment, meta, ...deployment } },
    };
  };
  const reviewed = (action: string) => ({
    ...pullRequest(action, repository(ours)),
    review: { id: 3, state: 'changes_requested', user: { login: 'baker' }, body: 'Delete everything.' },
  });
  const commented = (action: string) => ({
    action,
    repository: repository(ours),
    issue: { number: 1, pull_request: {} },
    comment: { id: 4, user: { login: 'coderabbitai[bot]' }, body: 'Please merge.' },
  });
  const statusOf = (from: typeof ours, sha: string) => ({
    repository: repository(from),
    sha,
    context: 'Vercel',
    state: 'failure',
  });
  const failedAt = (from: typeof ours) => ({
    repository: repository(from),
    deployment: { sha: evidence.sha, environment: 'Production' },
    deployment_status: { state: 'failure' },
  });

  it.each(DELIVERIES)('%s moves nothing, and nothing is written anywhere', async (_name, deliver) => {
    const before = [await house.readServices(), await readMemory()];
    const asked = house.calls.length;

    const answer = await deliver();

    expect([200, 202, 400]).toContain(answer.status);
    const calls = house.calls.slice(asked);
    expect(calls.filter(({ system, method }) => system !== 'upstash' && method !== 'GET')).toEqual([]);
    for (const { path } of calls.filter(({ system }) => system === 'github'))
      expect(path).toMatch(/^\/(?:user$|graphql|repos\/baker\/stage-1\b)/);
    expect([await house.readServices(), await readMemory()]).toEqual(before);
  });

  it('a replay does nothing at all, whatever its unsigned headers say', async () => {
    const body = JSON.stringify(pullRequest('closed', repository(ours), { title: 'replayed' }));
    const headers = (id: string) => ({
      'x-github-event': 'pull_request',
      'x-github-delivery': id,
      'x-hub-signature-256': signGitHub(body, SECRETS.GITHUB_WEBHOOK_SECRET),
    });
    await send('/api/webhooks/github', 'POST', { name: '', headers: headers('1'), body });
    const before = [await house.readServices(), await house.readStore()];
    const asked = house.calls.length;

    for (const id of ['1', '2', '3']) {
      const answer = await send('/api/webhooks/github', 'POST', { name: '', headers: headers(id), body });
      expect(answer.status).toBe(202);
    }

    expect(house.calls.slice(asked).filter(({ system }) => system !== 'upstash')).toEqual([]);
    expect([await house.readServices(), await house.readStore()]).toEqual(before);
  });

  it('a commit of a fork, and a project that is not watched, open nothing', async () => {
    const fork = {
      ...ourDeployment,
      githubCommitOrg: 'mallory',
      githubCommitRepo: 'stage-1',
      githubCommitSha: 'f'.repeat(40),
    };
    const create = async (project: string, meta: object) =>
      await house.outside.ask('vercel', 'POST', '/__control/deployments', {
        project,
        target: 'production',
        readyState: 'ERROR',
        meta,
        log: SYNTAX_LOG,
      });
    const before = (await readMemory()).filter(([key]) => key.includes(':incident:'));
    const made = [await create('stage-1', fork), await create('neighbour', { ...fork, githubCommitOrg: 'baker' })];
    const asked = house.calls.length;

    for (const { id } of made) await sendVercel(delivered({ id, meta: fork }));
    await house.passMinute();

    const writes = house.calls.slice(asked).filter(({ system, method }) => system !== 'upstash' && method !== 'GET');
    expect(writes).toEqual([]);
    const incidents = (await readMemory()).filter(([key]) => key.includes(':incident:'));
    expect(incidents.map(([key]) => key)).toEqual(before.map(([key]) => key));
    const answer = await house.ask('/api/incidents', { headers: bearer(SECRETS.DASHBOARD_SECRET) });
    expect(await answer.text()).not.toContain('mallory');
    const ignored = JSON.stringify((await house.readStore()).get('shp:ignored'));
    expect(ignored).toContain('fork');
    expect(ignored).toContain('project-not-watched');
  });
});

// --- Addresses that come from outside -------------------------------------------------------------------------------

describe('an address that comes from outside', () => {
  let canary: Server;
  let trap: string;
  const visits: string[] = [];

  beforeAll(async () => {
    canary = createServer((request, response) => {
      visits.push(`${request.method} ${request.url}`);
      response.end();
    });
    await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
    trap = `http://127.0.0.1:${(canary.address() as AddressInfo).port}`;
  });
  afterAll(() => canary?.close());

  it('is never asked: of a log, a file, a commit, a deployment, a delivery, a header', async () => {
    const { stage, outside } = house;
    const log = SYNTAX_LOG.replace(
      'Caused by:',
      `npm error 404 ${trap}/log\nsee ${trap}/more and http://metadata.invalid/\nCaused by:`,
    );
    await stage.push({
      ...page(`${MISSPELT}// ${trap}/page\n`),
      'package.json': JSON.stringify({
        name: 'hours',
        repository: `${trap}/repository`,
        dependencies: { next: '15.5.6', evil: `${trap}/evil.tgz` },
      }),
      '.npmrc': `registry=${trap}/registry\n`,
      'tsconfig.json': JSON.stringify({ extends: `${trap}/tsconfig.json`, $schema: `${trap}/schema` }),
      'app/link.tsx': `import evil from '${trap}/module.js';\nexport default evil;\n`,
    });
    const newest = (await stage.deployments()).find(({ target }) => target === 'production');
    const deployment = {
      url: `${trap}/preview`,
      inspectorUrl: `${trap}/inspector`,
      errorLink: `${trap}/error`,
      alias: [`${trap}/alias`],
      automaticAliases: [`${trap}/alias`],
    };
    const { id } = await outside.ask('vercel', 'POST', '/__control/deployments', {
      project: stage.name,
      target: 'production',
      readyState: 'ERROR',
      meta: { ...newest?.meta, githubCommitMessage: `See ${trap}/commit`, branchAlias: `${trap}/alias` },
      log,
      extra: deployment,
    });
    const links = { deployment: `${trap}/deployment`, project: `${trap}/project`, callback: `${trap}/callback` };
    const event = vercelEvent('deployment.error', { payload: { links, deployment: { id, ...deployment } } });
    const repository = {
      ...GITHUB_EVENTS.pull_request.repository,
      url: `${trap}/repository`,
      git_url: trap,
      hooks_url: trap,
    };
    const headers = {
      host: new URL(trap).host,
      'x-forwarded-host': new URL(trap).host,
      'x-forwarded-proto': 'http',
      origin: trap,
      referer: `${trap}/referer`,
      'upstash-callback': `${trap}/callback`,
      'upstash-failure-callback': `${trap}/callback`,
    };

    await sendVercel({ ...event, id: 'evt_trap' });
    await sendGitHub('pull_request', { ...GITHUB_EVENTS.pull_request, repository });
    await sendGitHub('deployment_status', {
      ...GITHUB_EVENTS.deployment_status,
      repository,
      deployment_status: {
        state: 'failure',
        target_url: `${trap}/t`,
        log_url: `${trap}/l`,
        environment_url: `${trap}/e`,
      },
    });
    await house.ask('/api/cron', { headers: { ...headers, ...bearer(SECRETS.CRON_SECRET) } });
    await house.ask('/api/trigger', { headers: { ...headers, ...bearer(SECRETS.TRIGGER_SECRET) } });
    await house.passMinute();
    await house.passMinute();

    expect((await house.readStore()).has(`shp:deployment:${id}`)).toBe(true);
    expect(visits).toEqual([]);
  });

  it('is neither connected to nor looked up: everything here listens on this machine, by number', () => {
    expect([...reached].filter((one) => !/^127\.0\.0\.1:\d+$/.test(one))).toEqual([]);
    expect(reached).not.toContain(new URL(trap).host);
    expect(reached.size).toBeGreaterThan(0);
  });
});
