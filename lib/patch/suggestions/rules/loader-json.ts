import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';
import { rangeOf } from './export-home.js';

const HOME = /^react-router(?:-dom)?$/;
const OF_ROUTE = /(?:^(?:client)?|[a-z\d](?=[A-Z]))(?:loader|action)$/i;

/**
 * `return json({ site })` in a loader of a page, which React Router 7 does not have any more: what it wrapped is returned as it is.
 * https://reactrouter.com/upgrading/v6
 */
export const loaderJson: Rule = {
  name: 'loader-json',
  async propose(error, workspace) {
    const { file } = error;
    const isMeant = missingExportOf(error)?.name === 'json' && file !== undefined && isScript(file);
    const text = isMeant && !isComponentFile(file) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const [target, another] = importsOf(program).filter(({ imported }) => imported === 'json');
    if (errors.length > 0 || !target || another || target.isType || !HOME.test(target.specifier)) return undefined;
    const uses = namesOf(program).filter(({ name, role }) => name === target.local && role === 'reference');
    const edits = findReturns(program, target.local, text);
    // With a status or headers, or anywhere else, there is more than one way to write it.
    if (edits.length === 0 || edits.length !== uses.length) return undefined;
    if (!isOfPage(text) || (await isReadAsResponse(workspace, file))) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [rangeOf(text, target), ...edits.flat()])]]),
      cause: `${file} imports \`json\` from \`${target.specifier}\`, which does not have it any more.`,
      change: 'Returns what it wrapped, as React Router 7 wants it of a loader.',
    };
  },
};

type Func = Extract<SyntaxNode, { type: 'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression' }>;

/** The calls that a loader or an action returns, each without what is around its only argument. */
function findReturns(program: unknown, local: string, text: string): (readonly Replacement[])[] {
  const found: (readonly Replacement[])[] = [];
  for (const { node, parent } of walk(program)) {
    if (!isFunction(node) || !OF_ROUTE.test(nameOf(node, parent))) continue;
    for (const returned of returnedBy(node)) {
      const value = returned.type === 'ParenthesizedExpression' ? (returned.expression as SyntaxNode) : returned;
      const [argument, more] = value.type === 'CallExpression' ? value.arguments : [];
      const isCall =
        value.type === 'CallExpression' && value.callee.type === 'Identifier' && value.callee.name === local;
      if (!isCall || more || (argument?.type !== 'ObjectExpression' && argument?.type !== 'ArrayExpression')) continue;
      const between = text.slice(value.start, argument.start) + text.slice(argument.end, value.end);
      if (!/^\w+\(\s*,?\s*\)$/.test(between)) continue;
      // An arrow takes a brace for its body.
      const isBody = value === node.body && argument.type === 'ObjectExpression';
      const [open, close] = isBody ? ['(', ')'] : ['', ''];
      found.push([
        { start: value.start, end: argument.start, text: open },
        { start: argument.end, end: value.end, text: close },
      ]);
    }
  }
  return found;
}

function isFunction(node: SyntaxNode): node is Func {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function nameOf(node: Func, parent: SyntaxNode | undefined): string {
  if ('id' in node && node.id) return (node.id as { readonly name: string }).name;
  const key = parent?.type === 'VariableDeclarator' ? parent.id : parent?.type === 'Property' ? parent.key : undefined;
  return key?.type === 'Identifier' ? key.name : '';
}

/** What the function itself returns, not those inside it. */
function returnedBy(func: Func): SyntaxNode[] {
  const { body } = func;
  if (body && body.type !== 'BlockStatement') return [body as SyntaxNode];
  const inner: SyntaxNode[] = [];
  const values: SyntaxNode[] = [];
  for (const { node } of walk(body)) {
    if (isFunction(node)) inner.push(node);
    if (node.type === 'ReturnStatement' && node.argument) values.push(node.argument as SyntaxNode);
  }
  return values.filter((value) => !inner.some(({ start, end }) => start <= value.start && value.end <= end));
}

/** Others than pages may have to answer with a response. */
function isOfPage(text: string): boolean {
  return /\buse(?:Loader|Action|RouteLoader)Data\b|\bloaderData\b|\bactionData\b/.test(text);
}

/** Whether another file, such as a test, takes from the module and reads the body of a response. */
async function isReadAsResponse(workspace: Workspace, file: string): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = path === file || !isScript(path) ? undefined : workspace.read(path);
    if (!text || !/\.json\(\)|\bResponse\b/.test(text)) continue;
    const { program } = await workspace.parse(path, text);
    if (importsOf(program).some(({ specifier }) => resolveSpecifier(workspace, path, specifier) === file)) return true;
  }
  return false;
}
