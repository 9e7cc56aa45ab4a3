/** Text for a terminal. What a log or a file says passes through `plain`, so that it cannot move the cursor. */
import { toPlainText } from '../lib/diagnosis/ansi.js';
import { UsageError } from './arguments.js';

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

/** Colours where standard output is a terminal that wants them; see https://no-color.org. */
export function createPaint(stream: NodeJS.WriteStream = process.stdout): Paint {
  const coloured = stream.isTTY === true && (process.env.NO_COLOR ?? '') === '' && process.env.TERM !== 'dumb';
  const code = (open: number, close: number) => (text: string) =>
    coloured ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: code(1, 22), dim: code(2, 22), red: code(31, 39), green: code(32, 39), yellow: code(33, 39) };
}

/** Without control characters; newlines and tabs stay. A lone carriage return would write over its own line. */
export function plain(text: string): string {
  return toPlainText(text).replace(/\r\n?/g, '\n');
}

const unprintable = /[\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** JSON for programs that a terminal may show all the same: what `plain` would drop stands escaped. */
export function formatJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** On one line, at most so many characters. */
export function oneLine(text: string, width = 160): string {
  const flat = plain(text).replace(/\s+/g, ' ').trim();
  return flat.length <= width ? flat : `${flat.slice(0, width - 1)}…`;
}

/** Left-aligned columns; the first row is the heading. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows
    .map((row) =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Runs a command's main function and turns its answer into the exit code; 2 for wrong usage. */
export async function runCommand(name: string, main: (argv: readonly string[]) => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (cause) {
    if (!(cause instanceof UsageError)) throw cause;
    console.error(`${name}: ${plain(cause.message)}\nTry: npm run -s ${name} -- --help`);
    process.exitCode = 2;
  }
}
