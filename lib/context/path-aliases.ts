import { findExtended, listParents } from './compiler-options.js';
import { asRecord, parseJson } from './manifests.js';
import { baseName, extensionOf, folderOf } from './readable-files.js';
import { joinPath, type RepositoryIndex } from './repository-index.js';

/** One mapping of import specifiers to paths of the repository. */
export interface PathAlias {
  /** With at most one `*`; an alias of a bundler matches as a prefix and ends in `/*` here. */
  readonly pattern: string;
  /** Relative to the repository root, with a `*` where the pattern has one. */
  readonly targets: readonly string[];
  /** The file that says so; undefined for what a framework does by itself. */
  readonly declaredIn: string | undefined;
}

/** The files that may map specifiers for the sources of one folder. */
export interface AliasScope {
  readonly aliases: readonly PathAlias[];
  /** Folders in which bare specifiers are looked up: `baseUrl`. */
  readonly baseFolders: readonly string[];
  /** The compiler and bundler configuration files in charge, nearest first. */
  readonly configFiles: readonly string[];
}

const COMPILER_CONFIG = /^(?:ts|js)config(?:\.[\w-]{1,40})?\.json$/;
const BUNDLER_CONFIG =
  /^(?:vite|vitest|next|nuxt|svelte|astro|webpack|rollup|rsbuild|rspack|craco|docusaurus)\.config\.[cm]?[jt]s$/;

/** Aliases by folder, each folder looked at once. */
export function createAliasFinder(index: RepositoryIndex, files: ReadonlyMap<string, string>) {
  const scopes = new Map<string, AliasScope>();

  return function findAliases(importer: string): AliasScope {
    const folder = folderOf(importer);
    let scope = scopes.get(folder);
    if (!scope) {
      scope = buildScope(folder, index, files);
      scopes.set(folder, scope);
    }
    return scope;
  };
}

function buildScope(folder: string, index: RepositoryIndex, files: ReadonlyMap<string, string>): AliasScope {
  const compilers = findNearestAll(folder, index, COMPILER_CONFIG);
  const bundlers = findNearestAll(folder, index, BUNDLER_CONFIG);
  const aliases: PathAlias[] = [];
  const baseFolders: string[] = [];
  for (const path of compilers) {
    const mapping = readCompilerConfig(path, { index, files, seen: new Set() });
    aliases.push(...mapping.aliases);
    baseFolders.push(...mapping.baseFolders);
  }
  for (const path of bundlers)
    aliases.push(...readBundlerAliases(path, files.get(path) ?? ''), ...frameworkAliases(path, index));
  return { aliases, baseFolders: [...new Set(baseFolders)], configFiles: [...compilers, ...bundlers] };
}

/** Files of the nearest folder upwards that has any of them; `tsconfig.json` before `tsconfig.app.json`. */
function findNearestAll(from: string, index: RepositoryIndex, name: RegExp): string[] {
  for (let folder = from; ; folder = folderOf(folder)) {
    const found = index.listFolder(folder).filter((path) => name.test(baseName(path)));
    if (found.length > 0) return found.sort((a, b) => a.length - b.length);
    if (folder === '') return [];
  }
}

/**
 * The compiler configuration that holds the options for a file: the nearest `tsconfig.json`, or where that one does
 * nothing but refer to others, the one of them that includes the file.
 */
export function findCompilerConfig(
  from: string,
  { index, files }: { readonly index: RepositoryIndex; readonly files: ReadonlyMap<string, string> },
): string | undefined {
  const [nearest] = findNearestAll(folderOf(from), index, COMPILER_CONFIG);
  const referenced = nearest === undefined ? [] : listReferenced(nearest, { index, files });
  return referenced.find((path) => includesFile(path, from, files)) ?? referenced[0] ?? nearest;
}

/** Where a configuration refers its own folder's files to; none when it has files of its own. */
function listReferenced(
  path: string,
  { index, files }: { readonly index: RepositoryIndex; readonly files: ReadonlyMap<string, string> },
): string[] {
  const config = asRecord(parseJson(files.get(path) ?? ''));
  const isEmpty = Array.isArray(config.files) && config.files.length === 0 && config.include === undefined;
  const isBare = config.files === undefined && config.include === undefined && config.compilerOptions === undefined;
  if (!(isEmpty || isBare)) return [];
  return referencesOf(path, config)
    .map((target) => (extensionOf(target) === 'json' ? target : joinPath(target, 'tsconfig.json')))
    .filter((target) => target !== path && index.has(target) && files.has(target));
}

/** The files or folders of the projects that a compiler configuration refers to. */
export function referencesOf(path: string, { references }: Readonly<Record<string, unknown>>): string[] {
  if (!Array.isArray(references)) return [];
  return references.map((reference) => joinPath(folderOf(path), String(asRecord(reference).path ?? '')));
}

/** By the part of each pattern before its first wildcard. */
function includesFile(config: string, path: string, files: ReadonlyMap<string, string>): boolean {
  const { include } = asRecord(parseJson(files.get(config) ?? ''));
  const folder = folderOf(config);
  if (!Array.isArray(include)) return folder === '' || path.startsWith(`${folder}/`);
  return include.some((pattern) => {
    const fixed = joinPath(folder, String(pattern).split('*')[0] ?? '');
    return fixed === '' || path === fixed || path.startsWith(`${fixed}/`);
  });
}

