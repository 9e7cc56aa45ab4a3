import type { Program } from 'oxc-parser';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { missingExportOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import { isTakenByName } from '../syntax/taken-by-name.js';
import type { Workspace } from '../workspace.js';

/** What Next.js says of a page or layout without a default export. */
const NOT_A_PAGE =
  /does not match the required types of a Next\.js (?:Page|Layout)|default export is not a React Component|has no default export|is not a module\b/;
const ROUTE_FILE =
  /(?:^|\/)(?:page|layout|template|loading|error|not-found|default)\.[jt]sx$|(?:^|\/)pages\/(?!api\/).*\.[jt]sx$/;

/** How TypeScript speaks of a module that is loaded by `import()` where its default is taken. */
const NO_DEFAULT =
  /typeof import\("([^"]+)"\)>' is not assignable to (?:parameter of )?type '(?:Promise<\{ default: |DynamicOptions<|Loader<)|Property 'default' is missing in type 'typeof import\("([^"]+)"\)'/;

/**
 * A page, or a module that is imported or loaded by its default, whose one component lost the words `export default`; or
 * the word `default` alone, where nobody takes the component by the name that it shares with its file.
 */
export const defaultExport: Rule = {
  name: 'default-export',
  async propose(error, workspace) {
    const found = await findModule(error, workspace);
    const text = found === undefined ? undefined : workspace.read(found.module);
    if (found === undefined || text === undefined) return undefined;
    const { program, module, errors } = await workspace.parse(found.module, text);
    if (errors.length > 0 || module.staticExports.some(({ entries }) => entries.some(isDefault))) return undefined;
    const unused = unusedComponents(program);
    const [only, another] =
      unused.length === 0 && found.isLoaded ? await findNamesake(workspace, found.module) : unused;
    if (!only || another || (found.local !== undefined && found.local !== only.name)) return undefined;
    if (found.local === undefined && lostOther(workspace, found.module, only.name)) return undefined;
    const ending = lineEnding(text);
    const edited = only.isFunction
      ? replaceRanges(text, [
          { start: only.start, end: only.start, text: only.isExported ? 'default ' : 'export default ' },
        ])
      : `${text.trimEnd()}${ending}${ending}export default ${only.name}${/;\r?\n/.test(text) ? ';' : ''}${ending}`;
    return {
      files: new Map([[found.module, edited]]),
      cause: `${found.module} has no default export, and its one component \`${only.name}\` is imported by nobody.`,
      change: `Exports \`${only.name}\` as the default.`,
    };
  },
};

/** Whether the diff took away another default: what is left of the module was a part of that. */
function lostOther({ changes }: Workspace, module: string, name: string): boolean {
  const hunks = changes.find(({ path }) => path === module)?.hunks ?? '';
  const words = [...hunks.matchAll(/^-\s*export\s+default\s+(?:async\s+)?(?:function\s+|class\s+)?([\w$]+)/gm)];
  return words.length > 0 && !words.some(([, word]) => word === name);
}

function isDefault({ exportName }: { readonly exportName: { readonly kind: string } }): boolean {
  return exportName.kind === 'Default';
}

interface Defaultless {
  readonly module: string;
  /** What the importer calls the default. */
  readonly local?: string;
  /** Whether it is loaded by `import()`, which leaves no name. */
  readonly isLoaded?: boolean;
}

async function findModule(error: BuildError, workspace: Workspace): Promise<Defaultless | undefined> {
  const { file } = error;
  if (file === undefined || !isScript(file) || isComponentFile(file)) return undefined;
  if (ROUTE_FILE.test(file) && NOT_A_PAGE.test(error.message)) return { module: file };
  const text = workspace.read(file);
  if (text === undefined) return undefined;
  const source = await workspace.parse(file, text);
  const loaded = NO_DEFAULT.exec(error.message)?.slice(1).find(Boolean);
  if (loaded !== undefined) {
    const modules = specifiersOf(source).flatMap(({ specifier }) => resolveSpecifier(workspace, file, specifier) ?? []);
    const module = modules.find((path) => `/${loaded}`.endsWith(`/${path.replace(/\.\w+$/, '')}`));
    return module === undefined ? undefined : { module, isLoaded: true };
  }
  if (missingExportOf(error)?.name !== 'default') return undefined;
  const targets = importsOf(source.program).flatMap(({ imported, local, specifier }) => {
    const module = imported === 'default' ? resolveSpecifier(workspace, file, specifier) : undefined;
    return module !== undefined && specifier === (missingExportOf(error)?.from ?? specifier) ? [{ module, local }] : [];
  });
  return targets.length === 1 ? targets[0] : undefined;
}

interface Component {
  readonly name: string;
  readonly start: number;
  readonly isFunction: boolean;
  readonly isExported: boolean;
}

/** The component that a module exports by its own name, where nobody takes it by that. */
async function findNamesake(workspace: Workspace, path: string): Promise<Component[]> {
  const exported = await exportsOf(workspace, path);
  const [, folder = '', file = ''] = /(?:^|([^/]*)\/)([^/]+)\.\w+$/.exec(path) ?? [];
  const plain = (name: string) => name.replace(/[^A-Za-z\d]/g, '').toLowerCase();
  const components = [...(exported?.names ?? [])].filter((name) => /^[A-Z]/.test(name) && !exported?.types.has(name));
  const [name, another] = components;
  const isNamesake = name !== undefined && plain(name) === plain(file === 'index' ? folder : file);
  if (!isNamesake || another !== undefined || (await isTakenByName(workspace, path, name))) return [];
  const { program } = await workspace.parse(path, workspace.read(path) ?? '');
  const declaration = program.body
    .flatMap((node) => (node.type === 'ExportNamedDeclaration' ? (node.declaration ?? []) : []))
    .find((node) => node.type === 'FunctionDeclaration' && node.id?.name === name);
  return [{ name, start: declaration?.start ?? 0, isFunction: declaration !== undefined, isExported: true }];
}

/** Functions of the module with a component's name, neither exported nor used in it. */
function unusedComponents(program: Program): Component[] {
  const uses = namesOf(program).filter(({ role }) => role === 'reference');
  return program.body.flatMap((node) => {
    const declaration =
      node.type === 'VariableDeclaration' && node.declarations.length === 1 ? node.declarations[0] : undefined;
    const isArrow =
      declaration?.init?.type === 'ArrowFunctionExpression' || declaration?.init?.type === 'FunctionExpression';
    const id = node.type === 'FunctionDeclaration' ? node.id : isArrow ? declaration?.id : undefined;
    if (id?.type !== 'Identifier' || !/^[A-Z]/.test(id.name) || uses.some(({ name }) => name === id.name)) return [];
    return [{ name: id.name, start: node.start, isFunction: node.type === 'FunctionDeclaration', isExported: false }];
  });
}
