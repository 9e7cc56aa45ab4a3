/**
 * What no tool's own matcher took: sentences in the tone of an error with a place in, above or below them, in the
 * manners that tools share. They count only beside nothing better.
 */
import { readCodeFrame } from '../code-frame.js';
import { findCommandFiles } from '../command-files.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isForeignPath } from '../paths.js';
import { findPlaces, findPosition, type NamedPlace } from '../places.js';
import { readSentence } from '../sentence-kinds.js';
import { readThrown } from '../thrown-error.js';
import { type Tone, toneOf, withoutLabels } from '../tone.js';
import { toolOfStack } from '../tool-of-stack.js';

const closing =
  /^Error: Command "|^Emitted 'error' event on |^Error: (?:Process completed|The process) |exited with (?:code )?\d{1,3}\.?$|ELIFECYCLE|^npm (?:error|ERR!|warn|WARN)|^error Command failed|exited \(\d{1,3}\)$|^error: script "|^\s*at |npm (?:error|ERR!) Lifecycle script|^ERROR: command finished with error|failed with exit code \d{1,3}|^Failed: (?:build command exited|an internal error occurred)/;
/** Announcements of what stands below. */
const banner =
  /^\W{0,8}(?:\[?error\]?:?\s{1,6}){0,2}(?:(?:\w{1,20} )?[Bb]uild (?:failed|error)(?:$|[ :.]{1,2}$| with| because of| in)|Import traces?\b|Build error occurred|Transform failed with|Failed to compile(?:\.?$| with \d{1,5} errors?)|(?:Found )?\d{1,5} (?:errors?|problems?|warnings?)\b)/i;
const thrownHead =
  /^\s{0,4}(?:⨯ |✖ |✗ |× |❌ |\[(?:ERROR|error)\] |\[cause\]: |Uncaught |\[)?(?:[A-Z]\w{0,60})?(?:Error|Exception)(?: \[\w{1,60}\])?(?: \([^)]{1,60}\))?: \S/;
const frame = /^\s+at .{1,400}:\d{1,7}:\d{1,7}\)?/;

const maxBelow = 8;
const maxRows = 300;
const lastLines = 12;
/** Checks of a project's own tell of each file that they find fault with. */
const calmLines = 60;

export function matchUnknownTools(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (closing.test(text) || banner.test(text)) return undefined;
  const tone = toneOf(text);
  const places = text.includes('.') ? findPlaces(text).filter((place) => !isForeignPath(place.path)) : [];
  const [place] = places;
  if (place !== undefined && isHeading(text, place)) {
    const found = readUnderHeading(lines, at, place, tone);
    if (found !== undefined) return found;
  }
  if (tone === 'warning') return place?.line === undefined ? undefined : readPlaced(lines, at, places, tone);
  if (thrownHead.test(text) || (tone !== 'none' && frame.test(textAt(lines, at + 1))))
    return readThrownScript(lines, at);
  if (tone === 'none') return readCalm(lines, at, place);
  if (place !== undefined) return readPlaced(lines, at, places, tone);
  return tone === 'loud' || isNearEnd(lines, at) ? readUnplaced(lines, at) : undefined;
}

/**
 * A place and a sentence in no tone at all, as some linters print them and checks of a project's own: counts where
 * nobody says more. A file alone is place enough for what is said last.
 */
function readCalm(lines: LineStream, at: number, place: NamedPlace | undefined): Match | undefined {
  const text = textAt(lines, at);
  if (place === undefined || !/^[\s>*-]{0,6}$/.test(text.slice(0, place.start))) return undefined;
  if (place.column === undefined && !isSaidLast(lines, at, place)) return undefined;
  if (!/^:?\s{0,3}\S{2,}/.test(text.slice(place.end))) return undefined;
  return matchOne(describe({ lines, at, message: text, place, tone: 'warning' }), at + 1);
}

