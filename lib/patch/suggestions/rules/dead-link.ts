import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findTwin } from '../distance.js';
import type { Rule } from '../rule.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const LINKING = /(?<!\.(?:test|spec))\.(?:[cm]?[jt]sx?|vue|svelte|astro|mdx?|svx|html)$/;

/**
 * A link to a page that a site generator did not find while it rendered the pages, one slip away from exactly one route
 * of the tree, wherever it is written out.
 */
export const deadLink: Rule = {
  name: 'dead-link',
  async propose(error, workspace) {
    const link = lostLinkOf(error);
    if (link === undefined || workspace.partial) return undefined;
    const route = link.startsWith('/') ? link : resolveLink(link, error.route ?? placeOf(error, workspace));
    const slip = findSlip(workspace, route);
    const written = link.split('/');
    if (!slip || written.at(slip.fromEnd) !== slip.wrong) return undefined;
    const right = written.with(slip.fromEnd, slip.right).join('/');

    const files = new Map<string, string>();
    let line = 0;
    // A relative link means something else elsewhere.
    const searched = link.startsWith('/') ? workspace.paths : sourcesOf(error, workspace);
    for (const path of searched) {
      const text = LINKING.test(path) ? workspace.read(path) : undefined;
      const replacements = text === undefined ? [] : placesOf(text, link).map((place) => ({ ...place, text: right }));
      if (text === undefined || replacements.length === 0) continue;
      line ||= lineOf(text, replacements[0]?.start ?? 0);
      files.set(path, replaceRanges(text, replacements));
    }
    const [first] = files.keys();
    if (first === undefined) return undefined;
    return {
      files,
      cause: `${first}, line ${line}, links to \`${link}\`, which is no page.`,
      change: `Links to \`${right}\`, the only page with so similar a path.`,
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
  if (workspace.findRoute(route).pages.length > 0) return undefined;
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
