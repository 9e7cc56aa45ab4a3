import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { editDistance, findTwin, isOneOfMany } from '../distance.js';
import type { Rule } from '../rule.js';
import { findMovedRoute } from '../syntax/moved-route.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';
import { wrongValueOf } from '../wrong-value.js';

const LINKING = /(?<!\.(?:test|spec))\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?|svx|html)$/;

/**
 * A link to a page that a site generator did not find while it rendered the pages, or that a router's types do not know:
 * the diff since the last READY deployment moved that page, or it is one slip away from exactly one route of the tree.
 */
export const deadLink: Rule = {
  name: 'dead-link',
  async propose(error, workspace) {
    const refused = await refusedRouteOf(error, workspace);
    const link = lostLinkOf(error) ?? refused?.link;
    if (link === undefined || workspace.partial) return undefined;
    const from = error.route ?? placeOf(error, workspace);
    const route = link.startsWith('/') ? link : resolveLink(link, from);
    const moved = findMovedRoute(workspace, route);
    const right = moved === undefined ? respell(workspace, error, { link, route }) : linkTo(moved, { link, from });
    if (right === undefined || refused?.allowed?.includes(right) === false) return undefined;

    const files = new Map<string, string>();
    let line = 0;
    // A relative link means something else elsewhere.
    const searched = link.startsWith('/') ? workspace.paths : sourcesOf(error, workspace);
    for (const path of searched) {
      const text = LINKING.test(path) ? workspace.read(path) : undefined;
      const places = text === undefined ? [] : placesOf(text, link);
      const replacements = places
        .filter(({ start }) => moved === undefined || isLinkTo(error, workspace, { path, text: text ?? '', start }))
        .map((place) => ({ ...place, text: right }));
      if (text === undefined || replacements.length === 0) continue;
      line ||= lineOf(text, replacements[0]?.start ?? 0);
      files.set(path, replaceRanges(text, replacements));
    }
    const [first] = files.keys();
    if (first === undefined) return undefined;
    return {
      files,
      cause: `${first}, line ${line}, links to \`${link}\`, which is no page.`,
      change:
        moved === undefined
          ? `Links to \`${right}\`, the only page with so similar a path.`
          : `Links to \`${right}\`, where that page stands since the last good deployment.`,
    };
  },
};

