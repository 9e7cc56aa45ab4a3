import { escapePattern } from '../../../context/word-pattern.js';
import { type Answer, nodeAt, ruleOfAnswers, type Source } from '../answers.js';
import { functionsOf } from '../syntax/entry-functions.js';
import { missingReturn } from '../syntax/missing-return.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { quoteOf, type Replacement } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** What the compiler objects to in what elements of React are given, where one thing can be meant. */
const ANSWERS: readonly Answer[] = [
  {
    message: /^Type '(?:void|Promise<void>)' is not assignable to type '[^']{0,200}(?:EventHandler<|=> void)/,
    edit: handOver,
    change: 'Hands over a function that makes the call, which so far was made while the element was rendered.',
  },
  {
    message: /^Argument of type '\(\) => Promise<void>' is not assignable to parameter of type 'EffectCallback'/,
    edit: wrapEffect,
    change: 'Calls the asynchronous function in the effect, which itself may return nothing but a cleanup.',
  },
  {
    message: /^Type '\(.{1,300}\) => .{1,500}' is not assignable to type '(?:Legacy)?Ref(?:Callback)?</,
    edit: returnNothing,
    change: 'Assigns in a block: React 19 takes what the callback of a ref returns for its cleanup.',
  },
  {
    message:
      /^Type 'string' (?:has no properties in common with|is not assignable to) type '(?:Properties<|CSSProperties\b)/,
    edit: styleAsObject,
    change: 'Writes the style as the object that React wants.',
  },
  {
    message: /^Type 'string' is not assignable to type '(?!string\b)/,
    edit: quotedName,
    change: 'Gives the value of that name, which is at hand there; quotes make a text of the name.',
  },
  {
    message: /^Type '(?:void|undefined)\[\]' is not assignable to type '(?:ReactNode|ReactElement|Element)/,
    edit: returnElement,
    change: 'Returns the element from the function that makes it.',
  },
];

export const reactAnswer = ruleOfAnswers('react-answer', ANSWERS);

/** What stands between the braces of an attribute. */
function givenAt(source: Source, isName: (name: string) => boolean): SyntaxNode | undefined {
  const { node } = nodeAt(source, (visit) => visit.node.type === 'JSXAttribute') ?? {};
  if (node?.type !== 'JSXAttribute' || typeof node.name.name !== 'string' || !isName(node.name.name)) return undefined;
  return (node.value?.type === 'JSXExpressionContainer' ? node.value.expression : node.value) as SyntaxNode | undefined;
}

function handOver(source: Source): Replacement | undefined {
  const call = givenAt(source, (name) => /^on[A-Z]/.test(name));
  if (call?.type !== 'CallExpression') return undefined;
  const isWaited = [...walk(call)].some(({ node }) => /^(?:Await|Yield)Expression$/.test(node.type));
  if (isWaited) return undefined;
  const wanted =
    call.arguments.length === 0 && call.callee.type === 'Identifier' ? wantedBy(source, call.callee.name) : 'nothing';
  if (wanted === 'nothing') return { start: call.start, end: call.start, text: '() => ' };
  return wanted === 'unknown' ? undefined : { start: call.callee.end, end: call.end, text: '' };
}

/** Whether the function of this name has to be given something, the event. */
function wantedBy({ program, text }: Source, name: string): 'nothing' | 'something' | 'unknown' {
  const functions = [...walk(program)].flatMap(({ node }) => functionsOf(node).filter(([own]) => own === name));
  const [only, another] = new Map(functions.map(([, func]) => [func.start, func])).values();
  if (another) return 'unknown';
  if (only) {
    const [first, second] = only.params;
    if (first === undefined || isOptional(first)) return 'nothing';
    const written = text.slice(first.start, first.end);
    const isEvent = /^(?:\w+\s*:.*Event\b|(?:e|ev|evt|event)$)/.test(written);
    return isEvent && (second === undefined || isOptional(second)) ? 'something' : 'unknown';
  }
  const [declared] = namesOf(program).filter((use) => use.name === name && use.role === 'declaration');
  // The type of a prop says what it is called with; of what comes from elsewhere nothing is known.
  const isFree = new RegExp(`\\b${escapePattern(name)}\\??(?::\\s*\\(\\s*\\)\\s*=>|\\(\\s*\\)\\s*:)`).test(text);
  return declared === undefined || isFree ? 'nothing' : 'unknown';
}

function isOptional(param: SyntaxNode): boolean {
  const isGiven = param.type === 'AssignmentPattern' || param.type === 'RestElement';
  return isGiven || ('optional' in param && param.optional === true);
}

function wrapEffect(source: Source): readonly Replacement[] | undefined {
  const { text } = source;
  const { node, key } = nodeAt(source, (visit) => visit.node.type === 'ArrowFunctionExpression') ?? {};
  if (node?.type !== 'ArrowFunctionExpression' || !node.async || node.body.type !== 'BlockStatement') return undefined;
  const { start, end } = node.body;
  const head = /^async\s*\(\s*\)\s*=>\s*$/.test(text.slice(node.start, start));
  const lines = text.slice(start, end).split('\n');
  const outer = /^[^\S\n]*/.exec(lines.at(-1) ?? '')?.[0] ?? '';
  const inner = /^[^\S\n]*/.exec(lines.find((line, index) => index > 0 && line.trim() !== '') ?? '')?.[0] ?? '';
  const unit = inner.startsWith(outer) ? inner.slice(outer.length) : '';
  // A text of several lines would change with its indentation.
  const hasText = [...walk(node.body)].some(
    ({ node: part }) => part.type === 'TemplateElement' && text.slice(part.start, part.end).includes('\n'),
  );
  if (key !== 'arguments' || !head || lines.length < 3 || unit === '' || hasText) return undefined;
  const body = lines.map((line, index) => (index === 0 || line.trim() === '' ? line : unit + line)).join('\n');
  const ending = text.includes(';') ? ';' : '';
  return [{ start: node.start, end, text: `() => {\n${inner}void (async () => ${body})()${ending}\n${outer}}` }];
}

