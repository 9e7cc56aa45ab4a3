import { asRecord, parseJson } from './manifests.js';
import { extensionOf, folderOf } from './readable-files.js';
import { joinPath, type RepositoryIndex } from './repository-index.js';
import type { Survey } from './survey.js';

const MOST_INHERITED = 8;

export interface OwnOptions {
  readonly path: string;
  /** What the file itself says of `compilerOptions`. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** A compiler's configuration and those that it extends, the nearest first: https://www.typescriptlang.org/tsconfig/#extends */
export function listInherited(path: string, { files, index }: Pick<Survey, 'files' | 'index'>): OwnOptions[] {
  const seen = new Set([path]);
  const chain: OwnOptions[] = [];
  for (const own of seen) {
    const config = asRecord(parseJson(files.get(own) ?? ''));
    chain.push({ path: own, options: asRecord(config.compilerOptions) });
    for (const parent of listParents(config)) {
      const found = findExtended(parent, folderOf(own), index);
      if (found !== undefined && seen.size < MOST_INHERITED) seen.add(found);
    }
  }
  return chain;
}

export function listParents(config: Readonly<Record<string, unknown>>): string[] {
  return [config.extends].flat().filter((parent): parent is string => typeof parent === 'string');
}

export function findExtended(specifier: string, folder: string, index: RepositoryIndex): string | undefined {
  const relative = specifier.startsWith('.');
  const path = relative ? joinPath(folder, specifier) : specifier;
  const names = extensionOf(path) === 'json' ? [path] : [`${path}.json`, `${path}/tsconfig.json`];
  if (relative) return names.find((name) => index.has(name));
  // A configuration package of the workspace: `@acme/tsconfig/base.json` is `<somewhere>/tsconfig/base.json`.
  const inside = names.map((name) => name.replace(/^@[^/]{1,100}\//, ''));
  return index.paths.find((candidate) => inside.some((name) => candidate.endsWith(`/${name}`)));
}
