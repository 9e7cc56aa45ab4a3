/** Node.js itself: uncaught errors, modules that a script or a configuration cannot load, a full heap. */
import type { BuildError } from '../diagnosis.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { kindOfSpecifier, packageOfPath } from '../specifiers.js';
import { readThrown } from '../thrown-error.js';

const sourceLine =
  /^(?:file:\/\/)?((?:\/|[A-Za-z]:\\)[^\s:]{1,400}|node:[\w/]{1,80}|[\w./-]{1,300}\.[cm]?[jt]sx?):(\d{1,7})$/;
const cannotFind =
  /^(.{0,60}?)Cannot find (?:module|package) ['"]([^'"]{1,400})['"](?: imported from ['"]?([^'"]{1,400}?)['"]?)?(?:\](?: \{)?)?$/;

export function matchNode(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  const first = text.charCodeAt(0);
  if (text.includes('Cannot find ')) return readCannotFind(lines, at, text);
  if (text.includes('heap out of memory') || text.includes('heap limit')) return readHeap(lines, at);
  if (text.startsWith('<--- Last few GCs')) return readHeap(lines, at);
  if (first === 47 || first === 102 || first === 110) {
    const source = sourceLine.exec(text);
    if (source !== null) return readUncaught(lines, at, source);
  }
  return undefined;
}

