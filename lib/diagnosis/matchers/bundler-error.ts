/** What bundlers and their plugins share: an error as they say it, and its place below the sentence. */

import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, textAt } from '../finding.js';
import { type Location, parseLocation } from '../locations.js';
import { readMessage, readSuggestion, syntaxKindOf } from '../messages.js';
import { readNetworkFailure } from '../network-failure.js';
import { findSassPlace } from '../sass.js';
import { readTypeMessage } from '../typescript-messages.js';
import { readFrameHeader } from './next-compile.js';

/** What a plugin says that asked the network, fonts' among them. */
const UNREACHABLE =
  /(?:^|: |\] )(?:TypeError: )?(?:fetch failed$|socket hang up$|(?:connect|read|getaddrinfo) E[A-Z_]{4,20}\b)/;

export function bundlerError(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly tool: string;
  readonly message: string;
  readonly place?: Location | undefined;
  readonly code?: string;
  readonly trace?: readonly string[];
}): BuildError {
  const { lines, at, tool, message, place, code, trace } = input;
  const typed = /^(?:TS|NG)(-?\d{1,6}): /.exec(message);
  const plain = typed === null ? dropSpeakers(message) : message.slice(typed[0].length);
  const facts =
    typed !== null && message.startsWith('TS')
      ? readTypeMessage(plain, Number(typed[1]))
      : { kind: typed === null ? syntaxKindOf(place?.path) : ('type' as const), ...readMessage(plain) };
  const suggestion = readSuggestion(plain);
  const unreachable = UNREACHABLE.test(plain) ? readNetworkFailure(plain) : undefined;
  return {
    tool,
    ...(code === undefined ? {} : { code }),
    ...(typed !== null && message.startsWith('NG') ? { code: `NG${typed[1]}` } : {}),
    ...facts,
    ...(unreachable === undefined || unreachable.local ? {} : { kind: 'network', code: unreachable.code }),
    message: plain,
    ...(place === undefined || place.path === '' ? {} : { file: place.path }),
    ...(place?.line === undefined ? {} : { line: place.line }),
    ...(place?.column === undefined ? {} : { column: place.column }),
    ...(suggestion === undefined ? {} : { suggestion }),
    ...(trace === undefined || trace.length === 0 ? {} : { trace }),
    logLine: logLineAt(lines, at),
  };
}

/** Plugins' names and places before a sentence: `[postcss] /abs/main.css:3:3: Unknown word`. */
function dropSpeakers(message: string): string {
  return message.replace(/^(?:\[[^\]]{1,80}\] ){1,4}/, '').replace(/^[^\s:]{1,300}:\d{1,7}:\d{1,7}:? /, '');
}

/** What PostCSS could not read has no place in it: `/abs/base.css:undefined:NaN`. */
export const NO_PLACE = /:undefined:NaN$/;
const placeStart = /^(?:[Ff]ile: |\s*[,╭])/;

export function findPlace(
  lines: LineStream,
  at: number,
): { readonly place: Location; readonly end: number } | undefined {
  const limit = Math.min(lines.texts.length, at + 24);
  for (let index = at + 1; index < limit; index++) {
    const text = textAt(lines, index);
    if (text.startsWith('Error: Command "') || text.startsWith('npm error')) break;
    // Below it another error begins, and what stands above was no error.
    if (text.startsWith('error during build:') || /^(?:✗ )?Build failed in \d/.test(text)) break;
    if (!placeStart.test(text)) continue;
    const place =
      text.startsWith('file: ') || text.startsWith('File: ')
        ? parseLocation(text.slice('file: '.length).replace(NO_PLACE, ''))
        : parseLocation(readFrameHeader(text) ?? '');
    if (place !== undefined) {
      return { place: findSassPlace(lines, at + 1, at + 10) ?? place, end: readCodeFrame(lines, index + 1).end };
    }
  }
  const sass = findSassPlace(lines, at + 1, at + 10);
  return sass === undefined ? undefined : { place: sass, end: at + 2 };
}
