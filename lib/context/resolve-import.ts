import { asRecord, type Manifest } from './manifests.js';
import { type AliasScope, applyAlias, createAliasFinder, type PathAlias } from './path-aliases.js';
import { extensionOf, folderOf } from './readable-files.js';
import { joinPath, type RepositoryIndex } from './repository-index.js';

/** Where an import leads. Paths are relative to the repository root. */
export type Resolution =
  | { readonly outcome: 'file'; readonly path: string; readonly alias?: PathAlias }
  /** Nothing at the path as written; this file differs in case only. Fine on macOS, fatal on Linux. */
  | { readonly outcome: 'wrong-case'; readonly path: string; readonly alias?: PathAlias }
  /** A path inside the repository without a file. `path` is as written, perhaps without an extension. */
  | { readonly outcome: 'missing-file'; readonly path: string; readonly alias?: PathAlias }
  /** Looks like an alias (`@/x`, `~/x`, `#x`, `$x`) and no configuration maps it. `path`: the file it seems to mean. */
  | { readonly outcome: 'unmapped-alias'; readonly prefix: string; readonly path: string | undefined }
  /** A package of the workspace whose manifest leads to no file of the tree. */
  | { readonly outcome: 'missing-entry'; readonly manifest: string; readonly name: string }
  | { readonly outcome: 'package'; readonly name: string }
  /** Given by Node or by a framework. */
  | { readonly outcome: 'virtual' };

export interface ImportResolver {
  resolve(importer: string, specifier: string): Resolution;
  /** Alias and compiler configuration in charge of a file. */
  findAliases(importer: string): AliasScope;
  /** The manifest in the file's folder or the nearest above. */
  findManifest(path: string): Manifest | undefined;
  /** A package of the workspace, by the name in its manifest. */
  findWorkspace(name: string): Manifest | undefined;
}

const NODE_BUILTINS = new Set(
  'assert assert/strict async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns dns/promises domain events fs fs/promises http http2 https inspector module net os path path/posix path/win32 perf_hooks process punycode querystring readline readline/promises repl stream stream/promises stream/web string_decoder sys timers timers/promises tls trace_events tty url util util/types v8 vm wasi worker_threads zlib'.split(
    ' ',
  ),
);

/** Extensions tried behind a path, in the order bundlers try them. */
const TRIED = '.ts .tsx .d.ts .js .jsx .mjs .cjs .mts .cts .json .vue .svelte .astro .mdx .css .scss .sass .less'.split(
  ' ',
);

/** TypeScript sources are imported under the name of what they compile to. */
const COMPILED_FROM = new Map<string, readonly string[]>(
  Object.entries({
    js: ['.ts', '.tsx', '.jsx'],
    jsx: ['.tsx'],
    mjs: ['.mts'],
    cjs: ['.cts'],
  }),
);

export function isNodeBuiltin(specifier: string): boolean {
  return specifier.startsWith('node:') || NODE_BUILTINS.has(specifier);
}

