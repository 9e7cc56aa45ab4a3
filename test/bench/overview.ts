/**
 * `npx tsx test/bench/overview.ts`: the first page with 10,000 incidents against the one with 100, on the real store.
 * Timings on a busy machine say little, their ratio more: the two are asked in turns.
 */
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import type { World } from '../../lib/flows/world.js';
import { answerDashboard } from '../../lib/http/dashboard.js';
import { buildSessionCookie, createSession } from '../../lib/http/session.js';
import type { Store } from '../../lib/ports.js';
import { createTestWorld, SECRET } from '../browser/dashboard-server.js';
import { fakeFailure, fakeIncident, NOW } from '../report/incidents.js';
import { startService } from '../sandbox/start-service.js';

const SIZES = [100, 10_000] as const;
const ROUNDS = 25;
const AT_ONCE = 40;

async function seed(store: Store, amount: number): Promise<void> {
  const numbers = Array.from({ length: amount }, (_, index) => index);
  while (numbers.length > 0)
    await Promise.all(
      numbers.splice(0, AT_ONCE).map((index) => {
        const at = NOW - index * 60_000;
        const status = index === amount - 1 ? 'proposed' : 'healed';
        const failures = [fakeFailure({ deploymentId: `dpl_${amount}_${index}`, createdAt: at })];
        const incident = { ...fakeIncident(status, { id: `inc_${index}`, openedAt: at, failures }), version: 0 };
        return store.open(incident, { at, event: 'detected', text: 'A production deployment failed.' });
      }),
    );
}

async function show(world: World): Promise<{ readonly ms: number; readonly bytes: number }> {
  const session = createSession(NOW);
  const cookie = buildSessionCookie(session, SECRET, { secure: true }).split(';', 1)[0] ?? '';
  const request = new Request('https://heal.example.dev/', { headers: { accept: 'text/html', cookie } });
  const startedAt = performance.now();
  const answer = await answerDashboard(request, { secret: SECRET, openWorld: () => world, now: NOW });
  const bytes = (await answer.arrayBuffer()).byteLength;
  if (answer.status !== 200) throw new Error(`The overview answered ${answer.status}.`);
  return { ms: performance.now() - startedAt, bytes };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

const service = await startService('sandbox/services/upstash.ts', ['--engine', 'redis-server']);
try {
  const { url, token } = service.facts as { url: string; token: string };
  const worlds: World[] = [];
  for (const size of SIZES) {
    const store = createUpstashStore({ url, token, prefix: `bench-${size}`, timeoutMs: 30_000 });
    await seed(store, size);
    worlds.push({ ...createTestWorld({ now: () => NOW }), store: async () => store });
  }
  const times = worlds.map((): number[] => []);
  const bytes = worlds.map(() => 0);
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, world] of worlds.entries()) {
      const shown = await show(world);
      // The first round loads modules and scripts.
      if (round > 0) times[index]?.push(shown.ms);
      bytes[index] = shown.bytes;
    }
  const medians = times.map(median);
  for (const [index, size] of SIZES.entries())
    console.log(`${size} incidents: ${medians[index]?.toFixed(1)} ms, ${bytes[index]} bytes`);
  console.log(`ratio ${((medians[1] ?? 0) / (medians[0] ?? 1)).toFixed(2)}`);
} finally {
  await service.stop();
}
