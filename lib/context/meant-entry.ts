import { asRecord } from './manifests.js';
import { baseName, extensionOf } from './readable-files.js';
import { packageName } from './resolve-import.js';
import { findSimilar } from './similar-names.js';
import type { Survey } from './survey.js';

/**
 * The entry that an import means which a package of the repository does not have: one of a similar name, or the only one of
 * its kind that nobody imports, where the package has no file of the old name.
 */
export function findMeantEntry(manifest: string, specifier: string, survey: Survey): string | undefined {
  const { manifests, index, graph } = survey;
  const own = manifests.find(({ path }) => path === manifest);
  const entries = Object.keys(asRecord(own?.fields.exports)).filter((entry) => /^\.\/[^*]+$/.test(entry));
  const name = packageName(specifier);
  const wanted = `./${specifier.slice(name.length + 1)}`;
  const number = entries.find((entry) => entry === `${wanted}s` || wanted === `${entry}s`);
  const similar = number ?? findSimilar(wanted, entries);
  if (similar !== undefined || own === undefined) return similar;
  const stemOf = (path: string) => baseName(path).split('.')[0];
  const isThere = index.paths.some((path) => path.startsWith(`${own.folder}/`) && stemOf(path) === stemOf(wanted));
  const imported = new Set(graph.edges.map(({ declaration }) => declaration.specifier));
  const unused = entries.filter(
    (entry) => extensionOf(entry) === extensionOf(wanted) && !imported.has(name + entry.slice(1)),
  );
  return isThere || unused.length !== 1 ? undefined : unused[0];
}
