import { randomUUID } from 'node:crypto';
import type { Limiter } from '../../ports.js';
import { type Connection, NOW, toNumber, toParts, toTexts, toWord } from './connection.js';
import { EXPIRY } from './expiry.js';
import { PAUSED, SWEEP_MARKS } from './sweep-marks.js';

/**
 * A window slides in sixtieths. A sixtieth counts until all of it lies outside, so no stretch of time as long as the
 * window ever holds more than the ceiling.
 */
const SLICES = 60;
/** When to ask again while a person has paused everything. */
const PAUSE_MS = 60_000;

const RESERVE = `${NOW}
if redis.call('EXISTS', KEYS[1]) == 1 then return {'granted'} end
local limits = #KEYS - 1
if redis.call('ZSCORE', KEYS[#KEYS], '${PAUSED}') then return {'paused', whole(now + ${PAUSE_MS})} end
local taken, stale, slices = {}, {}, {}
for i = 2, limits do
  local amount, ceiling = tonumber(ARGV[3 * i - 5]), tonumber(ARGV[3 * i - 4])
  local width = tonumber(ARGV[3 * i - 3]) / ${SLICES}
  local slice = math.floor(now / width)
  local fields = redis.call('HGETALL', KEYS[i])
  local used, live, old = taken[KEYS[i]] or 0, {}, {}
  for j = 1, #fields, 2 do
    if tonumber(fields[j]) < slice - ${SLICES} then
      old[#old + 1] = fields[j]
    else
      used = used + tonumber(fields[j + 1])
      live[#live + 1] = {tonumber(fields[j]), tonumber(fields[j + 1])}
    end
  end
  if not (used + amount <= ceiling) then
    local retryAt = now + width * ${SLICES}
    table.sort(live, function(a, b) return a[1] < b[1] end)
    for _, one in ipairs(live) do
      used = used - one[2]
      if used + amount <= ceiling then
        retryAt = (one[1] + ${SLICES} + 1) * width
        break
      end
    end
    return {'refused', i - 2, whole(math.ceil(retryAt))}
  end
  taken[KEYS[i]] = (taken[KEYS[i]] or 0) + amount
  stale[i] = old
  slices[i] = whole(slice)
end
for i = 2, limits do
  if #stale[i] > 0 then redis.call('HDEL', KEYS[i], unpack(stale[i])) end
  redis.call('HINCRBY', KEYS[i], slices[i], ARGV[3 * i - 5])
  redis.call('PEXPIRE', KEYS[i], whole(tonumber(ARGV[3 * i - 3]) * ${SLICES + 1} / ${SLICES}))
end
redis.call('SET', KEYS[1], '1', 'PX', ${EXPIRY.reservation})
return {'granted'}`;

const READ_USAGE = `${NOW}
local totals = {}
for i = 1, #KEYS do
  local slice = math.floor(now / (tonumber(ARGV[i]) / ${SLICES}))
  local fields, used = redis.call('HGETALL', KEYS[i]), 0
  for j = 1, #fields, 2 do
    if tonumber(fields[j]) >= slice - ${SLICES} then used = used + tonumber(fields[j + 1]) end
  end
  totals[i] = whole(used)
end
return {unpack(totals)}`;

export function createLimiter({ key, run }: Connection): Limiter {
  function keyOf({ name, windowSeconds }: { readonly name: string; readonly windowSeconds: number }): string {
    return key('limit', name, windowSeconds);
  }

  return {
    async reserve(requests) {
      if (requests.length === 0) return { granted: true };
      for (const { name, amount, ceiling, windowSeconds } of requests)
        if (!Number.isInteger(amount) || amount < 0 || !(windowSeconds > 0) || Number.isNaN(ceiling))
          throw new RangeError(`limit ${name}: ${amount} of ${ceiling} in ${windowSeconds} s makes no sense`);

      const reply = toParts(
        await run(
          RESERVE,
          [key('reservation', randomUUID()), ...requests.map(keyOf), key(SWEEP_MARKS)],
          requests.flatMap(({ amount, ceiling, windowSeconds }) => [
            amount,
            Math.min(ceiling, Number.MAX_SAFE_INTEGER),
            windowSeconds * 1000,
          ]),
        ),
        1,
      );
      const outcome = toWord(reply[0], ['granted', 'refused', 'paused']);
      if (outcome === 'granted') return { granted: true };
      if (outcome === 'paused') return { granted: false, name: PAUSED, retryAt: toNumber(reply[1]) };
      return { granted: false, name: requests[toNumber(reply[1])]?.name ?? '', retryAt: toNumber(reply[2]) };
    },

    async readUsage(names) {
      if (names.length === 0) return [];
      const reply = await run(
        READ_USAGE,
        names.map(keyOf),
        names.map(({ windowSeconds }) => windowSeconds * 1000),
      );
      return toTexts(reply).map(Number);
    },
  };
}
