import { NOW } from './connection.js';
import { COMPLETED } from './sweep-marks.js';

/** Deployments are looked for from two hours before the last sweep; one hour more for clocks that differ. */
const SEEN_BEFORE_LAST_SWEEP_MS = 3 * 60 * 60 * 1000;
const LONGEST_SEEN_LIST = 20_000;
/** Of the newest incidents, when the index of what is due has to be made again. */
const MOST_INDEXED = 500;
/** Shows that the index of what is due is there, though nothing is; it is never due itself. */
const INDEX_MARK = 'index';

/**
 * What is due, what was seen, and whether somebody stopped us. A store that evicts keys may have dropped the index or
 * an incident: the index is made again, and the failures of a lost incident count as unseen, from the oldest on.
 *
 * Keys: marks of the sweeps, due, seen, recent. Values: the most that is wanted, and what the keys of incidents and of
 * deployments begin with.
 *
 * Upstash bills the commands inside a script as well (https://upstash.com/docs/redis/sdks/ratelimit-ts/costs), so the
 * scripts of an idle sweep hold as few as they can: nine in all, 389,000 a month at one sweep a minute.
 */
export const BEGIN_SWEEP = `${NOW}
local marks = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', whole(now), 'LIMIT', 0, ARGV[1])
if #due == 0 and redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('ZADD', KEYS[2], '+inf', '${INDEX_MARK}')
  for _, incident in ipairs(redis.call('ZREVRANGE', KEYS[4], 0, ${MOST_INDEXED - 1})) do
    if redis.call('HGET', incident, 'ended') == '0' then
      local id = string.sub(incident, #ARGV[2] + 1)
      redis.call('ZADD', KEYS[2], whole(now), id)
      due[#due + 1] = id
    end
  end
end

local there, lostSince = {}, nil
for _, id in ipairs(due) do
  local incident = ARGV[2] .. id
  if redis.call('EXISTS', incident) == 1 then
    there[#there + 1] = id
  else
    redis.call('ZREM', KEYS[2], id)
    local known = redis.call('ZRANGE', KEYS[3], 0, -1, 'WITHSCORES')
    for i = 1, #known, 2 do
      local deployment = ARGV[3] .. known[i]
      if redis.call('GET', deployment) == incident then
        redis.call('DEL', deployment)
        redis.call('ZREM', KEYS[3], known[i])
        lostSince = math.min(lostSince or tonumber(known[i + 1]), tonumber(known[i + 1]))
      end
    end
  end
end

local since = '-inf'
for i = 1, #marks, 2 do
  if marks[i] == '${COMPLETED}' then
    local last = math.min(tonumber(marks[i + 1]), lostSince or tonumber(marks[i + 1]))
    marks[i + 1] = whole(last)
    since = whole(last - ${SEEN_BEFORE_LAST_SWEEP_MS})
  end
end
local seen = redis.call('ZREVRANGEBYSCORE', KEYS[3], '+inf', since, 'LIMIT', 0, ${LONGEST_SEEN_LIST})
return {whole(now), marks, {unpack(there)}, seen}`;
