import { getWorld } from '../deps.js';
import { AdapterError, ConfigError } from '../errors.js';
import type { World } from '../flows/world.js';
import { type QueueArrival, readGivenUpDelivery, readStepDelivery } from '../webhooks/qstash.js';
import { listQueueAddresses } from '../webhooks/queue-addresses.js';
import { answerFailure } from './failure-answer.js';
import { readRawBody } from './raw-body.js';
import { jsonResponse, problemResponse } from './respond.js';

const MOST_BYTES = 100_000;
/** QStash tries no more after this status with its header: https://upstash.com/docs/qstash/features/retry */
const NO_RETRY = { status: 489, headers: { 'upstash-nonretryable-error': 'true' } } as const;

/** Works on one message of the queue before answering: its retries are what makes up for a function that died. */
export async function answerQueue(request: Request): Promise<Response> {
  const body = await readRawBody(request, MOST_BYTES);
  if (body === 'too-large') return problemResponse(request, 413, 'That is larger than any message of ours.');
  try {
    const world = getWorld();
    const arrival = read(request, body, world);
    switch (arrival.outcome) {
      case 'unauthorized':
        return problemResponse(request, 401, 'This address is for QStash: the signature does not fit.');
      case 'malformed':
        return jsonResponse({ error: arrival.problem }, NO_RETRY);
      case 'step': {
        const { heal } = await import('../flows/heal.js');
        return jsonResponse({ steps: await heal(world, arrival.incidentId) });
      }
      case 'given-up':
        await recordGivenUp(world, arrival);
        return jsonResponse({ outcome: 'recorded' });
    }
  } catch (error) {
    // Strangers reach this before their signature is looked at; which settings are wrong is not for them.
    if (error instanceof ConfigError) return problemResponse(request, 503, 'Settings are missing or wrong.');
    if (error instanceof AdapterError && !error.retryable)
      return jsonResponse({ error: getWorld().redact(error.message) }, NO_RETRY);
    return answerFailure(request, error, getWorld);
  }
}

function read(request: Request, body: Uint8Array, { config, clock }: World): QueueArrival {
  const addresses = listQueueAddresses(config.publicUrl);
  if (config.qstash === undefined || addresses === undefined) return { outcome: 'unauthorized' };
  const delivery = {
    signature: request.headers.get('upstash-signature'),
    body,
    signingKeys: [config.qstash.currentSigningKey, config.qstash.nextSigningKey],
    now: clock.now(),
  };
  return new URL(request.url).searchParams.has('given-up')
    ? readGivenUpDelivery({ ...delivery, url: addresses.givenUpUrl })
    : readStepDelivery({ ...delivery, url: addresses.stepUrl });
}

async function recordGivenUp(world: World, letter: Extract<QueueArrival, { outcome: 'given-up' }>): Promise<void> {
  const store = await world.store();
  await store.deadLetters.record({
    id: letter.messageId,
    incidentId: letter.incidentId,
    at: world.clock.now(),
    reason: `The step was given up after its last retry was answered with ${letter.status}.`,
  });
}
