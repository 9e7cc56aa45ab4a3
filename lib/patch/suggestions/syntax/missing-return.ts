import type { Replacement } from './source-text.js';
import type { SyntaxNode } from './walk.js';

/**
 * The `return` before the element that a function ends with and drops, or the parentheses where a `return` on a line of its
 * own has dropped it.
 */
export function missingReturn(text: string, func: SyntaxNode): readonly Replacement[] | undefined {
  if (!('body' in func) || !isBlock(func.body)) return undefined;
  const { body } = func.body;
  const last = body.at(-1);
  if (last?.type !== 'ExpressionStatement' || !isElement(last.expression as SyntaxNode)) return undefined;
  const before = body.at(-2);
  if (before?.type !== 'ReturnStatement') return [{ start: last.start, end: last.start, text: 'return ' }];
  const isTornOff = !before.argument && /^return\s*$/.test(text.slice(before.start, last.start));
  if (!isTornOff) return undefined;
  const indent = /[^\S\n]*$/.exec(text.slice(0, before.start))?.[0] ?? '';
  const start = before.start + 'return'.length;
  if (last.expression.type === 'ParenthesizedExpression') return [{ start, end: last.start, text: ' ' }];
  const { end } = last.expression;
  return [
    { start, end: start, text: ' (' },
    { start: end, end, text: `\n${indent})` },
  ];
}

export function isElement(node: SyntaxNode): boolean {
  const inner = node.type === 'ParenthesizedExpression' ? node.expression : node;
  return inner.type === 'JSXElement' || inner.type === 'JSXFragment';
}

function isBlock(node: unknown): node is SyntaxNode & { readonly body: readonly SyntaxNode[] } {
  return (
    typeof node === 'object' &&
    node !== null &&
    'type' in node &&
    /^(?:BlockStatement|FunctionBody)$/.test(String(node.type))
  );
}
