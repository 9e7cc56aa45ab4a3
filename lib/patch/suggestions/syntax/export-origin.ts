import type { Workspace } from '../workspace.js';
import { exportsOf } from './exports.js';
import { importsOf } from './imports.js';
import { isScript } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';

const MAX_DEPTH = 5;

/** The module that declares an export, behind the modules that pass it on; undefined where that leads outside. */
export async function exportOrigin(
  workspace: Workspace,
  path: string,
  name: string,
  depth = 0,
): Promise<{ readonly path: string; readonly name: string } | undefined> {
  const text = workspace.read(path);
  if (text === undefined || !isScript(path) || depth > MAX_DEPTH) return undefined;
  const { module, program } = await workspace.parse(path, text);
  const wildcards: string[] = [];
  for (const { exportName, importName, localName, moduleRequest } of module.staticExports.flatMap(
    ({ entries }) => entries,
  )) {
    if (exportName.kind === 'None' && moduleRequest) wildcards.push(moduleRequest.value);
    const exported = exportName.kind === 'Default' ? 'default' : exportName.name;
    if (exported !== name) continue;
    const passedOn = importsOf(program).find(({ local }) => local === localName.name);
    const specifier = moduleRequest?.value ?? passedOn?.specifier;
    if (specifier === undefined) return { path, name };
    const target = resolveSpecifier(workspace, path, specifier);
    const inner = passedOn?.imported ?? (importName.kind === 'Name' ? (importName.name ?? name) : name);
    return target === undefined ? undefined : exportOrigin(workspace, target, inner, depth + 1);
  }
  for (const specifier of wildcards) {
    const target = resolveSpecifier(workspace, path, specifier);
    const exported = target === undefined ? undefined : await exportsOf(workspace, target);
    if (target !== undefined && exported?.names.has(name)) return exportOrigin(workspace, target, name, depth + 1);
  }
  return { path, name };
}
