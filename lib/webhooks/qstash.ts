import { createHash, createHmac } from 'node:crypto';
import * as v from 'valibot';
import { secretsMatch } from '../secrets.js';
import { nameSchema, parseBody } from './parse-body.js';

/** What the queue delivers: one step of one incident, or the news that such a message was given up. */
export type QueueArrival =
  | { readonly outcome: 'unauthorized' }
  | { readonly outcome: 'malformed'; readonly problem: string }
  | { readonly outcome: 'step'; readonly incidentId: string }
  | { readonly outcome: 'given-up'; readonly messageId: string; readonly incidentId: string; readonly status: number };

export interface QueueDelivery {
  readonly signature: string | null;
  readonly body: Uint8Array;
  /** The address that the message was published to, exactly; never taken from the request. */
  readonly url: string;
  /** Current and next key. Both may have signed: keys are rotated without notice. */
  readonly signingKeys: readonly string[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

export const stepSchema = v.object({ incidentId: nameSchema });

const givenUpSchema = v.object({
  sourceMessageId: nameSchema,
  status: v.pipe(v.number(), v.safeInteger()),
  sourceBody: v.pipe(v.string(), v.maxLength(10_000)),
});

/** Longer than clocks differ, shorter than anybody needs to use a message that was overheard. */
const CLOCK_TOLERANCE_SECONDS = 30;

const claimsSchema = v.object({
  iss: v.literal('Upstash'),
  sub: v.string(),
  exp: v.number(),
  nbf: v.optional(v.number()),
  body: v.string(),
});

/** Verifies and reads a message of ours that QStash delivers. https://upstash.com/docs/qstash/howto/signature */
export function readStepDelivery(delivery: QueueDelivery): QueueArrival {
  if (!isSignedByQStash(delivery)) return { outcome: 'unauthorized' };
  const parsed = parseBody(delivery.body, stepSchema);
  if ('problem' in parsed) return { outcome: 'malformed', ...parsed };
  return { outcome: 'step', incidentId: parsed.value.incidentId };
}

/** The same for the callback after the last retry. https://upstash.com/docs/qstash/features/callbacks */
export function readGivenUpDelivery(delivery: QueueDelivery): QueueArrival {
  if (!isSignedByQStash(delivery)) return { outcome: 'unauthorized' };
  const parsed = parseBody(delivery.body, givenUpSchema);
  if ('problem' in parsed) return { outcome: 'malformed', ...parsed };
  const source = parseBody(Buffer.from(parsed.value.sourceBody, 'base64'), stepSchema);
  if ('problem' in source) return { outcome: 'malformed', ...source };
  const { sourceMessageId, status } = parsed.value;
  return { outcome: 'given-up', messageId: sourceMessageId, incidentId: source.value.incidentId, status };
}

/**
 * A JWT with HS256. Only that algorithm is computed here, whatever the header of the token asks for, and nothing of
 * the token is read before one of the keys has proved it.
 */
function isSignedByQStash({ signature, body, url, signingKeys, now }: QueueDelivery): boolean {
  const [, signed, payload, proof] = /^([\w-]{1,500}\.([\w-]{1,4000}))\.([\w-]{43})$/.exec(signature ?? '') ?? [];
  if (signed === undefined || payload === undefined) return false;
  const isProved = signingKeys.some(
    (key) => key !== '' && secretsMatch(proof, createHmac('sha256', key).update(signed).digest('base64url')),
  );
  if (!isProved) return false;

  const claims = parseBody(Buffer.from(payload, 'base64url'), claimsSchema);
  if ('problem' in claims) return false;
  const { sub, exp, nbf, body: hash } = claims.value;
  const seconds = now / 1000;
  return (
    sub === url &&
    seconds < exp + CLOCK_TOLERANCE_SECONDS &&
    seconds > (nbf ?? 0) - CLOCK_TOLERANCE_SECONDS &&
    secretsMatch(hash.replace(/=+$/, ''), createHash('sha256').update(body).digest('base64url'))
  );
}
