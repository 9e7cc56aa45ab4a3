import { unknownNameOf } from '../error-facts.js';
import type { Fix, Rule } from '../rule.js';
import { addImport } from '../syntax/add-import.js';
import { exportsOf } from '../syntax/exports.js';
import { importsOf } from '../syntax/imports.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { directoryOf, packageNameOf, resolveSpecifier } from '../syntax/resolve-specifier.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/**
 * A name that is used and not imported, where the other files of the repository import it in one way only: the same
 * export of the same module, as default or by name.
 */
export const missingImport: Rule = {
  name: 'missing-import',
  async propose(error, workspace): Promise<Fix | undefined> {
    const name = unknownNameOf(error);
    const { file } = error;
    if (name === undefined || file === undefined || !isScript(file) || isComponentFile(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const names = namesOf(program);
    const isUsed = names.some((use) => use.name === name && use.role === 'reference');
    if (errors.length > 0 || !isUsed || isDeclared(names, name)) return undefined;

    const ways = await findWays(workspace, file, name);
    const [way, another] = ways;
    if (!way || another) return undefined;
    return {
      files: new Map([[file, addImport(text, program, way)]]),
      cause: `${file} uses \`${name}\` without importing it.`,
      change: `Imports it from \`${way.specifier}\`, as every other file of the repository that uses it does.`,
    };
  },
};

export interface ImportWay {
  readonly name: string;
  readonly isDefault: boolean;
  readonly isType: boolean;
  readonly specifier: string;
}

/** The different modules and forms by which other files import the name, written as this file would write them. */
async function findWays(workspace: Workspace, file: string, name: string): Promise<ImportWay[]> {
  const ways = new Map<string, ImportWay>();
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (path === file || text === undefined || !isScript(path) || !text.includes(name)) continue;
    const { program } = await workspace.parse(path, text);
    for (const { imported, local, specifier, isType } of importsOf(program)) {
      if (local !== name) continue;
      // Under another name it may be anything; a namespace does not say what is in it.
      if (imported !== 'default' && imported !== name) return [];
      const module = resolveSpecifier(workspace, path, specifier);
      if (module === file) return [];
      const isDefault = imported === 'default';
      const own = module === undefined ? specifier : specifierFrom(workspace, file, specifier, module);
      if (
        own === undefined ||
        (module === undefined && packageNameOf(specifier) === undefined && !/^(?:@|node:)/.test(specifier))
      )
        return [];
      const key = `${isDefault} ${module ?? specifier}`;
      const known = ways.get(key);
      ways.set(key, { name, isDefault, specifier: known?.specifier ?? own, isType: isType && (known?.isType ?? true) });
      if (module !== undefined) {
        const exported = await exportsOf(workspace, module);
        if (exported?.complete && !exported.names.has(imported)) return [];
      }
    }
  }
  return [...ways.values()];
}

function specifierFrom(workspace: Workspace, file: string, specifier: string, module: string): string | undefined {
  if (!specifier.startsWith('.'))
    return resolveSpecifier(workspace, file, specifier) === module ? specifier : undefined;
  const extension = /\.[a-z]{2,6}$/.exec(specifier)?.[0] ?? '';
  const bare = module.replace(/(?:\/index)?\.(?:d\.)?[cm]?[jt]sx?$/, '');
  const path = /^\.[cm]?[jt]sx?$/.test(extension) ? bare + extension : extension === '' ? bare : module;
  const own = relativePath(directoryOf(file), path);
  return resolveSpecifier(workspace, file, own) === module ? own : undefined;
}
