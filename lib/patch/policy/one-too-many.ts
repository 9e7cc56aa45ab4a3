/** Files of which one has to go, because another answers to the same address. */
import { baseName, folderOf } from '../../context/readable-files.js';
import { indexRepository } from '../../context/repository-index.js';
import { findRouteFiles } from '../../context/routes.js';
import type { BuildError } from '../../diagnosis/diagnosis.js';
import { namesWord } from './diagnosis-text.js';
import type { PolicyInput } from './policy-rule.js';

/** Next.js on two files of which one may stay: `Both … "./middleware.ts" and … are detected. Please use "./proxy.ts" only.` */
const ONLY = /\buse "(?:\.\/)?([^"\n]{1,200})" only\b/;
/** Two files by their paths: Vercel on functions, Next.js on its two routers, Astro on pages. */
const PATHS = [
  /The path "([^"\n]{1,200})" has conflicts with "([^"\n]{1,200})"/,
  /Conflicting app and page file[^"]{0,200}"([^"\n]{1,200})" - "([^"\n]{1,200})"/,
  /is defined in both "([^"\n]{1,200})" and "([^"\n]{1,200})"/,
];
/** Two parameters in one place. */
const PARAMETERS = /different slug names for the same dynamic path \('([^']{1,60})' !== '([^']{1,60})'\)/;
/** An address that several files answer: a page beside a handler, in two groups, in both routers. */
const ROUTES = [
  /Conflicting route and page at (\/\S{0,200}?):? /,
  /two parallel pages that resolve to the same path\. Please check (\/\S{0,200}) and /,
  /both match path: (\/\S{0,200})/,
  /The "(\/[^"\n]{0,200})" and "\/[^"\n]{0,200}" routes conflict with each other/,
];

/** What says the repository's own code, or quotes it: its words are no tool's. */
const OF_CODE: ReadonlySet<BuildError['kind']> = new Set(['prerender', 'page-data', 'type', 'lint', 'script-failed']);

/** Whether the diagnosis says that the file cannot stand beside another one, which stays. */
export function isOneTooMany(path: string, input: PolicyInput): boolean {
  const { diagnosis, context } = input;
  const inProject = context.rootDirectory === '' ? path : path.slice(context.rootDirectory.length + 1);
  return diagnosis.errors.some(({ kind, message }) => {
    if (OF_CODE.has(kind)) return false;
    const kept = ONLY.exec(message)?.[1];
    if (kept !== undefined) return kept !== inProject && namesWord(message.replaceAll(/["']|\.\//g, ' '), inProject);
    return twinsOf(inProject, message, input).some((twin) => twin !== path && stays(twin, input));
  });
}

/** What stands in the file that the framework wants alone, where the patch leaves it as it is. */
export function keptBeside(path: string, input: PolicyInput): string | undefined {
  const { diagnosis, context, changes } = input;
  const kept = diagnosis.errors.flatMap(({ message }) => ONLY.exec(message)?.[1] ?? [])[0];
  if (kept === undefined || !isOneTooMany(path, input)) return undefined;
  const twin = context.rootDirectory === '' ? kept : `${context.rootDirectory}/${kept}`;
  return changes.some(({ file }) => file.path === twin) ? undefined : context.files.get(twin);
}

function twinsOf(inProject: string, message: string, { context }: PolicyInput): string[] {
  const folder = context.rootDirectory === '' ? '' : `${context.rootDirectory}/`;
  const paths = PATHS.flatMap((pattern) => pattern.exec(message)?.slice(1) ?? []);
  const isThere = (path: string) => context.tree.entries.some((entry) => entry.path === path);
  // Next.js names the files of its two routers from the folder in which both stand: https://nextjs.org/docs/app/api-reference/file-conventions/src-folder
  const base = paths.some((one) => isThere(folder + one)) ? '' : 'src/';
  if (paths.some((one) => base + one === inProject)) return paths.map((one) => folder + base + one);
  const [one = '', other = ''] = PARAMETERS.exec(message)?.slice(1) ?? [];
  const own = [one, other].find((name) => name !== '' && inProject.includes(`[${name}]`));
  if (own !== undefined) {
    const twin = inProject.replace(`[${own}]`, `[${own === one ? other : one}]`).replace(/\.\w+$/, '');
    return context.tree.entries.flatMap((entry) =>
      entry.path.replace(/\.\w+$/, '') === folder + twin ? entry.path : [],
    );
  }
  const route = ROUTES.map((pattern) => pattern.exec(message)?.[1]).find((found) => found !== undefined);
  if (route === undefined) return [];
  const { pages } = findRouteFiles(indexRepository(context.tree), context.rootDirectory, route);
  const answering = pages.filter((page) => !baseName(page).startsWith('default.'));
  const page = answering.find(
    (candidate) => candidate === folder + inProject || isPartOf(folder + inProject, candidate),
  );
  return answering.filter((candidate) => page !== undefined && candidate !== page);
}

/** SvelteKit makes one page of several files. */
function isPartOf(path: string, page: string): boolean {
  return folderOf(path) === folderOf(page) && baseName(path).startsWith('+page') && baseName(page).startsWith('+page');
}

function stays(path: string, { changes, context }: PolicyInput): boolean {
  const change = changes.find(({ file }) => file.path === path);
  return change === undefined ? context.tree.entries.some((entry) => entry.path === path) : change.after !== undefined;
}
