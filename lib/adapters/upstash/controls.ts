import * as v from 'valibot';
import type { Controls, PersonAction } from '../../ports.js';
import { type Connection, NOW, toNumber, toNumbersByName, toParts, toTexts } from './connection.js';
import { EXPIRY } from './expiry.js';
import { COMPLETED, PAUSED, SWEEP_MARKS } from './sweep-marks.js';

const MOST_ACTIONS = 100;

const SET_PAUSED = `${NOW}
if ARGV[1] == '0' then return redis.call('ZREM', KEYS[1], '${PAUSED}') end
if redis.call('ZSCORE', KEYS[1], '${PAUSED}') then return 0 end
return redis.call('ZADD', KEYS[1], whole(now), '${PAUSED}')`;

const READ_PULSE = `${NOW}
return {whole(now), redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES'), redis.call('ZCOUNT', KEYS[2], '-inf', '(+inf')}`;

const RECORD_ACTION = `
if redis.call('LINDEX', KEYS[1], 0) == ARGV[1] then return 'recorded' end
redis.call('LPUSH', KEYS[1], ARGV[1])
redis.call('LTRIM', KEYS[1], 0, ${MOST_ACTIONS - 1})
redis.call('PEXPIRE', KEYS[1], ${EXPIRY.personAction})
return 'recorded'`;

const actionSchema = v.object({
  at: v.number(),
  who: v.optional(v.string()),
  action: v.string(),
  incidentId: v.optional(v.string()),
});

/** Switches, signs of life, and who switched what. */
export function createControls({ key, run, send }: Connection): Controls {
  const marks = key(SWEEP_MARKS);
  const actions = key('actions');

  return {
    async setPaused(paused) {
      await run(SET_PAUSED, [marks], [paused ? '1' : '0']);
    },

    async readPulse() {
      const [now, stored, open] = toParts(await run(READ_PULSE, [marks, key('due')]), 3);
      const times = toNumbersByName(stored);
      const pausedSince = times.get(PAUSED);
      const lastSweepAt = times.get(COMPLETED);
      return {
        now: toNumber(now),
        ...(pausedSince === undefined ? {} : { pausedSince }),
        ...(lastSweepAt === undefined ? {} : { lastSweepAt }),
        lastSweepBy: Object.fromEntries([...times].filter(([mark]) => mark !== COMPLETED && mark !== PAUSED)),
        open: toNumber(open),
      };
    },

    async recordAction(action) {
      await run(RECORD_ACTION, [actions], [JSON.stringify(action)]);
    },

    async listActions() {
      const entries = toTexts(await send((redis) => redis.lrange(actions, 0, MOST_ACTIONS - 1)));
      return entries.flatMap((entry): PersonAction[] => {
        const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), actionSchema), entry);
        if (!parsed.success) return [];
        const { who, incidentId, ...facts } = parsed.output;
        return [
          { ...facts, ...(who === undefined ? {} : { who }), ...(incidentId === undefined ? {} : { incidentId }) },
        ];
      });
    },
  };
}
