/** How often one request is sent within a call, and how long may pass between two of its sendings. */
export interface RetryPolicy {
  readonly tries: number;
  /** Milliseconds. Longer waits are the caller's: they come out as `AdapterError.retryAt`. */
  readonly maxWaitMs: number;
}

/** A function is paid for and killed by the second, so it never sleeps long for another system. */
export const RETRY_POLICY: RetryPolicy = { tries: 3, maxWaitMs: 1_000 };

/**
 * When the other side lets us come again, in milliseconds since the epoch, from `retry-after` (seconds or a date) or,
 * once the allowance is used up, from `x-ratelimit-reset` (seconds since the epoch). Undefined without a usable hint.
 */
export function readRetryAt(headers: Headers, now: number): number | undefined {
  return readRetryAfter(headers.get('retry-after'), now) ?? readReset(headers);
}

function readRetryAfter(value: string | null, now: number): number | undefined {
  if (!value) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? now + seconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(date, now);
}

function readReset(headers: Headers): number | undefined {
  if (headers.get('x-ratelimit-remaining') !== '0') return undefined;
  const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN);
  return Number.isFinite(reset) && reset > 0 ? reset * 1000 : undefined;
}
