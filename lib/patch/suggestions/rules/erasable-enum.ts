import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { type ImportedName, importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { passedOnBy } from '../syntax/passed-on.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** TypeScript's words, and those of Node.js: https://nodejs.org/api/typescript.html#typescript-features */
const NOT_ERASABLE =
  /This syntax is not allowed when 'erasableSyntaxOnly' is enabled|TypeScript enum is not supported in strip-only mode/;

/**
 * An enumeration of strings where only types may be written that can be taken out: the object and the type that stand for it,
 * https://www.typescriptlang.org/docs/handbook/enums.html#objects-vs-enums. Left alone where the compiler would take the type of a
 * value from a member that it is made with, which is that of all members in an enumeration alone.
 */
export const erasableEnum: Rule = {
  name: 'erasable-enum',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !NOT_ERASABLE.test(error.message) || workspace.partial) return undefined;
    const text = isScript(file) && !isComponentFile(file) && !file.endsWith('.d.ts') ? workspace.read(file) : undefined;
    const source = text === undefined ? undefined : await workspace.parse(file, text);
    if (text === undefined || !source || source.errors.length > 0) return undefined;
    const found = findEnum(source.program.body, text, error);
    const edits = found && writeObject(found, text);
    if (!found || !edits) return undefined;
    const { name } = found.declaration.id;
    const files = await followUsers(workspace, { file, name, edits });
    if (!files) return undefined;
    return {
      files,
      cause: `${file} declares \`${name}\` as an enumeration, which is more than a type and may not be written here.`,
      change: 'Declares it as an object and as the type of its values, which are used in the same way.',
    };
  },
};

type Enum = Extract<SyntaxNode, { type: 'TSEnumDeclaration' }>;

interface Found {
  readonly declaration: Enum;
  readonly isExported: boolean;
}

/** The one that the tool points at; the only one where it does not say. */
function findEnum(body: readonly SyntaxNode[], text: string, { line }: BuildError): Found | undefined {
  const found = body.flatMap((node): Found[] => {
    const declaration = node.type === 'ExportNamedDeclaration' ? (node.declaration as SyntaxNode | null) : node;
    return declaration?.type === 'TSEnumDeclaration' && !declaration.declare
      ? [{ declaration, isExported: node !== declaration }]
      : [];
  });
  const [only, another] = found.filter(
    ({ declaration }) => line === undefined || lineOf(text, declaration.id.start) === line,
  );
  return another === undefined ? only : undefined;
}

