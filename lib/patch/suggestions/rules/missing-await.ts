import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import { entryFunctions, type Func, makeAsync } from '../syntax/entry-functions.js';
import { namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const MEMBER_OF_PROMISE = /Property '([\w$]+)' does not exist on type 'Promise</;

/**
 * A property read from a promise that nobody awaits, such as `cookies().get(...)` since Next.js 15: awaits it, in a
 * function that is asynchronous or that Next.js allows to be.
 */
export const missingAwait: Rule = {
  name: 'missing-await',
  async propose(error, workspace) {
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
    const header = func.async ? [] : becomeAsync(text, program, func);
    if (!replacements || !header) return undefined;
    const repaired = replaceRanges(text, [...replacements, ...header]);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${lineOf(text, promise.start)}, reads \`${name}\` from a promise.`,
      change: 'Awaits the promise first.',
    };
  },
};

const PROMISE_FOR_VALUE =
  /^(?:Type|Argument of type) 'Promise<(.+)>' is (?:missing the following properties from type|not assignable to (?:type|parameter of type)) '(.+?)'/;

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
  if (!only || another) return undefined;
  const uses = names.filter((use) => use.name === only.name && use.role === 'reference');
  const takenAsPromise = uses.some(
    ({ start, end, parent }) =>
      parent?.type === 'AwaitExpression' ||
      parent?.type === 'ArrayExpression' ||
      /^\s*\??\.(?:then|catch|finally)\b/.test(text.slice(end)) ||
      /\b(?:use|Promise\.\w+)\(\s*$/.test(text.slice(0, start)),
  );
  if (takenAsPromise) return undefined;
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
function becomeAsync(text: string, program: Program, func: Func): Replacement[] | undefined {
  if (/^\s*['"]use client['"]/m.test(text)) return undefined;
  const isServer = /from ['"]next\/headers['"]|\b(?:params|searchParams)\b/.test(text);
  return isServer && entryFunctions(program).some((entry) => entry.func === func) ? makeAsync(text, func) : undefined;
}
