/** Telling a secret from a word, for values whose shape alone says nothing. */

/** Share of the characters that stand in runs of lower-case letters as words have them. */
function wordiness(value: string): number {
  const runs = value.match(/[A-Z]?[a-z]{4,}/g) ?? [];
  return runs.reduce((sum, run) => sum + run.length, 0) / value.length;
}

/** Bits of information per character, by the frequencies within the value. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

/** Letters and digits mixed as a generator mixes them, and no words: a key, a hash, an id. */
export function looksRandom(value: string): boolean {
  const mixed = /\d/.test(value) ? /[A-Za-z]/.test(value) : value.length >= 16 && countUnspeakable(value) >= 2;
  return mixed && entropy(value) >= 3.2 && wordiness(value) < 0.5;
}

/** Parts between capitals that nobody could pronounce; camel case hardly has any. */
function countUnspeakable(value: string): number {
  return value.match(/[A-Z][b-df-hj-np-tv-xz]{1,8}(?![a-z])/g)?.length ?? 0;
}

/**
 * A value that can be a secret where its name says so. Words joined by dashes, dots or underscores, paths, versions,
 * templates and names of variables are none.
 */
export function looksSecret(value: string): boolean {
  if (value.length < 8 || value.length > 4000 || /[\s<>{}()]|REDACTED|^\*+$|^[xX.*-]+$/.test(value)) return false;
  if (
    /^(?:process\.|import\.|env\.|ctx\.|config\.|this\.|req\.|\$|%|\.{0,2}\/|https?:\/\/[^@]{0,500}$|[~^]?\d+\.\d)/.test(
      value,
    )
  )
    return false;
  const parts = value.split(/[-_./:|,@ ]/);
  return !parts.every((part) => part === '' || /^\d{1,4}$/.test(part) || isWord(part));
}

function isWord(part: string): boolean {
  return /^[A-Za-z]{1,40}\d?$/.test(part) && (part.length < 12 || wordiness(part) >= 0.5);
}

/** Strict enough for a string without any name beside it: long, three classes of characters, no words. */
export function looksLikeKey(value: string): boolean {
  // An alphabet, as id generators hold one, has every character once.
  if (new Set(value).size === value.length) return false;
  const digits = value.match(/\d/g)?.length ?? 0;
  const upper = value.match(/[A-Z]/g)?.length ?? 0;
  const lower = value.match(/[a-z]/g)?.length ?? 0;
  return digits >= 3 && upper >= 4 && lower >= 4 && entropy(value) >= 4.2 && wordiness(value) < 0.4;
}
