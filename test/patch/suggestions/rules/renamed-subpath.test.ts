import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { renamedSubpath } from '../../../../lib/patch/suggestions/rules/renamed-subpath.js';
import { RULES } from '../../../../lib/patch/suggestions/rules.js';
import { errorOf, repairAll, repairWith } from '../repository.js';

const manifestOf = (exported: Readonly<Record<string, unknown>>): string =>
  `${JSON.stringify({ name: '@quay/tides', exports: exported }, undefined, 2)}\n`;
const modified = (hunks: string): FileChange => ({ status: 'modified', path: 'packages/tides/package.json', hunks });
const renaming = modified(
  '@@ -3,4 +3,4 @@\n   "exports": {\n     ".": "./src/index.ts",\n-    "./moon": "./src/moon.ts"\n+    "./lunar": "./src/moon.ts"\n   }\n',
);
const manifest = manifestOf({ '.': './src/index.ts', './lunar': './src/moon.ts' });
const tree = {
  'packages/tides/package.json': manifest,
  'packages/tides/src/moon.ts': 'export const moon = 1;\n',
  'packages/tides/src/index.ts': 'export const sun = 1;\n',
};
const importer = "import { sun } from '@quay/tides';\nimport { moon } from '@quay/tides/moon';\n";
const followed = "import { sun } from '@quay/tides';\nimport { moon } from '@quay/tides/lunar';\n";
const error = { kind: 'module-not-found', file: 'apps/web/a.ts', line: 2 } as const;
const message = "Cannot find module '@quay/tides/moon' or its corresponding type declarations.";

