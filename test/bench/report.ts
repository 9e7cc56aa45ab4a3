/** What a part of the bench measured, and how people read it. */

/** Of several runs. */
export interface Sample {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly unit: Unit;
}

export type Unit = 'ms' | 'requests' | 'bytes' | 'lines/s' | 'bytes/line' | 'tokens' | 'dollars' | 'times' | '%';

export interface Row {
  readonly what: string;
  readonly value: Sample;
  /** What it was held against in the same run, in turns. */
  readonly against?: Sample;
  /** Of the runs, each by its own partner. */
  readonly ratio?: Sample;
  readonly bound?: { readonly text: string; readonly holds: boolean };
}

export interface Part {
  readonly name: string;
  readonly title: string;
  /** What was done, in a sentence or two. */
  readonly how: string;
  /** Headings of the columns with the value and what it was held against. */
  readonly columns: readonly [string, string];
  readonly rows: readonly Row[];
}

export function sample(values: readonly number[], unit: Unit): Sample {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const median = Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
  return { median, low: sorted[0] ?? Number.NaN, high: sorted.at(-1) ?? Number.NaN, unit };
}

/** How many times the second of each pair is the first. */
export function ratioOf(pairs: readonly (readonly [number, number])[]): Sample {
  return sample(
    pairs.map(([value, against]) => against / value),
    'times',
  );
}

export function renderParts(parts: readonly Part[]): string {
  return parts.map(renderPart).join('\n\n');
}

function renderPart({ title, how, columns, rows }: Part): string {
  const table = [['', ...columns, 'ratio', 'bound'], ...rows.map(toCells)];
  const used = table[0]?.flatMap((_, column) =>
    column === 0 || rows.some((_row, row) => table[row + 1]?.[column] !== '') ? [column] : [],
  );
  const lines = table.map((cells) => `| ${used?.map((column) => cells[column]).join(' | ')} |`);
  const rule = `|${used?.map((column) => (column === 0 || column === 4 ? '---' : '---:')).join('|')}|`;
  return [`### ${title}`, '', how, '', lines[0], rule, ...lines.slice(1)].join('\n');
}

function toCells({ what, value, against, ratio, bound }: Row): string[] {
  return [
    what,
    formatSample(value),
    against === undefined ? '' : formatSample(against),
    ratio === undefined ? '' : formatSample(ratio),
    bound === undefined ? '' : `${bound.text}: ${bound.holds ? 'holds' : '**does not hold**'}`,
  ];
}

/** `312 ms (298 to 340)`; without the spread where there is none. */
export function formatSample({ median, low, high, unit }: Sample): string {
  const spread =
    formatValue(low, unit) === formatValue(high, unit) ? '' : ` (${bare(low, unit)} to ${bare(high, unit)})`;
  return `${formatValue(median, unit)}${spread}`;
}

const MEGABYTE = 1024 * 1024;

export function formatValue(value: number, unit: Unit): string {
  const text = bare(value, unit);
  switch (unit) {
    case 'ms':
      return `${text} ${value < 10_000 ? 'ms' : 's'}`;
    case 'bytes':
      return `${text} ${Math.abs(value) < MEGABYTE / 10 ? 'KB' : 'MB'}`;
    case 'dollars':
      return `$${text}`;
    case 'requests':
      return text;
    case 'times':
      return `${text} times`;
    default:
      return `${text} ${unit}`;
  }
}

function bare(value: number, unit: Unit): string {
  switch (unit) {
    case 'ms':
      return value < 10_000 ? grouped(value, Math.abs(value) < 10 ? 1 : 0) : (value / 1000).toFixed(1);
    case 'bytes':
      return (value / (Math.abs(value) < MEGABYTE / 10 ? 1024 : MEGABYTE)).toFixed(1);
    case 'dollars':
      return value.toFixed(4);
    case 'times':
    case '%':
      return grouped(value, value < 20 ? 1 : 0);
    default:
      return grouped(value, 0);
  }
}

function grouped(value: number, digits: number): string {
  return value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
