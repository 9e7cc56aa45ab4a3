import type { Program } from 'oxc-parser';
import { differInNumber } from '../distance.js';
import { walk } from './walk.js';

const OF_MANY =
  /^(?:at|concat|entries|every|filter|find|findIndex|findLast|flat|flatMap|forEach|includes|indexOf|join|keys|length|map|pop|push|reduce|reverse|shift|size|slice|some|sort|splice|toSorted|unshift|values)$/;
/** What a text has as well. */
const OF_TEXTS = /^(?:at|concat|includes|indexOf|length|slice)$/;
const READ = /^\s*\??\.\s*([\w$]+)/;

/**
 * Whether a value that ends at the place is used as one thing where the new name stands for many, or as many where it stands for
 * one: `getUser(id).name` is nothing that `getUsers` answers.
 */
export function isOfOtherNumber(
  { program, text }: { readonly program: Program; readonly text: string },
  place: number,
  { name, right }: { readonly name: string; readonly right: string },
): boolean {
  if (!differInNumber(name, right)) return false;
  const isMany = right.length > name.length;
  const nodes = [...walk(program)].map(({ node }) => node);
  let end = place;
  for (const node of [...nodes].reverse()) {
    const inner =
      node.type === 'CallExpression'
        ? node.callee
        : node.type === 'AwaitExpression'
          ? node.argument
          : node.type === 'ParenthesizedExpression' || node.type === 'TSNonNullExpression'
            ? node.expression
            : undefined;
    if (inner?.end === end) end = node.end;
  }
  const isTakenOtherwise = nodes.some((node) => {
    if (node.type === 'VariableDeclarator' && node.init?.end === end)
      return node.id.type === (isMany ? 'ObjectPattern' : 'ArrayPattern');
    return !isMany && node.type === 'ForOfStatement' && node.right.end === end;
  });
  return isTakenOtherwise || isReadOtherwise(text, end, { name, right });
}

/** The same by what stands behind the place alone, as in a template. */
export function isReadOtherwise(
  text: string,
  end: number,
  { name, right }: { readonly name: string; readonly right: string },
): boolean {
  const member = READ.exec(text.slice(end))?.[1];
  if (member === undefined || !differInNumber(name, right)) return false;
  return right.length > name.length ? !OF_MANY.test(member) : OF_MANY.test(member) && !OF_TEXTS.test(member);
}
