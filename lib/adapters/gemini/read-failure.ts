import type { FailureKind } from '../../errors.js';

/** What went wrong with one model call, and what helps. */
export interface ModelFailure {
  readonly kind: FailureKind;
  /** For people: what the model or the API said. */
  readonly message: string;
  /**
   * `same-model`: worth one more call soon. `next-model`: this one does not help now. `stop`: no model will answer,
   * because key, project or request is refused. `plain`: the same call without settings that the model does not know.
   */
  readonly next: 'same-model' | 'next-model' | 'stop' | 'plain';
  /** Milliseconds until the API wants to be asked again. */
  readonly waitMs?: number;
  readonly status?: number;
}

interface ErrorDetail {
  readonly '@type'?: string;
  readonly retryDelay?: string;
  readonly reason?: string;
  readonly violations?: readonly { readonly quotaId?: string }[];
}

/** `google.protobuf.Duration` in JSON: seconds with up to nine decimals and an `s`. */
function readDelay(details: readonly ErrorDetail[]): number | undefined {
  const text = details.find((detail) => detail['@type']?.endsWith('google.rpc.RetryInfo'))?.retryDelay;
  const seconds = /^(\d{1,9}(?:\.\d{1,9})?)s$/.exec(text ?? '')?.[1];
  return seconds === undefined ? undefined : Math.ceil(Number(seconds) * 1000);
}

function isDailyQuota(details: readonly ErrorDetail[]): boolean {
  return details.some(
    (detail) => detail.violations?.some(({ quotaId }) => quotaId?.includes('PerDay') === true) === true,
  );
}

const AN_HOUR_MS = 60 * 60 * 1000;

function readStatus(status: number, text: string, details: readonly ErrorDetail[]): ModelFailure {
  const waitMs = readDelay(details);
  const wait = waitMs === undefined ? {} : { waitMs };
  switch (status) {
    case 400:
    case 401:
      if (status === 401 || details.some(({ reason }) => reason === 'API_KEY_INVALID') || /api key/i.test(text))
        return { kind: 'unauthorized', status, next: 'stop', message: 'Gemini does not accept the API key.' };
      if (/thinking/i.test(text))
        return { kind: 'rejected', status, next: 'plain', message: 'The model knows no thinking level.' };
      return {
        kind: 'rejected',
        status,
        next: 'next-model',
        message: `Gemini refuses the request: ${text.slice(0, 300)}`,
      };
    case 403:
      return {
        kind: 'forbidden',
        status,
        next: 'stop',
        message: 'The Gemini API key is restricted and may not call this API.',
      };
    case 404:
      return {
        kind: 'not-found',
        status,
        next: 'next-model',
        message: 'The model does not exist, or no longer for this key.',
      };
    case 429:
      // The delay that comes with a daily quota lasts until the day is over; the same call before that only fails again.
      if (isDailyQuota(details))
        return {
          kind: 'rate-limited',
          status,
          next: 'next-model',
          message: "The model's daily quota is used up.",
          waitMs: waitMs ?? AN_HOUR_MS,
        };
      return {
        kind: 'rate-limited',
        status,
        next: 'same-model',
        message: "The model's quota for the minute is used up.",
        ...wait,
      };
    case 408:
    case 500:
    case 502:
    case 503:
    case 504:
      return { kind: 'unavailable', status, next: 'same-model', message: 'The model is overloaded or down.', ...wait };
    default:
      return {
        kind: status >= 500 ? 'unavailable' : 'rejected',
        status,
        next: 'next-model',
        message: `Gemini answers ${status}.`,
      };
  }
}

/** Puts whatever the client threw into our terms. The client names its errors only by their fields and names. */
export function readFailure(error: unknown): ModelFailure {
  const { name, message, status, errorDetails } = error as {
    readonly name?: string;
    readonly message?: string;
    readonly status?: number;
    readonly errorDetails?: readonly ErrorDetail[];
  };
  if (typeof status === 'number')
    return readStatus(status, message ?? '', Array.isArray(errorDetails) ? errorDetails : []);
  if (name === 'SyntaxError')
    return { kind: 'malformed', next: 'same-model', message: 'Gemini answered something that is not JSON.' };
  // A connection cut before or in the answer: a client error without status, or the TypeError of the body's stream.
  return { kind: 'unavailable', next: 'same-model', message: 'The connection to Gemini broke.' };
}

/** Why a candidate's text cannot be used; undefined when it ended by itself. */
export function readFinishReason(reason: string | undefined): ModelFailure | undefined {
  switch (reason) {
    case 'STOP':
      return undefined;
    case 'MAX_TOKENS':
      return {
        kind: 'malformed',
        next: 'next-model',
        message: 'The model reached its output limit before it was done.',
      };
    case 'RECITATION':
      return { kind: 'malformed', next: 'next-model', message: 'The model stopped because it was reciting.' };
    case 'SAFETY':
    case 'PROHIBITED_CONTENT':
    case 'BLOCKLIST':
    case 'SPII':
      return { kind: 'rejected', next: 'next-model', message: `The model's filters stopped the answer (${reason}).` };
    case undefined:
      return { kind: 'malformed', next: 'same-model', message: 'The model answered without saying how it ended.' };
    default:
      return {
        kind: 'malformed',
        next: 'next-model',
        message: `The model stopped for another reason (${reason.slice(0, 40)}).`,
      };
  }
}
