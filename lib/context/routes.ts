import { baseName, extensionOf, folderOf, isSource } from './readable-files.js';
import type { RepositoryIndex } from './repository-index.js';

/** The files that make one route. */
export interface RouteFiles {
  /** The page, endpoint or component that answers the route; several where routes are parallel. */
  readonly pages: readonly string[];
  /** Layouts, templates, boundaries and `_app` around the page, the nearest first. */
  readonly layouts: readonly string[];
  /** `+page.server.ts` and its like: data loaders in files of their own. */
  readonly loaders: readonly string[];
}

const NO_ROUTE: RouteFiles = { pages: [], layouts: [], loaders: [] };

/** A boundary (`error`, `not-found`, `loading`) stands beside the page and wraps nothing that is prerendered. */
type Role = 'page' | 'layout' | 'loader' | 'boundary';

/** One route file: the folder segments that it answers, and what it is there. */
interface RouteFile {
  readonly path: string;
  readonly role: Role;
  readonly segments: readonly string[];
}

/**
 * The files behind a route such as `/blog/hello` or `/blog/[slug]`, under the project's root directory first.
 * Understands Next.js (both routers), SvelteKit, Nuxt, Astro and React Router's file routes, told by where files lie.
 */
export function findRouteFiles(index: RepositoryIndex, rootDirectory: string, route: string): RouteFiles {
  const wanted = splitRoute(route);
  const found = findBySegments(index, rootDirectory, wanted);
  const [first, ...rest] = wanted;
  // Routers that translate put the language in front of a page that lies without it.
  if (found.pages.length > 0) return found;
  const content = findContent(index, rootDirectory, wanted);
  if (content.length > 0) return { ...found, pages: content };
  const metadata = OF_METADATA.exec(wanted.at(-1) ?? '')?.[1];
  if (metadata !== undefined) return findBySegments(index, rootDirectory, [...wanted.slice(0, -1), metadata]);
  return LANGUAGE.test(first ?? '') ? findBySegments(index, rootDirectory, rest) : found;
}

/** What the App Router makes of `robots.ts` and its like. */
const OF_METADATA = /^(robots|sitemap|manifest)\.(?:txt|xml|webmanifest)$/;

/** Site generators serve `docs/02-guide/01-start.mdx` as `/docs/guide/start`. */
function findContent(index: RepositoryIndex, rootDirectory: string, wanted: readonly string[]): string[] {
  if (wanted.length === 0) return [];
  const route = wanted.join('/');
  return index.paths.filter((path) => {
    const served = servedContent(path, rootDirectory);
    return served === route || served?.endsWith(`/${route}`);
  });
}

/** Undefined for what is no document. */
function servedContent(path: string, rootDirectory: string): string | undefined {
  if (!/\.(?:mdx?|svx)$/.test(path) || (rootDirectory !== '' && !path.startsWith(`${rootDirectory}/`)))
    return undefined;
  const inside = rootDirectory === '' ? path : path.slice(rootDirectory.length + 1);
  return inside.replace(/(?:\/(?:index|\+page))?\.\w+$/, '').replace(/(?<=^|\/)\d{1,4}[-_.]\s?/g, '');
}

/** Folders whose documents are served from the root or from a path of the folder's name, as the site is set up. */
const CONTENT_ROOT = /^(?:docs|content|pages|routes)$/;

/** Every route without parameters that the tree has a page for, such as `/guides/knots`, and each that a document may have. */
export function listRoutes(index: RepositoryIndex, rootDirectory: string): string[] {
  const pages = listRouteFiles(index, rootDirectory).filter(
    ({ role, segments }) => role === 'page' && !segments.some((segment) => segment.includes('[')),
  );
  // Beside SvelteKit's pages lie the components that they use.
  const marked = pages.filter(({ path }) => baseName(path).startsWith('+'));
  const documents = index.paths.flatMap((path) => {
    const segments = servedContent(path, rootDirectory)?.split('/') ?? [];
    const starts = segments.flatMap((segment, at) => (CONTENT_ROOT.test(segment) ? [at + 1] : []));
    return [0, ...starts].map((start) => segments.slice(start).filter((segment) => !isGroup(segment)));
  });
  const all = [...(marked.length > 0 ? marked : pages).map(({ segments }) => segments), ...documents];
  return [...new Set(all.filter((segments) => segments.length > 0).map((segments) => `/${segments.join('/')}`))];
}

