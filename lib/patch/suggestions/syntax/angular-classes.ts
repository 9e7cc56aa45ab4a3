import type { ArrayExpression, CallExpression, Class, Expression, ObjectExpression } from 'oxc-parser';
import { changedWordsOf } from '../changed-words.js';
import type { Workspace } from '../workspace.js';
import { addImport } from './add-import.js';
import { isDeclared, namesOf } from './names.js';
import { mayImport } from './only-module.js';
import { directoryOf, joinPath } from './resolve-specifier.js';
import { lineEnding, type Replacement, replaceRanges } from './source-text.js';
import { specifierInStyle } from './specifier-in-style.js';
import { type SyntaxNode, walk } from './walk.js';

/** A class that templates of Angular can use, or whose template uses others. */
export interface AngularClass {
  readonly path: string;
  readonly name: string;
  readonly kind: 'Component' | 'Directive' | 'Pipe';
  /** How elements name it. */
  readonly selector: string | undefined;
  /** How expressions name it, where it is a pipe. */
  readonly pipe: string | undefined;
  /** The file of its template, where it has one of its own. */
  readonly template: string | undefined;
  /** Whether it says itself what its template may use, and is imported by itself. */
  readonly isStandalone: boolean;
  /** The object that is given to its decorator. */
  readonly options: ObjectExpression;
  /** The list of what its template may use. */
  readonly imports: ArrayExpression | undefined;
  readonly node: Class;
}

/** Every such class of the repository; undefined where a module was not read that may hold another. */
export async function findAngularClasses(workspace: Workspace): Promise<AngularClass[] | undefined> {
  if (workspace.partial) return undefined;
  const found: AngularClass[] = [];
  const declared = new Set<string>();
  for (const path of workspace.tree) {
    if (!/\.ts$/.test(path) || /\.(?:d|spec|test|config)\.ts$/.test(path)) continue;
    const text = workspace.read(path);
    if (text === undefined) return undefined;
    if (!/@(?:Component|Directive|Pipe|NgModule)\b/.test(text)) continue;
    found.push(...(await angularClassesIn(workspace, path)));
    for (const name of await declaredIn(workspace, path)) declared.add(name);
  }
  return found.map((one) => ({ ...one, isStandalone: one.isStandalone && !declared.has(one.name) }));
}

/** Those of one file, as far as it was read. What it does not say of itself, `findAngularClasses` knows. */
export async function angularClassesIn(workspace: Workspace, path: string): Promise<AngularClass[]> {
  return (await decoratedClassesIn(workspace, path)).flatMap((node) => readClass(path, node));
}

async function decoratedClassesIn(workspace: Workspace, path: string): Promise<Class[]> {
  const text = workspace.read(path);
  if (text === undefined || !path.endsWith('.ts')) return [];
  const { program, errors } = await workspace.parse(path, text);
  return errors.length > 0
    ? []
    : [...walk(program)].flatMap(({ node }) => (node.type === 'ClassDeclaration' ? [node] : []));
}

/** The one class whose template an error in `file` speaks of. */
export function ownerOf(classes: readonly AngularClass[], file: string): AngularClass | undefined {
  const [owner, another] = classes.filter(
    ({ kind, path, template }) => template === file || (kind === 'Component' && path === file),
  );
  return another ? undefined : owner;
}

/** The names that stand in the list of what its template may use. */
export function namesListed({ imports }: AngularClass): string[] {
  return imports?.elements.flatMap((element) => (element?.type === 'Identifier' ? [element.name] : [])) ?? [];
}

