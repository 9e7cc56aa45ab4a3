import type { Program } from 'oxc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { entryFunctions, type Func, makeAsync } from '../syntax/entry-functions.js';
import { isDeclared, type NameUse, namesOf } from '../syntax/names.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

const REQUEST_PROPERTIES = ['params', 'searchParams'];
const NOT_A_PROMISE =
  /Type .* does not satisfy the constraint '(?:Page|Layout)Props'|is not a valid type for the function's second argument|missing the following properties from type 'Promise<any>'/s;

/**
 * A page, layout or route handler of Next.js 15 and later that takes `params` or `searchParams` as plain objects:
 * types them as promises and awaits them where they are used.
 */
export const asyncRequest: Rule = {
  name: 'async-request',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !NOT_A_PROMISE.test(error.message) || !/\.tsx?$/.test(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined || /^['"]use client['"]/m.test(text)) return undefined;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const replacements = convert(text, program);
    if (!replacements || replacements.length === 0) return undefined;
    const repaired = replaceRanges(text, replacements);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} takes \`params\` or \`searchParams\` as an object; Next.js passes a promise.`,
      change: 'Types it as a promise and awaits it where it is used.',
    };
  },
};

/** Undefined when some use cannot be awaited where it stands. */
function convert(text: string, program: Program): Replacement[] | undefined {
  const names = namesOf(program);
  const types = new Map<SyntaxNode, Replacement[]>();
  const replacements: Replacement[] = [];
  const entries = entryFunctions(program);
  for (const entry of entries) {
    const parameter = entry.func.params[entry.position] as SyntaxNode | undefined;
    const shape = parameter && propsOf(parameter, program);
    if (!shape) continue;
    const plain = shape.members.filter(({ type }) => !/^Promise\b/.test(text.slice(type.start, type.end)));
    if (plain.length === 0) continue;
    for (const { type } of plain) {
      types.set(shape.owner, [
        { start: type.start, end: type.start, text: 'Promise<' },
        { start: type.end, end: type.end, text: '>' },
        ...(types.get(shape.owner) ?? []).filter((other) => other.start !== type.start && other.start !== type.end),
      ]);
    }
    for (const { name } of plain) {
      const uses = awaitUses(text, { func: entry.func, pattern: shape.pattern, name }, names);
      if (!uses) return undefined;
      replacements.push(...uses);
    }
    if (!entry.func.async && replacements.length > 0) replacements.push(...makeAsync(text, entry.func));
  }
  // A type that something else uses too would change there as well.
  for (const owner of types.keys()) {
    const name = 'id' in owner && owner.id && typeof owner.id === 'object' && 'name' in owner.id ? owner.id.name : '';
    const users = names.filter((use) => use.role === 'reference' && use.name === name).length;
    const converted = entries.filter(({ func, position }) => {
      const parameter = func.params[position] as SyntaxNode | undefined;
      return parameter && propsOf(parameter, program)?.owner === owner;
    }).length;
    if (name !== '' && users !== converted) return undefined;
  }
  return [...replacements, ...[...types.values()].flat()];
}

interface Props {
  /** The parameter: an object pattern, or an identifier. */
  readonly pattern: SyntaxNode;
  /** The declaration or literal that holds the types. */
  readonly owner: SyntaxNode;
  readonly members: readonly { readonly name: string; readonly type: SyntaxNode }[];
}

function propsOf(parameter: SyntaxNode, program: Program): Props | undefined {
  if (parameter.type !== 'ObjectPattern' && parameter.type !== 'Identifier') return undefined;
  const annotation = parameter.typeAnnotation?.typeAnnotation as SyntaxNode | undefined;
  const owner = annotation?.type === 'TSTypeReference' ? findType(program, annotation) : annotation;
  const body =
    owner?.type === 'TSInterfaceDeclaration'
      ? owner.body.body
      : owner?.type === 'TSTypeAliasDeclaration' && owner.typeAnnotation.type === 'TSTypeLiteral'
        ? owner.typeAnnotation.members
        : owner?.type === 'TSTypeLiteral'
          ? owner.members
          : [];
  const members = body.flatMap((member) => {
    if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier' || !member.typeAnnotation) return [];
    const { name } = member.key;
    return REQUEST_PROPERTIES.includes(name)
      ? [{ name, type: member.typeAnnotation.typeAnnotation as SyntaxNode }]
      : [];
  });
  return owner && members.length > 0 ? { pattern: parameter, owner, members } : undefined;
}

