/** All that changes the state of the scanner; everything between is code as it stands. */
const TELLING = /["'`/{}]/g;

/**
 * The same text, character for character, with comments, string contents, template texts and regular expressions
 * blanked out; quotes, backticks and newlines stay. Keywords found in the result are code. Made for broken files too:
 * a quote that is not closed on its line ends there, as an apostrophe in JSX text does. Linear time.
 */
export function maskCode(text: string): string {
  const masked = createMask(text);
  const templateDepths: number[] = [];
  let depth = 0;
  let at = 0;

  function skipTemplate(start: number) {
    const end = endOfTemplate(text, start);
    masked.blank(start, end);
    at = end + 1;
    if (text[end] !== '$') return;
    masked.blank(end, end + 2);
    at = end + 2;
    templateDepths.push(depth);
  }

  while (at < text.length) {
    TELLING.lastIndex = at;
    const found = TELLING.exec(text)?.index;
    if (found === undefined) break;
    at = found;
    const char = text[at];
    if (char === '`') skipTemplate(at + 1);
    else if (char === '"' || char === "'") {
      const end = endOfString(text, at);
      masked.blank(at + 1, end);
      at = end + 1;
    } else if (char === '/') {
      const end = endOfSlash(text, at);
      if (end > at + 1) masked.blank(at, end);
      at = end;
    } else if (char === '}' && templateDepths.at(-1) === depth) {
      templateDepths.pop();
      masked.blank(at, at + 1);
      skipTemplate(at + 1);
    } else {
      depth += char === '{' ? 1 : -1;
      at += 1;
    }
  }
  return masked.read();
}

/** The same for style sheets; line comments are those of Sass and Less, which URLs in plain CSS must survive. */
export function maskStyle(text: string): string {
  const masked = createMask(text);
  for (const comment of text.matchAll(/\/\*|(?<!:)\/\//g)) {
    if (comment.index < masked.done()) continue;
    const close = comment[0] === '/*' ? text.indexOf('*/', comment.index + 2) + 2 : endOfLine(text, comment.index);
    masked.blank(comment.index, close < 2 ? text.length : close);
  }
  return masked.read();
}

/** Collects the text with ranges blanked, which have to come in order. */
function createMask(text: string) {
  const parts: string[] = [];
  let done = 0;

  function blank(from: number, to: number) {
    if (to <= from) return;
    parts.push(
      text.slice(done, from),
      text.slice(from, to).replace(/[^\n]+/g, (run) => ' '.repeat(run.length)),
    );
    done = to;
  }

  return { blank, done: () => done, read: () => parts.join('') + text.slice(done) };
}

/** Index of the closing backtick, of the `$` of an expression, or of the end. */
function endOfTemplate(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === '`' || (char === '$' && text[at + 1] === '{')) return at;
  }
  return text.length;
}

/** Where the comment or the regular expression ends that this slash opens; the next character for a division. */
function endOfSlash(text: string, at: number): number {
  if (text[at + 1] === '/') return endOfLine(text, at);
  if (text[at + 1] === '*') {
    const close = text.indexOf('*/', at + 2);
    return close < 0 ? text.length : close + 2;
  }
  return startsRegExp(text, at) ? Math.max(endOfRegExp(text, at), at + 1) : at + 1;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}

/** Index of the closing quote, or of the line end where there is none. */
function endOfString(text: string, from: number): number {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') at += 1;
    else if (char === quote || char === '\n') return at;
  }
  return text.length;
}

function startsRegExp(text: string, at: number): boolean {
  const code = text.slice(Math.max(0, at - 40), at).trimEnd();
  const before = code.at(-1) ?? '';
  if (text[at + 1] === '>' || before === '<') return false;
  if (before === '' || '(,=:[!&|?{};+-*%~^'.includes(before)) return true;
  return /\b(?:return|case|typeof|in|of|yield|await)$/.test(code);
}

/** Index after the closing slash; `from` when the line ends first, so that it was a division after all. */
function endOfRegExp(text: string, from: number): number {
  let inClass = false;
  for (let at = from + 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\n') return from;
    if (char === '\\') at += 1;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return at + 1;
  }
  return from;
}
