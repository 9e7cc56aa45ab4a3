import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createGeminiRepairer, type GeminiOptions, orderModels } from '../../lib/adapters/gemini.js';
import { AdapterError } from '../../lib/errors.js';
import type { RepairRequest } from '../../lib/ports.js';
import { contextOf, DIAGNOSIS } from '../patch/hostile/repository.js';
import { type Reply, type ScriptedServer, startScriptedServer } from './scripted-server.js';

const ANSWER = `CAUSE: tides.ts misspells \`height\`.
CONFIDENCE: 0.95
CHANGE: Spells it right.

FILE: lib/tides.ts
\`\`\`ts
<<<<<<< SEARCH
    most = Math.max(most, tide.heigth);
======= REPLACE
    most = Math.max(most, tide.height);
>>>>>>> END
\`\`\`
`;

const EDIT = {
  kind: 'replace',
  path: 'lib/tides.ts',
  search: '    most = Math.max(most, tide.heigth);',
  replace: '    most = Math.max(most, tide.height);',
};

const USAGE = { promptTokenCount: 1200, candidatesTokenCount: 80, thoughtsTokenCount: 40, totalTokenCount: 1320 };

interface Part {
  readonly text?: string;
  readonly thought?: boolean;
}

function candidate(parts: readonly Part[] | undefined, finishReason: string | undefined = 'STOP'): Reply {
  const content = parts === undefined ? { role: 'model' } : { role: 'model', parts };
  return { body: { candidates: [{ content, finishReason, index: 0 }], usageMetadata: USAGE } };
}

function answering(text: string): Reply {
  return candidate([{ text }]);
}

function failing(status: number, error: Readonly<Record<string, unknown>>): Reply {
  return { status, body: { error: { code: status, ...error } } };
}

const TYPE = 'type.googleapis.com/google.rpc';
const OVERLOADED = failing(503, { status: 'UNAVAILABLE', message: 'The model is overloaded.' });
const GONE = failing(404, { status: 'NOT_FOUND', message: 'This model is no longer available to new users.' });
const BAD_KEY = failing(400, {
  status: 'INVALID_ARGUMENT',
  message: 'API key not valid. Please pass a valid API key.',
  details: [{ '@type': `${TYPE}.ErrorInfo`, reason: 'API_KEY_INVALID' }],
});
const NO_THINKING = failing(400, {
  status: 'INVALID_ARGUMENT',
  message: 'Thinking level is not supported for this model.',
});

function quota(window: 'PerDay' | 'PerMinute', retryDelay: string): Reply {
  return failing(429, {
    status: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota.',
    details: [
      {
        '@type': `${TYPE}.QuotaFailure`,
        violations: [{ quotaId: `GenerateRequests${window}PerProjectPerModel-FreeTier`, quotaValue: '20' }],
      },
      { '@type': `${TYPE}.RetryInfo`, retryDelay },
    ],
  });
}

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

let failures: string[];
beforeEach(() => {
  failures = [];
});

function repairer(options: Partial<GeminiOptions> = {}) {
  return createGeminiRepairer({
    apiKey: 'key-for-tests',
    models: ['first', 'second'],
    baseUrl: server.url,
    maxWaitMs: 20,
    timeoutMs: 5_000,
    onFailure: ({ model, message }) => failures.push(`${model}: ${message}`),
    ...options,
  });
}

function requestOf(change: Partial<RepairRequest> = {}): RepairRequest {
  return {
    diagnosis: DIAGNOSIS,
    excerpt: 'Type error',
    context: contextOf(),
    framework: 'nextjs',
    attempt: 1,
    previous: [],
    ...change,
  };
}

/** The models asked, in order. */
function asked(): string[] {
  return server.requests.map(({ path }) => /models\/([^:]+):/.exec(path)?.[1] ?? path);
}

interface SentBody {
  readonly contents: readonly { readonly parts: readonly { readonly text: string }[] }[];
  readonly systemInstruction: { readonly parts: readonly { readonly text: string }[] };
  readonly generationConfig: Readonly<Record<string, unknown>>;
}

function sent(index: number): SentBody {
  return server.requests[index]?.body as SentBody;
}

