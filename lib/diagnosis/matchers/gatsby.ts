/** Gatsby: a numbered heading, paragraphs, and the place somewhere below them. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { type Location, parseLocation } from '../locations.js';
import { readMessage, syntaxKindOf } from '../messages.js';
import { readThrown } from '../thrown-error.js';

const heading = /^\s?(?:ERROR|error) #(\d{4,6})(?:\s{1,3}([A-Z][A-Z._]{2,40}))?\s*$/;
const announcement = /^(?:Generating|Building) .{0,60} failed$|^See our docs page/;
const closing = /^(?:not finished|failed|success|info|error) |^\s?ERROR #|^Error: Command "/;
const maxBlock = 60;

export function matchGatsby(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!text.includes(' #')) return undefined;
  const match = heading.exec(text);
  if (match === null) return undefined;
  let message: string | undefined;
  let place: Location | undefined;
  let thrown: ReturnType<typeof readThrown> | undefined;
  let end = at + 1;
  for (; end < lines.texts.length && end < at + maxBlock; end++) {
    const row = textAt(lines, end);
    if (closing.test(row)) break;
    if (/^\s*WebpackError: /.test(row))
      thrown = readThrown(lines, end, { sentence: row.trim().slice('WebpackError: '.length) });
    if (row.trim() === '' || announcement.test(row)) continue;
    message ??= row.trim();
    place ??= row.startsWith('File: ')
      ? parseLocation(row.slice('File: '.length))
      : /^\s{4}\S+:\d{1,7}:\d{1,7}$/.test(row) && !row.includes('node_modules')
        ? parseLocation(row)
        : undefined;
  }
  if (message === undefined) return undefined;
  const sentence = thrown?.message ?? message;
  const browser = /^ReferenceError: (\w{1,60}) is not defined$/.exec(sentence)?.[1];
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'gatsby',
        code: browser === undefined ? `#${match[1]}` : 'browser-global',
        kind: match[2]?.startsWith('HTML') === true ? 'prerender' : syntaxKindOf(place?.path),
        ...readMessage(sentence),
        message: sentence,
        ...(browser === undefined ? {} : { symbol: browser }),
        ...(place === undefined ? {} : { file: place.path }),
        ...(place?.line === undefined ? {} : { line: place.line }),
        ...(place?.column === undefined ? {} : { column: place.column }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}
