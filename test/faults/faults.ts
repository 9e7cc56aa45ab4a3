/** What may happen to one call of an outside system. */
export const FAULTS = [
  'killed-before',
  'killed-after',
  'time-out',
  'cut-before',
  'cut-after',
  '429-with-hint',
  '429-without-hint',
  '500',
  '503',
  'html-page',
  'half-body',
] as const;

export type Fault = (typeof FAULTS)[number];

/** How an answered fault looks on the wire. */
export interface FaultyAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = { 'content-type': 'application/json' };

/** Undefined for a fault that lies in the connection or in the process. */
export function answerOf(fault: Fault): FaultyAnswer | undefined {
  switch (fault) {
    case '429-with-hint':
      return { status: 429, headers: { ...JSON_TYPE, 'retry-after': '20' }, body: '{"message":"Too many requests"}' };
    case '429-without-hint':
      return { status: 429, headers: JSON_TYPE, body: '{"message":"Too many requests"}' };
    case '500':
      return { status: 500, headers: JSON_TYPE, body: '{"message":"Internal error"}' };
    case '503':
      return { status: 503, headers: {}, body: '' };
    case 'html-page':
      // The nastiest status that a page on the way can have: read as the API's own, it means that nothing is there.
      return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html><h1>Not Found</h1></html>' };
    default:
      return undefined;
  }
}

/** Whether the other side does its work before the fault. */
export function reachesServer(fault: Fault): boolean {
  return ['killed-after', 'time-out', 'cut-after', 'half-body'].includes(fault);
}
