import * as v from 'valibot';
import type { DeadLetter, DeadLetters } from '../../ports.js';
import { type Connection, NOW, toTexts } from './connection.js';
import { EXPIRY } from './expiry.js';

const MOST_KEPT = 100;

const RECORD = `${NOW}
redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2])
redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
local old = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', whole(now - ${EXPIRY.deadLetter}))
for _, id in ipairs(redis.call('ZRANGE', KEYS[1], 0, -${MOST_KEPT + 1})) do old[#old + 1] = id end
for _, id in ipairs(old) do
  redis.call('ZREM', KEYS[1], id)
  redis.call('HDEL', KEYS[2], id)
end
return 'recorded'`;

const REMOVE = `
redis.call('ZREM', KEYS[1], ARGV[1])
redis.call('HDEL', KEYS[2], ARGV[1])
return 'removed'`;

const letterSchema = v.object({ id: v.string(), incidentId: v.string(), at: v.number(), reason: v.string() });

export function createDeadLetters({ key, run, send }: Connection): DeadLetters {
  const keys = [key('dead-letter-times'), key('dead-letters')];

  return {
    async record(letter) {
      await run(RECORD, keys, [letter.at, letter.id, JSON.stringify(letter)]);
    },

    async listAll() {
      const stored = toTexts(await send((redis) => redis.hvals(key('dead-letters'))));
      const letters = stored.flatMap((document): DeadLetter[] => {
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), letterSchema), document);
        return parsed.success ? [parsed.output] : [];
      });
      return letters.sort((a, b) => b.at - a.at);
    },

    async remove(id) {
      await run(REMOVE, keys, [id]);
    },
  };
}
