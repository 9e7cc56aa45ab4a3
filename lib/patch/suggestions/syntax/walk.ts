import type { Node } from 'oxc-parser';

/** Any node of the syntax tree, seen without its type: what generic walks need. */
export type SyntaxNode = Node & { readonly start: number; readonly end: number };

export interface Visit {
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode | undefined;
  /** The property of the parent that holds this node. */
  readonly key: string;
}

/** Every node below `root`, itself included, parents first. */
export function* walk(root: unknown): Generator<Visit> {
  const stack: Visit[] = [];
  if (isNode(root)) stack.push({ node: root, parent: undefined, key: '' });
  for (let visit = stack.pop(); visit; visit = stack.pop()) {
    yield visit;
    const children: Visit[] = [];
    for (const [key, value] of Object.entries(visit.node)) {
      for (const child of Array.isArray(value) ? value : [value]) {
        if (isNode(child)) children.push({ node: child, parent: visit.node, key });
      }
    }
    for (const child of children.reverse()) stack.push(child);
  }
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value && 'end' in value;
}
