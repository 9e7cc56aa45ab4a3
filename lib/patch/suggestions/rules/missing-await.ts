import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import {
  answersPromise,
  awaitCalls,
  CALLED_ON_SERVER,
  callEdits,
  findFunction,
  isTakenAsPromise,
  type Origin,
  originOf,
} from '../syntax/await-calls.js';
import { entryFunctions, type Func, makeAsync } from '../syntax/entry-functions.js';
import { modulesRunBy } from '../syntax/imports.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, offsetOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const MEMBER_OF_PROMISE = /Property '([\w$]+)' does not exist on type 'Promise</;

/**
 * A property read from a promise that nobody awaits, such as `cookies().get(...)` since Next.js 15: awaits it, in a
 * function that is asynchronous or that Next.js allows to be. Of a function of the repository, all callers that take
 * the promise for its value.
 */
export const missingAwait: Rule = {
  name: 'missing-await',
  async propose(error, workspace) {
    const origin = await calledFunction(error, workspace);
    if (origin) return await awaitEverywhere(error, workspace, origin);
    const name = MEMBER_OF_PROMISE.exec(error.message)?.[1];
    const { file } = error;
    if (name === undefined) return await awaitHandedOver(error, workspace);
    if (file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;

    const members = namesOf(program).filter((use) => use.name === name && (use.role === 'member' || use.shorthand));
    const [member] = usesAt(text, members, error);
    const promise = member && promiseOf(program, member);
    const func = promise && enclosingFunction(program, promise);
    if (!promise || !func) return undefined;
    const replacements = awaitPromise(text, program, { promise, func });
    const header = func.async ? [] : becomeAsync(file, text, program, func);
    const callers = header ? new Map() : await followCallers(workspace, file, func);
    if (!replacements || !callers) return undefined;
    const own = [...replacements, ...(header ?? makeAsync(text, func)), ...(callers.get(file) ?? [])];
    const files = new Map(
      [...callers, [file, own] as const].map(([path, edits]) => [
        path,
        replaceRanges(workspace.read(path) ?? '', edits),
      ]),
    );
    if ((await countParseErrors(file, files.get(file) ?? '')) > 0) return undefined;
    return {
      files,
      cause: `${file}, line ${lineOf(text, promise.start)}, reads \`${name}\` from a promise.`,
      change: `Awaits the promise first${callers.size > 0 ? ', as its callers then do' : ''}.`,
    };
  },
};

const PROMISE_FOR_VALUE =
  /^(?:Type|Argument of type) 'Promise<(.+)>' is (?:missing the following properties from type|not assignable to (?:type|parameter of type)) '(.+?)'/;
const ALWAYS_TRUE = /This condition will always return true since this 'Promise<.+>' is always defined/;

/** The function of the repository behind the promise that an error is about, if it is one that answers with promises. */
async function calledFunction(error: BuildError, workspace: Workspace): Promise<Origin | undefined> {
  const { file, line } = error;
  const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
  if (file === undefined || text === undefined || line === undefined) return undefined;
  const { program } = await workspace.parse(file, text);
  const names = namesOf(program);
  const member = MEMBER_OF_PROMISE.exec(error.message)?.[1];
  const isHandedOver = ALWAYS_TRUE.test(error.message) || wantsPromised(error, text);
  const read = names.filter((use) => use.name === member && (use.role === 'member' || use.shorthand));
  const [place] = member === undefined ? [] : usesAt(text, read, error);
  const promise = place && promiseOf(program, place);
  const origins: Origin[] = [];
  for (const use of promise ? names.filter(({ start }) => start === promise.start) : namedAt(error, names, text)) {
    if (!promise && !isHandedOver) return undefined;
    const { parent } = declarationOf(use, names) ?? {};
    const init =
      parent?.type === 'VariableDeclarator' && /Call/.test(parent.init?.type ?? '') ? parent.init : undefined;
    const call = init ?? (use.key === 'callee' ? use.parent : undefined);
    if (call?.type !== 'CallExpression' || call.callee.type !== 'Identifier') continue;
    const origin = await originOf(workspace, file, call.callee.name);
    if (origin && (await answersPromise(workspace, origin))) origins.push(origin);
  }
  const [only, another] = origins;
  return another === undefined ? only : undefined;
}

/** The innermost declaration whose scope the use stands in. */
function declarationOf(use: NameUse, names: readonly NameUse[]): NameUse | undefined {
  const visible = names.filter(
    ({ name, role, scope }) =>
      name === use.name && role === 'declaration' && scope.start <= use.start && use.end <= scope.end,
  );
  return visible.sort((a, b) => b.scope.start - a.scope.start)[0];
}

function namedAt({ line, column }: BuildError, names: readonly NameUse[], text: string): readonly NameUse[] {
  const onLine = names.filter((use) => use.role === 'reference' && lineOf(text, use.start) === line);
  const at = line === undefined || column === undefined ? undefined : offsetOf(text, line, column);
  const exact = onLine.filter(({ start }) => start === at);
  return exact.length > 0 ? exact : onLine;
}

/** Whether what the promise holds is what is wanted, but for `undefined` and `null`, which the file tests for. */
function wantsPromised({ message }: BuildError, text: string): boolean {
  const [, promised = '', wanted] = PROMISE_FOR_VALUE.exec(message) ?? [];
  if (promised === wanted) return true;
  const value = promised.replace(/ \| (?:undefined|null)(?= \||$)/g, '');
  return value === wanted && /\bif \(![\w$]+\)|[!=]==? (?:undefined|null)\b/.test(text);
}

async function awaitEverywhere(error: BuildError, workspace: Workspace, origin: Origin): Promise<Fix | undefined> {
  const { file } = error;
  const files = new Map<string, string>();
  const changed = new Set(workspace.changes.map(({ path }) => path));
  // What took the promise at the last READY deployment takes it as one.
  const isAsBefore = changed.size > 0 && !changed.has(origin.path);
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (text === undefined || !text.includes(origin.name)) continue;
    if (isAsBefore && path !== file && !changed.has(path)) continue;
    const repaired = await awaitCalls(workspace, path, origin);
    if (repaired === undefined) return undefined;
    if (repaired !== text) files.set(path, repaired);
  }
  if (file === undefined || !files.has(file)) return undefined;
  return {
    files,
    cause: `\`${origin.name}\` of ${origin.path} answers with a promise, and ${file} takes it for the value.`,
    change: `Awaits \`${origin.name}\` wherever its value is used.`,
  };
}

