import { parsePatch } from '../../incident/incident-schema.js';
import type { Memory } from '../../ports.js';
import { type Connection, toText, toTexts } from './connection.js';
import { EXPIRY } from './expiry.js';

const REMEMBER_REJECTION = `
redis.call('SADD', KEYS[1], ARGV[1])
redis.call('SET', KEYS[2], '1', 'PX', ${EXPIRY.rejectedFingerprint})
return 'remembered'`;

export function createMemory({ key, run, send }: Connection): Memory {
  return {
    async findVerifiedPatch(repositoryId, fingerprint) {
      const stored = await send((redis) => redis.get<string>(key('verified-patch', repositoryId, fingerprint)));
      if (stored === null) return undefined;
      try {
        return parsePatch(toText(stored));
      } catch {
        return undefined; // written by another version: the repair is made anew
      }
    },

    async rememberVerifiedPatch(repositoryId, fingerprint, patch) {
      const document = JSON.stringify(patch);
      await send((redis) =>
        redis.set(key('verified-patch', repositoryId, fingerprint), document, { px: EXPIRY.verifiedPatch }),
      );
    },

    async isRejected(repositoryId, fingerprint) {
      return (await send((redis) => redis.exists(key('rejected-fingerprint', repositoryId, fingerprint)))) > 0;
    },

    async listRejectedPatches(repositoryId) {
      return new Set(toTexts(await send((redis) => redis.smembers(key('rejected-patches', repositoryId)))));
    },

    async rememberRejection(repositoryId, fingerprint, patchHash) {
      await run(
        REMEMBER_REJECTION,
        [key('rejected-patches', repositoryId), key('rejected-fingerprint', repositoryId, fingerprint)],
        [patchHash],
      );
    },

    async forgetRejection(repositoryId, fingerprint) {
      await send((redis) => redis.del(key('rejected-fingerprint', repositoryId, fingerprint)));
    },

    async isMuted(repositoryId, fingerprint) {
      return (await send((redis) => redis.exists(key('muted', repositoryId, fingerprint)))) > 0;
    },

    async setMuted(repositoryId, fingerprint, muted) {
      const mutedKey = key('muted', repositoryId, fingerprint);
      if (muted) await send((redis) => redis.set(mutedKey, '1', { px: EXPIRY.mutedFingerprint }));
      else await send((redis) => redis.del(mutedKey));
    },
  };
}
