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
  const short = texts.filter(({ length }) => length < 3);
  const search = createSearch(texts);
  return (line) => search(line, () => true) || short.some((text) => line.includes(text));
}

/** Which of the texts, of three characters or more, a line holds; undefined for none of them. */
export function createFinder(texts: readonly string[]): (line: string) => ReadonlySet<string> | undefined {
  const search = createSearch(texts);
  return (line) => {
    let found: Set<string> | undefined;
    search(line, (text) => {
      found = (found ?? new Set()).add(text);
      return false;
    });
    return found;
  };
}

/** Tells `enough` each text that it comes across, until that says yes. */
function createSearch(texts: readonly string[]): (line: string, enough: (text: string) => boolean) => boolean {
  const anchors = new Map<number, Anchor[]>();
  const marked = new Uint8Array(slots);
  for (const text of new Set(texts.filter(({ length }) => length > 2))) {
    const offset = findRarest(text);
    const slot = slotOf(text.charCodeAt(offset), text.charCodeAt(offset + 1), text.charCodeAt(offset + 2));
    anchors.set(slot, [...(anchors.get(slot) ?? []), { text, offset }]);
    marked[slot] = 1;
  }
  return (line, enough) => {
    let first = 0;
    let second = 0;
    for (let index = 0; index < line.length; index++) {
      const third = line.charCodeAt(index);
      const slot = slotOf(first, second, third);
      if (marked[slot] === 1) {
        for (const { text, offset } of anchors.get(slot) ?? []) {
          const start = index - 2 - offset;
          if (start >= 0 && line.startsWith(text, start) && enough(text)) return true;
        }
      }
      first = second;
      second = third;
    }
    return false;
  };
}

function slotOf(first: number, second: number, third: number): number {
  return ((first << 11) ^ (second << 5) ^ third) & (slots - 1);
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
