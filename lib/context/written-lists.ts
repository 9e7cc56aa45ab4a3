const MOST_TEXT = 60_000;
const MOST_LISTS = 4;
const DEPTH = 8;
const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const KEY = /(?:["']([^"'\n]{0,80})["']|([\w$]{1,80}))\s{0,20}:/y;
const PLAIN = /[^,[\]{}()"'`]+/y;

/** Lists of records that a module holds as literals; what is more than a literal stands in them as its text. */
export function readWrittenLists(text: string): (readonly unknown[])[] {
  if (text.length > MOST_TEXT) return [];
  const starts = [...text.matchAll(/=\s{0,20}\[(?![\w\]'"])/g)].slice(0, MOST_LISTS);
  return starts.flatMap(({ index, 0: head }) => {
    const list = createReader(text, index + head.length - 1).readValue(DEPTH);
    return Array.isArray(list) ? [list] : [];
  });
}

function createReader(text: string, start: number) {
  let at = start;

  function take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at += match[0].length;
    return match;
  }

  function readValue(depth: number): unknown {
    take(SPACE);
    const from = at;
    if (depth > 0 && text[at] === '[') return readList(depth);
    if (depth > 0 && text[at] === '{') return readRecord(depth);
    const quoted = '"\'`'.includes(text[at] ?? ' ');
    passExpression();
    const own = text.slice(from, at).trim();
    if (quoted) return own.slice(1, -1);
    return /^-?\d[\d_.]*$/.test(own) ? Number(own.replaceAll('_', '')) : WORDS.has(own) ? WORDS.get(own) : own;
  }

  function readList(depth: number): unknown[] {
    const list: unknown[] = [];
    for (at++; at < text.length; ) {
      take(SPACE);
      if (text[at] === ']') break;
      if (text[at] === ',') at++;
      else list.push(readValue(depth - 1));
    }
    at++;
    return list;
  }

  function readRecord(depth: number): Record<string, unknown> {
    const record = new Map<string, unknown>();
    for (at++; at < text.length; ) {
      take(SPACE);
      if (text[at] === '}') break;
      if (text[at] === ',') at++;
      else {
        const key = take(KEY);
        const value = readValue(depth - 1);
        // Neither what is spread into a record nor its methods have a key of their own here.
        if (key) record.set(key[1] ?? key[2] ?? '', value);
      }
    }
    at++;
    return Object.fromEntries(record);
  }

  /** To the comma or bracket that ends it. */
  function passExpression() {
    let open = 0;
    const from = at;
    while (at < text.length) {
      if (take(PLAIN)) continue;
      const char = text[at] ?? '';
      if (open === 0 && at > from && ',]})'.includes(char)) return;
      if ('"\'`'.includes(char)) passString(char);
      else {
        if ('[{('.includes(char)) open++;
        else if (']})'.includes(char)) open--;
        at++;
      }
    }
  }

  function passString(quote: string) {
    for (at++; at < text.length && text[at] !== quote; at++) if (text[at] === '\\') at++;
    at++;
  }

  return { readValue };
}

const WORDS = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
  ['undefined', undefined],
]);
