/** The words of a text that can be names in code. Very long lines count up to a limit. */
export function readIdentifiers(text: string): ReadonlySet<string> {
  return new Set(text.slice(0, 20_000).match(/[A-Za-z_$][\w$]*/g));
}

/** Whether a diff takes a word out of a file and does not put it back. `test` narrows the lines that count. */
export function losesWord(hunks: string | undefined, word: string, test: RegExp = /./): boolean {
  const lines = (hunks ?? '').split('\n').filter((line) => line.length < 2000 && test.test(line));
  const has = (mark: string) => lines.some((line) => line.startsWith(mark) && readIdentifiers(line).has(word));
  return has('-') && !has('+');
}
