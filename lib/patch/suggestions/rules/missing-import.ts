import type { Program } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import { changedWordsOf, namesIn } from '../changed-words.js';
import { unknownNameIn } from '../error-facts.js';
import { fileOfUnknownName } from '../file-of-unknown-name.js';
import type { Fix, Rule } from '../rule.js';
import { addImport, type ImportStyle, styleOf, type WantedImport } from '../syntax/add-import.js';
import { findFunction } from '../syntax/await-calls.js';
import { directivesOf } from '../syntax/client-directive.js';
import { exportOrigin } from '../syntax/export-origin.js';
import { exportsOf } from '../syntax/exports.js';
import { frameworkOf } from '../syntax/framework-names.js';
import { importsOf } from '../syntax/imports.js';
import { isKeptInside } from '../syntax/kept-inside.js';
import { nearestManifest } from '../syntax/manifests-of.js';
import { isDeclared, type NameUse, namesOf } from '../syntax/names.js';
import { nodeImportOf } from '../syntax/node-names.js';
import { findBearers, mayImport, type NamedModule, TESTS } from '../syntax/only-module.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { directoryOf, packageNameOf, readConfig, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { mayGoToBrowsers } from '../syntax/server-components.js';
import { specifierInStyle } from '../syntax/specifier-in-style.js';
import { isUsedInTemplate } from '../syntax/template-uses.js';
import type { Workspace } from '../workspace.js';
import { isBroughtBy } from './moved-export.js';

/**
 * A name that is used and not imported, in a script or in a component's template. The other files of the repository
 * import it in one way only, or, where none does, one module alone can be meant.
 */
export const missingImport: Rule = {
  name: 'missing-import',
  async propose(error, workspace): Promise<Fix | undefined> {
    const file = await fileOfUnknownName(error, workspace);
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !isScript(file)) return undefined;
    const name = unknownNameIn(error, file, text);
    if (name === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const names = namesOf(program);
    const isUsed =
      names.some((use) => use.name === name && use.role === 'reference') ||
      (isComponentFile(file) && isUsedInTemplate(file, text, name, error));
    if (errors.length > 0 || !isUsed || isDeclared(names, name)) return undefined;

    if (lostDeclaration(workspace, file, name) || isPhasedOut(workspace, file, name)) return undefined;
    const ways = await findWays(workspace, file, name);
    const [way, another] = ways ?? [];
    if (!ways || another || (way && (await isOwnWord(workspace, file, name)))) return undefined;
    if (way && ((await hasRival(workspace, file, way)) || isOtherElement(workspace, file, way))) return undefined;
    const wanted = way ?? (await findOnlyWay(workspace, file, name));
    if (!wanted || isImportedOtherwise(program, wanted)) return undefined;
    if (wanted.isType && isValue(names, name)) return undefined;
    const isClient = directivesOf(program).includes('use client');
    const module = resolveSpecifier(workspace, file, wanted.specifier);
    if (isClient && module !== undefined && !(await mayGoToBrowsers(workspace, module))) return undefined;
    let repaired = addImport(file, text, program, wanted);
    for (const lost of listLost(workspace, file, names)) {
      const [other, second] =
        (repaired !== undefined && lost !== name && (await findWays(workspace, file, lost))) || [];
      if (repaired === undefined || !other || second || other.specifier !== wanted.specifier) continue;
      repaired = addImport(file, repaired, (await workspace.parse(file, repaired)).program, other);
    }
    if (repaired === undefined) return undefined;
    const reason = way ? 'as every other file of the repository that uses it does' : 'the only place that has it';
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} uses \`${name}\` without importing it.`,
      change: `Imports it from \`${wanted.specifier}\`, ${reason}.`,
    };
  },
};

const IN_TYPES = /^TS(?:TypeReference|QualifiedName|InterfaceHeritage|ClassImplements|TypeQuery|ImportType)$/;

/** Whether the name is used for more than a type. */
export function isValue(names: readonly NameUse[], name: string): boolean {
  return names.some((use) => use.name === name && use.role === 'reference' && !IN_TYPES.test(use.parent?.type ?? ''));
}

/** Whether the file has the same thing already, under a name of its own. */
function isImportedOtherwise(program: Program, { name, isDefault, specifier }: WantedImport): boolean {
  return importsOf(program).some(
    (other) => other.specifier === specifier && other.imported === (isDefault ? 'default' : name),
  );
}

/** Whether the module has a value under a common word, such as `user` or `data`: what the file lacks may be a variable of its own. */
async function isCommonWord(workspace: Workspace, file: string, name: string, { path }: NamedModule): Promise<boolean> {
  if (!/^[a-z]+$/.test(name) || lostImport(workspace, file, name)) return false;
  const origin = await exportOrigin(workspace, path, name);
  const source = origin && (await workspace.parse(origin.path, workspace.read(origin.path) ?? ''));
  return origin !== undefined && source !== undefined && findFunction(source.program, origin.name) === undefined;
}

