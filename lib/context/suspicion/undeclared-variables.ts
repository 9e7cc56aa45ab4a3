import { maskStyle } from '../mask-code.js';
import { keepBlocks } from '../outline-module.js';
import { folderOf } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import type { Survey } from '../survey.js';
import type { Suspicion } from './suspicion.js';

const SHEET = /\.scss$/;
const COMPONENT = /\.(?:vue|svelte|astro)$/;
const MOST_TEXT = 100_000;

/** Sheets, and style elements of components, that use a variable of Sass which no sheet of the repository declares. */
export function suspectUndeclaredVariables({ files, index, graph }: Survey): Suspicion[] {
  if (index.paths.some((path) => SHEET.test(path) && !files.has(path))) return [];
  const sheets = [...files].flatMap(([path, text]) => {
    const sheet = sheetOf(path, text.slice(0, MOST_TEXT));
    return sheet === undefined ? [] : [{ path, sheet }];
  });
  // What a package declares is not known; a bare name may be that of a neighbour all the same.
  const isOpen = sheets.some(({ path }) =>
    graph.edgesFrom(path).some(({ declaration: { specifier, form }, resolution }) => {
      const neighbours = [specifier, specifier.replace(/([^/]+)$/, '_$1')].map((name) =>
        joinPath(folderOf(path), `${name}.scss`),
      );
      return (
        form === 'style' &&
        resolution.outcome === 'package' &&
        !specifier.startsWith('sass:') &&
        !neighbours.some((neighbour) => index.has(neighbour))
      );
    }),
  );
  if (isOpen) return [];
  const declared = new Set(sheets.flatMap(({ sheet }) => namesIn(sheet, DECLARED)));
  return sheets.flatMap(({ path, sheet }) => {
    const unknown = namesIn(sheet, USED).find((name) => !declared.has(name));
    return unknown === undefined ? [] : [{ path, weight: 0.35, reason: `uses $${unknown}, which no sheet declares` }];
  });
}

const USED = /\$([A-Za-z_][\w-]*)(?![\w-])(?!\s{0,4}:)/g;
/** Assigned, a parameter of a mixin or a function, or the counter of a loop. */
const DECLARED = /\$([A-Za-z_][\w-]*)(?=\s{0,4}:)|(?<=@(?:mixin|function|each|for)\b[^{};]{0,300})\$([A-Za-z_][\w-]*)/g;

/** Sass takes a dash and an underscore for the same. */
function namesIn(sheet: string, pattern: RegExp): string[] {
  return [...sheet.matchAll(pattern)].map(([, name, other]) => (name ?? other ?? '').replaceAll('_', '-'));
}

function sheetOf(path: string, text: string): string | undefined {
  if (SHEET.test(path)) return maskStyle(text);
  if (!COMPONENT.test(path) || !/<style[^>]{0,200}lang=["']scss["']/.test(text)) return undefined;
  return maskStyle(keepBlocks(text, 'style'));
}
