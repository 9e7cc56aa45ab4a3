import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';

const TWICE =
  /A component can have a single top-level `<script>` element|Single file component can contain only one <(?:script setup|script|template)> element/;
const BLOCK = /^<(script|template)\b[^>]*>[\s\S]*?^<\/\1>[^\S\n]*(?:\r?\n|$)/gm;

/** The script or template of a component twice, word for word, as a merge leaves it: the second goes. */
export const duplicateBlock: Rule = {
  name: 'duplicate-block',
  async propose(error, workspace) {
    const { file } = error;
    const text =
      file !== undefined && /\.(?:svelte|vue)$/.test(file) && TWICE.test(error.message)
        ? workspace.read(file)
        : undefined;
    if (file === undefined || text === undefined) return undefined;
    const seen = new Set<string>();
    const again = [...text.matchAll(BLOCK)].flatMap(({ index, 0: whole }) => {
      const words = whole.replace(/\s+/g, ' ').trim();
      if (seen.has(words)) {
        const blank = /^(?:[^\S\n]*\r?\n)*/.exec(text.slice(index + whole.length))?.[0].length ?? 0;
        return [{ start: index, end: index + whole.length + blank, text: '' }];
      }
      seen.add(words);
      return [];
    });
    if (again.length === 0) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, again)]]),
      cause: `${file} has the same part of a component twice, word for word.`,
      change: 'Takes away the second.',
    };
  },
};
