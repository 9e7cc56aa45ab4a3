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
    if (distance > slipsAllowed(candidate) || isMeantOtherwise(word, candidate)) continue;
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
      tied = false;
    } else if (distance === bestDistance) tied = true;
  }
  return tied || bestDistance > slipsAllowed(word) ? undefined : best;
}

/**
 * Whether a replacement that a compiler names is a spelling of the same word. Compilers also name what is merely
 * the nearest of all names, which may be another thing.
 */
export function isSpellingOf(word: string, suggestion: string): boolean {
  if (word.toLowerCase() === suggestion.toLowerCase()) return true;
  if (isMeantOtherwise(word, suggestion)) return false;
  const limit = Math.max(slipsAllowed(word), Math.floor(word.length * 0.3));
  return editDistance(word, suggestion, limit) <= limit;
}

/** `space-4` for `space-5` and `minWidth` for `maxWidth`: alike, and never the same thing. */
function isMeantOtherwise(left: string, right: string): boolean {
  const digits = (word: string) => [...word.replace(/\D/g, '')].sort().join('');
  const bounds = (word: string) => (word.match(/(?:[Mm]in|[Mm]ax)(?![a-z])/g) ?? []).join().toLowerCase();
  return (
    digits(left) !== digits(right) || (bounds(left) !== '' && bounds(right) !== '' && bounds(left) !== bounds(right))
  );
}

/**
 * Whether one slip within the word leads to the other: two letters swapped, or one letter wrong, too many or too few between
 * the first and the last. For names of which any may exist: `preact` is no slip for `react`, nor `tsx` for `tsc`.
 */
export function isInnerSlip(wrong: string, right: string): boolean {
  const isSwap = [...wrong].sort().join('') === [...right].sort().join('');
  const isFramed = wrong[0] === right[0] && wrong.at(-1) === right.at(-1);
  return (
    wrong.length > 3 && (isSwap || isFramed) && !isMeantOtherwise(wrong, right) && editDistance(wrong, right, 1) === 1
  );
}
