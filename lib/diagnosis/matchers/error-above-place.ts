/** A sentence with its place on a line below: Bun (`error: …`, `    at path:2:10`) and Parcel (`@parcel/core: …`). */
import { readCodeFrame } from '../code-frame.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { type Location, parseLocation } from '../locations.js';
import { readMessage, readSuggestion, syntaxKindOf } from '../messages.js';

const bunError = /^error: (\S.{0,1000})$/;
const bunPlace = /^ {4,8}at (\/\S{1,400}:\d{1,7}:\d{1,7})$/;
const parcelError = /^@parcel\/[\w-]{1,60}: (\S.{0,1000})$/;
const parcelPlace = /^ {2}(\/\S{1,400}:\d{1,7}:\d{1,7})$/;

export function matchErrorAbovePlace(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (text.startsWith('error: ')) {
    const message = bunError.exec(text)?.[1];
    const place = readPlace(bunPlace, textAt(lines, at + 1));
    return message === undefined || place === undefined
      ? undefined
      : describe({ lines, at, message, place, tool: 'bun', end: at + 2 });
  }
  if (!text.startsWith('@parcel/')) return undefined;
  const message = parcelError.exec(text)?.[1];
  const below = textAt(lines, at + 1).trim() === '' ? at + 2 : at + 1;
  const place = readPlace(parcelPlace, textAt(lines, below));
  if (message === undefined || place === undefined) return undefined;
  return describe({ lines, at, message, place, tool: 'parcel', end: readCodeFrame(lines, below + 1).end });
}

function readPlace(pattern: RegExp, text: string): Location | undefined {
  const place = pattern.exec(text)?.[1];
  return place === undefined ? undefined : parseLocation(place);
}

function describe(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly message: string;
  readonly place: Location;
  readonly tool: string;
  readonly end: number;
}): Match {
  const { lines, at, message, place, tool, end } = input;
  const suggestion = readSuggestion(message);
  return matchOne(
    {
      role: 'cause',
      error: {
        tool,
        kind: syntaxKindOf(place.path),
        ...readMessage(message),
        message,
        file: place.path,
        ...(place.line === undefined ? {} : { line: place.line }),
        ...(place.column === undefined ? {} : { column: place.column }),
        ...(suggestion === undefined ? {} : { suggestion }),
        logLine: logLineAt(lines, at),
      },
    },
    end,
  );
}
