/** Vitest and Jest, which builds run first: ` FAIL  path > name`, the error below it, and where it was raised. */
import { readCodeFrame } from '../code-frame.js';
import { type Finding, type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { isForeignPath } from '../paths.js';
import { findPlaces, type NamedPlace } from '../places.js';
import { readSentence } from '../sentence-kinds.js';

const heading = /^\s?FAIL\s{1,3}(?:\|?[\w@./-]{1,60}\|? )?(\S{1,300}\.\w{1,5})(?=$| >| \[| \()/;
const ends = /^\s?(?:FAIL|PASS)\s|^Test Suites:|^\s*Test Files |^⎯{3,}|^Error: Command "/;
/** What the runners say for themselves before the error. */
const preface =
  /^\s*(?:●|✕|×|✓|→|at |❯|\+|-|\d{0,7}\s?\||>|Test suite failed to run|Jest |Out of the box|By default|Here's what|•|You'll find|For information|Details:|https?:|Expected|Received|Difference|Serialized)/;
/** Chai's, Node's and Jest's own. */
const failedAssertion = /^(?:AssertionError\b|(?:Error: )?expect\(|JestAssertionError)|Snapshot .{0,200}mismatched/;
const maxBlock = 90;

export function matchTestRunners(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (!text.includes('FAIL')) return undefined;
  const test = heading.exec(text)?.[1];
  if (test === undefined) return undefined;
  let message: string | undefined;
  let place: NamedPlace | undefined;
  const trace: string[] = [];
  let end = at + 1;
  for (; end < lines.texts.length && end < at + maxBlock; end++) {
    const row = textAt(lines, end);
    if (ends.test(row)) break;
    if (row.trim() === '') continue;
    if (message === undefined && !preface.test(row) && readCodeFrame(lines, end).end === end) message = row.trim();
    const raised = /^\s*(?:at |❯ )/.test(row) || row.includes('SyntaxError: ') || row.trim() === message;
    if (!raised) continue;
    for (const found of findPlaces(row)) {
      if (isForeignPath(found.path)) continue;
      const where = found.line === undefined ? withPosition(found, row) : found;
      if (where.line === undefined) continue;
      if (place === undefined) place = where;
      else trace.push(where.path);
    }
  }
  if (message === undefined && place === undefined) return undefined;
  const refused = readRefused(lines, at, end);
  if (refused !== undefined) return matchOne(refused, end);
  const assertion = message !== undefined && failedAssertion.test(message);
  const sentence = readSentence((message ?? text).replace(/^(?:\w{1,40}Error|Error): /, ''), place?.path ?? test);
  return matchOne(
    {
      role: 'cause',
      error: {
        tool: 'tests',
        ...(assertion ? { kind: 'other' as const, code: 'assertion' } : sentence.facts),
        ...(sentence.facts.kind === 'lint' || sentence.facts.kind === 'config' ? { kind: 'other' as const } : {}),
        message: message ?? text.trim(),
        file: place?.path ?? test,
        ...(place?.line === undefined ? {} : { line: place.line }),
        ...(place?.column === undefined ? {} : { column: place.column }),
        ...(trace.length > 0 || place !== undefined ? { trace: [...trace, test] } : {}),
        logLine: logLineAt(lines, at),
      },
      ...(sentence.class === undefined ? {} : { class: sentence.class }),
      ...(sentence.remedy === undefined ? {} : { remedy: sentence.remedy }),
    },
    end,
  );
}

/** Babel's own sentence: `SyntaxError: /abs/tax.js: Unexpected token (1:25)`. */
function withPosition(place: NamedPlace, row: string): NamedPlace {
  const match = /\((\d{1,7}):(\d{1,7})\)$/.exec(row);
  return match === null ? place : { ...place, line: Number(match[1]), column: Number(match[2]) };
}

const unmapped = /^\s*Could not locate module (\S{1,200}) mapped as:$/;
/** What Node says of a module in the other format: nothing made the one of the other. */
const untransformed =
  /SyntaxError: (?:Cannot use import statement outside a module|Unexpected token 'export'|Cannot use 'import\.meta' outside a module)/;

/** Jest's settings, which it names under the test that first needed them. */
function readRefused(lines: LineStream, at: number, end: number): Finding | undefined {
  for (let index = at + 1; index < end; index++) {
    const row = textAt(lines, index);
    const specifier = unmapped.exec(row)?.[1];
    const format = untransformed.test(row);
    if (specifier === undefined && !format) continue;
    return {
      role: 'cause',
      error: {
        tool: 'jest',
        kind: 'config',
        ...(specifier === undefined ? { symbol: 'transform' } : { specifier, symbol: 'moduleNameMapper' }),
        message: row.trim(),
        logLine: logLineAt(lines, at),
      },
    };
  }
  return undefined;
}
