/** Docusaurus: causes within causes; the file that was read, or the page that was rendered, stands in one of them. */
import type { BuildError } from '../diagnosis.js';
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { readThrown, type ThrownError } from '../thrown-error.js';

const page = /Error: Can't render static file for pathname "(\/[^"]{0,300})"/;
/** `Can't process doc metadata for doc at path path=`, `Processing of blog source file path=`. */
const source = /\[cause\]: Error: (?:Can't process|Processing of) .{0,80}\bpath=(\S{1,300}\.\w{1,8})/;
const compiled = /MDX compilation failed for file "([^"]{1,400})"/;
/** A message of vfile as JSON: https://github.com/vfile/vfile-message#fields */
const nameField = /^\s{2}"name": "(\d{1,7}):(\d{1,7})/;
const placeInCause = /\((\d{1,7}):(\d{1,7})(?:-\d{1,7}:\d{1,7})?\)/;
/** Pages are rendered from one bundle, in which functions keep their names. */
const component = /^\s+at ([A-Z]\w{1,80}) \(server\.bundle\.js:/;
const maxBlock = 40;

export function matchDocusaurus(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (text.includes("Can't render static file")) return readPage(lines, at, page.exec(text)?.[1]);
  if (text.includes('MDX compilation failed')) return readCompilation(lines, at, compiled.exec(text)?.[1]);
  if (text.includes(' path=')) return readSource(lines, at, source.exec(text)?.[1]);
  return undefined;
}

/** `Cause: ` below it, then the whole message of the compiler as JSON; Rspack rules a line down its left side. */
function readCompilation(lines: LineStream, at: number, file: string | undefined): Match | undefined {
  const rowAt = (index: number) => textAt(lines, index).replace(/^\s{0,12}│ ?/, '');
  const message = /^\s*Cause: (.{1,1000})$/.exec(rowAt(at + 1))?.[1];
  if (file === undefined || message === undefined) return undefined;
  let end = at + 2;
  let place = placeInCause.exec(message);
  while (end < at + maxBlock && !rowAt(end).startsWith('}')) {
    place = nameField.exec(rowAt(end)) ?? place;
    end++;
  }
  const error: BuildError = {
    tool: 'docusaurus',
    kind: 'syntax',
    message,
    file,
    ...(place === null ? {} : { line: Number(place[1]), column: Number(place[2]) }),
    logLine: logLineAt(lines, at),
  };
  return matchOne({ role: 'cause', error }, end < at + maxBlock ? end + 1 : at + 2);
}

function readPage(lines: LineStream, at: number, route: string | undefined): Match | undefined {
  const thrown = route === undefined ? undefined : findCause(lines, at);
  if (route === undefined || thrown === undefined) return undefined;
  const names = lines.texts.slice(at, thrown.end).flatMap((row) => component.exec(row)?.[1] ?? []);
  const { file: _file, line: _line, column: _column, trace: _trace, ...facts } = thrown.facts;
  const error: BuildError = {
    tool: 'docusaurus',
    ...facts,
    kind: facts.kind ?? 'prerender',
    // What is configured wrongly fails on every page.
    ...(facts.kind === 'config' ? {} : { route }),
    ...(names.length === 0 ? {} : { trace: [...new Set(names)].flatMap((name) => [`${name}.tsx`, `${name}.jsx`]) }),
    logLine: logLineAt(lines, at),
  };
  return matchOne({ ...thrown.reading, role: 'cause', error }, thrown.end);
}

function readSource(lines: LineStream, at: number, file: string | undefined): Match | undefined {
  const thrown = file === undefined ? undefined : findCause(lines, at);
  if (file === undefined || thrown === undefined) return undefined;
  const author = /\bauthor with key "([^"]{1,200})" not found/.exec(thrown.facts.message)?.[1];
  const error: BuildError = {
    tool: 'docusaurus',
    kind: thrown.name === 'YAMLException' ? 'syntax' : 'other',
    ...(author === undefined ? {} : { code: 'entry-not-found', symbol: author }),
    message: thrown.facts.message,
    file,
    logLine: logLineAt(lines, at),
  };
  return matchOne({ role: 'cause', error }, thrown.end);
}

/** The cause below, before the next page's. */
function findCause(lines: LineStream, at: number): ThrownError | undefined {
  for (let index = at + 1; index < at + maxBlock; index++) {
    const text = textAt(lines, index);
    if (page.test(text)) return undefined;
    if (text.includes('[cause]: ')) return readThrown(lines, index);
  }
  return undefined;
}
