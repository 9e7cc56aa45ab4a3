import type { BuildError } from '../diagnosis/diagnosis.js';
import { findAlternatives } from './alternatives.js';
import { listsRoutes } from './configured-routes.js';
import { isGeneratorSettings } from './generated-code.js';
import { findByPattern } from './globs.js';
import { readIdentifiers } from './identifiers.js';
import { rankSurvey } from './rank-suspects.js';
import { baseName, folderOf, isLockfile, isReadable, isSource, isTemplate } from './readable-files.js';
import { findBearers, listReferences, undefinedName } from './references.js';
import { indexRepository, joinPath, type RepositoryIndex } from './repository-index.js';
import { packageName } from './resolve-import.js';
import { findRouteFiles, isRouteFile } from './routes.js';
import type { FileChange } from './source.js';
import { createLocator, type Survey, type SurveyInput } from './survey.js';
import { findContentSchemas, listFellowEntries } from './suspicion/content-schema.js';
import { guessMissingPaths } from './suspicion/missing-path.js';
import { listScriptData } from './suspicion/read-data.js';

/** So many of the budget's files may go into the first round; the rest is for what the first round leads to. */
const FIRST_ROUND = 40;
const MAX_MANIFESTS = 12;
const MAX_CHANGED = 12;
const MOST_NAMED = 20;
const MOST_DATA = 12;

const CONFIG_NAME =
  /^(?:package\.json|index\.html|[jt]sconfig(?:\.[\w-]+)?\.json|vercel\.json|turbo\.json|nx\.json|lerna\.json|pnpm-workspace\.yaml|angular\.json|components\.json|\.nvmrc|\.node-version|\.gitignore|\.vercelignore|(?:next|vite|nuxt|svelte|astro|postcss|tailwind|eslint|react-router|remix|prisma|webpack|rollup|docusaurus|eleventy|app|vue|rsbuild)\.config\.[cm]?[jt]s|\.eslintrc(?:\.[a-z]+)?|\.babelrc|\.eleventy\.c?js|gatsby-(?:config|node)\.[cm]?[jt]s|sidebars\.[cm]?[jt]s)$/;
/** Kinds whose repair may need a version that only the lockfile knows. */
const DEPENDENCY_KINDS = new Set(['module-not-found', 'package-missing', 'peer-conflict', 'lockfile']);

const MOST_SHEETS = 12;

/** Sass stops at the first sheet that misses a name or another sheet, and the log names no other. */
function chooseSheets(index: RepositoryIndex, errors: readonly BuildError[]): string[] {
  if (!errors.some(({ kind, file }) => kind === 'style' && /\.(?:s[ac]ss|vue|svelte|astro)$/.test(file ?? '')))
    return [];
  return index.paths.filter((path) => /\.s[ac]ss$/.test(path)).slice(0, MOST_SHEETS);
}

const MOST_TEMPLATES = 16;

/** Templates around one that is not there: what asks for it names it by its stem, which the log does not repeat. */
function chooseTemplates(index: RepositoryIndex, missing: readonly string[]): string[] {
  const folders = missing
    .filter((path) => isTemplate(path) && !index.has(path))
    .map((path) => folderOf(folderOf(path)));
  return index.paths
    .filter((path) => isTemplate(path) && folders.some((folder) => folder === '' || path.startsWith(`${folder}/`)))
    .slice(0, MOST_TEMPLATES);
}

