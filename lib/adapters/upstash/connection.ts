import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from '@upstash/redis';
import { AdapterError } from '../../errors.js';
import { isTimeout, toStoreError } from './store-error.js';

export interface ConnectionOptions {
  readonly url: string;
  readonly token: string;
  /** Before every key, so that one database can serve several installations. */
  readonly prefix?: string;
  /** For one HTTP request; a command whose connection breaks is sent twice at most. */
  readonly timeoutMs?: number;
  /** How long a broken connection is left alone before the command is sent again. */
  readonly repeatAfterMs?: number;
}

export interface Connection {
  /** The one place where keys are made. */
  key(kind: string, ...parts: readonly (string | number)[]): string;
  /** The last part of a key that was made of one. */
  lastPart(key: string): string;
  /** A Lua script, atomic; it has to be safe to run twice with the same arguments. */
  run(script: string, keys: readonly string[], values?: readonly (string | number)[]): Promise<unknown>;
  /** A plain command, under the same condition. */
  send<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result>;
}

export function openConnection(options: ConnectionOptions): Connection {
  const { url, token, prefix = 'shp', timeoutMs = 5_000, repeatAfterMs = 50 } = options;
  let redis: Redis;
  try {
    redis = new Redis({
      url,
      token,
      // A function: one signal for every request would stay aborted, and the client answers 200 for an aborted one.
      signal: () => AbortSignal.timeout(timeoutMs),
      // The client's own retries start only where fetch throws, and wait four seconds in all. See `send`.
      retry: { retries: 0 },
      // It turns '1234567' into a number and '{"a":1}' into an object.
      automaticDeserialization: false,
      enableAutoPipelining: false,
      enableTelemetry: false,
    });
  } catch {
    throw new AdapterError('UPSTASH_REDIS_REST_URL is not an address.', { system: 'upstash', kind: 'rejected' });
  }

  /** A broken connection says nothing about the command, so it is sent once more; a slow store is not asked twice. */
  async function send<Result>(command: (redis: Redis) => Promise<Result>): Promise<Result> {
    try {
      return await command(redis);
    } catch (error) {
      const failure = toStoreError(error);
      if (failure.kind !== 'unavailable' || isTimeout(error)) throw failure;
    }
    await delay(repeatAfterMs);
    try {
      return await command(redis);
    } catch (error) {
      throw toStoreError(error);
    }
  }

  return {
    key: (kind, ...parts) => [prefix, kind, ...parts.map(encodePart)].join(':'),
    lastPart: (key) => decodeURIComponent(key.slice(key.lastIndexOf(':') + 1)),
    run: (script, keys, values = []) => send((client) => client.eval(script, [...keys], [...values])),
    send,
  };
}

function encodePart(part: string | number): string {
  return String(part).replace(/[%:\s]/g, encodeURIComponent);
}

/**
 * Lua that every script which needs the time starts with. Scripts also run on embedded engines, hence three habits:
 * floats (integers have 32 bits there), `{unpack(list)}` for a list that was built step by step (else it is
 * not seen as one), and no reliance on `false` for what is missing in a nested reply.
 */
export const NOW = `
local function whole(number) return string.format('%.0f', number) end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000.0 + math.floor(tonumber(time[2]) / 1000)
`;

function malformed(): AdapterError {
  return new AdapterError('The store gave an answer that the command cannot have.', {
    system: 'upstash',
    kind: 'malformed',
  });
}

export function toText(reply: unknown): string {
  if (typeof reply === 'string') return reply;
  if (typeof reply === 'number') return String(reply);
  throw malformed();
}

export function toTexts(reply: unknown): string[] {
  if (!Array.isArray(reply)) throw malformed();
  return reply.map(toText);
}

export function toNumber(reply: unknown): number {
  const number = Number(toText(reply));
  if (!Number.isFinite(number)) throw malformed();
  return number;
}

/** The replies of a script that returns several. */
export function toParts(reply: unknown, count: number): unknown[] {
  if (!Array.isArray(reply) || reply.length < count) throw malformed();
  return reply;
}

/** A flat list of names and numbers, as WITHSCORES gives it. */
export function toNumbersByName(reply: unknown): Map<string, number> {
  const flat = toTexts(reply);
  const numbers = new Map<string, number>();
  for (let index = 0; index + 1 < flat.length; index += 2) numbers.set(toText(flat[index]), toNumber(flat[index + 1]));
  return numbers;
}

/** One of the words that the script answers with. */
export function toWord<const Word extends string>(reply: unknown, words: readonly Word[]): Word {
  const word = words.find((one) => one === reply);
  if (word === undefined) throw malformed();
  return word;
}
