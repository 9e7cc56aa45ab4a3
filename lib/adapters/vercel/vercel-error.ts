import * as v from 'valibot';
import { AdapterError, type FailureKind } from '../../errors.js';
import { OversizedAnswer, parseJson } from '../http.js';
import { readRetryAt } from '../retry.js';

/** A limit without a hint is asked again after a minute, the window of most of Vercel's limits (vercel.com/docs/limits). */
const UNHINTED_WAIT_MS = 60_000;
const MAX_MESSAGE = 300;

const ErrorBody = v.object({
  error: v.object({
    code: v.optional(v.string()),
    message: v.optional(v.string()),
    invalidToken: v.optional(v.boolean()),
    /** `reset` is in seconds since the epoch. */
    limit: v.optional(v.object({ reset: v.optional(v.number()) })),
  }),
});

/** The error of an answer with a status of 300 or more. */
export function toAdapterError(
  operation: string,
  answer: { readonly status: number; readonly headers: Headers; readonly text: string },
  now: number,
): AdapterError {
  const { status, headers } = answer;
  const json = parseJson(answer.text);
  const parsed = v.safeParse(ErrorBody, json);
  const error = parsed.success ? parsed.output.error : {};
  const reset = error.limit?.reset;
  const kind = error.invalidToken ? 'unauthorized' : reset !== undefined ? 'rate-limited' : toKind(status, json);
  const hint = readRetryAt(headers, now) ?? (reset === undefined ? undefined : reset * 1000);
  const retryAt = hint ?? (kind === 'rate-limited' ? now + UNHINTED_WAIT_MS : undefined);
  const said = [error.code, error.message].filter(Boolean).join(': ').slice(0, MAX_MESSAGE);
  return new AdapterError(`Vercel ${operation}: ${status}${said ? ` ${said}` : ''}`, {
    system: 'vercel',
    kind,
    status,
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(kind === 'forbidden' ? { reason: 'token-lacks-rights' as const } : {}),
  });
}

function toKind(status: number, json: unknown): FailureKind {
  if (status === 429) return 'rate-limited';
  // Vercel says its refusals in JSON; a page comes from something on the way, which knows nothing.
  if (json === undefined || status === 408 || status >= 500) return 'unavailable';
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409) return 'conflict';
  return status >= 400 ? 'rejected' : 'malformed';
}

/** The error when the last try brought no answer: a deadline, a cut, a refused connection, or nothing was sent. */
export function noAnswer(operation: string, cause: unknown, sent: number): AdapterError {
  const facts = { system: 'vercel', cause } as const;
  if (sent === 0)
    return new AdapterError(`Vercel ${operation}: the request cannot be sent`, { ...facts, kind: 'rejected' });
  if (cause instanceof OversizedAnswer) {
    return new AdapterError(`Vercel ${operation}: ${cause.message}`, { ...facts, kind: 'malformed' });
  }
  return new AdapterError(`Vercel ${operation}: no answer (${sent} tries)`, { ...facts, kind: 'unavailable' });
}

/** A page of a gateway, half an answer, nothing: it comes from somewhere on the way, and the effect of a write is unknown. */
export function notJson(operation: string): AdapterError {
  return new AdapterError(`Vercel ${operation}: the answer is not JSON`, { system: 'vercel', kind: 'unavailable' });
}

export function notAsPromised(operation: string): AdapterError {
  const message = `Vercel ${operation}: the answer is not what the API promises`;
  return new AdapterError(message, { system: 'vercel', kind: 'malformed' });
}
