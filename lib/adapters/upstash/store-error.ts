import { AdapterError, type FailureKind } from '../../errors.js';

/**
 * What Upstash and Redis answer when they refuse, and what a person can do about it.
 * https://upstash.com/docs/redis/troubleshooting lists Upstash's own.
 */
const REFUSALS: readonly { readonly pattern: RegExp; readonly kind: FailureKind; readonly message: string }[] = [
  {
    pattern: /\bunauthorized\b|\bWRONGPASS\b|\bNOAUTH\b/i,
    kind: 'unauthorized',
    message: 'The store refused the token. Check UPSTASH_REDIS_REST_TOKEN.',
  },
  {
    pattern: /\bNOPERM\b|\bREADONLY\b|read.?only/i,
    kind: 'forbidden',
    message:
      'The token may not write to the store. Use the standard token of the database, not the read-only one (KV_REST_API_READ_ONLY_TOKEN).',
  },
  {
    // It passes without a change of the command, so whoever gave it tries again.
    pattern: /\bOOM\b|capacity quota exceeded|max (single )?db size exceeded/i,
    kind: 'rate-limited',
    message: 'The store is full and takes no writes. Delete data or choose a larger plan; reading still works.',
  },
  {
    pattern: /max (daily |monthly )?requests? limit exceeded/i,
    kind: 'rate-limited',
    message: "The store's plan has no commands left in this period. Upgrade the database, or wait for the next period.",
  },
  {
    pattern: /max concurrent connections exceeded|rate limit/i,
    kind: 'rate-limited',
    message: 'The store has too many requests at once.',
  },
  {
    pattern: /max (request|single record|key) size exceeded/i,
    kind: 'rejected',
    message: 'The store refused a document because of its size.',
  },
  {
    pattern: /\b(LOADING|BUSY|TRYAGAIN|CLUSTERDOWN|MASTERDOWN)\b/,
    kind: 'unavailable',
    message: 'The store is not ready to answer.',
  },
];

/**
 * What a failed command means. `@upstash/redis` puts the whole command with its values into the message of an
 * `UpstashError`, so neither that message nor the error itself goes any further.
 */
export function toStoreError(error: unknown): AdapterError {
  if (error instanceof AdapterError) return error;
  const name = error instanceof Error ? error.name : '';
  if (name === 'TimeoutError')
    return new AdapterError('The store did not answer in time.', {
      system: 'upstash',
      kind: 'unavailable',
      cause: error,
    });
  if (name === 'UpstashJSONParseError')
    return new AdapterError('Something other than the store answered: the reply is not JSON.', {
      system: 'upstash',
      kind: 'unavailable',
    });
  if (name !== 'UpstashError')
    return new AdapterError('The store cannot be reached, or its answer was cut off.', {
      system: 'upstash',
      kind: 'unavailable',
      cause: error,
    });

  const [reply = ''] = (error as Error).message.split(', command was:');
  if (reply === 'undefined' || reply === '')
    return new AdapterError('The store failed without saying why.', { system: 'upstash', kind: 'unavailable' });
  const refusal = REFUSALS.find(({ pattern }) => pattern.test(reply));
  if (refusal) return new AdapterError(refusal.message, { system: 'upstash', kind: refusal.kind });
  // Only the leading word: the rest of an unknown reply can repeat what was sent.
  const code = /^[A-Z]{2,20}\b/.exec(reply)?.[0] ?? 'no code';
  return new AdapterError(`The store refused a command (${code}).`, { system: 'upstash', kind: 'rejected' });
}

export function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError';
}
