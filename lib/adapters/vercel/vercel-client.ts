import type { VercelCore } from '@vercel/sdk/core';
import { type Answer, fetchWhole, OversizedAnswer } from '../http.js';
import type { RetryPolicy } from '../retry.js';
import { noAnswer, toAdapterError } from './vercel-error.js';

/** Logs are truncated at 4 MB of text (vercel.com/docs/deployments/logs); as JSON they take several times that. */
const MAX_ANSWER_BYTES = 64_000_000;

export interface VercelClientOptions {
  readonly token: string;
  readonly baseUrl?: string;
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
}

/** How the SDK's functions want to be called: the client to send with, and the options of this one request. */
export type SdkCall = (core: VercelCore, options: SdkRequestOptions) => Promise<unknown>;
type SdkRequestOptions = { readonly retries: { readonly strategy: 'none' } | BackoffRetries };

interface BackoffRetries {
  readonly strategy: 'backoff';
  readonly backoff: {
    readonly initialInterval: number;
    readonly maxInterval: number;
    readonly exponent: number;
    readonly maxElapsedTime: number;
  };
  readonly retryConnectionErrors: true;
}

/** The JSON text of a successful answer, with its content type. */
export interface VercelAnswer {
  readonly text: string;
  readonly contentType: string;
}

/**
 * Lets a function of the SDK build, sign, send and repeat a request, and returns the untouched answer.
 *
 * The SDK's own models are not asked about it: their enums are closed, so one new framework or event type fails a
 * whole page or, in the lax unions of getDeployment and getProject, silently drops most of the fields; and checking a
 * long log with them takes seconds. They get a stand-in instead.
 */
export async function callVercel(
  options: VercelClientOptions,
  request: { readonly operation: string; readonly repeatable: boolean },
  call: SdkCall,
): Promise<VercelAnswer> {
  const [{ VercelCore }, { HTTPClient }] = await Promise.all([
    import('@vercel/sdk/core'),
    import('@vercel/sdk/lib/http'),
  ]);
  const tries = request.repeatable ? options.retry.tries : 1;
  let sent = 0;
  let answer: Answer | undefined;
  let failure: unknown;

  async function send(input: string | URL | Request): Promise<Response> {
    sent += 1;
    answer = undefined;
    try {
      answer = await fetchWhole(input, undefined, { maxBytes: MAX_ANSWER_BYTES });
    } catch (error) {
      failure = error;
      // The SDK repeats whatever says "fetch failed", and nothing else; a body that was cut says "terminated".
      const again = sent < tries && !(error instanceof OversizedAnswer);
      throw again ? new TypeError('fetch failed', { cause: error }) : new Error('given up', { cause: error });
    }
    const again = answer.status >= 500 && sent < tries;
    return again ? new Response(null, { status: answer.status, headers: answer.headers }) : standIn();
  }

  const core = new VercelCore({
    bearerToken: options.token,
    httpClient: new HTTPClient({ fetcher: send }),
    timeoutMs: options.timeoutMs,
    ...(options.baseUrl === undefined ? {} : { serverURL: options.baseUrl }),
  });
  const outcome = await call(core, { retries: tries > 1 ? backoff(options) : { strategy: 'none' } }).catch(
    (error: unknown) => ({ error }),
  );
  if (!answer) throw noAnswer(request.operation, failure ?? readError(outcome), sent);
  const text = new TextDecoder().decode(answer.body);
  if (answer.status >= 300) throw toAdapterError(request.operation, { ...answer, text }, Date.now());
  return { text, contentType: answer.headers.get('content-type') ?? '' };
}

function standIn(): Response {
  return new Response('null', { headers: { 'content-type': 'application/json' } });
}

/** Without numbers the SDK would go on for an hour. The number of tries is counted in `send`. */
function backoff({ retry, timeoutMs }: VercelClientOptions): BackoffRetries {
  return {
    strategy: 'backoff',
    backoff: {
      initialInterval: retry.maxWaitMs / 4,
      maxInterval: retry.maxWaitMs,
      exponent: 1.5,
      maxElapsedTime: retry.tries * (timeoutMs + retry.maxWaitMs),
    },
    retryConnectionErrors: true,
  };
}

function readError(outcome: unknown): unknown {
  return typeof outcome === 'object' && outcome !== null && 'error' in outcome ? outcome.error : undefined;
}
