import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import {
  blankRanges,
  findMarkdownCode,
  findScriptElements,
  findStyleElements,
  maskMarkup,
  maskScripts,
} from '../syntax/mask-markup.js';
import { isComponentFile } from '../syntax/parse.js';
import { lineOf, lineStarts, offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/**
 * `under <5 m` in the text of MDX, JSX, Svelte or Astro, which takes the sign for the start of a tag: written as `&lt;`, which shows the same. In MDX
 * also `<https://example.com>`, which is a link there only in brackets.
 */
export const bareLessThan: Rule = {
  name: 'bare-less-than',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    if (/\.mdx?$/.test(file)) return repairDocument(error, file, text);
    return /\.(?:[jt]sx|js|svelte|astro)$/.test(file) ? repairMarkup(error, { file, text, workspace }) : undefined;
  },
};

/** `!` begins a comment, and `/` a closing tag. */
const BEFORE_NAME = /Unexpected character [`'"]([^!/\s])[`'"] \(U\+[0-9A-F]{4,6}\) before name/;
const LINK = /Unexpected character .{1,4} \(U\+[0-9A-F]{4,6}\) .{1,200}to create a link in MDX/;
const WEB_ADDRESS = /<((?:https?:\/\/|mailto:)[^\s<>()[\]*]+)>|<([\w.+-]+@[\w-]+(?:\.[\w-]+)+)>/g;

function repairDocument(error: BuildError, file: string, text: string): Fix | undefined {
  const character = BEFORE_NAME.exec(error.message)?.[1];
  const isLink = character === undefined && LINK.test(error.message);
  if (character === undefined && !isLink) return undefined;
  const found = isLink ? findLinks(text) : findSigns(text, character ?? '');
  const { line, column } = error;
  const blamed = line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
  const atFault = found.filter(
    ({ start, length }) => blamed !== undefined && start <= blamed && blamed <= start + length,
  );
  // Loaders that take the front matter away count their lines from behind it.
  const others = findPlain(text, found);
  const meant =
    atFault.length === 1 ? new Set([...atFault, ...others]) : new Set(others.length === found.length ? others : []);
  const [first] = meant;
  if (!first) return undefined;
  const edits = [...meant].map(({ start, end, text }) => ({ start, end, text }));
  return {
    files: new Map([[file, replaceRanges(text, edits)]]),
    cause: isLink
      ? `${file}, line ${lineOf(text, first.start)}, has a link in angle brackets, which MDX takes for a tag.`
      : `A bare \`<\` stands in the text of ${file}, line ${lineOf(text, first.start)}, and MDX takes it for the start of a tag.`,
    change: isLink
      ? `Writes the link as MDX wants it, \`${first.text}\`.`
      : 'Writes it as `&lt;`, which shows the same.',
  };
}

interface Place extends Replacement {
  /** Of what is at fault, from its start. */
  readonly length: number;
}

/** Where the sign stands before a digit, or before the character that the error is about. */
function findSigns(text: string, character: string): Place[] {
  return [...text.matchAll(/<(?=[^A-Za-z$_\s!/>])/g)].flatMap(({ index }) => {
    const next = text[index + 1] ?? '';
    return next === character || /\d/.test(next) ? [{ start: index, end: index + 1, text: '&lt;', length: 1 }] : [];
  });
}

function findLinks(text: string): Place[] {
  return [...text.matchAll(WEB_ADDRESS)].map(({ 0: whole, 1: address, 2: mail = '', index }) => ({
    start: index,
    end: index + whole.length,
    text: address === undefined ? `[${mail}](mailto:${mail})` : `[${address}](${address})`,
    length: whole.length,
  }));
}

/** Those that are beyond doubt in running text: outside of code, expressions, tags and formulas. */
function findPlain(text: string, places: readonly Place[]): Place[] {
  const ranges = findMarkdownCode(text);
  const scripts = maskMarkup('document.mdx', text);
  const starts = lineStarts(text);
  return places.filter(({ start, end }) => {
    const from = starts[lineOf(text, start) - 1] ?? 0;
    const row = /^[^\n]*/.exec(text.slice(from))?.[0] ?? '';
    const before = text.slice(0, start);
    const isInside = ranges.some((range) => range.start <= start && start < range.end) || scripts[start] !== ' ';
    const isOpen = (before.match(/\{/g) ?? []).length !== (before.match(/\}/g) ?? []).length;
    const isFenced = (before.match(/^[^\S\n]{0,40}(?:[-*>][^\S\n]{1,8}){0,8}(?:`{3,}|~{3,})/gm) ?? []).length % 2 === 1;
    const rest = row.slice(0, start - from) + row.slice(end - from);
    return !isInside && !isOpen && !isFenced && !/[`{}$"=]|<[A-Za-z/]/.test(rest);
  });
}

interface Source {
  readonly file: string;
  readonly text: string;
  readonly workspace: Workspace;
}

async function repairMarkup(error: BuildError, { file, text, workspace }: Source): Promise<Fix | undefined> {
  if (!(await workspace.isBroken(file, text))) return undefined;
  const [label] = (await workspace.parse(file, text)).errors[0]?.labels ?? [];
  const lines = new Set([error.line, label && lineOf(text, label.start)].filter((line) => line !== undefined));
  const places = [...maskCode(file, text).matchAll(/<(?=[\d=])/g)].filter(
    ({ index }) => lines.size === 0 || lines.has(lineOf(text, index)),
  );
  // The others of the line may be those of an expression.
  const ways = [...(places.length > 1 ? places.map((place) => [place]) : []), places];
  const repaired: { readonly line: number; readonly text: string }[] = [];
  for (const way of ways.slice(0, MOST_CANDIDATES)) {
    const edits = way.map(({ index }) => ({ start: index, end: index + 1, text: '&lt;' }));
    const candidate = replaceRanges(text, edits);
    if (way.length === 0 || (await countParseErrors(file, candidate)) > 0) continue;
    const isShown = await textFinder(file, candidate, workspace);
    // Each sign before it has made the text longer.
    if (edits.every(({ start }, index) => isShown(start + index * 3)))
      repaired.push({ line: lineOf(text, edits[0]?.start ?? 0), text: candidate });
  }
  const [only, another] = repaired;
  if (!only || another) return undefined;
  return {
    files: new Map([[file, only.text]]),
    cause: `A bare \`<\` stands in the text of ${file}, line ${only.line}, and is taken for the start of a tag.`,
    change: 'Writes it as `&lt;`, which shows the same.',
  };
}

/** Each candidate costs a parse of the file. */
const MOST_CANDIDATES = 10;

/** The markup of a component without its scripts and styles; scripts with JSX are what they are. */
function maskCode(file: string, text: string): string {
  if (!isComponentFile(file)) return text;
  return blankRanges(maskScripts(file, text), [...findScriptElements(text), ...findStyleElements(text)]);
}

/** Tells what is text of JSX, or of a component outside of its expressions. */
async function textFinder(file: string, text: string, workspace: Workspace): Promise<(at: number) => boolean> {
  if (isComponentFile(file)) {
    const markup = maskCode(file, text);
    return (at) => markup.slice(0, at).split('{').length === markup.slice(0, at).split('}').length;
  }
  const { program } = await workspace.parse(file, text);
  const texts = [...walk(program)].flatMap(({ node }) => (node.type === 'JSXText' ? [node] : []));
  return (at) => texts.some(({ start, end }) => start <= at && at < end);
}
