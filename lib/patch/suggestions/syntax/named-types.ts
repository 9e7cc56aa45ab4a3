import type { Workspace } from '../workspace.js';
import { isScript } from './parse.js';
import { type SyntaxNode, walk } from './walk.js';

type TypeDeclaration = Extract<SyntaxNode, { type: 'TSInterfaceDeclaration' | 'TSTypeAliasDeclaration' }>;

/** Names of the members that the one type of this name has; undefined where there are none, or two such types. */
export async function membersOfType(workspace: Workspace, name: string): Promise<readonly string[] | undefined> {
  const declaration = await findType(workspace, name);
  const body =
    declaration?.type === 'TSInterfaceDeclaration'
      ? declaration.body.body
      : declaration?.typeAnnotation.type === 'TSTypeLiteral'
        ? declaration.typeAnnotation.members
        : undefined;
  return body?.flatMap((member) =>
    (member.type === 'TSPropertySignature' || member.type === 'TSMethodSignature') && member.key.type === 'Identifier'
      ? [member.key.name]
      : [],
  );
}

/** The strings that the one type of this name allows; undefined where it allows anything else besides. */
export async function literalsOfType(workspace: Workspace, name: string): Promise<readonly string[] | undefined> {
  const declaration = await findType(workspace, name);
  if (declaration?.type !== 'TSTypeAliasDeclaration') return undefined;
  const { typeAnnotation } = declaration;
  const parts = typeAnnotation.type === 'TSUnionType' ? typeAnnotation.types : [typeAnnotation];
  const literals = parts.flatMap((part) =>
    part.type === 'TSLiteralType' && part.literal.type === 'Literal' && typeof part.literal.value === 'string'
      ? [part.literal.value]
      : [],
  );
  return literals.length === parts.length ? literals : undefined;
}

async function findType(workspace: Workspace, name: string): Promise<TypeDeclaration | undefined> {
  const found: TypeDeclaration[] = [];
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(name)) continue;
    const { program } = await workspace.parse(path, text);
    for (const { node } of walk(program)) {
      const isType = node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration';
      if (isType && node.id.name === name) found.push(node as TypeDeclaration);
    }
  }
  return found.length === 1 ? found[0] : undefined;
}