function readClass(path: string, node: Class): AngularClass[] {
  return node.decorators.flatMap(({ expression }) => {
    const kind = (['Component', 'Directive', 'Pipe'] as const).find((one) => isCallOf(expression as SyntaxNode, one));
    const options = kind && optionsOf(expression as SyntaxNode);
    if (!options || !node.id) return [];
    const stringOf = (key: string) => {
      const value = propertyOf(options, key);
      return value?.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined;
    };
    const standalone = propertyOf(options, 'standalone');
    const imports = propertyOf(options, 'imports');
    const template = stringOf('templateUrl');
    return [
      {
        path,
        name: node.id.name,
        kind,
        selector: stringOf('selector'),
        pipe: kind === 'Pipe' ? stringOf('name') : undefined,
        template: template === undefined ? undefined : joinPath(directoryOf(path), template),
        isStandalone: !(standalone?.type === 'Literal' && standalone.value === false),
        options,
        imports: imports?.type === 'ArrayExpression' ? imports : undefined,
        node,
      },
    ];
  });
}

/** What an `NgModule` declares, which before version 19 is not standalone without saying so. */
async function declaredIn(workspace: Workspace, path: string): Promise<string[]> {
  const names: string[] = [];
  for (const { decorators } of await decoratedClassesIn(workspace, path))
    for (const { expression } of decorators) {
      const options = isCallOf(expression as SyntaxNode, 'NgModule') ? optionsOf(expression as SyntaxNode) : undefined;
      const list = options && propertyOf(options, 'declarations');
      for (const { node } of walk(list)) if (node.type === 'Identifier') names.push(node.name);
    }
  return names;
}

function propertyOf(options: ObjectExpression, key: string): Expression | undefined {
  for (const property of options.properties)
    if (property.type === 'Property' && property.key.type === 'Identifier' && property.key.name === key)
      return property.value;
  return undefined;
}

function isCallOf(expression: SyntaxNode, name: string): expression is SyntaxNode & CallExpression {
  return (
    expression.type === 'CallExpression' && expression.callee.type === 'Identifier' && expression.callee.name === name
  );
}

function optionsOf(expression: SyntaxNode): ObjectExpression | undefined {
  const options = expression.type === 'CallExpression' ? expression.arguments[0] : undefined;
  return options?.type === 'ObjectExpression' ? options : undefined;
}

/** The owner's file once its template may use the class, which its package may import. */
export async function importClass(
  workspace: Workspace,
  owner: AngularClass,
  { path, name, isStandalone }: AngularClass,
): Promise<string | undefined> {
  if (!isStandalone || !mayImport(workspace, owner.path, path)) return undefined;
  const written = await specifierInStyle(workspace, owner.path, path);
  return written && listClass(workspace, owner, { name, ...written });
}

/** The same with what a package exports. */
export async function listClass(
  workspace: Workspace,
  owner: AngularClass,
  wanted: { readonly name: string } & Pick<Parameters<typeof addImport>[3], 'specifier' | 'style'>,
): Promise<string | undefined> {
  const text = workspace.read(owner.path);
  const isWrittenOut = owner.imports !== undefined || propertyOf(owner.options, 'imports') === undefined;
  if (text === undefined || !owner.isStandalone || !isWrittenOut || namesListed(owner).includes(wanted.name))
    return undefined;
  // What the latest change took out is being done without: the template may be what is left to change.
  if (changedWordsOf(workspace, owner.path).removed.includes(wanted.name)) return undefined;
  const listed = replaceRanges(text, [listing(text, owner, wanted.name)]);
  const { program } = await workspace.parse(owner.path, listed);
  return isDeclared(namesOf(program), wanted.name)
    ? listed
    : addImport(owner.path, listed, program, { isDefault: false, isType: false, ...wanted });
}

function listing(text: string, { options, imports }: AngularClass, name: string): Replacement {
  const last = imports?.elements.at(-1);
  if (imports && last) return { start: last.end, end: last.end, text: `, ${name}` };
  if (imports) return { start: imports.start + 1, end: imports.start + 1, text: name };
  const [first] = options.properties;
  const at = first?.end ?? options.start + 1;
  const indent = first ? (/[^\S\n]*$/.exec(text.slice(0, first.start))?.[0] ?? '') : '';
  const isMultiline = first !== undefined && /\n[^\S\n]*$/.test(text.slice(0, first.start));
  return { start: at, end: at, text: `,${isMultiline ? `${lineEnding(text)}${indent}` : ' '}imports: [${name}]` };
}
