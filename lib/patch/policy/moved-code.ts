/** Code that a patch takes out of one file and puts into another. */
import type { ParsedFile } from '../syntax/parsed-file.js';
import { isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import type { ParsedChange, PolicyInput } from './policy-rule.js';

/** Whether another file of the patch exports the name now, declared with much the same words as here before. */
export function isMovedElsewhere(
  name: string,
  { file, before, after }: ParsedChange,
  { changes }: PolicyInput,
): boolean {
  const declared = wordsOfDeclaration(before, name);
  if (name === 'default' || declared === undefined) return false;
  return changes.some((other) => {
    if (other.file === file || !other.after?.shape.exports.has(name) || other.before?.shape.exports.has(name))
      return false;
    const there = wordsOfDeclaration(other.after, name);
    return (
      there !== undefined &&
      shareOf(declared, new Set(there)) >= MOSTLY &&
      [name, ...namesThatLeft(before, after)].every((one) => decidesTheSame(one, before, other.after))
    );
  });
}

/** What is declared at the top of a module before and no longer after. */
function namesThatLeft(before: ParsedFile | undefined, after: ParsedFile | undefined): string[] {
  const namesOf = (file: ParsedFile | undefined) =>
    (file?.scripts ?? []).flatMap(({ root }) => statementsOf(root).map((node) => keyName(node.id, false)));
  const left = new Set(namesOf(after));
  return namesOf(before).filter((name) => name !== undefined && !left.has(name)) as string[];
}

/** Operators are the same, and what both versions name stands in the same order: no branches change places. */
function decidesTheSame(name: string, before: ParsedFile | undefined, after: ParsedFile | undefined): boolean {
  const [here, there] = [wordsOfDeclaration(before, name), wordsOfDeclaration(after, name)];
  if (!here || !there) return true;
  const [known, kept] = [new Set(here), new Set(there)];
  const order = here.filter((word) => kept.has(word));
  return (
    operatorsOf(before, name) === operatorsOf(after, name) &&
    withoutRepeats(order) === withoutRepeats(there.filter((word) => known.has(word)))
  );
}

/** One word of several that follow each other: `{ name: name }` is `{ name }`. */
function withoutRepeats(words: readonly string[]): string {
  return words.filter((word, index) => word !== words[index - 1]).join('\n');
}

/** Annotations, parameters of another name and the like may change on the way. */
const MOSTLY = 0.8;

function shareOf(words: readonly string[], there: ReadonlySet<string>): number {
  const known = [...new Set(words)].filter(isTelling);
  return known.filter((word) => there.has(word)).length / known.length;
}

/** Names of a letter or two are often given anew. */
function isTelling(word: string): boolean {
  return /\W/.test(word) || word.length > 2;
}

/** What the declaration decides and computes, in the order of its text. */
function operatorsOf(file: ParsedFile | undefined, name: string): string {
  const found: [number, string][] = [];
  for (const { root } of file?.scripts ?? [])
    for (const declaration of statementsOf(root).filter((node) => keyName(node.id, false) === name))
      walk(declaration, (node) => {
        if (typeof node.operator === 'string') found.push([node.start, node.operator]);
        if (node.type === 'SequenceExpression') found.push([node.start, ',']);
      });
  return found
    .sort(([one], [other]) => one - other)
    .map(([, operator]) => operator)
    .join(' ');
}

/** Names and values in the declaration of the name, in the order of its text; types count where it declares one. */
function wordsOfDeclaration(file: ParsedFile | undefined, name: string): string[] | undefined {
  for (const { root } of file?.scripts ?? []) {
    const declaration = statementsOf(root).find((node) => keyName(node.id, false) === name);
    if (declaration) return collectWords(declaration, declaration.type.startsWith('TS'));
  }
  return undefined;
}

/** The declarations at the top of a module, exported or not. */
function statementsOf(root: SyntaxNode): SyntaxNode[] {
  const body = Array.isArray(root.body) ? root.body.filter(isSyntaxNode) : [];
  return body
    .map((node) => (node.type === 'ExportNamedDeclaration' && isSyntaxNode(node.declaration) ? node.declaration : node))
    .flatMap((node) => (node.type === 'VariableDeclaration' ? (node.declarations as SyntaxNode[]) : [node]));
}

function collectWords(declaration: SyntaxNode, withTypes: boolean): string[] {
  const words: [number, string][] = [];
  const open: unknown[] = [declaration];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (Array.isArray(next)) open.push(...next);
    if (!isSyntaxNode(next) || (!withTypes && isType(next))) continue;
    if (next.type === 'Literal') words.push([next.start, `=${String(next.raw ?? next.value)}`]);
    else if (typeof next.name === 'string') words.push([next.start, next.name]);
    else if (next.type === 'TemplateElement') words.push([next.start, JSON.stringify(next.value)]);
    for (const [key, value] of Object.entries(next))
      if (key !== 'parent' && key !== 'loc' && typeof value === 'object' && value !== null) open.push(value);
  }
  return words.sort(([one], [other]) => one - other).map(([, word]) => word);
}

/** What TypeScript takes away; a cast holds a value. */
function isType(node: SyntaxNode): boolean {
  return node.type.startsWith('TS') && !isSyntaxNode(node.expression);
}
