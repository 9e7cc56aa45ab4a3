import type { Program } from 'oxc-parser';
import { type Answer, nodeAt, nodesAround, onlyOnLine, ruleOfAnswers, type Source } from '../answers.js';
import { isBroughtByDiff } from '../changed-words.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isPure } from '../syntax/pure.js';
import type { Replacement } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** What TypeScript objects to and answers itself, where its answer is the only one. */
const ANSWERS: readonly Answer[] = [
  {
    message:
      /^Value of type '(?:typeof ([\w$]+)|([\w$]+)Constructor)' is not callable\. Did you mean to include 'new'\?/,
    edit: construct,
    change: 'Makes an object of the class with `new`: a class cannot be called.',
  },
  {
    message: /^'([\w$]+)' refers to a value, but is being used as a type here\. Did you mean 'typeof \1'\?/,
    edit: takeItsType,
    change: 'Names the type of the value with `typeof`, as the compiler asks.',
  },
  {
    message:
      /^Cannot access '([\w$]+)\.([\w$]+)' because '\1' is a type, but not a namespace\. Did you mean to retrieve/,
    edit: indexType,
    change: 'Takes the type of the property in the way that the compiler names.',
  },
  {
    message:
      /^The return type of an async function or method must be the global Promise<T> type\. Did you mean to write/,
    edit: wrapInPromise,
    change: 'Declares the promise that an asynchronous function returns.',
  },
  {
    message: /^'([\w$]+)' is specified more than once, so this usage will be overwritten/,
    edit: dropOverwritten,
    change: 'Takes out the one that what is spread after it always replaces.',
  },
  {
    message: /^Right operand of \?\? is unreachable because the left operand is never nullish/,
    edit: dropUnreachable,
    change: 'Takes out what can never be reached.',
  },
  {
    message: /^The '([|&^]=?)' operator is not allowed for boolean types\. Consider using '(\|\||&&|!==)' instead/,
    edit: useLogical,
    change: 'Writes the operator for truth values that the compiler names.',
  },
  {
    message: /^Expected 1 arguments, but got 0\. Did you forget to include 'void' in your type argument to 'Promise'/,
    edit: promiseNothing,
    change: 'Says that the promise holds nothing, as the compiler asks.',
  },
  {
    message: /^Expected 1 arguments, but got 0/,
    edit: startRef,
    change: 'Writes out the value that the ref has at first, which React 19 asks for.',
  },
  {
    message:
      /^(?:Parameter cannot have question mark and initializer|A parameter cannot have a question mark and an initializer)/,
    edit: dropQuestionMark,
    change: 'Takes out the question mark: a parameter with a value of its own may be left out anyway.',
    ofSyntax: true,
  },
  {
    message: /^'(\w+)' modifier must precede '(\w+)' modifier/,
    edit: swapModifiers,
    change: 'Writes the modifiers in the order that the compiler names.',
    ofSyntax: true,
  },
  {
    message:
      /^(?:'const' declarations must be initialized|Missing initializer in const declaration|The constant "[\w$]+" must be initialized)/,
    edit: declareWithLet,
    change: 'Declares with `let` what gets its value later.',
    ofSyntax: true,
  },
];

export const compilerAnswer = ruleOfAnswers('compiler-answer', ANSWERS);

/** The last name of `a.b.C`; undefined where something is called or left out on the way. */
function lastName(callee: SyntaxNode): string | undefined {
  if (callee.type === 'Identifier') return callee.name;
  if (callee.type !== 'MemberExpression' || callee.computed || callee.optional) return undefined;
  return lastName(callee.object as SyntaxNode) !== undefined && callee.property.type === 'Identifier'
    ? callee.property.name
    : undefined;
}

