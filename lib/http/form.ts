const MOST_BYTES = 16_384;

/** The fields of a posted form; `too-large` and `malformed` say why there are none. Reads at most 16 kB. */
export async function readForm(request: Request): Promise<URLSearchParams | 'too-large' | 'malformed'> {
  const type = (request.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/x-www-form-urlencoded') return 'malformed';
  if (Number(request.headers.get('content-length') ?? 0) > MOST_BYTES) return 'too-large';
  if (request.body === null) return new URLSearchParams();

  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) return 'too-large';
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