function lostImport({ changes }: Workspace, file: string, name: string): boolean {
  const hunks = changes.find(({ path }) => path === file)?.hunks ?? '';
  return new RegExp(`^-\\s*import\\b.*(?<![\\w$])${escapePattern(name)}(?![\\w$])`, 'm').test(hunks);
}

/** Whether the diff took the file's own declaration of the name, a parameter above all: then it was never imported. */
function lostDeclaration(workspace: Workspace, file: string, name: string): boolean {
  const hunks = workspace.changes.find(({ path }) => path === file)?.hunks ?? '';
  const escaped = escapePattern(name);
  const declares = new RegExp(
    `^-(?!\\s*import\\b).*(?:\\b(?:const|let|var|function|class|interface|type|enum)\\s[^=]*\\b${escaped}\\b|\\([^()]*\\b${escaped}\\b[^()]*\\)\\s*(?:=>|[:{]))`,
    'm',
  );
  return declares.test(hunks);
}

/** Whether the diff took uses of it along with its import: what is left may be what it forgot. */
function isPhasedOut(workspace: Workspace, file: string, name: string): boolean {
  const rows = workspace.changes.find(({ path }) => path === file)?.hunks?.split('\n') ?? [];
  const isUsedOn = (row: string) => !/^-\s*import\b/.test(row) && namesIn(row.slice(1)).includes(name);
  return lostImport(workspace, file, name) && rows.some((row) => row.startsWith('-') && isUsedOn(row));
}

/** Whether other modules call something of their own by this word, such as `users` or `currentUser`. */
async function isOwnWord(workspace: Workspace, file: string, name: string): Promise<boolean> {
  if (!/^[a-z]/.test(name) || lostImport(workspace, file, name)) return false;
  for (const path of workspace.paths) {
    const text = path !== file && isScript(path) && !TESTS.test(path) ? workspace.read(path) : undefined;
    if (!text || !new RegExp(`\\b(?:const|let|var)\\s[^=;\\n]*\\b${name}\\b`).test(text)) continue;
    const { program } = await workspace.parse(path, text);
    const declared = namesOf(program).filter((use) => use.name === name && use.role === 'declaration');
    if (declared.some(({ scope }) => scope !== program) && !importsOf(program).some(({ local }) => local === name))
      return true;
  }
  return false;
}

/** Whether another module has the name too, which the diff brought, or which stands in the file's own folder, or is for the side that takes nothing from the usual one. */
async function hasRival(
  workspace: Workspace,
  file: string,
  { name, isDefault, specifier, isOfSide }: ImportWay,
): Promise<boolean> {
  const originOf = async (path: string, exported: string) =>
    (await exportOrigin(workspace, path, exported))?.path ?? path;
  const module = resolveSpecifier(workspace, file, specifier);
  const usual = module && (await originOf(module, isDefault ? 'default' : name));
  for (const path of workspace.paths) {
    if (path === file || !isScript(path) || TESTS.test(path) || !workspace.read(path)?.includes(name)) continue;
    if (!(await exportsOf(workspace, path))?.names.has(name) || (await originOf(path, name)) === usual) continue;
    const isBeside = path.startsWith(`${directoryOf(file)}/`) && usual?.startsWith(`${directoryOf(file)}/`) !== true;
    if (!isOfSide || isBeside || isBroughtBy(workspace, path, name)) return true;
  }
  return false;
}

/** Whether it leads or loads here, and nowhere else: packages of icons have a `Link` and an `Image` too. */
function isOtherElement(workspace: Workspace, file: string, { name, specifier }: ImportWay): boolean {
  const leads = new RegExp(`<${escapePattern(name)}\\s(?:[^<>]*\\s)?(?:href|to|src)=`);
  const isLeading = (path: string) => leads.test(workspace.read(path) ?? '');
  if (resolveSpecifier(workspace, file, specifier) !== undefined || !isLeading(file)) return false;
  return !workspace.paths.some((path) => path !== file && isLeading(path) && workspace.read(path)?.includes(specifier));
}

/** Whether the importer's package has a package of others that the file's own, and the repository's root, have not. */
function isOfOtherPackage(
  workspace: Workspace,
  { file, path, specifier }: { readonly file: string; readonly path: string; readonly specifier: string },
): boolean {
  const [home, other] = [nearestManifest(workspace, file), nearestManifest(workspace, path)];
  const name = packageNameOf(specifier);
  if (home === undefined || home === other || name === undefined) return false;
  return ![home, 'package.json'].some((manifest) => workspace.read(manifest)?.includes(`"${name}"`));
}

/** Names that the file uses, and that went with a line since the last READY deployment; compilers may print the first alone. */
function listLost(workspace: Workspace, file: string, names: readonly NameUse[]): readonly string[] {
  const { removed, added } = changedWordsOf(workspace, file);
  const isFree = (name: string) =>
    !isDeclared(names, name) && names.some((use) => use.name === name && use.role === 'reference');
  return [...new Set(removed)].filter((name) => !added.includes(name) && isFree(name));
}

interface ImportWay extends WantedImport {
  readonly style: ImportStyle | undefined;
  /** Whether a file goes this way that is one of the client, or none, as this file is. */
  readonly isOfSide?: boolean;
}

