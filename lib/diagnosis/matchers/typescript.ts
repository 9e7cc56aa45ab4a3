/** tsc and everything that prints as it does: vue-tsc, astro check, Next from 16.3, Vercel's compiler for `api/`. */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Match, textAt } from '../finding.js';
import { packageOfPath } from '../specifiers.js';
import { readTypeMessage } from '../typescript-messages.js';

/** `path(line,column): error TS2304: message`. */
const plain = /^(\d{1,7}),(\d{1,7})\): (error|warning) TS(\d{1,6}): (.*)$/;
/** `path:line:column - error TS2304: message`; astro check writes `error ts(2322): `, Angular `error NG8002: `. */
const prettyPlace = /:(\d{1,7}):(\d{1,7})$/;
const prettyMessage = /^(error|warning) (?:TS|ts\(|NG-?)(\d{1,6})\)?: (.*)$/;
/** What Astro's own compiler says in the midst of it has no code: `path:10:1 - error astro: message`. */
const astroMark = ' - error astro: ';
/** Next.js names the file above it; about the options there is none. */
const nextMark = 'Type error: ';
/** Errors of the whole program have no place; Next.js shows some as the object that was thrown: `[Error: error TS6046: ...`. */
const placeless = /^(?:\[?Error: )?error TS(\d{1,6}): (.*)$/;

export function matchTypescript(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (text.includes(astroMark)) return readAstro(lines, at, text);
  if (text.startsWith(nextMark)) return readPlaceless(lines, at, text);
  if (!text.includes('error TS') && !text.includes(' - error ts(') && !text.includes(' - error NG')) return undefined;
  const place = readPretty(text) ?? readPlain(text);
  if (place === undefined) return readPlaceless(lines, at, text);
  const { file, line, column, severity, code, head } = place;
  const { message, end } = readContinuation(lines, at + 1, head);
  const error: BuildError = {
    tool: 'typescript',
    ...(text.includes(' - error NG')
      ? { tool: 'angular', kind: 'type' as const, code: `NG${code}` }
      : readTypeMessage(message, code)),
    ...readContract(file, message),
    message,
    file,
    line,
    column,
    logLine: logLineAt(lines, at),
  };
  const role = severity === 'warning' ? 'warning' : 'cause';
  const owner = packageOfPath(file);
  return { findings: [owner === undefined ? { error, role } : { ...describeOwner(owner, error), role }], end };
}

/** A package's own files are checked by whatever compiler its user has, and only another version of one of them helps. */
function describeOwner(owner: string, error: BuildError): Pick<Finding, 'error' | 'class' | 'fact' | 'remedy'> {
  return {
    class: 'dependency',
    fact: `the file belongs to ${owner}`,
    remedy: `${owner} was written for another version of TypeScript. Update \`typescript\` or \`${owner}\` in package.json.`,
    error: { ...error, specifier: owner },
  };
}

function readAstro(lines: LineStream, at: number, text: string): Match | undefined {
  const mark = text.indexOf(astroMark);
  const place = prettyPlace.exec(text.slice(0, mark));
  if (place === null) return undefined;
  const { message, end } = readContinuation(lines, at + 1, text.slice(mark + astroMark.length));
  const error: BuildError = {
    tool: 'astro',
    kind: 'syntax',
    message,
    file: text.slice(0, place.index),
    line: Number(place[1]),
    column: Number(place[2]),
    logLine: logLineAt(lines, at),
  };
  return { findings: [{ error, role: 'cause' }], end };
}

interface Placed {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: number;
  readonly head: string;
}

/** The path may hold parentheses itself (route groups): the place stands in the last ones. */
function readPlain(text: string): Placed | undefined {
  const mark = text.indexOf('): error TS');
  const open = mark < 0 ? -1 : text.lastIndexOf('(', mark);
  const match = open <= 0 ? null : plain.exec(text.slice(open + 1));
  if (match === null) return undefined;
  return toPlaced(text.slice(startOfPath(text), open), match);
}

function readPretty(text: string): Placed | undefined {
  const mark = text.indexOf(' - error ');
  if (mark < 0) return undefined;
  const place = prettyPlace.exec(text.slice(0, mark));
  const match = place === null ? null : prettyMessage.exec(text.slice(mark + 3));
  if (place === null || match === null) return undefined;
  const file = text.slice(startOfPath(text), place.index);
  return toPlaced(file, ['', place[1] ?? '', place[2] ?? '', match[1] ?? '', match[2] ?? '', match[3] ?? '']);
}

/**
 * Vercel puts the name of its error before the first of them: `Error: api/a.ts(1,2): …`, `NowBuildError: …`; Angular
 * until its version 9 puts webpack's words there.
 */
function startOfPath(text: string): number {
  return /^(?:\w{0,40}Error: |ERROR in )/.exec(text)?.[0].length ?? 0;
}

function toPlaced(file: string, match: readonly string[]): Placed | undefined {
  const [, line, column, severity = 'error', code, head = ''] = match;
  if (file === '' || file.length > 400) return undefined;
  return { file, line: Number(line), column: Number(column), severity, code: Number(code), head };
}

const checkedModule = /typeof import\("([^"]{1,400})"\)/;
const checkedRoute = /<"(\/[^"]{0,300})">/;

/** Next checks pages and routes in a file that it generates; the message names the module that is meant. */
function readContract(file: string, message: string): Partial<BuildError> {
  return /(?:^|\/)\.next\/(?:dev\/)?types\//.test(file) ? describeContract(message) : {};
}

/** The same where Next.js 16 leaves the file out. */
function contractOf(message: string): Partial<BuildError> {
  return /^Type 'typeof import\([^\n]{1,500}\)' does not satisfy the constraint '/.test(message)
    ? describeContract(message)
    : {};
}

function describeContract(message: string): Partial<BuildError> {
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
  const match = text.startsWith(nextMark) ? ['', undefined, text.slice(nextMark.length)] : placeless.exec(text);
  if (match === null) return undefined;
  const { message, end } = readContinuation(lines, at + 1, match[2] ?? '');
  const facts = readTypeMessage(message, match[1] === undefined ? undefined : Number(match[1]));
  const file = /'([^']{1,300}tsconfig[\w.-]{0,60}\.json)'/.exec(message)?.[1];
  const error: BuildError = {
    tool: 'typescript',
    ...facts,
    ...contractOf(message),
    message,
    ...(file === undefined ? {} : { file }),
    logLine: logLineAt(lines, at),
  };
  return { findings: [{ error, role: 'cause' }], end };
}

const maxContinuation = 40;
/** pnpm indents its last word too. */
const continues = /^\s+(?!ELIFECYCLE|ERR_PNPM_)\S/;

/** Indented lines explain the first; a code frame and related places may follow them. */
function readContinuation(
  lines: LineStream,
  from: number,
  head: string,
): { readonly message: string; readonly end: number } {
  const message = [head];
  let end = from;
  const limit = from + maxContinuation;
  while (end < limit && continues.test(textAt(lines, end)) && !isFrameRow(lines, end)) {
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
