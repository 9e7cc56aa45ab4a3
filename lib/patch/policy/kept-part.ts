import type { ParsedFile, ScriptTree } from '../syntax/parsed-file.js';
import { isSyntaxNode, type SyntaxNode } from '../syntax/syntax-node.js';
import type { ParsedChange } from './policy-rule.js';

/**
 * A file that did not parse has no tree to count in: what stands on lines that the patch leaves as they are was there
 * before, so its tree is the repaired one without what begins on a line that the patch writes.
 */
export function withKeptPart(change: ParsedChange): ParsedChange {
  const { before, after } = change;
  const isBroken = before?.errors.some(({ semantic }) => !semantic) === true;
  if (!before || !after || !isBroken) return change;
  const kept: ParsedFile = {
    ...before,
    scripts: after.scripts.map((script) => keepLines(script, linesOf(before.text))),
    comments: after.comments.filter((comment) => before.text.includes(comment)),
  };
  return { ...change, before: kept };
}

/** How often each line stands there, without indentation. */
function linesOf(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  for (const line of text.split('\n')) lines.set(line.trim(), (lines.get(line.trim()) ?? 0) + 1);
  return lines;
}

function keepLines({ root, text }: ScriptTree, lines: Map<string, number>): ScriptTree {
  const written: { readonly start: number; readonly end: number }[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const left = lines.get(line.trim()) ?? 0;
    if (left > 0) lines.set(line.trim(), left - 1);
    else written.push({ start, end: start + line.length });
    start += line.length + 1;
  }
  const isWritten = (node: SyntaxNode) => written.some((line) => line.start <= node.start && node.start <= line.end);
  return { root: blank(root, isWritten), text };
}

/**
 * The tree with another type for the nodes asked for, so that no rule knows them; what is below them stays. Iterative,
 * because strangers choose the depth.
 */
function blank(root: SyntaxNode, isWritten: (node: SyntaxNode) => boolean): SyntaxNode {
  const open: Record<string, unknown>[] = [];
  const copy = (value: unknown): unknown => {
    if (!isSyntaxNode(value)) return value;
    const node: Record<string, unknown> & SyntaxNode = { ...value, type: isWritten(value) ? 'Written' : value.type };
    open.push(node);
    return node;
  };
  const top = copy(root) as SyntaxNode;
  for (let node = open.pop(); node; node = open.pop())
    for (const [key, value] of Object.entries(node))
      if (key !== 'parent') node[key] = Array.isArray(value) ? value.map(copy) : copy(value);
  return top;
}