/** A component that is a class is no object that its user makes. */
function construct(source: Source, [, ofClass, ofConstructor]: RegExpExecArray): Replacement | undefined {
  const call = nodeAt(source, ({ node }) => node.type === 'CallExpression');
  if (call?.node.type !== 'CallExpression' || call.node.optional) return undefined;
  if (lastName(call.node.callee as SyntaxNode) !== (ofClass ?? ofConstructor)) return undefined;
  if (/^(?:JSXExpressionContainer|Decorator)$/.test(call.parent?.type ?? '') || call.key === 'superClass')
    return undefined;
  return { start: source.at, end: source.at, text: 'new ' };
}

const TAKES_TYPE_OF_VALUE =
  /(?:^|\.)(?:ReturnType|Parameters|InstanceType|ConstructorParameters|ComponentProps(?:WithRef|WithoutRef)?|ComponentRef|ElementRef|VariantProps|infer|InferSelectModel|InferInsertModel)$/;

/** Elsewhere the type of what the value holds, makes or describes may be meant. */
function takeItsType(source: Source, [, name = '']: RegExpExecArray): Replacement | undefined {
  const { program, text, at } = source;
  const visit = nodeAt(source, ({ node }) => node.type === 'TSTypeReference');
  const { node, parent } = visit ?? {};
  if (!node || !parent || text.slice(node.start, node.end) !== name) return undefined;
  if (parent.type === 'TSIndexedAccessType' && visit?.key === 'objectType')
    return { start: at, end: node.end, text: `(typeof ${name})` };
  const isKeys = parent.type === 'TSTypeOperator' && parent.operator === 'keyof';
  const user = [...walk(program)].find(({ node: other }) => 'typeArguments' in other && other.typeArguments === parent);
  const asks =
    user?.node.type === 'TSTypeReference' &&
    TAKES_TYPE_OF_VALUE.test(text.slice(user.node.typeName.start, user.node.typeName.end));
  return isKeys || asks ? { start: at, end: at, text: 'typeof ' } : undefined;
}

function indexType(source: Source, [, type = '', property = '']: RegExpExecArray): Replacement | undefined {
  const { text, at } = source;
  const visit = nodeAt(source, ({ node }) => node.type === 'TSQualifiedName');
  if (visit?.parent?.type !== 'TSTypeReference' || visit.parent.typeArguments) return undefined;
  const { start, end } = visit.node;
  const quote = text.includes("'") || !text.includes('"') ? "'" : '"';
  return start === at && text.slice(start, end) === `${type}.${property}`
    ? { start, end, text: `${type}[${quote}${property}${quote}]` }
    : undefined;
}

function wrapInPromise({ program, text, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    const type = 'returnType' in node && 'async' in node && node.async ? node.returnType?.typeAnnotation : undefined;
    if (type?.start !== at) continue;
    const written = text.slice(type.start, type.end);
    return /Promise|Awaitable|Thenable/.test(written)
      ? undefined
      : { start: type.start, end: type.end, text: `Promise<${written}>` };
  }
  return undefined;
}

function dropOverwritten(source: Source): Replacement | undefined {
  const { node, parent } = nodeAt(source, ({ node }) => /^(?:Property|JSXAttribute)$/.test(node.type)) ?? {};
  const list: readonly SyntaxNode[] =
    parent?.type === 'ObjectExpression'
      ? parent.properties
      : parent?.type === 'JSXOpeningElement'
        ? parent.attributes
        : [];
  const next = node && list[list.indexOf(node) + 1];
  if (!node || !next || !isPlainEntry(node)) return undefined;
  // Who has just written it wants it to count.
  const written = source.text.slice(node.start, node.end);
  if (source.workspace.changes.length > 0 && isBroughtByDiff(source.workspace, source.file, written)) return undefined;
  const between = source.text.slice(node.end, next.start);
  return /^\s*,?\s*$/.test(between) ? { start: node.start, end: next.start, text: '' } : undefined;
}

function isPlainEntry(node: SyntaxNode): boolean {
  if (node.type === 'Property') return !node.computed && isPure(node.value as SyntaxNode);
  if (node.type !== 'JSXAttribute') return false;
  const value = node.value?.type === 'JSXExpressionContainer' ? node.value.expression : node.value;
  return value === null || isPure(value as SyntaxNode);
}

