import { createHmac } from 'node:crypto';
import { secretsMatch } from '../secrets.js';

/** Whether the body was signed with the secret. Constant time whatever was given; false while no secret is set. */
export function isSigned(input: {
  readonly body: Uint8Array;
  /** Lower-case hexadecimal, as the sender writes it. */
  readonly signature: string | null | undefined;
  readonly secret: string | undefined;
  readonly algorithm: 'sha1' | 'sha256';
}): boolean {
  if (!input.secret) return false;
  return secretsMatch(input.signature, createHmac(input.algorithm, input.secret).update(input.body).digest('hex'));
}
