import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { scanMarkup } from '../syntax/scan-markup.js';
import { replaceRanges } from '../syntax/source-text.js';

const MIXED = /Cannot use `<slot>` syntax and `\{@render \.\.\.\}` tags in the same component/;

/**
 * `<slot />` beside `{@render ...}` in a component of Svelte that takes `children` from `$props()`: the default slot is what they
 * are, https://svelte.dev/docs/svelte/v5-migration-guide#Snippets-instead-of-slots. A named slot, or one with content, is another matter.
 */
export const legacySlot: Rule = {
  name: 'legacy-slot',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') && MIXED.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    if (!/\{[^{};]*(?<![\w$])children(?![\w$:])[^{};]*\}[^;]*=\s*\$props\(\)/.test(text)) return undefined;
    const slots = scanMarkup(file, text).filter(({ kind, name }) => kind === 'element' && name === 'slot');
    const edits = slots.flatMap((tag, at) => {
      if (tag.role === 'close') return [];
      const end = tag.role === 'empty' ? tag : slots[at + 1];
      const isPlain =
        tag.attributes.length === 0 &&
        (tag.role === 'empty' || (end?.role === 'close' && text.slice(tag.end, end.start).trim() === ''));
      return [{ start: tag.start, end: isPlain && end ? end.end : -1, text: '{@render children?.()}' }];
    });
    if (edits.length === 0 || edits.some(({ end }) => end < 0)) return undefined;
    const repaired = replaceRanges(text, edits);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} has \`<slot>\` and \`{@render ...}\`, of which Svelte takes one at a time.`,
      change: 'Renders `children`, which are what the slot held.',
    };
  },
};
