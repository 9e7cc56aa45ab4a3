/**
 * Escape sequences of a terminal: CSI (colours, cursor), OSC (links, titles) and two-character ones.
 * Every alternative starts with ESC and stops at the next one, so a hostile text costs one pass.
 */
// biome-ignore lint/complexity/useRegexLiterals: the escapes are easier to read in one string
const escapeSequence = new RegExp(
  '\\u001b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\\u0007\\u001b]*(?:\\u0007|\\u001b\\\\)?|[@-Z\\\\^_]|[ -/]*[0-~])?',
  'g',
);

/** Colour codes whose ESC was lost on the way, as when a log is copied out of a web page. */
const orphanedColour = /\[(?:\d{1,3}(?:;\d{1,3}){0,4})?m/g;
const orphanedMark = /\[(?:0|22|39|3[1-7]|90)m/;

/** With the marks that reverse the direction of what follows, by which text shows other than it reads. */
const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

export function stripAnsi(text: string): string {
  return text.includes('\u001b') ? text.replace(escapeSequence, '') : text;
}

/** True when the text shows colour codes without their ESC. */
export function hasOrphanedColours(text: string): boolean {
  return orphanedMark.test(text);
}

export function stripOrphanedColours(text: string): string {
  return text.replace(orphanedColour, '');
}

/** For terminals: nothing that a log or a file says may move the cursor, colour or retitle. Tabs and newlines stay. */
export function toPlainText(text: string): string {
  return stripAnsi(text).replace(controlCharacters, '');
}
