import type { Workspace } from '../workspace.js';
import { isScript } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';

export interface ModuleExports {
  /** `default` among them where there is one. */
  readonly names: ReadonlySet<string>;
  /** What is exported as a type alone. */
  readonly types: ReadonlySet<string>;
  /** The local name of `export default function Name`, where it has one. */
  readonly defaultName: string | undefined;
  /** False when something is re-exported from a place that could not be read. */
  readonly complete: boolean;
}

const MAX_DEPTH = 5;

/** What a module of the repository exports; undefined when it was not read or does not parse. */
export async function exportsOf(workspace: Workspace, path: string, depth = 0): Promise<ModuleExports | undefined> {
  const text = workspace.read(path);
  if (text === undefined || !isScript(path) || depth > MAX_DEPTH) return undefined;
  const { module, errors } = await workspace.parse(path, text);
  if (errors.length > 0) return undefined;

  const names = new Set<string>();
  const types = new Set<string>();
  let defaultName: string | undefined;
  let complete = true;
  for (const { entries } of module.staticExports) {
    for (const { exportName, localName, isType, moduleRequest } of entries) {
      if (exportName.kind === 'Default') {
        names.add('default');
        defaultName = localName.name ?? undefined;
      } else if (exportName.name !== null) {
        names.add(exportName.name);
        if (isType) types.add(exportName.name);
      } else if (moduleRequest) {
        const target = resolveSpecifier(workspace, path, moduleRequest.value);
        const inner = target === undefined ? undefined : await exportsOf(workspace, target, depth + 1);
        if (!inner?.complete) complete = false;
        for (const name of inner?.names ?? []) if (name !== 'default') names.add(name);
        for (const name of inner?.types ?? []) types.add(name);
      }
    }
  }
  // Components export themselves.
  if (/\.(?:vue|svelte|astro|mdx)$/.test(path)) names.add('default');
  return { names, types, defaultName, complete };
}