/** `path:line`, the line, a caret, a blank line, the error, and in the end Node's version. */
function readUncaught(lines: LineStream, at: number, source: RegExpExecArray): Match | undefined {
  let head = at + 1;
  const limit = Math.min(lines.texts.length, at + 16);
  while (head < limit && !/^(?:\[?\w{0,60}(?:Error|Exception)\b|Error$|Uncaught )/.test(textAt(lines, head))) head++;
  if (head === limit) return undefined;
  const found = textAt(lines, head).includes('Cannot find ')
    ? readCannotFind(lines, head, textAt(lines, head))
    : undefined;
  if (found !== undefined) return found;
  const thrown = readThrown(lines, head);
  // Thrown by Node or a dependency for somebody else: the sentence decides, and other matchers know sentences.
  const owned = packageOfPath(source[1] ?? '');
  // Names that one package wants of another, or of Node.js, in versions that do not fit.
  if (owned !== undefined && thrown.facts.kind === 'engine')
    return matchOne(
      { role: 'cause', error: { tool: 'node', ...thrown.facts, kind: 'engine', logLine: logLineAt(lines, at) } },
      thrown.end,
    );
  if (owned !== undefined && thrown.facts.kind === 'export-missing' && isPackage(thrown.facts.specifier))
    return matchOne(
      {
        role: 'cause',
        class: 'dependency',
        fact: `${owned} wants what the installed ${thrown.facts.specifier} does not have`,
        error: { tool: 'node', ...thrown.facts, kind: 'export-missing', logLine: logLineAt(lines, at) },
      },
      thrown.end,
    );
  const foreign = /^node:|\/node_modules\//.test(source[1] ?? '');
  if (owned !== undefined && unknownSyntax.test(textAt(lines, head)))
    return matchOne(describeOldNode(owned, lines, head), thrown.end);
  if (foreign && thrown.facts.file === undefined && thrown.facts.kind === undefined) return undefined;
  const inRepository = !foreign;
  const syntax = thrown.name === 'SyntaxError';
  const ownPlace = inRepository && source[1] !== undefined ? { file: source[1], line: Number(source[2]) } : {};
  const error: BuildError = {
    tool: 'node',
    kind: syntax ? 'syntax' : 'script-failed',
    ...thrown.facts,
    ...(syntax || thrown.facts.file === undefined ? ownPlace : {}),
    ...(syntax ? { kind: 'syntax' as const } : {}),
    logLine: logLineAt(lines, at),
  };
  return matchOne({ ...thrown.reading, role: 'cause', error: dropForeignColumn(error, syntax) }, thrown.end);
}

function isPackage(specifier: string | undefined): boolean {
  return specifier !== undefined && kindOfSpecifier(specifier) === 'package';
}

/** A published package parses; modules that are required for imported ones, or the other way, are another matter. */
const unknownSyntax =
  /^SyntaxError: (?:Unexpected (?:token (?!['"]?(?:export|import)\b|.{1,3} in JSON|.{0,12}is not valid JSON)|identifier|reserved word)|Invalid or unexpected token|Invalid regular expression)/;

function describeOldNode(owner: string, lines: LineStream, at: number): Finding {
  return {
    role: 'cause',
    class: 'config',
    fact: `Node.js does not know the syntax of ${owner}`,
    remedy: `${owner} needs a newer Node.js. Set its version in the project’s settings (Build and Deployment), or "engines": { "node": "24.x" } in package.json.`,
    error: {
      tool: 'node',
      kind: 'engine',
      message: textAt(lines, at).trim(),
      file: 'package.json',
      specifier: owner,
      logLine: logLineAt(lines, at),
    },
  };
}

/** A syntax error's place is the line above the caret; the stack's columns are of Node's loader. */
function dropForeignColumn(error: BuildError, syntax: boolean): BuildError {
  if (!syntax || error.column === undefined) return error;
  const { column: _, ...rest } = error;
  return rest;
}

function readCannotFind(lines: LineStream, at: number, text: string): Match | undefined {
  const match = cannotFind.exec(text.trim().replace(/,?$/, ''));
  if (match?.[2] === undefined) return undefined;
  // A type checker says so too; its own matcher reads those that are errors.
  if (/TS\d{4}|Type error/.test(match[1] ?? '')) return undefined;
  const stack = readRequireStack(lines, at + 1);
  const thrown = readThrown(lines, at);
  const importer = match[3] ?? stack.paths[0] ?? thrown.facts.file;
  const trace = [...stack.paths, ...thrown.trace].filter((path) => path !== importer);
  const place =
    importer !== undefined && importer === thrown.facts.file
      ? { line: thrown.facts.line, column: thrown.facts.column }
      : {};
  const error: BuildError = {
    tool: 'node',
    kind: 'module-not-found',
    code: text.includes('package') ? 'ERR_MODULE_NOT_FOUND' : 'MODULE_NOT_FOUND',
    message: text.trim().replace(/^(?:\[?Error(?: \[\w{1,60}\])?: |⨯ )+/, ''),
    specifier: match[2],
    ...(importer === undefined ? {} : { file: importer }),
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
    ...(trace.length > 0 ? { trace } : {}),
    logLine: logLineAt(lines, at),
  };
  return matchOne({ role: 'cause', error }, Math.max(stack.end, thrown.end));
}

function readRequireStack(
  lines: LineStream,
  from: number,
): { readonly paths: readonly string[]; readonly end: number } {
  let index = from;
  while (index < from + 3 && !textAt(lines, index).includes('Require stack:')) index++;
  if (!textAt(lines, index).includes('Require stack:')) return { paths: [], end: from };
  const paths: string[] = [];
  for (index += 1; index < lines.texts.length && index < from + 40; index++) {
    const path = /^\s*- (\S.{0,400})$/.exec(textAt(lines, index))?.[1];
    if (path === undefined) break;
    if (!path.includes('/node_modules/')) paths.push(path);
  }
  return { paths, end: index };
}

const gcSizes = /\((\d{1,6})(?:\.\d)?\) -> \d{1,6}(?:\.\d)? \((\d{1,6})(?:\.\d)?\) MB/;

function readHeap(lines: LineStream, at: number): Match | undefined {
  let end = at;
  let fatal = false;
  let limit: number | undefined;
  while (end < lines.texts.length && end < at + 60) {
    const text = textAt(lines, end);
    if (text.includes('heap out of memory') || text.includes('heap limit')) fatal = true;
    const size = gcSizes.exec(text)?.[2];
    if (size !== undefined) limit = Number(size);
    if (fatal && !/^(?:FATAL|-----|\s*\d+: 0x|\s*\d+: |\[\d+:|e \[|<---|$)/.test(text) && end > at) break;
    if (!fatal && end > at + 12) return undefined;
    end++;
  }
  const finding: Finding = {
    role: 'cause',
    error: {
      tool: 'node',
      kind: 'memory',
      code: 'heap-out-of-memory',
      message: limit === undefined ? 'JavaScript heap out of memory' : `JavaScript heap out of memory at ${limit} MB`,
      logLine: logLineAt(lines, at),
    },
  };
  return matchOne(finding, Math.max(end, at + 1));
}