/**
 * The parts of the route that a page answers, parameters as `[name]`; of a document, those of its path: it may be served
 * from the root or from any of its folders. Undefined for what is neither.
 */
export function segmentsOfPage(
  path: string,
  rootDirectory: string,
): { readonly segments: readonly string[]; readonly isDocument: boolean } | undefined {
  const page = isSource(path) ? describeRouteFile(path, rootDirectory) : undefined;
  if (page?.role === 'page') return { segments: page.segments, isDocument: false };
  const served = servedContent(path, rootDirectory)?.split('/');
  return served && { segments: served, isDocument: true };
}

/** A language tag as paths bear it: `en`, `de-CH`, `zh-Hant`. */
const LANGUAGE = /^[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?$/;

function findBySegments(index: RepositoryIndex, rootDirectory: string, wanted: readonly string[]): RouteFiles {
  const all = listRouteFiles(index, rootDirectory);
  const special = findSpecialPages(wanted, all);
  const matches =
    special ??
    bestMatches(
      all.filter((file) => file.role === 'page'),
      wanted,
    );
  const first = matches[0];
  if (!first) return wanted.length === 0 ? NO_ROUTE : { ...NO_ROUTE, layouts: rootLayouts(all) };
  return {
    pages: matches.map((file) => file.path),
    layouts: enclosing(all, matches, 'layout'),
    loaders: enclosing(all, matches, 'loader').filter((path) => folderOf(path) === folderOf(first.path)),
  };
}

/** A log may name fifty routes of one tree. */
const known = new WeakMap<RepositoryIndex, Map<string, RouteFile[]>>();

function listRouteFiles(index: RepositoryIndex, rootDirectory: string): RouteFile[] {
  const lists = known.get(index) ?? new Map<string, RouteFile[]>();
  known.set(index, lists);
  const list =
    lists.get(rootDirectory) ??
    index.paths.filter(isSource).flatMap((path) => describeRouteFile(path, rootDirectory) ?? []);
  lists.set(rootDirectory, list);
  return list;
}

/** Whether a file is a page, layout or loader of any framework's router: a place where imports start. */
export function isRouteFile(path: string): boolean {
  return isSource(path) && describeRouteFile(path, '') !== undefined;
}

function splitRoute(route: string): string[] {
  return (route.split(/[?#]/)[0] ?? '')
    .replace(/\/(?:page|route)$/, '')
    .split('/')
    .filter((segment) => segment !== '' && !isGroup(segment) && segment !== 'index');
}

function isGroup(segment: string): boolean {
  return /^\([^.].*\)$/.test(segment) || segment.startsWith('@');
}

/** Undefined for files that no router looks at. The deepest `app`, `pages` or `routes` folder is the router's. */
function describeRouteFile(path: string, rootDirectory: string): RouteFile | undefined {
  const inside =
    rootDirectory === ''
      ? path
      : path.startsWith(`${rootDirectory}/`)
        ? path.slice(rootDirectory.length + 1)
        : undefined;
  if (inside === undefined) return undefined;
  const folders = folderOf(inside).split('/').filter(Boolean);
  const name = baseName(inside);
  const stem = name.slice(0, -extensionOf(name).length - 1);
  const at = folders.findIndex((folder) => folder === 'app' || folder === 'pages' || folder === 'routes');
  const make = (role: Role, segments: readonly string[]): RouteFile => ({
    path,
    role,
    segments: segments.filter((segment) => !isGroup(segment)),
  });

  if (stem.startsWith('+')) {
    const start = folders.indexOf('routes') + 1;
    const role = /^\+(?:layout|error)/.test(stem)
      ? 'layout'
      : /^\+page$/.test(stem) && extensionOf(name) !== 'svelte'
        ? 'loader'
        : stem.startsWith('+page.')
          ? 'loader'
          : 'page';
    return make(role, folders.slice(start));
  }
  const answer = describeNitroRoute(stem, folders, make) ?? describeNuxtLayout(folders, name, make);
  if (answer || at < 0) return answer;
  const router = folders[at];
  // `app/pages` and `app/routes` belong to Nuxt and React Router, whatever the name of the folder above.
  const inner =
    router === 'app' ? folders.findIndex((folder, depth) => depth > at && /^(?:pages|routes)$/.test(folder)) : -1;
  const segments = folders.slice((inner < 0 ? at : inner) + 1);
  if (router === 'app' && inner < 0)
    return describeAppRoute(stem, segments, make) ?? describeRoot(stem, segments, make);
  if (router === 'routes' || folders[inner] === 'routes') return describeFlatRoute(stem, segments, make);
  if (/^_(?:app|document|error)$/.test(stem)) return make('layout', []);
  return make('page', stem === 'index' ? segments : [...segments, stem]);
}

function describeAppRoute(
  stem: string,
  segments: readonly string[],
  make: (role: Role, segments: readonly string[]) => RouteFile,
) {
  if (/^(?:page|route|default|sitemap|robots|manifest|opengraph-image|twitter-image|icon|apple-icon)$/.test(stem))
    return make('page', /^(?:page|route|default)$/.test(stem) ? segments : [...segments, stem]);
  if (stem === 'layout' || stem === 'template') return make('layout', segments);
  return /^(?:loading|error|global-error|not-found)$/.test(stem) ? make('boundary', segments) : undefined;
}

/** React Router's `app/root.tsx` and Nuxt's `app/app.vue`. */
function describeRoot(
  stem: string,
  segments: readonly string[],
  make: (role: Role, segments: readonly string[]) => RouteFile,
) {
  return segments.length === 0 && /^(?:root|app|error)$/.test(stem) ? make('layout', []) : undefined;
}

/** Nitro's `server/api/tides.get.ts` and `server/routes/feed.xml.ts`: https://nitro.build/guide/routing */
function describeNitroRoute(
  stem: string,
  folders: readonly string[],
  make: (role: Role, segments: readonly string[]) => RouteFile,
) {
  const [server, kind, ...inner] = folders;
  if (server !== 'server' || (kind !== 'api' && kind !== 'routes')) return undefined;
  const own = stem.replace(/\.(?:get|post|put|patch|delete|head|options)$/, '');
  return make('page', [...(kind === 'api' ? ['api'] : []), ...inner, ...(own === 'index' ? [] : [own])]);
}

function describeNuxtLayout(
  folders: readonly string[],
  name: string,
  make: (role: Role, segments: readonly string[]) => RouteFile,
) {
  const wraps =
    name.endsWith('.vue') &&
    (folders.at(-1) === 'layouts' || (folders.length === 0 && /^(?:app|error)\.vue$/.test(name)));
  return wraps ? make('layout', []) : undefined;
}

/** `routes/blog.$slug.tsx`, `routes/blog_.new.tsx`, `routes/_index.tsx`, `routes/blog/index.tsx`. */
function describeFlatRoute(
  stem: string,
  folders: readonly string[],
  make: (role: Role, segments: readonly string[]) => RouteFile,
) {
  const own = stem === 'route' || stem === 'index' ? [] : stem.split('.');
  const segments = [...folders.flatMap((folder) => folder.split('.')), ...own]
    .filter((segment) => !segment.startsWith('_') || segment === '_index')
    .filter((segment) => segment !== '_index')
    .map((segment) =>
      segment
        .replace(/_$/, '')
        .replace(/^\$$/, '[...rest]')
        .replace(/^\$(.+)$/, '[$1]'),
    );
  const pathless = own.length === 1 && stem.startsWith('_') && stem !== '_index';
  return make(pathless ? 'layout' : 'page', segments);
}

/** `/404`, `/_not-found` and `/500` are rendered from files of other names. */
function findSpecialPages(wanted: readonly string[], all: readonly RouteFile[]): RouteFile[] | undefined {
  const name = wanted.length === 1 ? wanted[0] : undefined;
  const stems =
    name === '404' || name === '_not-found'
      ? /(?:^|\/)(?:not-found|404|_error)\.[a-z]+$/
      : name === '500' || name === '_error' || name === '_global-error'
        ? /(?:^|\/)(?:global-error|error|500|_error)\.[a-z]+$/
        : undefined;
  if (!stems) return undefined;
  const found = all.filter((file) => stems.test(file.path) && file.segments.length <= 1);
  return found.length > 0 ? found : undefined;
}

/** How well a page answers the route: static segments weigh more than dynamic ones. 0 is no answer. */
function rateMatch(segments: readonly string[], wanted: readonly string[]): number {
  let score = 1;
  for (let at = 0; at < segments.length; at += 1) {
    const segment = segments[at] ?? '';
    const rest = /^\[{1,2}\.\.\./.test(segment);
    if (rest) return wanted.length >= at + (segment.startsWith('[[') ? 0 : 1) ? score + 0.1 : 0;
    const value = wanted[at];
    if (value === undefined) return segment.startsWith('[[') ? score : 0;
    if (segment === value || sameParameter(segment, value)) score += 2;
    else if (segment.includes('[')) score += 1;
    else return 0;
  }
  return wanted.length === segments.length ? score : 0;
}

/** `[slug]` in the tree and `:slug` in a log are one. */
function sameParameter(segment: string, value: string): boolean {
  return /^[:$]/.test(value) && segment.replace(/\W/g, '') === value.replace(/\W/g, '');
}

function bestMatches(pages: readonly RouteFile[], wanted: readonly string[]): RouteFile[] {
  const rated = pages
    .map((file) => ({ file, score: rateMatch(file.segments, wanted) }))
    .filter(({ score }) => score > 0);
  const best = Math.max(0, ...rated.map(({ score }) => score));
  return rated.filter(({ score }) => score === best).map(({ file }) => file);
}

/** Files of a role whose segments are a prefix of the page's, the nearest first. */
function enclosing(all: readonly RouteFile[], pages: readonly RouteFile[], role: Role): string[] {
  const around = all.filter(
    (file) =>
      file.role === role &&
      pages.some(
        (page) =>
          file.segments.every((segment, at) => page.segments[at] === segment) && sharesGroups(file.path, page.path),
      ),
  );
  return around.sort((a, b) => b.segments.length - a.segments.length).map((file) => file.path);
}

/** A layout inside a group wraps the pages of that group only. */
function sharesGroups(layout: string, page: string): boolean {
  const groups = folderOf(layout).split('/').filter(isGroup);
  const around = folderOf(page).split('/').filter(isGroup);
  return groups.every((group) => around.includes(group));
}

function rootLayouts(all: readonly RouteFile[]): string[] {
  return all
    .filter(
      (file) => file.role === 'layout' && file.segments.length === 0 && !folderOf(file.path).split('/').some(isGroup),
    )
    .map((file) => file.path);
}

/** A segment of an address as people write it; one that is no valid encoding stays as it is. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** What loads the data of a page or layout of SvelteKit, beside it: https://svelte.dev/docs/kit/load */
export function findPageLoaders(path: string, index: RepositoryIndex): string[] {
  const stem = /^(?:.*\/)?\+(?:page|layout)(?=\.svelte$)/.exec(path)?.[0];
  if (stem === undefined) return [];
  return ['.ts', '.js', '.server.ts', '.server.js'].map((end) => stem + end).filter((file) => index.has(file));
}
