import { findMarkdownCode, findScripts, type Range } from './mask-markup.js';

/** A tag of a template, or the head or end of a Svelte block such as `{#each ...}` and `{/each}`. */
export interface MarkupTag {
  readonly kind: 'element' | 'block';
  readonly role: 'open' | 'close' | 'empty';
  /** As written: `TripRow`, `trip-row`, `each`; empty for a fragment. */
  readonly name: string;
  readonly nameStart: number;
  readonly start: number;
  readonly end: number;
  readonly attributes: readonly MarkupAttribute[];
}

export interface MarkupAttribute {
  /** As written, with what a framework puts before it: `:trip`, `bind:value`, `[count]`. */
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** With its quotes or braces; undefined where none is written. */
  readonly value: Range | undefined;
  /** `{name}` in place of `name={name}`: the span is that of the name. */
  readonly shorthand: boolean;
}

/** What a template is written in, as far as its tags and expressions are concerned. */
interface Dialect {
  /** What encloses an expression in text. */
  readonly expression: 'braces' | 'moustaches';
  /** Whether expressions hold tags. */
  readonly nested: boolean;
  readonly blocks: boolean;
  /** Only the elements of this name hold markup, at the top of the file. */
  readonly root: string | undefined;
  readonly markdown: boolean;
}

const HTML: Dialect = { expression: 'moustaches', nested: false, blocks: false, root: undefined, markdown: false };
const DIALECTS: Readonly<Record<string, Dialect>> = {
  vue: { ...HTML, root: 'template' },
  html: HTML,
  svelte: { ...HTML, expression: 'braces', blocks: true },
  astro: { ...HTML, expression: 'braces', nested: true },
  mdx: { ...HTML, expression: 'braces', nested: true, markdown: true },
};

function dialectOf(path: string): Dialect | undefined {
  return DIALECTS[/\.(\w+)$/.exec(path)?.[1] ?? ''];
}

/** Whether `scanMarkup` knows the language of files of this name. */
export function isMarkup(path: string): boolean {
  return dialectOf(path) !== undefined;
}

const RAW = /^(?:script|style|textarea)$/i;

/**
 * The tags of a template in the order of the file, whether they match or not; scripts, styles, comments, expressions
 * and code blocks left out. Empty for files of other languages.
 */
