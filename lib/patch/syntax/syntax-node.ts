/** A node of an ESTree-like tree: oxc and svelte/compiler name their nodes alike, TypeScript's included. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export function isSyntaxNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}

/** Child nodes in source order of their keys. Tokens, comments and `parent` links are not followed. */
function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'parent' || key === 'loc' || key.endsWith('Comments')) continue;
    if (Array.isArray(value)) {
      for (const item of value) if (isSyntaxNode(item)) children.push(item);
    } else if (isSyntaxNode(value)) children.push(value);
  }
  return children;
}

/** Visits the node and all below it, parents first. Iterative, because strangers choose the depth. */
export function walk(root: SyntaxNode, visit: (node: SyntaxNode, parent: SyntaxNode | undefined) => void): void {
  const stack: [SyntaxNode, SyntaxNode | undefined][] = [[root, undefined]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const [node, parent] = next;
    visit(node, parent);
    const children = childrenOf(node);
    for (let index = children.length - 1; index >= 0; index -= 1) {
      const child = children[index];
      if (child) stack.push([child, node]);
    }
  }
}

/** The expression inside parentheses, however many. */
export function unwrap(node: SyntaxNode): SyntaxNode {
  let inner = node;
  while (
    (inner.type === 'ParenthesizedExpression' || inner.type === 'ChainExpression') &&
    isSyntaxNode(inner.expression)
  )
    inner = inner.expression;
  return inner;
}

/** The string that an expression is bound to have: literals, and literals joined by `+` or in a template. */
export function constantString(value: unknown): string | undefined {
  if (!isSyntaxNode(value)) return undefined;
  const node = unwrap(value);
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression') return constantString(node.expression);
  if (node.type === 'TemplateLiteral') {
    const quasis = node.quasis as readonly { readonly value: { readonly cooked: string | null } }[];
    const expressions = (node.expressions as readonly unknown[]).map(constantString);
    if (expressions.includes(undefined)) return undefined;
    return quasis.map((quasi, index) => (quasi.value.cooked ?? '') + (expressions[index] ?? '')).join('');
  }
  if (node.type === 'BinaryExpression' && node.operator === '+') {
    const left = constantString(node.left);
    const right = constantString(node.right);
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/** The name of a property key, whether written as an identifier, a string or a computed constant. */
export function keyName(key: unknown, computed: unknown): string | undefined {
  if (!isSyntaxNode(key)) return undefined;
  if (computed !== true && (key.type === 'Identifier' || key.type === 'JSXIdentifier')) return String(key.name);
  return constantString(key);
}
