import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { lostReference } from '../../../../lib/patch/suggestions/rules/lost-reference.js';
import { repairWith } from '../repository.js';

const error = {
  file: 'src/a.ts',
  kind: 'module-not-found' as const,
  specifier: '@acme/rates',
  message: "Cannot find module '@acme/rates' or its corresponding type declarations.",
};
const json = (value: object) => `${JSON.stringify(value, null, 2)}\n`;
const app = (references?: string) =>
  `{\n  "compilerOptions": { "noEmit": true },\n  "include": ["src"]${references === undefined ? '' : `,\n  "references": ${references}`}\n}\n`;
const library = (name: string, more: object = {}) => ({
  [`packages/${name}/package.json`]: json({
    name: `@acme/${name}`,
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    ...more,
  }),
  [`packages/${name}/tsconfig.json`]: json({ compilerOptions: { composite: true, outDir: 'dist' }, include: ['src'] }),
  [`packages/${name}/src/index.ts`]: 'export const rate = 1;\n',
});
const files = (references?: string, more: Readonly<Record<string, string>> = {}) => ({
  'package.json': json({
    name: 'site',
    scripts: { build: 'tsc -b && vite build' },
    dependencies: { '@acme/rates': 'workspace:*' },
  }),
  'tsconfig.json': json({ files: [], references: [{ path: './tsconfig.app.json' }] }),
  'tsconfig.app.json': app(references),
  'src/a.ts': "import { rate } from '@acme/rates';\n",
  ...library('rates'),
  ...library('words'),
  ...more,
});
const lost = (path: string, plus = '+  "include": ["src"]\n'): FileChange => ({
  path: 'tsconfig.app.json',
  status: 'modified',
  hunks: `@@ -3,2 +3,1 @@\n-  "include": ["src"],\n-  "references": [{ "path": "${path}" }]\n${plus}`,
});
const reference = '[{ "path": "./packages/rates" }]';
const repair = (given: Readonly<Record<string, string>>, changes: readonly FileChange[] = []) =>
  repairWith(lostReference, error, { files: given, changes });

describe('lost-reference', () => {
  it('brings back what the diff took out', async () => {
    expect(await repair(files(), [lost('./packages/rates')])).toEqual({ 'tsconfig.app.json': app(reference) });
  });

  it('adds it to those of its fellows', async () => {
    expect(await repair(files('[{ "path": "./packages/words" }]'))).toEqual({
      'tsconfig.app.json': app('[{ "path": "./packages/words" }, { "path": "./packages/rates" }]'),
    });
    const rows = (...names: string[]) =>
      `[\n${names.map((name) => `    { "path": "./packages/${name}" }`).join(',\n')}\n  ]`;
    expect(await repair(files(rows('words')))).toEqual({ 'tsconfig.app.json': app(rows('words', 'rates')) });
  });

  it.each<[string, Readonly<Record<string, string>>, readonly FileChange[]]>([
    ['nothing was taken out and nothing is like it', files(), []],
    ['another was taken out', files(), [lost('./packages/words')]],
    ['it is there', files(reference), [lost('./packages/rates')]],
    [
      'a mapping came in its place',
      files(),
      [lost('./packages/rates', '+  "include": ["src", "packages/rates/src"]\n')],
    ],
    [
      'a script builds it since',
      files(),
      [
        lost('./packages/rates'),
        {
          path: 'packages/rates/package.json',
          status: 'modified',
          hunks: '@@ -1,1 +1,1 @@\n+  "scripts": { "build": "tsup" }',
        },
      ],
    ],
    [
      'it has a script of its own',
      files('[{ "path": "./packages/words" }]', library('rates', { scripts: { build: 'tsup src/index.ts' } })),
      [],
    ],
    [
      'the compiler does not build projects',
      files(undefined, {
        'package.json': json({
          name: 'site',
          scripts: { build: 'tsc --noEmit && vite build' },
          dependencies: { '@acme/rates': 'workspace:*' },
        }),
      }),
      [lost('./packages/rates')],
    ],
    [
      'it is not installed',
      files(undefined, { 'package.json': json({ name: 'site', scripts: { build: 'tsc -b && vite build' } }) }),
      [lost('./packages/rates')],
    ],
    [
      'it cannot be referred to',
      files(undefined, {
        'packages/rates/tsconfig.json': json({ compilerOptions: { outDir: 'dist' }, include: ['src'] }),
      }),
      [lost('./packages/rates')],
    ],
    [
      'its types are in the repository',
      files(undefined, { 'packages/rates/dist/index.d.ts': 'export const rate = 1;\n' }),
      [lost('./packages/rates')],
    ],
    [
      'it is used as its source is',
      files(undefined, library('rates', { exports: './src/index.ts' })),
      [lost('./packages/rates')],
    ],
    [
      'it refers to the importer itself',
      files(undefined, {
        'packages/rates/tsconfig.json': json({
          compilerOptions: { composite: true, outDir: 'dist' },
          references: [{ path: '../../tsconfig.app.json' }],
        }),
      }),
      [lost('./packages/rates')],
    ],
    [
      'two configurations take the file in',
      files(undefined, {
        'tsconfig.json': json({
          files: [],
          references: [{ path: './tsconfig.app.json' }, { path: './tsconfig.b.json' }],
        }),
        'tsconfig.b.json': app(),
      }),
      [lost('./packages/rates')],
    ],
  ])('answers nothing where %s', async (_, given, changes) => {
    expect(await repair(given, changes)).toBeUndefined();
  });
});
