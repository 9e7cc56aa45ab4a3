import type { Program } from 'oxc-parser';
import { type SyntaxNode, walk } from './walk.js';

/** What may follow a call or a list of parameters on its line. */
const FOLLOWS =
  /(?<=[\w$(\])}'"`])(?=[^\S\n]*\r?\n|\??\.[A-Za-z]|,|\s*(?:=>|[?:<>+*/%&|-]|&&|\|\||\?\?|[<>]=|[!=]==?)\s)/g;

// Each place costs a parse of the file.
const MOST_PLACES = 60;

/** Where a bracket that opens between two offsets may close on its own line; none where there are too many. */
export function endsOfCalls(text: string, from: number, at: number): number[] {
  const places = [...text.slice(from, at).matchAll(FOLLOWS)].map(({ index }) => from + index);
  return places.length > MOST_PLACES ? [] : places;
}

/** Whether code has a meaning: no value in two pairs of parentheses or before a comma that drops it, and no value read for nothing. */
export function isMeant(
  program: Program,
  { from, at, to }: { readonly from: number; readonly at: number; readonly to: number },
): boolean {
  const parents = new Map<unknown, SyntaxNode | undefined>();
  for (const { node, parent } of walk(program)) {
    parents.set(node, parent);
    if (node.end <= from || node.start > to) continue;
    const isArgument = parent?.type === 'CallExpression' && node !== parent.callee;
    if (node.type === 'SequenceExpression') return false;
    if (node.type === 'ParenthesizedExpression' && (isArgument || parent?.type === node.type)) return false;
    if (node.type === 'MemberExpression' && node.start < at && isDropped(node, parents)) return false;
    const isChosen =
      node.type === 'LogicalExpression' && /^(?:Identifier|Literal|MemberExpression)$/.test(node.right.type);
    if (isChosen && parent?.type === 'ExpressionStatement') return false;
  }
  return true;
}

function isDropped(node: SyntaxNode, parents: ReadonlyMap<unknown, SyntaxNode | undefined>): boolean {
  const parent = parents.get(node);
  if (parent?.type === 'ExpressionStatement') return true;
  if (parent?.type !== 'ArrowFunctionExpression' || parent.body !== node) return false;
  const container = parents.get(parent);
  const attribute = container?.type === 'JSXExpressionContainer' ? parents.get(container) : undefined;
  return attribute?.type === 'JSXAttribute' && /^on[A-Z]/.test(String(attribute.name.name));
}
