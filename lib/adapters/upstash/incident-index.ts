import type { IncidentIndex } from '../../ports.js';
import { type Connection, NOW, toParts, toText, toWord } from './connection.js';
import { EXPIRY } from './expiry.js';

/**
 * Whoever holds a claim loses it when its incident has ended or is gone: nothing has to be released, and a process
 * that dies leaves nothing behind.
 */
const CLAIM = `
local claim, incident = KEYS[1], KEYS[2]
local stored = redis.call('HMGET', claim, 'holder', 'previous')
local holder, previous = stored[1], ''
if type(stored[2]) == 'string' then previous = stored[2] end
if type(holder) == 'string' and holder ~= incident then
  local ended = redis.call('HGET', holder, 'ended')
  if ended == '0' then return {holder, ''} end
  if ended then previous = holder end
end
redis.call('HSET', claim, 'holder', incident, 'previous', previous)
redis.call('PEXPIRE', claim, ${EXPIRY.fingerprintOwner})
return {incident, previous}`;

const ENTER_OUTAGE = `
local outage, incident = KEYS[1], KEYS[2]
local stored = redis.call('HMGET', outage, 'probe', 'readyAt')
if type(stored[2]) == 'string' and tonumber(stored[2]) > tonumber(ARGV[1]) then return 'over' end
if type(stored[1]) == 'string' and stored[1] ~= incident and redis.call('HGET', stored[1], 'ended') == '0' then
  return 'wait'
end
redis.call('HSET', outage, 'probe', incident)
redis.call('PEXPIRE', outage, ${EXPIRY.outage})
return 'probe'`;

const END_PROBE = `${NOW}
if redis.call('HGET', KEYS[1], 'probe') ~= KEYS[2] then return 'ended' end
redis.call('HDEL', KEYS[1], 'probe')
if ARGV[1] == 'works' then redis.call('HSET', KEYS[1], 'readyAt', whole(now)) end
redis.call('PEXPIRE', KEYS[1], ${EXPIRY.outage})
return 'ended'`;

export function createIncidentIndex({ key, lastPart, run }: Connection): IncidentIndex {
  async function claim(claimKey: string, id: string): Promise<{ readonly holder: string; readonly previous?: string }> {
    const reply = toParts(await run(CLAIM, [claimKey, key('incident', id)]), 2);
    const previous = toText(reply[1]);
    return {
      holder: lastPart(toText(reply[0])),
      ...(previous === '' ? {} : { previous: lastPart(previous) }),
    };
  }

  return {
    async claimFingerprint(repositoryId, branch, fingerprint, id) {
      const { holder, previous } = await claim(key('fingerprint', repositoryId, branch, fingerprint), id);
      return { owner: holder, ...(previous === undefined ? {} : { previous }) };
    },

    async enterOutage(fingerprint, id, failedAt) {
      const reply = await run(ENTER_OUTAGE, [key('outage', fingerprint), key('incident', id)], [failedAt]);
      return toWord(reply, ['probe', 'wait', 'over']);
    },

    async endProbe(fingerprint, id, outcome) {
      await run(END_PROBE, [key('outage', fingerprint), key('incident', id)], [outcome]);
    },

    async takeTurn(repositoryId, branch, id) {
      const { holder } = await claim(key('turn', repositoryId, branch), id);
      return { holder };
    },
  };
}
