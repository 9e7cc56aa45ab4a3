import type { FileChange } from '../../../context/source.js';

/** A file's text before the diff; undefined where the diff does not fit the text. */
export function formerText(text: string, { hunks }: FileChange): string | undefined {
  if (hunks === undefined) return undefined;
  const now = text.split('\n');
  const former: string[] = [];
  let next = 0;
  for (const line of hunks.split('\n')) {
    const start = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(line);
    if (start) {
      // A hunk that adds nothing names the line before it.
      const at = Number(start[1]) - (start[2] === '0' ? 0 : 1);
      if (at < next || at > now.length) return undefined;
      former.push(...now.slice(next, at));
      next = at;
    } else if (line.startsWith('-')) former.push(line.slice(1));
    else if (line.startsWith('+') || line.startsWith(' ')) {
      if (now[next] !== line.slice(1)) return undefined;
      if (line.startsWith(' ')) former.push(line.slice(1));
      next++;
    }
  }
  return [...former, ...now.slice(next)].join('\n');
}
