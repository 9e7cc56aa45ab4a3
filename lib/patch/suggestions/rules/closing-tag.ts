import type { OxcError } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { isNear } from '../distance.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { INTRINSIC_ELEMENTS, VOID_ELEMENTS } from '../syntax/intrinsic-elements.js';
import { balanceTags } from '../syntax/match-tags.js';
import { endOfTag, endsInExpression, mayEndEarlier } from '../syntax/open-tags.js';
import { isMarkup, type MarkupTag } from '../syntax/scan-markup.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * Tags that do not match, in JSX and in templates: `<span>...</spam>`, `<br>` without an end where one is due,
 * `{/if}` at the end of `{#each}`, an element whose closing tag is missing before that of its parent. Exactly one way
 * makes the file parse.
 */
export const closingTag: Rule = {
  name: 'closing-tag',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    const pair = await findMismatch(error, { file, text, workspace });
    if (!pair) return undefined;

    const parsing: Candidate[] = [];
    if (mayBeEither(workspace, { file, text }, pair)) return undefined;
    for (const candidate of candidatesFor(text, pair, isClosedAnew(workspace, file, pair))) {
      const isWhole = (await countParseErrors(file, candidate.text)) === 0;
      if (isWhole && !takesEndOfAnother(file, candidate, pair)) parsing.push(candidate);
    }
    // Compilers take some elements without an end, which is not what was meant where another way leaves none open.
    const balanced = isMarkup(file) ? parsing.filter((one) => balanceTags(file, one.text).isBalanced) : parsing;
    const [only, another] = parsing.length > 1 || !pair.isRefused ? balanced : parsing;
    if (!only || another) return undefined;
    const { open, close } = pair;
    const line = lineOf(text, (close ?? open).start);
    return {
      files: new Map([[file, only.text]]),
      cause: close
        ? `\`${open.written}\` and \`${close.written}\` in ${file}, line ${line}, do not match.`
        : `\`${open.written}\` in ${file}, line ${line}, is never closed.`,
      change: only.change,
    };
  },
};

/** Templates whose own compiler says whether they are in order. */
const HAS_PARSER = /\.(?:vue|svelte|astro)$/;

interface Candidate {
  readonly text: string;
  readonly change: string;
}

/** Whether the closing tag was that of an element further out, which now has none. */
function takesEndOfAnother(file: string, { text }: Candidate, { close }: Mismatch): boolean {
  return close !== undefined && isMarkup(file) && balanceTags(file, text).mismatch?.open.name === close.name;
}

interface Tag {
  readonly name: string;
  /** Span of the name. */
  readonly start: number;
  readonly end: number;
  /** Where the tag as a whole begins. */
  readonly tagStart: number;
  /** For people, without attributes: `<li>`, `{/if}`. */
  readonly written: string;
}

interface Mismatch {
  readonly open: Tag;
  /** Undefined at the end of the file. */
  readonly close: Tag | undefined;
  /** The offset after the opening tag; undefined when it could not be told. */
  readonly openEnd: number | undefined;
  /** What closes the open tag. */
  readonly closer: string;
  /** Whether a parser refuses the file; else only a tool says that tags do not match. */
  readonly isRefused: boolean;
  /** Whether an expression may hold elements, so that its brackets are no text. */
  readonly hasExpressions: boolean;
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly workspace: Workspace;
}

/** The first closing tag that is not the one of the innermost open element. */
async function findMismatch(error: BuildError, source: Source): Promise<Mismatch | undefined> {
  const { file, text, workspace } = source;
  if (/\.(?:[jt]sx|js|mjs)$/.test(file)) return mismatchInJsx(text, (await workspace.parse(file, text)).errors);
  if (!isMarkup(file)) return undefined;
  const { mismatch } = balanceTags(file, text);
  if (!mismatch) return undefined;
  const { open, close } = mismatch;
  const isRefused = HAS_PARSER.test(file) && (await workspace.isBroken(file, text));
  // Where no parser here does, the tool has to say so at the same place.
  const isBlamed = [open, close].some((tag) => tag && lineOf(text, tag.start) === error.line);
  const isTold = SAYS_TAG.test(error.message) && (error.line === undefined || isBlamed);
  if (!isRefused && !(isTold && !/\.(?:vue|svelte)$/.test(file))) return undefined;
  return {
    open: toTag(open),
    close: close && toTag(close),
    openEnd: open.end,
    closer: open.kind === 'block' ? `{/${open.name}}` : `</${open.name}>`,
    isRefused,
    hasExpressions: file.endsWith('.astro'),
  };
}

const SAYS_TAG = /\b(?:end|clos(?:e|ed|es|ing))\b.*\btag\b|\btag\b.*\bclos|\bunclosed\b/i;

function toTag({ kind, role, name, nameStart, start }: MarkupTag): Tag {
  const sign = role === 'close' ? '/' : kind === 'block' ? '#' : '';
  const written = kind === 'block' ? `{${sign}${name}}` : `<${sign}${name}>`;
  return { name, start: nameStart, end: nameStart + name.length, tagStart: start, written };
}

