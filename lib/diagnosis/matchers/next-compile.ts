/**
 * Next.js 13 to 16 while it compiles, lints and type-checks: a heading with a path, then a message.
 * webpack: `./app/page.tsx`; Turbopack: `./app/page.tsx:2:1`; the type check adds `Type error: `.
 */
import { readCodeFrame } from '../code-frame.js';
import type { BuildError } from '../diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Match, textAt } from '../finding.js';
import { type Location, parseLocation } from '../locations.js';
import { readMessage, readSuggestion, syntaxKindOf } from '../messages.js';
import { isForeignPath } from '../paths.js';
import { findSassPlace, findSassPlaces, readSassName } from '../sass.js';
import { readTypeMessage } from '../typescript-messages.js';

const maxBlock = 120;

/** Sentences with which a block starts right under its heading. */
const openings: readonly string[] = [
  'Error:',
  'Type error:',
  'Module not found:',
  'Syntax error:',
  'Module parse failed:',
  'Module build failed',
  'Attempted import error:',
  'Error evaluating Node.js code',
  'Parsing ',
  "You're importing a",
  'Export ',
  'Unknown ',
  'Ecmascript file had an error',
  'Transforming ',
  'Reading source code',
  'Invalid ',
  'Missing module type',
  'Failed to ',
  '`next/font`',
  'next/font',
  'SassError:',
  'HookWebpackError:',
  'TypeError:',
  'ReferenceError:',
  'ReactServerComponentsError:',
  'ModuleBuildError:',
  'UnhandledSchemeError:',
  'CssSyntaxError',
  'SyntaxError:',
  'Global CSS ',
  'CSS Modules ',
  'Server Actions',
  'Cannot ',
  'The ',
  'Unable to ',
  'Expected ',
  'Unexpected ',
  'Next.js ',
  'Proxy is missing ',
  'Middleware is missing ',
  'Unsupported ',
  'Could not ',
  'Dynamic ',
  'A ',
  'An ',
  'Only ',
  'Static ',
  "To use Next.js' built-in Sass support",
  'Processing ',
];

const maxSassFrame = 16;

/** Of Sass webpack may print the bare message, in any words; its frame ends with the place. */
function opensBlock(lines: LineStream, at: number, heading: Location): boolean {
  const opening = textAt(lines, at + 1);
  if (opening.startsWith('Error: Command "')) return false;
  if (openings.some((start) => opening.startsWith(start))) return true;
  return (
    /\.s[ac]ss$/.test(heading.path) &&
    findSassPlaces(lines, at + 2, at + maxSassFrame).at(-1)?.path === heading.path.replace(/^\.\//, '')
  );
}

export function matchNextCompile(lines: LineStream, at: number): Match | undefined {
  if (textAt(lines, at).startsWith('node:')) return readNodeScheme(lines, at);
  const heading = readHeading(textAt(lines, at));
  if (heading === undefined) return undefined;
  const opening = textAt(lines, at + 1);
  if (!opensBlock(lines, at, heading) && !isLocatedFrame(lines, at, heading)) return undefined;
  if (opening.startsWith('Type error:')) return readTypeError(lines, at, heading);
  return readCompileBlock(lines, at, heading);
}

/** webpack heads with what it was asked for, `node:fs`; who asked is told by the trace alone. */
function readNodeScheme(lines: LineStream, at: number): Match | undefined {
  const specifier = /^node:[\w/]{1,60}$/.exec(textAt(lines, at))?.[0];
  if (specifier === undefined || !textAt(lines, at + 1).includes('UnhandledSchemeError')) return undefined;
  const end = findBlockEnd(lines, at);
  const [importer, ...trace] = readImportTrace(lines, at + 1, end);
  const error: BuildError = {
    tool: 'webpack',
    kind: 'module-not-found',
    code: 'UnhandledSchemeError',
    message: textAt(lines, at + 1).replace(/^Module build failed: /, ''),
    specifier,
    ...(importer === undefined ? {} : { file: importer }),
    ...(trace.length > 0 ? { trace } : {}),
    logLine: logLineAt(lines, at),
  };
  return { findings: [{ error, role: 'cause' }], end };
}

/** Turbopack's headings always have a line and column, and any sentence may follow. */
function isLocatedFrame(lines: LineStream, at: number, heading: Location): boolean {
  if (heading.line === undefined || !heading.path.startsWith('./')) return false;
  if (textAt(lines, at + 1).trim() === '') return false;
  for (let index = at + 2; index < at + 8; index++) if (readCodeFrame(lines, index).end > index) return true;
  return false;
}

/** `./path` with or without a place; the contract check of pages prints the path bare. */
function readHeading(text: string): Location | undefined {
  const first = text.charCodeAt(0);
  if (first === 32 || first === 9 || Number.isNaN(first)) return undefined;
  // A stylesheet goes through loaders that webpack names behind it: `./app.css.webpack[javascript/auto]!=!…`.
  const loaders = text.indexOf('.webpack[');
  const path = loaders < 0 ? text : text.slice(0, loaders);
  if (path.length > 500 || !path.includes('.') || path.startsWith('Error: ')) return undefined;
  return parseLocation(path);
}

function readTypeError(lines: LineStream, at: number, heading: Location): Match {
  const message = [
    textAt(lines, at + 1)
      .slice('Type error:'.length)
      .trim(),
  ];
  let end = at + 2;
  while (/^\s+\S/.test(textAt(lines, end)) && readCodeFrame(lines, end).end === end) message.push(textAt(lines, end++));
  if (textAt(lines, end) === '') end = Math.max(end, readCodeFrame(lines, end + 1).end);
  const text = message.join('\n');
  const error: BuildError = {
    tool: 'typescript',
    ...readTypeMessage(text, undefined),
    ...contractFacts(heading.path, text),
    message: text,
    ...placeOf(heading),
    logLine: logLineAt(lines, at),
  };
  return { findings: [{ error, role: 'cause' }], end };
}

/** Next checks what pages, layouts and route handlers export against types that it generates under `.next/types`. */
function contractFacts(path: string, message: string): Partial<BuildError> {
  const generated = /(?:^|\/)\.next\/(?:dev\/)?types\//.test(path);
  const named = /^(?:Page|Layout|Route|Default) "([^"]{1,300})"/.exec(message)?.[1];
  const constraint =
    /does not satisfy the constraint '(?:PageProps|LayoutProps|RouteHandlerConfig|AppPageConfig|LayoutConfig|ParamCheck)/;
  if (named === undefined && !generated && !constraint.test(message)) return {};
  return { tool: 'next', kind: 'route-contract', ...(named === undefined ? {} : { file: named }) };
}

