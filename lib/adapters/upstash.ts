import type { Store } from '../ports.js';
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
local policy = ''
if type(info) == 'string' then policy = string.match(info, 'maxmemory_policy:([%w-]+)') or '' end
return {redis.call('GET', KEYS[1]), policy}`;

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

async function ping({ key, run }: Connection) {
  const [now, policy] = toParts(await run(PING, [key('ping')]), 2);
  const evictionPolicy = toText(policy);
  return { now: toNumber(now), ...(evictionPolicy === '' ? {} : { evictionPolicy }) };
}
