import { isSyntaxNode, keyName, type SyntaxNode, walk } from '../syntax/syntax-node.js';
import type { PolicyInput } from './policy-rule.js';

/** Options of which a release made one: https://zod.dev/v4/changelog#drops-invalid_type_error-and-required_error */
const MERGED: readonly (readonly string[])[] = [['required_error', 'invalid_type_error']];

/**
 * How much more often the files said what they say word for word in each of several options, of which the compiler
 * knows no more. Once is enough where the options became one.
 */
export function countSaidTwice(input: PolicyInput, matches: (node: SyntaxNode) => boolean): number {
  const isGone = (option: string) =>
    input.diagnosis.errors.some(
      ({ kind, message }) => kind === 'type' && message.includes(`'${option}' does not exist in type`),
    );
  const merged = MERGED.filter((options) => options.some(isGone));
  if (merged.length === 0) return 0;
  const count = (side: 'before' | 'after') =>
    input.changes
      .flatMap((change) => change[side]?.scripts ?? [])
      .reduce((sum, { root, text }) => sum + countIn(root, text, { merged, matches }), 0);
  return count('before') - count('after');
}

function countIn(
  root: SyntaxNode,
  text: string,
  { merged, matches }: { readonly merged: typeof MERGED; readonly matches: (node: SyntaxNode) => boolean },
): number {
  let surplus = 0;
  walk(root, (node) => {
    if (node.type !== 'ObjectExpression') return;
    for (const options of merged) {
      const values = (node.properties as SyntaxNode[]).flatMap(({ key, computed, value }) =>
        isSyntaxNode(value) && options.includes(keyName(key, computed) ?? '') ? value : [],
      );
      const [first, ...others] = values;
      if (first === undefined || new Set(values.map(({ start, end }) => text.slice(start, end))).size > 1) continue;
      walk(first, (inner) => {
        if (matches(inner)) surplus += others.length;
      });
    }
  });
  return surplus;
}
