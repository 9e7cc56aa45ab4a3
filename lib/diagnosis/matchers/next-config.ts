/** A Next.js configuration that does not load: the sentence names the file, what follows tells why. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { readThrown, type ThrownError } from '../thrown-error.js';
import { parseBarePlace, readFrameHeader, readSnippets } from './next-compile.js';

const failed = /Failed to load (next\.config\.\w{2,3}), see more info/;
const maxBlock = 30;

export function matchNextConfig(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!text.includes('Failed to load next.config')) return undefined;
  const file = failed.exec(text)?.[1];
  if (file === undefined) return undefined;
  let head = at + 1;
  while (head < at + 6 && !/^\[?\w{0,60}Error\b/.test(textAt(lines, head))) head++;
  // A module that is missing is its own failure, and its sentence names the configuration as well.
  if (head === at + 6 || textAt(lines, head).includes('Cannot find ')) return undefined;
  const thrown = readThrown(lines, head);
  const end = Math.min(lines.texts.length, head + maxBlock);
  const [snippet] = readSnippets(lines, head - 1, end);
  const place = snippet?.place ?? findBarePlace(lines, head, end);
  const syntax = snippet !== undefined || thrown.name === 'SyntaxError';
  // A configuration in TypeScript throws from what it was compiled to, at a place of no use.
  const compiled = thrown.facts.file?.endsWith('next.config.compiled.js') === true;
  const { file: thrownFile, line, column, ...facts } = compiled ? withoutPlace(thrown.facts) : thrown.facts;
  return matchOne(
    {
      ...thrown.reading,
      role: 'cause',
      error: {
        tool: 'next',
        kind: syntax ? 'syntax' : 'config',
        ...facts,
        ...(snippet === undefined ? {} : { message: snippet.message }),
        file: thrownFile ?? file,
        ...(place?.line === undefined ? (line === undefined ? {} : { line }) : { line: place.line }),
        ...(place?.column === undefined ? (column === undefined ? {} : { column }) : { column: place.column }),
        logLine: logLineAt(lines, at),
      },
    },
    thrown.end,
  );
}

function withoutPlace(facts: ThrownError['facts']): ThrownError['facts'] {
  const { file: _file, line: _line, column: _column, ...rest } = facts;
  return rest;
}

function findBarePlace(lines: LineStream, from: number, end: number) {
  for (let index = from; index < end; index++) {
    const frame = readFrameHeader(textAt(lines, index));
    if (frame !== undefined) return parseBarePlace(frame);
  }
  return undefined;
}