const NEVER_NULLISH = /^(?:TemplateLiteral|Literal|ObjectExpression|ArrayExpression|ArrowFunctionExpression)$/;

/** Of an operator on the left, parentheses may be missing. */
function dropUnreachable(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, ({ node }) => node.type === 'LogicalExpression' && node.operator === '??') ?? {};
  if (node?.type !== 'LogicalExpression' || !NEVER_NULLISH.test(node.left.type)) return undefined;
  // What is put into the text may be what the other is there for.
  if (node.left.type === 'TemplateLiteral' && node.left.expressions.length > 0) return undefined;
  // `'Untitled' ?? post.title` has them the wrong way round.
  if (/Literal$|^(?:Object|Array)Expression$/.test(node.left.type) && node.right.type !== 'Literal') return undefined;
  return { start: node.left.end, end: node.right.end, text: '' };
}

/** What stands on the right of `||` may not be computed: it has to do nothing else. */
function useLogical(source: Source, [, operator = '', asked = '']: RegExpExecArray): Replacement | undefined {
  const right = operator.endsWith('=') ? `${asked}=` : asked;
  const { node, parent } =
    nodeAt(
      source,
      ({ node }) =>
        (node.type === 'BinaryExpression' || node.type === 'AssignmentExpression') && node.operator === operator,
    ) ?? {};
  if ((node?.type !== 'BinaryExpression' && node?.type !== 'AssignmentExpression') || right === '!===')
    return undefined;
  // The new operator binds less tightly than the old one.
  if (/^(?:Binary|Logical)Expression$/.test(parent?.type ?? '') || !isPure(node.right as SyntaxNode)) return undefined;
  const between = source.text.slice(node.left.end, node.right.start);
  const start = node.left.end + between.indexOf(operator);
  return between.trim() === operator ? { start, end: start + operator.length, text: right } : undefined;
}

/** `await new Promise((resolve) => ...)` whose value nobody takes; elsewhere the type around it may ask for one. */
function promiseNothing(source: Source): Replacement | undefined {
  const around = nodesAround(source, source.at);
  const promise = around.find((node) => node.type === 'NewExpression');
  if (promise?.type !== 'NewExpression' || promise.typeArguments) return undefined;
  if (promise.callee.type !== 'Identifier' || promise.callee.name !== 'Promise') return undefined;
  const [executor] = promise.arguments;
  const resolve = executor && 'params' in executor ? executor.params[0] : undefined;
  if (resolve?.type !== 'Identifier' || resolve.typeAnnotation || !executor) return undefined;
  const isGiven = [...walk(executor)].some(
    ({ node }) =>
      node.type === 'CallExpression' &&
      node.callee.type === 'Identifier' &&
      node.callee.name === resolve.name &&
      node.arguments.length > 0,
  );
  const [outer, next] = around.slice(around.indexOf(promise) + 1);
  const isAlone = outer?.type === 'AwaitExpression' && next?.type === 'ExpressionStatement';
  const isVariable = outer?.type === 'VariableDeclarator' && !outer.id.typeAnnotation;
  const isReturned = outer?.type === 'ArrowFunctionExpression' && !outer.returnType && isUntyped(next);
  if (isGiven || !(isAlone || isVariable || isReturned)) return undefined;
  return { start: promise.callee.end, end: promise.callee.end, text: '<void>' };
}

function isUntyped(node: SyntaxNode | undefined): boolean {
  return node?.type === 'VariableDeclarator' && !node.id.typeAnnotation;
}

/**
 * `useRef()` of React 18. As React's own codemod has it: `undefined`, as it was; a ref that an element fills is `null`
 * without one, and takes nothing else: https://react.dev/blog/2024/04/25/react-19-upgrade-guide#useref-requires-argument.
 * All of the file: compilers may stop at the first.
 */
