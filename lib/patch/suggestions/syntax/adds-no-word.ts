/** Whether a text that a log holds says nothing by a word that the text in its place does not have: a log is written by strangers. */
export function addsNoWord(before: string, after: string, allowed: readonly string[] = []): boolean {
  const wordsOf = (text: string) => text.match(/[\p{L}\p{N}_$]+/gu) ?? [];
  const known = new Set([...wordsOf(before), ...allowed]);
  return wordsOf(after).every((word) => known.has(word));
}
