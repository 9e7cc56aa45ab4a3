/** Where a search text stands in a file, and how the replacement has to be indented there. */
export type Location =
  | {
      readonly found: 'exact' | 'whitespace' | 'near';
      readonly start: number;
      readonly end: number;
      readonly replacement: string;
    }
  | { readonly found: 'several'; readonly count: number }
  | { readonly found: 'none'; readonly closest?: { readonly firstLine: number; readonly text: string } };

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((line) => {
    const entry = { start, end: start + line.length, text: line };
    start = entry.end + 1;
    return entry;
  });
}

function withoutOuterBlankLines(lines: readonly string[]): string[] {
  let first = 0;
  let last = lines.length;
  while (first < last && lines[first]?.trim() === '') first += 1;
  while (last > first && lines[last - 1]?.trim() === '') last -= 1;
  return lines.slice(first, last);
}

/** A line as people read it: spaces count only between two words. */
function spacingKey(line: string): string {
  return line
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/(?<=[^\w$]) | (?=[^\w$])/g, '');
}

function indentOf(line: string): string {
  return line.slice(0, line.length - line.trimStart().length);
}

/** Lays the replacement out with the file's indentation where the model wrote another. */
function reindent(replacement: readonly string[], searched: readonly string[], found: readonly string[]): string {
  const indents = new Map<string, string>();
  searched.forEach((line, index) => {
    const actual = found[index];
    if (line.trim() !== '' && actual !== undefined && !indents.has(indentOf(line)))
      indents.set(indentOf(line), indentOf(actual));
  });
  const known = [...indents.keys()].sort((left, right) => right.length - left.length);
  return replacement
    .map((line) => {
      const indent = indentOf(line);
      const base = known.find((candidate) => indent.startsWith(candidate));
      if (base === undefined || line.trim() === '') return line;
      return (indents.get(base) ?? '') + line.slice(base.length);
    })
    .join('\n');
}

const WORD = /[\w$]/;

/** Places where the search stands and cuts no word in two. */
function exactMatches(text: string, search: string): number[] {
  const splits = (at: number) => WORD.test(text[at - 1] ?? '') && WORD.test(text[at] ?? '');
  const starts: number[] = [];
  for (let at = text.indexOf(search); at !== -1 && starts.length < 100; at = text.indexOf(search, at + 1))
    if (!splits(at) && !splits(at + search.length)) starts.push(at);
  return starts;
}

function locateExactly(text: string, search: string, replacement: string): Location | undefined {
  const starts = exactMatches(text, search);
  const [only] = starts;
  if (only === undefined) return undefined;
  if (starts.length === 1) return { found: 'exact', start: only, end: only + search.length, replacement };
  // The text of a whole line may also be part of longer lines; then the whole line is meant.
  const whole = starts.filter(
    (start) =>
      (start === 0 || text[start - 1] === '\n') &&
      (start + search.length === text.length || text[start + search.length] === '\n' || search.endsWith('\n')),
  );
  const [line] = whole;
  if (whole.length === 1 && line !== undefined)
    return { found: 'exact', start: line, end: line + search.length, replacement };
  return { found: 'several', count: starts.length };
}

interface Block {
  readonly lines: readonly Line[];
  readonly searched: readonly string[];
  readonly replacement: readonly string[];
}

function locateIgnoringSpacing({ lines, searched, replacement }: Block): Location | undefined {
  const wanted = searched.filter((line) => line.trim() !== '');
  const wantedKeys = wanted.map(spacingKey);
  const solid = lines.filter((line) => line.text.trim() !== '');
  const keys = solid.map((line) => spacingKey(line.text));
  const hits: number[] = [];
  for (let at = 0; at + wantedKeys.length <= keys.length; at += 1)
    if (wantedKeys.every((key, offset) => keys[at + offset] === key)) hits.push(at);
  const [hit] = hits;
  if (hit === undefined) return undefined;
  if (hits.length > 1) return { found: 'several', count: hits.length };
  const matched = solid.slice(hit, hit + wantedKeys.length);
  return {
    found: 'whitespace',
    start: matched[0]?.start ?? 0,
    end: matched.at(-1)?.end ?? 0,
    replacement: reindent(
      replacement,
      wanted,
      matched.map((line) => line.text),
    ),
  };
}

