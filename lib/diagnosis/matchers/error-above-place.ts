/** A sentence with its place on a line below: Bun (`error: …`, `    at path:2:10`) and Parcel (`@parcel/core: …`). */
import { readCodeFrame } from '../code-frame.js';
import { describeAt } from '../describe-at.js';
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { type Location, parseLocation } from '../locations.js';
import { readSentence } from '../sentence-kinds.js';

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
      : matchOne({ role: 'cause', error: describeAt({ lines, at, message, place, tool: 'bun' }) }, at + 2);
  }
  if (!text.startsWith('@parcel/')) return undefined;
  const message = parcelError.exec(text)?.[1];
  const below = textAt(lines, at + 1).trim() === '' ? at + 2 : at + 1;
  const place = readPlace(parcelPlace, textAt(lines, below));
  if (message === undefined) return undefined;
  // Its warnings look the same.
  if (place === undefined && !failsAbove(lines, at)) return undefined;
  if (place === undefined) return matchOne({ role: 'cause', error: withoutPlace(lines, at, message) }, at + 1);
  const error = describeAt({ lines, at, message, place, tool: 'parcel' });
  return matchOne({ role: 'cause', error }, readCodeFrame(lines, below + 1).end);
}

function failsAbove(lines: LineStream, at: number): boolean {
  return lines.texts.slice(Math.max(0, at - 40), at).some((text) => text.includes('🚨 Build failed'));
}

/** What Parcel says without a place is about what it was given: entries, targets, plugins. */
function withoutPlace(lines: LineStream, at: number, message: string): BuildError {
  const { facts } = readSentence(message, undefined);
  const kind = facts.kind === 'file-missing' || /^Entry \S{1,300} does not exist/.test(message) ? 'config' : facts.kind;
  return { tool: 'parcel', ...facts, kind, message, logLine: logLineAt(lines, at) };
}

function readPlace(pattern: RegExp, text: string): Location | undefined {
  const place = pattern.exec(text)?.[1];
  return place === undefined ? undefined : parseLocation(place);
}