export function scanMarkup(path: string, text: string): MarkupTag[] {
  const dialect = dialectOf(path);
  if (!dialect) return [];
  const tags: MarkupTag[] = [];
  // Script elements are seen as tags; the scripts of the others are not among the tags.
  const skipped = dialect.nested
    ? [...findScripts(path, text), ...(dialect.markdown ? findMarkdownCode(text) : [])]
    : [];
  /** Innermost last: the markup of an element within an expression, and how many elements are open in it. */
  const modes: { readonly code: boolean; depth: number }[] = [{ code: false, depth: 0 }];
  skipped.sort((a, b) => a.start - b.start);
  let skippedUpTo = 0;
  let at = 0;
  while (at < text.length) {
    const mode = modes.at(-1) ?? { code: false, depth: 0 };
    while (skipped[skippedUpTo] && (skipped[skippedUpTo]?.end ?? 0) <= at) skippedUpTo++;
    const next = skipped[skippedUpTo];
    const skip = next && next.start <= at ? next : undefined;
    if (skip) at = skip.end;
    else if (text.startsWith('<!--', at)) at = after(text, '-->', at);
    else if (mode.code && /["'`/]/.test(text[at] ?? '')) at = skipLiteral(text, at);
    else if (
      text[at] === '<' &&
      /^<\/?(?:[A-Za-z]|>)/.test(text.slice(at, at + 3)) &&
      (!mode.code || isTagPlace(text, at))
    )
      at = takeTag();
    else if (dialect.expression === 'moustaches') at = text.startsWith('{{', at) ? after(text, '}}', at) : at + 1;
    else if (text[at] === '{') at = takeBrace();
    else if (mode.code && text[at] === '}') at = leave();
    else at++;
  }
  return tags;

  function takeTag(): number {
    const tag = readTag(text, at);
    tags.push(tag);
    const mode = modes.at(-1);
    if (tag.role === 'open') {
      const isOpaque = RAW.test(tag.name) || (dialect?.root !== undefined && mode?.depth === 0 && !isTemplate(tag));
      if (isOpaque) return indexOrEnd(text, `</${tag.name}`, tag.end);
      if (mode?.code) modes.push({ code: false, depth: 1 });
      else if (mode) mode.depth++;
    } else if (tag.role === 'close' && mode && !mode.code) {
      mode.depth = Math.max(0, mode.depth - 1);
      if (mode.depth === 0 && modes.length > 1) modes.pop();
    }
    return tag.end;
  }

  function isTemplate(tag: MarkupTag): boolean {
    const language = tag.attributes.find(({ name }) => name === 'lang')?.value;
    return tag.name === dialect?.root && (!language || /html/.test(text.slice(language.start, language.end)));
  }

  function takeBrace(): number {
    const block = dialect?.blocks ? /^\{([#/])([a-z]+)/.exec(text.slice(at, at + 20)) : null;
    if (!dialect?.nested) {
      const end = skipBraces(text, at);
      if (block)
        tags.push({
          kind: 'block',
          role: block[1] === '#' ? 'open' : 'close',
          name: block[2] ?? '',
          nameStart: at + 2,
          start: at,
          end,
          attributes: [],
        });
      return end;
    }
    const mode = modes.at(-1);
    if (mode?.code) mode.depth++;
    else modes.push({ code: true, depth: 1 });
    return at + 1;
  }

  function leave(): number {
    const mode = modes.at(-1);
    if (mode && --mode.depth === 0) modes.pop();
    return at + 1;
  }
}

/** In code a `<` compares, unless it stands where a value begins. */
function isTagPlace(text: string, at: number): boolean {
  return /(?:^|[({[,;&|?:=>}]|\breturn)\s*$/.test(text.slice(Math.max(0, at - 40), at));
}

function readTag(text: string, start: number): MarkupTag {
  const isClose = text[start + 1] === '/';
  const nameStart = start + (isClose ? 2 : 1);
  const name = /^[^\s/>{<"'=]*/.exec(text.slice(nameStart, nameStart + 200))?.[0] ?? '';
  const attributes: MarkupAttribute[] = [];
  let at = nameStart + name.length;
  while (at < text.length && text[at] !== '<') {
    if (text[at] === '>') return tag(at + 1, isClose ? 'close' : text[at - 1] === '/' ? 'empty' : 'open');
    if (/[\s/]/.test(text[at] ?? '')) at++;
    else at = takeAttribute();
  }
  return tag(at, isClose ? 'close' : 'open');

  function tag(end: number, role: MarkupTag['role']): MarkupTag {
    return { kind: 'element', role, name, nameStart, start, end, attributes };
  }

  function takeAttribute(): number {
    if (text[at] === '{') {
      const end = skipBraces(text, at);
      const [, space = '', inner] = /^\{(\s*)([A-Za-z_$][\w$]*)\s*\}$/.exec(text.slice(at, end)) ?? [];
      if (inner !== undefined) {
        const innerStart = at + 1 + space.length;
        const range = { start: innerStart, end: innerStart + inner.length };
        attributes.push({ name: inner, ...range, value: undefined, shorthand: true });
      }
      return end;
    }
    const written = /^[^\s=/>{<"'][^\s=>{<"']*/.exec(text.slice(at, at + 200))?.[0] ?? text[at] ?? '';
    const name = written.length > 1 ? written.replace(/\/$/, '') : written;
    const end = at + name.length;
    const equals = /^\s*=\s*/.exec(text.slice(end, end + 100));
    if (!equals) {
      attributes.push({ name, start: at, end, value: undefined, shorthand: false });
      return end;
    }
    const valueStart = end + equals[0].length;
    const valueEnd = skipValue(text, valueStart);
    attributes.push({ name, start: at, end, value: { start: valueStart, end: valueEnd }, shorthand: false });
    return valueEnd;
  }
}

function skipValue(text: string, at: number): number {
  const first = text[at] ?? '';
  if (first === '{') return skipBraces(text, at);
  if (first === '"' || first === "'") return after(text, first, at + 1);
  if (first === '`') return skipLiteral(text, at);
  return at + (/^[^\s>]*/.exec(text.slice(at, at + 2000))?.[0].length ?? 0);
}

/** The offset after the brace that closes the one at `at`; the end of the text where none does. */
export function skipBraces(text: string, at: number, nesting = 0): number {
  let depth = 0;
  for (let index = at; index < text.length; ) {
    const character = text[index] ?? '';
    if (/["'`/]/.test(character)) {
      index = skipLiteral(text, index, nesting);
      continue;
    }
    if (character === '{') depth++;
    else if (character === '}' && --depth === 0) return index + 1;
    index++;
  }
  return text.length;
}

/** Templates within templates; deeper ones are a hostile file. */
const MOST_NESTED = 20;

/** The offset after a string, a template or a comment; after one character where none begins. */
function skipLiteral(text: string, at: number, nesting = 0): number {
  if (text.startsWith('//', at)) return indexOrEnd(text, '\n', at);
  if (text.startsWith('/*', at)) return after(text, '*/', at);
  const quote = text[at] ?? '';
  if (quote === '/') return at + 1;
  for (let index = at + 1; index < text.length; index++) {
    const character = text[index];
    if (character === '\\') index++;
    else if (character === quote) return index + 1;
    else if (quote === '`' && nesting < MOST_NESTED && text.startsWith('${', index))
      index = skipBraces(text, index + 1, nesting + 1) - 1;
    // An apostrophe in a text that only looks like code.
    else if (quote !== '`' && character === '\n') return at + 1;
  }
  // What no later text can end is not looked for again.
  return quote === '`' ? text.length : at + 1;
}

function after(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index < 0 ? text.length : index + wanted.length;
}

function indexOrEnd(text: string, wanted: string, from: number): number {
  const index = text.indexOf(wanted, from);
  return index < 0 ? text.length : index;
}