/** A promise is handed over where the value that it promises is wanted: the variable that holds it awaits it. */
async function awaitHandedOver(error: BuildError, workspace: Workspace): Promise<Fix | undefined> {
  const { file, line } = error;
  const [, promised, wanted] = PROMISE_FOR_VALUE.exec(error.message) ?? [];
  const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
  if (file === undefined || text === undefined || line === undefined || promised === undefined || promised !== wanted)
    return undefined;
  const { program, errors } = await workspace.parse(file, text);
  if (errors.length > 0) return undefined;
  const names = namesOf(program);
  const handed = names.filter((use) => use.role === 'reference' && lineOf(text, use.start) === line);
  const calls = handed.flatMap(({ name }) => {
    const declarations = names.filter((use) => use.name === name && use.role === 'declaration');
    const declarator = declarations.length === 1 ? declarations[0]?.parent : undefined;
    if (declarator?.type !== 'VariableDeclarator' || declarator.init?.type !== 'CallExpression') return [];
    return enclosingFunction(program, declarator)?.async === true ? [{ name, call: declarator.init }] : [];
  });
  const [only, another] = calls;
  if (!only || another || isTakenAsPromise(only.name, { text, names })) return undefined;
  return {
    files: new Map([[file, replaceRanges(text, [{ start: only.call.start, end: only.call.start, text: 'await ' }])]]),
    cause: `${file}, line ${line}, hands over a promise where its value is wanted.`,
    change: `Awaits \`${only.name}\` where it is declared.`,
  };
}

/** The expression whose property is read: `x` in `x.name` and in `const { name } = x`. */
function promiseOf(program: Program, member: { readonly start: number; readonly parent: SyntaxNode | undefined }) {
  const { parent } = member;
  if (parent?.type === 'MemberExpression') return parent.object as SyntaxNode;
  for (const { node } of walk(program)) {
    if (node.type !== 'VariableDeclarator' || node.id.type !== 'ObjectPattern' || !node.init) continue;
    if (node.id.properties.some((property) => property === parent)) return node.init as SyntaxNode;
  }
  return undefined;
}

