import type { Answer } from '../http.js';

/** What is asked for again and again, such as a pull request that waits for its merge, is small. */
const MAX_BYTES = 65_536;
const MAX_ANSWERS = 200;

/** What is named by its content is never asked for twice. */
const IMMUTABLE = /\/git\/(?:blobs|trees|commits)\//;

/**
 * The last answers by address, for asking whether they still hold. A 304 costs nothing of the hourly allowance
 * (docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api).
 */
export interface AnswerMemory {
  find(address: string): KnownAnswer | undefined;
  remember(address: string, answer: Answer): void;
}

export type KnownAnswer = Answer & { readonly etag: string };

export function createAnswerMemory(): AnswerMemory {
  const known = new Map<string, KnownAnswer>();

  return {
    find: (address) => known.get(address),
    remember(address, answer) {
      const etag = answer.headers.get('etag');
      if (etag === null || answer.status !== 200 || answer.body.length > MAX_BYTES || IMMUTABLE.test(address)) return;
      known.delete(address);
      known.set(address, { ...answer, etag });
      const [oldest] = known.keys();
      if (known.size > MAX_ANSWERS && oldest !== undefined) known.delete(oldest);
    },
  };
}
