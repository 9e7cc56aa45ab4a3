import type { Program, VariableDeclarator } from 'oxc-parser';
import { lineEnding, type Replacement } from './source-text.js';
import { type SyntaxNode, walk } from './walk.js';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Further props for the one `let { … } = $props();` of a Svelte component, with their types where it has some. Undefined where it is
 * written otherwise, or the type of a prop is neither written nor that of a plain default.
 */
export function joinRune(
  text: string,
  program: Program,
  props: readonly VariableDeclarator[],
): Replacement[] | undefined {
  const runes = [...walk(program)].flatMap(({ node }) => (isRune(node) ? [node] : []));
  const [rune, another] = runes;
  const pattern = rune?.id;
  if (pattern?.type !== 'ObjectPattern' || another || !props.every((prop) => mayMove(program, prop, rune as Span)))
    return undefined;
  const names = props.map(nameOf);
  const taken = pattern.properties.map((one) =>
    one.type === 'Property' && one.key.type === 'Identifier' ? one.key.name : '',
  );
  // What JSDoc says before it would not name them.
  const isCommented = /\*\/\s*(?:let|const)\s*$/.test(text.slice(0, pattern.start));
  if (isCommented || names.some((name) => taken.includes(name))) return undefined;
  const rest = pattern.properties.find(({ type }) => type === 'RestElement');
  const items = props.map((prop, at) => `${names[at]}${prop.init ? ` = ${textOf(text, prop.init)}` : ''}`);
  const added = addItems(text, { braces: pattern, members: pattern.properties, before: rest, mark: ',' }, items);
  const annotation = pattern.typeAnnotation?.typeAnnotation as SyntaxNode | undefined;
  if (!annotation) return added && !props.some(isTyped) ? [added] : undefined;
  const owner = bodyOf(text, program, annotation);
  const types = props.flatMap((prop, at) => {
    const type = typeOf(text, prop);
    return type === undefined ? [] : [`${names[at]}${prop.init ? '?' : ''}: ${type}`];
  });
  const typed =
    owner && types.length === props.length
      ? addItems(text, { braces: owner, members: owner.members, before: undefined, mark: ';' }, types)
      : undefined;
  return added && typed && [added, typed];
}

function isRune(node: SyntaxNode): node is SyntaxNode & VariableDeclarator {
  const init = node.type === 'VariableDeclarator' ? node.init : null;
  return init?.type === 'CallExpression' && init.callee.type === 'Identifier' && init.callee.name === '$props';
}

/** Whether it means the same beside the rune: nothing stands between, or it is further down and needs nothing. */
function mayMove({ body }: Program, prop: VariableDeclarator, rune: Span): boolean {
  const [from, to] = prop.start < rune.start ? [prop.end, rune.start] : [rune.end, prop.start];
  const between = body.filter(
    ({ start, end, type }) => start >= from && end <= to && type !== 'ExportNamedDeclaration' && !type.startsWith('TS'),
  );
  return between.length === 0 || (prop.start > rune.start && (!prop.init || prop.init.type === 'Literal'));
}

function nameOf({ id }: VariableDeclarator): string {
  return id.type === 'Identifier' ? id.name : '';
}

function isTyped({ id }: VariableDeclarator): boolean {
  return id.type === 'Identifier' && Boolean(id.typeAnnotation);
}

function textOf(text: string, { start, end }: Span): string {
  return text.slice(start, end);
}

/** As it is written, or as TypeScript reads it from the default. */
function typeOf(text: string, { id, init }: VariableDeclarator): string | undefined {
  const annotation = id.type === 'Identifier' ? id.typeAnnotation?.typeAnnotation : undefined;
  if (annotation) return textOf(text, annotation);
  const value = init?.type === 'Literal' ? init.value : undefined;
  return /^(?:string|number|boolean)$/.test(typeof value) ? typeof value : undefined;
}

/** The braces of the type: written there, or of the one declaration in the component, which serves nothing else. */
function bodyOf(
  text: string,
  program: Program,
  annotation: SyntaxNode,
): (Span & { members: readonly Span[] }) | undefined {
  if (annotation.type === 'TSTypeLiteral') return annotation;
  const name = textOf(text, annotation);
  if (!/^\w+$/.test(name) || (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length !== 2) return undefined;
  for (const { node } of walk(program)) {
    if (node.type === 'TSInterfaceDeclaration' && node.id.name === name)
      return { start: node.body.start, end: node.body.end, members: node.body.body };
    if (node.type === 'TSTypeAliasDeclaration' && node.id.name === name)
      return node.typeAnnotation.type === 'TSTypeLiteral' ? node.typeAnnotation : undefined;
  }
  return undefined;
}

interface Braces {
  readonly braces: Span;
  readonly members: readonly Span[];
  /** The member that has to stay the last. */
  readonly before: Span | undefined;
  readonly mark: ',' | ';';
}

/** Undefined where something that is no member stands behind the last one. */
function addItems(
  text: string,
  { braces, members, before, mark }: Braces,
  items: readonly string[],
): Replacement | undefined {
  const last = before ?? members.at(-1);
  if (!last) {
    const opening = text.indexOf('{', braces.start) + 1;
    const closing = text.indexOf('}', opening);
    const isBlank = text.slice(opening, closing).trim() === '';
    return isBlank ? { start: opening, end: closing, text: ` ${items.join(`${mark} `)} ` } : undefined;
  }
  const indent = /\n([^\S\n]*)$/.exec(text.slice(0, last.start))?.[1];
  const gap = indent === undefined ? ' ' : lineEnding(text) + indent;
  if (before)
    return { start: before.start, end: before.start, text: items.map((item) => `${item}${mark}${gap}`).join('') };
  const isMarked = (span: Span) => /[,;]$/.test(textOf(text, span));
  const trailing = isMarked(last) ? '' : (/^[^\S\n]*[,;]/.exec(text.slice(last.end))?.[0] ?? '');
  const end = last.end + trailing.length;
  if (!/^\s*\}/.test(text.slice(end))) return undefined;
  const hasMark = isMarked(last) || trailing !== '';
  // Members on lines of their own need none.
  const own = hasMark || indent === undefined || members.slice(0, -1).some(isMarked) || mark === ',' ? mark : '';
  const written = items.map((item) => gap + item).join(own);
  return { start: end, end, text: hasMark ? written + own : own + written };
}
