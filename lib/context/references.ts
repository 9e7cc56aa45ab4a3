import type { BuildError } from '../diagnosis/diagnosis.js';
import { findAlternatives, plainName } from './alternatives.js';
import { baseName, folderOf, isLockfile, isSource } from './readable-files.js';
import type { RepositoryIndex } from './repository-index.js';
import { findSimilar } from './similar-names.js';
import type { LocatedError, Survey } from './survey.js';
import { guessMissingPaths } from './suspicion/missing-path.js';

/** A file that a repair has to know without changing it, and the names in it that matter. */
export interface Reference {
  readonly path: string;
  readonly names: readonly string[];
}

/** Paths that are looked at for alternatives: a tree may list a hundred thousand files. */
const MOST_MISSING = 4;
/** Exporters of one name beyond this many tell nothing. */
const MOST_EXPORTERS = 3;

/** Names used without being declared or imported, as compilers, linters, runtimes and templates say it. */
const UNDEFINED_NAME =
  /cannot find (?:name|namespace|value)|is not defined\b|is undefined\b.{0,40}component|(?:resolve|find|unknown|undefined|undeclared|unregistered) (?:custom )?(?:component|variable|identifier|element|function)|is not a known element|not found in (?:this )?scope/i;
const UNDEFINED_CODES = new Set(
  'TS2304 TS2552 TS2503 TS2663 TS18004 no-undef react/jsx-no-undef NG8001 NG8004 vue/no-undef-components'.split(' '),
);

/** What the repairs of these errors rest on, the most telling first. */
export function listReferences(survey: Survey): Reference[] {
  const errors = survey.errors.slice(0, 15);
  const missing = new Set(errors.flatMap((located) => findMissingPath(located, survey)));
  const found = [
    ...errors.flatMap((located) => findExporters(located, survey)),
    ...errors.flatMap((located) => findSheets(located, survey)),
    ...errors.slice(0, 2).flatMap((located) => findReadData(located, survey)),
    ...[...missing]
      .slice(0, MOST_MISSING)
      .flatMap((path) => findAlternatives(path, survey.index))
      .map((path) => ({ path, names: ['default'] })),
  ];
  const byPath = new Map<string, Reference>();
  for (const { path, names } of found)
    byPath.set(path, { path, names: [...new Set([...(byPath.get(path)?.names ?? []), ...names])] });
  return [...byPath.values()];
}

/** The name that an error misses altogether, not within a module or a type. */
export function undefinedName({ code, message, symbol, kind }: BuildError): string | undefined {
  if (kind === 'export-missing' || kind === 'module-not-found') return undefined;
  return UNDEFINED_CODES.has(code ?? '') || UNDEFINED_NAME.test(message.slice(0, 2000)) ? symbol : undefined;
}

/** Sources that bear a name, by the tree alone: `PriceTag`, `price-tag`, `app-price-tag` are one. */
export function findBearers(name: string, index: RepositoryIndex): string[] {
  let byName = bearers.get(index);
  if (!byName) {
    byName = groupByName(index);
    bearers.set(index, byName);
  }
  const names = new Set([plainName(name), plainName(name.replace(/^[a-z]{1,12}-/, ''))]);
  return [...names].flatMap((wanted) => byName.get(wanted) ?? []);
}

const bearers = new WeakMap<RepositoryIndex, ReadonlyMap<string, readonly string[]>>();

/** Sources by their plain name; an `index` bears the name of its folder. */
function groupByName(index: RepositoryIndex): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, string[]>();
  for (const path of index.paths) {
    if (!isSource(path)) continue;
    const own = plainName(path);
    const name = own === 'index' ? plainName(folderOf(path)) : own;
    const group = groups.get(name);
    if (group) group.push(path);
    else groups.set(name, [path]);
  }
  return groups;
}

/** Who exports the name, then who bears it, then who exports a name spelt nearly so. */
function findExporters({ error, file }: LocatedError, { files, graph, index }: Survey): Reference[] {
  const name = undefinedName(error);
  if (name === undefined || name.length < 2) return [];
  const wanted = new Set([name, error.suggestion].filter((word) => word !== undefined));
  const exporting = [...files.keys()].filter((path) =>
    [...(graph.readOutline(path)?.exports ?? [])].some((exported) => wanted.has(exported)),
  );
  const bearing = findBearers(name, index).filter((path) => !/\.(?:test|spec|stories)\./.test(path));
  const paths = [...new Set([...exporting, ...bearing])].filter((path) => path !== file);
  if (paths.length > 0) return paths.slice(0, MOST_EXPORTERS).map((path) => ({ path, names: [...wanted, 'default'] }));
  const near = file === undefined ? [] : graph.reach([file], 40).filter((path) => path !== file);
  const exports = near.map((path) => ({ path, names: [...(graph.readOutline(path)?.exports ?? [])] }));
  const similar = findSimilar(
    name,
    exports.flatMap(({ names }) => names),
  );
  return exports.filter(({ names }) => similar !== undefined && names.includes(similar)).slice(0, 1);
}

const MOST_SHEETS = 3;

/** The sheets that declare variables, for a variable of Sass that is not there: those that the file takes in first. */
function findSheets({ error, file }: LocatedError, { files, graph }: Survey): Reference[] {
  if (error.symbol?.startsWith('$') !== true || error.kind !== 'style') return [];
  const near = file === undefined ? [] : graph.reach([file], 40);
  const declaring = [...new Set([...near, ...files.keys()])].filter(
    (path) =>
      path !== file &&
      /\.s[ac]ss$/.test(path) &&
      /^[^\S\n]{0,80}\$[\w-]{1,100}[^\S\n]{0,8}:/m.test(files.get(path) ?? ''),
  );
  return declaring.slice(0, MOST_SHEETS).map((path) => ({ path, names: [error.symbol ?? ''] }));
}

const MOST_DATA = 3;
const RUN = new Set(['other', 'script-failed', 'page-data', 'prerender']);

/** Data that the code which failed names in quotes: what it looked up, and where. */
function findReadData({ error, file }: LocatedError, { files }: Survey): Reference[] {
  const text = file === undefined || !RUN.has(error.kind) ? undefined : files.get(file);
  if (text === undefined) return [];
  const named = new Set(text.slice(0, 100_000).match(/[\w@.-]{1,100}\.(?:json|ya?ml|csv|toml)(?=["'`])/g) ?? []);
  return [...files.keys()]
    .filter(
      (path) => path !== file && named.has(baseName(path)) && baseName(path) !== 'package.json' && !isLockfile(path),
    )
    .slice(0, MOST_DATA)
    .map((path) => ({ path, names: [] }));
}

/** The path that an error finds empty: a file opened, or what a relative import or an alias leads to. */
function findMissingPath(located: LocatedError, { resolver, rootDirectory, index }: Survey): string[] {
  const { error, file, trace } = located;
  if (error.kind === 'file-missing') return guessMissingPaths(error, rootDirectory).filter((path) => !index.has(path));
  const importer = file ?? trace[0];
  if (error.kind !== 'module-not-found' || error.specifier === undefined || importer === undefined) return [];
  const resolution = resolver.resolve(importer, error.specifier);
  return resolution.outcome === 'missing-file' ? [resolution.path] : [];
}
