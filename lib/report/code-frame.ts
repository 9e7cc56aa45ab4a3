/** The lines of source around a fault, as a compiler printed them into its log. */
export interface CodeFrame {
  readonly lines: readonly FrameLine[];
}

export interface FrameLine {
  readonly number: number;
  readonly text: string;
  /** Whether the compiler points at this line. */
  readonly isFault: boolean;
  /** The columns that it underlines, from 0 on. */
  readonly underlined?: { readonly from: number; readonly to: number };
}

const SOURCE_LINE = /^\s*(?<mark>[>❯×x]?)\s*(?<number>\d{1,7})\s*[|│]\s?(?<text>.*)$/;
const CARET_LINE = /^\s*[|│·]?\s?(?<space>\s*)(?<caret>\^+|─+|~+)/;
const MOST_LINES = 12;

/** The first code frame of a log excerpt that points at a line; undefined where the log has none. */
export function findCodeFrame(excerpt: string): CodeFrame | undefined {
  const rows = excerpt.split('\n');
  for (let start = 0; start < rows.length; start += 1) {
    if (!SOURCE_LINE.test(rows[start] ?? '')) continue;
    const { lines, end } = readFrame(rows, start);
    if (lines.some((line) => line.isFault)) return { lines: lines.slice(0, MOST_LINES) };
    start = end - 1;
  }
  return undefined;
}

function readFrame(rows: readonly string[], start: number): { readonly lines: readonly FrameLine[]; end: number } {
  const lines: FrameLine[] = [];
  let end = start;
  for (; end < rows.length; end += 1) {
    const row = rows[end] ?? '';
    const source = SOURCE_LINE.exec(row)?.groups;
    if (source !== undefined) {
      lines.push({
        number: Number(source.number),
        text: source.text ?? '',
        isFault: source.mark !== '',
      });
      continue;
    }
    const underlined = readCaret(row, rows[end - 1] ?? '');
    const last = lines.at(-1);
    if (underlined === undefined || last === undefined) break;
    lines[lines.length - 1] = { ...last, isFault: true, underlined };
  }
  return { lines, end };
}

/** Where the caret stands, counted in the source line above it. */
function readCaret(row: string, above: string): FrameLine['underlined'] {
  const bar = above.search(/[|│]/);
  const caret = CARET_LINE.exec(row)?.groups?.caret;
  if (bar === -1 || caret === undefined) return undefined;
  const column = row.indexOf(caret) - bar - 2;
  return column < 0 ? undefined : { from: column, to: column + caret.length };
}
