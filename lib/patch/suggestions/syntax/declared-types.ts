import type { Workspace } from '../workspace.js';
import { isScript } from './parse.js';
import { type SyntaxNode, walk } from './walk.js';

/**
 * What all declarations of this name in the repository say it is, as written there: members of types, parameters and variables
 * with a type, or with `of: 'call'` what functions of the name return. One without a type counts as `unknown`.
 */
export async function declaredTypesOf(
  workspace: Workspace,
  name: string,
  { of }: { readonly of: 'value' | 'call' },
): Promise<ReadonlySet<string>> {
  const types = new Set<string>();
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(name)) continue;
    const { program } = await workspace.parse(path, text);
    for (const { node, parent } of walk(program)) {
      const type = of === 'call' ? returnTypeOf(node, name, parent) : valueTypeOf(node, name);
      if (type !== undefined) types.add(type === null ? 'unknown' : text.slice(type.start, type.end));
    }
  }
  return types;
}

interface Span {
  readonly start: number;
  readonly end: number;
}

/** Null where the declaration has no type of its own; undefined where the node declares nothing of the name. */
function valueTypeOf(node: SyntaxNode, name: string): Span | null | undefined {
  if (node.type === 'TSPropertySignature' || node.type === 'PropertyDefinition')
    return isNamed(node.key as SyntaxNode, name) ? (node.typeAnnotation?.typeAnnotation ?? null) : undefined;
  if (node.type === 'VariableDeclarator')
    return isNamed(node.id as SyntaxNode, name) ? typeOfPattern(node.id as SyntaxNode) : undefined;
  if (node.type === 'Identifier' && node.name === name && 'typeAnnotation' in node && node.typeAnnotation)
    return (node.typeAnnotation as { readonly typeAnnotation: Span }).typeAnnotation;
  return undefined;
}

function returnTypeOf(node: SyntaxNode, name: string, parent: SyntaxNode | undefined): Span | null | undefined {
  const isFunction =
    node.type === 'FunctionDeclaration' ||
    node.type === 'FunctionExpression' ||
    node.type === 'ArrowFunctionExpression' ||
    node.type === 'TSMethodSignature';
  if (!isFunction) return undefined;
  const owner =
    node.type === 'FunctionDeclaration'
      ? node.id
      : node.type === 'TSMethodSignature'
        ? node.key
        : parent?.type === 'VariableDeclarator'
          ? parent.id
          : parent?.type === 'Property' || parent?.type === 'MethodDefinition'
            ? parent.key
            : undefined;
  if (!owner || !isNamed(owner as SyntaxNode, name)) return undefined;
  return node.returnType?.typeAnnotation ?? null;
}

function isNamed(node: SyntaxNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name;
}

function typeOfPattern(pattern: SyntaxNode): Span | null {
  return pattern.type === 'Identifier' ? (pattern.typeAnnotation?.typeAnnotation ?? null) : null;
}
