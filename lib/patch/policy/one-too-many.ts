/** Files of which one has to go, because another answers to the same address. */
import { escapePattern } from '../../context/word-pattern.js';
import { namesWord } from './diagnosis-text.js';
import type { PolicyInput } from './policy-rule.js';

/** Next.js on two files of which one may stay: `Both … "./middleware.ts" and … are detected. Please use "./proxy.ts" only.` */
const ONLY = /\buse "(?:\.\/)?([^"\n]{1,200})" only\b/;
/** Vercel on two functions, Next.js on two parameters in one place, and on a page beside a route handler. */
const PATHS = /The path "([^"\n]{1,200})" has conflicts with "([^"\n]{1,200})"/;
const PARAMETERS = /different slug names for the same dynamic path \('([^']{1,60})' !== '([^']{1,60})'\)/;
const HANDLER = /Conflicting route and page at (\/\S{0,200}?):? /;

/** Whether the diagnosis says that the file cannot stand beside another one, which stays. */
export function isOneTooMany(path: string, input: PolicyInput): boolean {
  const { diagnosis, context } = input;
  const inProject = context.rootDirectory === '' ? path : path.slice(context.rootDirectory.length + 1);
  return diagnosis.errors.some(({ message }) => {
    const kept = ONLY.exec(message)?.[1];
    if (kept !== undefined) return kept !== inProject && namesWord(message.replaceAll(/["']|\.\//g, ' '), inProject);
    return twinsOf(inProject, message, input).some((twin) => twin !== path && stays(twin, input));
  });
}

function twinsOf(inProject: string, message: string, { context }: PolicyInput): string[] {
  const folder = context.rootDirectory === '' ? '' : `${context.rootDirectory}/`;
  const paths = PATHS.exec(message)?.slice(1) ?? [];
  if (paths.includes(inProject)) return paths.map((one) => folder + one);
  const [one = '', other = ''] = PARAMETERS.exec(message)?.slice(1) ?? [];
  const own = [one, other].find((name) => name !== '' && inProject.includes(`[${name}]`));
  if (own !== undefined) {
    const twin = inProject.replace(`[${own}]`, `[${own === one ? other : one}]`).replace(/\.\w+$/, '');
    return context.tree.entries.flatMap((entry) =>
      entry.path.replace(/\.\w+$/, '') === folder + twin ? entry.path : [],
    );
  }
  const route = HANDLER.exec(message)?.[1];
  const beside =
    route === undefined ? null : new RegExp(`^(.*${escapePattern(route)}/)(?:route|page)\\.\\w+$`).exec(inProject);
  const place = beside?.[1];
  if (place === undefined) return [];
  return context.tree.entries.flatMap(({ path }) =>
    path.startsWith(folder + place) && /^(?:route|page)\.\w+$/.test(path.slice((folder + place).length)) ? path : [],
  );
}

function stays(path: string, { changes, context }: PolicyInput): boolean {
  const change = changes.find(({ file }) => file.path === path);
  return change === undefined ? context.tree.entries.some((entry) => entry.path === path) : change.after !== undefined;
}
