import type { BuildError, Diagnosis } from '../diagnosis/diagnosis.js';
import { findConfiguredRoute } from './configured-routes.js';
import { createImpliedImports } from './implied-imports.js';
import { buildImportGraph, type ImportGraph } from './import-graph.js';
import { type Manifest, readManifests } from './manifests.js';
import { baseName, extensionOf } from './readable-files.js';
import { indexRepository, joinPath, type RepositoryIndex } from './repository-index.js';
import { createResolver, type ImportResolver } from './resolve-import.js';
import { findRouteFiles, type RouteFiles } from './routes.js';
import type { FileChange, SourceTree } from './source.js';

export interface SurveyInput {
  readonly diagnosis: Diagnosis;
  readonly tree: SourceTree;
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly FileChange[] | undefined;
  readonly rootDirectory: string;
}

/** An error with its places found in the tree. */
export interface LocatedError {
  readonly error: BuildError;
  /** The fault location's file, where the tree has it. */
  readonly file: string | undefined;
  /** Every file with a place of this error, the fault location's first. */
  readonly places: readonly string[];
  readonly trace: readonly string[];
  /** What the error's route is made of. */
  readonly route: RouteFiles | undefined;
}

/** Everything the rules look at, put together once. */
export interface Survey extends SurveyInput {
  readonly index: RepositoryIndex;
  readonly manifests: readonly Manifest[];
  readonly resolver: ImportResolver;
  readonly graph: ImportGraph;
  readonly errors: readonly LocatedError[];
}

export function surveyRepository(input: SurveyInput): Survey {
  const index = indexRepository(input.tree);
  const manifests = readManifests(input.files);
  const resolver = createResolver({ index, files: input.files, manifests });
  const graph = buildImportGraph(input.files, resolver, createImpliedImports(input.files, index, input.rootDirectory));
  const locate = createLocator(index, manifests, input.rootDirectory);
  const errors = input.diagnosis.errors.map((error): LocatedError => {
    const file = error.file === undefined ? undefined : locate(error.file, error.package);
    const places = [file, ...(error.places ?? []).map((place) => locate(place.file, error.package))];
    const trace = (error.trace ?? []).map((path) => locate(path, error.package));
    const route =
      error.route === undefined
        ? undefined
        : (findConfiguredRoute(input.files, index, error.route) ??
          findRouteFiles(index, input.rootDirectory, error.route));
    return { error, file, places: distinct(places), trace: distinct(trace).filter((path) => path !== file), route };
  });
  return { ...input, index, manifests, resolver, graph, errors };
}

/**
 * Finds the path that a log means: relative to the package that spoke, the root directory or the repository. A script that
 * goes on after that of another package is taken for the other by who reads the log.
 */
export function createLocator(
  index: RepositoryIndex,
  manifests: readonly Pick<Manifest, 'name' | 'folder'>[],
  rootDirectory: string,
): (path: string, speaker?: string) => string | undefined {
  function folderOfPackage(speaker: string): string | undefined {
    if (speaker.endsWith('/')) return joinPath(speaker);
    const named = manifests.find(({ name }) => name === speaker);
    if (named) return named.folder;
    const tail = speaker.replace(/^@[^/]{1,100}\//, '');
    return index
      .findByName('package.json')
      .map((path) => path.slice(0, -'/package.json'.length))
      .find((folder) => baseName(folder) === tail);
  }

  return function locate(raw, speaker) {
    const path = sourceOfGenerated(raw);
    const inside =
      rootDirectory !== '' && path.startsWith(`${rootDirectory}/`) ? path.slice(rootDirectory.length + 1) : path;
    const home = speaker === undefined ? undefined : folderOfPackage(speaker);
    const owner = [home, ...manifests.map(({ folder }) => folder)].find(
      (folder) => folder !== undefined && folder !== '' && path.startsWith(`${folder}/`),
    );
    const rest = owner === undefined ? path : path.slice(owner.length + 1);
    const guesses = [
      ...(home === undefined ? [] : [joinPath(home, inside), joinPath(home, path)]),
      joinPath(path),
      joinPath(rootDirectory, path),
      joinPath(rootDirectory, rest),
    ];
    const exact = guesses.flatMap(withExtensions).find((guess) => index.has(guess));
    if (exact !== undefined) return exact;
    const twin = guesses.map((guess) => index.findCaseTwin(guess)).find((found) => found !== undefined);
    if (twin !== undefined) return twin;
    const endsWith = (end: string) => {
      const ends = index.findByName(baseName(path)).filter((candidate) => candidate.endsWith(`/${end}`));
      return ends.length === 1 ? ends[0] : undefined;
    };
    return endsWith(inside) ?? endsWith(rest);
  };
}

/** `.next/types/app/x/page.ts` speaks of `app/x/page.tsx`, `.svelte-kit/types/src/routes/$types.d.ts` of its route. */
function sourceOfGenerated(path: string): string {
  // Next.js 16 joins its source folder twice: `./src/src/proxy.ts`.
  return path
    .replace(/^(?:\.\/)?src\/src\//, 'src/')
    .replace(/(?:^|\/)\.next\/(?:dev\/)?types\//, '/')
    .replace(/^\//, '');
}

function withExtensions(path: string): string[] {
  const extension = extensionOf(path);
  if (extension === 'ts') return [path, `${path}x`, path.replace(/ts$/, 'js'), path.replace(/ts$/, 'jsx')];
  return extension === '' ? [path, `${path}.ts`, `${path}.tsx`, `${path}.js`, `${path}.jsx`] : [path];
}

function distinct(paths: readonly (string | undefined)[]): string[] {
  return [...new Set(paths.filter((path) => path !== undefined))];
}
