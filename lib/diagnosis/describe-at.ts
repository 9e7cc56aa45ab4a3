import type { BuildError } from './diagnosis.js';
import { type LineStream, logLineAt } from './finding.js';
import type { Location } from './locations.js';
import { readMessage, readSuggestion, syntaxKindOf } from './messages.js';

/** A sentence and the place that a tool gives with it, as an error of the build. */
export function describeAt(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly message: string;
  readonly place: Location;
  readonly tool: string;
}): BuildError {
  const { lines, at, message, place, tool } = input;
  const suggestion = readSuggestion(message);
  return {
    tool,
    kind: syntaxKindOf(place.path),
    ...readMessage(message),
    message,
    file: place.path,
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
    ...(suggestion === undefined ? {} : { suggestion }),
    logLine: logLineAt(lines, at),
  };
}
