/** An answer of which nothing is still on the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array<ArrayBuffer>;
}

/** The answer is larger than the caller is ready to hold. */
export class OversizedAnswer extends Error {
  override readonly name = 'OversizedAnswer';
}

/**
 * Fetches and reads the whole body, so that the deadline, a cut connection and the ceiling cover the body as well as
 * the headers. Rejects with what `fetch` rejects with, or with `OversizedAnswer`; the ceiling counts decompressed bytes.
 */
export async function fetchWhole(
  input: string | URL | Request,
  init: RequestInit | undefined,
  limits: { readonly maxBytes: number; readonly timeoutMs?: number },
): Promise<Answer> {
  const response = await fetch(input, withDeadline(init, limits.timeoutMs));
  return { status: response.status, headers: response.headers, body: await readBody(response, limits.maxBytes) };
}

function withDeadline(init: RequestInit | undefined, timeoutMs: number | undefined): RequestInit | undefined {
  if (timeoutMs === undefined) return init;
  const deadline = AbortSignal.timeout(timeoutMs);
  return { ...init, signal: init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline };
}

async function readBody(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    if (length > maxBytes) throw new OversizedAnswer(`the answer is larger than ${maxBytes} bytes`);
    chunks.push(chunk);
  }
  const body = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    body.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return body;
}

/** Undefined for text that is not JSON: a gateway's page, half an answer, nothing. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
