import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { withBudget } from './budget.js';
import { rankSuspects } from './rank-suspects.js';
import { baseName, isReadable } from './readable-files.js';
import type { RepositoryContext, SourceReader } from './source.js';

/** Reads what bears on the diagnosis, within the budget, and ranks the suspects. */
export async function gatherContext(
  diagnosis: Diagnosis,
  source: SourceReader,
  options: { readonly rootDirectory: string },
): Promise<RepositoryContext> {
  const reader = withBudget(source);
  const { rootDirectory } = options;
  const [tree, changes] = await Promise.all([reader.listTree(), reader.listChanges()]);
  const files =
    (await reader.readAll?.()) ??
    (await reader.readFiles([
      ...diagnosis.errors.flatMap((error) => [error.file ?? '', ...(error.trace ?? [])]),
      ...tree.entries.map((entry) => entry.path).filter((path) => /^(package|tsconfig)\.json$/.test(baseName(path))),
      ...(changes ?? []).map((change) => change.path).filter(isReadable),
    ]));
  const suspects = rankSuspects({ diagnosis, tree, files, changes, rootDirectory });
  return { tree, files, changes, suspects, rootDirectory };
}