function returnNothing(source: Source): Replacement | undefined {
  const callback = givenAt(source, (name) => name === 'ref');
  if (callback?.type !== 'ArrowFunctionExpression') return undefined;
  const { body } = callback;
  const assignment = body.type === 'ParenthesizedExpression' ? body.expression : body;
  if (assignment.type !== 'AssignmentExpression') return undefined;
  const { text } = source;
  const start = text.indexOf('=>', callback.params.at(-1)?.end ?? callback.start) + 2;
  const ending = text.includes(';') ? ';' : '';
  return {
    start,
    end: callback.end,
    text: ` { ${text.slice(assignment.start, assignment.end)}${ending} }`,
  };
}

const DECLARATION = /^\s*([a-z][a-z-]{0,60}|-(?:webkit|moz|ms)-[a-z-]{1,60})\s*:\s*([^;:'"\\!]{1,200}?)\s*$/;

function styleAsObject(source: Source): Replacement | undefined {
  const value = givenAt(source, (name) => name === 'style');
  if (value?.type !== 'Literal' || typeof value.value !== 'string') return undefined;
  const quote = quoteOf(source.text);
  const entries = value.value.split(';').filter((part) => part.trim() !== '');
  const written = entries.map((entry) => {
    const [, name, rest] = DECLARATION.exec(entry) ?? [];
    if (name === undefined || rest === undefined) return undefined;
    const key = name.replace(/^-ms-/, 'ms-').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
    return { key, text: `${key}: ${quote}${rest}${quote}` };
  });
  const keys = new Set(written.map((entry) => entry?.key));
  if (written.length === 0 || keys.has(undefined) || keys.size < written.length) return undefined;
  const { start, end } = value;
  return { start, end, text: `{{ ${written.map((entry) => entry?.text).join(', ')} }}` };
}

/** `onSelect="choose"`, where no text is wanted and `choose` is a variable. */
function quotedName(source: Source, { input: message }: RegExpExecArray): Replacement | undefined {
  const value = givenAt(source, () => true);
  const attribute = nodeAt(source, (visit) => visit.node.type === 'JSXIdentifier')?.node;
  if (value?.type !== 'Literal' || typeof value.value !== 'string' || attribute?.type !== 'JSXIdentifier')
    return undefined;
  const name = value.value;
  const isHandler = /^on[A-Z]/.test(attribute.name);
  // Of a name unlike the attribute's, only a handler or a component is surely no text; `disabled="disabled"` is how HTML says yes.
  const isComponent = /^[A-Z]/.test(name) && /type '[^']*(?:ElementType|Component|FC|Icon)\b/.test(message);
  const isMeant = attribute.name === name ? !/'boolean\b/.test(message) : isHandler || isComponent;
  const isText = new RegExp(`\\b${escapePattern(name)}\\??:\\s*string\\b`).test(source.text);
  const isAtHand = namesOf(source.program).some(
    (use) =>
      use.name === name &&
      use.role === 'declaration' &&
      (use.start < value.start || use.parent?.type === 'FunctionDeclaration') &&
      use.scope.start <= value.start &&
      value.end <= use.scope.end &&
      !/^TS(?:Interface|TypeAlias)|^TSTypeParameter/.test(use.parent?.type ?? '') &&
      !isImportedType(source, use) &&
      mayBeGiven(use.parent, isHandler),
  );
  return isMeant && isAtHand && !isText ? { start: value.start, end: value.end, text: `{${name}}` } : undefined;
}

/** A text is not wanted, and as a handler nothing that is no function. */
function mayBeGiven(node: SyntaxNode | undefined, isHandler: boolean): boolean {
  const init = node?.type === 'VariableDeclarator' ? node.init : undefined;
  if (!init) return true;
  if (init.type === 'TemplateLiteral' || (init.type === 'Literal' && typeof init.value === 'string')) return false;
  if (!isHandler || init.type !== 'CallExpression')
    return !isHandler || /Function|Identifier|Pattern|Member/.test(init.type);
  return init.callee.type === 'Identifier' && /^(?:use[A-Z]|debounce|throttle)/.test(init.callee.name);
}

function isImportedType({ program }: Source, { start, end, parent }: NameUse): boolean {
  const isOfTypes = program.body.some(
    (node) => node.type === 'ImportDeclaration' && node.importKind === 'type' && node.start < start && end < node.end,
  );
  return isOfTypes || (parent?.type === 'ImportSpecifier' && parent.importKind === 'type');
}

function returnElement(source: Source): readonly Replacement[] | undefined {
  const holder = nodeAt(source, ({ node }) => node.type === 'JSXExpressionContainer')?.node;
  const call = holder?.type === 'JSXExpressionContainer' ? holder.expression : undefined;
  if (call?.type !== 'CallExpression' || call.callee.type !== 'MemberExpression') return undefined;
  const { property } = call.callee;
  const callback = property.type === 'Identifier' && property.name === 'map' ? call.arguments[0] : undefined;
  return callback ? missingReturn(source.text, callback as SyntaxNode) : undefined;
}