function readCompileBlock(lines: LineStream, at: number, named: Location): Match {
  const end = findBlockEnd(lines, at);
  const trace = readImportTrace(lines, at + 1, end);
  const heading = readImporter(lines, at, end) ?? named;
  const snippets = readSnippets(lines, at, end);
  const findings = (snippets.length > 0 ? snippets : [readPlain(lines, at, end, heading)]).map(
    ({ message, place }): Finding => describe({ lines, at, heading, message, place, trace }),
  );
  return { findings, end };
}

/** `Location: components/Card.js`: who imports the stylesheet of the heading where it must not be. */
function readImporter(lines: LineStream, at: number, end: number): Location | undefined {
  if (!/^(?:Global CSS|CSS Modules) cannot be imported/.test(textAt(lines, at + 1))) return undefined;
  for (let index = at + 2; index < end; index++) {
    const path = /^Location: (\S{1,400})$/.exec(textAt(lines, index))?.[1];
    if (path !== undefined) return parseLocation(path);
  }
  return undefined;
}

function describe(input: {
  readonly lines: LineStream;
  readonly at: number;
  readonly heading: Location;
  readonly message: string;
  readonly place: Location;
  readonly trace: readonly string[];
}): Finding {
  const { heading, message, place, trace } = input;
  if (styleFile.test(heading.path) && (scriptError.test(message) || misplacedPlugin.test(message)))
    return describeStyleConfig(input);
  const facts = readMessage(message) ?? readSassName(input.lines, input.at, { message, line: place.line });
  const suggestion = readSuggestion(message);
  const warning = message.startsWith('Attempted import error');
  // What Next puts in the place of a module that it has complained about before.
  const echo = message.includes('error-loader.js');
  return {
    role: warning ? 'warning' : echo ? 'symptom' : 'cause',
    error: {
      tool: heading.line === undefined && !message.startsWith('Error evaluating') ? 'webpack' : 'turbopack',
      kind: facts?.kind ?? syntaxKindOf(place.path),
      ...facts,
      message,
      ...placeOf(isSheet(place.path) ? place : { ...place, path: heading.path }),
      ...(suggestion === undefined ? {} : { suggestion }),
      ...(trace.length > 0 ? { trace } : {}),
      logLine: logLineAt(input.lines, input.at),
    },
  };
}

