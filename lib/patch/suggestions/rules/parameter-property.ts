import { type Answer, ruleOfAnswers, type Source } from '../answers.js';
import { lineEnding, type Replacement } from '../syntax/source-text.js';
import { type SyntaxNode, type Visit, walk } from '../syntax/walk.js';

const ANSWERS: readonly Answer[] = [
  {
    message: /^This syntax is not allowed when 'erasableSyntaxOnly' is enabled/,
    edit: writeOut,
    change:
      'Declares the members of the class, and assigns them in its constructor, where they were declared as parameters.',
  },
];

/**
 * `constructor(private name: string)` where only types may be written that can be taken out: the member, and the assignment that the
 * compiler made of it.
 */
export const parameterProperty = ruleOfAnswers('parameter-property', ANSWERS);

function writeOut({ program, text, at }: Source): readonly Replacement[] | undefined {
  const visits = [...walk(program)];
  const parentOf = (node: SyntaxNode | undefined) => visits.find((visit) => visit.node === node)?.parent;
  const found = visits.find(({ node }) => node.type === 'TSParameterProperty' && node.start === at);
  const func = found?.parent;
  const method = parentOf(func);
  const body = parentOf(method);
  if (func?.type !== 'FunctionExpression' || !func.body || method?.type !== 'MethodDefinition') return undefined;
  if (body?.type !== 'ClassBody' || mayDiffer(parentOf(body), body, visits)) return undefined;
  // A comment above the constructor would be one of the first member then.
  if (/(?:\*\/|(?:^|\n)[^\S\n]*\/\/[^\n]*\n)\s*$/.test(text.slice(0, method.start))) return undefined;
  const properties = func.params.map((param) =>
    param.type === 'TSParameterProperty' ? readProperty(text, param) : 'plain',
  );
  if (properties.includes(undefined)) return undefined;
  const own = properties.flatMap((one) => (typeof one === 'object' ? [one] : []));
  const ending = lineEnding(text);
  const indent = /[^\S\n]*$/.exec(text.slice(0, method.start))?.[0] ?? '';
  const outer = /[^\S\n]*$/.exec(text.slice(0, text.lastIndexOf('}', body.end - 1)))?.[0] ?? '';
  const unit = indent.slice(outer.length) || '  ';
  const mark = text.includes(';') || !/^(?:import|const|let) /m.test(text) ? ';' : '';
  const members = own.map(({ member }) => `${member}${mark}`).join(ending + indent);
  const rows = own.map(({ name }) => `${ending}${indent}${unit}this.${name} = ${name}${mark}`).join('');
  const isEmpty = /^\{\s*\}$/.test(text.slice(func.body.start, func.body.end));
  const owner = parentOf(body);
  const [first] = func.body.body;
  const isDerived = owner !== undefined && 'superClass' in owner && owner.superClass !== null;
  if (isDerived && !(first && isCallOfParent(first))) return undefined;
  const from = isDerived && first ? first.end : func.body.start + 1;
  return [
    { start: method.start, end: method.start, text: `${members}${ending}${ending}${indent}` },
    ...own.map(({ start, end }) => ({ start, end, text: '' })),
    isEmpty
      ? { start: func.body.start, end: func.body.end, text: `{${rows}${ending}${indent}}` }
      : { start: from, end: from, text: rows },
  ];
}

/** The compiler assigns behind it: https://www.typescriptlang.org/docs/handbook/2/classes.html#parameter-properties */
function isCallOfParent(node: SyntaxNode): boolean {
  return (
    node.type === 'ExpressionStatement' &&
    node.expression.type === 'CallExpression' &&
    node.expression.callee.type === 'Super'
  );
}

/** Members that are made of others would be made too early. */
function mayDiffer(owner: SyntaxNode | undefined, body: SyntaxNode, visits: readonly Visit[]): boolean {
  if (!owner || !('superClass' in owner) || body.type !== 'ClassBody') return true;
  return (
    body.body.some(
      (member) =>
        /^(?:PropertyDefinition|AccessorProperty)$/.test(member.type) &&
        'value' in member &&
        member.value !== null &&
        !('static' in member && member.static),
    ) || visits.some(({ node }) => node.type === 'Decorator' && body.start <= node.start && node.end <= body.end)
  );
}

/** The words before the name, and the member that they made; undefined where its type is not written down. */
function readProperty(text: string, property: Extract<SyntaxNode, { type: 'TSParameterProperty' }>) {
  const { parameter } = property;
  const target = parameter.type === 'AssignmentPattern' ? parameter.left : parameter;
  if (target.type !== 'Identifier' || !target.typeAnnotation) return undefined;
  const words = text.slice(property.start, parameter.start);
  const type = text.slice(target.typeAnnotation.start, target.typeAnnotation.end);
  const optional = target.optional ? '?' : '';
  return {
    name: target.name,
    member: `${words}${target.name}${optional}${type}`,
    start: property.start,
    end: parameter.start,
  };
}
