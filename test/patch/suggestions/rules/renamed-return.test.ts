import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { renamedReturn } from '../../../../lib/patch/suggestions/rules/renamed-return.js';
import { repairWith } from '../repository.js';

const modified = (path: string, hunks: string): FileChange => ({ status: 'modified', path, hunks });

describe('renamed-return', () => {
  const composable = (name: string) =>
    `export function useGlazes() {\n  const foodOnly = useState('food');\n  const ${name} = computed(() => []);\n  return { foodOnly, ${name} };\n}\n`;
  const path = 'app/composables/useGlazes.ts';
  const diff = (file: string) =>
    modified(
      file,
      '@@ -3,2 +3,2 @@\n-  const list = computed(() => []);\n-  return { foodOnly, list };\n+  const shown = computed(() => []);\n+  return { foodOnly, shown };',
    );
  const page = (pattern: string) =>
    `<script setup lang="ts">\nconst { ${pattern} } = useGlazes();\n</script>\n\n<template>\n  <p v-for="a in list.filter(Boolean)">{{ a }}</p>\n</template>\n`;
  const failed = {
    tool: 'nuxt',
    kind: 'prerender',
    route: '/glazes',
    message: 'Prerendering /glazes failed: [500] Server Error',
  } as const;

  it.each([
    ['list, foodOnly', 'shown: list, foodOnly'],
    ['foodOnly, list: all', 'foodOnly, shown: all'],
    ['list = []', 'shown: list = []'],
  ])('takes the member by its new name: %s', async (before, after) => {
    const files = { [path]: composable('shown'), 'app/pages/glazes.vue': page(before) };
    expect(await repairWith(renamedReturn, failed, { files, changes: [diff(path)] })).toEqual({
      'app/pages/glazes.vue': page(after),
    });
  });

  it('follows whoever takes it, by import, alias or default export', async () => {
    const files = {
      'src/lib/glazes.ts': composable('shown').replace('export function', 'export default function'),
      'tsconfig.json': '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n',
      'src/app/page.tsx': "import useAll from '@/lib/glazes';\nconst { list } = await useAll();\n",
      'src/other.ts':
        "import useAll from './lib/glazes';\nexport const a = () => {\n  const { list: b } = useAll();\n  return b;\n};\n",
      'src/strange.ts': "import useAll from 'glazes';\nconst { list } = useAll();\n",
    };
    const error = {
      tool: 'next',
      kind: 'prerender',
      route: '/',
      message: "TypeError: Cannot read properties of undefined (reading 'map')",
    } as const;
    expect(await repairWith(renamedReturn, error, { files, changes: [diff('src/lib/glazes.ts')] })).toEqual({
      'src/app/page.tsx': "import useAll from '@/lib/glazes';\nconst { shown: list } = await useAll();\n",
      'src/other.ts':
        "import useAll from './lib/glazes';\nexport const a = () => {\n  const { shown: b } = useAll();\n  return b;\n};\n",
    });
  });

  it('stays where what was missing is read of something else in the file', async () => {
    const error = { ...failed, message: "TypeError: Cannot read properties of undefined (reading 'map')" };
    const repair = (row: string) => {
      const files = {
        [path]: composable('shown'),
        'app/pages/glazes.vue': `<script setup>\nconst { list = [] } = useGlazes();\n${row}\n</script>\n`,
      };
      return repairWith(renamedReturn, error, { files, changes: [diff(path)] });
    };

    expect(await repair('rows.map(String);')).toBeUndefined();
    expect(await repair('rows.map(String) && list.filter(Boolean).map(String);')).toBeDefined();
    expect(await repair('show(list);')).toBeDefined();
  });

  it('knows a member that got another key alone', async () => {
    const text = 'export const useGlazes = () => {\n  const list = [];\n  return { shown: list };\n};\n';
    const change = modified(path, '@@ -3,1 +3,1 @@\n-  return { list };\n+  return { shown: list };');
    const files = { [path]: text, 'app/pages/glazes.vue': page('list') };
    expect(await repairWith(renamedReturn, failed, { files, changes: [change] })).toEqual({
      'app/pages/glazes.vue': page('shown: list'),
    });
  });

  const user = { 'app/pages/glazes.vue': page('list') };
  it.each([
    [
      'the page does not take it',
      { 'app/pages/glazes.vue': page('foodOnly'), 'app/pages/b.vue': page('list') },
      composable('shown'),
      failed,
    ],
    [
      'the page has a function of that name',
      { 'app/pages/glazes.vue': page('list').replace('const {', 'const useGlazes = () => ({ list: [] });\nconst {') },
      composable('shown'),
      failed,
    ],
    [
      'the old member is another thing that is still there',
      user,
      composable('shown').replace('return', 'const list = 1;\n  return'),
      failed,
    ],
    [
      'the object is not written out whole',
      user,
      composable('shown').replace('foodOnly, shown }', '...rest, shown }'),
      failed,
    ],
    [
      'it returns one of two',
      user,
      composable('shown').replace('  return', '  if (a) return { list: [] };\n  return'),
      failed,
    ],
    ['the page was not found', user, composable('shown'), { ...failed, code: '404' }],
  ] as const)('stays where %s', async (_, users, text, error) => {
    const files = { [path]: text, ...users };
    expect(await repairWith(renamedReturn, error, { files, changes: [diff(path)] })).toBeUndefined();
  });
});