const styleFile = /\.(?:css|scss|sass|less)$/;
/** Babel's and Node's words, which no parser of stylesheets has: a plugin's configuration failed to load. */
const scriptError =
  /^SyntaxError: (?:Unexpected token|Missing semicolon|Unterminated|Unexpected identifier|Invalid or)/;

/** Tailwind 4 under the name that it had as a plugin before. */
const misplacedPlugin = /directly as a PostCSS plugin/;

function describeStyleConfig(input: Parameters<typeof describe>[0]): Finding {
  const { heading, message, trace, lines, at } = input;
  return {
    role: 'cause',
    error: {
      tool: misplacedPlugin.test(message) ? 'postcss' : 'tailwind',
      kind: 'config',
      message: message.replace(/^Error evaluating Node\.js code\n/, ''),
      trace: [...new Set([heading.path, ...trace])],
      logLine: logLineAt(lines, at),
    },
  };
}

/** Sass tells which of the sheets of a heading is at fault; of a dependency's none is. */
function isSheet(path: string): boolean {
  return /\.s[ac]ss$/.test(path) && !isForeignPath(path);
}

function placeOf(place: Location): { readonly file: string; readonly line?: number; readonly column?: number } {
  return {
    file: place.path,
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
  };
}

/** A block ends where the next heading, or one of Next's closing sentences, starts. */
function findBlockEnd(lines: LineStream, at: number): number {
  const limit = Math.min(lines.texts.length, at + maxBlock);
  for (let index = at + 2; index < limit; index++) {
    const text = textAt(lines, index);
    if (text.startsWith('> ') && !/^> +\d/.test(text)) return index;
    if (text.startsWith('Error: Command "')) return index;
    if (text.startsWith('Next.js build worker exited') || text.includes('✓ Compiled') || text.includes('⚠ Compiled'))
      return index;
    if (text.startsWith('info  - ') || text.includes('Linting and checking validity')) return index;
    if (textAt(lines, index - 1) !== '') continue;
    const next = readHeading(text);
    if (next !== undefined && opensBlock(lines, index, next)) return index;
    if (next?.line !== undefined && next.path.startsWith('./') && isLocatedFrame(lines, index, next)) return index;
  }
  return limit;
}

const traceHeading = /^(?:Import traces?(?: for requested module)?:|Import trace for requested module:)/;

function readImportTrace(lines: LineStream, from: number, end: number): readonly string[] {
  let index = from;
  while (index < end && !traceHeading.test(textAt(lines, index))) index++;
  const trace: string[] = [];
  for (index += 1; index < end; index++) {
    const entry = textAt(lines, index)
      .trim()
      .replace(/ \[[^\]]{1,60}\]$/, '');
    if (entry.startsWith('./') || entry.startsWith('../') || entry.startsWith('[project]/')) trace.push(entry);
  }
  return [...new Set(trace)];
}

export interface Snippet {
  readonly message: string;
  readonly place: Location;
}