interface Mapping {
  readonly aliases: readonly PathAlias[];
  readonly baseFolders: readonly string[];
}

const NO_MAPPING: Mapping = { aliases: [], baseFolders: [] };

function readCompilerConfig(
  path: string,
  known: { readonly index: RepositoryIndex; readonly files: ReadonlyMap<string, string>; readonly seen: Set<string> },
): Mapping {
  const text = known.files.get(path);
  if (text === undefined || known.seen.has(path) || known.seen.size > 8) return NO_MAPPING;
  known.seen.add(path);
  const config = asRecord(parseJson(text));
  const options = asRecord(config.compilerOptions);
  const folder = folderOf(path);
  const base = typeof options.baseUrl === 'string' ? joinPath(folder, options.baseUrl) : undefined;
  const own = Object.entries(asRecord(options.paths)).map(([pattern, targets]) => ({
    pattern,
    targets: (Array.isArray(targets) ? targets : []).map((target) => joinPath(base ?? folder, String(target))),
    declaredIn: path,
  }));
  const inherited = listParents(config)
    .map((parent) => findExtended(parent, folder, known.index))
    .map((parent) => (parent === undefined ? NO_MAPPING : readCompilerConfig(parent, known)));
  return {
    aliases: options.paths === undefined ? inherited.flatMap((mapping) => mapping.aliases) : own,
    baseFolders: base === undefined ? inherited.flatMap((mapping) => mapping.baseFolders) : [base],
  };
}

/**
 * `alias` entries of a bundler's configuration, read from its text: each `key: ...'./path'` on one line, or
 * `find: key, replacement: ...'./path'`.
 */
function readBundlerAliases(path: string, text: string): PathAlias[] {
  const start = text.search(/\balias\b/);
  if (start < 0) return [];
  const folder = folderOf(path);
  const aliases: PathAlias[] = [];
  const block = text.slice(start, start + 4000).replace(/,\s{1,40}replacement\b/g, ', replacement');
  const entry = /(?:find\s{0,4}:\s{0,4})?(["']?)([@~#$\w][\w@~#$/*-]{0,60})\1\s{0,4}[:,](?=([^\n]{1,300}))/g;
  for (const match of block.matchAll(entry)) {
    const target = /["'`]\.{0,2}\/?([\w@.()/-]{1,200}|)["'`]\s{0,4}[),\]}]*/g;
    // Several entries on one line: this one ends where the next key begins.
    const [value] = (match[3] ?? '').split(/,\s{0,4}["']?[\w@~#$/*-]{1,60}["']?\s{0,4}:/);
    const strings = [...(value ?? '').matchAll(target)]
      .map((found) => found[0])
      .filter((found) => /[./\w]/.test(found));
    const last = strings.at(-1)?.replace(/^["'`]|["'`][\s),\]}]*$/g, '');
    const key = match[2] ?? '';
    if (last === undefined || key === 'alias' || key === 'find' || !/^[@~#$]|^src$|\//.test(key)) continue;
    const to = joinPath(folder, last.replace(/^\/(?=src|app|lib)/, ''));
    const prefix = key.replace(/\/\*?$/, '');
    aliases.push({ pattern: `${prefix}/*`, targets: [joinPath(to.replace(/\/\*$/, ''), '*')], declaredIn: path });
    aliases.push({ pattern: prefix, targets: [to], declaredIn: path });
  }
  return aliases;
}

/** SvelteKit maps `$lib`, Docusaurus `@site`, Nuxt `~` and `@` (source folder), `~~` and `@@` (root) and `#shared`, without anybody saying so. */
function frameworkAliases(path: string, index: RepositoryIndex): PathAlias[] {
  const folder = folderOf(path);
  const name = baseName(path);
  const make = (prefix: string, target: string): PathAlias[] => [
    { pattern: `${prefix}/*`, targets: [joinPath(folder, target, '*')], declaredIn: undefined },
    { pattern: prefix, targets: [joinPath(folder, target)], declaredIn: undefined },
  ];
  if (name.startsWith('svelte.')) return make('$lib', 'src/lib');
  if (name.startsWith('docusaurus.')) return make('@site', '');
  if (!name.startsWith('nuxt.')) return [];
  const sources =
    index.hasFolder(joinPath(folder, 'app/pages')) || index.has(joinPath(folder, 'app/app.vue')) ? 'app' : '';
  return [
    ...make('~', sources),
    ...make('@', sources),
    ...make('~~', ''),
    ...make('@@', ''),
    ...make('#shared', 'shared'),
  ];
}

/** The paths that a specifier stands for under an alias; undefined when the alias does not match. */
export function applyAlias(alias: PathAlias, specifier: string): readonly string[] | undefined {
  const star = alias.pattern.indexOf('*');
  if (star < 0) return alias.pattern === specifier ? alias.targets : undefined;
  const head = alias.pattern.slice(0, star);
  const tail = alias.pattern.slice(star + 1);
  if (!specifier.startsWith(head) || !specifier.endsWith(tail) || specifier.length < head.length + tail.length)
    return undefined;
  const rest = specifier.slice(head.length, specifier.length - tail.length);
  return alias.targets.map((target) => joinPath(target.replace('*', () => rest)));
}
