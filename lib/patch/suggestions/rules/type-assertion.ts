import { type Answer, onlyOnLine, ruleOfAnswers, type Source } from '../answers.js';
import type { Replacement } from '../syntax/source-text.js';

const ANSWERS: readonly Answer[] = [
  /^This syntax is not allowed when 'erasableSyntaxOnly' is enabled/,
  /^This syntax is reserved in files with the \.mts or \.cts extension\. Use an `as` expression instead/,
  // Node.js, which takes types out alone: https://nodejs.org/api/typescript.html#typescript-features
  /The angle-bracket syntax for type assertions.{0,40} is not supported/,
].map((message) => ({ message, edit: writeAfter, change: 'Writes the type behind the value, by `as`.' }));

/** `<Harbour>value` where only types may be written that can be taken out, which `value as Harbour` can. */
export const typeAssertion = ruleOfAnswers('type-assertion', ANSWERS);

/** Whatever is written before these holds less tight than `as`. */
const WHOLE =
  /^(?:VariableDeclarator|ReturnStatement|Property|ArrayExpression|AssignmentExpression|ParenthesizedExpression)$/;
const OF_LIST = /^(?:CallExpression|NewExpression)$/;
const SIMPLE =
  /^(?:Identifier|Literal|TemplateLiteral|(?:Member|Chain|Call|New|Object|Array|Parenthesized|Await|This)Expression)$/;

function writeAfter(source: Source): Replacement | undefined {
  const { text } = source;
  return onlyOnLine(source, ({ node, parent, key }) => {
    if (node.type !== 'TSTypeAssertion' || !parent || parent.type === node.type || !SIMPLE.test(node.expression.type))
      return undefined;
    const { expression, typeAnnotation, start, end } = node;
    const sign = text.slice(start, typeAnnotation.start) + text.slice(typeAnnotation.end, expression.start);
    if (!/^<\s*>\s*$/.test(sign)) return undefined;
    const written = `${text.slice(expression.start, end)} as ${text.slice(typeAnnotation.start, typeAnnotation.end)}`;
    const isWhole = WHOLE.test(parent.type) || (OF_LIST.test(parent.type) && key === 'arguments');
    return { start, end, text: isWhole ? written : `(${written})` };
  });
}
