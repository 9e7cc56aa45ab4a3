import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLogger } from '../../lib/adapters/logger.js';
import { readConfig } from '../../lib/config.js';
import type { GitHub, Vercel, World } from '../../lib/flows/world.js';
import { answerDashboard } from '../../lib/http/dashboard.js';
import { answerSweepAction } from '../../lib/http/sweep-action.js';
import type { DashboardSetting } from '../../lib/http/visit.js';
import type { Incident } from '../../lib/incident/incident.js';
import { createMemoryStore } from '../fakes/memory-store.js';

export const SECRET = 'correct-horse-battery-staple';

export interface DashboardServer {
  readonly origin: string;
  readonly world: World;
  close(): Promise<void>;
}

/** A world on the in-memory store in which nothing has failed lately. It observes only, so no action leaves it. */
export function createTestWorld({
  now,
  mode = 'observe',
}: {
  readonly now: () => number;
  readonly mode?: 'observe' | 'repair';
}): World {
  const config = readConfig({
    MODE: mode,
    VERCEL_TOKEN: 'vercel-token',
    GITHUB_TOKEN: 'github-token',
    UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:1',
    UPSTASH_REDIS_REST_TOKEN: 'redis-token',
    CRON_SECRET: 'a-cron-secret-of-some-length',
    TRIGGER_SECRET: 'a-trigger-secret-of-some-length',
    DASHBOARD_SECRET: SECRET,
  });
  const clock = { now };
  const store = createMemoryStore(clock);
  const quiet: Partial<Vercel> = { listDeployments: async () => [] };
  const account: Partial<GitHub> = { readAccount: async () => ({ login: 'octo-cat' }) };
  const none = async (): Promise<never> => {
    throw new Error('This world has no outside.');
  };
  return {
    config,
    clock,
    logger: createLogger({ level: 'error', redact: (text) => text }),
    redact: (text) => text,
    newToken: () => 'token',
    store: async () => store,
    vercel: async () => quiet as Vercel,
    github: async () => account as GitHub,
    repairers: none,
  };
}

export async function seed(world: World, incidents: readonly Incident[]): Promise<void> {
  const store = await world.store();
  for (const incident of incidents)
    await store.open(
      { ...incident, version: 0 },
      { at: incident.openedAt, event: 'detected', text: 'A production deployment failed.' },
    );
}

/** The handler that `vercel.json` leads an address to. */
export function answerAsRewritten(request: Request, setting: DashboardSetting): Promise<Response> {
  const isSweep = new URL(request.url).pathname === '/actions/sweep';
  return isSweep ? answerSweepAction(request, setting) : answerDashboard(request, setting);
}

/** The dashboard's own handler behind a plain HTTP server on loopback, as the rewrites of `vercel.json` present it. */
export async function startDashboard(world: World): Promise<DashboardServer> {
  const server = createServer(async (incoming, outgoing) => {
    try {
      const request = await toRequest(incoming);
      const answer = await answerAsRewritten(request, {
        secret: SECRET,
        openWorld: () => world,
        now: world.clock.now(),
      });
      outgoing.writeHead(answer.status, [...answer.headers.entries()].flat());
      outgoing.end(Buffer.from(await answer.arrayBuffer()));
    } catch (error) {
      outgoing.writeHead(500).end(String(error));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    world,
    close: () => closeServer(server),
  };
}

async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers))
    if (value !== undefined) headers.set(name, String(value));
  const hasBody = incoming.method === 'POST';
  return new Request(`http://${incoming.headers.host}${incoming.url}`, {
    method: incoming.method ?? 'GET',
    headers,
    ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
  });
}

async function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
