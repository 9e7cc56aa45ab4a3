import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordingProxy {
  readonly url: string;
  /** "METHOD path", in the order in which they came. */
  readonly requests: string[];
  /** Milliseconds by which every answer is late from now on. */
  delay(milliseconds: number): void;
  close(): Promise<void>;
}

/** Stands before a real server on loopback and keeps what it was asked. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const requests: string[] = [];
  let late = 0;
  const server = createServer(async (incoming, outgoing) => {
    try {
      requests.push(`${incoming.method} ${incoming.url}`);
      const chunks: Buffer[] = [];
      for await (const chunk of incoming) chunks.push(chunk as Buffer);
      if (late > 0) await new Promise((resolve) => setTimeout(resolve, late));
      const { authorization = '', 'content-type': type = 'application/json' } = incoming.headers;
      const answer = await fetch(new URL(incoming.url ?? '/', target), {
        method: incoming.method ?? 'GET',
        headers: { authorization, 'content-type': type },
        redirect: 'manual',
        ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
      });
      const location = answer.headers.get('location');
      outgoing.writeHead(answer.status, {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        ...(location === null ? {} : { location }),
      });
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      incoming.socket.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    delay(milliseconds) {
      late = milliseconds;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
