/**
 * Stands between a function and all that it asks. Every request reaches its service at once; its answer comes back
 * when the time is over that requests to this system take.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export const SYSTEMS = ['vercel', 'github', 'model', 'store'] as const;
export type System = (typeof SYSTEMS)[number];

export interface Asked {
  readonly system: System;
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  /** Of the bodies, sent and received. */
  readonly bytes: number;
  /** Milliseconds by the gate's clock. */
  readonly askedAt: number;
  readonly answeredAt: number;
}

export interface Gate {
  /** Answered requests, in the order in which they came. */
  readonly asked: readonly Asked[];
  url(system: System): string;
  close(): Promise<void>;
}

/** What the gate measures and waits by. */
export interface GateClock {
  now(): number;
  waitUntil(time: number): Promise<void>;
  /** A request has come, or its answer has gone. */
  stir(): void;
  /** While a service works. */
  during<Result>(work: Promise<Result>): Promise<Result>;
}

/** The machine's time. */
export function createTrueClock(): GateClock {
  return {
    now: () => performance.now(),
    async waitUntil(time) {
      const left = time - performance.now();
      if (left > 0) await delay(left);
    },
    stir() {},
    during: (work) => work,
  };
}

/** A function in this process that has asked for nothing new in so many looks, with I/O between them, waits for an answer. */
const LOOKS = 8;
const BETWEEN_LOOKS_MS = 2;

/**
 * A time that stands still while the function works, and goes on to the next answer when it does nothing but wait.
 * So it counts what waits for what, and is the same on every machine.
 */
export function createStillClock(): GateClock {
  const waiting: { readonly at: number; readonly go: () => void }[] = [];
  let now = 0;
  let stirred = 0;
  let working = 0;
  let running = false;

  async function untilQuiet(): Promise<void> {
    for (let looks = 0, seen = stirred; looks < LOOKS; looks += 1) {
      await delay(BETWEEN_LOOKS_MS);
      if (seen !== stirred || working > 0) [looks, seen] = [-1, stirred];
    }
  }

  async function run(): Promise<void> {
    running = true;
    while (waiting.length > 0) {
      await untilQuiet();
      now = Math.min(...waiting.map(({ at }) => at));
      const due = waiting.filter(({ at }) => at === now);
      for (const one of due) {
        waiting.splice(waiting.indexOf(one), 1);
        one.go();
      }
    }
    running = false;
  }

  return {
    now: () => now,
    waitUntil(at) {
      return new Promise((go) => {
        waiting.push({ at, go });
        if (!running) void run();
      });
    },
    stir() {
      stirred += 1;
    },
    async during(work) {
      working += 1;
      try {
        return await work;
      } finally {
        working -= 1;
      }
    },
  };
}

/** @param costs milliseconds between a request and its answer, at least */
export async function startGate(
  services: Readonly<Record<System, string>>,
  costs: Readonly<Record<System, number>>,
  clock: GateClock,
): Promise<Gate> {
  const asked: Asked[] = [];

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    clock.stir();
    const askedAt = clock.now();
    const [, name = '', ...rest] = (incoming.url ?? '').split('/');
    const system = SYSTEMS.find((one) => one === name);
    if (system === undefined) return void outgoing.writeHead(404).end();
    const method = incoming.method ?? 'GET';
    const path = `/${rest.join('/')}`;
    const sent = await readAll(incoming);
    const answer = await clock.during(ask(services[system] + path, { method, headers: incoming.headers, body: sent }));
    const request = { system, method, path, bytes: sent.length + answer.body.length, askedAt };
    const place = asked.push({ ...request, answeredAt: Number.POSITIVE_INFINITY }) - 1;
    await clock.waitUntil(askedAt + costs[system]);
    asked[place] = { ...request, answeredAt: clock.now() };
    clock.stir();
    const location = answer.headers.get('location')?.replace(services[system], urlOf(system));
    outgoing.writeHead(answer.status, {
      ...Object.fromEntries([...answer.headers].filter(([header]) => !OF_THE_CONNECTION.has(header))),
      ...(location === undefined ? {} : { location }),
    });
    outgoing.end(answer.body);
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const urlOf = (system: System) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${system}`;

  return {
    asked,
    url: urlOf,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'host']);

async function ask(
  url: string,
  request: { readonly method: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer },
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Buffer }> {
  const headers = Object.entries(request.headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
  const answer = await fetch(url, {
    method: request.method,
    headers: headers.map(([name, value]): [string, string] => [name, String(value)]),
    redirect: 'manual',
    ...(request.body.length === 0 ? {} : { body: request.body }),
  });
  return { status: answer.status, headers: answer.headers, body: Buffer.from(await answer.arrayBuffer()) };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
