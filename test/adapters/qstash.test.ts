import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createStepQueue } from '../../lib/adapters/qstash.js';
import type { StepQueue } from '../../lib/ports.js';
import { type FaultProxy, startFaultProxy } from '../fakes/fault-proxy.js';

interface Message {
  readonly destination: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const TOKEN = 'qstash-token-of-the-tests';
const LANE = { key: 'model-gemini-3.8-flash', parallelism: 4 };
const STEP = { incidentId: 'inc_1', deduplicationId: 'inc_1-3', lane: LANE };

/** As QStash answers: https://upstash.com/docs/qstash/api-reference/messages/batch-messages */
let server: Server;
let proxy: FaultProxy;
let queue: StepQueue;
/** What was taken, by de-duplication id. */
const taken = new Map<string, Message>();
const batches: number[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const messages = (await json(request)) as Message[];
    response.setHeader('content-type', 'application/json');
    if (request.url !== '/v2/batch' || request.headers.authorization !== `Bearer ${TOKEN}`) {
      response.writeHead(401).end('{"error":"unauthorized"}');
      return;
    }
    batches.push(messages.length);
    const receipts = messages.map((message) => {
      const id = message.headers['upstash-deduplication-id'] ?? '';
      const deduplicated = taken.has(id);
      if (!deduplicated) taken.set(id, message);
      return { messageId: `msg_${id}`, url: message.destination, ...(deduplicated ? { deduplicated } : {}) };
    });
    response.end(JSON.stringify(receipts));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  proxy = await startFaultProxy(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  queue = open(TOKEN);
});
beforeEach(() => {
  taken.clear();
  batches.length = 0;
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await proxy?.close();
  server?.close();
});

function open(token: string): StepQueue {
  return createStepQueue({
    token,
    baseUrl: proxy.url,
    stepUrl: 'https://heal.example.dev/api/heal',
    givenUpUrl: 'https://heal.example.dev/api/heal?given-up',
    timeoutMs: 2_000,
  });
}

describe('publishing', () => {
  it('sends one message for each step, with all that QStash has to know', async () => {
    await queue.publish([
      STEP,
      {
        incidentId: 'inc_2',
        deduplicationId: 'inc_2-1',
        lane: { key: 'odd key/é', parallelism: 2 },
        delaySeconds: 7.2,
      },
    ]);

    expect(batches).toEqual([2]);
    expect([...taken.values()]).toEqual([
      {
        destination: 'https://heal.example.dev/api/heal',
        headers: {
          'content-type': 'application/json',
          'upstash-method': 'POST',
          'upstash-deduplication-id': 'inc_1-3',
          'upstash-flow-control-key': 'self-heal-model-gemini-3.8-flash',
          'upstash-flow-control-value': 'parallelism=4',
          'upstash-retries': '3',
          'upstash-failure-callback': 'https://heal.example.dev/api/heal?given-up',
        },
        body: '{"incidentId":"inc_1"}',
      },
      expect.objectContaining({
        headers: expect.objectContaining({
          'upstash-delay': '8s',
          'upstash-flow-control-key': 'self-heal-odd-key--',
          'upstash-flow-control-value': 'parallelism=2',
        }),
      }),
    ]);
  });

  it('sends a hundred at a time, and nothing for nothing', async () => {
    await queue.publish([]);
    await queue.publish(
      Array.from({ length: 250 }, (_, index) => ({ incidentId: 'i', deduplicationId: `d${index}`, lane: LANE })),
    );

    expect(batches).toEqual([100, 100, 50]);
  });

  it.each(['cut-before', 'cut-after', 'half-body', 'silence', { status: 503, body: 'down' }] as const)(
    'is repeated once and delivers once (%s)',
    async (fault) => {
      proxy.plan(fault);

      await queue.publish([STEP]);

      expect([...taken.keys()]).toEqual(['inc_1-3']);
    },
  );

  it.each([
    [{ status: 500, body: '{}' }, 'unavailable'],
    [{ status: 429, body: '{"error":"quota"}' }, 'rate-limited'],
    [{ status: 400, body: '{"error":"invalid destination"}' }, 'rejected'],
    [{ status: 403, body: '{}' }, 'forbidden'],
    [{ status: 200, body: '[]' }, 'malformed'],
    [{ status: 200, body: '<html>' }, 'malformed'],
    [{ status: 200, body: '[{"error":"refused"}]' }, 'rejected'],
  ] as const)('fails by name: %j is %s', async (fault, kind) => {
    proxy.plan(fault, fault);

    await expect(queue.publish([STEP])).rejects.toMatchObject({ name: 'AdapterError', system: 'qstash', kind });
  });

  it('tells a wrong token, and never what it was', async () => {
    const error = await open('wrong-token')
      .publish([STEP])
      .catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ kind: 'unauthorized', status: 401 });
    expect(String(error)).not.toContain('wrong-token');
  });
});