/** `@scope/name` or `name` of a bare specifier. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export function createResolver(input: {
  readonly index: RepositoryIndex;
  readonly files: ReadonlyMap<string, string>;
  readonly manifests: readonly Manifest[];
}): ImportResolver {
  const { index, manifests } = input;
  const findAliases = createAliasFinder(index, input.files);
  const byFolder = new Map(manifests.map((manifest) => [manifest.folder, manifest]));
  const byName = new Map(manifests.flatMap((manifest) => (manifest.name ? [[manifest.name, manifest]] : [])));

  function findManifest(path: string): Manifest | undefined {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const manifest = byFolder.get(folder);
      if (manifest || folder === '') return manifest;
    }
  }

  function resolve(importer: string, written: string): Resolution {
    const specifier = written.split('?')[0] ?? '';
    if (specifier.startsWith('.')) return lookUp(joinPath(folderOf(importer), specifier), importer);
    // A generated module next to each route: its types come from the framework.
    if (isNodeBuiltin(specifier) || isVirtual(specifier)) return { outcome: 'virtual' };
    const scope = findAliases(importer);
    const mapped = resolveAlias(scope, specifier, importer);
    if (mapped?.outcome === 'file') return mapped;
    const manifest = findManifest(importer);
    if (specifier.startsWith('#')) return resolveSubpathImport(manifest, specifier) ?? mapped ?? unmapped(specifier);
    const workspace = byName.get(packageName(specifier));
    if (workspace && !mapped) return resolveWorkspace(workspace, specifier);
    if (mapped) return mapped;
    for (const folder of scope.baseFolders) {
      const found = lookUp(joinPath(folder, specifier), importer);
      if (found.outcome !== 'missing-file' || leadsInto(folder, specifier, manifest)) return found;
    }
    if (specifier.startsWith('/')) return lookUp(specifier.slice(1), importer);
    return resolveBare(specifier, manifest);
  }

  /** Whether a specifier that is looked up in this folder begins with one of its folders, and with no package. */
  function leadsInto(folder: string, specifier: string, manifest: Manifest | undefined): boolean {
    const [first = ''] = specifier.split('/');
    return (
      specifier !== first &&
      index.hasFolder(joinPath(folder, first)) &&
      !manifest?.dependencies.has(packageName(specifier))
    );
  }

  function resolveBare(specifier: string, manifest: Manifest | undefined): Resolution {
    const name = packageName(specifier);
    const declared = manifest?.dependencies.has(name) || byFolder.get('')?.dependencies.has(name);
    if (declared) return { outcome: 'package', name };
    if (/^[@~]\/|^~|^\$/.test(specifier)) return unmapped(specifier);
    // `@components/Card` and `src/lib/x` may be packages or aliases; a file of that path decides.
    const meant = specifier.includes('/') ? findBehind(specifier.replace(/^@/, '')) : undefined;
    if (meant === undefined) return { outcome: 'package', name };
    return { outcome: 'unmapped-alias', prefix: `${name.split('/')[0]}/`, path: meant };
  }

  function unmapped(specifier: string): Resolution {
    const prefix = /^[@~#$]\/?/.exec(specifier)?.[0] ?? '';
    return { outcome: 'unmapped-alias', prefix, path: findBehind(specifier.slice(prefix.length)) };
  }

  /** A file whose path ends as the specifier does, such as `src/lib/x.ts` for `lib/x`. */
  function findBehind(rest: string): string | undefined {
    for (const folder of ['', 'src', 'app', 'lib']) {
      const found = lookUp(joinPath(folder, rest), '');
      if (found.outcome === 'file') return found.path;
    }
    const tail = `/${rest.replace(/^\//, '')}`;
    return index.paths.find((path) => path.endsWith(tail) || dropExtension(path).endsWith(tail));
  }

  function resolveAlias(scope: AliasScope, specifier: string, importer: string): Resolution | undefined {
    let failed: Resolution | undefined;
    const matching = [...scope.aliases].sort((a, b) => b.pattern.length - a.pattern.length);
    for (const alias of matching) {
      if (alias.pattern === '*') continue;
      for (const path of applyAlias(alias, specifier) ?? []) {
        const found = { ...lookUp(path, importer), alias } as Resolution;
        if (found.outcome === 'file') return found;
        if (!failed || (failed.outcome === 'missing-file' && found.outcome === 'wrong-case')) failed = found;
      }
    }
    return failed;
  }

  /** `#name` by the `imports` of the nearest manifest. */
  function resolveSubpathImport(manifest: Manifest | undefined, specifier: string): Resolution | undefined {
    const targets = matchSubpath(asRecord(manifest?.fields.imports), specifier);
    return manifest && targets.length > 0 ? lookUpEntry(manifest, targets) : undefined;
  }

  function resolveWorkspace(workspace: Manifest, specifier: string): Resolution {
    const name = packageName(specifier);
    const subpath = specifier.slice(name.length + 1);
    const { exports } = workspace.fields;
    if (exports !== undefined) {
      const map =
        typeof exports === 'object' && exports !== null && isSubpathMap(exports) ? asRecord(exports) : { '.': exports };
      const targets = matchSubpath(map, subpath === '' ? '.' : `./${subpath}`);
      return lookUpEntry(workspace, targets) ?? { outcome: 'missing-entry', manifest: workspace.path, name };
    }
    const entries =
      subpath === ''
        ? ['source', 'types', 'typings', 'module', 'main', 'svelte']
            .map((field) => workspace.fields[field])
            .filter((entry): entry is string => typeof entry === 'string')
            .concat('index', 'src/index')
        : [subpath, `src/${subpath}`];
    return lookUpEntry(workspace, entries) ?? { outcome: 'missing-entry', manifest: workspace.path, name };
  }

  function lookUpEntry(manifest: Manifest, targets: readonly string[]): Resolution | undefined {
    for (const target of targets.flatMap(sourcesOf)) {
      const found = lookUp(joinPath(manifest.folder, target), manifest.path);
      if (found.outcome === 'file') return found;
    }
    return undefined;
  }

  function lookUp(path: string, importer: string): Resolution {
    const candidates = expandPath(path, importer);
    const exact = candidates.find((candidate) => index.has(candidate));
    if (exact !== undefined) return { outcome: 'file', path: exact };
    for (const candidate of candidates) {
      const twin = index.findCaseTwin(candidate);
      if (twin !== undefined) return { outcome: 'wrong-case', path: twin };
    }
    return { outcome: 'missing-file', path };
  }

  return { resolve, findAliases, findManifest, findWorkspace: (name) => byName.get(name) };
}

