import { AdapterError } from '../../errors.js';
import { parseJson } from '../http.js';
import { RETRY_POLICY, type RetryPolicy } from '../retry.js';
import { callVercel, type SdkCall, type VercelClientOptions } from './vercel-client.js';
import { notAsPromised, notJson } from './vercel-error.js';

export interface VercelConnection {
  readonly token: string;
  readonly baseUrl?: string;
  /** Milliseconds for one sending of one request, its body included. */
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
}

export interface VercelRequest {
  readonly operation: string;
  /** False for writes whose second sending would do a second thing. */
  readonly repeatable: boolean;
}

export function toClientOptions(connection: VercelConnection): VercelClientOptions {
  const { token, baseUrl, timeoutMs = 15_000, retry = RETRY_POLICY } = connection;
  return { token, timeoutMs, retry, ...(baseUrl === undefined ? {} : { baseUrl }) };
}

/** The answer, read by `parse`; what that does not understand is no success. */
export async function askVercel<T>(
  client: VercelClientOptions,
  request: VercelRequest,
  parse: (json: unknown) => T | undefined,
  call: SdkCall,
): Promise<T> {
  const { text } = await callVercel(client, request, call);
  const json = parseJson(text);
  if (json === undefined) throw notJson(request.operation);
  const value = parse(json);
  if (value === undefined) throw notAsPromised(request.operation);
  return value;
}

export async function undefinedWhenGone<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
