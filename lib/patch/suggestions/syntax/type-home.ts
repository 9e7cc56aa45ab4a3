import { escapePattern } from '../../../context/word-pattern.js';
import type { Workspace } from '../workspace.js';
import { exportOrigin } from './export-origin.js';
import { importsOf } from './imports.js';
import { isScript } from './parse.js';
import { resolveSpecifier } from './resolve-specifier.js';

/** Whether a file may mean, by the name of a type, the one that the module at `path` declares: of several, the one that it imports. */
export async function mayMeanTypeOf(
  workspace: Workspace,
  { file, type, path }: { readonly file: string; readonly type: string; readonly path: string },
): Promise<boolean> {
  const name = escapePattern(type);
  const declared = new RegExp(`\\b(?:interface|class)\\s+${name}\\b|\\btype\\s+${name}\\s*(?:<[^=]*>\\s*)?=`);
  const homes = workspace.paths.filter((one) => isScript(one) && declared.test(workspace.read(one) ?? ''));
  if (file === path || !homes.includes(path) || homes.length < 2) return true;
  const { program } = await workspace.parse(file, workspace.read(file) ?? '');
  const own = importsOf(program).find(({ imported }) => imported === type);
  const module = own && resolveSpecifier(workspace, file, own.specifier);
  return module !== undefined && (await exportOrigin(workspace, module, type))?.path === path;
}