/** What the log, the tree and the diff name, the most telling first. Chosen without knowing any content. */
export function chooseFirstRound(input: Omit<SurveyInput, 'files'>): string[] {
  const { diagnosis, changes, rootDirectory } = input;
  const index = indexRepository(input.tree);
  const folders = index.findByName('package.json').map((path) => ({ name: undefined, folder: folderOf(path) }));
  const locate = createLocator(index, folders, rootDirectory);
  const errors = diagnosis.errors.slice(0, 15);
  const located = errors.map((error) => ({ error, path: error.file && locate(error.file, error.package) }));
  const placed = located.flatMap(({ path }) => path || []);
  const traced = errors.flatMap((error) => (error.trace ?? []).flatMap((path) => locate(path, error.package) ?? []));
  const routed = errors.flatMap(({ route }) =>
    route === undefined ? [] : Object.values(findRouteFiles(index, rootDirectory, route)).flat(),
  );
  const missing = errors.flatMap((error) =>
    error.kind === 'file-missing' ? guessMissingPaths(error, rootDirectory) : [],
  );
  const needsVersion = errors.some(({ kind }) => DEPENDENCY_KINDS.has(kind));
  const chosen = new Set([
    ...placed,
    ...chooseConfigs(index, rootDirectory, placed),
    ...located.flatMap(({ error, path }) => guessTargets(error, path || undefined, index)),
    ...routed,
    ...(errors.some(({ route }) => route !== undefined) ? index.paths.filter(listsRoutes) : []),
    ...errors.flatMap((error) => findContentSchemas(error, { index, rootDirectory })),
    ...missing.slice(0, 4).flatMap((path) => (index.has(path) ? [] : findAlternatives(path, index))),
    ...chooseTemplates(index, missing),
    ...errors
      .flatMap(({ message }) => findByPattern(message, index, rootDirectory))
      .filter(isReadable)
      .slice(0, 12),
    ...traced.slice(0, 15),
    ...chooseSheets(index, errors),
    ...(errors.some(({ kind }) => kind === 'module-not-found')
      ? index.paths.filter(isGeneratorSettings).slice(0, 3)
      : []),
    ...chooseManifests(index, errors),
    ...chooseChanged(changes, errors),
    ...(needsVersion ? index.listFolder('').filter(isLockfile) : []),
  ]);
  return [...chosen].slice(0, FIRST_ROUND);
}

/** What the first round leads to: suspects not read yet, imports of what was read, and likely importers. */
export function chooseSecondRound(survey: Survey): string[] {
  const { errors, index, files } = survey;
  const near = errors.flatMap(({ error, places, trace, route }) => [
    ...places,
    ...findContentSchemas(error, survey),
    ...(route?.pages ?? []),
    ...(route?.loaders ?? []),
    ...trace,
  ]);
  const wrapped = errors.flatMap(({ route }) => route?.layouts ?? []);
  const imported = listImported([...near, ...wrapped], survey);
  const folders = new Set([...near, ...imported].map(folderOf));
  const chosen = new Set([
    ...rankSurvey(survey).map(({ path }) => path),
    ...errors.flatMap((located) => listScriptData(located, survey).slice(0, MOST_DATA)),
    ...listReferences(survey).map(({ path }) => path),
    ...imported,
    ...errors.flatMap(({ error, file }) =>
      findContentSchemas(error, survey).length === 0 ? [] : listFellowEntries(file, index),
    ),
    ...near.flatMap((path) => listNamed(files.get(path) ?? '', index)),
    ...near.flatMap((path) => listDataOf(path, survey)),
    ...[...folders].flatMap((folder) => index.listFolder(folder).filter(isSource)),
    ...index.paths.filter((path) => isUnder(survey.rootDirectory, path) && isRouteFile(path)),
    ...(errors.some(({ places }) => places.length === 0) ? listNearest(survey) : []),
  ]);
  return [...chosen].filter((path) => !files.has(path) && isReadable(path));
}

