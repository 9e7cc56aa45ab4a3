import type { Handler } from './serve.js';

/** What `POST /__control/faults` takes: requests that go wrong, for tests of what happens then. */
export interface Fault {
  readonly method?: string;
  /** A regular expression on path and query. */
  readonly path: string;
  /** How many matching requests are let through first. */
  readonly after?: number;
  /** How many go wrong; one unless told. */
  readonly times?: number;
  /** `lost-answer` carries the request out and then breaks the connection or answers as told. */
  readonly effect?: 'refused' | 'lost-answer';
  /** Absent: the connection breaks without an answer. */
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
}

/** Thrown by a handler to break the connection; `serve` knows it. */
export class BrokenConnection extends Error {
  override readonly name = 'BrokenConnection';
}

export function withFaults(handle: Handler): Handler {
  let faults: { readonly fault: Fault; readonly pattern: RegExp; skip: number; left: number }[] = [];

  return async (request) => {
    const url = new URL(request.url);
    if (url.pathname === '/__control/faults') {
      if (request.method === 'DELETE') faults = [];
      if (request.method === 'POST') {
        const fault = (await request.json()) as Fault;
        faults.push({ fault, pattern: new RegExp(fault.path), skip: fault.after ?? 0, left: fault.times ?? 1 });
      }
      return Response.json({ faults: faults.map(({ fault, left }) => ({ ...fault, left })) });
    }

    const hit = faults.find(
      (one) =>
        one.left > 0 &&
        (one.fault.method ?? request.method) === request.method &&
        one.pattern.test(url.pathname + url.search),
    );
    if (!hit) return handle(request);
    if (hit.skip > 0) {
      hit.skip -= 1;
      return handle(request);
    }
    hit.left -= 1;
    const { effect, status, body, headers, delayMs } = hit.fault;
    if (delayMs) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (effect === 'lost-answer') await handle(request);
    if (status !== undefined) return Response.json(body ?? {}, { status, ...(headers ? { headers } : {}) });
    if (effect === undefined && delayMs) return handle(request);
    throw new BrokenConnection('told to break');
  };
}
