import type { PrintedHunk } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { addsNoWord } from '../syntax/adds-no-word.js';

/**
 * A linter or a formatter prints what it would write, and calls it safe: that, to the letter. A log may hold what only
 * looks so: no word is taken from it that the lines do not have already.
 */
export const printedFix: Rule = {
  name: 'printed-fix',
  async propose({ file, fix, code, tool }, workspace) {
    const text = file === undefined || !fix?.every(saysTheSame) ? undefined : workspace.read(file);
    // Of the ends of lines nothing is printed.
    if (file === undefined || text === undefined || !fix || text.includes('\r')) return undefined;
    let lines: readonly string[] | undefined = text.split('\n');
    for (const hunk of [...fix].reverse()) lines = lines && (applyHunk(lines, hunk) ?? applyHunk(lines, coreOf(hunk)));
    return (
      lines && {
        files: new Map([[file, lines.join('\n')]]),
        cause: `${code ?? tool} objects to ${file}.`,
        change: `Writes what ${tool} printed as its own fix.`,
      }
    );
  },
};

const KEYWORDS = ['const', 'let', 'type', 'import', 'export', 'interface', 'readonly', 'node'];

function saysTheSame({ before, after }: PrintedHunk): boolean {
  return addsNoWord(before.join('\n'), after.join('\n'), KEYWORDS);
}

/** Without the lines around it that stay: other fixes may have changed those. */
function coreOf({ line, before, after }: PrintedHunk): PrintedHunk {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    line: line + head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}

/** Where the tool saw the lines, else, as other fixes may have moved them, the one place that has them. */
function applyHunk(lines: readonly string[], { line, before, after }: PrintedHunk): readonly string[] | undefined {
  const isAt = (start: number) => before.every((text, index) => lines[start + index] === text);
  const starts = lines.flatMap((_, start) => (isAt(start) ? [start] : []));
  const [only, another] = starts.includes(line - 1) ? [line - 1] : starts;
  if (before.length === 0 || only === undefined || another !== undefined) return undefined;
  return [...lines.slice(0, only), ...after, ...lines.slice(only + before.length)];
}
