import type { Program } from 'oxc-parser';
import type { Workspace } from '../workspace.js';
import { entryFunctions, type Func, functionsOf, makeAsync } from './entry-functions.js';
import { exportOrigin } from './export-origin.js';
import { importsOf } from './imports.js';
import { type NameUse, namesOf } from './names.js';
import { isComponentFile } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';
import { type Replacement, replaceRanges } from './source-text.js';
import { type SyntaxNode, walk } from './walk.js';

/** A function at the top level of a file of the repository. */
export interface Origin {
  readonly path: string;
  readonly name: string;
}

/** The function of the repository that a file calls by this name; undefined for what is not one. */
export async function originOf(workspace: Workspace, file: string, local: string): Promise<Origin | undefined> {
  const { program } = await workspace.parse(file, workspace.read(file) ?? '');
  const target = importsOf(program).find((name) => name.local === local);
  if (!target) return findFunction(program, local) ? { path: file, name: local } : undefined;
  const module = resolveSpecifier(workspace, file, target.specifier);
  return module === undefined ? undefined : exportOrigin(workspace, module, target.imported);
}

export async function answersPromise(workspace: Workspace, { path, name }: Origin): Promise<boolean> {
  const text = workspace.read(path) ?? '';
  const func = findFunction((await workspace.parse(path, text)).program, name);
  const type = func?.returnType?.typeAnnotation;
  return func?.async === true || (type !== undefined && /^Promise\b/.test(text.slice(type.start, type.end)));
}

