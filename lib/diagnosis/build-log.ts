import type { BuildEvent } from '../ports.js';
import { hasOrphanedColours, stripAnsi, stripOrphanedColours } from './ansi.js';
import type { BuildLog, BuildPhase, LogLine } from './diagnosis.js';
import { findTaskSplitter } from './task-prefix.js';

/** Vercel itself cuts at 4 MB; anything above comes from elsewhere. In UTF-16 units. */
const maxLogLength = 8_000_000;
/** Where a log is too long, its head tells what ran and its tail tells how it ended. */
const keptHead = 2_000_000;
const vercelCeiling = 4_000_000;
/** pnpm pads the labels of its errors with it. */
const thinSpace = '\u2009';
/** Longer lines are generated code or serialised types; their start says what they are. */
const maxLineLength = 4_000;

/** Events of these types are about the deployment, not of the build's output. */
const silentTypes = new Set([
  'delimiter',
  'deployment-state',
  'metric',
  'report',
  'middleware',
  'middleware-invocation',
  'edge-function-invocation',
]);

/**
 * The build log of a deployment from its events, oldest first.
 * An event may hold several lines, or a part of one: where events end their lines with a newline, one
 * without continues in the next event of its stream.
 */
export function readBuildEvents(events: readonly BuildEvent[]): BuildLog {
  const spoken = orderEvents(events.filter((event) => event.text !== '' && !silentTypes.has(event.type)));
  const terminated = spoken.filter((event) => event.text.endsWith('\n')).length;
  const linesEndInNewline = terminated * 2 > spoken.length;
  const open = new Map<string, string>();
  const parts: string[] = [];
  for (const { type, text } of spoken) {
    if (!linesEndInNewline) {
      parts.push(text.endsWith('\n') ? text.slice(0, -1) : text);
      continue;
    }
    const whole = (open.get(type) ?? '') + text;
    const end = whole.lastIndexOf('\n');
    if (end >= 0) parts.push(whole.slice(0, end));
    open.set(type, whole.slice(end + 1));
  }
  for (const rest of open.values()) if (rest !== '') parts.push(rest);
  return readLogText(parts.join('\n'));
}

function orderEvents(events: readonly BuildEvent[]): readonly BuildEvent[] {
  return events.every((event, index) => index === 0 || compareEvents(events[index - 1] ?? event, event) <= 0)
    ? events
    : [...events].sort(compareEvents);
}

function compareEvents(left: BuildEvent, right: BuildEvent): number {
  const byTime = left.created - right.created;
  if (byTime !== 0) return Number.isNaN(byTime) ? 0 : byTime;
  if (left.serial === undefined || right.serial === undefined) return 0;
  // Serials are decimal counters without leading zeros.
  return (
    left.serial.length - right.serial.length || (left.serial < right.serial ? -1 : left.serial > right.serial ? 1 : 0)
  );
}

/** A log as Vercel's page, its command line or a terminal shows it, with or without timestamps. */
export function readLogText(text: string): BuildLog {
  const tooLong = text.length > maxLogLength;
  const kept = tooLong ? `${text.slice(0, keptHead)}\n${text.slice(keptHead - maxLogLength)}` : text;
  const stripped = stripAnsi(kept).replaceAll(thinSpace, ' ');
  const rows = splitRows(stripped);
  const plain = hasOrphanedColours(stripped) ? rows.map(stripOrphanedColours) : rows;
  const untimed = stripTimestamps(dropTimes(plain));
  return {
    lines: markPhases(untimed.map((row) => row.trimEnd().slice(0, maxLineLength))),
    truncated: tooLong || text.length >= vercelCeiling,
  };
}

function splitRows(text: string): readonly string[] {
  const rows = text.split('\n').map(blankGap).flatMap(splitProgress);
  if (rows.at(-1) === '') rows.pop();
  if (!text.includes('\r')) return rows;
  // A carriage return within a row is a progress display that overwrites itself.
  return rows.flatMap((row) =>
    row.includes('\r') ? keepOne(row.split('\r').filter((part) => part.trim() !== '')) : [row],
  );
}

/** What grep puts between matches that do not stand together. */
function blankGap(row: string): string {
  return row === '--' ? '' : row;
}