function pairsOf(key: string): Map<string, number> {
  const pairs = new Map<string, number>();
  for (let at = 0; at + 1 < key.length; at += 1) {
    const pair = key.slice(at, at + 2);
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
}

/** Dice coefficient of two lines' letter pairs, 0 to 1. */
function similarity(left: Map<string, number>, right: Map<string, number>): number {
  let shared = 0;
  let total = 0;
  for (const [pair, count] of left) {
    shared += Math.min(count, right.get(pair) ?? 0);
    total += count;
  }
  for (const count of right.values()) total += count;
  return total === 0 ? 1 : (2 * shared) / total;
}

/** Below this likeness a block is another piece of code, not this one misquoted. */
const NEAR = 0.85;
/** The best place has to beat every other by this much. */
const MARGIN = 0.1;
/** Shorter searches say too little for a guess. */
const FEWEST_NEAR_CHARACTERS = 30;
/** Line comparisons; keeps a hostile search over a large file within some tens of milliseconds. */
const MOST_COMPARISONS = 400_000;

function locateNearly({ lines, searched, replacement }: Block): Location {
  const solid = lines.filter((line) => line.text.trim() !== '');
  const wanted = searched.filter((line) => line.trim() !== '');
  const weight = wanted.reduce((sum, line) => sum + line.trim().length, 0);
  if (
    weight < FEWEST_NEAR_CHARACTERS ||
    wanted.length * solid.length > MOST_COMPARISONS ||
    wanted.length > solid.length
  )
    return { found: 'none' };

  const wantedPairs = wanted.map((line) => pairsOf(spacingKey(line).slice(0, 400)));
  const solidPairs = solid.map((line) => pairsOf(spacingKey(line.text).slice(0, 400)));
  const scores: number[] = [];
  for (let at = 0; at + wanted.length <= solid.length; at += 1) {
    let score = 0;
    wantedPairs.forEach((pairs, offset) => {
      score += similarity(pairs, solidPairs[at + offset] ?? new Map()) * (wanted[offset]?.trim().length ?? 0);
    });
    scores.push(score / weight);
  }
  const best = scores.reduce((top, score, at) => (score > (scores[top] ?? 0) ? at : top), 0);
  const bestScore = scores[best] ?? 0;
  const matched = solid.slice(best, best + wanted.length);
  const start = matched[0]?.start ?? 0;
  const end = matched.at(-1)?.end ?? 0;
  const rival = scores.some((score, at) => at !== best && score > bestScore - MARGIN);
  if (bestScore < NEAR || rival) {
    if (bestScore < 0.5) return { found: 'none' };
    const firstLine = lines.findIndex((line) => line.start === start) + 1;
    return { found: 'none', closest: { firstLine, text: matched.map((line) => line.text).join('\n') } };
  }
  return {
    found: 'near',
    start,
    end,
    replacement: reindent(
      replacement,
      wanted,
      matched.map((line) => line.text),
    ),
  };
}

/**
 * Finds the one place that `search` means: exactly, then ignoring whitespace, then by the one near match.
 * All texts have `\n` line ends. The answer's offsets count in `text`.
 */
export function locateText(text: string, search: string, replacement: string): Location {
  const exact = locateExactly(text, search, replacement);
  if (exact) return exact;
  const searched = withoutOuterBlankLines(search.split('\n'));
  if (searched.length === 0) return { found: 'none' };
  const block = { lines: linesOf(text), searched, replacement: withoutOuterBlankLines(replacement.split('\n')) };
  return locateIgnoringSpacing(block) ?? locateNearly(block);
}
