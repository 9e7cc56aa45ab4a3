import { randomUUID } from 'node:crypto';
import type { Deliveries } from '../../ports.js';
import { type Connection, toWord } from './connection.js';
import { EXPIRY } from './expiry.js';

const DONE = 'done';

const CLAIM = `
if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ${EXPIRY.claimedDelivery}) then return 'claimed' end
local holder = redis.call('GET', KEYS[1])
if holder == '${DONE}' then return 'done' end
if holder == ARGV[1] then return 'claimed' end
return 'busy'`;

export function createDeliveries({ key, run, send }: Connection): Deliveries {
  return {
    async claim(deliveryId) {
      return toWord(await run(CLAIM, [key('delivery', deliveryId)], [randomUUID()]), ['claimed', 'busy', 'done']);
    },

    async complete(deliveryId) {
      await send((redis) => redis.set(key('delivery', deliveryId), DONE, { px: EXPIRY.doneDelivery }));
    },
  };
}