/** Next.js leaves the line of a step open while it works; what is said meanwhile follows its dots. */
const openStep =
  /^ {0,8}(?:Collecting page data|Generating static pages|Creating an optimized production build|Linting and checking validity of types|Collecting build traces|Finalizing page optimization) {0,3}\.{1,6} {0,2}(?=[^\s.(])/;

function splitProgress(row: string): readonly string[] {
  const step = row.includes('.') ? openStep.exec(row)?.[0] : undefined;
  return step === undefined ? [row] : [step, row.slice(step.length)];
}

function keepOne(parts: readonly string[]): readonly string[] {
  return parts.length === 0 ? [''] : parts;
}

/**
 * `[12:34:56.789] `, `12:34:56.789 | `, `12:34:56.789`, `12:34:56  `, `3:24:17 PM: `, `2026-01-31T12:34:56.789Z  `, any of them
 * before a tab too, and the seconds of a container's build, `#12 134.0 `.
 */
const timestamp =
  /^(?:\d{1,2}:\d{2}:\d{2}(?:\.\d{1,6})? [AP]M:?|(?:#\d{1,4} )?\d{1,5}\.\d{1,4}(?= |$)|\[\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?\]|\d{2}:\d{2}:\d{2}\.\d{1,6}(?: +\|)?|\d{2}:\d{2}:\d{2}(?= {2}|\t| \|)(?: +\|)?|\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:?\d{2})?)(?: {0,2}\t| )?/;
const sampledRows = 60;
/** A page's text copied out: each line under the time at which it was printed. */
const onlyTime = /^\[?\d{1,2}:\d{2}:\d{2}(?:\.\d{1,6})?(?: [AP]M)?\]?\s*$/;

function dropTimes(rows: readonly string[]): readonly string[] {
  const times = rows.slice(0, sampledRows).filter((row) => onlyTime.test(row)).length;
  return times * 3 < Math.min(rows.length, sampledRows) ? rows : rows.filter((row) => !onlyTime.test(row));
}

/** Only where most lines carry one: single tools (Astro, Nitro) print a time of their own. */
function stripTimestamps(rows: readonly string[]): readonly string[] {
  const sample: string[] = [];
  for (const row of rows) {
    if (row.trim() !== '') sample.push(row);
    if (sample.length === sampledRows) break;
  }
  const stamped = sample.filter((row) => timestamp.test(row)).length;
  if (stamped === 0 || stamped * 5 < sample.length * 3) return rows;
  // What all have in common is the separator, two spaces in `vercel logs`; more belong to the line itself.
  const stripped = sample.filter((row) => timestamp.test(row)).map((row) => row.replace(timestamp, ''));
  const indents = stripped.filter((row) => row.trim() !== '').map((row) => row.search(/[^ ]/));
  const separator = new RegExp(`^ {0,${Math.min(8, ...indents)}}`);
  return rows.map((row) => {
    const rest = row.replace(timestamp, '');
    return rest === row ? row : rest.replace(separator, '');
  });
}

const runningCommand = /^Running "(install)" command: |^Running "(?!vercel )/;
const scriptHeader = /^> \S+(?:@\S+)? (?:build|prebuild|vercel-build|postbuild|generate)\b/;

function markPhases(rows: readonly string[]): readonly LogLine[] {
  const split = findTaskSplitter(rows);
  let phase: BuildPhase = rows.slice(0, 12).some(isPreamble) ? 'clone' : 'build';
  return rows.map((row) => {
    const task = split?.(row);
    phase = task === undefined ? phaseFrom(row, phase) : phaseFrom(task.text, phase);
    return task === undefined ? { text: row, phase } : { text: task.text, phase, package: task.package };
  });
}

function isPreamble(row: string): boolean {
  return (
    row.startsWith('Running build in ') ||
    row.startsWith('Cloning ') ||
    row.startsWith('Retrieving list of deployment files') ||
    row.startsWith('Build machine configuration') ||
    row.startsWith('Vercel CLI ')
  );
}

function phaseFrom(row: string, phase: BuildPhase): BuildPhase {
  switch (phase) {
    case 'clone':
    case 'install':
      if (row.startsWith('Running "')) {
        const match = runningCommand.exec(row);
        if (match?.[1] !== undefined) return 'install';
        return match === null ? phase : 'build';
      }
      if (row.startsWith('Installing dependencies')) return 'install';
      if (row.startsWith('Running "install" command')) return 'install';
      if (row.startsWith('Using TypeScript ') || scriptHeader.test(row) || row.includes('• Packages in scope:'))
        return 'build';
      return phase;
    case 'build':
      if (row.startsWith('Build Completed in ') || row.startsWith('Deploying outputs')) return 'output';
      if (row.startsWith('Installing dependencies...')) return 'install';
      return phase;
    case 'output':
      return phase;
  }
}
