import type { OxcError } from 'oxc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { INTRINSIC_ELEMENTS, VOID_ELEMENTS } from '../syntax/intrinsic-elements.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';

/**
 * Tags that do not match: `<span>...</spam>`, `<br>` without an end, an inline element whose closing tag is missing
 * before that of its parent. The parser names the opening and the closing tag; exactly one way makes the file parse.
 */
export const jsxClosingTag: Rule = {
  name: 'jsx-closing-tag',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !/\.(?:[jt]sx|js|mjs)$/.test(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const pair = findMismatch(text, (await workspace.parse(file, text)).errors);
    if (!pair) return undefined;

    const repaired: { readonly text: string; readonly change: string }[] = [];
    for (const candidate of candidatesFor(text, pair)) {
      if ((await countParseErrors(file, candidate.text)) === 0) repaired.push(candidate);
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `The tags \`<${pair.open.name}>\` and \`</${pair.close.name}>\` in ${file}, line ${lineOf(text, pair.close.start)}, do not match.`,
      change: only.change,
    };
  },
};

interface Tag {
  readonly name: string;
  /** Span of the name. */
  readonly start: number;
  readonly end: number;
}

interface Mismatch {
  readonly open: Tag;
  readonly close: Tag;
}

/** The first closing tag that is not the one of the innermost open element. */
function findMismatch(text: string, errors: readonly OxcError[]): Mismatch | undefined {
  for (const { message, labels } of errors) {
    if (!message.startsWith('Expected corresponding JSX closing tag')) continue;
    const [close, open] = labels;
    if (!close || !open) continue;
    return { open: tagAt(text, open), close: tagAt(text, close) };
  }
  return undefined;
}

function tagAt(text: string, span: { readonly start: number; readonly end: number }): Tag {
  return { name: text.slice(span.start, span.end), start: span.start, end: span.end };
}

function candidatesFor(text: string, { open, close }: Mismatch): { text: string; change: string }[] {
  if (open.name === '' || close.name === '') return [];
  const openEnd = endOfTag(text, open.end);
  if (VOID_ELEMENTS.has(open.name) && openEnd !== undefined) {
    const start = text[openEnd - 2] === ' ' ? openEnd - 2 : openEnd - 1;
    const closed = replaceRanges(text, [{ start, end: openEnd, text: ' />' }]);
    return [{ text: closed, change: `Closes \`<${open.name}>\` in itself, as it can hold nothing.` }];
  }
  const closeAsOpened = {
    text: replaceRanges(text, [{ start: close.start, end: close.end, text: open.name }]),
    change: `Closes the element by the name with which it opens, \`<${open.name}>\`.`,
  };
  const openAsClosed = {
    text: replaceRanges(text, [{ start: open.start, end: open.end, text: close.name }]),
    change: `Opens the element by the name with which it closes, \`<${close.name}>\`.`,
  };
  const closeBefore = closeOnlyChild(text, { open, close, openEnd });
  const wrongOpening = !isElement(text, open.name) && isElement(text, close.name);
  return [wrongOpening ? openAsClosed : closeAsOpened, ...(closeBefore ? [closeBefore] : [])];
}

/**
 * The missing closing tag before its parent's, on one line: between them there is text or an expression and no other
 * element, so that its place is certain.
 */
function closeOnlyChild(
  text: string,
  { open, close, openEnd }: Mismatch & { readonly openEnd: number | undefined },
): { text: string; change: string } | undefined {
  const at = close.start - 2;
  if (openEnd === undefined || openEnd > at || /[<\n]/.test(text.slice(openEnd, at))) return undefined;
  return {
    text: replaceRanges(text, [{ start: at, end: at, text: `</${open.name}>` }]),
    change: `Closes \`<${open.name}>\` before the element around it is closed.`,
  };
}

/** The offset after the `>` of an opening tag whose attributes hold no `>` outside of quotes and braces. */
function endOfTag(text: string, from: number): number | undefined {
  let depth = 0;
  let quote = '';
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth++;
    else if (character === '}') depth--;
    else if (character === '>' && depth === 0) return text[at - 1] === '/' ? undefined : at + 1;
  }
  return undefined;
}

/** Whether the name is one of HTML or SVG, or of a component that the file mentions elsewhere. */
function isElement(text: string, name: string): boolean {
  if (/^[a-z]/.test(name)) return INTRINSIC_ELEMENTS.has(name);
  return new RegExp(`(?:import|function|const|class|[{,])\\s+${name.replace(/[.$]/g, '\\$&')}\\b`).test(text);
}
