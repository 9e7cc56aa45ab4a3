import type { Program } from 'oxc-parser';
import type { Workspace } from '../workspace.js';
import type { Func } from './entry-functions.js';
import { membersOfType } from './named-types.js';
import { type SyntaxNode, walk } from './walk.js';

/**
 * Names of the members that a prop of a component has whatever its value: the component takes it out of its parameter by its own
 * name, and its type, which is not optional, is no union.
 */
export async function membersOfProp(
  workspace: Workspace,
  { program, component, name }: { readonly program: Program; readonly component: Func; readonly name: string },
): Promise<readonly string[]> {
  const [props] = component.params as readonly SyntaxNode[];
  if (props?.type !== 'ObjectPattern') return [];
  const isTaken = props.properties.some(
    (one) => one.type === 'Property' && one.shorthand && one.value.type === 'Identifier' && one.value.name === name,
  );
  const annotation = props.typeAnnotation?.typeAnnotation as SyntaxNode | undefined;
  const members = isTaken && annotation ? membersIn(program, annotation) : [];
  const [member, another] = members.filter(
    (one) => one.type === 'TSPropertySignature' && one.key.type === 'Identifier' && one.key.name === name,
  );
  if (member?.type !== 'TSPropertySignature' || another || member.optional) return [];
  const type = member.typeAnnotation?.typeAnnotation;
  const isNamed = type?.type === 'TSTypeReference' && type.typeName.type === 'Identifier' && !type.typeArguments;
  return (isNamed && (await membersOfType(workspace, (type.typeName as { readonly name: string }).name))) || [];
}

/** Of a type that is written in place, or that the file declares. */
function membersIn(program: Program, type: SyntaxNode): readonly SyntaxNode[] {
  if (type.type === 'TSTypeLiteral') return type.members as readonly SyntaxNode[];
  if (type.type !== 'TSTypeReference' || type.typeName.type !== 'Identifier') return [];
  const { name } = type.typeName;
  return [...walk(program)].flatMap(({ node }): readonly SyntaxNode[] => {
    if (node.type === 'TSInterfaceDeclaration' && node.id.name === name) return node.body.body as readonly SyntaxNode[];
    const isAlias = node.type === 'TSTypeAliasDeclaration' && node.id.name === name;
    return isAlias && node.typeAnnotation.type === 'TSTypeLiteral'
      ? (node.typeAnnotation.members as readonly SyntaxNode[])
      : [];
  });
}