/** The one way where no other file shows any: a function of the framework, a name of Node.js, or the one module that has the name. */
async function findOnlyWay(workspace: Workspace, file: string, name: string): Promise<ImportWay | undefined> {
  const bearers = await findBearers(workspace, file, name);
  const framework = frameworkOf(workspace, file, name);
  if (framework !== undefined && !bearers?.length)
    return { name, isDefault: false, isType: false, specifier: framework, style: undefined };
  const builtIn = bearers?.length ? undefined : await nodeWay(workspace, file, name);
  if (builtIn !== undefined) return builtIn;
  const [only, another] = await withoutPassers(workspace, bearers ?? [], name);
  if (!only || another || framework !== undefined || !mayImport(workspace, file, only.path)) return undefined;
  if (!only.isDefault && !only.isType && (await isCommonWord(workspace, file, name, only))) return undefined;
  if (isKeptInside(workspace.read(only.path) ?? '', name)) return undefined;
  const written = await specifierInStyle(workspace, file, only.path);
  return written && { name, isDefault: only.isDefault, isType: only.isType, ...written };
}

/** Those that have the name themselves, where an index passes it on as well. */
async function withoutPassers(
  workspace: Workspace,
  bearers: readonly NamedModule[],
  name: string,
): Promise<readonly NamedModule[]> {
  const origins = await Promise.all(
    bearers.map(
      async ({ path, isDefault }) => (await exportOrigin(workspace, path, isDefault ? 'default' : name))?.path,
    ),
  );
  return bearers.filter(
    ({ path }, at) =>
      origins[at] === path || !bearers.some((other) => other.path === origins[at] && other.path !== path),
  );
}

async function nodeWay(workspace: Workspace, file: string, name: string): Promise<ImportWay | undefined> {
  const found = nodeImportOf(file, (await workspace.parse(file, workspace.read(file) ?? '')).program, name);
  return found && { name, isType: false, style: undefined, ...found };
}

/**
 * The different modules and forms by which other files import the name, written as this file would write them;
 * undefined where one of them leaves it uncertain what the name means.
 */
async function findWays(workspace: Workspace, file: string, name: string): Promise<ImportWay[] | undefined> {
  const ways = new Map<string, ImportWay>();
  const own = (await workspace.parse(file, workspace.read(file) ?? '')).program;
  const isNeededAsValue = isValue(namesOf(own), name);
  const isClient = (one: Program) => directivesOf(one).includes('use client');
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (path === file || text === undefined || !isScript(path) || !text.includes(name)) continue;
    if (TESTS.test(path) && !TESTS.test(file)) continue;
    const { program } = await workspace.parse(path, text);
    for (const { imported, local, specifier, isType, declaration } of importsOf(program)) {
      if (local !== name) continue;
      // Under another name it may be anything; a namespace does not say what is in it.
      if (imported !== 'default' && imported !== name) return undefined;
      const module = resolveSpecifier(workspace, path, specifier);
      if (module === file) return undefined;
      if (isOwnPackage(workspace, file, specifier) && !isOwnPackage(workspace, path, specifier)) continue;
      if (module === undefined && isOfOtherPackage(workspace, { file, path, specifier })) continue;
      const isDefault = imported === 'default';
      const written =
        module === undefined
          ? outsideSpecifier(file, specifier)
          : await ownSpecifier(workspace, file, { specifier, module });
      if (written === undefined) return undefined;
      const exported = module === undefined ? undefined : await exportsOf(workspace, module);
      if (exported?.complete && !exported.names.has(imported)) return undefined;
      const isExportedValue = isNeededAsValue && exported !== undefined && !exported.types.has(imported);
      const key = `${isDefault} ${module ?? specifier}`;
      const known = ways.get(key);
      ways.set(key, {
        name,
        isDefault,
        specifier: known?.specifier ?? written,
        isType: isType && (known?.isType ?? true) && !isExportedValue,
        style: styleOf(text, declaration),
        isOfSide: known?.isOfSide === true || isClient(program) === isClient(own),
      });
    }
  }
  return [...ways.values()];
}

/** Others import a package by its name; its own modules import one another. */
function isOwnPackage(workspace: Workspace, file: string, specifier: string): boolean {
  const manifest = nearestManifest(workspace, file);
  const name = packageNameOf(specifier);
  return manifest !== undefined && name !== undefined && readConfig(workspace, manifest)?.name === name;
}

/** A package or what a framework provides is called alike everywhere; SvelteKit has types for each of its routes. */
function outsideSpecifier(file: string, specifier: string): string | undefined {
  const isRouteTypes = specifier === './$types' && /(?:^|\/)\+[^/]+$/.test(file);
  return !specifier.startsWith('.') || isRouteTypes ? specifier : undefined;
}

async function ownSpecifier(
  workspace: Workspace,
  file: string,
  { specifier, module }: { readonly specifier: string; readonly module: string },
): Promise<string | undefined> {
  if (specifier.startsWith('.')) return (await specifierInStyle(workspace, file, module))?.specifier;
  return resolveSpecifier(workspace, file, specifier) === module ? specifier : undefined;
}
