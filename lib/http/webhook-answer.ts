import { waitUntil } from '@vercel/functions';
import { getWorld } from '../deps.js';
import { receive } from '../flows/receive.js';
import type { World } from '../flows/world.js';
import type { Arrival, RawDelivery } from '../webhooks/arrival.js';
import { answerFailure } from './failure-answer.js';
import { readRawBody } from './raw-body.js';
import { jsonResponse, problemResponse } from './respond.js';

/** Vercel's functions take 4.5 MB; the events we read are far smaller. */
const MOST_BYTES = 2_000_000;

/** Answers a webhook at once and works on it afterwards: the sender waits 10 to 30 seconds, a repair takes longer. */
export async function answerWebhook(
  request: Request,
  { secret, read }: { readonly secret: string | undefined; readonly read: (delivery: RawDelivery) => Arrival },
): Promise<Response> {
  const body = await readRawBody(request, MOST_BYTES);
  if (body === 'too-large') return problemResponse(request, 413, 'That is larger than any event of a webhook.');
  const arrival = read({ headers: request.headers, body, secret });
  if (arrival.outcome === 'unauthorized')
    return problemResponse(request, 401, 'The signature does not fit, or no secret is set for this webhook.');
  if (arrival.outcome === 'malformed') return problemResponse(request, 400, arrival.problem);
  if (arrival.outcome === 'ignored') return jsonResponse({ outcome: 'ignored', why: arrival.why });
  try {
    workAfterwards(getWorld(), arrival);
  } catch (error) {
    return answerFailure(request, error, getWorld);
  }
  return jsonResponse({ outcome: 'accepted' }, { status: 202 });
}

/** Outside Vercel `waitUntil` does nothing, and the process lives on by itself. */
function workAfterwards(world: World, arrival: Extract<Arrival, { outcome: 'event' }>): void {
  const { kind } = arrival.event;
  waitUntil(
    receive(world, arrival).then(
      (outcome) => world.logger.info('A webhook was worked on', { kind, outcome }),
      (error: unknown) =>
        // Nothing is lost: the next sweep finds what this one did not.
        world.logger.error('A webhook could not be worked on', { kind, error: String(error) }),
    ),
  );
}
