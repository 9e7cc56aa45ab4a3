import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createNotifier } from '../../lib/adapters/notifier.js';
import { isPublicAddress } from '../../lib/adapters/public-address.js';
import type { Notification } from '../../lib/ports.js';

const SECRET = 'notify-secret-of-the-tests';
const NOTIFICATION: Notification = {
  event: 'verified',
  incidentId: 'inc_1',
  text: 'acme/web (web): a repair of <Suspense> & more is ready.',
  repository: 'acme/web',
  projects: ['web'],
  url: 'https://github.example/acme/web/pull/7',
  at: 1_795_500_000_000,
};

let server: Server;
let url: string;
let answer: { status: number; headers?: Record<string, string> };
const received: { path: string; headers: Record<string, unknown>; body: string }[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    received.push({ path: request.url ?? '', headers: request.headers, body: await text(request) });
    if (answer.status === 0) return;
    response.writeHead(answer.status, answer.headers).end('x'.repeat(1_000_000));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/s3cret-path`;
});
beforeEach(() => {
  received.length = 0;
  answer = { status: 200 };
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('sending', () => {
  it('gives any receiver JSON with a text, signed over the bytes it gets', async () => {
    await createNotifier({ url, secret: SECRET, allowPrivate: true }).notify(NOTIFICATION);

    const [one] = received;
    const proof = createHmac('sha256', SECRET)
      .update(one?.body ?? '')
      .digest('hex');
    expect(one?.headers['x-self-heal-signature-256']).toBe(`sha256=${proof}`);
    expect(JSON.parse(one?.body ?? '')).toEqual({
      ...NOTIFICATION,
      text: `${NOTIFICATION.text}\n${NOTIFICATION.url}`,
    });
  });

  it('signs nothing without a secret', async () => {
    await createNotifier({ url, allowPrivate: true }).notify(NOTIFICATION);

    expect(received[0]?.headers).not.toHaveProperty('x-self-heal-signature-256');
  });

  it.each([
    [500, 'unavailable'],
    [429, 'rate-limited'],
    [404, 'not-found'],
    [400, 'rejected'],
  ])('says by name that it failed, once, without the address: %i', async (status, kind) => {
    answer = { status };

    const error = await createNotifier({ url, secret: SECRET, allowPrivate: true })
      .notify(NOTIFICATION)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'AdapterError', system: 'notifier', kind, status });
    expect(String(error)).not.toContain('s3cret-path');
    expect(received).toHaveLength(1);
  });

  it('follows no redirect', async () => {
    answer = { status: 302, headers: { location: '/elsewhere' } };

    await expect(createNotifier({ url, allowPrivate: true }).notify(NOTIFICATION)).rejects.toMatchObject({
      status: 302,
    });
    expect(received.map(({ path }) => path)).toEqual(['/hooks/s3cret-path']);
  });

  it('gives up on a receiver that is silent, and on one that is gone', async () => {
    answer = { status: 0 };

    const outcomes = await Promise.allSettled([
      createNotifier({ url, allowPrivate: true, timeoutMs: 100 }).notify(NOTIFICATION),
      createNotifier({ url: 'http://127.0.0.1:1/x', allowPrivate: true }).notify(NOTIFICATION),
    ]);

    expect(outcomes).toMatchObject([{ reason: { kind: 'unavailable' } }, { reason: { kind: 'unavailable' } }]);
  });
});

describe('where it does not send', () => {
  it.each([
    'http://hooks.example.dev/x',
    'ftp://hooks.example.dev/x',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'nonsense',
    'https://127.0.0.1/x',
    'https://2130706433/x',
    'https://0x7f.1/x',
    'https://[::1]/x',
    'https://[::ffff:127.0.0.1]/x',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.8/x',
  ])('%s is refused at once', (address) => {
    expect(() => createNotifier({ url: address })).toThrow(expect.objectContaining({ kind: 'rejected' }));
  });

  it('a name that leads to a private address is refused when it is resolved', async () => {
    const { port } = server.address() as AddressInfo;

    const error = await createNotifier({ url: `https://localhost:${port}/x` })
      .notify(NOTIFICATION)
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ kind: 'rejected', message: 'Notifications do not go to private addresses.' });
    expect(received).toEqual([]);
  });

  it.each([
    ['8.8.8.8', true],
    ['172.15.0.1', true],
    ['172.16.0.1', false],
    ['100.64.0.1', false],
    ['0.0.0.0', false],
    ['255.255.255.255', false],
    ['2606:4700::1111', true],
    ['::1', false],
    ['fe80::1', false],
    ['fd00::1', false],
    ['::ffff:10.0.0.1', false],
    ['64:ff9b::a00:1', false],
    ['2002:a00:1::', false],
    ['2001:db8::1', false],
    ['localhost', false],
    ['', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});
