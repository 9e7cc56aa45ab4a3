import * as v from 'valibot';
import { AdapterError, type FailureKind } from '../errors.js';
import type { QueueSetup } from '../ports/setup.js';
import { type Answer, fetchWhole, parseJson } from './http.js';

const Schedule = v.object({
  destination: v.string(),
  cron: v.string(),
  isPaused: v.optional(v.boolean(), false),
});
const Keys = v.object({ current: v.string(), next: v.string() });

/** QStash by its REST protocol; why without its client: see `createStepQueue`. */
export function createQueueAccount(options: {
  readonly token: string;
  readonly baseUrl: string;
  readonly timeoutMs?: number;
}): QueueSetup {
  async function ask<const Schema extends v.GenericSchema>(
    operation: string,
    path: string,
    schema: Schema,
    init: RequestInit = {},
  ): Promise<v.InferOutput<Schema>> {
    let answer: Answer;
    try {
      answer = await fetchWhole(
        options.baseUrl + path,
        { ...init, headers: { authorization: `Bearer ${options.token}`, ...init.headers }, redirect: 'error' },
        { maxBytes: 1_000_000, timeoutMs: options.timeoutMs ?? 8_000 },
      );
    } catch (cause) {
      throw new AdapterError(`QStash ${operation}: no answer`, { system: 'qstash', kind: 'unavailable', cause });
    }
    if (answer.status >= 300)
      throw new AdapterError(`QStash ${operation}: ${answer.status}`, {
        system: 'qstash',
        kind: kindOf(answer.status),
        status: answer.status,
      });
    const parsed = v.safeParse(schema, parseJson(new TextDecoder().decode(answer.body)));
    if (parsed.success) return parsed.output;
    throw new AdapterError(`QStash ${operation}: the answer is not what the API promises`, {
      system: 'qstash',
      kind: 'malformed',
    });
  }

  return {
    // https://upstash.com/docs/qstash/api-reference/schedules/get-a-schedule
    async findSchedule(id) {
      try {
        return await ask('get schedule', `/v2/schedules/${encodeURIComponent(id)}`, Schedule);
      } catch (error) {
        if (error instanceof AdapterError && error.kind === 'not-found') return undefined;
        throw error;
      }
    },

    // https://upstash.com/docs/qstash/api-reference/signing-keys/get-signing-keys
    readSigningKeys: () => ask('get signing keys', '/v2/keys', Keys),

    // https://upstash.com/docs/qstash/api-reference/schedules/create-a-schedule: with an id it replaces what has it
    async putSchedule(id, { destination, cron, authorization }) {
      await ask('put schedule', `/v2/schedules/${destination}`, v.object({ scheduleId: v.string() }), {
        method: 'POST',
        headers: {
          'upstash-schedule-id': id,
          'upstash-cron': cron,
          'upstash-method': 'GET',
          'upstash-retries': '0',
          'upstash-forward-authorization': authorization,
        },
      });
    },
  };
}

function kindOf(status: number): FailureKind {
  if (status === 401) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 404) return 'not-found';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'unavailable' : 'rejected';
}