/** Undefined where a member has another value than a string, which has a name in the object for each number, or none of its own. */
function writeObject({ declaration, isExported }: Found, text: string): readonly Replacement[] | undefined {
  const { id, body } = declaration;
  const values = new Set<unknown>();
  const edits = body.members.map((member): Replacement | undefined => {
    const value = member.initializer;
    if (member.computed || value?.type !== 'Literal' || typeof value.value !== 'string') return undefined;
    values.add(value.value);
    const isPlain = /^\s*=\s*$/.test(text.slice(member.id.end, value.start));
    return isPlain ? { start: member.id.end, end: value.start, text: ': ' } : undefined;
  });
  if (edits.includes(undefined) || values.size === 0 || values.size < edits.length) return undefined;
  const ending = lineEnding(text);
  const usesMark = text.includes(';') || !/^(?:import|(?:export )?(?:const(?! enum)|let|type)) /m.test(text);
  const mark = usesMark || /^\s*[([`/+-]/.test(text.slice(declaration.end)) ? ';' : '';
  const { name } = id;
  const type = `${isExported ? 'export ' : ''}type ${name} = (typeof ${name})[keyof typeof ${name}]`;
  return [
    { start: declaration.start, end: body.start, text: `const ${name} = ` },
    ...edits.filter((edit) => edit !== undefined),
    { start: declaration.end, end: declaration.end, text: ` as const${mark}${ending}${ending}${type}${mark}` },
  ];
}

/** What the users have to write otherwise, beside the edits of the file itself; undefined where one of them may not compile then. */
async function followUsers(
  workspace: Workspace,
  { file, name, edits }: { readonly file: string; readonly name: string; readonly edits: readonly Replacement[] },
): Promise<ReadonlyMap<string, string> | undefined> {
  const files = new Map<string, string>();
  for (const path of workspace.paths) {
    const text = isScript(path) ? workspace.read(path) : undefined;
    if (!text?.includes(name)) continue;
    const { program, errors } = await workspace.parse(path, text);
    if (errors.length > 0) return undefined;
    const declared = namesOf(program).filter((use) => use.name === name && use.role === 'declaration');
    const imports = importsOf(program);
    const isWhole = imports.some(({ imported }) => imported === '*') && text.includes(`.${name}`);
    const imported = imports.filter((one) => one.imported === name);
    const origins = await Promise.all(imported.map((one) => originOf(workspace, path, one)));
    const passesOn = passedOnBy(program, name);
    if (passesOn.some(({ exported }) => exported !== name)) return undefined;
    if (path !== file && !isWhole && !origins.includes(file) && !origins.includes(undefined)) continue;
    const isAlone = declared.length === 1 && imported.every(({ local }) => local === name);
    if (isWhole || !isAlone || origins.includes(undefined)) return undefined;
    const followed = followIn(program, name);
    if (!followed) return undefined;
    const all = [...(path === file ? edits : []), ...followed];
    if (all.length > 0) files.set(path, replaceRanges(text, all));
  }
  return files.has(file) ? files : undefined;
}

/** The file that declares what is imported; empty for a package, undefined where that cannot be told. */
async function originOf(
  workspace: Workspace,
  path: string,
  { specifier, imported }: ImportedName,
): Promise<string | undefined> {
  const target = resolveSpecifier(workspace, path, specifier);
  return target === undefined ? '' : (await exportOrigin(workspace, target, imported))?.path;
}

/** `Level.Easy` as a type is `typeof Level.Easy` of an object. */
function followIn(program: SyntaxNode, name: string): readonly Replacement[] | undefined {
  const visits = [...walk(program)];
  const parents = new Map(visits.map(({ node, parent, key }) => [node, { parent, key }]));
  const edits: Replacement[] = [];
  for (const { node, parent, key } of visits) {
    if (node.type !== 'Identifier' || node.name !== name || !parent) continue;
    if (parent.type === 'TSQualifiedName' && key === 'left') {
      const type = parents.get(parent)?.parent;
      if (type?.type === 'TSTypeReference') edits.push({ start: type.start, end: type.start, text: 'typeof ' });
      else if (type?.type !== 'TSTypeQuery') return undefined;
    } else if (parent.type === 'MemberExpression' && key === 'object') {
      if (!isTypeGiven(parent, parents)) return undefined;
    } else if (parent.type === 'ExportSpecifier' && nameOf(parent.local) !== nameOf(parent.exported)) return undefined;
    else if (!USES_OF_WHOLE.test(parent.type) && !(key === 'property' || key === 'key' || key === 'right'))
      return undefined;
  }
  return edits;
}

function nameOf(node: SyntaxNode): string | undefined {
  return node.type === 'Identifier' ? node.name : undefined;
}

/** Where its name stands for the type, for the object, or in a list of names. */
const USES_OF_WHOLE =
  /^(?:TSEnumDeclaration|TSTypeReference|TSTypeQuery|Import(?:Default)?Specifier|ExportSpecifier|CallExpression)$/;

type Parents = ReadonlyMap<SyntaxNode, { readonly parent: SyntaxNode | undefined; readonly key: string }>;

/** Values that take the type of their place from what is around them. */
const PASSES_ON =
  /^(?:Property|ObjectExpression|ArrayExpression|ConditionalExpression|LogicalExpression|ParenthesizedExpression|SpreadElement)$/;
/** What asks for a value among others of a known type. */
const OF_COLLECTION = /^(?:includes|indexOf|has|get|set|push)$/;

function isTypeGiven(member: SyntaxNode, parents: Parents): boolean {
  for (let node = member; ; ) {
    const { parent, key } = parents.get(node) ?? {};
    if (!parent) return false;
    const isCondition = parent.type === 'ConditionalExpression' && key === 'test';
    if (PASSES_ON.test(parent.type) && !isCondition && !(parent.type === 'Property' && key === 'key')) {
      node = parent;
      continue;
    }
    switch (parent.type) {
      case 'BinaryExpression':
      case 'SwitchCase':
      case 'Property':
      case 'TSAsExpression':
      case 'TSSatisfiesExpression':
      case 'ConditionalExpression':
      case 'IfStatement':
      case 'TemplateLiteral':
        return true;
      case 'JSXExpressionContainer':
        return parents.get(parent)?.parent?.type === 'JSXAttribute';
      case 'AssignmentExpression':
        return key === 'right';
      case 'VariableDeclarator': {
        const declaration = parents.get(parent)?.parent;
        const isConstant = declaration?.type === 'VariableDeclaration' && declaration.kind === 'const';
        return isAnnotated(parent.id) || (isConstant && node === member);
      }
      case 'PropertyDefinition':
        return parent.typeAnnotation != null || (parent.readonly === true && node === member);
      case 'AssignmentPattern':
        return isAnnotated(parent.left) || isOfAnnotated(parent, parents);
      case 'ArrowFunctionExpression':
        return parent.returnType != null;
      case 'ReturnStatement':
        return isReturnTyped(parent, parents);
      case 'CallExpression':
        return parent.callee.type === 'MemberExpression' && parent.callee.property.type === 'Identifier'
          ? OF_COLLECTION.test(parent.callee.property.name) && node === member
          : false;
      default:
        return false;
    }
  }
}

function isAnnotated(node: SyntaxNode): boolean {
  return 'typeAnnotation' in node && node.typeAnnotation != null;
}

/** `({ level = Level.Easy }: Props)`. */
function isOfAnnotated(pattern: SyntaxNode, parents: Parents): boolean {
  const property = parents.get(pattern)?.parent;
  const whole = property?.type === 'Property' ? parents.get(property)?.parent : undefined;
  return whole?.type === 'ObjectPattern' && isAnnotated(whole);
}

function isReturnTyped(statement: SyntaxNode, parents: Parents): boolean {
  let node: SyntaxNode | undefined = statement;
  while (node && !/Function/.test(node.type)) node = parents.get(node)?.parent;
  return node !== undefined && 'returnType' in node && node.returnType != null;
}
