import type { BuildLog, Diagnosis } from './diagnosis.js';

export interface ExcerptOptions {
  /** Lines of the excerpt, the marks of what was left out among them; 120 when absent. */
  readonly maxLines?: number;
}

const defaultMaxLines = 120;
const linesBefore = 3;
const linesAfter = 14;
const tailLines = 12;

/** The lines worth reading: around each error, the likeliest cause first served, and how the build ended. */
export function selectExcerpt(
  log: BuildLog,
  diagnosis: Pick<Diagnosis, 'errors' | 'evidence'>,
  options: ExcerptOptions = {},
): string {
  const maxLines = options.maxLines ?? defaultMaxLines;
  const count = log.lines.length;
  const kept = new Set<number>();
  const keep = (from: number, to: number) => {
    for (let index = Math.max(0, from); index < Math.min(count, to); index++) {
      // Marks of gaps take lines too: one in three at worst.
      if (kept.size < (maxLines * 3) / 4) kept.add(index);
    }
  };
  keep(count - Math.min(tailLines, Math.floor(maxLines / 4)), count);
  for (const { logLine } of [...diagnosis.errors, ...diagnosis.evidence]) {
    if (logLine !== undefined) keep(logLine - linesBefore, logLine + linesAfter);
  }
  return writeLines(
    log,
    [...kept].sort((left, right) => left - right),
  )
    .slice(0, maxLines)
    .join('\n');
}

function writeLines(log: BuildLog, indices: readonly number[]): readonly string[] {
  const rows: string[] = [];
  let next = 0;
  for (const index of indices) {
    if (index > next) rows.push(`[... ${index - next} lines ...]`);
    const line = log.lines[index];
    if (line !== undefined) rows.push(line.package === undefined ? line.text : `${line.package}: ${line.text}`);
    next = index + 1;
  }
  return rows;
}