/** As it is written, without what follows the path. */
function lostLinkOf({ tool, code, message, specifier }: BuildError): string | undefined {
  const isLost =
    (tool === 'sveltekit' && (code === '404' || code === 'http-404')) ||
    (tool === 'docusaurus' && code === 'links') ||
    (tool === 'vitepress' && code === 'dead-link');
  const link = isLost
    ? specifier
    : /^There is no page "(\/[^"]+)"|^Prerendering (\/\S+) failed: \[404\]/.exec(message)?.slice(1).find(Boolean);
  return link?.replace(/[?#].*$/, '').replace(/(?<=.)(?:\/|\.mdx?|\.html)$/, '');
}

interface RefusedRoute {
  readonly link: string;
  /** The routes that exist, where the tool lists them. */
  readonly allowed: readonly string[] | undefined;
}

/** What a compiler says of a route that the router's types do not have. */
async function refusedRouteOf(error: BuildError, workspace: Workspace): Promise<RefusedRoute | undefined> {
  const bare = (route: string) => route.replace(/[?#].*$/, '').replace(/(?<=.)\/$/, '');
  const route = /^(?:Type error: )?"(\/[^"]{1,200})" is not an existing route\b/.exec(error.message)?.[1];
  if (route !== undefined) return { link: bare(route), allowed: undefined };
  const { received = '', allowed = [] } = (await wrongValueOf(error, workspace)) ?? {};
  return received.startsWith('/') ? { link: bare(received), allowed } : undefined;
}

/** The same link with one part spelt otherwise. */
function respell(
  workspace: Workspace,
  error: BuildError,
  { link, route }: { readonly link: string; readonly route: string },
): string | undefined {
  // What a compiler refuses it corrects itself, where there is anything like it.
  const slip = lostLinkOf(error) === undefined ? undefined : findSlip(workspace, route);
  const written = link.split('/');
  if (!slip || written.at(slip.fromEnd) !== slip.wrong) return undefined;
  const right = written.with(slip.fromEnd, slip.right).join('/');
  if (sourcesOf(error, workspace).some((path) => isCalledSo(workspace.read(path) ?? '', link, slip.wrong)))
    return undefined;
  // A page of one and a page of many are two where a page leads to both.
  const leadsToBoth = (path: string) =>
    [link, right].every((target) => placesOf(workspace.read(path) ?? '', target).length > 0);
  return isOneOfMany(slip.wrong, slip.right) && sourcesOf(error, workspace).some(leadsToBoth) ? undefined : right;
}

/** Whether the words of a link there say the same: `<a href="/trial">Free trial</a>` leads to a page that is yet to come. */
function isCalledSo(text: string, link: string, word: string): boolean {
  const said = new RegExp(`\\b${escapePattern(word)}\\b`, 'i');
  return placesOf(text, link).some(({ start, end }) => {
    const [, ofMarkdown = ''] = /\[([^\]\n]*)\]\($/.exec(text.slice(0, start)) ?? [];
    const [, ofMarkup = ''] = /^[^<>]*>([^<]*)/.exec(text.slice(end)) ?? [];
    return said.test(ofMarkdown) || said.test(ofMarkup);
  });
}

/** The route as the link would write it: from the root, or from the page that links. */
function linkTo(route: string, { link, from }: { readonly link: string; readonly from: string }): string {
  if (link.startsWith('/')) return route;
  const relative = relativePath(from.split('/').slice(1, -1).join('/'), route.slice(1));
  return link.startsWith('./') ? relative : relative.replace(/^\.\//, '');
}

/**
 * Whether the text there is a link: by what takes it, or because it stands in the very page that the error speaks of.
 * Redirects go on naming the old place.
 */
function isLinkTo(
  { file, line, route }: BuildError,
  workspace: Workspace,
  { path, text, start }: { readonly path: string; readonly text: string; readonly start: number },
): boolean {
  if (SETTINGS.test(path)) return false;
  const before = text.slice(Math.max(0, start - 80), start).replace(/["'`]$/, '');
  if (TAKES_LINK.test(before)) return true;
  if (/\b(?:source|from|path|old)\w*["']?\s*[:=]\s*$/i.test(before) || /^[^"'`\n]*["'`]\]?\s*:/.test(text.slice(start)))
    return false;
  if (path === file) return line === undefined || lineOf(text, start) === line;
  const { pages, layouts, loaders } = workspace.findRoute(route ?? '/');
  return route !== undefined && [...pages, ...layouts, ...loaders].includes(path);
}

const SETTINGS = /(?:^|\/)[\w.-]+\.config\.[cm]?[jt]s$/;
const TAKES_LINK =
  /(?:\b(?:href|to|action|url|link|destination)["']?\s*[=:]\s*\{?\s*["']?|\]\(\s*|\b(?:goto|[Rr]edirect|navigate|navigateTo|revalidatePath|preloadData)\(\s*(?:\d{3},\s*)?|\b(?:\$?router|history)\w*\.(?:push|replace|prefetch)\(\s*)$/;

/** The file as if it were served from the root directory. */
function placeOf({ file = '' }: BuildError, { rootDirectory }: Workspace): string {
  return file.startsWith(`${rootDirectory}/`) ? file.slice(rootDirectory.length) : `/${file}`;
}

function resolveLink(link: string, from: string): string {
  const folders = from.split('/').slice(0, -1);
  for (const part of link.split('/')) {
    if (part === '..') folders.pop();
    else if (part !== '.') folders.push(part);
  }
  return folders.join('/');
}

interface Slip {
  readonly wrong: string;
  readonly right: string;
  /** Which part of the path it is, counted as by `at`: from its end. */
  readonly fromEnd: number;
}

/** The one part of a route that has to be spelt otherwise to lead to a page; undefined where a page may answer it as it is. */
function findSlip(workspace: Workspace, route: string): Slip | undefined {
  const { pages } = workspace.findRoute(route);
  if (pages.length > 0) return findRecordSlip(workspace, route, pages);
  const wanted = route.split('/');
  const routes = workspace
    .listRoutes()
    .map((other) => other.split('/'))
    .filter((parts) => parts.length === wanted.length);
  const slips = wanted.flatMap((wrong, at): Slip[] => {
    const siblings = routes.filter((parts) => parts.every((part, index) => index === at || part === wanted[index]));
    const right = findTwin(
      wrong,
      siblings.map((parts) => parts[at] ?? ''),
    );
    return right === undefined ? [] : [{ wrong, right, fromEnd: at - wanted.length }];
  });
  return slips.length === 1 ? slips[0] : undefined;
}

/**
 * The last part of an address that a page with a parameter answers: records and documents that have a value of the parameter's name
 * say which addresses there are.
 */
function findRecordSlip(workspace: Workspace, route: string, [page = '']: readonly string[]): Slip | undefined {
  const parameter = /[[$](?:\.{3})?(\w{1,40})(?:=\w+)?\]?(?:\/\+?(?:page|index)\b)?[\w.]*$/.exec(page)?.[1];
  const wrong = route.split('/').at(-1) ?? '';
  if (parameter === undefined || wrong === '') return undefined;
  const field = new RegExp(`(?<![\\w-])["']?${parameter}["']?\\s*:\\s*["']?([\\w-]{2,80})["']?\\s*(?=[,}\\r\\n])`, 'g');
  const known = workspace.paths.flatMap((path) =>
    RECORDS.test(path) ? [...(workspace.read(path) ?? '').matchAll(field)].map(([, value = '']) => value) : [],
  );
  const documents = workspace.tree.flatMap((path) => /([^/]+)\.(?:mdx?|svx|json|ya?ml)$/.exec(path)?.[1] ?? []);
  const all = known.length > 0 ? known : documents;
  const isGone = workspace.changes.some(
    ({ status, path }) =>
      status === 'removed' &&
      path
        .split('/')
        .at(-1)
        ?.replace(/\.\w+$/, '') === wrong,
  );
  const right = all.includes(wrong) || isGone ? undefined : (findTwin(wrong, all) ?? findNearest(wrong, all));
  return right === undefined ? undefined : { wrong, right, fromEnd: -1 };
}

/** In an address of several words one letter makes no other address, where the list of them is closed. */
function findNearest(wrong: string, all: readonly string[]): string | undefined {
  const digitsOf = (name: string) => name.replace(/\D/g, '');
  const [only, another] = new Set(all.filter((other) => editDistance(wrong, other, 1) === 1));
  const isOne =
    only !== undefined &&
    another === undefined &&
    only.length > 7 &&
    /[a-z]-[a-z]/.test(only) &&
    digitsOf(wrong) === digitsOf(only) &&
    differsInLongWord(wrong, only);
  return isOne ? only : undefined;
}

/** `our-plan-a` and `our-plan-b` are two. */
function differsInLongWord(wrong: string, other: string): boolean {
  const [words, others] = [wrong.split('-'), other.split('-')];
  return (
    words.length !== others.length ||
    words.every((word, index) => word === others[index] || Math.min(word.length, others[index]?.length ?? 0) > 3)
  );
}

const RECORDS = /\.(?:[cm]?[jt]s|json|ya?ml|mdx?)$/;

function sourcesOf({ file, route }: BuildError, workspace: Workspace): readonly string[] {
  if (file !== undefined) return [file];
  return route === undefined ? [] : workspace.findRoute(route).pages;
}

/** Where the text links there: as a whole string, attribute or target of Markdown, with whatever follows the path. */
function placesOf(text: string, link: string): Omit<Replacement, 'text'>[] {
  const places: Omit<Replacement, 'text'>[] = [];
  for (let start = text.indexOf(link); start >= 0; start = text.indexOf(link, start + 1)) {
    const end = start + link.length;
    if (/["'`(=]/.test(text[start - 1] ?? '') && /^(?:\.mdx?|\.html)?\/?["'`)?#\s>]/.test(text.slice(end, end + 8)))
      places.push({ start, end });
  }
  return places;
}
