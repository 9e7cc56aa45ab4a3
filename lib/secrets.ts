import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether a stranger gave the secret we expect, compared in constant time and without telling its length.
 * False when no secret is configured: an endpoint without one is closed, never open.
 */
export function secretsMatch(given: string | null | undefined, expected: string | undefined): boolean {
  if (!given || !expected) return false;
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text, 'utf8').digest();
}
