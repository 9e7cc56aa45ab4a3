/** Eleventy: a numbered chain from the outermost failure to the innermost, `2. (./src/a.njk) [Line 3, Column 5]`. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isForeignPath } from '../paths.js';
import { findPlaces, findPosition, type NamedPlace } from '../places.js';
import { readSentence } from '../sentence-kinds.js';

const heading =
  /(?:Problem writing Eleventy templates|Eleventy (?:Fatal )?(?:Error|CLI Fatal Error|CLI Error)[^:]{0,40}):$/;
const entry = /^\d{1,2}\. (\S.{0,1500})$/;
const ends = /^(?:Original error stack trace:|Wrote \d|Benchmark|Error: Command "|\s*at )/;
const liquidPlace = /, file:(\S{1,300}?), line:(\d{1,7}), col:(\d{1,7})/;
const position = /\[Line (\d{1,7}), Column (\d{1,7})\]/;
const maxBlock = 40;

export function matchEleventy(lines: LineStream, at: number): Match | undefined {
  if (!textAt(lines, at).includes('Eleventy') || !heading.test(textAt(lines, at))) return undefined;
  let message: string | undefined;
  let place: Pick<NamedPlace, 'path' | 'line' | 'column'> | undefined;
  let end = at + 1;
  for (; end < lines.texts.length && end < at + maxBlock; end++) {
    const text = withoutSpeaker(textAt(lines, end));
    if (ends.test(text)) break;
    if (text.trim() === '') continue;
    const said = entry.exec(text)?.[1] ?? (/^ {2}\S/.test(text) ? text.trim() : undefined);
    if (said === undefined) continue;
    place = placeIn(said) ?? place;
    const where = readPosition(said);
    if (place !== undefined && where !== undefined) place = { ...place, ...where };
    const plain = said.replace(/ \(via [^()]{1,80}\)$/, '').replace(/^Error: /, '');
    if (!/^\([^()]{1,300}\)(?: \[Line .{1,60})?$/.test(plain)) message = plain;
  }
  if (message === undefined) return undefined;
  const sentence = readSentence(message, place?.path);
  const missing =
    /(?:filter|shortcode|tag|extension|variable)\b.{0,20}(?: not found| undefined|unknown)[^\w]{1,4}([\w$-]{1,100})$|undefined (?:filter|tag|variable):? ['"]?([\w$-]{1,100})/i
      .exec(message)
      ?.slice(1)
      .find((name) => name !== undefined);
  return matchOne(
    {
      role: 'cause',
      ...(sentence.class === undefined ? {} : { class: sentence.class }),
      ...(sentence.remedy === undefined ? {} : { remedy: sentence.remedy }),
      error: {
        tool: 'eleventy',
        ...(missing === undefined ? {} : { symbol: missing }),
        ...sentence.facts,
        message,
        ...(place === undefined ? {} : { file: place.path }),
        ...(place?.line === undefined ? {} : { line: place.line }),
        ...(place?.column === undefined ? {} : { column: place.column }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

function withoutSpeaker(text: string): string {
  return text.replace(/^\[11ty\] ?/, '');
}

/** What is written comes before what it is written from. */
function placeIn(said: string): Pick<NamedPlace, 'path' | 'line' | 'column'> | undefined {
  const liquid = liquidPlace.exec(said);
  if (liquid?.[1] !== undefined) return { path: liquid[1], line: Number(liquid[2]), column: Number(liquid[3]) };
  if (/not found: \S+$/.test(said.replace(/ \(via .*$/, ''))) return undefined;
  return findPlaces(said)
    .filter(({ path }) => !isForeignPath(path))
    .at(-1);
}

function readPosition(said: string): { readonly line: number; readonly column?: number } | undefined {
  const match = position.exec(said);
  return match === null ? findPosition(said) : { line: Number(match[1]), column: Number(match[2]) };
}
