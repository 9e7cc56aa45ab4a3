import { describe, expect, it } from 'vitest';
import type { BuildError } from '../../../../lib/diagnosis/diagnosis.js';
import type { Rule } from '../../../../lib/patch/suggestions/rule.js';
import { blockKeyword } from '../../../../lib/patch/suggestions/rules/block-keyword.js';
import { duplicateEntry } from '../../../../lib/patch/suggestions/rules/duplicate-entry.js';
import { markupComment } from '../../../../lib/patch/suggestions/rules/markup-comment.js';
import { repairWith } from '../repository.js';

type Case = readonly [
  name: string,
  rule: Rule,
  error: Partial<BuildError> & { readonly file: string },
  text: string,
  repaired: string | undefined,
];

const svelte = { tool: 'svelte', kind: 'syntax' as const, file: 'a.svelte', message: 'Expected token }' };
const vue = { tool: 'vite', kind: 'syntax' as const, file: 'a.vue', message: 'v-for has invalid expression.' };
const attributes = (file: string, message = 'JSX elements cannot have multiple attributes with the same name.') => ({
  file,
  message,
});
const properties = {
  file: 'a.ts',
  line: 3,
  message: 'An object literal cannot have multiple properties with the same name.',
};
const tsx = { file: 'a.tsx', kind: 'syntax' as const, message: 'Unexpected token' };
const page = (inner: string) => `export const A = () => (\n  <div>\n    ${inner}\n    low\n  </div>\n);\n`;

const cases: readonly Case[] = [
  [
    'a misspelt part of a block',
    blockKeyword,
    svelte,
    '{#if a}\n  b\n{:esle}\n  c\n{/if}\n',
    '{#if a}\n  b\n{:else}\n  c\n{/if}\n',
  ],
  ['a misspelt start of a block', blockKeyword, svelte, '{#fi a}\n  b\n{/if}\n', '{#if a}\n  b\n{/if}\n'],
  [
    'a misspelt end of a block',
    blockKeyword,
    svelte,
    '{#each a as b}\n  {b}\n{/eahc}\n',
    '{#each a as b}\n  {b}\n{/each}\n',
  ],
  [
    'a part of a block without its mark',
    blockKeyword,
    svelte,
    '{#if a}\n  b\n{else}\n  c\n{/if}\n',
    '{#if a}\n  b\n{:else}\n  c\n{/if}\n',
  ],
  [
    'a misspelt loop of Vue',
    blockKeyword,
    vue,
    '<template>\n  <p v-for="(a, i) fo tides" :key="i">{{ a }}</p>\n  <p v-for="a in tides">b</p>\n</template>\n',
    '<template>\n  <p v-for="(a, i) of tides" :key="i">{{ a }}</p>\n  <p v-for="a in tides">b</p>\n</template>\n',
  ],
  [
    'a loop of Vue that may be two',
    blockKeyword,
    vue,
    '<template>\n  <p v-for="a on tides">b</p>\n</template>\n',
    undefined,
  ],
  ['a word that is like no keyword', blockKeyword, svelte, '{#loop a}\n  b\n{/loop}\n', undefined],
  ['a file with another fault besides', blockKeyword, svelte, '{#fi a}\n  b\n{/if}\n<p\n', undefined],
  [
    'an attribute twice in JSX',
    duplicateEntry,
    attributes('a.tsx'),
    'const a = <p id="a" lang="b" id="a">c</p>;\n',
    'const a = <p id="a" lang="b">c</p>;\n',
  ],
  [
    'an attribute with two values',
    duplicateEntry,
    attributes('a.tsx'),
    'const a = <p id="a" id="b">c</p>;\n',
    undefined,
  ],
  [
    'an attribute twice in Vue',
    duplicateEntry,
    attributes('a.vue', 'Duplicate attribute.'),
    '<template>\n  <p\n    id="a"\n    id="a"\n  >b</p>\n</template>\n',
    '<template>\n  <p\n    id="a"\n  >b</p>\n</template>\n',
  ],
  [
    'an attribute twice in Svelte',
    duplicateEntry,
    attributes('a.svelte', 'Attributes need to be unique'),
    '<p class={a} class={a}>b</p>\n',
    '<p class={a}>b</p>\n',
  ],
  [
    'a property twice',
    duplicateEntry,
    properties,
    'export const a = {\n  b: 1,\n  b: 1,\n  c: 2,\n};\n',
    'export const a = {\n  b: 1,\n  c: 2,\n};\n',
  ],
  [
    'a property twice at the end of a line',
    duplicateEntry,
    { ...properties, line: 1 },
    'export const a = { b: 1, b: 1 };\n',
    'export const a = { b: 1 };\n',
  ],
  [
    'a property twice with others spread',
    duplicateEntry,
    { ...properties, line: 1 },
    'export const a = { b: 1, ...c, b: 1 };\n',
    undefined,
  ],
  ['a property with two values', duplicateEntry, properties, 'export const a = {\n  b: 1,\n  b: 2,\n};\n', undefined],
  ['a comment of HTML in JSX', markupComment, tsx, page('<!-- the tide -->'), page('{/* the tide */}')],
  ['a comment of HTML that ends one of JavaScript', markupComment, tsx, page('<!-- a */ b -->'), undefined],
  ['a comment of HTML beside another fault', markupComment, tsx, page('<!-- the tide --> {'), undefined],
  ['a comment of HTML in a text', markupComment, tsx, "export const a = '<!-- tide -->';\n", undefined],
];

