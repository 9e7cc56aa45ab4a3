import { parsePatch } from '../../incident/incident-schema.js';
import type { Memory } from '../../ports.js';
import { type Connection, toText } from './connection.js';
import { EXPIRY } from './expiry.js';

const REMEMBER_REJECTION = `
redis.call('SET', KEYS[1], '1')
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

    async isRejected(repositoryId, fingerprint, patchHash) {
      const keys = [key('rejected-fingerprint', repositoryId, fingerprint)];
      if (patchHash !== undefined) keys.push(key('rejected-patch', repositoryId, patchHash));
      return (await send((redis) => redis.exists(...keys))) > 0;
    },

    async rememberRejection(repositoryId, fingerprint, patchHash) {
      await run(REMEMBER_REJECTION, [
        key('rejected-patch', repositoryId, patchHash),
        key('rejected-fingerprint', repositoryId, fingerprint),
      ]);
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
