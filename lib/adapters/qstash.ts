import { setTimeout as delay } from 'node:timers/promises';
import * as v from 'valibot';
import { AdapterError, type FailureKind } from '../errors.js';
import type { QueuedStep, StepQueue } from '../ports.js';
import { type Answer, fetchWhole, parseJson } from './http.js';
import { readRetryAt } from './retry.js';

export interface QStashOptions {
  readonly token: string;
  readonly baseUrl: string;
  /** Where the steps are delivered, and where the news of one that was given up goes. */
  readonly stepUrl: string;
  readonly givenUpUrl: string;
  readonly timeoutMs?: number;
}

/** QStash waits 12 s, 2.5 min and 30 min between its tries: https://upstash.com/docs/qstash/features/retry */
const RETRIES = 3;
const MOST_MESSAGES = 100;
const REPEAT_AFTER_MS = 200;
const MOST_ANSWER_BYTES = 1_000_000;

const receiptsSchema = v.array(v.object({ error: v.optional(v.string()) }));

/**
 * QStash by its REST protocol: two requests are less than its client, which takes a tenth of a second to load and
 * reads settings of its own from the environment (QSTASH_DEV makes it accept a key that everybody knows).
 */
export function createStepQueue(options: QStashOptions): StepQueue {
  return {
    async publish(steps) {
      for (let start = 0; start < steps.length; start += MOST_MESSAGES)
        await publishBatch(options, steps.slice(start, start + MOST_MESSAGES));
    },
  };
}

async function publishBatch(options: QStashOptions, steps: readonly QueuedStep[]): Promise<void> {
  // A message that was published twice has the same de-duplication id, so a lost answer does no harm.
  const answer = await send(options, steps).catch(async (error: unknown) => {
    if (!(error instanceof AdapterError) || error.kind !== 'unavailable') throw error;
    await delay(REPEAT_AFTER_MS);
    return await send(options, steps);
  });
  const receipts = v.safeParse(receiptsSchema, parseJson(new TextDecoder().decode(answer.body)));
  if (!receipts.success || receipts.output.length !== steps.length)
    throw new AdapterError('QStash did not confirm every message.', { system: 'qstash', kind: 'malformed' });
  if (receipts.output.some(({ error }) => error !== undefined))
    throw new AdapterError('QStash refused a message.', { system: 'qstash', kind: 'rejected' });
}

async function send(options: QStashOptions, steps: readonly QueuedStep[]): Promise<Answer> {
  let answer: Answer;
  try {
    answer = await fetchWhole(
      `${options.baseUrl}/v2/batch`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${options.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(steps.map((step) => toMessage(options, step))),
        redirect: 'error',
      },
      { maxBytes: MOST_ANSWER_BYTES, timeoutMs: options.timeoutMs ?? 10_000 },
    );
  } catch (cause) {
    throw new AdapterError('QStash did not answer.', { system: 'qstash', kind: 'unavailable', cause });
  }
  if (answer.status < 300) return answer;
  const retryAt = readRetryAt(answer.headers, Date.now());
  throw new AdapterError(`QStash answered ${answer.status}.`, {
    system: 'qstash',
    kind: kindOf(answer.status),
    status: answer.status,
    ...(retryAt === undefined ? {} : { retryAt }),
  });
}

function toMessage(options: QStashOptions, step: QueuedStep): object {
  return {
    destination: options.stepUrl,
    headers: {
      'content-type': 'application/json',
      'upstash-method': 'POST',
      'upstash-deduplication-id': step.deduplicationId,
      // https://upstash.com/docs/qstash/features/flowcontrol
      'upstash-flow-control-key': `self-heal-${step.lane.key.replace(/[^\w.-]/g, '-')}`,
      'upstash-flow-control-value': `parallelism=${step.lane.parallelism}`,
      'upstash-retries': String(RETRIES),
      'upstash-failure-callback': options.givenUpUrl,
      ...(step.delaySeconds === undefined ? {} : { 'upstash-delay': `${Math.ceil(step.delaySeconds)}s` }),
    },
    body: JSON.stringify({ incidentId: step.incidentId }),
  };
}

function kindOf(status: number): FailureKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'unavailable' : 'rejected';
}
