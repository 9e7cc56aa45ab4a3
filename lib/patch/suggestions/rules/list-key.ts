import type { Rule } from '../rule.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const NO_KEY = /^Missing "key" prop for element in iterator\.?$/;

/**
 * An element of a list without `key`, made of an item whose `id` it uses: that tells it from the others,
 * https://react.dev/learn/rendering-lists#where-to-get-your-key.
 */
export const listKey: Rule = {
  name: 'list-key',
  async propose({ file, line, message }, workspace) {
    const text = file === undefined || !/\.[jt]sx?$/.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || line === undefined || !NO_KEY.test(message.trim()))
      return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const found = [...walk(program)].flatMap(({ node }) => {
      const made = node.type === 'CallExpression' ? madeBy(node) : undefined;
      return made && lineOf(text, made.element.start) === line ? [made] : [];
    });
    const [only, another] = found;
    if (errors.length > 0 || !only || another) return undefined;
    const { element, item } = only;
    const opening = element.openingElement;
    const hasKey = opening.attributes.some((one) => one.type !== 'JSXAttribute' || one.name.name === 'key');
    const inner = [...walk(element)].flatMap(({ node }) =>
      'params' in node && node.params && hidesName(text, node.params as SyntaxNode[], item) ? [node] : [],
    );
    const usesId = [...walk(element)].some(
      ({ node }) =>
        !inner.some(({ start, end }) => start <= node.start && node.end <= end) &&
        node.type === 'MemberExpression' &&
        !node.computed &&
        !node.optional &&
        node.object.type === 'Identifier' &&
        node.object.name === item &&
        node.property.type === 'Identifier' &&
        node.property.name === 'id',
    );
    if (hasKey || !usesId) return undefined;
    const at = opening.typeArguments?.end ?? opening.name.end;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: at, end: at, text: ` key={${item}.id}` }])]]),
      cause: `An element of the list in ${file}, line ${line}, has no key.`,
      change: `Takes the \`id\` of \`${item}\`, which the element uses already.`,
    };
  },
};

/** Whether a function calls something else so. */
function hidesName(text: string, params: readonly SyntaxNode[], name: string): boolean {
  return params.some(({ start, end }) =>
    new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(text.slice(start, end)),
  );
}

interface Made {
  readonly element: Extract<SyntaxNode, { type: 'JSXElement' }>;
  readonly item: string;
}

/** The one element that `rows.map((row) => ...)` makes of each item. */
function madeBy({ callee, arguments: [callback] }: Extract<SyntaxNode, { type: 'CallExpression' }>): Made | undefined {
  const isMap =
    callee.type === 'MemberExpression' && callee.property.type === 'Identifier' && callee.property.name === 'map';
  if (!isMap || callback?.type !== 'ArrowFunctionExpression') return undefined;
  const [item] = callback.params;
  const last = callback.body.type === 'BlockStatement' ? callback.body.body.at(-1) : undefined;
  const given = last?.type === 'ReturnStatement' ? last.argument : callback.body;
  const element = given?.type === 'ParenthesizedExpression' ? given.expression : given;
  return item?.type === 'Identifier' && element?.type === 'JSXElement' ? { element, item: item.name } : undefined;
}