/** `content/tides.json: tide 3 has no height`, near the end: a file, and a sentence of some words about it. */
function isSaidLast(lines: LineStream, at: number, place: NamedPlace): boolean {
  const text = textAt(lines, at);
  return (
    at >= lines.texts.length - calmLines &&
    /^[\s>*-]{0,6}$/.test(text.slice(0, place.start)) &&
    /^: (?:["'`]?\p{L}|\/\w|\[)\S{0,80}(?:\s\S{1,80}){2}/u.test(text.slice(place.end))
  );
}

/** What is said last is about how it ended, in whatever tone. */
function isNearEnd(lines: LineStream, at: number): boolean {
  return at >= lines.texts.length - lastLines;
}

/** Scripts print errors and go on, so one without a mark of its end (see `matchNode`) is no cause yet. */
function readThrownScript(lines: LineStream, at: number): Match {
  const thrown = readThrown(lines, at);
  const known = thrown.facts.kind !== undefined;
  const below = thrown.facts.file === undefined ? findPlaceBelow(lines, at + 1) : undefined;
  const position = thrown.facts.file === undefined && below === undefined ? placesIn(thrown.message)[0] : undefined;
  const sentence = readSentence(thrown.message, thrown.facts.file ?? below?.place.path ?? sheetOf(position));
  const isAboutSettings = (thrown.facts.kind ?? sentence.facts.kind) === 'config';
  const where = position === undefined ? below?.place : withLine(position, findPosition(thrown.message));
  const isPlaced = where !== undefined || thrown.facts.file !== undefined || thrown.trace.length > 0;
  const read = isPlaced || isAboutSettings ? [] : findCommandFiles(lines, at);
  return matchOne(
    {
      ...(known || thrown.reading.class !== undefined ? thrown.reading : classOf(sentence)),
      guess: true,
      role: endsProcess(lines, thrown.end) || known || where !== undefined ? 'cause' : 'symptom',
      error: {
        tool: isAboutSettings ? (toolOfStack(lines, at, thrown.end) ?? 'script') : 'script',
        ...sentence.facts,
        ...(sentence.facts.kind === 'other' && thrown.frames > 0 ? { kind: 'script-failed' as const } : {}),
        ...(where === undefined ? {} : placeFields(where)),
        ...thrown.facts,
        ...(read.length === 0 ? {} : { trace: read }),
        logLine: logLineAt(lines, at),
      },
    },
    Math.max(thrown.end, below?.end ?? 0),
  );
}

/** A sheet's compiler speaks of arguments and options of the sheet's own functions. */
function sheetOf(place: NamedPlace | undefined): string | undefined {
  return place !== undefined && /\.(?:s?css|sass|less|styl)$/.test(place.path) ? place.path : undefined;
}

function classOf({ class: failureClass, remedy }: ReturnType<typeof readSentence>): Pick<Finding, 'class' | 'remedy'> {
  return {
    ...(failureClass === undefined ? {} : { class: failureClass }),
    ...(remedy === undefined ? {} : { remedy }),
  };
}

/** Nothing but the closing lines of the runners follow. */
function endsProcess(lines: LineStream, from: number): boolean {
  for (let index = from; index < from + 3; index++) {
    const text = textAt(lines, index);
    if (text.trim() === '') continue;
    return closing.test(text) || text.startsWith('Node.js v') || /^npm (?:error|ERR!)/.test(text);
  }
  return false;
}

function placesIn(text: string): readonly NamedPlace[] {
  return findPlaces(text).filter((place) => !isForeignPath(place.path) && !isSpecifier(text, place));
}

/** What an error looked for is not where it is: `Cannot find module './x.js' imported from src/a.js`. */
function isSpecifier(text: string, place: NamedPlace): boolean {
  if (place.line !== undefined) return false;
  const before = text.slice(Math.max(0, place.start - 24), place.start);
  if (/\b(?:for|in|of|at|processing|parsing|compiling|transforming) (?:the )?file:? ?\(?['"`“]?$/i.test(before))
    return false;
  if (/(?:resolve|find|import|locate)(?: module| import| package| file)?:? ['"`“]?$/i.test(before)) return true;
  return /(?:module|package|load|file|open|stat|scandir|access|directory|path|for)s?:? ?\(?['"`“]$/i.test(before);
}

/** Nothing but the place stands there, or what introduces one: `ERROR in ./src/a.ts`, `╭─[src/a.ts:1:2]`, `--> a.rs:3`. */
function isHeading(text: string, place: NamedPlace): boolean {
  const rest = `${text.slice(0, place.start)} ${text.slice(place.end)}`;
  if (rest.length > 80) return false;
  return /^[^\p{L}\d]*(?:(?:error|err|fatal|failed|failure|file|in|at|from|path|location|module|source|loc|import|of|occurred|while|processing|compiling|parsing|build|FAIL|✖|webpack|vite|rollup|ms|\d{1,4})[^\p{L}\d]*){0,5}$/iu.test(
    rest,
  );
}

const row =
  /^\s*(?:[│|]\s*)?(?:[✖✘×x⚠•-]\s{0,3})?(?:(\d{1,7}):(\d{1,7})|[Ll](?:ine)? ?(\d{1,7})(?:[:,] ?(?:col(?:umn)?\.? ?)?(\d{1,7}))?)[:,]?\s{1,4}(\S.{0,1500})$/;

/** Rows with positions under a path, as linters print them, or one sentence. */
function readUnderHeading(lines: LineStream, at: number, heading: NamedPlace, headingTone: Tone): Match | undefined {
  let index = at + 1;
  if (textAt(lines, index).trim() === '') index++;
  const findings: Finding[] = [];
  for (; index < lines.texts.length && index < at + maxRows; index++) {
    const match = row.exec(textAt(lines, index));
    if (match?.[5] === undefined) break;
    const line = Number(match[1] ?? match[3]);
    const column = match[2] ?? match[4];
    const place = { path: heading.path, line, ...(column === undefined ? {} : { column: Number(column) }) };
    findings.push(describe({ lines, at: index, message: match[5], place, tone: toneOf(match[5]) }));
  }
  if (findings.length > 0) return { findings, end: index };
  return readSentenceUnder(lines, at, heading, headingTone);
}

function readSentenceUnder(lines: LineStream, at: number, heading: NamedPlace, headingTone: Tone): Match | undefined {
  let index = at + 1;
  while (index < at + 3 && textAt(lines, index).trim() === '') index++;
  const shown = readCodeFrame(lines, index);
  if (shown.end > index) index = shown.end;
  while (index < shown.end + 2 && textAt(lines, index).trim() === '') index++;
  const text = textAt(lines, index);
  const tone = toneOf(text);
  if (tone === 'none' && headingTone !== 'loud' && shown.caretLine === undefined) return undefined;
  if (text.trim() === '' || closing.test(text) || banner.test(text)) return undefined;
  if (tone === 'warning') return undefined;
  const own = placesIn(text).find(({ line }) => line !== undefined);
  const below = readCodeFrame(lines, frameFrom(lines, index + 1));
  const ownPlace = own !== undefined && endsAlike(own.path, heading.path) ? { ...own, path: heading.path } : own;
  const place = ownPlace ?? withLine(heading, findPosition(text) ?? lineOf(shown.caretLine ?? below.caretLine));
  const thrown = thrownHead.test(text) ? readThrown(lines, index) : undefined;
  const finding = describe({
    lines,
    at,
    message: text,
    place,
    tone: headingTone === 'loud' || place.line !== undefined ? 'loud' : tone,
  });
  return matchOne(finding, Math.max(index + 1, below.end, thrown?.end ?? 0));
}

/** Blank rows and the frame's own heading stand before it. */
function frameFrom(lines: LineStream, from: number): number {
  let index = from;
  while (index < from + 5 && /^\s*(?:[|│]\s*)?$|^\s*[,╭┌]\W*\[/.test(textAt(lines, index))) index++;
  return index;
}

function withLine(
  place: NamedPlace,
  position: { readonly line: number; readonly column?: number } | undefined,
): { readonly path: string; readonly line?: number; readonly column?: number } {
  return place.line !== undefined || position === undefined ? place : { ...place, ...position };
}

function lineOf(line: number | undefined) {
  return line === undefined ? undefined : { line };
}

/** A sentence that names its place itself. */
function readPlaced(lines: LineStream, at: number, places: readonly NamedPlace[], tone: Tone): Match | undefined {
  const text = textAt(lines, at);
  const named = places.filter((place) => !isSpecifier(text, place));
  const place = named.find(({ line }) => line !== undefined) ?? named[0];
  const below = findPlaceBelow(lines, at + 1);
  if (place === undefined)
    return below === undefined
      ? readUnplaced(lines, at)
      : matchOne(describe({ lines, at, message: text, place: below.place, tone }), below.end);
  if (place.line === undefined && tone === 'soft' && !isSaidLast(lines, at, place)) {
    if (below?.place.line === undefined) return undefined;
  }
  const shown = readCodeFrame(lines, frameFrom(lines, at + 1));
  const nearer =
    place.line === undefined && below?.place.line !== undefined && endsAlike(below.place.path, place.path)
      ? below.place
      : place;
  const position = findPosition(text) ?? findPosition(textAt(lines, at + 1)) ?? lineOf(shown.caretLine);
  const where = withLine(nearer as NamedPlace, position);
  return matchOne(
    describe({ lines, at, message: text, place: where, tone }),
    Math.max(at + 1, shown.end, nearer === place ? 0 : (below?.end ?? 0)),
  );
}

function endsAlike(left: string, right: string): boolean {
  return left.endsWith(right.replace(/^(?:\.{1,2}\/)+/, '')) || right.endsWith(left.replace(/^(?:\.{1,2}\/)+/, ''));
}

/** An error without a place in its sentence: one may stand alone on a line below. */
function readUnplaced(lines: LineStream, at: number): Match {
  const text = textAt(lines, at);
  const below = findPlaceBelow(lines, at + 1);
  if (below !== undefined)
    return matchOne(
      describe({ lines, at, message: joinUpTo(lines, at, below.at), place: below.place, tone: 'loud' }),
      below.end,
    );
  const finding = describe({ lines, at, message: text, place: undefined, tone: 'soft' });
  return matchOne(toneOf(text) === 'loud' ? finding : { ...finding, role: 'warning' }, at + 1);
}

/** Heads that only say that the sentence follows: `Error:`, `during build:`, `Module build failed (from ./loader.js):`. */
const announcement =
  /^\[?(?:[\w .]{0,60}(?:Error|[Ee]rror during build|during build|[Rr]eason|failed \(from [^)]{1,200}\)))?:?$/;

function joinUpTo(lines: LineStream, at: number, to: number): string {
  return lines.texts
    .slice(at, Math.min(to, at + 4))
    .map((text) => text.trim())
    .filter((text) => text !== '' && !/^\d{0,7}\s?[|│]/.test(text))
    .join('\n');
}

interface PlaceBelow {
  readonly place: Pick<NamedPlace, 'path' | 'line' | 'column'>;
  /** Its line, and the first after it and the excerpt under it. */
  readonly at: number;
  readonly end: number;
}

function findPlaceBelow(lines: LineStream, from: number): PlaceBelow | undefined {
  const limit = Math.min(lines.texts.length, from + maxBelow);
  let bare: PlaceBelow | undefined;
  for (let index = from; index < limit; index++) {
    const text = textAt(lines, index);
    if (closing.test(text) && !/^\s+at /.test(text)) break;
    const shown = readCodeFrame(lines, index);
    if (shown.end > index + 1) {
      index = shown.end - 1;
      continue;
    }
    if (!text.includes('.')) {
      if (index > from && toneOf(text) === 'loud') break;
      continue;
    }
    const place = findPlaces(text, 2).find(({ path }) => !isForeignPath(path));
    if (place === undefined) continue;
    // The function of a frame: `at Module._extensions..js (node:internal/...)`.
    if (/^\s+at /.test(text) && place.line === undefined) continue;
    if (!isHeading(text, place) && !/^\s+at /.test(text) && !(place.line !== undefined && /^\s/.test(text))) {
      if (toneOf(text) === 'loud') break;
      continue;
    }
    const frameBelow = readCodeFrame(lines, frameFrom(lines, index + 1));
    const where = withLine(place, lineOf(frameBelow.caretLine));
    const found = { place: where, at: index, end: Math.max(index + 1, frameBelow.end) };
    if (where.line !== undefined) return found;
    bare ??= found;
  }
  return bare;
}

function describe(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly message: string;
  readonly place: Pick<NamedPlace, 'path' | 'line' | 'column'> | undefined;
  readonly tone: Tone;
}): Finding {
  const { lines, at, place, tone } = input;
  const message = dropPlace(withoutLabels(firstSaying(input.message, lines, at)), place);
  const sentence = readSentence(message, place?.path);
  const role =
    tone === 'warning'
      ? 'warning'
      : place === undefined || (tone === 'soft' && place.line === undefined)
        ? 'symptom'
        : 'cause';
  return {
    ...classOf(sentence),
    guess: true,
    role,
    error: {
      tool: 'script',
      ...sentence.facts,
      message: message === '' ? input.message.trim() : message,
      ...(place === undefined ? {} : placeFields(place)),
      logLine: logLineAt(lines, at),
    },
  };
}

function firstSaying(message: string, lines: LineStream, at: number): string {
  if (!announcement.test(message.trim())) return message;
  for (let index = at + 1; index < at + 4; index++) {
    const text = textAt(lines, index);
    if (text.trim() !== '' && !announcement.test(text.trim())) return text;
  }
  return message;
}

function placeFields(place: Pick<NamedPlace, 'path' | 'line' | 'column'>) {
  return {
    file: place.path,
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
  };
}

/** The sentence without the place before it, and the labels between the two. */
function dropPlace(message: string, place: Pick<NamedPlace, 'path'> | undefined): string {
  if (place === undefined) return message;
  const [first] = findPlaces(message, 1);
  if (first === undefined || first.start > 3 || first.path !== place.path) return message;
  const rest = message.slice(first.end).replace(/^[\s:)\]'"-]{1,6}/, '');
  return rest === '' ? message : withoutLabels(rest);
}
