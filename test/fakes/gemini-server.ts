import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GeminiRequest {
  readonly model: string;
  /** All text that the model was given, system instruction first. */
  readonly text: string;
}

export interface GeminiServer {
  readonly url: string;
  readonly requests: readonly GeminiRequest[];
  /** What was wrong with the requests; each of them was answered 400, as the API does. */
  readonly violations: readonly string[];
  close(): Promise<void>;
}

/** Fields of https://ai.google.dev/api/generate-content#request-body; the API refuses a field that it does not know. */
const BODY_FIELDS = [
  'contents',
  'systemInstruction',
  'generationConfig',
  'safetySettings',
  'tools',
  'toolConfig',
  'cachedContent',
];
/** Deprecated since Gemini 3.6: https://ai.google.dev/gemini-api/docs/changelog */
const DEPRECATED_SETTINGS = ['temperature', 'topP', 'topK', 'candidateCount'];

interface Turn {
  readonly role?: string;
  readonly parts?: readonly { readonly text?: string }[];
}

/** A local server with `generateContent` of the Gemini API: it checks each request's shape and answers by the script. */
export async function startGeminiServer(options: {
  readonly apiKey: string;
  readonly answer: (request: GeminiRequest) => string;
}): Promise<GeminiServer> {
  const requests: GeminiRequest[] = [];
  const violations: string[] = [];

  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://local');
    const model = /^\/v1beta\/models\/([\w.-]+):generateContent$/.exec(url.pathname)?.[1];
    if (incoming.method !== 'POST' || !model)
      return refuse(outgoing, 404, 'NOT_FOUND', `No ${incoming.method} ${url.pathname} here.`);
    if (incoming.headers['x-goog-api-key'] !== options.apiKey) {
      violations.push('The key is not in the header x-goog-api-key.');
      return refuse(outgoing, 400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.');
    }
    const wrong = [...(url.searchParams.has('key') ? ['The key is in the address, where logs keep it.'] : [])];
    const body = parse(await readText(incoming));
    wrong.push(...findViolations(body));
    if (wrong.length > 0) {
      violations.push(...wrong);
      return refuse(outgoing, 400, 'INVALID_ARGUMENT', wrong.join(' '));
    }

    const turns = [body.systemInstruction as Turn | undefined, ...(body.contents as Turn[])];
    const request = {
      model,
      text: turns.flatMap((turn) => turn?.parts?.map((part) => part.text ?? '') ?? []).join('\n'),
    };
    requests.push(request);
    const text = options.answer(request);
    send(outgoing, 200, {
      candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: {
        promptTokenCount: Math.ceil(request.text.length / 4),
        candidatesTokenCount: Math.ceil(text.length / 4),
        totalTokenCount: Math.ceil((request.text.length + text.length) / 4),
      },
      modelVersion: model,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    violations,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function findViolations(body: Record<string, unknown>): readonly string[] {
  const wrong = Object.keys(body)
    .filter((field) => !BODY_FIELDS.includes(field))
    .map((field) => `Unknown name "${field}".`);
  const contents = body.contents as readonly Turn[] | undefined;
  if (!Array.isArray(contents) || contents.length === 0) wrong.push('contents is not specified.');
  for (const turn of contents ?? []) {
    if (turn.role !== 'user' && turn.role !== 'model') wrong.push('A turn must be by user or model.');
    if (!turn.parts?.every((part) => typeof part.text === 'string' && part.text !== ''))
      wrong.push('A part has no text.');
  }
  if (contents?.at(-1)?.role !== 'user') wrong.push('The request ends with a turn that is not the user.');
  const settings = (body.generationConfig ?? {}) as Record<string, unknown>;
  for (const name of DEPRECATED_SETTINGS) if (name in settings) wrong.push(`generationConfig has ${name}.`);
  if ('thinkingBudget' in ((settings.thinkingConfig ?? {}) as object)) wrong.push('thinkingConfig has thinkingBudget.');
  return wrong;
}

function refuse(outgoing: ServerResponse, code: number, status: string, message: string): void {
  send(outgoing, code, { error: { code, message, status } });
}

function send(outgoing: ServerResponse, status: number, body: unknown): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function readText(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
