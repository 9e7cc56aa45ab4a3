/** Eleventy: a numbered chain from the outermost failure to the innermost, `2. (./src/a.njk) [Line 3, Column 5]`. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isForeignPath } from '../paths.js';
import { findPlaces, findPosition, type NamedPlace } from '../places.js';
import { readSentence } from '../sentence-kinds.js';
import { readThrown, type ThrownError } from '../thrown-error.js';

const heading =
  /(?:Problem writing Eleventy templates|Eleventy (?:Fatal )?(?:Error|CLI Fatal Error|CLI Error)[^:]{0,40}):(?: \(more in DEBUG output\))?$/;
const entry = /^\d{1,2}\. (\S.{0,1500})$/;
const ends = /^(?:Original error stack trace:|Wrote \d|Benchmark|Error: Command "|\s*at )/;
const liquidPlace = /, file:(\S{1,300}?), line:(\d{1,7}), col:(\d{1,7})/;
const position = /\[Line (\d{1,7}), Column (\d{1,7})\]/;
/** `  1. ./src/a.md`, below a sentence about several files. */
const listedFile = /^ {2}\d{1,2}\. (\.\/\S{1,300}?)(?: \(via \w{1,80}\))?$/;
/** The project's own function that a template called: `Error in Nunjucks Filter `words` (./src/index.njk)`. */
const calledHelper = /Error (?:in|with) \w{1,20} (?:[Ff]ilter|[Ss]hortcode) `[\w$-]{1,80}`/;
/** `Having trouble writing to "./_site/a.html" from "./src/a.md"`, whatever layout it went wrong in. */
const writtenFrom = /writing to "[^"]{1,300}" from "([^"]{1,300})"/;
/** The lines of front matter under what its reader says of them, and the mark at the place. */
const frame = /^\s{0,8}\d{1,7} \||^-{1,200}\^$/;
const maxBlock = 40;
const maxStack = 20;

type Place = Pick<NamedPlace, 'path' | 'line' | 'column'>;

export function matchEleventy(lines: LineStream, at: number): Match | undefined {
  if (!textAt(lines, at).includes('Eleventy') || !heading.test(textAt(lines, at))) return undefined;
  let message: string | undefined;
  let helper: string | undefined;
  let place: Place | undefined;
  const listed: Place[] = [];
  const sources: string[] = [];
  let end = at + 1;
  for (; end < lines.texts.length && end < at + maxBlock; end++) {
    const text = withoutSpeaker(textAt(lines, end));
    if (ends.test(text)) break;
    if (text.trim() === '' || frame.test(text)) continue;
    const file = listedFile.exec(text)?.[1];
    if (file !== undefined) {
      listed.push({ path: file });
      continue;
    }
    const said = entry.exec(text)?.[1] ?? (/^ /.test(text) || message === undefined ? text.trim() : undefined);
    if (said === undefined) continue;
    const plain = said.replace(/ \(via (?:[^()]|`[^`]{1,200}`){1,300}\)$/, '').replace(/^Error: /, '');
    helper ??= calledHelper.exec(said)?.[0];
    const source = writtenFrom.exec(said)?.[1];
    if (source !== undefined) sources.push(source);
    place = placeIn(plain) ?? place;
    const where = readPosition(said);
    if (place !== undefined && where !== undefined) place = { ...place, ...where };
    if (!/^\([^()]{1,300}\)(?: \[Line .{1,60})?$/.test(plain)) message = plain;
  }
  if (message === undefined) return undefined;
  const thrown = readStack(lines, end, message);
  if (listed[0] !== undefined) place = listed[0];
  const isPlace = (path: string) => place !== undefined && path.endsWith(place.path.replace(/^\.\//, '/'));
  const trace = [thrown.facts.file ?? [], thrown.trace, listed.map(({ path }) => path), sources].flat();
  const inTemplate = isPlace(thrown.facts.file ?? '') ? thrown.facts : undefined;
  const line = place?.line ?? inTemplate?.line;
  const column = place?.column ?? inTemplate?.column;
  const sentence = readSentence(message, place?.path);
  const missing =
    /(?:filter|shortcode|tag|extension|variable)\b.{0,20}(?: not found| undefined|unknown)[^\w]{1,4}([\w$-]{1,100})$|undefined (?:filter|tag|variable):? ['"]?([\w$-]{1,100})|unknown block tag: ([\w$-]{1,100})/i
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
        message: helper === undefined || message.includes(helper) ? message : `${helper}: ${message}`,
        ...(place === undefined ? {} : { file: place.path }),
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
        ...(trace.length === 0 ? {} : { trace: trace.filter((path) => path !== place?.path && !isPlace(path)) }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}

/** Files of the stack under a failure: what templates call is code of the project. */
function readStack(lines: LineStream, from: number, sentence: string): ThrownError {
  const texts = lines.texts
    .slice(from, from + maxStack)
    .map((text) => withoutSpeaker(text).replace(/\?_cache_bust=\d{1,20}/, ''));
  return readThrown({ ...lines, texts }, 0, { sentence });
}

function withoutSpeaker(text: string): string {
  return text.replace(/^\[11ty\] ?/, '');
}

/** What is written comes before what it is written from. */
function placeIn(said: string): Place | undefined {
  const liquid = liquidPlace.exec(said);
  if (liquid?.[1] !== undefined) return { path: liquid[1], line: Number(liquid[2]), column: Number(liquid[3]) };
  if (/(?:not found|does not exist): \S+$/.test(said)) return undefined;
  return findPlaces(said)
    .filter(({ path }) => !isForeignPath(path))
    .at(-1);
}

function readPosition(said: string): { readonly line: number; readonly column?: number } | undefined {
  const match = position.exec(said);
  return match === null ? findPosition(said) : { line: Number(match[1]), column: Number(match[2]) };
}
