import { describe, expect, it } from 'vitest';
import { staticAttribute } from '../../../../lib/patch/suggestions/rules/static-attribute.js';
import { repairWith } from '../repository.js';

const wants = (type: string) => `Type 'string' is not assignable to type '${type}'.`;

function repair(file: string, text: string, facts: { message: string; at: string }, changes: object[] = []) {
  const before = text.slice(0, text.indexOf(facts.at)).split('\n');
  const error = { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1, message: facts.message };
  return repairWith(staticAttribute, error, { files: { [file]: text }, changes: changes as never });
}

describe('a text in a template where a component wants a value', () => {
  it.each([
    ['a.svelte', '<Tide metres="3" />', 'metres', wants('number'), '<Tide metres={3} />'],
    [
      'a.astro',
      '---\n---\n<Tide\n  metres="3.5"\n/>',
      'metres',
      wants('number | undefined'),
      '---\n---\n<Tide\n  metres={3.5}\n/>',
    ],
    [
      'a.vue',
      '<template><Tide metres="3" /></template>',
      'metres',
      wants('number'),
      '<template><Tide :metres="3" /></template>',
    ],
    [
      'a.vue',
      '<template><Tide spring="true" /></template>',
      'spring',
      wants('boolean'),
      '<template><Tide :spring="true" /></template>',
    ],
    [
      'a.vue',
      '<script setup lang="ts">\nconst height = 3;\n</script>\n<template><Tide metres="height" /></template>\n',
      'metres',
      wants('number'),
      '<script setup lang="ts">\nconst height = 3;\n</script>\n<template><Tide :metres="height" /></template>\n',
    ],
  ])('%s: %s', async (file, text, at, message, repaired) => {
    expect(await repair(file, text, { message, at })).toEqual({ [file]: repaired });
  });

  it.each([
    ['a number that would be another text', 'a.svelte', '<Tide metres="03" />', wants('number')],
    ['words', 'a.svelte', '<Tide metres="high" />', wants('number')],
    ['a name that nothing declares', 'a.vue', '<template><Tide metres="height" /></template>', wants('number')],
    ...[
      'const rise = () => { const height = 3; return height; };',
      'interface height {}',
      "import type { height } from './a';",
      "const height = 'high';",
      'function height() {}',
      "const height = ref('high');",
      'const { height } = defineProps<{ height: string }>();',
    ].map((code) => [
      code,
      'a.vue',
      `<script setup lang="ts">\n${code}\n</script>\n<template><Tide metres="height" /></template>`,
      wants('number'),
    ]),
    [
      'a script of which the template sees nothing',
      'a.vue',
      '<script lang="ts">\nconst height = 3;\n</script>\n<template><Tide metres="height" /></template>',
      wants('number'),
    ],
    [
      'a name that the template gives to something else',
      'a.vue',
      '<script setup lang="ts">\nconst height = 3;\n</script>\n<template><Tide v-for="height in a" metres="height" /></template>',
      wants('number'),
    ],
    [
      'what says yes in HTML',
      'a.vue',
      '<script setup lang="ts">\nconst metres = true;\n</script>\n<template><Tide metres="metres" /></template>',
      wants('boolean'),
    ],
    ['what is bound', 'a.vue', '<template><Tide :metres="height" /></template>', wants('number')],
    ['a type that takes other texts', 'a.svelte', '<Tide metres="3" />', wants('"low" | "high"')],
  ])('answers nothing for %s', async (_, file, text, message) => {
    expect(await repair(file, text, { message, at: 'metres' })).toBeUndefined();
  });

  it('answers nothing where the component changed: its type may be what is wrong', async () => {
    const changes = [
      { path: 'Tide.svelte', status: 'modified', hunks: '@@ -2 +2 @@\n-  metres: string;\n+  metres: number;' },
    ];

    expect(await repair('a.svelte', '<Tide metres="3" />', { message: wants('number'), at: 'metres' }, changes)).toBe(
      undefined,
    );
  });

  it.each([
    [' :metres="height" />', true],
    [' metres="height" />', false],
  ])('after%s', async (before, isNew) => {
    const text =
      '<script setup lang="ts">\nconst height = 3;\n</script>\n<template>\n<Tide metres="height" />\n</template>\n';
    const changes = [
      { path: 'a.vue', status: 'modified', hunks: `@@ -5 +5 @@\n-<Tide${before}\n+<Tide metres="height" />` },
    ];
    const answer = await repair('a.vue', text, { message: wants('number'), at: 'metres' }, changes);

    expect(answer !== undefined).toBe(isNew);
  });
});