const snippetMark = /^(?:\[?Error: )?\s*(?:(?:`->|╰─▶)\s{1,6})?(?:x|×|⨯) (\S.*)$/;
const frameStart = /^\s*(?:,-|╭─)+\[/;

/** SWC's reports: `x message`, `| more`, then a frame headed `,-[path:line:column]`. */
export function readSnippets(lines: LineStream, at: number, end: number): readonly Snippet[] {
  const found: Snippet[] = [];
  for (let index = at + 1; index < end; index++) {
    const mark = snippetMark.exec(textAt(lines, index));
    if (mark?.[1] === undefined) continue;
    const message = [mark[1]];
    let cursor = index + 1;
    while (cursor < end && /^\s*[|│](?: |$)/.test(textAt(lines, cursor))) {
      message.push(textAt(lines, cursor++).replace(/^\s*[|│]\s*/, ''));
    }
    while (cursor < end && /^\s*[|│]?$/.test(textAt(lines, cursor))) cursor++;
    const header = readFrameHeader(textAt(lines, cursor));
    if (header === undefined) {
      found.push({ message: message.join('\n'), place: { path: '' } });
      continue;
    }
    const place = parseLocation(header) ?? parseBarePlace(header);
    const frame = readCodeFrame(lines, cursor + 1);
    found.push({ message: message.join('\n'), place: correctPlace(place, frame.caretLines) });
    index = frame.end - 1;
  }
  return found;
}

/** What stands between the brackets of `,-[path:line:column]`; the path may hold brackets of its own. */
export function readFrameHeader(text: string): string | undefined {
  if (!frameStart.test(text)) return undefined;
  const close = text.lastIndexOf(']');
  const open = text.indexOf('[');
  return close > open ? text.slice(open + 1, close).trim() : undefined;
}

/** Configuration is compiled from memory, so its header has a place and no path: `,-[5:1]`. */
export function parseBarePlace(text: string): Location {
  const match = /^(?::)?(\d{1,7}):(\d{1,7})$/.exec(text.trim());
  return match === null ? { path: '' } : { path: '', line: Number(match[1]), column: Number(match[2]) };
}

/** The SWC of Next 13 and 14 heads a frame with its first line of context; the caret tells the truth. */
function correctPlace(place: Location, caretLines: readonly number[]): Location {
  const caret = caretLines[0];
  if (caret === undefined || place.line === undefined || caretLines.includes(place.line)) return place;
  return { path: place.path, line: caret };
}

/** A message without SWC's marks; its own place, where it has one, is nearer than the heading's. */
function readPlain(lines: LineStream, at: number, end: number, heading: Location): Snippet {
  const message: string[] = [];
  for (let index = at + 1; index < end && message.length < 6; index++) {
    const text = textAt(lines, index);
    if (announces.test(text)) continue;
    if (message.length > 0 && (text.trim() === '' || /^\s+at /.test(text))) break;
    if (traceHeading.test(text) || readCodeFrame(lines, index).end > index) break;
    if (!/^[\s╷╵|│]*$/.test(text)) message.push(text.trim());
  }
  const said = message.join('\n').replace(/^Error: /, '');
  const whole = saysNothing.test(said) ? (readBelowFrame(lines, at, end) ?? said) : said;
  if (heading.line !== undefined) return { message: whole, place: heading };
  // webpack may say that it is Sass who speaks, Turbopack that Node.js does; Sass' own frame tells.
  const bySass = whole.startsWith('SassError') || /\.s[ac]ss$/.test(heading.path);
  const sass = bySass ? findSassPlace(lines, at, end) : undefined;
  return { message: whole, place: sass ?? placeIn(whole, heading.path) ?? placeOfFrame(lines, at, end) ?? heading };
}

/** Turbopack's headings of whatever its parser and its rules complain about; the complaint stands below the frame. */
const saysNothing = /^(?:Ecmascript file had an error|Parsing \w{1,20} source code failed)$/;

function readBelowFrame(lines: LineStream, at: number, end: number): string | undefined {
  let index = at + 2;
  while (index < end && readCodeFrame(lines, index).end === index) index++;
  index = readCodeFrame(lines, index).end;
  while (index < end && textAt(lines, index).trim() === '') index++;
  const rows: string[] = [];
  for (; index < end && rows.length < 6; index++) {
    const text = textAt(lines, index);
    if (text.trim() === '' || traceHeading.test(text) || /^\s+at |^https?:/.test(text)) break;
    rows.push(text.trim());
  }
  return rows.length === 0 ? undefined : rows.join('\n');
}

/** Lines that only say that the message follows. */
const announces = /^(?:ReactServerComponentsError:|An error occurred in `next\/font`\.)$/;

function placeOfFrame(lines: LineStream, at: number, end: number): Location | undefined {
  for (let index = at + 1; index < end; index++) {
    const header = readFrameHeader(textAt(lines, index));
    if (header !== undefined)
      return correctPlace(parseLocation(header) ?? parseBarePlace(header), readCodeFrame(lines, index + 1).caretLines);
  }
  return undefined;
}

const placeInMessage = /([^\s:()]{1,300}\.\w{1,10}):(\d{1,7}):(\d{1,7})|\((\d{1,7}):(\d{1,7})\)/;

/** PostCSS names the place within its message: `CssSyntaxError: /…/globals.css:7:1: Unclosed block`, `(7:5)`. */
function placeIn(message: string, path: string): Location | undefined {
  const match = placeInMessage.exec(message);
  if (match === null) return undefined;
  if (match[1] === undefined) return { path, line: Number(match[4]), column: Number(match[5]) };
  if (!match[1].endsWith(path.replace(/^\.\//, ''))) return undefined;
  return { path, line: Number(match[2]), column: Number(match[3]) };
}
