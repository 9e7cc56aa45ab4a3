import type { Program } from 'oxc-parser';
import { type Answer, nodeAt, nodesAround, ruleOfAnswers, type Source } from '../answers.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { type Replacement, wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** Of two ways to write the same, linters want one, and have a fix for it. */
const ANSWERS: readonly Answer[] = [
  { message: /^Unexpected var, use let or const instead/, edit: narrowVariable },
  { message: /^Expected property shorthand/, edit: shortenProperty },
  { message: /^Expected method shorthand/, edit: shortenMethod },
  {
    message:
      /^(?:(?:Import|Export|Destructuring assignment) [\w$]+ unnecessarily renamed|Do not rename import, export, or destructured assignments to the same name)/,
    edit: dropRenaming,
  },
  { message: /^Unexpected 'debugger' statement|^`debugger` statement is not allowed/, edit: dropDebugger },
  { message: /^Use (?:an )?`interface` instead of (?:a )?`type`/, edit: toInterface },
  { message: /^Use (?:a )?`type` instead of (?:an )?`interface`/, edit: toType },
  { message: /^Array type using '(?:Readonly)?Array<.{1,300}?>' is forbidden/, edit: toBrackets },
  { message: /^Array type using '.{1,300}?\[\]' is forbidden/, edit: toGeneric },
  { message: /^This assertion is unnecessary since/, edit: dropAssertion },
  { message: /^(?:Forbidden )?extra non-null assertion/i, edit: dropSecondMark },
  {
    message: /^constraining the generic type [`"][\w$]+[`"] to [`"](?:any|unknown)[`"] does nothing/i,
    edit: dropConstraint,
  },
  { message: /^Unnecessarily computed property (?:\[.{1,200}\]|`.{1,200}`) found/, edit: dropKeyBrackets },
  { message: /^\[.{1,200}\] is better written in dot notation/, edit: toDot },
  { message: /^It's not necessary to initialize '[\w$]+' to undefined/, edit: dropUndefined },
  { message: /^Unnecessary use of boolean literals in conditional expression/, edit: dropConditional },
  { message: /^Strings must use (single|double)quote/, edit: otherQuotes },
  {
    message: /^A `require\(\)` style import is forbidden|^Expected "import" statement instead of "require" call/,
    edit: importBuiltin,
  },
];

export const styleAnswer = ruleOfAnswers('style-answer', ANSWERS);

const LOOP = /^(?:For\w*|While|DoWhile)Statement$/;

/**
 * A variable that is seen in its own block alone, and there only below its declaration; in a loop it would be another one
 * each time.
 */
function narrowVariable(source: Source): Replacement | undefined {
  const { program, at } = source;
  const { node, parent } = nodeAt(source, (visit) => visit.node.type === 'VariableDeclaration') ?? {};
  if (node?.type !== 'VariableDeclaration' || node.kind !== 'var' || node.declare) return undefined;
  const around = nodesAround(source, at);
  const block = parent?.type === 'ExportNamedDeclaration' ? program : parent;
  if ((block?.type !== 'Program' && block?.type !== 'BlockStatement') || around.some(({ type }) => LOOP.test(type)))
    return undefined;
  const names = namesOf(program);
  const isAssigned = assignedNames(program);
  let kind = 'const';
  for (const { id, init, end } of node.declarations) {
    if (id.type !== 'Identifier') return undefined;
    const same = names.filter((use) => use.name === id.name && use.role !== 'member' && use.start !== id.start);
    const isSeen = ({ start, role }: NameUse) => role === 'reference' && start >= end && start < block.end;
    if (!same.every(isSeen)) return undefined;
    if (!init || isAssigned.has(id.name)) kind = 'let';
  }
  return { start: at, end: at + 'var'.length, text: kind };
}

function assignedNames(program: Program): Set<string> {
  const targets = [...walk(program)].flatMap(({ node }) => {
    if (node.type === 'AssignmentExpression' || /^For(?:In|Of)Statement$/.test(node.type))
      return 'left' in node ? [node.left] : [];
    return node.type === 'UpdateExpression' ? [node.argument] : [];
  });
  return new Set(
    targets.flatMap((target) =>
      [...walk(target)].flatMap(({ node }) => (node.type === 'Identifier' ? [node.name] : [])),
    ),
  );
}

function shortenProperty(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'Property') ?? {};
  if (node?.type !== 'Property' || node.computed || node.key.type !== 'Identifier') return undefined;
  if (node.value.type !== 'Identifier' || node.value.name !== node.key.name) return undefined;
  const between = source.text.slice(node.key.end, node.value.start);
  return between.trim() === ':' ? { start: node.key.end, end: node.value.end, text: '' } : undefined;
}

function shortenMethod({ program, text, at }: Source): Replacement | undefined {
  const property = [...walk(program)].find(
    ({ node }) => node.type === 'Property' && (node.start === at || node.value.start === at),
  )?.node;
  if (property?.type !== 'Property' || property.computed || property.value.type !== 'FunctionExpression')
    return undefined;
  const { key, value } = property;
  const head = /^(async\s+)?function\s*(\*?)\s*(?=[(<])/.exec(text.slice(value.start, value.end));
  if (!head || text.slice(key.end, value.start).trim() !== ':') return undefined;
  const mark = `${head[1] ? 'async ' : ''}${head[2] ?? ''}`;
  return { start: property.start, end: value.start + head[0].length, text: mark + text.slice(key.start, key.end) };
}

function dropRenaming({ program, text, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    if (!/^(?:Property|ImportSpecifier|ExportSpecifier)$/.test(node.type)) continue;
    const isHere = node.start === at || ('local' in node && node.local?.start === at);
    const match =
      isHere && /^((?:type\s+)?([\w$]+))(?:\s+as\s+|\s*:\s*)\2(?![\w$])/.exec(text.slice(node.start, node.end));
    if (match) return { start: node.start + (match[1] ?? '').length, end: node.start + match[0].length, text: '' };
  }
  return undefined;
}

function dropDebugger(source: Source): Replacement | undefined {
  const { node, parent } = nodeAt(source, (visit) => visit.node.type === 'DebuggerStatement') ?? {};
  const isStatement = parent?.type === 'Program' || parent?.type === 'BlockStatement';
  return node && isStatement ? { ...wholeLines(source.text, node.start, node.end), text: '' } : undefined;
}

function toInterface({ program, text, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    if (node.type !== 'TSTypeAliasDeclaration' || (node.id.start !== at && node.start !== at)) continue;
    const { id, typeParameters, typeAnnotation: type } = node;
    if (type.type !== 'TSTypeLiteral' || node.declare) return undefined;
    const head = text.slice(id.start, (typeParameters ?? id).end);
    return { start: node.start, end: node.end, text: `interface ${head} ${text.slice(type.start, type.end)}` };
  }
  return undefined;
}

/** What is declared twice is one interface, and would be two types. */
function toType({ program, text, at }: Source): Replacement | undefined {
  const visits = [...walk(program)];
  for (const { node, parent } of visits) {
    if (node.type !== 'TSInterfaceDeclaration' || (node.id.start !== at && node.start !== at)) continue;
    const { id, typeParameters, body } = node;
    const named = visits.filter(
      (other) => 'id' in other.node && other.node.id?.type === 'Identifier' && other.node.id.name === id.name,
    );
    const isPlain = parent?.type === 'Program' || parent?.type === 'ExportNamedDeclaration';
    const isOwn = !visits.some(({ node: other }) => /^TS(?:Module|Global)Declaration$/.test(other.type));
    if (node.extends.length > 0 || node.declare || named.length > 1 || !isPlain || !isOwn) return undefined;
    const head = text.slice(id.start, (typeParameters ?? id).end);
    return { start: node.start, end: node.end, text: `type ${head} = ${text.slice(body.start, body.end)};` };
  }
  return undefined;
}

const NEEDS_PARENTHESES =
  /^TS(?:Union|Intersection|Function|Constructor|Conditional|Infer)Type$|^TSType(?:Operator|Query)$/;

function toBrackets(source: Source): Replacement | undefined {
  const { node, parent } = nodeAt(source, (visit) => visit.node.type === 'TSTypeReference') ?? {};
  if (node?.type !== 'TSTypeReference' || node.typeName.type !== 'Identifier') return undefined;
  const [of, another] = node.typeArguments?.params ?? [];
  if (!of || another) return undefined;
  const isReadonly = node.typeName.name === 'ReadonlyArray';
  if (isReadonly && /^TS(?:Array|IndexedAccess|Rest|Optional)Type$/.test(parent?.type ?? '')) return undefined;
  const written = source.text.slice(of.start, of.end);
  const list = NEEDS_PARENTHESES.test(of.type) ? `(${written})[]` : `${written}[]`;
  return { start: node.start, end: node.end, text: isReadonly ? `readonly ${list}` : list };
}

function toGeneric({ program, text, at }: Source): Replacement | undefined {
  const node = [...walk(program)].find(
    (visit) =>
      visit.node.start === at &&
      (visit.node.type === 'TSArrayType' ||
        (visit.node.type === 'TSTypeOperator' && visit.node.operator === 'readonly')),
  )?.node;
  const list = node?.type === 'TSTypeOperator' ? node.typeAnnotation : node;
  if (!node || list?.type !== 'TSArrayType') return undefined;
  const of = list.elementType.type === 'TSParenthesizedType' ? list.elementType.typeAnnotation : list.elementType;
  const name = node === list ? 'Array' : 'ReadonlyArray';
  return { start: node.start, end: node.end, text: `${name}<${text.slice(of.start, of.end)}>` };
}

/** The linter that says so has seen the types; of several assertions that begin together it does not say which. */
function dropAssertion({ program, at }: Source): Replacement | undefined {
  const [only, another] = [...walk(program)].flatMap(({ node }) =>
    node.start === at && (node.type === 'TSAsExpression' || node.type === 'TSNonNullExpression') ? [node] : [],
  );
  return only && !another ? { start: only.expression.end, end: only.end, text: '' } : undefined;
}

function dropSecondMark(source: Source): Replacement | undefined {
  const { text } = source;
  const { node } = nodeAt(source, (visit) => visit.node.type === 'TSNonNullExpression') ?? {};
  const start = text[source.at] === '!' ? source.at : (node?.end ?? 0) - 1;
  const marks = /^!!+/.exec(text.slice(start))?.[0];
  return marks === undefined ? undefined : { start, end: start + marks.length, text: '!' };
}

/** In a file with JSX an arrow function's `<T>` would be an element. */
function dropConstraint({ program, text, at, file }: Source): Replacement | undefined {
  for (const { node, parent } of walk(program)) {
    if (node.type !== 'TSTypeParameter' || node.start !== at || !node.constraint) continue;
    const isAlone = parent?.type === 'TSTypeParameterDeclaration' && parent.params.length === 1;
    const end = node.constraint.end;
    const start = at + (/^(?:const\s+)?[\w$]+/.exec(text.slice(at))?.[0].length ?? 0);
    return {
      start,
      end,
      text: isAlone && file.endsWith('x') && /^\s*>\s*\([^)]*\)[^{;]*=>/.test(text.slice(end)) ? ',' : '',
    };
  }
  return undefined;
}

function dropKeyBrackets({ text, at }: Source): Replacement | undefined {
  const start = text[at - 1] === '[' ? at - 1 : at;
  const match = /^\[\s*('[\w$]+'|"[\w$]+")\s*\]/.exec(text.slice(start));
  return match?.[1] && !match[1].includes('__proto__')
    ? { start, end: start + match[0].length, text: match[1].slice(1, -1) }
    : undefined;
}

function toDot({ program, text, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    if (node.type !== 'MemberExpression' || !node.computed || node.property.start !== at) continue;
    const name = /^['"]([A-Za-z_$][\w$]*)['"]$/.exec(text.slice(node.property.start, node.property.end))?.[1];
    const isNumber = node.object.type === 'Literal' && typeof node.object.value === 'number';
    if (name === undefined || isNumber) return undefined;
    return { start: node.object.end, end: node.end, text: `${node.optional ? '?.' : '.'}${name}` };
  }
  return undefined;
}

function dropUndefined(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'VariableDeclarator') ?? {};
  if (node?.type !== 'VariableDeclarator' || node.init?.type !== 'Identifier' || node.init.name !== 'undefined')
    return undefined;
  return { start: node.id.end, end: node.end, text: '' };
}

function dropConditional(source: Source): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'ConditionalExpression') ?? {};
  if (node?.type !== 'ConditionalExpression') return undefined;
  const { test, consequent, alternate } = node;
  const values = [consequent, alternate].map((part) => source.text.slice(part.start, part.end)).join();
  const isTruth =
    (test.type === 'BinaryExpression' && /^(?:[!=]==?|[<>]=?|in|instanceof)$/.test(test.operator)) ||
    (test.type === 'UnaryExpression' && test.operator === '!');
  if (isTruth) return values === 'true,false' ? { start: test.end, end: node.end, text: '' } : undefined;
  const mark = values === 'true,false' ? '!!' : values === 'false,true' ? '!' : undefined;
  if (mark === undefined || !/^(?:Identifier|MemberExpression|CallExpression)$/.test(test.type)) return undefined;
  return { start: node.start, end: node.end, text: mark + source.text.slice(test.start, test.end) };
}

function otherQuotes(source: Source, [, kind]: RegExpExecArray): Replacement | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'Literal') ?? {};
  const inner = node && /^(['"])([^'"\\\n]*)\1$/.exec(source.text.slice(node.start, node.end))?.[2];
  const quote = kind === 'single' ? "'" : '"';
  return node && inner !== undefined ? { start: node.start, end: node.end, text: quote + inner + quote } : undefined;
}

/** Modules of Node.js that are no function themselves: their namespace holds what `require` gives. */
const BUILTIN =
  /^(?:node:)?(?:buffer|child_process|crypto|dns|fs|fs\/promises|http|https|net|os|path|perf_hooks|querystring|readline|timers|tls|url|util|worker_threads|zlib)$/;

/** Whether a package has a default export depends on the package, its version and what loads it. */
function importBuiltin(source: Source): Replacement | undefined {
  const { program, module, text, at, file } = source;
  if (!(module.hasModuleSyntax || /\.m?tsx?$/.test(file)) || /\bmodule\.exports\b|^\s*exports\.\w/m.test(text))
    return undefined;
  for (const node of program.body) {
    const [only, another] = node.type === 'VariableDeclaration' ? node.declarations : [];
    const call = only?.init;
    if (!only || another || call?.type !== 'CallExpression' || call.start !== at) continue;
    const [argument] = call.arguments;
    const name = argument?.type === 'Literal' ? String(argument.value) : '';
    const binding = bindingOf(only.id as SyntaxNode);
    if (!argument || binding === undefined || !BUILTIN.test(name)) return undefined;
    const isOneStatement = only.id.type === 'Identifier' ? !only.id.typeAnnotation : true;
    const ending = text[node.end - 1] === ';' ? ';' : '';
    const specifier = text.slice(argument.start, argument.end);
    return isOneStatement
      ? { start: node.start, end: node.end, text: `import ${binding} from ${specifier}${ending}` }
      : undefined;
  }
  return undefined;
}

function bindingOf(id: SyntaxNode): string | undefined {
  if (id.type === 'Identifier') return `* as ${id.name}`;
  if (id.type !== 'ObjectPattern') return undefined;
  const names = id.properties.map((property) => {
    if (property.type !== 'Property' || property.computed) return undefined;
    const { key, value } = property;
    if (key.type !== 'Identifier' || value.type !== 'Identifier') return undefined;
    return key.name === value.name ? key.name : `${key.name} as ${value.name}`;
  });
  return names.includes(undefined) || names.length === 0 ? undefined : `{ ${names.join(', ')} }`;
}