function startRef({ program, text, at }: Source): readonly Replacement[] | undefined {
  const refs = [...walk(program)].flatMap(({ node, parent }) => {
    if (node.type !== 'CallExpression' || node.arguments.length > 0) return [];
    const { callee } = node;
    const start = (node.typeArguments ?? callee).end;
    if (!isUseRef(program, callee as SyntaxNode) || !/^\s*\(\s*\)$/.test(text.slice(start, node.end))) return [];
    const isFilled =
      parent?.type === 'VariableDeclarator' && parent.id.type === 'Identifier' && fillsRef(program, parent.id.name);
    const isMeant = (callee.type === 'MemberExpression' ? callee.property : callee).start === at;
    return [{ start, end: node.end, text: isFilled ? '(null)' : '(undefined)', isMeant }];
  });
  return refs.some(({ isMeant }) => isMeant) ? refs : undefined;
}

function isUseRef(program: Program, callee: SyntaxNode): boolean {
  const member = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' ? callee : undefined;
  const local = member ? (member.object as { name?: string }).name : callee.type === 'Identifier' ? callee.name : '';
  const imported = importsOf(program).find((other) => other.specifier === 'react' && other.local === local)?.imported;
  if (!member) return imported === 'useRef';
  const isNamespace = imported === 'default' || imported === '*';
  return isNamespace && member.property.type === 'Identifier' && member.property.name === 'useRef';
}

function fillsRef(program: Program, name: string): boolean {
  return [...walk(program)].some(
    ({ node }) =>
      node.type === 'JSXAttribute' &&
      node.name.name === 'ref' &&
      node.value?.type === 'JSXExpressionContainer' &&
      node.value.expression.type === 'Identifier' &&
      node.value.expression.name === name,
  );
}

function dropQuestionMark(source: Source): Replacement | undefined {
  const { text } = source;
  const mark = onlyOnLine(source, ({ node }) => {
    const left = node.type === 'AssignmentPattern' && node.left.type === 'Identifier' ? node.left : undefined;
    const start = (left?.start ?? 0) + (left?.name.length ?? 0);
    const length = /^\s*\?/.exec(text.slice(start))?.[0].length;
    return left && length !== undefined ? { start, end: start + length } : undefined;
  });
  return mark && { ...mark, text: '' };
}

function swapModifiers({ text, at }: Source, [, first = '', second = '']: RegExpExecArray): Replacement | undefined {
  const blank = text.startsWith(first, at) ? /^\s+/.exec(text.slice(at + first.length))?.[0] : undefined;
  const line = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  const before = /(?:\b[a-z]+ )+$/.exec(line)?.[0] ?? '';
  const index = ` ${before}`.indexOf(` ${second} `);
  if (blank === undefined || index < 0) return undefined;
  const start = at - before.length + index;
  return { start, end: at + first.length + blank.length, text: `${first} ${text.slice(start, at)}` };
}

function declareWithLet(source: Source): Replacement | undefined {
  const { program } = source;
  const declaration = onlyOnLine(source, ({ node, parent }) => {
    const isBare = node.type === 'VariableDeclaration' && node.kind === 'const' && !node.declare;
    const isOfLoop = /^For(?:In|Of)Statement$/.test(parent?.type ?? '');
    return isBare && !isOfLoop && node.declarations.some(({ init }) => !init) ? node : undefined;
  });
  const [only, another] = declaration?.declarations ?? [];
  if (!declaration || another || only?.id.type !== 'Identifier') return undefined;
  const { name } = only.id;
  const names = namesOf(program).filter((use) => use.name === name);
  const isOne = names.filter(({ role }) => role === 'declaration').length === 1;
  const isAssigned = names.some(({ parent, key }) => parent?.type === 'AssignmentExpression' && key === 'left');
  const { start } = declaration;
  return isOne && isAssigned ? { start, end: start + 'const'.length, text: 'let' } : undefined;
}
