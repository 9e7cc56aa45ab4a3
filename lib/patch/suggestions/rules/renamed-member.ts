import type { Program } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import { partsOf } from '../distance.js';
import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { foreignUses } from '../syntax/foreign-uses.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { replaceRanges } from '../syntax/source-text.js';
import { standsBeside, stoodBeside } from '../syntax/stood-beside.js';
import { mayMeanTypeOf } from '../syntax/type-home.js';
import { typeOfBinding } from '../syntax/type-of-binding.js';
import { renameKeyInData } from '../syntax/typed-data.js';
import { usesAt, wordAt } from '../syntax/uses-at.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const UNKNOWN_MEMBER =
  /(?:'(?<key>[\w$]+)' does not exist in type|Property '(?<member>[\w$]+)' does not exist on type) '(?:(?<type>[\w$]+)(?:\[\])?|(?<shape>\{[^']{1,4000}\}))'/;

const OF_SEVERAL = /does not exist on type '[\w$<>[\]]+ \| /;

/**
 * A member that its type no longer has under this name, because the type renamed it since the last READY deployment,
 * as the diff of the file that declares the type shows; where the type has no name, what a function returns, as the diff
 * and the members show that the message lists.
 */
export const renamedMember: Rule = {
  name: 'renamed-member',
  async propose(error, workspace) {
    const groups = UNKNOWN_MEMBER.exec(error.message)?.groups;
    const name = groups?.key ?? groups?.member;
    const { file } = error;
    if (!groups || name === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined || !text.includes(name)) return undefined;
    // What stands within an element comes by this name.
    if (name === 'children') return undefined;
    const { type, shape = '' } = groups;
    const owner =
      type === undefined ? findReturned(workspace, { shape, name }) : await findOwner(workspace, { type, name });
    if (!owner || (type === undefined && (await hasTwin(workspace, { file, name, owner })))) return undefined;
    const { now, path, isUnknown } = owner;
    if (type !== undefined && !(await mayMeanTypeOf(workspace, { file, type, path }))) return undefined;
    // Of several types, another still has it.
    if (!isUnknown && OF_SEVERAL.test(error.message)) return undefined;
    if (await stoodBeside(workspace, path, { before: name, after: now })) return undefined;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const names = namesOf(program);
    const uses = names.filter((use) => use.name === name && (use.role === 'member' || use.shorthand === 'property'));
    const blamed = usesAt(text, uses, error);
    const place = isComponentFile(file) && blamed.length === 0 ? wordAt(text, name, error) : undefined;
    if ((blamed.length !== 1 && !place) || standsBeside(program, blamed[0]?.start ?? -1, now)) return undefined;
    const scope = { path: file, text, program, name, type, members: owner.members };
    const meant = new Set(isUnknown ? await usesOfType(workspace, uses, scope) : []);
    const replacements = place
      ? [{ ...place, text: now }]
      : uses
          .filter((use) => meant.has(use) || blamed.includes(use) || isOfSameObject(names, { use, blamed, text }))
          .map(({ start, end, shorthand }) => ({
            start,
            end,
            text: shorthand ? `${now}: ${name}` : now,
          }));
    const others = isUnknown
      ? await followElsewhere(workspace, { file, name, now, blamed, type, members: owner.members })
      : [];
    const data = type === undefined ? [] : await renameKeyInData(workspace, { type, name, now });
    return {
      files: new Map([[file, replaceRanges(text, replacements)], ...others, ...data]),
      cause: `${type === undefined ? 'What comes from' : `\`${type}\` in`} ${path} calls \`${name}\` by the name \`${now}\` now, and ${file} does not.`,
      change: `Writes \`${now}\` where the old name is used.`,
    };
  },
};

interface Wanted {
  readonly name: string;
  /** The type that renamed the member. */
  readonly type: string | undefined;
  readonly members: ReadonlySet<string>;
}

/**
 * The uses that are of the type: what declarations say to be of it and, of a name of several words, what they say nothing about.
 * Errors have a `message`, files a `name` and lists a `length` too; what comes from outside or goes there has a format of its own.
 */
