import type { Program } from 'oxc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { CALLED_ON_SERVER } from '../syntax/await-calls.js';
import { entryFunctions, type Func, makeAsync } from '../syntax/entry-functions.js';
import { namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { modulesOfClients, serverComponents } from '../syntax/server-components.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const AWAIT_OUTSIDE =
  /await.{0,30} (?:is|are) only (?:allowed|valid) (?:within|in|inside) (?:an )?async|await isn't allowed in non-async function|"await" can only be used inside an "async" function/i;

/**
 * `await` in a function that is not asynchronous, where nobody takes what it returns for anything but a promise or
 * nothing: what Next.js calls on the server, event handlers written in place, and what is declared to answer with a promise.
 */
export const asyncFunction: Rule = {
  name: 'async-function',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !isScript(file) || !AWAIT_OUTSIDE.test(error.message)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);

    const functions = functionsWithAwait(program).filter(({ func }) => !func.async);
    const [only, another] = functions;
    if (!only || another) return undefined;
    const { func, receiver } = only;
    const isClient = /^\s*['"]use client['"]/m.test(text);
    const isEntry =
      !isClient &&
      entryFunctions(program).some((entry) => entry.func === func) &&
      (CALLED_ON_SERVER.test(file) || (await isServerComponent(workspace, file, func)));
    if (!isEntry && !isEventHandler(receiver, func) && !saysPromise(program, text, func)) return undefined;
    const repaired = replaceRanges(text, makeAsync(text, func));
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file}, line ${lineOf(text, func.start)}, awaits in a function that is not asynchronous.`,
      change: 'Makes the function asynchronous; its caller accepts that.',
    };
  },
};

/** Whether the function is declared to answer with a promise, that of the language: whoever calls it takes one. */
function saysPromise(program: Program, text: string, func: Func): boolean {
  const type = func.returnType?.typeAnnotation;
  const isPromise = type?.type === 'TSTypeReference' && text.slice(type.start, type.typeName.end) === 'Promise';
  if (!isPromise || func.generator) return false;
  // React renders no asynchronous component in the browser.
  const isComponent = /^[A-Z]/.test(func.id?.name ?? '') && /^\s*['"]use client['"]/.test(text);
  return !isComponent && !namesOf(program).some(({ name, role }) => name === 'Promise' && role === 'declaration');
}

/** A component that entries of the App Router render, and none of the browser; those that call hooks cannot wait. */
async function isServerComponent(workspace: Workspace, file: string, func: Func): Promise<boolean> {
  const text = workspace.read(file) ?? '';
  const isComponent = /\.[jt]sx$/.test(file) && func.id !== null && /^[A-Z]/.test(func.id?.name ?? '');
  if (!isComponent || /\buse[A-Z]\w*\(/.test(text.slice(func.start, func.end))) return false;
  if ((await modulesOfClients(workspace)).has(file)) return false;
  const entries = workspace.paths.filter((path) => CALLED_ON_SERVER.test(path));
  for await (const component of serverComponents(workspace, entries)) if (component.file === file) return true;
  return false;
}

/** The innermost function around each `await`, with the chain of nodes around it, innermost first. */
function functionsWithAwait(program: Program): { func: Func; receiver: SyntaxNode[] }[] {
  const parents = new Map<SyntaxNode, SyntaxNode | undefined>();
  const found = new Map<Func, SyntaxNode[]>();
  for (const { node, parent } of walk(program)) {
    parents.set(node, parent);
    if (node.type !== 'AwaitExpression') continue;
    for (let around = parent; around; around = parents.get(around)) {
      if (!isFunction(around)) continue;
      const chain: SyntaxNode[] = [];
      for (let outer = parents.get(around); outer; outer = parents.get(outer)) chain.push(outer);
      found.set(around, chain);
      break;
    }
  }
  return [...found].map(([func, receiver]) => ({ func, receiver }));
}

function isFunction(node: SyntaxNode): node is SyntaxNode & Func {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

/** `onClick={() => ...}` and the like: what such a function returns is dropped, at least where an element takes it. */
function isEventHandler([container, attribute, tag]: readonly SyntaxNode[], func: Func): boolean {
  const isElement =
    tag?.type === 'JSXOpeningElement' && tag.name.type === 'JSXIdentifier' && /^[a-z]/.test(tag.name.name);
  return (
    (isElement || returnsNothing(func)) &&
    container?.type === 'JSXExpressionContainer' &&
    attribute?.type === 'JSXAttribute' &&
    attribute.name.type === 'JSXIdentifier' &&
    /^on[A-Z]/.test(attribute.name.name)
  );
}

function returnsNothing(func: Func): boolean {
  const visits = [...walk(func.body)];
  const inner = visits.filter(({ node }) => isFunction(node)).map(({ node }) => node);
  return (
    func.body?.type === 'BlockStatement' &&
    visits.every(
      ({ node }) =>
        node.type !== 'ReturnStatement' ||
        !node.argument ||
        inner.some(({ start, end }) => start <= node.start && node.end <= end),
    )
  );
}
