/** webpack and Rspack on their own command lines, and what Create React App and Vue CLI make of their messages. */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isPathLike, type Location, parseLocation } from '../locations.js';
import { readMessage, readSuggestion, syntaxKindOf } from '../messages.js';
import { readSentence } from '../sentence-kinds.js';
import { readTypeMessage } from '../typescript-messages.js';

const maxBlock = 60;

/** `ERROR in ./src/a.js 2:0-31`, `ERROR in ./src/a.ts:4:7`; Vue CLI: ` error  in ./src/A.vue?vue&type=script`. */
const reportHead = /^\s?(ERROR|WARNING|error|warning) {1,2}in (\S.{0,400}?)(?: (\d{1,7}):(\d{1,7})(?:-[\d:]{1,20})?)?$/;
const alone =
  /^(?:Module not found: Error: Can't resolve |Attempted import error: |TypeScript error in |SyntaxError: \/(?!\S{1,400}\.json: )\S)/;

export function matchWebpack(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (text.includes(' in ') && reportHead.test(text)) return readReport(lines, at, text);
  if (text === 'Failed to compile.') return readFailedCompile(lines, at);
  if (alone.test(text)) return readParagraph({ lines, at, from: at });
  return undefined;
}

function readReport(lines: LineStream, at: number, text: string): Match | undefined {
  const match = reportHead.exec(text);
  // Angular's budgets are no fault of the sources; its own rule reads them.
  if (match?.[2] === undefined || /maximum (?:budget|exceeded) for /.test(match[2])) return undefined;
  const named = parseLocation(match[2]);
  const place =
    match[3] === undefined ? named : named && { ...named, line: Number(match[3]), column: Number(match[4]) };
  let from = at + 1;
  while (from < at + 3 && textAt(lines, from).trim() === '') from++;
  if (named === undefined && / /.test(match[2]) && match[3] === undefined) return readHeadingAlone(lines, at, match[2]);
  // Docusaurus says more of it itself.
  if (textAt(lines, from + 1).includes('MDX compilation failed for file')) return undefined;
  const found = readParagraph({ lines, at, from, ...(place === undefined ? {} : { place }) });
  const warns = match[1]?.toLowerCase() === 'warning';
  return found === undefined || !warns
    ? found
    : { ...found, findings: found.findings.map((finding) => ({ ...finding, role: 'warning' })) };
}

/** `ERROR in EnvironmentPlugin - API_URL environment variable is undefined.`: what plugins say is about no module. */
function readHeadingAlone(lines: LineStream, at: number, heading: string): Match | undefined {
  if (/^(?:\.{0,2}\/|multi |webpack)|[!?]/.test(heading) || /^\s+at |^\s*\S{1,300} \(\.\//.test(heading))
    return undefined;
  const { facts, ...reading } = readSentence(heading.replace(/^Error: /, ''), undefined);
  return matchOne(
    {
      ...reading,
      role: 'cause',
      error: { tool: 'webpack', ...facts, message: heading, logLine: logLineAt(lines, at) },
    },
    at + 1,
  );
}

/** Create React App prints the first error alone, a type error under its place or under nothing. */
function readFailedCompile(lines: LineStream, at: number): Match | undefined {
  let from = at + 1;
  while (from < at + 3 && textAt(lines, from).trim() === '') from++;
  const place = parseLocation(textAt(lines, from));
  const start = place === undefined ? from : from + 1;
  if (!/^TS\d{1,6}: /.test(textAt(lines, start))) return undefined;
  return readParagraph({ lines, at: from, from: start, ...(place === undefined ? {} : { place }) });
}

const blockEnd =
  /^\s?(?:ERROR|WARNING|error|warning) {1,2}in |^(?:webpack|Rspack) .{0,40}compiled|^Found \d|^Error: Command "/;
const preamble =
  /^Module build failed|^ModuleBuildError|^(?:\[tsl\] )?ERROR in |^\S{1,300} \d{1,7}:\d{1,7}-[\d:]{1,20}$/;
const detail = /^\s+at |^ @ |^resolve '|^\s*(?:╭─|,-)\[|^ts-loader-default_|^\| |^Require stack:/;
const loaderPlace = /(?:ERROR|TypeScript error) in (\S.{0,400})\((\d{1,7}),(\d{1,7})\)/;
const babelMessage = /^SyntaxError: (\/\S{1,400}?): (.{1,1000}) \((\d{1,7}):(\d{1,7})\)/;
const typeCode = /^\s*TS(\d{1,6}): |\s{1,4}TS(\d{1,6})$/;

interface Paragraph {
  readonly lines: LineStream;
  readonly at: number;
  /** Where the message starts. */
  readonly from: number;
  readonly place?: Location;
}

/** The message under a heading, and a nearer place where it names one itself. */
function readParagraph({ lines, at, from, place: heading }: Paragraph): Match | undefined {
  const message: string[] = [];
  let place = heading;
  let end = from;
  let closed = false;
  for (; end < lines.texts.length && end < from + maxBlock; end++) {
    const text = textAt(lines, end);
    if (end > from && blockEnd.test(text)) break;
    const named = loaderPlace.exec(text);
    if (named?.[1] !== undefined) place = { path: named[1], line: Number(named[2]), column: Number(named[3]) };
    if (named !== null || preamble.test(text)) continue;
    if (text.trim() === '' && textAt(lines, end + 1).trim() === '') break;
    closed ||= (message.length > 0 && text.trim() === '') || detail.test(text) || isFrame(lines, end);
    if (!closed && message.length < 6 && text.trim() !== '') message.push(text.trim().replace(/^[×x✖] /, ''));
  }
  const whole = message.join('\n');
  if (whole === '') return undefined;
  return matchOne({ role: 'cause', error: describe(whole, place, logLineAt(lines, at)) }, end);
}

function isFrame(lines: LineStream, at: number): boolean {
  return readCodeFrame(lines, at).end > at;
}

function describe(whole: string, place: Location | undefined, logLine: number): BuildError {
  const babel = babelMessage.exec(whole);
  const typed = typeCode.exec(whole);
  const code = typed?.[1] ?? typed?.[2];
  const where =
    babel?.[1] !== undefined && isPathLike(babel[1])
      ? { path: babel[1], line: Number(babel[3]), column: Number(babel[4]) }
      : placeInMessage(whole, place);
  const message = babel?.[2] ?? (typed === null ? whole : whole.replace(typed[0], ''));
  const suggestion = readSuggestion(message);
  return {
    tool: code === undefined ? 'webpack' : 'typescript',
    ...(code === undefined
      ? {
          kind: syntaxKindOf(where?.path),
          ...(babel === null || message.includes('experimental syntax') ? readMessage(message) : {}),
        }
      : readTypeMessage(message, Number(code))),
    message,
    ...(where === undefined ? {} : { file: where.path }),
    ...(where?.line === undefined ? {} : { line: where.line }),
    ...(where?.column === undefined ? {} : { column: where.column }),
    ...(suggestion === undefined ? {} : { suggestion }),
    logLine,
  };
}

/** `Unexpected token (5:12)` under a heading without a place. */
function placeInMessage(message: string, heading: Location | undefined): Location | undefined {
  if (heading === undefined || heading.line !== undefined) return heading;
  const match = /\((\d{1,7}):(\d{1,7})\)/.exec(message);
  return match === null ? heading : { ...heading, line: Number(match[1]), column: Number(match[2]) };
}
