/** Whether a browser asks: HTML is accepted by name and nothing that we also speak is preferred to it. */
export function prefersHtml(request: Request): boolean {
  const accept = (request.headers.get('accept') ?? '').slice(0, 1_000).toLowerCase();
  const weights = new Map(accept.split(',').map(parseRange));
  const htmlWeight = weights.get('text/html') ?? weights.get('application/xhtml+xml') ?? 0;
  return htmlWeight > 0 && htmlWeight >= (weights.get('application/json') ?? 0);
}

function parseRange(range: string): [type: string, weight: number] {
  const [type = '', ...parameters] = range.split(';').map((part) => part.trim());
  const quality = parameters.find((parameter) => parameter.startsWith('q='));
  const weight = quality === undefined ? 1 : Number(quality.slice(2));
  return [type, Number.isFinite(weight) ? weight : 0];
}
