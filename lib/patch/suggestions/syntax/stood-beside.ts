import { escapePattern } from '../../../context/word-pattern.js';
import type { Workspace } from '../workspace.js';
import { formerText } from './former-text.js';
import { isScript, parseSource } from './parse.js';
import { type SyntaxNode, walk } from './walk.js';

/** Two names of which the diff of a file puts one where the other stood. */
export interface Pair {
  readonly before: string;
  readonly after: string;
}

/**
 * Whether one type, object, sheet or module of the file had both names at the last READY deployment: then the one that is gone was taken
 * out and its uses were given the other, which means another thing.
 */
export async function stoodBeside(workspace: Workspace, path: string, { before, after }: Pair): Promise<boolean> {
  const former = formerOf(workspace, path);
  if (former === undefined || !former.includes(after)) return false;
  if (SHEET.test(path)) return [before, after].every((name) => declares(former, name));
  if (!isScript(path)) return false;
  const { program } = await parseSource(path, former);
  const exported = new Set<string>();
  for (const { node } of walk(program)) {
    const names = membersOf(node);
    if (names.includes(before) && names.includes(after)) return true;
    for (const name of exportedBy(node)) exported.add(name);
  }
  return exported.has(before) && exported.has(after);
}

/** Whether the object, the pattern or the tag whose member's name starts at the place has the other name as well. */
export function standsBeside(program: unknown, at: number, other: string): boolean {
  return [...walk(program)].some(({ node }) => {
    const members = node.type === 'JSXOpeningElement' ? node.attributes : 'properties' in node ? node.properties : [];
    const names = (members as readonly { readonly key?: SyntaxNode; readonly name?: SyntaxNode }[]).flatMap(
      ({ key, name }) => key ?? name ?? [],
    );
    return names.some(({ start }) => start === at) && names.some((one) => 'name' in one && one.name === other);
  });
}

const SHEET = /\.(?:scss|sass|less)$/;

/** In Sass the sign belongs to the name, in Less it is a mark before it. */
function declares(sheet: string, name: string): boolean {
  return new RegExp(`(?:^|[;{}\\s])@?${escapePattern(name)}\\s*:`).test(sheet);
}

/** Whether types of the file had the old name at the last READY deployment in more places than have come to have the new one. */
export async function isSharedBefore(workspace: Workspace, path: string, { before, after }: Pair): Promise<boolean> {
  const [former, text] = [formerOf(workspace, path), workspace.read(path)];
  if (former === undefined || text === undefined || !isScript(path)) return false;
  const count = async (source: string, name: string) =>
    [...walk((await parseSource(path, source)).program)].filter(
      ({ node }) => node.type === 'TSPropertySignature' && node.key.type === 'Identifier' && node.key.name === name,
    ).length;
  return (await count(former, before)) > (await count(text, after)) - (await count(former, after));
}

function formerOf(workspace: Workspace, path: string): string | undefined {
  const text = workspace.read(path);
  const change = workspace.changes.find((one) => one.path === path);
  return text === undefined || !change ? undefined : formerText(text, change);
}

/** The plain names of what a type, an object or a pattern has. */
function membersOf(node: SyntaxNode): string[] {
  const members: readonly unknown[] =
    node.type === 'ObjectExpression' || node.type === 'ObjectPattern'
      ? node.properties
      : node.type === 'TSInterfaceBody' || node.type === 'ClassBody'
        ? node.body
        : node.type === 'TSTypeLiteral'
          ? node.members
          : [];
  return members.flatMap((member) => {
    const key = (member as { readonly key?: SyntaxNode }).key;
    return key?.type === 'Identifier' ? key.name : [];
  });
}

function exportedBy(node: SyntaxNode): string[] {
  if (node.type !== 'ExportNamedDeclaration') return [];
  const { declaration, specifiers } = node;
  const own = specifiers.flatMap(({ exported }) => (exported.type === 'Identifier' ? exported.name : []));
  if (declaration?.type === 'VariableDeclaration')
    return [...own, ...declaration.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? id.name : []))];
  const id = declaration && 'id' in declaration ? (declaration.id as SyntaxNode | null) : null;
  return id?.type === 'Identifier' ? [...own, id.name] : own;
}
