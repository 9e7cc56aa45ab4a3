/** The words of a text that can be names in code. Very long lines count up to a limit. */
export function readIdentifiers(text: string): ReadonlySet<string> {
  return new Set(text.slice(0, 20_000).match(/[A-Za-z_$][\w$]*/g));
}

/** Whether a diff takes a word out of a file and does not put it back. `test` narrows the lines that count. */
export function losesWord(hunks: string | undefined, word: string, test?: RegExp): boolean {
  return hasWord(hunks, '-', word, test) && !hasWord(hunks, '+', word, test);
}

/** Whether a diff brings a word into a file that no line of it takes out. */
export function gainsWord(hunks: string | undefined, word: string): boolean {
  return hasWord(hunks, '+', word) && !hasWord(hunks, '-', word);
}

/** Whether a line that the diff adds or removes has the word. */
export function hasWord(hunks: string | undefined, sign: '+' | '-', word: string, test: RegExp = /./): boolean {
  return (hunks ?? '')
    .split('\n')
    .some((line) => line.length < 2000 && line.startsWith(sign) && test.test(line) && readIdentifiers(line).has(word));
}
