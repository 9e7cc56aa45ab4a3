import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { directivesOf } from '../syntax/client-directive.js';
import { entryFunctions, type Func, makeAsync } from '../syntax/entry-functions.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, type NameUse, namesOf } from '../syntax/names.js';
import { parseSource } from '../syntax/parse.js';
import { inFolder, isRecord, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const REQUEST_PROPERTIES = ['params', 'searchParams'];
const NOT_A_PROMISE =
  /Type .* does not satisfy the constraint '(?:(?:Page|Layout)Props'|(?:LayoutConfig|RouteHandlerConfig)<.* in type 'Promise<)|is not a valid type for the function's second argument|missing the following properties from type 'Promise<any>'/s;

const IS_USED = /\buse\((?:\w{1,40}\.)?(?:params|searchParams)\)/;

/** No asynchronous function may call a hook. */
const CALLS_HOOK = /\buse[A-Z]\w*\(/;

/**
 * A page, layout or route handler of Next.js 15 and later that takes `params` or `searchParams` as plain objects:
 * types them as promises and awaits them where they are used; at the start where that is in a callback, as the codemod of
 * Next.js does, https://nextjs.org/docs/app/guides/upgrading/codemods. A Client Component and what calls hooks takes them by `use`.
 */
export const asyncRequest: Rule = {
  name: 'async-request',
  async propose(error, workspace) {
    const files = new Map<string, string>();
    for (const file of filesAtFault(error, workspace)) {
      const text = workspace.read(file);
      const isPlain = text !== undefined && !(await isCalledElsewhere(workspace, file));
      const repaired = isPlain ? await repairFile(workspace, file, text) : undefined;
      if (repaired !== undefined) files.set(file, repaired);
    }
    if (files.size === 0) return undefined;
    const byUse = [...files.values()].some((text) => TAKEN_BY_USE.test(text));
    return {
      files,
      cause: `${[...files.keys()].join(', ')} takes \`params\` or \`searchParams\` as an object; Next.js passes a promise.`,
      change: `Types it as a promise and ${byUse ? 'takes what it holds by `use`' : 'awaits it where it is used'}.`,
    };
  },
};

/** Whether another module, a test above all, takes what the file exports and gives it such objects. */
async function isCalledElsewhere(workspace: Workspace, file: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = path !== file && /\.[cm]?[jt]sx?$/.test(path) ? workspace.read(path) : undefined;
    if (!text || !/\b(?:searchP|p)arams\b/.test(text) || !/\/(?:page|layout|route)\b/.test(text)) continue;
    const { program } = await workspace.parse(path, text);
    if (
      importsOf(program).some(
        ({ specifier, isType }) => !isType && resolveSpecifier(workspace, path, specifier) === file,
      )
    )
      return true;
  }
  return false;
}

const TAKEN_BY_USE = /\buse\(\w+\.(?:params|searchParams)\)/;

/** What the compiler blames, else what is behind the route that failed for a value which it read from a promise. */
function filesAtFault(error: BuildError, workspace: Workspace): readonly string[] {
  const { file, message, route, trace = [] } = error;
  if (NOT_A_PROMISE.test(message)) {
    const [only, another] = file !== undefined ? [file] : trace.filter((path) => workspace.exists(path));
    return only !== undefined && another === undefined && /\.tsx?$/.test(only) ? [only] : [];
  }
  if (error.tool !== 'next' || route === undefined || !readsPromise(message, workspace)) return [];
  const named = [...(file === undefined ? [] : [file]), ...trace].filter((path) => ENTRY.test(path));
  const { pages, layouts } = workspace.findRoute(route);
  return named.length > 0 ? [...new Set(named)] : [...pages, ...layouts].filter((path) => ENTRY.test(path));
}

const ENTRY = /(?:^|\/)app\/(?:.+\/)?(?:page|layout|route)\.[jt]sx?$/;
/** https://nextjs.org/docs/messages/sync-dynamic-apis */
const SAYS_SO = /`(?:params|searchParams)` (?:should be awaited|is a Promise and must be unwrapped)/;

/** Next.js 15 gave the promise the properties of what it holds; from 16 on they are undefined. */
function readsPromise(message: string, workspace: Workspace): boolean {
  if (SAYS_SO.test(message)) return true;
  const next = readConfig(workspace, inFolder(workspace.rootDirectory, 'package.json'))?.dependencies;
  const range = isRecord(next) ? next.next : undefined;
  const major = /^[~^]?(\d+)/.exec(typeof range === 'string' ? range : '')?.[1];
  return /\bundefined\b/.test(message) && Number(major ?? 0) >= 16;
}

async function repairFile(workspace: Workspace, file: string, text: string): Promise<string | undefined> {
  const { program, errors } = await workspace.parse(file, text);
  if (errors.length > 0) return undefined;
  const isClient = directivesOf(program).includes('use client');
  const replacements = convert(text, program, { isClient, isTyped: /\.tsx?$/.test(file) });
  if (!replacements || replacements.length === 0) return undefined;
  const converted = replaceRanges(text, replacements);
  const repaired = TAKEN_BY_USE.test(converted) ? await importUse(file, converted) : converted;
  return repaired !== undefined && (await countParseErrors(file, repaired)) === 0 ? repaired : undefined;
}

/** Undefined when something else is called `use`. */
async function importUse(file: string, text: string): Promise<string | undefined> {
  const { program } = await parseSource(file, text);
  const own = importsOf(program).find(({ local }) => local === 'use');
  if (own) return own.specifier === 'react' && own.imported === 'use' ? text : undefined;
  if (isDeclared(namesOf(program), 'use')) return undefined;
  return addImport(file, text, program, { name: 'use', isDefault: false, isType: false, specifier: 'react' });
}

/** Undefined when some use can be awaited neither where it stands nor at the start. */
function convert(
  text: string,
  program: Program,
  { isClient, isTyped }: { readonly isClient: boolean; readonly isTyped: boolean },
): Replacement[] | undefined {
  const names = namesOf(program);
  const types = new Map<SyntaxNode, Replacement[]>();
  const replacements: Replacement[] = [];
  const entries = entryFunctions(program);
  for (const entry of entries) {
    const parameter = entry.func.params[entry.position] as SyntaxNode | undefined;
    const shape = parameter && (isTyped ? propsOf(parameter, program) : untypedProps(text, entry.func, parameter));
    if (!shape) continue;
    const plain = shape.members.filter(({ type }) => !type || !/^Promise\b/.test(text.slice(type.start, type.end)));
    if (plain.length === 0) continue;
    for (const { type } of plain) {
      if (!type) continue;
      types.set(shape.owner, [
        { start: type.start, end: type.start, text: 'Promise<' },
        { start: type.end, end: type.end, text: '>' },
        ...(types.get(shape.owner) ?? []).filter((other) => other.start !== type.start && other.start !== type.end),
      ]);
    }
    const target = { func: entry.func, pattern: shape.pattern };
    const body = text.slice(entry.func.start, entry.func.end);
    if (IS_USED.test(body)) return undefined;
    const byUse = isClient || CALLS_HOOK.test(body);
    const uses = byUse ? [] : plain.map(({ name }) => awaitUses(text, { ...target, name }, names));
    const inPlace = uses.every((one) => one !== undefined) && !byUse ? uses.flat() : undefined;
    const found = inPlace ?? hoist(text, { ...target, wanted: plain.map(({ name }) => name), byUse }, names);
    if (!found) return undefined;
    replacements.push(...found);
    if (!byUse && !entry.func.async && replacements.length > 0) replacements.push(...makeAsync(text, entry.func));
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
  readonly members: readonly { readonly name: string; readonly type?: SyntaxNode }[];
}

/** What a function of JavaScript takes, which has no types. */
function untypedProps(text: string, func: Func, parameter: SyntaxNode): Props | undefined {
  if (parameter.type !== 'ObjectPattern' && parameter.type !== 'Identifier') return undefined;
  const isTaken =
    parameter.type === 'Identifier'
      ? (name: string) => text.slice(func.start, func.end).includes(`${parameter.name}.${name}`)
      : (name: string) => text.slice(parameter.start, parameter.end).includes(name);
  const members = REQUEST_PROPERTIES.filter(isTaken).map((name) => ({ name }));
  return { pattern: parameter, owner: parameter, members };
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
  const plain = uses.filter(({ start }) => !/\bawait\s{1,9}$/.test(text.slice(Math.max(0, start - 16), start)));
  return plain.map(({ start, end }) => {
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
  if (isDeclared(inside, name)) return undefined;
  const statement = startWith(text, func, [`const ${text.slice(inner.start, inner.end)} = await ${name}`]);
  return statement && [{ start: property, end: inner.end, text: name }, statement];
}

/** `{ params }` becomes `props`, and `const params = await props.params;` the first statement. */
function hoist(
  text: string,
  target: {
    readonly func: Func;
    readonly pattern: SyntaxNode;
    readonly wanted: readonly string[];
    readonly byUse: boolean;
  },
  names: readonly NameUse[],
): Replacement[] | undefined {
  const { func, pattern, wanted, byUse } = target;
  if (byUse && func.async) return undefined;
  const inside = names.filter((use) => use.start >= func.start && use.end <= func.end);
  const take = (props: string, name: string) => (byUse ? `use(${props}.${name})` : `await ${props}.${name}`);
  if (pattern.type === 'Identifier') {
    const uses = inside.filter((use) => use.name === pattern.name && use.role === 'reference');
    if (uses.some((use) => !isPropertyRead(use)) || wanted.some((name) => isDeclared(inside, name))) return undefined;
    const statement = startWith(
      text,
      func,
      wanted.map((name) => `const ${name} = ${take(pattern.name, name)}`),
    );
    const reads = wanted.flatMap((name) =>
      uses.flatMap((use) => {
        const read = memberOf(use, name);
        return read ? [{ start: read.start, end: read.end, text: name }] : [];
      }),
    );
    return statement && [statement, ...reads];
  }
  if (pattern.type !== 'ObjectPattern' || inside.some(({ name, role }) => name === 'props' && role !== 'member'))
    return undefined;
  const statements: string[] = [];
  const rest: string[] = [];
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.key.type !== 'Identifier') return undefined;
    if (!wanted.includes(property.key.name)) rest.push(text.slice(property.start, property.end));
    else if (property.value.type === 'AssignmentPattern') return undefined;
    else
      statements.push(
        `const ${text.slice(property.value.start, property.value.end)} = ${take('props', property.key.name)}`,
      );
  }
  if (statements.length === 0) return [];
  if (rest.length > 0) statements.push(`const { ${rest.join(', ')} } = props`);
  const statement = startWith(text, func, statements);
  const end = pattern.typeAnnotation?.start ?? pattern.end;
  return statement && [{ start: pattern.start, end, text: 'props' }, statement];
}

/** The statements before the first one of the function, written as that one is. */
function startWith(text: string, { body }: Func, statements: readonly string[]): Replacement | undefined {
  const first = body?.type === 'BlockStatement' ? body.body[0] : undefined;
  if (!first || ('directive' in first && first.directive)) return undefined;
  const indent = /[^\n]*$/.exec(text.slice(0, first.start))?.[0] ?? '';
  if (/\S/.test(indent)) return undefined;
  const semicolon = text[first.end - 1] === ';' || text[first.end - 1] === '}' ? ';' : '';
  const lines = statements.map((statement) => `${statement}${semicolon}${lineEnding(text)}${indent}`);
  return { start: first.start, end: first.start, text: lines.join('') };
}
