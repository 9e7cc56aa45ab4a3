import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface QueueMessage {
  readonly destination: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface QueueServer {
  readonly url: string;
  /** What was published and not taken yet; a de-duplication id counts once. */
  take(): readonly QueueMessage[];
  close(): Promise<void>;
}

/** QStash's batch publishing on loopback. https://upstash.com/docs/qstash/api-reference/messages/batch-messages */
export async function startQueueServer({ token }: { readonly token: string }): Promise<QueueServer> {
  let messages: QueueMessage[] = [];
  const known = new Set<string>();

  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const send = (status: number, value: unknown): void => {
      outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    if (incoming.headers.authorization !== `Bearer ${token}`) return send(401, { error: 'unauthorized' });
    if (incoming.method !== 'POST' || incoming.url !== '/v2/batch') return send(404, { error: 'not found' });
    const batch = JSON.parse(body) as readonly QueueMessage[];
    send(
      200,
      batch.map((message, index) => {
        const id = message.headers['upstash-deduplication-id'] ?? `${known.size}-${index}`;
        const isKnown = known.has(id);
        known.add(id);
        if (!isKnown) messages.push(message);
        return { messageId: `msg_${known.size}`, ...(isKnown ? { deduplicated: true } : {}) };
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take() {
      const taken = messages;
      messages = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
