/**
 * Damerau-Levenshtein distance (optimal string alignment): insertions, deletions, substitutions and swaps of
 * neighbours. Answers `limit + 1` as soon as the distance is known to be above the limit.
 */
export function editDistance(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[column - 2] ?? 0) + 1);
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforePrevious = previous;
    previous = current;
  }
  return Math.min(previous[right.length] ?? 0, limit + 1);
}

/** How many slips of the keyboard a word of this length may hold and still be called the same word. */
export function slipsAllowed(word: string): number {
  if (word.length < 3) return 0;
  return word.length < 7 ? 1 : 2;
}

/**
 * Whether one name can be the other with a slip of the keyboard; compilers also name what is merely the nearest of all
 * names. Short words are like many others, numbers are no spellings of one another, and two neighbouring letters that
 * differ make another word: `startX` and `startY`, `getUser` and `setUser`, `page1` and `page2`, `minimum` and `maximum`,
 * `internal` and `external` are names of their own.
 */
export function isSlip(name: string, other: string): boolean {
  if (bare(name) === bare(other)) return true;
  const [parts, others] = [partsOf(name), partsOf(other)];
  return (
    parts.length === others.length &&
    parts.every((part, index) => part === others[index] || isSlipOfWord(part, others[index] ?? ''))
  );
}

function bare(name: string): string {
  return name.replace(/[\s_-]/g, '').toLowerCase();
}

/** `useBerthList`, `berth-list-2`: the words, numbers and marks of a name. */
export function partsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+|[^A-Za-z\d]+/g) ?? []).map((part) => part.toLowerCase());
}

const ENDINGS = new Map([
  ['e', /^(?:s|d|r|ly)?$/],
  ['s', /^(?:es|ed|er|ing)?$/],
]);

/** `berth` and `berths`, `userId` and `userID`: names that people tell apart. */
export function isInflected(before: string, after: string): boolean {
  const [short = '', long = ''] = [before.toLowerCase(), after.toLowerCase()].sort((a, b) => a.length - b.length);
  const last = short.at(-1) ?? '';
  const ending = ENDINGS.get(last) ?? /^(?:e?s|ed|er|ing|ly)?$/;
  return long.startsWith(short) && ending.test(long.slice(short.length));
}

/** `row` beside `rows`. */
export function isOneOfMany(name: string, other: string): boolean {
  const [one = '', many] = [name, other].sort((left, right) => left.length - right.length);
  return many === `${one}s` || many === `${one}es`;
}

/** `getPost` and `getPosts`, `postBySlug` and `postsBySlug`: one thing and many, which code tells apart. */
export function differInNumber(name: string, other: string): boolean {
  const [parts, others] = [partsOf(name), partsOf(other)];
  const pairs = parts
    .map((part, index) => [part, others[index] ?? ''] as const)
    .filter(([part, twin]) => part !== twin);
  return parts.length === others.length && pairs.length > 0 && pairs.every(([part, twin]) => isOneOfMany(part, twin));
}

function isSlipOfWord(word: string, other: string): boolean {
  const slips = editDistance(word, other, 2);
  const shorter = Math.min(word.length, other.length);
  if (/^\d+$/.test(word + other)) return shorter > 3 && isSwapOf(word, other);
  if (!/^[a-z]+$/.test(word + other) || shorter < 2 || slips > Math.max(1, slipsAllowed(word))) return false;
  if (isSwapOf(word, other)) return true;
  if (word[0] !== other[0]) return false;
  if (slips === 1) return word.length !== other.length || shorter > 4;
  return withoutRepetition(word) === withoutRepetition(other) || !areNeighbours(word, other);
}

/** Whether two neighbouring letters are swapped. */
function isSwapOf(word: string, other: string): boolean {
  return [...word].sort().join('') === [...other].sort().join('') && editDistance(word, other, 1) === 1;
}

function withoutRepetition(word: string): string {
  return word.replace(/(.)\1/g, '$1');
}

/** Whether the letters that differ stand beside each other. */
function areNeighbours(word: string, other: string): boolean {
  let start = 0;
  while (word[start] !== undefined && word[start] === other[start]) start++;
  let end = 0;
  while (end < Math.min(word.length, other.length) - start && word.at(-1 - end) === other.at(-1 - end)) end++;
  return Math.max(word.length, other.length) - start - end <= 2;
}

/** Whether the words are so nearly alike that one casts doubt on what the other means. */
export function isNear(word: string, other: string): boolean {
  const limit = Math.min(slipsAllowed(word), slipsAllowed(other));
  return editDistance(word, other, limit) <= limit;
}

/**
 * The one word of `known` that `word` can be a misspelling of. Undefined when there is none, when two are
 * equally near, or when `word` is itself known.
 */
export function findTwin(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = slipsAllowed(word) + 1;
  let tied = false;
  for (const candidate of new Set(known)) {
    if (candidate === word) return undefined;
    const distance = editDistance(word, candidate, bestDistance);
    if (distance > slipsAllowed(candidate)) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      tied = false;
    } else if (distance === bestDistance) tied = true;
  }
  return best !== undefined && !tied && bestDistance <= slipsAllowed(word) && isSlip(word, best) ? best : undefined;
}

/**
 * Whether one slip within the word leads to the other: two letters swapped, or one letter wrong, too many or too few between
 * the first and the last. For names of which any may exist: `preact` is no slip for `react`, nor `tsx` for `tsc`.
 */
export function isInnerSlip(wrong: string, right: string): boolean {
  const isFramed = wrong[0] === right[0] && wrong.at(-1) === right.at(-1);
  return wrong.length > 3 && (isFramed ? editDistance(wrong, right, 1) === 1 : isSwapOf(wrong, right));
}