describe('a call', () => {
  it('sends prompt and thinking level, and gives the patch with its tokens', async () => {
    server.answer(answering(ANSWER));

    const outcome = await repairer().repair(requestOf());

    expect(outcome).toEqual({
      outcome: 'patch',
      patch: {
        repairer: 'gemini',
        edits: [EDIT],
        cause: 'tides.ts misspells `height`.',
        change: 'Spells it right.',
        confidence: 0.95,
        origin: ['first'],
      },
      usage: { calls: 1, inputTokens: 1200, outputTokens: 120 },
    });
    const [request] = server.requests;
    expect(request?.path).toBe('/v1beta/models/first:generateContent');
    expect(request?.headers['x-goog-api-key']).toBe('key-for-tests');
    expect(sent(0).generationConfig).toEqual({ maxOutputTokens: 32_768, thinkingConfig: { thinkingLevel: 'medium' } });
    expect(sent(0).contents[0]?.parts[0]?.text).toContain('tide.heigth');
    expect(sent(0).systemInstruction.parts[0]?.text).toContain('SEARCH');
  });

  it('keeps secrets in the process', async () => {
    server.answer(answering(ANSWER));
    const redact = (text: string) => text.replaceAll('hunter2', '[REDACTED:own-secret]');

    await repairer({ redact }).repair(requestOf({ excerpt: 'password hunter2 is wrong' }));

    expect(JSON.stringify(server.requests)).not.toContain('hunter2');
    expect(JSON.stringify(sent(0))).toContain('[REDACTED:own-secret]');
  });

  it('leaves the thoughts out of the answer', async () => {
    server.answer(
      candidate([
        { text: 'CAUSE: a thought\n', thought: true },
        { text: ANSWER.slice(0, 40) },
        { text: ANSWER.slice(40) },
      ]),
    );

    expect(await repairer().repair(requestOf())).toMatchObject({
      outcome: 'patch',
      patch: { cause: 'tides.ts misspells `height`.', edits: [EDIT] },
    });
  });
});

describe('the order of models', () => {
  it.each([
    [1, ['a', 'b', 'c']],
    [2, ['b', 'c', 'a']],
    [3, ['a', 'b', 'c']],
  ])('of attempt %i', (attempt, expected) => {
    expect(orderModels(['a', 'b', 'c'], attempt)).toEqual(expected);
  });

  it('is the only one there is', () => {
    expect(orderModels(['a'], 2)).toEqual(['a']);
  });
});

describe('another model is asked after', () => {
  it.each<[string, Reply]>([
    ['an overload', OVERLOADED],
    ['a server error', failing(500, { status: 'INTERNAL', message: 'x' })],
    ['a quota of the minute', quota('PerMinute', '34s')],
    ['a quota of the day', quota('PerDay', '65205s')],
    ['a model that is gone', GONE],
    ['a request that this model refuses', failing(400, { status: 'INVALID_ARGUMENT', message: 'Unsupported.' })],
    ['an output limit without text', candidate(undefined, 'MAX_TOKENS')],
    ['an output limit with half a text', candidate([{ text: ANSWER.slice(0, 150) }], 'MAX_TOKENS')],
    ['a filter', candidate(undefined, 'SAFETY')],
    ['a list of words', candidate(undefined, 'PROHIBITED_CONTENT')],
    ['a recitation', candidate([{ text: ANSWER }], 'RECITATION')],
    ['a reason that is new', candidate([{ text: ANSWER }], 'SOMETHING_ELSE')],
    ['a refused prompt', { body: { promptFeedback: { blockReason: 'OTHER' }, usageMetadata: USAGE } }],
    ['no candidate', { body: {} }],
    ['an empty text', candidate([{ text: ' ' }])],
    ['thoughts alone', candidate([{ text: ANSWER, thought: true }])],
    ['a page instead of JSON', { headers: { 'content-type': 'text/html' }, body: '<html>gateway</html>' }],
    ['a page instead of an error', { status: 502, body: '<html>bad gateway</html>' }],
    ['a connection cut at once', 'cut'],
    ['a connection cut in the answer', 'cut-body'],
  ])('%s', async (_, reply) => {
    server.answerInTurn(reply, answering(ANSWER));

    const outcome = await repairer().repair(requestOf());

    expect(outcome).toMatchObject({ outcome: 'patch', patch: { origin: ['second'] }, usage: { calls: 2 } });
    expect(asked()).toEqual(['first', 'second']);
    expect(failures).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['silence', 'silence'],
    ['headers without a body', 'silent-body'],
  ])('%s', async (_, reply) => {
    server.answerInTurn(reply, answering(ANSWER));

    const outcome = await repairer({ timeoutMs: 2_000 }).repair(requestOf());

    expect(outcome).toMatchObject({ outcome: 'patch', patch: { origin: ['second'] } });
    expect(failures[0]).toMatch(/^first: The model gave no answer within/);
  });
});