function findType(program: Program, reference: SyntaxNode): SyntaxNode | undefined {
  const name =
    reference.type === 'TSTypeReference' && reference.typeName.type === 'Identifier' && reference.typeName.name;
  for (const { node } of walk(program)) {
    const isType = node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration';
    if (isType && node.id.name === name) return node;
  }
  return undefined;
}

function awaitUses(
  text: string,
  target: { readonly func: Func; readonly pattern: SyntaxNode; readonly name: string },
  names: readonly NameUse[],
): Replacement[] | undefined {
  const { func, pattern, name } = target;
  const inside = names.filter((use) => use.start >= func.start && use.end <= func.end);
  if (pattern.type === 'Identifier') {
    const uses = inside.filter((use) => use.name === pattern.name && use.role === 'reference');
    if (uses.some((use) => !isPropertyRead(use))) return undefined;
    return awaitAll(
      text,
      func,
      uses.flatMap((use) => memberOf(use, name) ?? []),
    );
  }
  if (pattern.type !== 'ObjectPattern') return undefined;
  const property = pattern.properties.find(
    (candidate) => candidate.type === 'Property' && candidate.key.type === 'Identifier' && candidate.key.name === name,
  );
  if (property?.type !== 'Property')
    return pattern.properties.some(({ type }) => type === 'RestElement') ? undefined : [];
  if (property.value.type === 'ObjectPattern') {
    return unnest(text, func, { name, inside, property: property.key.start, inner: property.value });
  }
  if (property.value.type !== 'Identifier') return undefined;
  const local = property.value.name;
  if (inside.filter((use) => use.name === local && use.role === 'declaration').length !== 1) return undefined;
  return awaitAll(
    text,
    func,
    inside.filter((use) => use.name === local && use.role === 'reference'),
  );
}

function isPropertyRead({ parent, key }: NameUse): boolean {
  return parent?.type === 'MemberExpression' && key === 'object' && !parent.computed;
}

function memberOf({ parent }: NameUse, name: string): { start: number; end: number; parent?: SyntaxNode } | undefined {
  if (parent?.type !== 'MemberExpression' || parent.property.type !== 'Identifier') return undefined;
  return parent.property.name === name ? { start: parent.start, end: parent.end } : undefined;
}

/** `x` becomes `(await x)`, or `await x` where it stands alone; undefined where a nested function uses it. */
function awaitAll(
  text: string,
  func: Func,
  uses: readonly { readonly start: number; readonly end: number }[],
): Replacement[] | undefined {
  for (const { node } of walk(func.body)) {
    const nested = /Function/.test(node.type) && uses.some(({ start, end }) => node.start <= start && end <= node.end);
    if (nested) return undefined;
  }
  return uses.map(({ start, end }) => {
    const expression = text.slice(start, end);
    const isAlone = /^\s*(?:[;,)]|\r?\n)/.test(text.slice(end)) && /(?:=|return|\()\s*$/.test(text.slice(0, start));
    return { start, end, text: isAlone ? `await ${expression}` : `(await ${expression})` };
  });
}

/** `{ params: { id } }` becomes `{ params }`, and `const { id } = await params;` the first statement. */
function unnest(
  text: string,
  func: Func,
  target: {
    readonly name: string;
    readonly inside: readonly NameUse[];
    readonly property: number;
    readonly inner: { readonly start: number; readonly end: number };
  },
): Replacement[] | undefined {
  const { name, inside, property, inner } = target;
  const { body } = func;
  if (body?.type !== 'BlockStatement' || isDeclared(inside, name)) return undefined;
  const [first] = body.body;
  if (!first) return undefined;
  const indent = /[^\n]*$/.exec(text.slice(0, first.start))?.[0] ?? '';
  const semicolon = text[first.end - 1] === ';' || text[first.end - 1] === '}' ? ';' : '';
  const ending = text.includes('\r\n') ? '\r\n' : '\n';
  const statement = `const ${text.slice(inner.start, inner.end)} = await ${name}${semicolon}${ending}${indent}`;
  return [
    { start: property, end: inner.end, text: name },
    { start: first.start, end: first.start, text: statement },
  ];
}
