import type { Program } from 'oxc-parser';
import type { Workspace } from '../workspace.js';
import { declaredTypesOf } from './declared-types.js';
import { namesOf } from './names.js';
import { type SyntaxNode, walk } from './walk.js';

/**
 * The type of a name at a place of a script, where declarations say it: its own annotation, the member that it is taken from, or
 * the elements of a list that is gone through. Undefined where they do not, or not all the same.
 */
export async function typeOfBinding(
  workspace: Workspace,
  {
    text,
    program,
    name,
    at,
  }: { readonly text: string; readonly program: Program; readonly name: string; readonly at: number },
): Promise<string | undefined> {
  const declared = namesOf(program).filter(
    ({ name: other, role, scope }) => other === name && role === 'declaration' && scope.start <= at && at <= scope.end,
  );
  const [only, another] = declared;
  if (!only || another) return undefined;
  const parents = new Map([...walk(program)].map(({ node, parent }) => [node, parent]));
  const node = [...parents.keys()].find(({ start, type }) => start === only.start && type === 'Identifier');
  const annotation = node && 'typeAnnotation' in node ? (node.typeAnnotation as SyntaxNode | null) : null;
  if (annotation) return text.slice(annotation.start, annotation.end).replace(/^:\s*/, '');
  if (only.shorthand === 'property') return theOne(await declaredTypesOf(workspace, name, { of: 'value' }));
  const list = listOf(only.parent, only.start, parents);
  const of = list?.type === 'CallExpression' ? 'call' : 'value';
  const source = list?.type === 'CallExpression' ? (list.callee as SyntaxNode) : list;
  if (source?.type !== 'Identifier') return undefined;
  const type = theOne(await declaredTypesOf(workspace, source.name, { of }));
  return /^(?:readonly )?(\w+)\[\]$/.exec(type ?? '')?.[1] ?? /^(?:Readonly)?Array<(\w+)>$/.exec(type ?? '')?.[1];
}

function theOne(types: ReadonlySet<string>): string | undefined {
  return types.size === 1 ? [...types][0] : undefined;
}

const GOES_THROUGH = /^(?:map|flatMap|forEach|filter|some|every|find|findIndex)$/;

/** What is gone through where a callback takes the name, or a loop declares it. */
function listOf(
  parent: SyntaxNode | undefined,
  start: number,
  parents: ReadonlyMap<SyntaxNode, SyntaxNode | undefined>,
): SyntaxNode | undefined {
  const around = parent && parents.get(parent);
  if (parent?.type === 'VariableDeclarator') {
    const loop = around && parents.get(around);
    return loop?.type === 'ForOfStatement' && !loop.await ? (loop.right as SyntaxNode) : undefined;
  }
  const isFirst = parent?.type === 'ArrowFunctionExpression' && parent.params[0]?.start === start;
  if (!isFirst || around?.type !== 'CallExpression') return undefined;
  const { callee } = around;
  const isList = callee.type === 'MemberExpression' && callee.property.type === 'Identifier';
  return isList && GOES_THROUGH.test((callee.property as { readonly name: string }).name)
    ? (callee.object as SyntaxNode)
    : undefined;
}
