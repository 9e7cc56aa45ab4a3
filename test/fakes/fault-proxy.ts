import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Fault =
  /** The connection breaks before the other side hears of the request. */
  | 'cut-before'
  /** The other side does its work, and the answer is lost. */
  | 'cut-after'
  | 'half-body'
  | 'html-page'
  | 'silence'
  | { readonly status: number; readonly body: string };

export interface FaultProxy {
  readonly url: string;
  /** Requests that came in, faulty ones too. */
  readonly requests: number;
  /** The next requests meet these faults, in order; `none` lets one through. */
  plan(...faults: readonly (Fault | 'none')[]): void;
  /** Forgets the faults that nothing met. */
  clear(): void;
  close(): Promise<void>;
}

/** Stands before a real server on loopback and breaks what it is told to. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const planned: (Fault | 'none')[] = [];
  let requests = 0;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    requests += 1;
    const fault = planned.shift() ?? 'none';
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (fault === 'cut-before') return void request.socket.destroy();
    if (fault === 'silence') return;
    if (fault === 'html-page') {
      response.writeHead(502, { 'content-type': 'text/html' });
      return void response.end('<html><h1>502 Bad Gateway</h1></html>');
    }
    if (typeof fault === 'object') {
      response.writeHead(fault.status, { 'content-type': 'application/json' });
      return void response.end(fault.body);
    }

    const headers = Object.fromEntries(
      Object.entries(request.headers).filter(([name]) => !['host', 'connection', 'content-length'].includes(name)),
    ) as Record<string, string>;
    const method = request.method ?? 'GET';
    const answer = await fetch(new URL(request.url ?? '/', target), {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: Buffer.concat(chunks) }),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (fault === 'cut-after') return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json', 'content-length': body.length });
    if (fault === 'none') return void response.end(body);
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get requests() {
      return requests;
    },
    plan: (...faults) => void planned.push(...faults),
    clear: () => void planned.splice(0),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
