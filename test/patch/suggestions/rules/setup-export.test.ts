import { describe, expect, it } from 'vitest';
import { setupExport } from '../../../../lib/patch/suggestions/rules/setup-export.js';
import { repairWith } from '../repository.js';

describe('setup-export', () => {
  const message =
    '[@vue/compiler-sfc] <script setup> cannot contain ES module exports. If you are using a previous version of <script setup>, please consult the updated RFC';
  const tag = '<script setup lang="ts">';
  const template = '\n<template>\n  <p>{{ LIMIT }}</p>\n</template>\n';
  const page =
    '<script setup lang="ts">\nimport Badge, { LIMIT } from \'./Badge.vue\';\n</script>\n\n<template><Badge :limit="LIMIT" /></template>\n';
  const repair = async (badge: string, others: Readonly<Record<string, string>> = { 'src/Page.vue': page }) =>
    (
      await repairWith(
        setupExport,
        { tool: 'vite', kind: 'syntax', file: 'src/Badge.vue', message },
        { files: { 'src/Badge.vue': badge, ...others } },
      )
    )?.['src/Badge.vue'];

  it.each<[string, string, string]>([
    [
      'a constant',
      `${tag}\nimport { a } from './a';\n\n/** In grams. */\nexport const LIMIT = 9000;\n\ndefineProps<{ b: string }>();\n</script>\n`,
      `<script lang="ts">\n/** In grams. */\nexport const LIMIT = 9000;\n</script>\n\n${tag}\nimport { a } from './a';\n\ndefineProps<{ b: string }>();\n</script>\n`,
    ],
    [
      'one of JavaScript, indented',
      `<script setup>\n  export const LIMIT = { most: [9, 12], unit: 'kg' }\n  const a = LIMIT.most\n</script>\n`,
      `<script>\n  export const LIMIT = { most: [9, 12], unit: 'kg' }\n</script>\n\n<script setup>\n  const a = LIMIT.most\n</script>\n`,
    ],
    [
      'a function',
      `${tag}\nconst b = 1;\nexport function LIMIT(n: number): string {\n  const c = Math.round(n);\n  return String(c);\n}\n</script>\n`,
      `<script lang="ts">\nexport function LIMIT(n: number): string {\n  const c = Math.round(n);\n  return String(c);\n}\n</script>\n\n${tag}\nconst b = 1;\n</script>\n`,
    ],
    [
      'beside a plain script that is there',
      `<script lang="ts">\nexport default { inheritAttrs: false };\n</script>\n\n${tag}\nexport const LIMIT: Record<string, number> = { a: 1 };\nconst b = 1;\n</script>\n`,
      `<script lang="ts">\nexport default { inheritAttrs: false };\n\nexport const LIMIT: Record<string, number> = { a: 1 };\n</script>\n\n${tag}\nconst b = 1;\n</script>\n`,
    ],
    [
      'and leaves types, which it may export',
      `${tag}\nexport interface Props { a: string }\nexport const LIMIT = 1 as const;\n</script>\n`,
      `<script lang="ts">\nexport const LIMIT = 1 as const;\n</script>\n\n${tag}\nexport interface Props { a: string }\n</script>\n`,
    ],
  ])('moves %s to a plain script', async (_, before, after) => {
    expect(await repair(before + template)).toBe(after + template);
  });

  it('moves two of which one is made of the other', async () => {
    const most = 'export const MOST = 10;\nexport const LIMIT = MOST - 1;\n';
    const others = { 'src/a.ts': "import { LIMIT, MOST } from './Badge.vue';\n" };
    expect(await repair(`${tag}\n${most}const a = LIMIT;\n</script>\n`, others)).toBe(
      `<script lang="ts">\n${most}</script>\n\n${tag}\nconst a = LIMIT;\n</script>\n`,
    );
  });

  it.each([
    ['it is a ref, of which each component has its own', 'export const LIMIT = ref(9);'],
    ['it is made of what the component has', 'const most = 1;\nexport const LIMIT = most;'],
    ['it is made of an import', "import { most } from './a';\nexport const LIMIT = [most];"],
    ['it is made of what a framework imports by itself', 'export const LIMIT = runtimeConfig;'],
    ['a function uses the props', 'const props = defineProps<{ a: number }>();\nexport const LIMIT = () => props.a;'],
    ['a function calls what a framework imports by itself', 'export const LIMIT = () => useState();'],
    ['its type is one of the component', 'interface A { a: number }\nexport const LIMIT: A = { a: 1 };'],
    ['it may be given another value', 'export let LIMIT = 1;'],
    ['it stands in a list', 'const LIMIT = 1;\nexport { LIMIT };'],
    ['it is the default', 'export default 1;'],
    ['it is passed on', "export { LIMIT } from './a';"],
    ['two stand in one statement', 'export const LIMIT = 1, MOST = 2;'],
    ['it stands beside another statement', 'const a = 1; export const LIMIT = 1;'],
    ['another export cannot move', 'export const LIMIT = 1;\nexport const other = ref(1);'],
    ['something else is called so', 'export const LIMIT = 1;\nconst f = (LIMIT: number) => LIMIT;'],
  ])('leaves it where %s', async (_, script) => {
    expect(await repair(`${tag}\n${script}\n</script>\n${template}`)).toBeUndefined();
  });

  const badge = `${tag}\nexport const LIMIT = 1;\n</script>\n${template}`;
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['nobody imports it', badge, { 'src/Page.vue': page.replace(', { LIMIT }', '') }],
    [
      'the plain script is of another language',
      `<script>\nexport default {};\n</script>\n${badge}`,
      { 'src/Page.vue': page },
    ],
    [
      'the plain script is another file',
      `<script lang="ts" src="./b.ts"></script>\n${badge}`,
      { 'src/Page.vue': page },
    ],
    ['there is no setup', badge.replace(' setup', ''), { 'src/Page.vue': page }],
  ])('leaves it where %s', async (_, text, others) => {
    expect(await repair(text, others)).toBeUndefined();
  });
});