function enclosingFunction(program: Program, place: SyntaxNode): Func | undefined {
  let innermost: Func | undefined;
  for (const { node } of walk(program)) {
    const isFunction =
      node.type === 'FunctionDeclaration' ||
      node.type === 'FunctionExpression' ||
      node.type === 'ArrowFunctionExpression';
    if (isFunction && node.start <= place.start && place.end <= node.end) innermost = node;
  }
  return innermost;
}

function awaitPromise(
  text: string,
  program: Program,
  { promise, func }: { readonly promise: SyntaxNode; readonly func: Func },
): Replacement[] | undefined {
  if (promise.type === 'CallExpression') return [wrap(text, promise)];
  if (promise.type !== 'Identifier') return undefined;
  const names = namesOf(program).filter((use) => use.name === promise.name);
  const declarations = names.filter((use) => use.role === 'declaration');
  const [declaration] = declarations;
  if (!declaration || declarations.length > 1 || declaration.start < func.start) return undefined;
  const uses = names.filter((use) => use.role === 'reference');
  if (declaration.parent?.type !== 'VariableDeclarator') return uses.length === 1 ? [wrap(text, promise)] : undefined;
  // Awaited where it is declared, unless somebody takes it for the promise that it is.
  const { init } = declaration.parent;
  const areReads = uses.every(({ parent, key }) => parent?.type === 'MemberExpression' && key === 'object');
  const hasThen = uses.some(({ end }) => /^\??\.(?:then|catch|finally)\b/.test(text.slice(end)));
  const before = text.slice(0, declaration.parent.start);
  if (init?.type !== 'CallExpression' || !areReads || hasThen || !/\bconst\s+$/.test(before)) return undefined;
  return [{ start: init.start, end: init.start, text: 'await ' }];
}

function wrap(text: string, { start, end }: SyntaxNode): Replacement {
  const isRead = /^\s*[?!]?\./.test(text.slice(end));
  const expression = text.slice(start, end);
  return { start, end, text: isRead ? `(await ${expression})` : `await ${expression}` };
}

/** Undefined where callers would have to change too. */
function becomeAsync(file: string, text: string, program: Program, func: Func): Replacement[] | undefined {
  if (/^\s*['"]use client['"]/m.test(text)) return undefined;
  const isServer = /from ['"]next\/headers['"]|\b(?:params|searchParams)\b/.test(text);
  const isEntry = CALLED_ON_SERVER.test(file) && entryFunctions(program).some((entry) => entry.func === func);
  return isServer && (isEntry || isServerComponent(file, program, func)) ? makeAsync(text, func) : undefined;
}

/** A component beside `next/headers`, which no file of the browser may import; those that call hooks cannot wait. */
function isServerComponent(file: string, program: Program, func: Func): boolean {
  const names = namesOf(program).filter(({ start, end }) => func.start <= start && end <= func.end);
  return (
    /\.[jt]sx$/.test(file) &&
    modulesRunBy(program).includes('next/headers') &&
    /^[A-Z]/.test(declaredName(program, func) ?? '') &&
    !names.some(({ name, role }) => role === 'reference' && /^use[A-Z]/.test(name))
  );
}

function declaredName(program: Program, func: Func): string | undefined {
  return namesOf(program).find(
    ({ role, key, parent }) =>
      role === 'declaration' &&
      key === 'id' &&
      (parent === func || (parent?.type === 'VariableDeclarator' && parent.init === func)),
  )?.name;
}

/** What changes at each call of a helper that becomes asynchronous; undefined where one of them cannot wait for it. */
async function followCallers(
  workspace: Workspace,
  path: string,
  func: Func,
): Promise<ReadonlyMap<string, readonly Replacement[]> | undefined> {
  const { program } = await workspace.parse(path, workspace.read(path) ?? '');
  const name = declaredName(program, func);
  const isDefault = program.body.some((node) => node.type === 'ExportDefaultDeclaration' && node.declaration === func);
  if (name === undefined || findFunction(program, name) !== func || isDefault || func.generator || workspace.partial)
    return undefined;
  const callers = new Map<string, readonly Replacement[]>();
  for (const file of workspace.paths) {
    const text = isScript(file) ? workspace.read(file) : undefined;
    if (!text?.includes(name)) continue;
    const edits = await callEdits(workspace, file, { path, name, isNew: true });
    if (edits === undefined) return undefined;
    if (edits.length > 0) callers.set(file, edits);
  }
  // What nobody here calls is called from somewhere else.
  return callers.size > 0 ? callers : undefined;
}
