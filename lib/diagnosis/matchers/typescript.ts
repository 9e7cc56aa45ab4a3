/** tsc and everything that prints as it does: vue-tsc, astro check, Next from 16.3, Vercel's compiler for `api/`. */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, type Match, textAt } from '../finding.js';
import { readTypeMessage } from '../typescript-messages.js';

/** `path(line,column): error TS2304: message`; Vercel puts `Error: ` before the first of them. */
const plain = /^(?:Error: )?([^\s(][^\n]{0,300}?)\((\d{1,7}),(\d{1,7})\): (error|warning) TS(\d{1,6}): (.*)$/;
/** `path:line:column - error TS2304: message`; astro check writes `error ts(2322): `. */
const pretty =
  /^(?:Error: )?([^\s:][^:\n]{0,300}):(\d{1,7}):(\d{1,7}) - (error|warning) (?:TS|ts\()(\d{1,6})\)?: (.*)$/;
/** Errors of the whole program have no place. */
const placeless = /^(?:Error: )?error TS(\d{1,6}): (.*)$/;

export function matchTypescript(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!text.includes('TS') && !text.includes('ts(')) return undefined;
  if (!text.includes('error TS') && !text.includes(' - error ts(')) return undefined;
  const match = text.includes(' - ') ? (pretty.exec(text) ?? plain.exec(text)) : plain.exec(text);
  if (match === null) return readPlaceless(lines, at, text);
  const [, file = '', line, column, severity, code, head = ''] = match;
  const { message, end } = readContinuation(lines, at + 1, head);
  const facts = readTypeMessage(message, Number(code));
  const error: BuildError = {
    tool: 'typescript',
    ...facts,
    ...readContract(file, message),
    message,
    file,
    line: Number(line),
    column: Number(column),
    logLine: logLineAt(lines, at),
  };
  return { findings: [{ error, role: severity === 'warning' ? 'warning' : 'cause' }], end };
}

const checkedModule = /typeof import\("([^"]{1,400})"\)/;
const checkedRoute = /<"(\/[^"]{0,300})">/;

/** Next checks pages and routes in a file that it generates; the message names the module that is meant. */
function readContract(file: string, message: string): Partial<BuildError> {
  if (!/(?:^|\/)\.next\/(?:dev\/)?types\//.test(file)) return {};
  const module = checkedModule.exec(message)?.[1];
  const route = checkedRoute.exec(message)?.[1];
  return {
    tool: 'next',
    kind: 'route-contract',
    ...(route === undefined ? {} : { route }),
    ...(module === undefined ? {} : { trace: [`${module}.ts`, `${module}.tsx`, `${module}.js`] }),
  };
}

function readPlaceless(lines: LineStream, at: number, text: string): Match | undefined {
  const match = placeless.exec(text);
  if (match === null) return undefined;
  const { message, end } = readContinuation(lines, at + 1, match[2] ?? '');
  const facts = readTypeMessage(message, Number(match[1]));
  const file = /'([^']{1,300}tsconfig[\w.-]{0,60}\.json)'/.exec(message)?.[1];
  const error: BuildError = {
    tool: 'typescript',
    ...facts,
    message,
    ...(file === undefined ? {} : { file }),
    logLine: logLineAt(lines, at),
  };
  return { findings: [{ error, role: 'cause' }], end };
}

const maxContinuation = 40;

/** Indented lines explain the first; a code frame and related places may follow them. */
function readContinuation(
  lines: LineStream,
  from: number,
  head: string,
): { readonly message: string; readonly end: number } {
  const message = [head];
  let end = from;
  const limit = from + maxContinuation;
  while (end < limit && /^\s+\S/.test(textAt(lines, end)) && !isFrameRow(lines, end)) {
    if (message.length < 12) message.push(textAt(lines, end));
    end++;
  }
  if (textAt(lines, end) === '' && isFrameRow(lines, end + 1)) {
    end++;
    while (end < limit && isFrameRow(lines, end)) end++;
  }
  return { message: message.join('\n'), end };
}

/** tsc's own frame is the number, the line, and tildes below. */
function isFrameRow(lines: LineStream, at: number): boolean {
  const text = textAt(lines, at);
  return /^\s*\d{1,7} {2,}|^\s*\d{1,7}$|^\s*~+\s*$/.test(text) || readCodeFrame(lines, at).end > at;
}