async function usesOfType(
  workspace: Workspace,
  uses: readonly NameUse[],
  {
    path,
    text,
    program,
    name,
    type,
    members,
  }: Wanted & {
    readonly path: string;
    readonly text: string;
    readonly program: Program;
  },
): Promise<NameUse[]> {
  const isOwn = partsOf(name).length > 1;
  const objects = [...walk(program)].flatMap(({ node }) => (node.type === 'ObjectExpression' ? node : []));
  const keyed = new Set(objects.flatMap(({ properties }) => properties));
  const made = new Set(
    objects.flatMap((node) => {
      const isOwnKey = (key: string) => key === name || members.has(key);
      return keysOf(node).every(isOwnKey) ? node.properties : [];
    }),
  );
  const { foreign } = foreignUses(workspace, uses, { path, text, program, type });
  const meant: NameUse[] = [];
  for (const use of uses) {
    const object = objectOf(use);
    const at = use.start;
    const own = object && (await typeOfBinding(workspace, { text, program, name: object, at }));
    const isSaid = own !== undefined && namesType(own, type);
    const isMade = made.has(use.parent as never);
    // An object that has some of the members is a choice of them, for others to read by the names that it had.
    const isChosen = keyed.has(use.parent as never) && !isMade;
    const mayBe = own === undefined && !foreign.has(use) && !isChosen && (isOwn || isMade);
    if (isSaid || mayBe) meant.push(use);
  }
  return meant;
}

function namesType(written: string, type: string | undefined): boolean {
  return type !== undefined && new RegExp(`(?<![\\w$.])${escapePattern(type)}(?![\\w$])`).test(written);
}

/** Whether both are members of what the file calls by the same name, and calls so once, and takes for one thing. */
function isOfSameObject(
  names: readonly NameUse[],
  { use, blamed, text }: { readonly use: NameUse; readonly blamed: readonly NameUse[]; readonly text: string },
): boolean {
  const [object, other] = [use, blamed[0]].map((member) => member && objectOf(member));
  const declarations = names.filter(({ name, role }) => name === object && role === 'declaration');
  if (object === undefined || object !== other || declarations.length !== 1) return false;
  const own = escapePattern(object);
  return !new RegExp(`\\bswitch \\(${own}\\.|(?<![\\w$.])${own}\\.\\w+ [!=]==? ['"]|['"] in ${own}\\b`).test(text);
}

interface Renamed extends Wanted {
  readonly file: string;
  readonly now: string;
  readonly blamed: readonly NameUse[];
}

/**
 * The other files that read the member of what they call by the same name as the file at fault: compilers may stop at
 * the first file. A file that uses the old name in any other way waits for its own error.
 */
async function followElsewhere(
  workspace: Workspace,
  { file, name, now, blamed, type, members }: Renamed,
): Promise<(readonly [string, string])[]> {
  const objects = new Set(blamed.flatMap((use) => objectOf(use) ?? []));
  const quoted = [`"${name}"`, `'${name}'`];
  const isData = (path: string) => !isScript(path) && quoted.some((word) => workspace.read(path)?.includes(word));
  if (objects.size === 0 || workspace.paths.some(isData)) return [];
  const files: (readonly [string, string])[] = [];
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (path === file || text === undefined || !text.includes(name) || !/\.tsx?$/.test(path)) continue;
    const { program, errors } = await workspace.parse(path, text);
    const uses = errors.length > 0 ? [] : namesOf(program).filter((use) => use.name === name);
    const isRead = (use: NameUse) => use.role === 'member' && objects.has(objectOf(use) ?? '');
    const meant = await usesOfType(workspace, uses, { path, text, program, name, type, members });
    if (uses.length === 0 || !uses.every(isRead) || meant.length < uses.length) continue;
    files.push([
      path,
      replaceRanges(
        text,
        uses.map(({ start, end }) => ({ start, end, text: now })),
      ),
    ]);
  }
  return files;
}

/** `berth` of `berth.rate`. */
function objectOf({ parent }: NameUse): string | undefined {
  return parent?.type === 'MemberExpression' && parent.object.type === 'Identifier' ? parent.object.name : undefined;
}

interface Owner {
  readonly path: string;
  readonly now: string;
  readonly members: ReadonlySet<string>;
  /** True when no other type or object of the repository has a member of the old name: every use of it is of this one. */
  readonly isUnknown: boolean;
}

/** The one new name by which what a file returns has the member, if the type that the message writes out has it so. */
function findReturned(
  workspace: Workspace,
  { shape, name }: { readonly shape: string; readonly name: string },
): Owner | undefined {
  const members = membersWritten(shape);
  const owners = workspace.changes.flatMap(({ path }) => {
    const now = isScript(path) ? findRename(workspace, path, name) : undefined;
    return now !== undefined && members.has(now) ? [{ path, now, members, isUnknown: false }] : [];
  });
  const [owner] = owners;
  return members.has(name) || owners.some(({ now }) => now !== owner?.now) ? undefined : owner;
}

