import type { Usage } from '../../patch/patch.js';
import type { Prompt } from '../../patch/prompt.js';
import { type ModelFailure, readFailure, readFinishReason } from './read-failure.js';

export type ThinkingLevel = 'low' | 'medium' | 'high';

export interface ModelCall {
  readonly apiKey: string;
  readonly baseUrl: string;
  readonly model: string;
  readonly prompt: Prompt;
  readonly timeoutMs: number;
  /** Undefined sends no thinking configuration at all. */
  readonly thinkingLevel: ThinkingLevel | undefined;
  readonly signal?: AbortSignal;
}

export type ModelAnswer =
  | { readonly ok: true; readonly text: string; readonly usage: Usage }
  | { readonly ok: false; readonly failure: ModelFailure; readonly usage: Usage };

/** Thinking counts as output, so this leaves room for an answer after long thought. */
export const MOST_OUTPUT_TOKENS = 32_768;

/** The fields that we read; the client's own types lack the newer ones. */
interface GeminiResponse {
  readonly candidates?: readonly {
    readonly finishReason?: string;
    readonly content?: { readonly parts?: readonly { readonly text?: string; readonly thought?: boolean }[] };
  }[];
  readonly promptFeedback?: { readonly blockReason?: string };
  readonly usageMetadata?: {
    readonly promptTokenCount?: number;
    readonly candidatesTokenCount?: number;
    readonly thoughtsTokenCount?: number;
    readonly toolUsePromptTokenCount?: number;
  };
}

function readUsage({ usageMetadata }: GeminiResponse): Usage {
  return {
    calls: 1,
    inputTokens: (usageMetadata?.promptTokenCount ?? 0) + (usageMetadata?.toolUsePromptTokenCount ?? 0),
    outputTokens: (usageMetadata?.candidatesTokenCount ?? 0) + (usageMetadata?.thoughtsTokenCount ?? 0),
  };
}

function readAnswer(response: GeminiResponse): ModelAnswer {
  const usage = readUsage(response);
  const blocked = response.promptFeedback?.blockReason;
  const [candidate] = response.candidates ?? [];
  if (!candidate) {
    const message = blocked ? `The model's filters refused the prompt (${blocked}).` : 'The model gave no answer.';
    return { ok: false, usage, failure: { kind: 'rejected', next: 'next-model', message } };
  }
  const failure = readFinishReason(candidate.finishReason);
  if (failure) return { ok: false, usage, failure };
  // The client's text() would mix the thoughts into the answer.
  const text = (candidate.content?.parts ?? [])
    .filter((part) => part.thought !== true)
    .map((part) => part.text ?? '')
    .join('');
  if (text.trim() === '')
    return {
      ok: false,
      usage,
      failure: { kind: 'malformed', next: 'next-model', message: 'The model gave an empty answer.' },
    };
  return { ok: true, text, usage };
}

/**
 * One call of one model. The deadline is our own, because the client never clears the timer of its `timeout` and
 * ignores a signal that is aborted already.
 */
export async function generate(call: ModelCall): Promise<ModelAnswer> {
  const { signal: outer } = call;
  outer?.throwIfAborted();
  const { GoogleGenerativeAI } = await import('@google/generative-ai');
  outer?.throwIfAborted();

  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), call.timeoutMs);
  const abort = () => deadline.abort();
  outer?.addEventListener('abort', abort, { once: true });
  const generationConfig = {
    maxOutputTokens: MOST_OUTPUT_TOKENS,
    ...(call.thinkingLevel === undefined ? {} : { thinkingConfig: { thinkingLevel: call.thinkingLevel } }),
  };
  try {
    const model = new GoogleGenerativeAI(call.apiKey).getGenerativeModel(
      { model: call.model, systemInstruction: call.prompt.system, generationConfig },
      { baseUrl: call.baseUrl },
    );
    const { response } = await model.generateContent(call.prompt.user, { signal: deadline.signal });
    return readAnswer(response as unknown as GeminiResponse);
  } catch (error) {
    outer?.throwIfAborted();
    const usage = { calls: 1, inputTokens: 0, outputTokens: 0 };
    if (deadline.signal.aborted) {
      const message = `The model gave no answer within ${Math.round(call.timeoutMs / 1000)} s.`;
      return { ok: false, usage, failure: { kind: 'unavailable', next: 'next-model', message } };
    }
    return { ok: false, usage, failure: readFailure(error) };
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}
