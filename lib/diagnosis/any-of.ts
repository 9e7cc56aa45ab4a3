/** Whether a line holds any of many texts, in one pass whose cost does not grow with their number. */

/** Letters of prose from frequent to rare: the rarer the part that is looked for, the fewer the false starts. */
const frequent = ' eEtToOaAiInNsSrRhHlLdDuUcCmMfFpPgGwWyYbBvVkKxXjJqQzZ';
const slots = 65_536;

interface Anchor {
  readonly text: string;
  /** Where in the text the three characters stand that are looked for. */
  readonly offset: number;
}

export function createAnyOf(texts: readonly string[]): (line: string) => boolean {
  const singles = new Set(texts.filter((text) => text.length === 1).map((text) => text.charCodeAt(0)));
  const short = texts.filter((text) => text.length === 2);
  const anchors = new Map<number, Anchor[]>();
  const marked = new Uint8Array(slots);
  for (const text of new Set(texts.filter(({ length }) => length > 2))) {
    const offset = findRarest(text);
    const slot = slotOf(text.charCodeAt(offset), text.charCodeAt(offset + 1), text.charCodeAt(offset + 2));
    anchors.set(slot, [...(anchors.get(slot) ?? []), { text, offset }]);
    marked[slot] = 1;
  }
  return (line) => {
    let first = 0;
    let second = 0;
    for (let index = 0; index < line.length; index++) {
      const third = line.charCodeAt(index);
      if (third > 127 && singles.has(third)) return true;
      const slot = slotOf(first, second, third);
      if (marked[slot] === 1 && stands(anchors.get(slot) ?? [], line, index - 2)) return true;
      first = second;
      second = third;
    }
    return short.some((text) => line.includes(text));
  };
}

function slotOf(first: number, second: number, third: number): number {
  return ((first << 11) ^ (second << 5) ^ third) & (slots - 1);
}

function stands(anchors: readonly Anchor[], line: string, at: number): boolean {
  for (const { text, offset } of anchors) if (at >= offset && line.startsWith(text, at - offset)) return true;
  return false;
}

function findRarest(text: string): number {
  let best = 0;
  let rarity = -1;
  for (let offset = 0; offset + 3 <= text.length; offset++) {
    let sum = 0;
    for (let index = offset; index < offset + 3; index++) {
      const rank = frequent.indexOf(text[index] ?? '');
      sum += rank < 0 ? frequent.length : rank;
    }
    if (sum > rarity) {
      rarity = sum;
      best = offset;
    }
  }
  return best;
}