/**
 * Whether another file makes an object with the old name: of two that stand in for one another one alone was renamed. Or one that puts
 * something of its own under the new name over what it spreads.
 */
async function hasTwin(
  workspace: Workspace,
  { file, name, owner }: { readonly file: string; readonly name: string; readonly owner: Owner },
): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = path === file || path === owner.path || !isScript(path) ? undefined : workspace.read(path);
    if (!text?.includes(name) && !text?.includes(owner.now)) continue;
    const { program } = await workspace.parse(path, text);
    for (const { node } of walk(program)) {
      const keys = keysOf(node);
      if (keys.includes(name) || (keys.includes(owner.now) && keys.length < propertiesOf(node).length)) return true;
    }
  }
  return false;
}

/** The keys of `{ a: number; b: { c: string; }; }`, not those of the types within it. */
function membersWritten(shape: string): ReadonlySet<string> {
  let depth = 0;
  const own = shape.replace(/[{}()[\]]|[^{}()[\]]+/g, (part) => {
    if (/[{([]/.test(part)) depth++;
    else if (/[})\]]/.test(part)) depth--;
    else if (depth === 1) return part;
    return '';
  });
  return new Set([...own.matchAll(/(?:^|;)\s*([\w$]+)\??:/g)].map(([, name = '']) => name));
}

/** The one declaration of the type, if the diff of its file renames the member and the type has it so. */
async function findOwner(
  workspace: Workspace,
  wanted: { readonly type: string; readonly name: string },
): Promise<Owner | undefined> {
  const owners: { path: string; now: string; members: ReadonlySet<string> }[] = [];
  for (const { path } of workspace.changes) {
    const text = workspace.read(path);
    const now = text?.includes(wanted.type) && isScript(path) ? findRename(workspace, path, wanted.name) : undefined;
    if (text === undefined || now === undefined) continue;
    const { program } = await workspace.parse(path, text);
    for (const { node } of walk(program)) {
      if (isTypeDeclaration(node) && node.id?.name === wanted.type)
        owners.push({ path, now, members: membersOf(node) });
    }
  }
  const [owner, another] = owners;
  if (!owner || another || !owner.members.has(owner.now) || owner.members.has(wanted.name)) return undefined;
  return {
    path: owner.path,
    now: owner.now,
    members: owner.members,
    isUnknown: !(await isMemberSomewhere(workspace, wanted)),
  };
}

/** Whether another type, or an object that nothing says to be of this one, has the member. */
async function isMemberSomewhere(
  workspace: Workspace,
  { type, name }: { readonly type: string; readonly name: string },
): Promise<boolean> {
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (!text?.includes(name) || !isScript(path)) continue;
    const { program } = await workspace.parse(path, text);
    const uses = namesOf(program).filter((use) => use.name === name);
    if (membersOf(program).has(name) || foreignUses(workspace, uses, { path, text, program, type }).areInOther)
      return true;
  }
  return false;
}

/** The plain keys of an object that is written out; none of anything else. */
function keysOf(node: SyntaxNode): string[] {
  return propertiesOf(node).flatMap((property) =>
    property.type === 'Property' && property.key.type === 'Identifier' ? property.key.name : [],
  );
}

function propertiesOf(node: SyntaxNode) {
  return node.type === 'ObjectExpression' ? node.properties : [];
}

function isTypeDeclaration(
  node: SyntaxNode,
): node is Extract<SyntaxNode, { type: 'TSInterfaceDeclaration' | 'TSTypeAliasDeclaration' | 'ClassDeclaration' }> {
  return (
    node.type === 'TSInterfaceDeclaration' || node.type === 'TSTypeAliasDeclaration' || node.type === 'ClassDeclaration'
  );
}

const MEMBERS: ReadonlySet<string> = new Set([
  'TSPropertySignature',
  'TSMethodSignature',
  'PropertyDefinition',
  'MethodDefinition',
  'AccessorProperty',
]);

/** Names of the members that types and classes below the node declare. */
function membersOf(root: unknown): ReadonlySet<string> {
  const members = new Set<string>();
  for (const { node } of walk(root)) {
    const parameter = node.type === 'TSParameterProperty' ? (node.parameter as SyntaxNode) : undefined;
    const pattern = parameter?.type === 'AssignmentPattern' ? parameter.left : parameter;
    const key = MEMBERS.has(node.type) && 'key' in node ? node.key : pattern;
    if (key?.type === 'Identifier') members.add(key.name);
  }
  return members;
}
