import { baseName, folderOf } from './readable-files.js';
import type { SourceTree } from './source.js';

/** Look-ups over the paths of a tree. */
export interface RepositoryIndex {
  readonly paths: readonly string[];
  has(path: string): boolean;
  hasFolder(path: string): boolean;
  /** The path that differs from this one in case only; undefined when the tree has the path itself or neither. */
  findCaseTwin(path: string): string | undefined;
  /** Files with this name in any folder. */
  findByName(name: string): readonly string[];
  /** Files directly in the folder; '' is the root. */
  listFolder(folder: string): readonly string[];
  /** The nearest of these files in the folder of `path` or above, the first name winning within one folder. */
  findNearest(path: string, names: readonly string[]): string | undefined;
}

export function indexRepository(tree: SourceTree): RepositoryIndex {
  const paths = tree.entries
    .filter((entry) => entry.mode === '100644' || entry.mode === '100755')
    .map((entry) => entry.path);
  const known = new Set(paths);
  const byLowerCase = new Map<string, string>();
  const byName = new Map<string, string[]>();
  const byFolder = new Map<string, string[]>();
  const folders = new Set<string>(['']);
  for (const path of paths) {
    byLowerCase.set(path.toLowerCase(), path);
    append(byName, baseName(path), path);
    append(byFolder, folderOf(path), path);
    for (let folder = folderOf(path); folder !== '' && !folders.has(folder); folder = folderOf(folder))
      folders.add(folder);
  }

  function findNearest(path: string, names: readonly string[]) {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const found = names.map((name) => joinPath(folder, name)).find((candidate) => known.has(candidate));
      if (found !== undefined || folder === '') return found;
    }
  }

  return {
    paths,
    has: (path) => known.has(path),
    hasFolder: (path) => folders.has(path),
    findCaseTwin: (path) => (known.has(path) ? undefined : byLowerCase.get(path.toLowerCase())),
    findByName: (name) => byName.get(name) ?? [],
    listFolder: (folder) => byFolder.get(folder) ?? [],
    findNearest,
  };
}

function append(map: Map<string, string[]>, key: string, value: string) {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** Joins with forward slashes and resolves `.` and `..`; a path that climbs out of the repository loses the climb. */
export function joinPath(...parts: readonly string[]): string {
  const segments: string[] = [];
  for (const segment of parts.join('/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}
