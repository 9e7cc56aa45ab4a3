/** The candidate that somebody most likely meant; undefined when none is near enough to be a slip of the pen. */
export function findSimilar(name: string, candidates: Iterable<string>): string | undefined {
  const allowed = name.length <= 3 ? 1 : name.length <= 7 ? 2 : 3;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of candidates) {
    if (candidate === name || candidate.length > 200) continue;
    const distance = countEdits(name.toLowerCase(), candidate.toLowerCase(), bestDistance);
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** A package's name that was meant by another: packages of one scope are all alike but for what follows it. */
export function findSimilarPackage(name: string, candidates: Iterable<string>): string | undefined {
  const [scope, own] = splitScope(name);
  const near = [...candidates].filter((candidate) => {
    const [otherScope, other] = splitScope(candidate);
    if (scope === '' || scope !== otherScope) return scope === '' || own === other;
    const [short, long] = own.length < other.length ? [own, other] : [other, own];
    // `nuxtjs` for `nuxt`; behind a hyphen follows the name of another package.
    if (short.length > 2 && long.startsWith(short) && !long.slice(short.length).includes('-')) return true;
    const allowed = own.length <= 7 ? 1 : 2;
    return countEdits(own, other, allowed + 1) <= allowed;
  });
  return findSimilar(name, near);
}

function splitScope(name: string): readonly [string, string] {
  const slash = name.startsWith('@') ? name.indexOf('/') : -1;
  return slash < 0 ? ['', name] : [name.slice(0, slash), name.slice(slash + 1)];
}

/** Insertions, deletions, substitutions and swaps of neighbours between two names; `limit` when there are as many or more. */
export function countEdits(left: string, right: string, limit: number): number {
  if (Math.abs(left.length - right.length) >= limit || left.length > 200) return limit;
  let older: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, at) => at);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && swapped) cost = Math.min(cost, (older[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    // A swap reaches back two rows, nothing reaches further.
    if (Math.min(...current) >= limit && Math.min(...previous) >= limit) return limit;
    older = previous;
    previous = current;
  }
  return Math.min(limit, previous[right.length] ?? limit);
}
