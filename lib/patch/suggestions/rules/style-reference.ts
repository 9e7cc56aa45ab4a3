import type { Rule } from '../rule.js';
import { findStyleElements, type Range } from '../syntax/mask-markup.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineEnding, type Replacement, replaceRanges } from '../syntax/source-text.js';
import { relativePath } from '../syntax/specifier-for.js';
import type { Workspace } from '../workspace.js';

/** What Tailwind 4 says where a sheet that it compiles by itself has no theme at all. */
const NO_THEME = /Are you using CSS modules or similar and missing `@reference`\?/;
const MAIN = /@import\s+["']tailwindcss["']/;
const NEEDS = /@apply\s|@variant\s/;

/**
 * A CSS module, or the style of a component, that applies utilities without `@reference` to the sheet which imports Tailwind:
 * https://tailwindcss.com/docs/functions-and-directives#reference-directive. All of the package at once, since the build stops at
 * the first.
 */
export const styleReference: Rule = {
  name: 'style-reference',
  async propose(error, workspace) {
    if (!NO_THEME.test(error.message) || workspace.partial) return undefined;
    const [main, another] = workspace.paths.filter(
      (path) => /\.(?:css|pcss)$/.test(path) && MAIN.test(workspace.read(path) ?? ''),
    );
    if (main === undefined || another !== undefined) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = path === main ? undefined : workspace.read(path);
      const edits = text === undefined ? [] : referencesFor(path, text, relativePath(directoryOf(path), main));
      if (text !== undefined && edits.length > 0) files.set(path, replaceRanges(text, edits));
    }
    const [first] = files.keys();
    if (first === undefined || (error.file !== undefined && !files.has(error.file) && isStyled(error.file, workspace)))
      return undefined;
    return {
      files,
      cause: `${error.file ?? first} applies utilities, and Tailwind knows none there without \`@reference\`.`,
      change: `Refers to ${main}, the one sheet that imports Tailwind.`,
    };
  },
};

/** The file that the error names holds styles, and what it holds is none of those without a reference. */
function isStyled(file: string, workspace: Workspace): boolean {
  return NEEDS.test(workspace.read(file) ?? '');
}

function referencesFor(path: string, text: string, main: string): Replacement[] {
  const ending = lineEnding(text);
  return sheetsOf(path, text).flatMap(({ start, end }) => {
    const sheet = text.slice(start, end);
    if (!NEEDS.test(sheet) || /@(?:reference|import|config)\s/.test(sheet)) return [];
    const [, blank = '', indent = ''] = /^((?:[^\S\n]*\r?\n)?)([^\S\n]*)/.exec(sheet) ?? [];
    const at = start + blank.length;
    return [{ start: at, end: at, text: `${indent}@reference "${main}";${ending}${ending}` }];
  });
}

/** Sheets that are compiled each for itself. */
function sheetsOf(path: string, text: string): Range[] {
  if (/\.module\.(?:css|pcss)$/.test(path)) return [{ start: 0, end: text.length }];
  return /\.(?:vue|svelte|astro)$/.test(path) ? findStyleElements(text) : [];
}
