/**
 * One of many processes on one store: says that it is ready, and from the word on sweeps by schedule, by webhook and by
 * hand, in its own order, until the incident has ended or the time is over.
 */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createUpstashStore } from '../../lib/adapters/upstash.js';
import { readConfig } from '../../lib/config.js';
import { createWorld } from '../../lib/deps.js';
import { AdapterError } from '../../lib/errors.js';
import { receive } from '../../lib/flows/receive.js';
import { sweep } from '../../lib/flows/sweep.js';
import { isFinal } from '../../lib/incident/transitions.js';

const [number = '0', prefix = '', deploymentId = '', projectId = '', milliseconds = '60000'] = process.argv.slice(2);
const config = readConfig();
// Twenty processes that start at once on two cores are answered slowly; slowness has tests of its own.
const store = createUpstashStore({ ...config.redis, prefix, timeoutMs: 60_000 });
const world = { ...createWorld(config), store: async () => store };

// Loaded ahead, so that all begin together and not one after the other as they come up.
await Promise.all([import('../../lib/flows/advance.js'), world.vercel(), world.github(), world.repairers()]);
process.stdout.write('ready\n');
await once(process.stdin, 'data');
process.stdin.destroy();
const end = Date.now() + Number(milliseconds);

/** The same two deliveries for everybody, as when a sender repeats itself. */
function arrive(round: number) {
  return receive(world, {
    outcome: 'event',
    deliveryId: `delivery-${round % 2}`,
    event: { kind: 'deployment-failed', deploymentId, projectId, target: 'production' },
  });
}

const ways = [
  () => sweep(world, { trigger: 'cron' }),
  (round: number) => arrive(round),
  () => sweep(world, { trigger: 'trigger', deploymentId }),
];

for (let round = Number(number); Date.now() < end; round += 1) {
  try {
    await ways[round % ways.length]?.(round);
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
  }
  const incidents = await store.list({ limit: 100 });
  if (incidents.length > 0 && incidents.every(({ status }) => isFinal(status))) break;
  // Often enough to meet each other all the time, seldom enough for two cores.
  await delay(2_000);
}
process.exit(0);
