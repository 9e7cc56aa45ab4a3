import { type Answer, nodeAt, ruleOfAnswers, type Source } from '../answers.js';
import { addsNoWord } from '../syntax/adds-no-word.js';
import { type Replacement, wholeLines } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** What linters and compilers object to and answer themselves: their own fix, or the only one there is. */
const ANSWERS: readonly Answer[] = [
  { message: /^Unused '@ts-expect-error' directive/, edit: dropDirective },
  { message: /^(Insert|Delete|Replace) `(.+?)`(?: with `(.*)`)?$/, edit: format },
  { message: /^Unnecessary semicolon/, edit: ({ text, at }) => takeOut(text, at, ';') },
  { message: /^Extra semicolon/, edit: ({ text, at }) => takeOut(text, at, ';') },
  { message: /^Missing semicolon/, edit: ({ at }) => ({ start: at, end: at, text: ';' }) },
  { message: /^Missing trailing comma/, edit: ({ at }) => ({ start: at, end: at, text: ',' }) },
  { message: /^Unexpected trailing comma/, edit: ({ text, at }) => takeOut(text, at, ',') },
  { message: /^Unnecessary escape character: \\(.)/, edit: dropBackslash },
  { message: /^Irregular whitespace not allowed/, edit: plainBlank },
  { message: /^Redundant double negation/, edit: dropDoubleNegation },
  { message: /^An interface declaring no members is equivalent to its supertype/, edit: nameSupertype },
  { message: /^Type \w+ trivially inferred from a \w+ literal, remove type annotation/, edit: dropAnnotation },
  { message: /^Expected a `const`( assertion)? instead of a literal type/, edit: assertConst },
  { message: /^Do not access Object\.prototype method '(\w+)' from target object/, edit: callPrototype },
  { message: /^All imports in the declaration are only used as types/, edit: importTypes },
  { message: /^Comments inside children section of tag should be placed inside braces/, edit: embraceComment },
  {
    message:
      /^(?:An object literal cannot have multiple properties with the same name|JSX elements cannot have multiple attributes with the same name|Duplicate key '|No duplicate props allowed)/,
    edit: dropRepetition,
  },
];

/** A complaint about style or a leftover that has one answer, which the message names and which changes no behaviour. */
export const lintAnswer = ruleOfAnswers('lint-answer', ANSWERS);

function takeOut(text: string, at: number, mark: string): Replacement | undefined {
  return text.startsWith(mark, at) ? { start: at, end: at + mark.length, text: '' } : undefined;
}

function dropDirective({ comments, text, at }: Source): Replacement | undefined {
  const comment = comments.find(
    ({ start, end, value }) => start <= at && at < end && value.includes('@ts-expect-error'),
  );
  if (!comment) return undefined;
  const before = text.slice(0, comment.start);
  const isBraced = /\{\s*$/.test(before) && /^\s*\}/.test(text.slice(comment.end));
  const start = isBraced ? before.lastIndexOf('{') : comment.start;
  const end = isBraced ? text.indexOf('}', comment.end) + 1 : comment.end;
  return { ...wholeLines(text, start, end), text: '' };
}

/** Prettier shows blanks, tabs and ends of lines by signs. */
function format({ text, at }: Source, [, verb, first = '', second = '']: RegExpExecArray): Replacement | undefined {
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const decode = (shown: string) =>
    shown
      .replaceAll('·', ' ')
      .replaceAll('↹', '\t')
      .replaceAll('␍⏎', '\r\n')
      .replaceAll('⏎', ending)
      .replaceAll('␍', '\r');
  const [old, now] = verb === 'Insert' ? ['', decode(first)] : [decode(first), decode(second)];
  return text.startsWith(old, at) && addsNoWord(old, now) ? { start: at, end: at + old.length, text: now } : undefined;
}

function dropBackslash({ text, at }: Source, [, character = '']: RegExpExecArray): Replacement | undefined {
  return text.startsWith(`\\${character}`, at) ? { start: at, end: at + 1, text: '' } : undefined;
}

/** In a text, the blank may be meant: a number is not torn apart there. */
function plainBlank({ program, at }: Source): Replacement | undefined {
  const isText = [...walk(program)].some(
    ({ node }) => /^(?:Literal|TemplateElement|JSXText)$/.test(node.type) && node.start <= at && at < node.end,
  );
  return isText ? undefined : { start: at, end: at + 1, text: ' ' };
}

function dropDoubleNegation(source: Source): Replacement | undefined {
  const outer = nodeAt(source, ({ node }) => node.type === 'UnaryExpression' && node.operator === '!');
  const [, blank = ''] = /^!(\s*)!/.exec(source.text.slice(source.at)) ?? [];
  return outer && source.text.startsWith(`!${blank}!`, source.at)
    ? { start: source.at, end: source.at + 2 + blank.length, text: '' }
    : undefined;
}

function nameSupertype({ program, text, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    if (node.type !== 'TSInterfaceDeclaration' || node.id.start !== at) continue;
    const { name } = node.id;
    const named = [...walk(program)].filter(
      (visit) => 'id' in visit.node && visit.node.id?.type === 'Identifier' && visit.node.id.name === name,
    );
    const [base, another] = node.extends;
    if (!base || another || node.body.body.length > 0 || named.length > 1 || isAugmentation(program)) return undefined;
    const head = text.slice(node.id.start, node.typeParameters?.end ?? node.id.end);
    return { start: node.start, end: node.end, text: `type ${head} = ${text.slice(base.start, base.end)};` };
  }
  return undefined;
}

/** Interfaces in `declare module` and `declare global` add to those of the same name elsewhere. */
function isAugmentation(program: Source['program']): boolean {
  return [...walk(program)].some(({ node }) => /^TS(?:Module|Global)Declaration$/.test(node.type));
}

function dropAnnotation({ program, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    const isHere = node.start === at && node.type === 'VariableDeclarator';
    const target = isHere ? node.id : node.start === at && node.type === 'AssignmentPattern' ? node.left : undefined;
    const annotation = target?.type === 'Identifier' ? target.typeAnnotation : undefined;
    if (annotation) return { start: annotation.start, end: annotation.end, text: '' };
  }
  return undefined;
}

function assertConst(source: Source): Replacement | undefined {
  const { program, at } = source;
  for (const { node } of walk(program)) {
    const type = node.type === 'TSAsExpression' ? node.typeAnnotation : undefined;
    if (type?.start === at && type.type === 'TSLiteralType') return { start: type.start, end: type.end, text: 'const' };
  }
  return undefined;
}

function callPrototype({ program, text, at }: Source, [, method = '']: RegExpExecArray): Replacement | undefined {
  for (const { node } of walk(program)) {
    const callee = node.type === 'CallExpression' && !node.optional ? node.callee : undefined;
    if (node.type !== 'CallExpression' || callee?.type !== 'MemberExpression' || callee.optional) continue;
    if (callee.property.start !== at || callee.computed || node.arguments.length !== 1) continue;
    const [target, argument] = [callee.object, node.arguments[0]].map((part) => text.slice(part?.start, part?.end));
    return { start: node.start, end: node.end, text: `Object.prototype.${method}.call(${target}, ${argument})` };
  }
  return undefined;
}

function importTypes(source: Source): Replacement | undefined {
  const visit = nodeAt(source, ({ node }) => node.type === 'ImportDeclaration');
  if (visit?.node.type !== 'ImportDeclaration') return undefined;
  const { specifiers, start } = visit.node;
  const hasDefault = specifiers.some(({ type }) => type === 'ImportDefaultSpecifier');
  // A statement cannot import both as types.
  if (
    (hasDefault && specifiers.length > 1) ||
    specifiers.some((one) => 'importKind' in one && one.importKind === 'type')
  )
    return undefined;
  const end = start + 'import'.length;
  return { start: end, end, text: ' type' };
}

function embraceComment({ program, text, at }: Source): Replacement | undefined {
  for (const { node } of walk(program)) {
    if (node.type !== 'JSXText' || at < node.start || at > node.end) continue;
    const lines = text.slice(node.start, node.end).trim();
    const comment = /^\/\/[^\S\n]*([^\n]*)$|^\/\*\s*([^*]*?)\s*\*\/$/.exec(lines);
    if (!comment) return undefined;
    const start = node.start + text.slice(node.start, node.end).indexOf(lines);
    return { start, end: start + lines.length, text: `{/* ${comment[1] ?? comment[2]} */}` };
  }
  return undefined;
}

/** The later of two properties or attributes that are the same to the letter. */
function dropRepetition(source: Source): Replacement | undefined {
  const { text } = source;
  const visit = nodeAt(source, ({ node }) => node.type === 'Property' || node.type === 'JSXAttribute');
  const parent = visit?.parent;
  const list: readonly SyntaxNode[] =
    parent?.type === 'ObjectExpression'
      ? parent.properties
      : parent?.type === 'JSXOpeningElement'
        ? parent.attributes
        : [];
  const written = (node: SyntaxNode) => text.slice(node.start, node.end);
  const index = visit ? list.indexOf(visit.node) : -1;
  const before = list[index - 1];
  const same = list.slice(0, Math.max(0, index)).some((node) => visit && written(node) === written(visit.node));
  // What is spread in between may set it too.
  const isPlain = list.every(({ type }) => type === 'Property' || type === 'JSXAttribute');
  return same && before && visit && isPlain ? { start: before.end, end: visit.node.end, text: '' } : undefined;
}
