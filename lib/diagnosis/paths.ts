/** Paths as build logs write them, to paths relative to the repository root with forward slashes. */

export interface PathBase {
  /** The Vercel project's root directory; '' is the repository root. */
  readonly rootDirectory: string;
  /** Absolute folders that hold the checkout, without a trailing slash; Vercel's own are known. */
  readonly checkouts: readonly string[];
  /** Folder of the package whose task printed the path, relative to the repository root. */
  readonly packageDirectory?: string;
}

const vercelCheckout = /^\/vercel\/(?:workpath\d+|path\d+)(?:\/|$)/;
/** A segment that only a build or an installation writes. */
const generatedSegment =
  /(?:^|\/)(?:node_modules\w{0,20}|\.next|\.nuxt|\.svelte-kit|\.astro|\.output|\.vercel|\.angular|\.turbo|\.react-router|\.vinxi|\.yarn|\.pnpm|\.pnp\.c?js|(?:dist|build)\/(?:server|client|chunks|pages|assets))(?:\/|$)/;
const systemRoot = /^\/(?:usr|opt|root|home|tmp|var|bin|etc|lib|proc|node\d*|vercel|private|Users|mnt|nix|snapshot)\//;
const bundlerScheme = /^(?:webpack-internal:\/\/\/|webpack:\/\/[^/]*\/|turbopack:\/\/\/?)/;
/** Layer names that webpack puts before a path: `(rsc)/./app/page.tsx`. */
const bundlerLayer =
  /^\((?:rsc|ssr|action-browser|app-pages-browser|pages-dir-browser|api|api-node|middleware|instrument|shared)\)\//;
/** Vite runs its configuration from a bundled copy beside the original. */
const viteTemporary = /(?:node_modules\/\.vite-temp\/)?([^/]{1,100}\.[cm]?[jt]s)\.timestamp-[\w-]{1,60}\.m?js$/;
/** So do other tools: `app.config.timestamp_1795.js`, `config.js.2f77074e.mjs`, `tsup.config.bundled_x1y2z3.mjs`. */
const vinxiTemporary = /(\.config)\.timestamp_\d{1,20}\.m?js$/;
const hashedCopy = /(\.[cm]?[jt]s)\.[0-9a-f]{6,12}\.m?js$/;
const bundledCopy = /\.bundled_\w{4,40}\.m?js$/;
const notAFile =
  /^(?:node:|data:|https?:|internal\/|<|native$|virtual:|\0|@astro(?:js)?-[\w-]{1,60}$|\[externals\]|\[turbopack|\[next\]|\[root-of|\[[^\]/]{1,80}\]\/\[[^\]/]{1,80}\]\/dist\/)/;

/**
 * The path within the repository; undefined for what is not a file of it: dependencies, generated files,
 * Node's own modules, anything outside the checkout.
 */
export function normalisePath(raw: string, base: PathBase): string | undefined {
  let known = normalised.get(base);
  if (known === undefined) {
    known = new Map();
    normalised.set(base, known);
  }
  if (!known.has(raw)) known.set(raw, normalise(raw, base));
  return known.get(raw);
}

/** A log names the same few files again and again. */
const normalised = new WeakMap<PathBase, Map<string, string | undefined>>();

function normalise(raw: string, base: PathBase): string | undefined {
  const cleaned = cleanPath(raw);
  if (cleaned === '' || notAFile.test(cleaned)) return undefined;
  const relative = toRelative(cleaned, base);
  if (relative === undefined || relative === '' || generatedSegment.test(relative)) return undefined;
  return relative;
}

/** True for what a stack names but nobody edits: dependencies, bundles, Node's own modules. */
export function isForeignPath(raw: string): boolean {
  const path = cleanPath(raw);
  return path === '' || notAFile.test(path) || generatedSegment.test(path) || !/\.\w{1,10}$/.test(path);
}

