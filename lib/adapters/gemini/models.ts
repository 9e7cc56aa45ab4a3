import * as v from 'valibot';
import { AdapterError, type FailureKind } from '../../errors.js';
import type { ModelAccount } from '../../ports/accounts.js';
import { fetchWhole, parseJson } from '../http.js';

const Models = v.object({ models: v.optional(v.array(v.object({ name: v.string() })), []) });

/** https://ai.google.dev/api/models#method:-models.list; the client for generating has no such method. */
export function createModelAccount(options: {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly timeoutMs?: number;
}): ModelAccount {
  return {
    async listModels() {
      const answer = await fetchWhole(
        `${options.baseUrl}/v1beta/models?pageSize=1000`,
        // In a header, for addresses end up in logs.
        { headers: { 'x-goog-api-key': options.apiKey }, redirect: 'error' },
        { maxBytes: 5_000_000, timeoutMs: options.timeoutMs ?? 8_000 },
      ).catch((cause: unknown) => {
        throw new AdapterError('Gemini did not answer.', { system: 'gemini', kind: 'unavailable', cause });
      });
      const text = new TextDecoder().decode(answer.body);
      if (answer.status !== 200)
        throw new AdapterError(`Gemini list models: ${answer.status}`, {
          system: 'gemini',
          kind: kindOf(answer.status, text),
          status: answer.status,
        });
      const models = v.safeParse(Models, parseJson(text));
      if (!models.success)
        throw new AdapterError('Gemini list models: the answer is not what the API promises', {
          system: 'gemini',
          kind: 'malformed',
        });
      return models.output.models.map(({ name }) => name.replace(/^models\//, ''));
    },
  };
}

function kindOf(status: number, text: string): FailureKind {
  // A wrong key is 400 with this reason: https://ai.google.dev/gemini-api/docs/troubleshooting
  if (status === 401 || (status === 400 && /API_KEY_INVALID|API key not valid/.test(text))) return 'unauthorized';
  if (status === 403) return 'forbidden';
  if (status === 429) return 'rate-limited';
  return status >= 500 ? 'unavailable' : 'rejected';
}
