/**
 * Whether a pattern fits a path or a branch name, in whole. `*` is anything within a segment, `**` any number of
 * segments, `?` one character, a trailing `/` everything below. Patterns are strangers' text: the time is bounded by
 * the product of the lengths, whatever they say.
 */
export function matchesGlob(pattern: string, path: string): boolean {
  const wanted = (pattern.endsWith('/') ? `${pattern}**` : pattern).split('/');
  const given = path.split('/');
  // fits[i]: the patterns so far fit the first i segments.
  let fits = [true, ...given.map(() => false)];
  for (const part of wanted) {
    const next = fits.map(() => false);
    for (const [count] of fits.entries()) {
      if (part === '**') next[count] = fits[count] === true || (count > 0 && next[count - 1] === true);
      else if (count > 0) next[count] = fits[count - 1] === true && matchesSegment(part, given[count - 1] ?? '');
    }
    fits = next;
  }
  return fits.at(-1) === true;
}

export function matchesAny(patterns: readonly string[], path: string): boolean {
  return patterns.some((pattern) => matchesGlob(pattern, path));
}

/** The last star takes as little as it can; where that fails it takes one more, and earlier stars never change. */
function matchesSegment(pattern: string, text: string): boolean {
  let at = 0;
  let wanted = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    if (pattern[wanted] === '*') {
      star = wanted;
      starAt = at;
      wanted += 1;
    } else if (wanted < pattern.length && (pattern[wanted] === '?' || pattern[wanted] === text[at])) {
      wanted += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      wanted = star + 1;
    } else return false;
  }
  while (pattern[wanted] === '*') wanted += 1;
  return wanted === pattern.length;
}