/** Every path that a bundler would try for a path without knowing its extension. */
function expandPath(path: string, importer: string): string[] {
  const extension = extensionOf(path);
  const compiled = COMPILED_FROM.get(extension);
  const stem = compiled ? path.slice(0, -extension.length - 1) : path;
  const slash = path.lastIndexOf('/');
  const partial = `${path.slice(0, slash + 1)}_${path.slice(slash + 1)}`;
  return [
    path,
    ...(compiled ?? []).map((source) => stem + source),
    ...TRIED.map((tried) => path + tried),
    ...(/\.(?:s[ac]ss|vue|svelte|astro)$/.test(importer)
      ? [partial, `${partial}.scss`, `${partial}.sass`, joinPath(path, '_index.scss')]
      : []),
    ...TRIED.map((tried) => joinPath(path, `index${tried}`)),
  ];
}

/** A manifest's target and the sources it may be compiled from: `./dist/x.js` comes from `src/x.ts`. */
function sourcesOf(target: string): string[] {
  const source = target.replace(/^(?:\.\/)?(?:dist|build|lib|out|es|esm|cjs)\//, 'src/');
  const bare = source.replace(/\.d\.[cm]?ts$|\.[cm]?js$/, '');
  return source === target
    ? [target, target.replace(/\.d\.ts$/, '')]
    : [target, source, bare, bare.replace(/^src\//, '')];
}

function isSubpathMap(exports: object): boolean {
  return Object.keys(exports).some((key) => key.startsWith('.'));
}

/** Every string target of the entry that matches, `*` filled in. */
function matchSubpath(map: Readonly<Record<string, unknown>>, subpath: string): string[] {
  if (map[subpath] !== undefined) return collectStrings(map[subpath]);
  for (const [pattern, target] of Object.entries(map)) {
    const filled = applyAlias({ pattern, targets: ['*'], declaredIn: undefined }, subpath)?.[0];
    if (pattern.includes('*') && filled !== undefined)
      return collectStrings(target).map((entry) => entry.replace('*', () => filled));
  }
  return [];
}

function collectStrings(value: unknown, depth = 0): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null || depth > 6) return [];
  return Object.values(value).flatMap((inner) => collectStrings(inner, depth + 1));
}

function isVirtual(specifier: string): boolean {
  return (
    /^(?:virtual:|astro:|\$app\/|\$env\/|\$service-worker|#imports$|#app|#components|#build|\$types|data:|https?:|bun:|cloudflare:|\0)/.test(
      specifier,
    ) || specifier === ''
  );
}

function dropExtension(path: string): string {
  const extension = extensionOf(path);
  const stem = extension === '' ? path : path.slice(0, -extension.length - 1);
  return stem.endsWith('/index') ? stem.slice(0, -6) : stem;
}
