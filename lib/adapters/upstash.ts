import type { Store, StoreHealth } from '../ports.js';
import {
  type Connection,
  type ConnectionOptions,
  NOW,
  openConnection,
  toNumber,
  toParts,
  toText,
} from './upstash/connection.js';
import { createControls } from './upstash/controls.js';
import { createDeadLetters } from './upstash/dead-letters.js';
import { createDeliveries } from './upstash/deliveries.js';
import { createIncidentIndex } from './upstash/incident-index.js';
import { createIncidentStore } from './upstash/incident-store.js';
import { createLimiter } from './upstash/limiter.js';
import { createMemory } from './upstash/memory.js';

/**
 * An engine that drops keys when it is full would forget rejections and leases at random. Not every engine has INFO,
 * and not every one lets a script ask.
 */
const PING = `${NOW}
redis.call('SET', KEYS[1], whole(now), 'PX', 60000)
local info = redis.pcall('INFO', 'memory')
local text = type(info) == 'string' and info or ''
local function field(name) return string.match(text, name .. ':([%w-]+)') or '' end
return {redis.call('GET', KEYS[1]), field('maxmemory_policy'), field('used_memory'), field('maxmemory')}`;

/** All that the program keeps, on Upstash Redis over HTTP. Throws `AdapterError`, whose message never holds what was sent. */
export function createUpstashStore(options: ConnectionOptions): Store {
  const connection = openConnection(options);
  return {
    ...createIncidentStore(connection),
    ...createControls(connection),
    ...createIncidentIndex(connection),
    ...createLimiter(connection),
    ...createMemory(connection),
    deliveries: createDeliveries(connection),
    deadLetters: createDeadLetters(connection),
    ping: () => ping(connection),
  };
}

async function ping({ key, run }: Connection): Promise<StoreHealth> {
  const [now, ...said] = toParts(await run(PING, [key('ping')]), 4);
  const [evictionPolicy = '', used = '', maximum = ''] = said.map(toText);
  return {
    now: toNumber(now),
    ...(evictionPolicy === '' ? {} : { evictionPolicy }),
    ...(isCount(used) ? { usedBytes: Number(used) } : {}),
    // Redis says 0 where there is no limit.
    ...(isCount(maximum) && Number(maximum) > 0 ? { maximumBytes: Number(maximum) } : {}),
  };
}

function isCount(text: string): boolean {
  return /^\d{1,15}$/.test(text);
}