export function findFunction(program: Program, name: string): Func | undefined {
  for (const statement of program.body) {
    const declaration = 'declaration' in statement ? statement.declaration : statement;
    if (declaration?.type === 'FunctionDeclaration' && declaration.id?.name === name) return declaration;
    if (declaration?.type !== 'VariableDeclaration') continue;
    const init = declaration.declarations.find(({ id }) => id.type === 'Identifier' && id.name === name)?.init;
    if (init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression') return init;
  }
  return undefined;
}

/**
 * The file with every call of the function awaited whose value is used; as it was where there is none. Undefined where
 * a call stands in a function that cannot become asynchronous, or may want the promise.
 */
export async function awaitCalls(workspace: Workspace, file: string, origin: Origin): Promise<string | undefined> {
  const edits = await callEdits(workspace, file, origin);
  return edits && replaceRanges(workspace.read(file) ?? '', edits);
}

/** The edits of `awaitCalls`. Where the function only now becomes one that answers with a promise, every caller wants the value. */
export async function callEdits(
  workspace: Workspace,
  file: string,
  origin: Origin & { readonly isNew?: boolean },
): Promise<readonly Replacement[] | undefined> {
  const text = workspace.read(file) ?? '';
  const { program, errors } = await workspace.parse(file, text);
  if (errors.length > 0) return undefined;
  const locals = await localNames(workspace, file, { program, origin });
  if (locals.size === 0) return [];
  if (isComponentFile(file) || locals.has('*')) return undefined;
  const names = namesOf(program);
  const parents = parentsIn(program);
  const edits = new Map<string, Replacement>();
  for (const use of names) {
    const call = use.parent;
    if (!locals.has(use.name) || use.role !== 'reference' || use.shorthand === 'export') continue;
    if (call?.type !== 'CallExpression' || use.key !== 'callee') return undefined;
    if (origin.isNew && parents.get(call)?.type === 'AwaitExpression') continue;
    const wanted = origin.isNew ? 'value' : wantedOf(call, { text, names, parents });
    if (wanted === 'unclear') return undefined;
    if (wanted === 'promise') continue;
    const func = functionAround(call, parents);
    const header = func && (func.async ? [] : becomeAsync({ file, text, program }, func));
    if (!header) return undefined;
    for (const edit of [...awaited(call, parents.get(call)), ...header]) edits.set(`${edit.start} ${edit.text}`, edit);
  }
  return [...edits.values()];
}

/** What the file calls the function; `*` where it may call it as a member of its module. */
async function localNames(
  workspace: Workspace,
  file: string,
  { program, origin }: { readonly program: Program; readonly origin: Origin },
): Promise<ReadonlySet<string>> {
  const locals = new Set<string>(file === origin.path ? [origin.name] : []);
  for (const { imported, local, specifier } of importsOf(program)) {
    const module = resolveSpecifier(workspace, file, specifier);
    if (module === undefined) continue;
    const found = await exportOrigin(workspace, module, imported === '*' ? origin.name : imported);
    if (found?.path === origin.path && found.name === origin.name) locals.add(imported === '*' ? '*' : local);
  }
  return locals;
}

function parentsIn(program: Program): ReadonlyMap<unknown, SyntaxNode | undefined> {
  return new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
}

interface Around {
  readonly text: string;
  readonly names: readonly NameUse[];
  readonly parents: ReadonlyMap<unknown, SyntaxNode | undefined>;
}

/** What the surroundings of a call want of it. */
function wantedOf(call: SyntaxNode, { text, names, parents }: Around): 'value' | 'promise' | 'unclear' {
  const parent = parents.get(call);
  switch (parent?.type) {
    case 'AwaitExpression':
    case 'ExpressionStatement':
      return 'promise';
    case 'UnaryExpression':
      return parent.operator === 'void' ? 'promise' : 'value';
    case 'MemberExpression':
      return /^\s*\??\.(?:then|catch|finally)\b/.test(text.slice(call.end)) ? 'promise' : 'value';
    case 'ReturnStatement':
      return functionAround(call, parents)?.async === true ? 'promise' : 'unclear';
    case 'VariableDeclarator':
      return parent.id.type === 'Identifier' && isTakenAsPromise(parent.id.name, { text, names }) ? 'promise' : 'value';
    case 'IfStatement':
    case 'ConditionalExpression':
      return parent.test === call ? 'value' : 'unclear';
    case 'LogicalExpression':
      return parent.left === call ? 'value' : 'unclear';
    case 'BinaryExpression':
    case 'ForOfStatement':
    case 'SpreadElement':
    case 'TemplateLiteral':
      return 'value';
    default:
      return 'unclear';
  }
}

export function isTakenAsPromise(name: string, { text, names }: Pick<Around, 'text' | 'names'>): boolean {
  return names.some(
    ({ name: other, role, start, end, parent }) =>
      other === name &&
      role === 'reference' &&
      (parent?.type === 'AwaitExpression' ||
        parent?.type === 'ArrayExpression' ||
        /^\s*\??\.(?:then|catch|finally)\b/.test(text.slice(end)) ||
        /\b(?:use|Promise\.\w+)\(\s*$/.test(text.slice(0, start))),
  );
}

function functionAround(node: SyntaxNode, parents: Around['parents']): Func | undefined {
  for (let around = parents.get(node); around; around = parents.get(around)) {
    if (/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(around.type))
      return around as SyntaxNode & Func;
  }
  return undefined;
}

function awaited({ start, end }: SyntaxNode, parent: SyntaxNode | undefined): Replacement[] {
  const before = { start, end: start, text: 'await ' };
  if (parent?.type !== 'MemberExpression') return [before];
  return [
    { ...before, text: '(await ' },
    { start: end, end, text: ')' },
  ];
}

/** Files whose functions Next.js and Vercel call. */
export const CALLED_ON_SERVER =
  /(?:^|\/)app\/(?:.*\/)?(?:page|layout|template|default|not-found|route)\.[jt]sx?$|(?:^|\/)api\/.*\.[jt]s$/;

/** `async` before a function that its framework calls on the server; undefined where callers would have to change. */
function becomeAsync(
  { file, text, program }: { readonly file: string; readonly text: string; readonly program: Program },
  func: Func,
): Replacement[] | undefined {
  if (/^\s*['"]use client['"]/m.test(text) || !CALLED_ON_SERVER.test(file)) return undefined;
  const isEntry = entryFunctions(program).some((entry) => entry.func === func) || listsParameters(program, func);
  return isEntry ? makeAsync(text, func) : undefined;
}

/** What Next.js calls while it builds, and waits for: https://nextjs.org/docs/app/api-reference/functions/generate-static-params */
function listsParameters(program: Program, func: Func): boolean {
  return program.body.some(
    (statement) =>
      statement.type === 'ExportNamedDeclaration' &&
      functionsOf(statement.declaration as SyntaxNode | null).some(
        ([name, one]) => one === func && /^generate(?:StaticParams|ImageMetadata|Sitemaps)$/.test(name),
      ),
  );
}