describe('slips in templates', () => {
  it.each(cases)('%s', async (_, rule, error, text, repaired) => {
    expect(await repairWith(rule, error, { files: { [error.file]: text } })).toEqual(
      repaired === undefined ? undefined : { [error.file]: repaired },
    );
  });
});

describe('a comment of HTML in MDX', () => {
  // micromark-extension-mdx-jsx, as @mdx-js/mdx words it with the hint in brackets
  const refused = (line: number, column = 2, file = 'docs/a.mdx') => ({
    file,
    line,
    ...(column > 0 && { column }),
    kind: 'syntax' as const,
    message:
      'Unexpected character `!` (U+0021) before name, expected a character that can start a name, such as a letter, `$`, or `_` (note: to create a comment in MDX, use `{/* text */}`)',
  });
  const fence = '```html\n<!-- shown -->\n```\n';

  it.each([
    ['on a line of its own', refused(3), '# A\n\n<!-- note -->\n', '# A\n\n{/* note */}\n'],
    ['in a document of Markdown that is read so', refused(1, 2, 'docs/a.md'), '<!-- note -->\n', '{/* note */}\n'],
    ['within a line', refused(1, 7), 'Text <!-- note --> goes on.\n', 'Text {/* note */} goes on.\n'],
    ['without a column', refused(1, 0), 'Text <!-- note -->\n', 'Text {/* note */}\n'],
    ['over lines', refused(1), '<!-- one\n\ntwo -->\n', '{/* one\n\ntwo */}\n'],
    [
      'and the others of the document, but for those in code',
      refused(1),
      `<!-- a -->\n\n${fence}\n\`<!-- b -->\`\n\n- <!-- c -->\n\n<A b="<!-- d -->" />\n`,
      `{/* a */}\n\n${fence}\n\`<!-- b -->\`\n\n- {/* c */}\n\n<A b="<!-- d -->" />\n`,
    ],
  ])('becomes one of MDX: %s', async (_, error, text, repaired) => {
    expect(await repairWith(markupComment, error, { files: { [error.file]: text } })).toEqual({
      [error.file]: repaired,
    });
  });

  it.each([
    ['the error means another place', refused(2), '<!-- note -->\n<!doctype>\n'],
    ['it would end early', refused(1), '<!-- a */ b -->\n'],
    ['it stands in code', refused(2), fence],
    ['an empty line would tear it from its paragraph', refused(1, 7), 'Text <!-- a\n\nb --> goes on.\n'],
    ['it is not closed', refused(1), '<!-- note\n'],
  ])('stays where %s', async (_, error, text) => {
    expect(await repairWith(markupComment, error, { files: { [error.file]: text } })).toBeUndefined();
  });
});

it('a comment of HTML in a string is what the string says', async () => {
  const text = (comment: string) =>
    `const shell = '<p><!--outlet--></p>';\nexport const A = () => (\n  <div>\n    ${comment}\n    {shell}\n  </div>\n);\n`;
  const error = { kind: 'syntax' as const, file: 'a.tsx', line: 4, message: 'Unexpected token' };

  expect(await repairWith(markupComment, error, { files: { 'a.tsx': text('<!-- note -->') } })).toEqual({
    'a.tsx': text('{/* note */}'),
  });
});
