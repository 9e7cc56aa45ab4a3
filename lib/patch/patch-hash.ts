import { createHash } from 'node:crypto';
import type { Patch } from './patch.js';

/** 16 hex characters; the same for the same edits, whoever proposed them. */
export function patchHash(patch: Patch): string {
  return createHash('sha256').update(JSON.stringify(patch.edits)).digest('hex').slice(0, 16);
}
