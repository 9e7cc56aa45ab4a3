/** TanStack Start fetches each page from its own built server, and fails with that server's answer alone. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { findServerError } from './server-errors.js';

const failure = /Error: Failed to fetch (\/[^\s:]{0,300}): (\w.{0,60})$/;
const sentenceWithin = 8;
const maxAbove = 200;
const maxDump = 120;

/** `node_modules/.../prerender.js:79`, the line of its source, and the error; or the error alone. */
export function matchTanstack(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!text.includes('start-plugin-core/') && !text.includes('Error: Failed to fetch /')) return undefined;
  let head = at;
  while (head < at + sentenceWithin && !failure.test(textAt(lines, head))) head++;
  const [, route, answer] = failure.exec(textAt(lines, head)) ?? [];
  if (route === undefined || !isPrerendering(lines, head)) return undefined;
  const thrown = findServerError(lines, at);
  return matchOne(
    {
      ...thrown?.reading,
      role: 'cause',
      error: {
        tool: 'tanstack-start',
        ...thrown?.facts,
        kind: thrown?.facts.kind ?? 'prerender',
        message: thrown?.facts.message ?? describeAnswer(route, answer),
        route,
        logLine: logLineAt(lines, at),
      },
    },
    endOfDump(lines, head),
  );
}

function describeAnswer(route: string, answer: string | undefined): string {
  return answer === 'Not Found' ? `There is no page "${route}"` : `Prerendering ${route} failed: ${answer}`;
}

function isPrerendering(lines: LineStream, at: number): boolean {
  return lines.texts.slice(Math.max(0, at - maxAbove), at).some((text) => text.startsWith('[prerender] Crawling: '));
}

/** Node prints the whole `Response` below. */
function endOfDump(lines: LineStream, head: number): number {
  for (let index = head + 1; index < head + maxDump; index++) if (textAt(lines, index) === '}') return index + 1;
  return head + 1;
}