describe('the same model is asked again', () => {
  it('once, after the wait that it asks for', async () => {
    server.answerInTurn(quota('PerMinute', '0.01s'), OVERLOADED, answering(ANSWER));

    expect(await repairer().repair(requestOf())).toMatchObject({ outcome: 'patch', patch: { origin: ['first'] } });
    expect(asked()).toEqual(['first', 'second', 'first']);
  });

  it('never on a quota of the day, however short its delay', async () => {
    server.answer(quota('PerDay', '0.01s'));

    expect(await repairer().repair(requestOf())).toMatchObject({ outcome: 'unavailable' });
    expect(asked()).toEqual(['first', 'second']);
  });

  it('not when the wait is too long for a function', async () => {
    server.answer(quota('PerMinute', '34s'));
    const before = Date.now();

    const outcome = await repairer().repair(requestOf());

    expect(outcome).toMatchObject({ outcome: 'unavailable', usage: { calls: 2 } });
    const waitMs = (outcome.outcome === 'unavailable' ? (outcome.retryAt ?? 0) : 0) - before;
    expect(waitMs).toBeGreaterThanOrEqual(34_000);
    expect(waitMs).toBeLessThan(64_000);
  });

  it('without a thinking level that it does not know', async () => {
    server.answerInTurn(NO_THINKING, answering(ANSWER), answering(ANSWER));
    const gemini = repairer();

    await gemini.repair(requestOf());
    await gemini.repair(requestOf());

    expect(asked()).toEqual(['first', 'first', 'first']);
    expect(server.requests.map((_, index) => 'thinkingConfig' in sent(index).generationConfig)).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('nothing helps', () => {
  it('against a wrong key, which no other model is asked with', async () => {
    server.answer(BAD_KEY);

    await expect(repairer().repair(requestOf())).rejects.toMatchObject({
      name: 'AdapterError',
      system: 'gemini',
      kind: 'unauthorized',
      retryable: false,
    });
    expect(asked()).toEqual(['first']);
  });

  it('against a restricted key', async () => {
    server.answer(failing(403, { status: 'PERMISSION_DENIED', message: 'Requests are blocked.' }));

    await expect(repairer().repair(requestOf())).rejects.toMatchObject({ kind: 'forbidden', retryable: false });
  });

  it('when every model is gone, and says which', async () => {
    server.answer(GONE);

    const outcome = repairer().repair(requestOf());

    await expect(outcome).rejects.toBeInstanceOf(AdapterError);
    await expect(outcome).rejects.toMatchObject({ kind: 'not-found', message: expect.stringContaining('second') });
  });

  it('when every model refuses', async () => {
    server.answer(candidate(undefined, 'SAFETY'));

    expect(await repairer().repair(requestOf())).toMatchObject({
      outcome: 'nothing',
      usage: { calls: 2, inputTokens: 2400 },
    });
  });

  it('when a limit says no, and no call is made', async () => {
    server.answer(answering(ANSWER));
    const tokens: number[] = [];

    const outcome = await repairer({
      beforeCall: async (estimate) => {
        tokens.push(estimate);
        return { granted: false, name: 'model-calls-day', retryAt: 1_900_000_000_000 };
      },
    }).repair(requestOf());

    expect(outcome).toMatchObject({ outcome: 'unavailable', retryAt: 1_900_000_000_000, usage: { calls: 0 } });
    expect(server.requests).toHaveLength(0);
    expect(tokens[0]).toBeGreaterThan(500);
  });

  it('for a caller that has gone before the call', async () => {
    server.answer(answering(ANSWER));

    await expect(repairer().repair(requestOf({ signal: AbortSignal.abort() }))).rejects.toThrow();
    expect(server.requests).toHaveLength(0);
  });

  it('for a caller that goes during the call', async () => {
    server.answer('silence');
    const caller = new AbortController();
    const outcome = expect(repairer().repair(requestOf({ signal: caller.signal }))).rejects.toThrow();
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), { timeout: 10_000 });

    caller.abort();

    await outcome;
    expect(server.requests).toHaveLength(1);
  });
});

describe('an answer', () => {
  it('below the confidence asked for is no patch', async () => {
    server.answer(answering(ANSWER.replace('0.95', '0.4')));

    expect(await repairer().repair(requestOf())).toMatchObject({
      outcome: 'low-confidence',
      reason: expect.stringContaining('0.4'),
    });
  });

  it('that abstains is nothing, with its reason', async () => {
    server.answer(answering('ABSTAIN: DATABASE_URL is not set.'));

    expect(await repairer().repair(requestOf())).toMatchObject({
      outcome: 'nothing',
      reason: 'DATABASE_URL is not set.',
    });
  });

  it('that cannot be read is asked for once more, with what was wrong', async () => {
    server.answerInTurn(answering('```diff\n--- a/x\n```'), answering(ANSWER));

    expect(await repairer().repair(requestOf())).toMatchObject({
      outcome: 'patch',
      usage: { calls: 2, inputTokens: 2400, outputTokens: 240 },
    });
    expect(sent(1).contents[0]?.parts[0]?.text).toContain('The answer is a diff');
  });

  it('that cannot be read twice is nothing', async () => {
    server.answer(answering('Rename the variable.'));

    expect(await repairer().repair(requestOf())).toMatchObject({ outcome: 'nothing', usage: { calls: 2 } });
  });
});

it('leaves no timer behind: a process ends although the deadline is far', async () => {
  server.answer(answering(ANSWER));
  const script = `
    import { createGeminiRepairer } from './lib/adapters/gemini.ts';
    import { contextOf, DIAGNOSIS } from './test/patch/hostile/repository.ts';
    const gemini = createGeminiRepairer({ apiKey: 'k', models: ['first'], baseUrl: process.env.BASE_URL, timeoutMs: 600000 });
    const outcome = await gemini.repair({ diagnosis: DIAGNOSIS, excerpt: '', context: contextOf(), framework: null, attempt: 1, previous: [] });
    console.log(outcome.outcome);
  `;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    env: { ...process.env, BASE_URL: server.url },
    stdio: ['ignore', 'pipe', 'inherit'],
    timeout: 60_000,
  });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });

  const [code, signal] = await once(child, 'close');

  expect({ code, signal, output }).toEqual({ code: 0, signal: null, output: 'patch\n' });
}, 90_000);
