import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { nameCall, type OutsideName } from './call-name.js';
import { answerOf, type Fault, type FaultyAnswer, reachesServer } from './faults.js';

/** One life under observation: what it called, and what is to go wrong. */
export interface Tape {
  /** Every call of every turn, in the order in which they came, numbered by name: `github GET /user #1`. */
  readonly turns: string[][];
  /** How often each name came. */
  readonly counts: Map<string, number>;
  /** Goes wrong where it is given and met. */
  readonly plan?: { readonly call: string; readonly fault: Fault };
  /** Vercel shows no other project to this token; without it, all. */
  readonly projectId: string | undefined;
  /** Hears of every call, before anything comes of it. */
  listener?: (call: Asked) => void | Promise<void>;
  /** What calls are answered instead, from now on; undefined for those that are not touched. */
  refuse?: (call: Asked) => FaultyAnswer | undefined;
  /** Every call of a system goes wrong in the same way. */
  outage?: { readonly system: OutsideName; readonly fault: Fault } | undefined;
  met: boolean;
  /** A build may have been started since this was last set to false. */
  building: boolean;
}

export function createTape(
  projectId: string | undefined,
  plan?: Tape['plan'],
  counts?: ReadonlyMap<string, number>,
): Tape {
  return {
    turns: [],
    counts: new Map(counts),
    ...(plan === undefined ? {} : { plan }),
    projectId,
    met: false,
    building: false,
  };
}

/** A running function, as far as the outside can tell. Once dead, nothing of it gets out and nothing comes in. */
export interface Process {
  url(system: OutsideName): string;
  readonly died: Promise<void>;
  readonly dead: boolean;
  /** A call that fails fails as often as it is repeated, until the next turn. */
  nextTurn(): void;
  /** Nothing of it is sent any more. */
  end(): void;
}

export interface FaultProxy {
  /** Without a tape it is an observer, which meets no faults. */
  startProcess(tape: Tape): Process;
  close(): Promise<void>;
}

interface Running {
  readonly tape: Tape;
  /** Requests without an answer. Connections are shared by all processes, one request at a time on each. */
  readonly open: Set<IncomingMessage>;
  /** How many of them will get none. */
  held: number;
  dead: boolean;
  die(): void;
  /** Method, path and body of the request that met its fault in this turn. */
  failing: string | undefined;
}

type Service = { readonly url: string; readonly handle: (request: Request) => Response | Promise<Response> };
export type Asked = {
  readonly system: OutsideName;
  readonly method: string;
  readonly path: string;
  readonly body: string;
};

/** Long enough for a function that waits for a time-out to do all else that it can do. */
const NOTHING_ELSE_MS = 5;
/** How long the adapters wait for an answer, by the virtual clock. */
export const TIMEOUT_MS = 3_000;

