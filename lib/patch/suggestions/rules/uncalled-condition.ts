import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineOf, offsetOf, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const ALWAYS_DEFINED =
  /^This condition will always return true since this function is always defined\. Did you mean to call it instead\?/;

/**
 * `if (isOpen)` of a function that takes nothing and answers yes or no: its answer is meant. Of others it may have been
 * asked whether they are there, and hooks cannot be called in any place.
 */
export const uncalledCondition: Rule = {
  name: 'uncalled-condition',
  async propose(error, workspace) {
    const { file, line, column } = error;
    const text = file === undefined || !ALWAYS_DEFINED.test(error.message) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || line === undefined || !isScript(file) || isComponentFile(file))
      return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const at = offsetOf(text, line, column);
    const use = namesOf(program).find(({ start, role }) => start === at && role === 'reference');
    if (!use || errors.length > 0 || /^use[A-Z]/.test(use.name)) return undefined;
    const asked = await declarationOf(workspace, file, use.name);
    if (!asked || !answersYesOrNo(asked)) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: use.end, end: use.end, text: '()' }])]]),
      cause: `${file}, line ${lineOf(text, use.start)}, asks whether there is a function \`${use.name}\`, which there always is.`,
      change: 'Calls it: it takes nothing, and answers yes or no.',
    };
  },
};

/** The function that the name stands for, in this file or in the one that it is imported from. */
async function declarationOf(workspace: Workspace, file: string, name: string): Promise<SyntaxNode | undefined> {
  const { program } = await workspace.parse(file, workspace.read(file) ?? '');
  const imported = importsOf(program).find(({ local }) => local === name);
  if (!imported) return findFunction(program, name);
  const path = resolveSpecifier(workspace, file, imported.specifier);
  const text = path === undefined || !isScript(path) || isComponentFile(path) ? undefined : workspace.read(path);
  if (path === undefined || text === undefined || /^(?:default|\*)$/.test(imported.imported)) return undefined;
  return findFunction((await workspace.parse(path, text)).program, imported.imported);
}

function findFunction(program: unknown, name: string): SyntaxNode | undefined {
  const [only, another] = [...walk(program)].filter(
    ({ node, parent }) =>
      node.type === 'Identifier' && node.name === name && parent && 'id' in parent && parent.id === node,
  );
  if (!only?.parent || another) return undefined;
  return only.parent.type === 'VariableDeclarator' ? (only.parent.init as SyntaxNode | undefined) : only.parent;
}

function answersYesOrNo(node: SyntaxNode): boolean {
  if (!/^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return false;
  if (!('params' in node && 'returnType' in node && 'body' in node) || !Array.isArray(node.params)) return false;
  if (node.params.length > 0 || ('async' in node && node.async) || ('generator' in node && node.generator))
    return false;
  const type = node.returnType && 'typeAnnotation' in node.returnType ? node.returnType.typeAnnotation : undefined;
  if (type) return type.type === 'TSBooleanKeyword';
  const body = node.body as SyntaxNode;
  if (body.type !== 'BlockStatement') return isTruth(body);
  const [only, another] = body.body;
  return only?.type === 'ReturnStatement' && !another && only.argument !== null && isTruth(only.argument as SyntaxNode);
}

function isTruth(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Literal':
      return typeof node.value === 'boolean';
    case 'UnaryExpression':
      return node.operator === '!';
    case 'BinaryExpression':
      return /^(?:[!=]==?|[<>]=?|in|instanceof)$/.test(node.operator);
    case 'LogicalExpression':
      return isTruth(node.left as SyntaxNode) && isTruth(node.right as SyntaxNode);
    case 'ParenthesizedExpression':
      return isTruth(node.expression as SyntaxNode);
    default:
      return false;
  }
}
