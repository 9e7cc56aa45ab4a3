import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  /** Repeated keys are arrays. */
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** How the server behaves towards one request. */
export type Reply =
  | {
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      /** Bytes and text go out as they are, anything else as JSON. */
      readonly body?: unknown;
    }
  /** The connection breaks before the answer, or in the middle of its body. */
  | 'cut'
  | 'cut-body'
  /** Nothing comes, or the headers come and no body. */
  | 'silence'
  | 'silent-body';

export type Script = (request: RecordedRequest) => Reply;

export interface ScriptedServer {
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** Takes over from the next request on. */
  answer(script: Script | Reply): void;
  /** One reply for each request in turn; the last one stays. */
  answerInTurn(...replies: readonly Reply[]): void;
  close(): Promise<void>;
}

/** A server on loopback that records each request and answers as told. Without being told it answers 500. */
export async function startScriptedServer(): Promise<ScriptedServer> {
  const requests: RecordedRequest[] = [];
  let script: Script = () => ({ status: 500, body: 'nothing was scripted' });

  const server = createServer(async (incoming, outgoing) => {
    const request = await record(incoming);
    requests.push(request);
    send(outgoing, script(request));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answer(next) {
      requests.length = 0;
      script = typeof next === 'function' ? next : () => next;
    },
    answerInTurn(...replies) {
      requests.length = 0;
      script = () => replies[Math.min(requests.length, replies.length) - 1] ?? 'cut';
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function record(incoming: IncomingMessage): Promise<RecordedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const url = new URL(incoming.url ?? '/', 'http://scripted');
  const query: Record<string, string | string[]> = {};
  for (const key of new Set(url.searchParams.keys())) {
    const [first = '', ...others] = url.searchParams.getAll(key);
    query[key] = others.length > 0 ? [first, ...others] : first;
  }
  return {
    method: incoming.method ?? '',
    path: decodeURIComponent(url.pathname),
    query,
    headers: incoming.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function send(outgoing: ServerResponse, reply: Reply): void {
  if (reply === 'silence') return;
  if (reply === 'cut') {
    outgoing.destroy();
    return;
  }
  if (reply === 'cut-body' || reply === 'silent-body') {
    outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    outgoing.write('{"half":');
    if (reply === 'cut-body') setImmediate(() => outgoing.destroy());
    return;
  }
  const { status = 200, headers = {}, body } = reply;
  const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
  outgoing.writeHead(status, { ...(raw ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...headers });
  outgoing.end(raw ? body : JSON.stringify(body));
}