/** Files that code names in quotes, as far as the tree has them: what it reads. Where the folder is put together elsewhere, by name. */
function listNamed(text: string, index: RepositoryIndex): string[] {
  const named = text.slice(0, 100_000).match(/(?<=['"`])(?:\.{0,2}\/)*[\w@./-]{3,200}\.\w{2,8}(?=['"`])/g) ?? [];
  return [...new Set(named)]
    .slice(0, MOST_NAMED)
    .map((path) => joinPath(path))
    .flatMap((path) => {
      const alike = index.has(path) ? [path] : index.findByName(baseName(path));
      return alike.length > 2 ? [] : alike;
    })
    .filter(isReadable);
}

/**
 * What a template or a piece of content is filled from without importing it: data files by a name that it uses, those
 * beside it, and entries below it.
 */
function listDataOf(path: string, { files, index }: Survey): string[] {
  if (!isTemplate(path)) return [];
  const words = readIdentifiers(files.get(path) ?? '');
  const isData = (other: string) => /\.(?:json|ya?ml|toml|csv)$/.test(other) && !isLockfile(other);
  const named = index.paths.filter(
    (other) => isData(other) && /(?:^|\/)_?data\//.test(other) && words.has(baseName(other).split('.')[0] ?? ''),
  );
  const folder = folderOf(path);
  const below = index.paths.filter((other) => other.startsWith(`${folder}/`) && /\.(?:md|mdx)$/.test(other));
  return [...named, ...index.listFolder(folder).filter(isData), ...(folder === '' ? [] : below)].slice(0, MOST_DATA);
}

function listImported(paths: readonly string[], { graph }: Survey): string[] {
  return [...new Set(paths)].flatMap((path) =>
    graph.edgesFrom(path).flatMap(({ resolution }) => ('path' in resolution ? (resolution.path ?? []) : [])),
  );
}

function isUnder(folder: string, path: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

/** Sources of the project for a failure without a place: scripts that a build runs, then the nearest to the root. */
function listNearest({ index, rootDirectory }: Survey): string[] {
  const isScript = (path: string) => /(?:^|\/)(?:scripts?|bin|tools|content|data)\//.test(path);
  const rate = (path: string) => (isScript(path) ? 0 : path.split('/').length);
  return index.paths.filter((path) => isSource(path) && isUnder(rootDirectory, path)).sort((a, b) => rate(a) - rate(b));
}

/** Configuration in the root directory, at the repository's root and around the faulty files. */
function chooseConfigs(index: RepositoryIndex, rootDirectory: string, placed: readonly string[]): string[] {
  const folders = [rootDirectory, ''];
  for (const path of placed.slice(0, 4))
    for (let folder = folderOf(path); folder !== ''; folder = folderOf(folder)) folders.push(folder);
  return [...new Set(folders)].flatMap((folder) =>
    index.listFolder(folder).filter((path) => CONFIG_NAME.test(baseName(path))),
  );
}

/** Where a specifier or a name may lead, by the tree alone. */
function guessTargets(error: BuildError, importer: string | undefined, index: RepositoryIndex): string[] {
  const tail = error.specifier?.replace(/^(?:[@~#$][\w-]{0,40}\/|\.{1,2}\/)+/, '').replace(/\.[cm]?[jt]sx?$/, '');
  const names = [
    tail?.split('/').at(-1),
    error.symbol,
    ...(error.message.match(/'[A-Z]\w{2,60}'/g) ?? []).map((name) => name.slice(1, -1)),
  ]
    .filter((name) => name !== undefined && name.length > 2)
    .map((name) => (name ?? '').toLowerCase());
  const relative =
    importer !== undefined && error.specifier?.startsWith('.')
      ? joinPath(folderOf(importer), error.specifier)
      : undefined;
  const missing = undefinedName(error);
  const bearing = missing === undefined ? [] : findBearers(missing, index).slice(0, 4);
  const guessed = index.paths
    .filter((path) => {
      if (!isReadable(path) || isLockfile(path)) return false;
      if (relative !== undefined && path.startsWith(relative)) return true;
      const lower = path.toLowerCase();
      if (tail?.includes('/') && lower.includes(`/${tail.toLowerCase()}`)) return true;
      const stem = baseName(lower).split('.')[0] ?? '';
      return names.includes(stem) || names.includes(stem.replaceAll('-', ''));
    })
    .slice(0, 6);
  return [...bearing, ...guessed];
}

/** The packages of a workspace, those that an error speaks of first. */
function chooseManifests(index: RepositoryIndex, errors: readonly BuildError[]): string[] {
  const spoken = errors
    .flatMap(({ specifier, package: name }) => [specifier && packageName(specifier), name])
    .map((name) => name?.split('/').filter(Boolean).at(-1));
  const manifests = index.findByName('package.json').filter(isReadable);
  const rate = (path: string) => (spoken.includes(baseName(folderOf(path))) ? 0 : path.split('/').length);
  return [...manifests]
    .sort((a, b) => rate(a) - rate(b))
    .slice(0, MAX_MANIFESTS)
    .flatMap((path) => {
      const source = ['src/index.ts', 'src/index.tsx', 'index.ts', 'index.tsx', 'index.js'].map((name) =>
        joinPath(folderOf(path), name),
      );
      return rate(path) === 0 ? [path, ...source.filter((entry) => index.has(entry))] : [path];
    });
}

/** Changed files, those whose change speaks of an error first. */
function chooseChanged(changes: readonly FileChange[] | undefined, errors: readonly BuildError[]): string[] {
  const words = errors
    .flatMap(({ symbol, specifier }) => [symbol, specifier?.split('/').at(-1)])
    .filter((word) => word !== undefined && word.length > 2);
  const rate = ({ path, hunks }: FileChange) =>
    words.some((word) => hunks?.includes(word ?? '')) ? 0 : isSource(path) ? 1 : 2;
  return [...(changes ?? [])]
    .filter(({ path, status }) => status !== 'removed' && isReadable(path) && !isLockfile(path))
    .sort((a, b) => rate(a) - rate(b))
    .slice(0, MAX_CHANGED)
    .map(({ path }) => path);
}
