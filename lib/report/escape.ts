/**
 * Makes strangers' text harmless where people read it: build logs, file contents, model answers, commit messages,
 * file and branch names. Everything is linear in the length of the text.
 */

const ZERO_WIDTH_SPACE = '\u200B';

/** Characters that move the cursor, reorder the line, or are there without being seen. */
const HIDDEN =
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFF9-\uFFFB]|[\u{E0000}-\u{E0FFF}]|\p{Cs}/gu;

/** Shows control, bidirectional, zero-width and tag characters, and half surrogates, as text. Keeps tabs and newlines. */
export function revealHidden(text: string): string {
  return text.replaceAll('\r\n', '\n').replace(HIDDEN, (character) => {
    const code = character.codePointAt(0) ?? 0;
    // Unicode's control pictures: one visible glyph per ASCII control character.
    if (code < 0x20) return String.fromCodePoint(0x2400 + code);
    if (code === 0x7f) return '\u2421';
    return `\\u{${code.toString(16).toUpperCase()}}`;
  });
}

/** Cuts after `length` UTF-16 units and says so with an ellipsis; never leaves half a surrogate pair. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, Math.max(0, length - 1));
  return `${/[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** Text for one line of a terminal or a title: nothing hidden, no line break. */
export function escapeTerminal(text: string): string {
  return revealHidden(text).replace(/[\n\t]/g, ' ');
}

/**
 * Text that may become part of a commit message, where code fences protect nothing: a squash merge copies a pull
 * request's title and body into one, and there `@name` pings and `fixes #1` closes.
 */
export function escapeReferences(text: string): string {
  return breakReferences(revealHidden(text), ZERO_WIDTH_SPACE);
}

/**
 * One line for a chat: no ping (`@here`, `<!channel>`, `<users/all>`), no link, no image, nothing hidden. Chats agree on
 * no escape, so a character that is not seen stands where each of these would begin.
 */
export function escapeChat(text: string): string {
  return escapeReferences(text)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/<(?=[@!#\w/:])/g, `<${ZERO_WIDTH_SPACE}`)
    .replace(/\](?=\()/g, `]${ZERO_WIDTH_SPACE}`)
    .replace(/:(?=\/\/)/g, `:${ZERO_WIDTH_SPACE}`)
    .replace(/\bw(?=ww\.)/gi, `$&${ZERO_WIDTH_SPACE}`);
}

function breakReferences(text: string, separator: string): string {
  return text
    .replace(/@(?=[\p{L}\p{N}_])/gu, `@${separator}`)
    .replace(/#(?=\d)/g, `#${separator}`)
    .replace(/\b(GH-)(?=\d)/gi, `$1${separator}`)
    .replace(/\/(issues|pull|discussions|commit)\/(?=\w)/gi, `/$1/${separator}`)
    .replaceAll('<!--', `<!${separator}--`);
}

/**
 * One line of prose: no ping, reference, link, image, markup, formula or emoji code comes of it. GitHub resolves
 * mentions, references and addresses in the rendered text, where a backslash is gone; only a character between helps.
 */
export function escapeMarkdown(text: string): string {
  return escapeLine(text.trim());
}

function escapeLine(text: string): string {
  const line = revealHidden(text).replace(/\s+/g, ' ');
  const marked = breakReferences(line, '\u0001')
    .replace(/:(?=\/\/)/g, ':\u0001')
    .replace(/:(?=[\w+-]{1,40}:)/g, ':\u0001')
    .replace(/\bw(?=ww\.)/gi, '$&\u0001');
  return (
    marked
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('$', '&#36;')
      .replace(/[\\`*_~[\]()!|]/g, '\\$&')
      // A slash at the start of a line is a command to other bots.
      .replace(/^[-+=#/]/, '\\$&')
      .replace(/^(\d{1,9})([.)])/, '$1\\$2')
      .replaceAll('\u0001', '&#8203;')
  );
}

/** Prose of a model: as `escapeMarkdown`, except that code between single backticks stays code. */
export function escapeProse(text: string): string {
  // The capture group keeps the code between the prose: every second part is code.
  const parts = text.trim().split(/`([^`]+)`/);
  return parts.map((part, index) => (index % 2 === 1 ? inlineCode(part) : escapeLine(part))).join('');
}

/** A code span that its own content cannot end. Bounded to one line; safe in a table cell. */
export function inlineCode(text: string): string {
  const line = escapeReferences(text).trim().replace(/\s+/g, ' ').replaceAll('|', '\\|');
  if (line === '') return '`\u2423`';
  const fence = '`'.repeat(longestRun(line, '`') + 1);
  const pad = line.startsWith('`') || line.endsWith('`') ? ' ' : '';
  return `${fence}${pad}${line}${pad}${fence}`;
}

/**
 * A code block that its own content cannot end. Indented by two spaces, so that no line of it starts a command of
 * another bot (`/approve`, `/merge`), which those read from the raw text.
 */
export function codeBlock(text: string, language: 'text' | 'diff' = 'text'): string {
  const lines = escapeReferences(text).trimEnd().split('\n');
  const body = lines.map((line) => (language === 'diff' || line === '' ? line : `  ${line}`)).join('\n');
  return fenced(body, language);
}

/** A code block to copy from: exact but for hidden characters. For commands and edits, outside pull request bodies. */
export function exactBlock(text: string, language = 'text'): string {
  return fenced(revealHidden(text).trimEnd().replaceAll('<!--', `<!${ZERO_WIDTH_SPACE}--`), language);
}

function fenced(body: string, language: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(body, '`') + 1));
  return `${fence}${language}\n${body}\n${fence}`;
}

function longestRun(text: string, character: string): number {
  let longest = 0;
  let run = 0;
  for (const current of text) {
    run = current === character ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** An absolute http(s) address, or undefined. Vercel gives host names without a scheme. */
export function parseLink(address: string | undefined): string | undefined {
  if (
    address === undefined ||
    address.length > 2_000 ||
    !/^(?:https?:\/\/|[\w.-]+(?:[:/]|$))[^\p{Cc}]*$/iu.test(address)
  )
    return undefined;
  const absolute = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(absolute)) return undefined;
  const url = new URL(absolute);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  return url.href;
}

/** A Markdown link with an escaped text; the text alone where the address is not one. */
export function markdownLink(text: string, address: string | undefined): string {
  const href = parseLink(address);
  if (href === undefined) return escapeMarkdown(text);
  const encoded = href.replace(/[()<>\\\s'"[\]|@]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return `[${escapeMarkdown(text)}](${encoded})`;
}
