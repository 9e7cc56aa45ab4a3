/** What no tool's own matcher took: errors that a script threw or printed. Counts only beside nothing better. */
import { type LineStream, logLineAt, type Match, matchOne, textAt } from '../finding.js';
import { readThrown } from '../thrown-error.js';

const thrownHead =
  /^\s{0,4}(?:⨯ |✖ |✗ |× |❌ |\[cause\]: |Uncaught |\[)?(?:[A-Z]\w{0,60})?(?:Error|Exception)(?: \[\w{1,60}\])?(?: \([^)]{1,60}\))?: \S/;
const closing =
  /^Error: Command "|^Error: (?:Process completed|The process) |exited with \d{1,3}\.?$|ELIFECYCLE|^error Command failed|exited \(\d{1,3}\)$/;
/** Announcements of what stands below. */
const banner =
  /(?:Turbopack b|B)uild failed(?: with| because of| in)|Build error occurred|Transform failed with|Failed to compile\.?$/;
const printed =
  /^(?:\s*(?:⨯|✖|✗|✘|❌) \S|(?:\[error\]|\[ERROR\]|ERROR|error|fatal|FATAL)(?::| {1,3})\s{0,2}\S|Error: \S)/;

export function matchScripts(lines: LineStream, at: number): Match | undefined {
  const text = textAt(lines, at);
  if (
    !text.includes('rror') &&
    !text.includes('ERR') &&
    !text.includes('xception') &&
    !/[⨯✖✗✘❌]|atal|FATAL/.test(text)
  )
    return undefined;
  if (closing.test(text) || banner.test(text)) return undefined;
  if (thrownHead.test(text)) return readThrownScript(lines, at);
  if (!printed.test(text)) return undefined;
  return matchOne(
    { role: 'symptom', error: { tool: 'script', kind: 'other', message: text.trim(), logLine: logLineAt(lines, at) } },
    at + 1,
  );
}

/** Scripts print errors and go on, so one without a mark of its end (see `matchNode`) is no cause yet. */
function readThrownScript(lines: LineStream, at: number): Match | undefined {
  const thrown = readThrown(lines, at);
  const known = thrown.facts.kind !== undefined;
  const ends = endsProcess(lines, thrown.end);
  return matchOne(
    {
      ...thrown.reading,
      role: ends || known ? 'cause' : 'symptom',
      error: {
        tool: 'script',
        kind: thrown.frames > 0 ? 'script-failed' : 'other',
        ...thrown.facts,
        logLine: logLineAt(lines, at),
      },
    },
    thrown.end,
  );
}

/** Nothing but the closing lines of the runners follow. */
function endsProcess(lines: LineStream, from: number): boolean {
  for (let index = from; index < from + 3; index++) {
    const text = textAt(lines, index);
    if (text.trim() === '') continue;
    return closing.test(text) || text.startsWith('Node.js v') || /^npm (?:error|ERR!)/.test(text);
  }
  return false;
}
