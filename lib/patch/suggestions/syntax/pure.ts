import type { SyntaxNode } from './walk.js';

// Hooks of React and Next.js that only read, or that only matter by what they return.
const READING_HOOK =
  /^use(?:State|Ref|Memo|Callback|Id|Context|Reducer|Router|Pathname|SearchParams|Params|Navigate|Location|Translations?)$/;

/** Whether computing the value does nothing but compute it. */
export function isPure(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Literal':
    case 'Identifier':
    case 'ThisExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true;
    case 'MemberExpression':
      return isPure(node.object as SyntaxNode) && (!node.computed || isPure(node.property as SyntaxNode));
    case 'ChainExpression':
    case 'TSNonNullExpression':
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'ParenthesizedExpression':
      return isPure(node.expression as SyntaxNode);
    case 'UnaryExpression':
      return node.operator !== 'delete' && isPure(node.argument as SyntaxNode);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return isPure(node.left as SyntaxNode) && isPure(node.right as SyntaxNode);
    case 'ConditionalExpression':
      return [node.test, node.consequent, node.alternate].every((part) => isPure(part as SyntaxNode));
    case 'TemplateLiteral':
      return node.expressions.every((part) => isPure(part as SyntaxNode));
    case 'ArrayExpression':
      return node.elements.every((part) => part === null || isPure(part as SyntaxNode));
    case 'ObjectExpression':
      return node.properties.every((part) => part.type === 'Property' && isPure(part.value as SyntaxNode));
    case 'CallExpression':
      return (
        node.callee.type === 'Identifier' &&
        READING_HOOK.test(node.callee.name) &&
        node.arguments.every((part) => isPure(part as SyntaxNode))
      );
    default:
      return false;
  }
}
