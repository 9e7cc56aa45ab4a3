/**
 * The same text, character for character, with comments, string contents, template texts and regular expressions
 * blanked out; quotes, backticks and newlines stay. Keywords found in the result are code. Made for broken files too:
 * a quote that is not closed on its line ends there, as an apostrophe in JSX text does. Linear time.
 */
export function maskCode(text: string): string {
  const out = text.split('');
  const templateDepths: number[] = [];
  let depth = 0;
  let at = 0;
  /** The last character that was code and not white space: tells a division from a regular expression. */
  let before = '';

  function blank(from: number, to: number) {
    for (let index = from; index < to; index += 1) if (out[index] !== '\n') out[index] = ' ';
  }

  function skipTemplate() {
    const start = at;
    while (at < text.length) {
      const char = text[at];
      if (char === '\\') at += 2;
      else if (char === '`') {
        blank(start, at);
        at += 1;
        before = '`';
        return;
      } else if (char === '$' && text[at + 1] === '{') {
        blank(start, at + 2);
        at += 2;
        templateDepths.push(depth);
        before = '{';
        return;
      } else at += 1;
    }
    blank(start, text.length);
  }

  while (at < text.length) {
    const char = text[at] as string;
    const next = text[at + 1];
    if (char === '/' && next === '/') {
      const end = endOfLine(text, at);
      blank(at, end);
      at = end;
    } else if (char === '/' && next === '*') {
      const close = text.indexOf('*/', at + 2);
      const end = close < 0 ? text.length : close + 2;
      blank(at, end);
      at = end;
    } else if (char === '"' || char === "'") {
      const end = endOfString(text, at);
      blank(at + 1, end);
      at = end + 1;
      before = char;
    } else if (char === '`') {
      at += 1;
      skipTemplate();
    } else if (char === '/' && startsRegExp(before, text, at)) {
      const end = endOfRegExp(text, at);
      if (end > at) blank(at, end);
      at = Math.max(end, at + 1);
      before = '/';
    } else if (char === '}' && templateDepths.length > 0 && templateDepths.at(-1) === depth) {
      templateDepths.pop();
      blank(at, at + 1);
      at += 1;
      skipTemplate();
    } else {
      if (char === '{') depth += 1;
      if (char === '}') depth -= 1;
      if (char !== ' ' && char !== '\n' && char !== '\t' && char !== '\r') before = char;
      at += 1;
    }
  }
  return out.join('');
}

/** The same for style sheets; line comments are those of Sass and Less, which URLs in plain CSS must survive. */
export function maskStyle(text: string): string {
  const out = text.split('');
  let at = 0;
  while (at < text.length) {
    const block = text.startsWith('/*', at);
    const line = text.startsWith('//', at) && text[at - 1] !== ':';
    if (!block && !line) {
      at += 1;
      continue;
    }
    const close = block ? text.indexOf('*/', at + 2) : endOfLine(text, at);
    const end = close < 0 ? text.length : block ? close + 2 : close;
    for (let index = at; index < end; index += 1) if (out[index] !== '\n') out[index] = ' ';
    at = end;
  }
  return out.join('');
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

function startsRegExp(before: string, text: string, at: number): boolean {
  if (text[at + 1] === '>' || before === '<') return false;
  if (before === '' || '(,=:[!&|?{};+-*%~^'.includes(before)) return true;
  return /\b(?:return|case|typeof|in|of|yield|await)\s{0,4}$/.test(text.slice(Math.max(0, at - 12), at));
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