describe('renamed-subpath', () => {
  it.each([
    [message],
    ["Module not found: Can't resolve '@quay/tides/moon'"],
    [
      'Module not found: Package path ./moon is not exported from package /vercel/path0/node_modules/@quay/tides (see exports field in /vercel/path0/node_modules/@quay/tides/package.json)',
    ],
    ['Missing "./moon" specifier in "@quay/tides" package'],
    ['The path "./moon" is not exported by package "@quay/tides"'],
    [`Package subpath './moon' is not defined by "exports" in /vercel/path0/node_modules/@quay/tides/package.json`],
    [`Package subpath './moon' is not defined by "exports" in /vercel/path0/packages/tides/package.json`],
  ])('follows what the diff calls the entry: %s', async (text) => {
    const files = { ...tree, 'apps/web/a.ts': importer };

    expect(await repairWith(renamedSubpath, { ...error, message: text }, { files, changes: [renaming] })).toEqual({
      'apps/web/a.ts': followed,
    });
  });

  it.each([
    ['a.tsx', "export * from '@quay/tides/moon';\n"],
    ['a.js', 'const { moon } = require("@quay/tides/moon");\n'],
    ['a.mts', "const moon = await import('@quay/tides/moon');\ntype Moon = import('@quay/tides/moon').Moon;\n"],
    ['a.test.ts', "import '@quay/tides/moon';\nvi.mock('@quay/tides/moon', () => ({ moon: 2 }));\n"],
    [
      'a.vue',
      '<script setup lang="ts">\nimport { moon } from \'@quay/tides/moon\';\n</script>\n\n<template>{{ moon }}</template>\n',
    ],
    ['a.svelte', "<script>\n  import { moon } from '@quay/tides/moon';\n</script>\n\n<p>{moon}</p>\n"],
    ['a.astro', "---\nimport { moon } from '@quay/tides/moon';\n---\n<p>{moon}</p>\n"],
    ['a.mdx', "import { moon } from '@quay/tides/moon';\n\n# Tides\n"],
    ['a.scss', '@use \'@quay/tides/moon\' as *;\n@forward "@quay/tides/moon";\n'],
    ['a.css', '@import url(\'@quay/tides/moon\');\n@reference "@quay/tides/moon";\n'],
    ['tsconfig.json', '{ "extends": "@quay/tides/moon", "include": ["src"] }\n'],
  ])('in every kind of importer: %s', async (name, text) => {
    const files = { ...tree, 'apps/web/a.ts': importer, [`apps/web/more/${name}`]: text };

    expect(await repairWith(renamedSubpath, { ...error, message }, { files, changes: [renaming] })).toEqual({
      'apps/web/a.ts': followed,
      [`apps/web/more/${name}`]: text.replaceAll('tides/moon', 'tides/lunar'),
    });
  });

  it('reads the specifier of a stylesheet from the line that Sass names', async () => {
    const files = { ...tree, 'apps/web/a.scss': "@use 'sass:math';\n@use '@quay/tides/moon' as *;\n" };
    const lost = {
      kind: 'style',
      message: "Can't find stylesheet to import.",
      file: 'apps/web/a.scss',
      line: 2,
    } as const;

    expect(await repairWith(renamedSubpath, lost, { files, changes: [renaming] })).toEqual({
      'apps/web/a.scss': "@use 'sass:math';\n@use '@quay/tides/lunar' as *;\n",
    });
  });

  it('keeps a query, and leaves alone what only begins alike or is no specifier', async () => {
    const text =
      "import '@quay/tides/moon?raw';\nimport '@quay/tides/moon-phase';\nconst label = '@quay/tides/moon is old';\n";
    const files = { ...tree, 'apps/web/a.ts': text };

    expect(
      await repairWith(
        renamedSubpath,
        { ...error, message, specifier: '@quay/tides/moon?raw' },
        { files, changes: [renaming] },
      ),
    ).toEqual({
      'apps/web/a.ts': text.replace('moon?raw', 'lunar?raw'),
    });
  });

  it.each([
    [
      'conditions that stayed',
      { './lunar': { types: './a.d.ts', default: './a.js' } },
      '@@ -3 +3 @@\n   "exports": {\n-    "./moon": {\n+    "./lunar": {\n       "types": "./a.d.ts",\n       "default": "./a.js"\n     }\n',
    ],
    [
      'conditions in one line',
      { './lunar': { import: './a.js' } },
      '@@ -3 +3 @@\n-    "./moon": { "import": "./a.js" },\n+    "./lunar": { "import": "./a.js" }\n',
    ],
    [
      'entries beside it that came and went',
      { './lunar': './src/moon.ts', './stars': './src/stars.ts' },
      '@@ -3 +3 @@\n-    "./wind": "./src/wind.ts",\n-    "./moon": "./src/moon.ts"\n+    "./stars": "./src/stars.ts",\n+    "./lunar": "./src/moon.ts"\n',
    ],
  ])('takes %s for the same entry', async (_, exported, hunks) => {
    const files = { ...tree, 'packages/tides/package.json': manifestOf(exported), 'apps/web/a.ts': importer };

    expect(await repairWith(renamedSubpath, { ...error, message }, { files, changes: [modified(hunks)] })).toEqual({
      'apps/web/a.ts': followed,
    });
  });

  it('follows an entry whose file got the same new name', async () => {
    const hunks = '@@ -3 +3 @@\n-    "./moon": "./src/moon.ts"\n+    "./lunar": "./src/lunar.ts"\n';
    const files = {
      'packages/tides/package.json': manifestOf({ './lunar': './src/lunar.ts' }),
      'packages/tides/src/lunar.ts': 'export const moon = 1;\n',
      'apps/web/a.ts': importer,
    };
    const move: FileChange = {
      status: 'renamed',
      path: 'packages/tides/src/lunar.ts',
      previousPath: 'packages/tides/src/moon.ts',
    };
    const repair = (changes: FileChange[]) => repairWith(renamedSubpath, { ...error, message }, { files, changes });

    expect(await repair([modified(hunks), move])).toEqual({ 'apps/web/a.ts': followed });
    expect(await repair([modified(hunks)])).toBeUndefined();
  });

  it('follows a pattern, and not for what has an entry of its own', async () => {
    const hunks = '@@ -3 +3 @@\n-    "./moon/*": "./src/moon/*.ts",\n+    "./lunar/*": "./src/moon/*.ts",\n';
    const text = "import '@quay/tides/moon/full';\nimport '@quay/tides/moon/new';\nimport '@quay/tides/moon/map';\n";
    const files = {
      'packages/tides/package.json': manifestOf({ './lunar/*': './src/moon/*.ts', './moon/map': './src/map.ts' }),
      'apps/web/a.ts': text,
    };
    const lost = { ...error, message: "Can't resolve '@quay/tides/moon/full'" };

    expect(await repairWith(renamedSubpath, lost, { files, changes: [modified(hunks)] })).toEqual({
      'apps/web/a.ts': text.replace('moon/full', 'lunar/full').replace('moon/new', 'lunar/new'),
    });
  });

  it('answers once for all importers that a build names', async () => {
    const files = { ...tree, 'apps/web/a.ts': importer, 'apps/web/b.ts': importer };
    const errors = ['apps/web/a.ts', 'apps/web/b.ts'].map((file) =>
      errorOf({ ...error, message, specifier: '@quay/tides/moon', file }),
    );

    expect(await repairAll(RULES, errors, { files, changes: [renaming] })).toEqual({
      'apps/web/a.ts': followed,
      'apps/web/b.ts': followed,
    });
  });

  it.each([
    ['the diff is unknown', {}, []],
    ['the entry was removed', {}, [modified('@@ -3 +3 @@\n-    "./moon": "./src/moon.ts"\n')]],
    [
      'the new entry leads elsewhere',
      {},
      [modified('@@ -3 +3 @@\n-    "./moon": "./src/moon.ts"\n+    "./lunar": "./src/month.ts"\n')],
    ],
    [
      'two entries lead there now',
      { 'packages/tides/package.json': manifestOf({ './lunar': './src/moon.ts', './night': './src/moon.ts' }) },
      [
        modified(
          '@@ -3 +3 @@\n-    "./moon": "./src/moon.ts"\n+    "./lunar": "./src/moon.ts",\n+    "./night": "./src/moon.ts"\n',
        ),
      ],
    ],
    [
      'what the object holds changed too',
      { 'packages/tides/package.json': manifestOf({ './lunar': { default: './b.js' } }) },
      [
        modified(
          '@@ -3 +3 @@\n-    "./moon": {\n-      "default": "./a.js"\n+    "./lunar": {\n+      "default": "./b.js"\n     }\n',
        ),
      ],
    ],
    [
      'the entry is still there',
      { 'packages/tides/package.json': manifestOf({ './moon': './src/moon.ts', './lunar': './src/moon.ts' }) },
      [renaming],
    ],
    ['the manifest was not given the new name', { 'packages/tides/package.json': manifestOf({}) }, [renaming]],
    ['two packages have that name', { 'vendor/tides/package.json': manifest }, [renaming]],
  ] as const)('answers nothing when %s', async (_, more, changes) => {
    const files = { ...tree, 'apps/web/a.ts': importer, ...more };

    expect(await repairWith(renamedSubpath, { ...error, message }, { files, changes })).toBeUndefined();
  });

  it.each(['@quay/tides', '@quay/tides/stars', './moon', '@quay/winds/moon'])(
    'answers nothing for %s',
    async (lost) => {
      const files = { ...tree, 'apps/web/a.ts': `import '${lost}';\n${importer}` };
      const facts = { ...error, message: `Cannot find module '${lost}'`, specifier: lost };

      expect(await repairWith(renamedSubpath, facts, { files, changes: [renaming] })).toBeUndefined();
    },
  );
});
