import { setTimeout as sleep } from 'node:timers/promises';
import { selectContext } from '../context/select-context.js';
import { AdapterError } from '../errors.js';
import { type ParsedAnswer, parseAnswer } from '../patch/answer.js';
import { addUsage, NO_USAGE, type Usage } from '../patch/patch.js';
import { buildPrompt, estimateTokens, MOST_CONTEXT_TOKENS, type Prompt } from '../patch/prompt.js';
import type { Limiter, Repairer, RepairOutcome, RepairRequest } from '../ports.js';
import { generate, type ThinkingLevel } from './gemini/generate.js';
import type { ModelFailure } from './gemini/read-failure.js';

export interface GeminiOptions {
  readonly apiKey: string;
  /** Ordered; the next is asked on overload, quota or a model that is gone. */
  readonly models: readonly string[];
  readonly baseUrl: string;
  /** Below this a patch is not proposed; 0.6 when absent. */
  readonly minimumConfidence?: number;
  /** Takes secrets out of every text on its way to Google, and out of the sentences that come back. */
  readonly redact?: (text: string) => string;
  /** Asked before every call with the tokens that it will read; a call that is not granted is not made. */
  readonly beforeCall?: (tokens: number) => ReturnType<Limiter['reserve']>;
  /** Told when a model did not help and another was asked. */
  readonly onFailure?: (failure: { readonly model: string; readonly message: string }) => void;
  /** Milliseconds for one call; 120,000 when absent. */
  readonly timeoutMs?: number;
  /** Milliseconds that may be waited in place for a limit to open; 5,000 when absent. */
  readonly maxWaitMs?: number;
  readonly thinkingLevel?: ThinkingLevel;
}

/** Attempt 2 asks another model first: what one model got wrong twice, it gets wrong a third time. */
export function orderModels(models: readonly string[], attempt: number): readonly string[] {
  const first = attempt === 2 && models.length > 1 ? 1 : 0;
  return [...models.slice(first), ...models.slice(0, first)];
}

type Asked =
  | { readonly outcome: 'answered'; readonly text: string; readonly model: string; readonly usage: Usage }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAt: number; readonly usage: Usage }
  | { readonly outcome: 'nothing'; readonly reason: string; readonly usage: Usage };

interface FailedModel {
  readonly model: string;
  readonly failure: ModelFailure;
}

/** Repairs with a Gemini model that sees the prompt alone: no tools, no secrets, no earlier conversation. */
export function createGeminiRepairer(options: GeminiOptions): Repairer {
  const { minimumConfidence = 0.6, redact = (text) => text, timeoutMs = 120_000, maxWaitMs = 5_000 } = options;
  const thinkingLevel = options.thinkingLevel ?? 'medium';
  /** Models that refused a thinking configuration; asked without it from then on. */
  const plainModels = new Set<string>();

  async function ask(prompt: Prompt, request: RepairRequest): Promise<Asked> {
    const safe: Prompt = { system: prompt.system, user: redact(prompt.user) };
    const tokens = estimateTokens(safe.system) + estimateTokens(safe.user);
    let usage = NO_USAGE;
    let failed: FailedModel[] = [];
    const gone: FailedModel[] = [];
    let models = orderModels(options.models, request.attempt);

    for (let round = 0; round < 2 && models.length > 0; round += 1) {
      failed = [];
      for (let at = 0; at < models.length; at += 1) {
        const model = models[at];
        if (model === undefined) continue;
        const grant = await options.beforeCall?.(tokens);
        if (grant && !grant.granted)
          return {
            outcome: 'unavailable',
            reason: `The limit ${grant.name} is reached.`,
            retryAt: grant.retryAt,
            usage,
          };
        const answer = await generate({
          ...options,
          model,
          prompt: safe,
          timeoutMs,
          thinkingLevel: plainModels.has(model) ? undefined : thinkingLevel,
          ...(request.signal ? { signal: request.signal } : {}),
        });
        usage = addUsage(usage, answer.usage);
        if (answer.ok) return { outcome: 'answered', text: answer.text, model, usage };
        const { failure } = answer;
        options.onFailure?.({ model, message: failure.message });
        if (failure.next === 'stop')
          throw new AdapterError(failure.message, {
            system: 'gemini',
            kind: failure.kind,
            ...(failure.status === undefined ? {} : { status: failure.status }),
          });
        if (failure.next === 'plain' && !plainModels.has(model)) {
          plainModels.add(model);
          at -= 1;
        } else (failure.next === 'same-model' ? failed : gone).push({ model, failure });
      }
      const wait = Math.min(...failed.map(({ failure }) => failure.waitMs ?? 1000));
      if (round > 0 || failed.length === 0 || wait > maxWaitMs) break;
      await sleep(wait, undefined, request.signal ? { signal: request.signal } : {});
      models = failed.map(({ model }) => model);
    }
    return summarise([...failed, ...gone], usage);
  }

  async function repair(request: RepairRequest): Promise<RepairOutcome> {
    const selected = selectContext(request.context, request.diagnosis, { maxTokens: MOST_CONTEXT_TOKENS });
    const first = await ask(buildPrompt(request, selected), request);
    if (first.outcome !== 'answered') return first;
    const answer = parseAnswer(first.text);
    if (answer.outcome !== 'malformed' || request.refusal) return conclude(answer, first.model, first.usage);

    // An answer that cannot be read says nothing about the repair, so its form is asked for once more.
    const note = `Your last answer could not be read: ${answer.reason} Keep exactly to the form.`;
    const second = await ask(buildPrompt(request, selected, note), request);
    const usage = addUsage(first.usage, second.usage);
    if (second.outcome !== 'answered') return { ...second, usage };
    return conclude(parseAnswer(second.text), second.model, usage);
  }

  function conclude(answer: ParsedAnswer, model: string, usage: Usage): RepairOutcome {
    if (answer.outcome === 'malformed')
      return { outcome: 'nothing', reason: `${model} gave no usable answer: ${answer.reason}`, usage };
    if (answer.outcome === 'abstain') return { outcome: 'nothing', reason: redact(answer.reason), usage };
    const { confidence, edits } = answer;
    const cause = redact(answer.cause);
    if (confidence < minimumConfidence)
      return {
        outcome: 'low-confidence',
        reason: `${cause} (The model's confidence in a repair is ${confidence}; ${minimumConfidence} is asked for.)`,
        usage,
      };
    const change = redact(answer.change);
    return {
      outcome: 'patch',
      patch: { repairer: 'gemini', edits, cause, change, confidence, origin: [model] },
      usage,
    };
  }

  return { name: 'gemini', repair };
}

/** What the failures of all models come to. */
function summarise(failed: readonly FailedModel[], usage: Usage): Asked {
  const reason = failed.map(({ model, failure }) => `${model}: ${failure.message}`).join(' ');
  const passing = failed.filter(({ failure }) => failure.kind === 'rate-limited' || failure.kind === 'unavailable');
  if (passing.length > 0) {
    const waits = passing.map(({ failure }) => failure.waitMs ?? 60_000);
    return { outcome: 'unavailable', reason, retryAt: Date.now() + Math.min(...waits), usage };
  }
  if (failed.every(({ failure }) => failure.kind === 'not-found'))
    throw new AdapterError(`None of the configured models exists: ${reason}`, {
      system: 'gemini',
      kind: 'not-found',
      status: 404,
    });
  return { outcome: 'nothing', reason, usage };
}
