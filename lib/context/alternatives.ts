import { baseName, extensionOf, folderOf, isLockfile, isReadable, isSource } from './readable-files.js';
import type { RepositoryIndex } from './repository-index.js';
import { countEdits, findSimilar } from './similar-names.js';

const MOST_NAMED_ALIKE = 3;
/** Neighbours shown for their shape where nothing is named alike: of data, and of code, whose importers show more. */
const MOST_DATA_NEIGHBOURS = 2;
const MOST_CODE_NEIGHBOURS = 1;
/** Names that many folders have say nothing about what a file holds. */
const COMMON_NAMES = new Set(['index', 'main', 'page', 'layout', 'types', 'route', 'default', 'config', 'readme']);

/**
 * What exists instead of a path that does not, the nearest first: the same name in another folder, or beside it with
 * another extension, a name spelt nearly alike, a neighbour that shares a word, and failing those neighbours of the same kind.
 * The path may lack its extension, as imports do.
 */
export function findAlternatives(missing: string, index: RepositoryIndex): string[] {
  if (missing === '') return [];
  const rate = createRating(missing);
  const rated = index.paths
    .flatMap((path) => {
      const distance = path === missing ? undefined : rate(path);
      return distance === undefined || !isReadable(path) || isLockfile(path) ? [] : [{ path, distance }];
    })
    .sort((a, b) => a.distance - b.distance || a.path.length - b.path.length);
  if (rated.length > 0) return rated.slice(0, MOST_NAMED_ALIKE).map(({ path }) => path);
  const folder = index.hasFolder(folderOf(missing)) ? folderOf(missing) : findFolder(folderOf(missing), index);
  const isCode = extensionOf(missing) === '' || isSource(missing);
  const near = findFolder(missing, index) ?? folder;
  const beside = near === undefined ? [] : index.listFolder(near);
  return beside
    .filter((path) => path !== missing && isReadable(path) && !isLockfile(path) && isSameKind(path, missing))
    .slice(0, isCode ? MOST_CODE_NEIGHBOURS : MOST_DATA_NEIGHBOURS);
}

/** A folder spelt nearly so. */
function findFolder(missing: string, index: RepositoryIndex): string | undefined {
  const similar = findSimilar(missing, new Set(index.paths.map(folderOf)));
  return similar === '' ? undefined : similar;
}

/** How far a path is from the missing one; undefined when nothing connects the two. */
function createRating(missing: string): (path: string) => number | undefined {
  const folder = folderOf(missing);
  const wanted = plainName(missing);
  const words = new Set(splitName(missing));
  const slip = wanted.length <= 4 ? 1 : wanted.length <= 8 ? 2 : 3;

  return function rate(path) {
    const name = plainName(path);
    const isNear = folderOf(path) === folder;
    const isAlike = isSameKind(path, missing);
    const away = (isNear ? 0 : 1) + (isAlike ? 0 : 2);
    if (wanted === '' || name === '') return undefined;
    if (name === wanted) return isNear || (isAlike && !COMMON_NAMES.has(name)) ? away : undefined;
    if (!isAlike) return undefined;
    if (countEdits(name, wanted, slip + 1) <= slip) return 4 + away;
    return isNear && splitName(path).some((word) => words.has(word)) ? 8 : undefined;
  };
}

function isSameKind(path: string, missing: string): boolean {
  const extension = extensionOf(missing);
  return extension === '' || extensionOf(path) === extension;
}

/** The file's name up to its first dot, as if all ways of joining words were one: `BerthGrid` is `berth-grid`. */
export function plainName(path: string): string {
  return nameOf(path)
    .replace(/[-_\s]/g, '')
    .toLowerCase();
}

function splitName(path: string): string[] {
  return nameOf(path)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 2);
}

function nameOf(path: string): string {
  return baseName(path).slice(0, 200).split('.')[0] ?? '';
}
