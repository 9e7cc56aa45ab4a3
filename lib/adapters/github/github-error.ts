import { AdapterError, type FailureKind, type FailureReason } from '../../errors.js';
import { OversizedAnswer } from '../http.js';
import { readRetryAt } from '../retry.js';

/** "Wait at least a minute" is what GitHub asks for when a secondary limit comes without a hint (docs.github.com/rest). */
const UNHINTED_WAIT_MS = 60_000;
const MAX_MESSAGE = 300;

/** The parts of Octokit's `RequestError` that are read here; its class is not, so that Octokit stays lazily loaded. */
interface RequestError extends Error {
  readonly status: number;
  readonly response?: {
    readonly headers: Readonly<Record<string, string | number | undefined>>;
    readonly data: unknown;
  };
}

export function toAdapterError(operation: string, error: unknown, now: number): AdapterError {
  if (error instanceof AdapterError) return error;
  if (!isRequestError(error) || !error.response) return toTransportError(operation, error);
  const { status, response } = error;
  const headers = toHeaders(response.headers);
  const said = readMessage(response.data);
  const limited = isLimit(status, headers, said);
  // GitHub says its refusals in JSON; a page comes from something on the way, which knows nothing.
  const passing = typeof response.data !== 'object' || PASSING.test(said);
  const kind = limited ? 'rate-limited' : passing ? 'unavailable' : toKind(status);
  const reason = limited ? undefined : toReason(status, said, response.data);
  const retryAt = readRetryAt(headers, now) ?? (limited ? now + UNHINTED_WAIT_MS : undefined);
  const missing = reason === 'token-lacks-rights' ? headers.get('x-accepted-github-permissions') : null;
  const facts = [said.replace(/\s+/g, ' ').slice(0, MAX_MESSAGE), missing && `needs ${missing.slice(0, MAX_MESSAGE)}`];
  return new AdapterError(`GitHub ${operation}: ${[status, ...facts].filter(Boolean).join(' ')}`, {
    system: 'github',
    kind,
    status,
    cause: error,
    ...(retryAt === undefined ? {} : { retryAt }),
    ...(reason === undefined ? {} : { reason }),
  });
}

/** Octokit says status 500 for a request that was never answered, and keeps the real failure as the cause. */
function toTransportError(operation: string, error: unknown): AdapterError {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const kind =
    cause instanceof OversizedAnswer
      ? 'malformed'
      : isRequestError(error) || isAbort(error)
        ? 'unavailable'
        : undefined;
  if (kind === undefined) throw error;
  const said = cause instanceof Error ? cause.message : String(cause);
  return new AdapterError(`GitHub ${operation}: no answer: ${said.slice(0, MAX_MESSAGE)}`, {
    system: 'github',
    kind,
    cause,
  });
}

function isRequestError(error: unknown): error is RequestError {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && (error.name === 'AbortError' || error.name === 'TimeoutError');
}

/** 403 is also what a used up or a secondary limit says (docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api). */
function isLimit(status: number, headers: Headers, said: string): boolean {
  if (status === 429) return true;
  if (status !== 403) return false;
  return (
    headers.has('retry-after') ||
    headers.get('x-ratelimit-remaining') === '0' ||
    /secondary rate limit|abuse detection/i.test(said)
  );
}

/** What GitHub says of a ref now and then and without a reason; later the same works (github/rest-api-description#4887). */
const PASSING = /^reference update failed$/i;

function toKind(status: number): FailureKind {
  if (status === 401) return 'unauthorized';
  if (status === 403 || status === 451) return 'forbidden';
  if (status === 404 || status === 410) return 'not-found';
  if (status === 409) return 'conflict';
  if (status === 408 || status >= 500) return 'unavailable';
  return status >= 400 ? 'rejected' : 'malformed';
}

/** GitHub has no codes for these, only sentences. Rules that name a more special reason come first. */
const SAID: readonly (readonly [RegExp, FailureReason])[] = [
  [/archived so is read-only/i, 'repository-archived'],
  [/verified signature/i, 'signature-required'],
  [/secret detected|contain secrets|push protection/i, 'push-protection'],
  [/rule violation|protected branch|GH006|GH013|creations being restricted|pre-receive hook/i, 'branch-rule'],
  [/no commits between/i, 'no-commits-between'],
];

function toReason(status: number, said: string, data: unknown): FailureReason | undefined {
  if (status < 400 || status >= 500 || status === 404) return undefined;
  for (const [pattern, reason] of SAID) if (pattern.test(said)) return reason;
  const invalid = readErrors(data).find((error) => error.code === 'invalid')?.field;
  if (invalid === 'base') return 'base-missing';
  if (invalid === 'head') return 'head-missing';
  // "Resource not accessible by personal access token", "Must have admin rights", SAML enforcement, and what is to come.
  return status === 403 ? 'token-lacks-rights' : undefined;
}

/** The message with those of its `errors`, each of which is an object or a text. */
function readMessage(data: unknown): string {
  if (typeof data !== 'object' || data === null) return '';
  const message = 'message' in data && typeof data.message === 'string' ? data.message : '';
  const details = readErrors(data)
    .map((error) => error.message)
    .filter((detail) => typeof detail === 'string');
  return [message, ...details].join(' ').trim();
}

function readErrors(
  data: unknown,
): readonly { readonly code?: unknown; readonly field?: unknown; readonly message?: unknown }[] {
  if (typeof data !== 'object' || data === null || !('errors' in data) || !Array.isArray(data.errors)) return [];
  return data.errors.map((error: unknown) => {
    if (typeof error === 'string') return { message: error };
    return typeof error === 'object' && error !== null ? error : {};
  });
}

function toHeaders(headers: Readonly<Record<string, string | number | undefined>>): Headers {
  const result = new Headers();
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) result.set(name, String(value));
  return result;
}
