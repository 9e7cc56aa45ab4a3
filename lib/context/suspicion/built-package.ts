import type { BuildError } from '../../diagnosis/diagnosis.js';
import { findIdleBuild } from '../build-order.js';
import type { Manifest } from '../manifests.js';
import { baseName } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

const BUILT_FOLDER = /^(?:dist|build|lib|out|es|esm|cjs)\//;
const BUNDLER_CONFIG =
  /^(?:tsup|tsdown|rollup|rolldown|vite|unbuild|build|esbuild|webpack|bunchee)\.(?:config\.)?[cm]?[jt]s$/;

/** A place in what a package of the repository was built to: its entry and its bundler decide what stands there. */
export const suspectBuiltPackage: SuspicionRule = ({ error }, { manifests, index, resolver }) => {
  const path = error.file;
  if (path === undefined || index.has(path)) return [];
  // A log that counts from the package that spoke has its folder in front of the place.
  const owner = manifests.find(({ folder }) => {
    const at = folder === '' ? -1 : `/${path}`.indexOf(`/${folder}/`);
    return at !== -1 && BUILT_FOLDER.test(path.slice(at + folder.length + 1));
  });
  if (owner === undefined) return [];
  const entry = owner.name === undefined ? undefined : resolver.resolve(owner.path, owner.name);
  return [
    ...suspectEach(
      index.listFolder(owner.folder).filter((sibling) => BUNDLER_CONFIG.test(baseName(sibling))),
      0.45,
      `says how ${baseName(path)} is built`,
    ),
    ...suspectIfAny(entry?.outcome === 'file' ? entry.path : undefined, 0.4, `is what ${baseName(path)} is built from`),
  ];
};

/** What others import of a package, and its build does not write. */
export const suspectIdleBuild: SuspicionRule = ({ error }, survey) =>
  suspectIfAny(findIdleBuildOf(error, survey), 0.95, 'does not have the package built as others import it');

export function findIdleBuildOf({ kind, code, specifier }: BuildError, survey: Survey): string | undefined {
  if ((kind !== 'module-not-found' && code !== 'TS7016') || specifier === undefined) return undefined;
  const workspace = survey.resolver.findWorkspace(specifier);
  return workspace === undefined ? undefined : findIdleBuild(workspace, code === 'TS7016', survey);
}

const ENTRY = /["'`](?:\.\/)?(src\/[\w./@-]{1,200}\.[cm]?[jt]sx?|src\/[^"'`\n]{0,100}\*[^"'`\n]{0,100})["'`]/g;

/** The bundler's settings of a package that list its sources one by one, and leave this one out. */
export function findUnbuilt({ folder }: Manifest, path: string, { index, files }: Survey): string | undefined {
  if (!path.startsWith(`${folder}/`)) return undefined;
  const source = path.slice(folder.length + 1);
  return index.listFolder(folder).find((sibling) => {
    if (!BUNDLER_CONFIG.test(baseName(sibling))) return false;
    const entries = [...(files.get(sibling) ?? '').matchAll(ENTRY)].map(([, entry]) => entry ?? '');
    return entries.length > 0 && entries.every((entry) => !entry.includes('*') && entry !== source);
  });
}
