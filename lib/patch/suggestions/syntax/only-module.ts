import { isRouteFile } from '../../../context/routes.js';
import type { Workspace } from '../workspace.js';
import { exportsOf } from './exports.js';
import { isScript } from './parse.js';
import { directoryOf } from './resolve-specifier.js';

export interface NamedModule {
  readonly path: string;
  readonly isDefault: boolean;
  readonly isType: boolean;
}

/**
 * The modules of the repository that a name without an import can mean: those that export it by name, and the
 * components whose file or default export bears it. Undefined where a module that nobody read may be another.
 */
export async function findBearers(
  workspace: Workspace,
  file: string,
  name: string,
): Promise<readonly NamedModule[] | undefined> {
  if (workspace.partial) return undefined;
  // What a template calls by a capital letter is a component, and those are one to a file.
  const isInTemplate = /^[A-Z]/.test(name) && /\.(?:vue|svelte|astro|mdx)$/.test(file);
  const bearers: NamedModule[] = [];
  for (const path of workspace.tree) {
    if (path === file || !isScript(path) || path.endsWith('.d.ts')) continue;
    const bears = isBearer(path, name);
    const text = workspace.read(path);
    if (text === undefined) {
      if (!isInTemplate && !isApart(path)) return undefined;
      if (bears) bearers.push({ path, isDefault: true, isType: false });
      continue;
    }
    if (!bears && !text.includes(name)) continue;
    const exported = await exportsOf(workspace, path);
    if (exported?.names.has(name)) bearers.push({ path, isDefault: false, isType: exported.types.has(name) });
    if (exported?.names.has('default') && (bears || exported.defaultName === name))
      bearers.push({ path, isDefault: true, isType: false });
  }
  return bearers;
}

export const TESTS = /(?:^|\/)(?:__tests__|__mocks__|tests?|e2e)\/|\.(?:test|spec|stories)\.\w+$/;

/** What no module imports: tests, and settings. */
function isApart(path: string): boolean {
  return TESTS.test(path) || /\.config\.\w+$/.test(path);
}

/** Whether the file is named after a component of this name. */
function isBearer(path: string, name: string): boolean {
  if (!/^[A-Z][\w$]*[a-z]/.test(name) || !/\.(?:vue|svelte|astro|mdx|[jt]sx)$/.test(path)) return false;
  return /([^/]+)\.\w+$/.exec(path)?.[1] === name;
}

/** Within one package, and no page, test or server module, which nothing else may import. */
export function mayImport(workspace: Workspace, file: string, module: string): boolean {
  return (
    packageOf(workspace, file) === packageOf(workspace, module) &&
    !isRouteFile(module) &&
    !isApart(module) &&
    !/(?:^|\/)server\/|\.server\.\w+$/.test(module)
  );
}

function packageOf(workspace: Workspace, path: string): string {
  let folder = directoryOf(path);
  while (folder !== '' && !workspace.exists(`${folder}/package.json`)) folder = directoryOf(folder);
  return folder;
}