/** Stands between processes and the outside systems, on one address: `/<process>/<system>/...`. */
export async function startFaultProxy(
  services: Readonly<Record<OutsideName, Service>>,
  time: { ahead(): number; pass(milliseconds: number): Promise<void> },
): Promise<FaultProxy> {
  const processes = new Map<string, Running>();
  let lastProcess = 0;

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const [, id = '', system = '', ...rest] = (incoming.url ?? '').split('/');
    const process = processes.get(id);
    if (process === undefined || process.dead || !isOutside(system)) return void incoming.socket.destroy();
    process.open.add(incoming);
    outgoing.once('close', () => process.open.delete(incoming));
    const body = await readAll(incoming);
    if (process.dead) return;

    const { tape } = process;
    const request = { system, method: incoming.method ?? 'GET', path: `/${rest.join('/')}`, body: body.toString() };
    await tape.listener?.(request);
    if (request.method !== 'GET' && STARTS_BUILD.test(request.path)) tape.building = true;
    const fault = meet(process, request);
    if (fault === 'killed-before') return process.die();
    const answer = fault === undefined ? tape.refuse?.(request) : answerOf(fault);
    if (answer !== undefined) {
      outgoing.writeHead(answer.status, answer.headers);
      return void outgoing.end(answer.body);
    }
    if (fault === 'cut-before') return void incoming.socket.destroy();

    const given = await forward(incoming, { ...request, ...scope(request, tape, time.ahead()) });
    if (fault !== undefined && !reachesServer(fault)) throw new Error(`unknown fault ${fault}`);
    if (fault === 'killed-after') return process.die();
    if (fault === 'time-out') return await letTimeOut(process, incoming);
    if (process.dead) return;
    if (fault === 'cut-after') return void incoming.socket.destroy();
    const location = given.headers.location?.replace(services[system].url, `${address()}/${id}/${system}`);
    outgoing.writeHead(given.status, {
      ...given.headers,
      ...(location === undefined ? {} : { location }),
      'content-length': given.body.length,
    });
    if (fault === undefined) return void outgoing.end(given.body);
    outgoing.write(given.body.subarray(0, Math.floor(given.body.length / 2)), () => incoming.socket.destroy());
  }

  /** The fault that this request meets, by plan or because it repeats one that met it. */
  function meet(process: Running, request: Asked): Fault | undefined {
    const { tape } = process;
    const name = nameCall(request);
    const number = (tape.counts.get(name) ?? 0) + 1;
    tape.counts.set(name, number);
    const call = `${name} #${number}`;
    tape.turns.at(-1)?.push(call);

    if (tape.outage?.system === request.system) return tape.outage.fault;
    const identity = JSON.stringify([request.method, request.path, request.body]);
    if (!tape.met && tape.plan?.call === call) {
      tape.met = true;
      process.failing = identity;
    }
    return process.failing === identity ? tape.plan?.fault : undefined;
  }

  async function forward(
    incoming: IncomingMessage,
    request: Asked,
  ): Promise<{ readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer }> {
    const { host: _host, connection: _connection, 'transfer-encoding': _encoding, ...headers } = incoming.headers;
    const service = services[request.system];
    const answer = await service.handle(
      new Request(service.url + request.path, {
        method: request.method,
        headers: headers as Record<string, string>,
        ...(request.body === '' ? {} : { body: request.body }),
      }),
    );
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  }

  /** Time passes for a request without an answer, whenever the function has nothing else to do. */
  async function letTimeOut(process: Running, incoming: IncomingMessage): Promise<void> {
    process.held += 1;
    while (process.open.has(incoming) && !process.dead) {
      while (process.open.size > process.held) await delay(1);
      await delay(NOTHING_ELSE_MS);
      await time.pass(TIMEOUT_MS);
    }
    process.held -= 1;
  }

  const server = createServer((incoming, outgoing) => {
    handle(incoming, outgoing).catch(() => incoming.socket.destroy());
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    startProcess(tape) {
      lastProcess += 1;
      const id = String(lastProcess);
      let announce = () => {};
      const died = new Promise<void>((resolve) => {
        announce = resolve;
      });
      const running: Running = {
        tape,
        open: new Set(),
        held: 0,
        dead: false,
        failing: undefined,
        die() {
          running.dead = true;
          for (const incoming of running.open) incoming.socket.destroy();
          announce();
        },
      };
      processes.set(id, running);
      return {
        url: (system) => `${address()}/${id}/${system}`,
        died,
        get dead() {
          return running.dead;
        },
        nextTurn() {
          tape.turns.push([]);
          running.failing = undefined;
        },
        end() {
          running.dead = true;
          processes.delete(id);
        },
      };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const STARTS_BUILD = /\/git\/refs|\/merge$|\/v\d+\/deployments/;

function isOutside(name: string): name is OutsideName {
  return name === 'github' || name === 'vercel' || name === 'upstash';
}

/** A token that sees one project, and a store that lives by our clock. */
function scope(request: Asked, tape: Tape, aheadMs: number): { readonly path?: string; readonly body?: string } {
  if (
    tape.projectId !== undefined &&
    request.system === 'vercel' &&
    /^\/v\d+\/deployments\?/.test(request.path) &&
    !request.path.includes('projectId=')
  )
    return { path: `${request.path}&projectId=${tape.projectId}` };
  if (request.system === 'upstash' && request.body.includes(TIME))
    return { body: request.body.replaceAll(TIME, moveTime(aheadMs)) };
  return {};
}

/** Redis takes the time from its machine, so the scripts that ask for it are told another one. */
const TIME = "redis.call('TIME')";

function moveTime(aheadMs: number): string {
  return `(function()
    local t = ${TIME}
    local now = t[1] * 1000.0 + math.floor(t[2] / 1000) + ${aheadMs}
    local seconds = math.floor(now / 1000)
    return {string.format('%.0f', seconds), string.format('%.0f', (now - seconds * 1000) * 1000)}
  end)()`.replaceAll(/\s+/g, ' ');
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
