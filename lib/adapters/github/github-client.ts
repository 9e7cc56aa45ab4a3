import { setTimeout as delay } from 'node:timers/promises';
import type { Octokit } from '@octokit/rest';
import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import { createTurnstile } from '../../parallel.js';
import { fetchWhole } from '../http.js';
import type { RetryPolicy } from '../retry.js';
import { createAnswerMemory } from './answer-memory.js';
import { toAdapterError } from './github-error.js';
import { once } from './once.js';

/** The largest answers are recursive trees (7 MB), blobs (a file above a megabyte is never asked for) and tarballs. */
const MAX_ANSWER_BYTES = 32_000_000;

/** The API version without a header is the oldest that GitHub still serves; this one is what the schemas were written for. */
const API_VERSION = '2022-11-28';

/** GitHub allows an account a hundred: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
const REQUESTS_AT_ONCE = 90;

const PAGE_SIZE = 100;
const MAX_PAGES = 10;

export interface GitHubClientOptions {
  readonly token: string;
  readonly baseUrl?: string;
  /** Milliseconds for one sending of one request, its body included. GitHub itself ends a request after ten seconds. */
  readonly timeoutMs: number;
  readonly retry: RetryPolicy;
}

/** What is read of Octokit's answers. */
export type OctokitAnswer = {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
};

type Send = (octokit: Octokit) => Promise<OctokitAnswer>;

type SendPage = (
  octokit: Octokit,
  page: { readonly per_page: number; readonly page: number },
) => Promise<OctokitAnswer>;

/** Requests by Octokit, which signs and repeats them. All throw `AdapterError`. */
export interface GitHubClient {
  /** The answer whatever its body is, a redirect for instance. */
  send(operation: string, request: Send): Promise<OctokitAnswer>;
  /** The answer's body, which must fit the schema. A gateway's page with status 200 is no success. */
  ask<const Schema extends v.GenericSchema>(
    operation: string,
    schema: Schema,
    request: Send,
  ): Promise<v.InferOutput<Schema>>;
  /** The items of all pages of a list; after a thousand the rest is left out. */
  askAll<const Schema extends v.GenericSchema>(
    operation: string,
    item: Schema,
    request: SendPage,
  ): Promise<v.InferOutput<Schema>[]>;
}

export function createGitHubClient(options: GitHubClientOptions): GitHubClient {
  const load = once(() => loadOctokit(options));

  async function send(operation: string, request: Send): Promise<OctokitAnswer> {
    const octokit = await load();
    try {
      return await request(octokit);
    } catch (error) {
      throw toAdapterError(operation, error, Date.now());
    }
  }

  async function ask<const Schema extends v.GenericSchema>(
    operation: string,
    schema: Schema,
    request: Send,
  ): Promise<v.InferOutput<Schema>> {
    return parseAnswer(operation, schema, await send(operation, request));
  }

  async function askAll<const Schema extends v.GenericSchema>(
    operation: string,
    item: Schema,
    request: SendPage,
  ): Promise<v.InferOutput<Schema>[]> {
    const items: v.InferOutput<Schema>[] = [];
    for (let page = 1; page <= MAX_PAGES; page += 1) {
      const answer = await send(operation, (octokit) => request(octokit, { per_page: PAGE_SIZE, page }));
      items.push(...parseAnswer(operation, v.array(item), answer));
      if (!/rel="next"/.test(String(answer.headers.link))) break;
    }
    return items;
  }

  return { send, ask, askAll };
}

function parseAnswer<const Schema extends v.GenericSchema>(
  operation: string,
  schema: Schema,
  { data }: OctokitAnswer,
): v.InferOutput<Schema> {
  // Octokit hands on as text what is not JSON: a gateway's page, half an answer, nothing.
  if (typeof data === 'string') {
    throw new AdapterError(`GitHub ${operation}: the answer is not JSON`, { system: 'github', kind: 'unavailable' });
  }
  const parsed = v.safeParse(schema, data);
  if (parsed.success) return parsed.output;
  const where = parsed.issues[0] ? v.getDotPath(parsed.issues[0]) : undefined;
  throw new AdapterError(`GitHub ${operation}: the answer is not what the API promises (${where ?? 'answer'})`, {
    system: 'github',
    kind: 'malformed',
  });
}

async function loadOctokit({ token, baseUrl, timeoutMs, retry }: GitHubClientOptions): Promise<Octokit> {
  const { Octokit } = await import('@octokit/rest');
  const octokit = new Octokit({
    auth: token,
    userAgent: 'self-healing-pipeline',
    ...(baseUrl === undefined ? {} : { baseUrl: baseUrl.replace(/\/+$/, '') }),
    log: { debug: ignore, info: ignore, warn: ignore, error: ignore },
    request: { fetch: createFetch(timeoutMs) },
  });
  octokit.hook.before('request', (request) => {
    request.headers['x-github-api-version'] = API_VERSION;
  });
  // Octokit's own plugin lets every request wait for several timers, also where nothing has to be repeated.
  octokit.hook.wrap('request', (request, asked) =>
    sendAgain(() => request(asked), { ...retry, ...(asked.request?.retries === 0 ? { tries: 1 } : {}) }),
  );
  return octokit;
}

/** Refusals and limits do not pass by waiting a moment; a request without an answer has status 500 here. */
async function sendAgain<T>(send: () => Promise<T> | T, { tries, maxWaitMs }: RetryPolicy): Promise<T> {
  for (let sent = 1; ; sent += 1) {
    try {
      return await send();
    } catch (error) {
      const status = error instanceof Error && 'status' in error ? Number(error.status) : 0;
      if (status < 500 || sent >= tries) throw error;
      await delay(maxWaitMs * (sent / Math.max(1, tries - 1)) ** 2);
    }
  }
}

/** With the body read inside of it, a deadline or a cut in the body is a failed request, which is repeated. */
function createFetch(timeoutMs: number): (url: string, init: RequestInit) => Promise<Response> {
  const memory = createAnswerMemory();
  const limits = { maxBytes: MAX_ANSWER_BYTES, timeoutMs };
  const inTurn = createTurnstile(REQUESTS_AT_ONCE);

  return async (url, init) => {
    const known = init.method === 'GET' ? memory.find(url) : undefined;
    const headers = { ...(init.headers as Record<string, string>), ...(known ? { 'if-none-match': known.etag } : {}) };
    const fresh = await inTurn(() => fetchWhole(url, { ...init, headers }, limits));
    if (init.method === 'GET') memory.remember(url, fresh);
    const answer = known && fresh.status === 304 ? known : fresh;
    const bodiless = [204, 205, 304].includes(answer.status);
    return new Response(bodiless ? null : answer.body, answer);
  };
}

function ignore() {}
