import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { replaceRanges } from '../syntax/source-text.js';

const NO_STORE =
  /Cannot use 'page' as a store\.|\bstore\.subscribe is not a function|`page` is not a store|store_invalid_shape/;
const USE = /(?<![\w$.'"`])\$page(?![\w$'"`])/g;

/**
 * `$page.url` where `page` comes from `$app/state`, which holds no stores: it is read without the mark,
 * https://svelte.dev/docs/kit/migrating-to-sveltekit-2#SvelteKit-2.12:-$app-stores-deprecated. Every component that writes so.
 */
export const pageStore: Rule = {
  name: 'page-store',
  async propose(error, workspace) {
    if (!NO_STORE.test(error.message)) return undefined;
    const files = new Map<string, string>();
    for (const path of workspace.paths) {
      const text = path.endsWith('.svelte') ? workspace.read(path) : undefined;
      const uses = [...(text ?? '').matchAll(USE)];
      if (text === undefined || uses.length === 0) continue;
      const { program } = await workspace.parse(path, text);
      const isState = importsOf(program).some(
        ({ specifier, imported, local }) => specifier === '$app/state' && imported === 'page' && local === 'page',
      );
      if (!isState) continue;
      // A statement of the old kind does not run again for what is no store.
      if (/(?:^|\n)\s*\$:\s/.test(text)) return undefined;
      files.set(
        path,
        replaceRanges(
          text,
          uses.map(({ index }) => ({ start: index, end: index + 1, text: '' })),
        ),
      );
    }
    const [first] = files.keys();
    if (first === undefined || (error.file !== undefined && !files.has(error.file))) return undefined;
    return {
      files,
      cause: `${first} reads \`page\` of \`$app/state\` as if it were a store.`,
      change: 'Reads `page` itself, as the guide of SvelteKit says.',
    };
  },
};
