import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { resolveSpecifier } from '../syntax/resolve-specifier.js';
import { replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';

/** A component of Astro, Vue or Svelte that is imported without its extension, which no compiler guesses. */
export const componentExtension: Rule = {
  name: 'component-extension',
  async propose(error, workspace) {
    const specifier = unresolvedSpecifierOf(error);
    const { file } = error;
    const text = file === undefined || !(isScript(file) || isComponentFile(file)) ? undefined : workspace.read(file);
    if (specifier === undefined || file === undefined || text === undefined) return undefined;
    const path = resolveSpecifier(workspace, file, specifier);
    const extension = /\.(?:astro|vue|svelte)$/.exec(path ?? '')?.[0];
    if (path === undefined || extension === undefined || specifier.endsWith(extension)) return undefined;
    const stem = path.slice(0, -extension.length);
    if (stem.split('/').at(-1) !== specifier.split('/').at(-1)) return undefined;
    // Another file of that name may be what is meant.
    if (workspace.tree.filter((other) => other.startsWith(`${stem}.`)).length !== 1) return undefined;
    const uses = specifiersOf(await workspace.parse(file, text)).filter((use) => use.specifier === specifier);
    if (uses.length === 0) return undefined;
    const edits = uses.map(({ end }) => ({ start: end - 1, end: end - 1, text: extension }));
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} imports \`${specifier}\` without the extension of ${path}.`,
      change: `Writes \`${specifier}${extension}\`.`,
    };
  },
};
