/** Routes that a file lists: React Router's `app/routes.ts`. */
import { folderOf } from './readable-files.js';
import { joinPath, type RepositoryIndex } from './repository-index.js';
import type { RouteFiles } from './routes.js';

const LIST = /(?:^|\/)(?:app|src)\/routes\.[cm]?[jt]s$/;
const MOST_TEXT = 100_000;

/** Whether the file may list routes. */
export function listsRoutes(path: string): boolean {
  return LIST.test(path);
}

interface ConfiguredRoute {
  readonly path: string;
  readonly segments: readonly string[];
  readonly layouts: readonly string[];
}

/** The module behind a route such as `/ports/KBH`, and the layouts around it; undefined where no list has it. */
export function findConfiguredRoute(
  files: ReadonlyMap<string, string>,
  index: RepositoryIndex,
  route: string,
): RouteFiles | undefined {
  const wanted = (route.split(/[?#]/)[0] ?? '')
    .replace(/\.data$/, '')
    .split('/')
    .filter(Boolean);
  for (const [list, text] of files) {
    if (!listsRoutes(list)) continue;
    const folder = folderOf(list);
    const root = ['tsx', 'jsx', 'ts', 'js'].map((extension) => joinPath(folder, `root.${extension}`));
    const matching = readRoutes(text.slice(0, MOST_TEXT))
      .filter(({ segments }) => answers(segments, wanted))
      .sort((a, b) => literal(b.segments) - literal(a.segments));
    const [best] = matching;
    if (best === undefined) continue;
    const here = (path: string) => joinPath(folder, path);
    const layouts = [...best.layouts.map(here), ...root].filter((path) => index.has(path));
    return index.has(here(best.path)) ? { pages: [here(best.path)], layouts, loaders: [] } : undefined;
  }
  return undefined;
}

function answers(segments: readonly string[], wanted: readonly string[]): boolean {
  const rest = segments.at(-1) === '*';
  if (rest ? wanted.length < segments.length - 1 : wanted.length !== segments.length) return false;
  return segments.every((segment, at) => segment === '*' || segment.startsWith(':') || segment === wanted[at]);
}

function literal(segments: readonly string[]): number {
  return segments.filter((segment) => !/^[:*]/.test(segment)).length;
}

const TOKEN = /\b(route|index|layout|prefix)\(\s*["'`]([^"'`\n]*)["'`](?:\s*,\s*["'`]([^"'`\n]*)["'`])?|[([{]|[)\]}]/g;

/** `prefix`, `layout` and `route` put what stands within their parentheses under them. */
function readRoutes(text: string): ConfiguredRoute[] {
  const routes: ConfiguredRoute[] = [];
  const open: { readonly segments: readonly string[]; readonly layout: string | undefined }[] = [];
  for (const { 0: token, 1: call, 2: first = '', 3: second } of text.matchAll(TOKEN)) {
    if (call === undefined) {
      if (/[([{]/.test(token)) open.push({ segments: [], layout: undefined });
      else open.pop();
      continue;
    }
    const above = open.flatMap(({ segments }) => segments);
    const layouts = open.flatMap(({ layout }) => layout ?? []).reverse();
    const own = call === 'route' || call === 'prefix' ? first.split('/').filter(Boolean) : [];
    if (call === 'index') routes.push({ path: first, segments: above, layouts });
    if (call === 'route' && second !== undefined) routes.push({ path: second, segments: [...above, ...own], layouts });
    open.push({ segments: own, layout: call === 'layout' ? first : call === 'route' ? second : undefined });
  }
  return routes;
}
