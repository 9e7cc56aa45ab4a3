import type { Workspace } from '../workspace.js';
import { exportsOf } from './exports.js';
import { RESOLVED_EXTENSIONS, targetsOf } from './resolve-specifier.js';
import type { SpecifierUse } from './specifiers.js';

/** Whether the file that the new specifier leads to exports what the imports take from it. */
export async function offersNames(
  workspace: Workspace,
  importer: string,
  specifier: string,
  uses: readonly SpecifierUse[],
): Promise<boolean> {
  const [target] = targetsOf(workspace, importer, specifier).flatMap((path) =>
    RESOLVED_EXTENSIONS.map((extension) => path + extension).filter((candidate) => workspace.exists(candidate)),
  );
  const exported = target === undefined ? undefined : await exportsOf(workspace, target);
  if (!exported?.complete) return true;
  return uses.every((use) => use.names.every((name) => exported.names.has(name)));
}