function cleanPath(raw: string): string {
  let path = raw
    .trim()
    .replace(/^["'`(]/, '')
    .replace(/["'`]$/, '');
  const loaders = path.lastIndexOf('!');
  if (loaders >= 0) path = path.slice(loaders + 1);
  if (path.startsWith('file:')) path = decodePath(path.replace(/^file:(?:\/\/(?=\/))?/, ''));
  if (bundlerScheme.test(path)) path = path.replace(bundlerScheme, '').replace(bundlerLayer, '');
  path = path
    .replaceAll('\\', '/')
    .replace(viteTemporary, '$1')
    .replace(vinxiTemporary, '$1.ts')
    .replace(hashedCopy, '$1')
    .replace(bundledCopy, '.ts');
  path = path.replace(/^\/?(?=[A-Za-z]:\/)/, '').replace(/^[A-Za-z]:(?=\/)/, '');
  const query = path.indexOf('?');
  return query > 0 ? path.slice(0, query) : path;
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

function toRelative(path: string, base: PathBase): string | undefined {
  if (path.startsWith('[project]/')) return underRoot(path.slice('[project]/'.length), base);
  if (!path.startsWith('/')) return underRoot(path, base);
  const vercel = vercelCheckout.exec(path);
  if (vercel !== null) return joinPath('', path.slice(vercel[0].length));
  for (const checkout of base.checkouts) {
    if (path.startsWith(`${checkout}/`)) return joinPath('', path.slice(checkout.length + 1));
  }
  // Vite names modules from its root: `/src/main.ts`.
  return systemRoot.test(path) ? undefined : underRoot(path.slice(1), base);
}

/** Read where the workspace begins, from wherever its tools are started. */
const ofWorkspace = /^(?:turbo\.jsonc?|nx\.json|lerna\.json|pnpm-workspace\.yaml)$/;

function underRoot(path: string, base: PathBase): string | undefined {
  if (ofWorkspace.test(path)) return path;
  const folder = base.packageDirectory ?? base.rootDirectory;
  // Turbopack prints paths from the workspace's root, even for an application further down.
  if (folder !== '' && joinPath('', path)?.startsWith(`${folder}/`)) return joinPath('', path);
  // Where the folder of the package that speaks is not known, its way up leads to the workspace's root at most.
  return joinPath(folder, path) ?? (folder === '' ? path.replace(/^(?:\.\.\/)+/, '') : undefined);
}

/** Undefined when the path leaves the repository. */
export function joinPath(folder: string, path: string): string | undefined {
  const segments: string[] = [];
  for (const segment of `${folder}/${path}`.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return undefined;
  }
  return segments.join('/');
}

/**
 * Absolute folders that a log shows to hold the checkout, for builds that ran elsewhere than on Vercel:
 * what stands before `/node_modules/`, and the folder in pnpm's script headers.
 */
export function findCheckouts(lines: readonly { readonly text: string }[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { text } of lines) {
    const end = text.indexOf('/node_modules/');
    if (end <= 0) continue;
    const before = text.slice(Math.max(0, end - 300), end);
    const start = Math.max(
      before.lastIndexOf(' '),
      before.lastIndexOf('('),
      before.lastIndexOf('"'),
      before.lastIndexOf("'"),
    );
    const folder = before.slice(start + 1).replace(/^(?:[\w-]+:\/\/|[\w-]+@)/, '');
    if (!folder.startsWith('/') || vercelCheckout.test(`${folder}/`) || /^\/(?:usr|opt|node\d*)\//.test(folder))
      continue;
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  // The shortest first would let `/home` win over a checkout below it; a checkout is never inside another's dependencies.
  return [...counts.keys()].sort((left, right) => left.length - right.length).slice(0, 4);
}

/** What fault locations and specifiers call a file: a last segment with an extension. */
export function looksLikeFile(path: string): boolean {
  return /(?:^|\/)[^/\s][^/]*\.[a-zA-Z][\w]{0,9}$/.test(path) && path.length < 400;
}
