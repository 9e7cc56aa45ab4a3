import { createPaint, type Paint, plain } from './terminal.js';

const around = 2;
const maxWidth = 160;

/** The lines around a place, with a mark before it; '' when the file has no such line. */
export function formatCodeFrame(input: {
  readonly text: string;
  /** 1-based. */
  readonly line: number;
  readonly column?: number | undefined;
  readonly paint?: Paint;
}): string {
  const { text, line, column, paint = createPaint() } = input;
  const rows = text.split(/\r?\n/);
  if (line < 1 || line > rows.length) return '';
  const last = Math.min(rows.length, line + around);
  const width = String(last).length;
  const shown: string[] = [];
  for (let number = Math.max(1, line - around); number <= last; number++) {
    const row = plain(rows[number - 1] ?? '').replaceAll('\t', ' ');
    const gutter = `${number === line ? '>' : ' '} ${String(number).padStart(width)} | `;
    shown.push(
      number === line ? paint.bold(gutter + row.slice(0, maxWidth)) : paint.dim(gutter + row.slice(0, maxWidth)),
    );
    if (number === line && column !== undefined && column >= 1 && column <= maxWidth) {
      shown.push(paint.red(`  ${' '.repeat(width)} | ${' '.repeat(column - 1)}^`));
    }
  }
  return shown.join('\n');
}
