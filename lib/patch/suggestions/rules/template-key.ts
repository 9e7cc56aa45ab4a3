import type { Rule } from '../rule.js';
import { type MarkupTag, scanMarkup } from '../syntax/scan-markup.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';

const MISPLACED = /<template v-for> key should be placed on the <template> tag/;
const KEY = /^(?::|v-bind:)key$/;

/** `:key` on what stands in `<template v-for>`: in Vue 3 it belongs to the template, https://v3-migration.vuejs.org/breaking-changes/key-attribute.html. */
export const templateKey: Rule = {
  name: 'template-key',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.vue') && MISPLACED.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const edits = moveKeys(text, scanMarkup(file, text));
    if (edits === undefined || edits.length === 0) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} has the key of a \`<template v-for>\` on what stands in it.`,
      change: 'Puts the key on the template, as the compiler asks.',
    };
  },
};

/** Undefined where the children of one template have different keys. */
function moveKeys(text: string, tags: readonly MarkupTag[]): Replacement[] | undefined {
  const edits: Replacement[] = [];
  const open: MarkupTag[] = [];
  const keys = new Map<MarkupTag, { readonly value: string; readonly edits: Replacement[] }>();
  for (const tag of tags) {
    if (tag.role === 'close') {
      const at = open.findLastIndex(({ name }) => name === tag.name);
      if (at >= 0) open.length = at;
      continue;
    }
    const parent = open.at(-1);
    const key = tag.attributes.find(({ name }) => KEY.test(name));
    const isLoop = (one: MarkupTag) => one.attributes.some(({ name }) => name === 'v-for');
    if (parent?.name === 'template' && isLoop(parent) && key?.value && !isLoop(tag)) {
      const written = text.slice(key.start, key.end).slice(0, key.value.start - key.start);
      const value = `${written.includes('=') ? written : `${key.name}=`}${text.slice(key.value.start, key.value.end)}`;
      const space = /\s*$/.exec(text.slice(0, key.start))?.[0].length ?? 0;
      const known = keys.get(parent);
      if (known && known.value !== value) return undefined;
      const removal = { start: key.start - space, end: key.value.end, text: '' };
      keys.set(parent, { value, edits: [...(known?.edits ?? []), removal] });
    }
    if (tag.role === 'open') open.push(tag);
  }
  for (const [parent, { value, edits: removals }] of keys) {
    if (parent.attributes.some(({ name }) => KEY.test(name))) return undefined;
    const end = parent.end - 1;
    edits.push(...removals, { start: end, end, text: ` ${value}` });
  }
  return edits;
}
