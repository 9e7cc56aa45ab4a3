import { asRecord, type Manifest, parseJson } from '../manifests.js';
import { referencesOf } from '../path-aliases.js';
import { baseName, folderOf } from '../readable-files.js';
import type { Survey } from '../survey.js';

const COMPILER_CONFIG = /^tsconfig[\w.-]*\.json$/;

const REFERENCED = /^Referenced project '([^'\n]{1,400})' (?:must have setting|may not disable emit)/;

/** The configuration of a project that another refers to, by its folder or its file: TS6306 and TS6310. */
export function findReferenced(message: string, { index }: Survey): string[] {
  const named = REFERENCED.exec(message)?.[1];
  if (named === undefined) return [];
  const isNamed = (path: string) =>
    named.endsWith(`/${path}`) || (baseName(path) === 'tsconfig.json' && named.endsWith(`/${folderOf(path)}`));
  return index.paths.filter((path) => COMPILER_CONFIG.test(baseName(path)) && isNamed(path)).slice(0, 1);
}

/**
 * A configuration of the importing package that refers to projects of the repository, and not to the package that is built
 * before it only so: https://www.typescriptlang.org/docs/handbook/project-references
 */
export function findUnreferring(
  importing: Manifest,
  { folder }: Manifest,
  { files, index }: Pick<Survey, 'files' | 'index'>,
): string | undefined {
  const isComposite = index
    .listFolder(folder)
    .some((path) => COMPILER_CONFIG.test(baseName(path)) && optionsOf(files.get(path)).composite === true);
  if (!isComposite) return undefined;
  const referring = index
    .listFolder(importing.folder)
    .filter((path) => COMPILER_CONFIG.test(baseName(path)))
    .map((path) => ({ path, targets: referencesOf(path, asRecord(parseJson(files.get(path) ?? ''))) }))
    .filter(({ targets }) => targets.some((target) => !target.startsWith(`${importing.folder}/`)));
  const isLed = referring.some(({ targets }) =>
    targets.some((target) => target === folder || folderOf(target) === folder),
  );
  return isLed ? undefined : referring[0]?.path;
}

function optionsOf(text: string | undefined) {
  return asRecord(asRecord(parseJson(text ?? '')).compilerOptions);
}