function mismatchInJsx(text: string, errors: readonly OxcError[]): Mismatch | undefined {
  for (const { message, labels } of errors) {
    if (!message.startsWith('Expected corresponding JSX closing tag')) continue;
    const [close, open] = labels;
    if (!close || !open) continue;
    const name = (span: { readonly start: number; readonly end: number }) => text.slice(span.start, span.end);
    if (name(open) === '' || name(close) === '') return undefined;
    return {
      open: { ...open, name: name(open), tagStart: open.start - 1, written: `<${name(open)}>` },
      close: { ...close, name: name(close), tagStart: close.start - 2, written: `</${name(close)}>` },
      openEnd: endOfTag(text, open.end),
      closer: `</${name(open)}>`,
      isRefused: true,
      hasExpressions: true,
    };
  }
  return undefined;
}

/** Whether the diff wrote this closing tag in the place of the right one: then the opening tag may be what is left to change. */
function isClosedAnew({ changes }: Workspace, file: string, { open, close, closer }: Mismatch): boolean {
  const rows = changes.find(({ path }) => path === file)?.hunks?.split('\n') ?? [];
  if (!close || isNear(open.name, close.name)) return false;
  return rows.some(
    (row) =>
      row.startsWith('-') && rows.includes(`+${row.slice(1).replace(closer, close.written)}`) && row.includes(closer),
  );
}

/** Whether both are components that the file has, and no diff of it tells which of the two came for the other. */
function mayBeEither(
  { changes }: Workspace,
  { file, text }: { readonly file: string; readonly text: string },
  { open, close }: Mismatch,
): boolean {
  const isOne = (name: string) => /^[A-Z]/.test(name) && isElement(text, name);
  if (!close || open.name === close.name || ![open.name, close.name].every(isOne)) return false;
  const hunks = changes.find(({ path }) => path === file)?.hunks ?? '';
  const isOn = (sign: string, tag: string) => new RegExp(`^${sign}.*${escapePattern(tag)}(?![\\w.])`, 'm').test(hunks);
  return text.includes(`<${close.name}`) || isNear(open.name, close.name)
    ? false
    : !isOn('-', `<${close.name}`) && !isOn('-', `</${open.name}`);
}

function candidatesFor(text: string, pair: Mismatch, isRenamed: boolean): Candidate[] {
  const { open, close, openEnd } = pair;
  if (VOID_ELEMENTS.has(open.name) && openEnd !== undefined) {
    const start = text[openEnd - 2] === ' ' ? openEnd - 2 : openEnd - 1;
    const closed = replaceRanges(text, [{ start, end: openEnd, text: ' />' }]);
    return [{ text: closed, change: `Closes \`<${open.name}>\` in itself, as it can hold nothing.` }];
  }
  const onItsLine = closeOnItsLine(text, pair);
  if (!close) return onItsLine;
  const closeAsOpened = {
    text: replaceRanges(text, [{ start: close.tagStart, end: endOfClose(text, close), text: pair.closer }]),
    change: `Closes by the name that was opened, \`${open.written}\`.`,
  };
  const openAsClosed = {
    text: replaceRanges(text, [{ start: open.start, end: open.end, text: close.name }]),
    change: `Opens the element by the name with which it closes, \`<${close.name}>\`.`,
  };
  const isElements = open.written.startsWith('<') && close.written.startsWith('<');
  const isKnown = isElements && isElement(text, close.name);
  if (isRenamed) return isKnown ? [openAsClosed] : [];
  const wrongOpening = isKnown && !isElement(text, open.name);
  return [wrongOpening ? openAsClosed : closeAsOpened, ...onItsLine];
}

function endOfClose(text: string, close: Tag): number {
  const end = text.indexOf(close.written.startsWith('{') ? '}' : '>', close.end);
  return end < 0 ? text.length : end + 1;
}

/**
 * The missing closing tag where its place is certain, as there is text or an expression and no other element before
 * it: before its parent's closing tag on the same line, or at the end of its line when the next is not inside of it.
 */
function closeOnItsLine(text: string, { open, close, openEnd, closer, hasExpressions }: Mismatch): Candidate[] {
  const limit = close?.tagStart ?? text.length;
  if (openEnd === undefined || openEnd > limit) return [];
  const content = /^[^\r\n]*/.exec(text.slice(openEnd, limit))?.[0] ?? '';
  const lineEnd = openEnd + content.length;
  if (content.trim() === '' || content.includes('<') || /\{[#/:]/.test(content)) return [];
  const isParentOnLine = lineEnd === close?.tagStart;
  const next = text.slice(lineEnd).replace(/^(?:[^\S\n]*\r?\n)+/, '');
  const own = text.slice(text.lastIndexOf('\n', open.tagStart) + 1);
  if (!isParentOnLine && indentOf(next) > indentOf(own)) return [];
  if (mayEndEarlier(open.name, own.slice(0, open.tagStart - text.length + own.length), content)) return [];
  const at = isParentOnLine ? limit : openEnd + content.trimEnd().length;
  const inner = hasExpressions ? endsInExpression(content).map((end) => openEnd + end) : [];
  return (inner.length > 0 ? inner : [at]).map((end) => ({
    text: replaceRanges(text, [{ start: end, end, text: closer }]),
    change: `Closes \`${open.written}\` where what it holds ends.`,
  }));
}

function indentOf(line: string): number {
  return /^[^\S\n]*/.exec(line)?.[0].length ?? 0;
}

/** Whether the name is one of HTML or SVG, or of a component that the file mentions elsewhere. */
function isElement(text: string, name: string): boolean {
  if (/^[a-z]/.test(name)) return INTRINSIC_ELEMENTS.has(name);
  return new RegExp(`(?:import|function|const|class|[{,])\\s+${name.replace(/[.$]/g, '\\$&')}\\b`).test(text);
}
