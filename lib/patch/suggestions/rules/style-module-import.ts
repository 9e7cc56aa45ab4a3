import { unknownNameOf } from '../error-facts.js';
import { fileOfUnknownName } from '../file-of-unknown-name.js';
import type { Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isScript, type ParsedSource } from '../syntax/parse.js';
import { directoryOf, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { specifierInStyle } from '../syntax/specifier-in-style.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

const STYLE_MODULE = /\.module\.(?:css|s[ac]ss|less|styl)$/;

/**
 * `styles.card` in a file that imports no `styles`, which is what the repository calls CSS modules: the module that is named
 * after the file and stands beside it, else the only one that nobody imports, as long as it has every class that is asked for.
 */
export const styleModuleImport: Rule = {
  name: 'style-module-import',
  async propose(error, workspace) {
    const name = unknownNameOf(error);
    const file = name === undefined ? undefined : await fileOfUnknownName(error, workspace);
    const text = file === undefined || !/\.[jt]sx?$/.test(file) ? undefined : workspace.read(file);
    if (name === undefined || file === undefined || text === undefined || workspace.partial) return undefined;
    const source = await workspace.parse(file, text);
    const classes = membersOf(source, name);
    if (source.errors.length > 0 || classes.size === 0 || isDeclared(namesOf(source.program), name)) return undefined;
    const known = await listImported(workspace);
    if (name !== 'styles' && !known.some((other) => other.local === name)) return undefined;

    const path = findModule(workspace, { file, classes, taken: new Set(known.map(({ target }) => target)) });
    if (path === undefined || known.some((other) => other.importer === file && other.target === path)) return undefined;
    const written = await specifierInStyle(workspace, file, path);
    const repaired =
      written && addImport(file, text, source.program, { name, isDefault: true, isType: false, ...written });
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} uses \`${name}\` without importing it.`,
      change: `Imports it from ${path}, which has all the classes that the file asks for.`,
    };
  },
};

/** What is read of the name; nothing where it is used as a whole. */
function membersOf({ program }: ParsedSource, name: string): ReadonlySet<string> {
  const members = new Set<string>();
  for (const { node, parent } of walk(program)) {
    if (node.type !== 'Identifier' || node.name !== name || parent?.type !== 'MemberExpression') continue;
    if (parent.object !== node) continue;
    const { property, computed } = parent;
    if (!computed && property.type === 'Identifier') members.add(property.name);
    else if (property.type === 'Literal') members.add(String(property.value));
  }
  return members;
}

interface ImportedModule {
  readonly importer: string;
  readonly local: string;
  readonly target: string;
}

async function listImported(workspace: Workspace): Promise<readonly ImportedModule[]> {
  const found: ImportedModule[] = [];
  for (const importer of workspace.paths) {
    const text = isScript(importer) ? workspace.read(importer) : undefined;
    if (!text?.includes('.module.')) continue;
    for (const { imported, local, specifier } of importsOf((await workspace.parse(importer, text)).program)) {
      if (!STYLE_MODULE.test(specifier) || (imported !== 'default' && imported !== '*')) continue;
      const target = resolveSpecifier(workspace, importer, specifier);
      if (target !== undefined) found.push({ importer, local, target });
    }
  }
  return found;
}

function findModule(
  workspace: Workspace,
  {
    file,
    classes,
    taken,
  }: { readonly file: string; readonly classes: ReadonlySet<string>; readonly taken: ReadonlySet<string> },
): string | undefined {
  const modules = workspace.tree.filter((path) => STYLE_MODULE.test(path));
  const stem = file.replace(/\.\w+$/, '');
  const beside = modules.filter((path) => path.replace(STYLE_MODULE, '') === stem);
  const has = (path: string) => hasClasses(workspace.read(path), classes);
  const candidates = beside.length > 0 ? beside : modules.filter((path) => !taken.has(path));
  // Of a module that nobody read it is not known which classes it has.
  if (candidates.some((path) => workspace.read(path) === undefined)) return undefined;
  const [only, another] = candidates.filter(has);
  const isFar =
    only !== undefined && beside.length === 0 && !isOfName(file, only) && directoryOf(file) !== directoryOf(only);
  return another === undefined && !isFar ? only : undefined;
}

function isOfName(file: string, path: string): boolean {
  const nameOf = (of: string) => (/([^/]+?)(?:\.module)?\.\w+$/.exec(of)?.[1] ?? '').toLowerCase();
  return nameOf(file) === nameOf(path);
}

function hasClasses(text = '', classes: ReadonlySet<string>): boolean {
  const found = new Set(
    [...text.replace(/\/\*[\s\S]{0,5000}?\*\//g, '').matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].map(([, name = '']) => name),
  );
  return [...classes].every((name) => found.has(name));
}
