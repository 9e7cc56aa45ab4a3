import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { missingDependency } from '../../../../lib/patch/suggestions/rules/missing-dependency.js';
import { repairWith } from '../repository.js';

describe('the types of a package', () => {
  const message = (name: string, types: string) =>
    `Could not find a declaration file for module '${name}'. '/vercel/path0/node_modules/${name}/index.js' implicitly has an 'any' type.\n  Try \`npm i --save-dev ${types}\` if it exists or add a new declaration (.d.ts) file containing \`declare module '${name}';\``;
  const manifest = '{\n  "devDependencies": {\n    "vite": "7"\n  }\n}\n';
  const locked = (types: string, folder = '') =>
    JSON.stringify({ packages: { [folder]: { devDependencies: { [types]: '^5.3.0', vite: '7' } } } });
  const error = (name: string, types: string) => ({
    file: 'src/a.ts',
    line: 1,
    code: 'TS7016',
    kind: 'type' as const,
    specifier: name,
    message: message(name, types),
  });
  const files = { 'package.json': manifest, 'src/a.ts': "import csv from 'csv';\n" };
  const csv = error('csv', '@types/csv');
  const withTypes = (types: string) => manifest.replace('"vite"', `"${types}": "^5.3.0",\n    "vite"`);
  const hunks = (line: string): FileChange[] => [
    {
      path: 'package.json',
      status: 'modified',
      hunks: `@@ -2,4 +2,3 @@\n   "devDependencies": {\n${line}\n     "vite": "7"`,
    },
  ];

  it.each([
    ['csv', '@types/csv'],
    ['@acme/csv', '@types/acme__csv'],
    ['csv/parse', '@types/csv'],
  ])('of %s come back with the range of the lockfile', async (name, types) => {
    const answer = await repairWith(missingDependency, error(name, types), {
      files: { ...files, 'package-lock.json': locked(types) },
    });
    expect(answer).toEqual({ 'package.json': withTypes(types) });
  });

  it('come with the range of another package of the workspace', async () => {
    const other = '{ "devDependencies": { "@types/csv": "^5.3.0" } }';
    expect(await repairWith(missingDependency, csv, { files: { ...files, 'b/package.json': other } })).toEqual({
      'package.json': withTypes('@types/csv'),
    });
  });

  it('come back with the range that the diff took', async () => {
    const changes = hunks('-    "@types/csv": "^5.3.0",');
    expect(await repairWith(missingDependency, csv, { files, changes })).toEqual({
      'package.json': withTypes('@types/csv'),
    });
  });

  const lockfile = { 'package-lock.json': locked('@types/csv') };
  it.each<[string, Readonly<Record<string, string>>, readonly FileChange[]]>([
    ['of which nobody knows a version', {}, []],
    ['that the repository declares', { ...lockfile, 'src/csv.d.ts': "declare module 'csv' {}\n" }, []],
    ['of a package that has another version now', lockfile, hunks('-    "csv": "^5.0.0",\n+    "csv": "^6.0.0",')],
    ['that a frozen lockfile would have to hold', { ...lockfile, 'pnpm-lock.yaml': 'importers:\n' }, []],
  ])('%s stay out', async (_, more, changes) => {
    expect(await repairWith(missingDependency, csv, { files: { ...files, ...more }, changes })).toBeUndefined();
  });

  it('of a global name stay out', async () => {
    const message =
      "Cannot find name 'process'. Do you need to install type definitions for node? Try `npm i --save-dev @types/node`.";
    const error = { file: 'src/a.ts', line: 1, code: 'TS2580', message, symbol: 'process' };
    expect(
      await repairWith(missingDependency, error, { files: { ...files, 'package-lock.json': locked('@types/node') } }),
    ).toBeUndefined();
  });
});

describe('packages that Next.js asks for', () => {
  const asked = (names: string) => ({
    tool: 'next',
    kind: 'package-missing' as const,
    file: 'package.json',
    specifier: names.split(/,? /)[0] ?? '',
    message: `It looks like you're trying to use TypeScript but do not have the required package(s) installed.\nPlease install ${names} by running:`,
  });
  const manifest = (...dev: readonly string[]) =>
    `${JSON.stringify({ dependencies: { next: '15.3.8' }, devDependencies: Object.fromEntries(dev.map((name) => [name, '^20.1.0'])) }, null, 2)}\n`;
  const locked = (...dev: readonly string[]) => JSON.stringify({ packages: { '': JSON.parse(manifest(...dev)) } });
  const page = { 'src/app/page.tsx': 'export default function Page() {}\n' };

  it.each([
    ['@types/node', ['@types/node']],
    ['typescript and @types/node', ['@types/node', 'typescript']],
    ['typescript, @types/react, and @types/node', ['@types/node', '@types/react', 'typescript']],
  ])('come back: %s', async (words, names) => {
    const files = { ...page, 'package.json': manifest('eslint'), 'package-lock.json': locked('eslint', ...names) };
    expect(await repairWith(missingDependency, asked(words), { files })).toEqual({
      'package.json': manifest(...[...names, 'eslint'].sort()),
    });
  });

  it('though the diff took out others with them', async () => {
    const changes: FileChange[] = [
      {
        path: 'package.json',
        status: 'modified',
        hunks:
          '@@ -5,5 +5,3 @@\n   "devDependencies": {\n-    "@types/node": "^20.1.0",\n-    "rimraf": "^6.0.0",\n     "eslint": "^20.1.0"',
      },
    ];
    const files = { ...page, 'package.json': manifest('eslint') };
    expect(await repairWith(missingDependency, asked('@types/node'), { files, changes })).toEqual({
      'package.json': manifest('@types/node', 'eslint'),
    });
  });

  it('go to the project', async () => {
    const files = {
      'package.json': '{ "devDependencies": { "@types/node": "^20.1.0" } }',
      'apps/web/package.json': manifest('eslint'),
      'apps/web/app/page.tsx': '',
    };
    expect(await repairWith(missingDependency, asked('@types/node'), { files, rootDirectory: 'apps/web' })).toEqual({
      'apps/web/package.json': manifest('@types/node', 'eslint'),
    });
  });

  it.each<[string, Readonly<Record<string, string>>]>([
    ['of which nobody knows a version', { 'package.json': manifest('eslint') }],
    ['of which one has none', { 'package.json': manifest('eslint'), 'package-lock.json': locked('typescript') }],
    [
      'that a frozen lockfile would have to hold',
      { 'package.json': manifest(), 'package-lock.json': locked('typescript', '@types/node'), 'pnpm-lock.yaml': '' },
    ],
    [
      'of another project than the manifest is of',
      { 'package.json': '{ "devDependencies": {} }', 'package-lock.json': locked('typescript', '@types/node') },
    ],
  ])('%s stay out', async (_, files) => {
    expect(
      await repairWith(missingDependency, asked('typescript and @types/node'), { files: { ...page, ...files } }),
    ).toBeUndefined();
  });

  it('stay out where no source is left of TypeScript', async () => {
    const files = {
      'src/app/page.jsx': '',
      'src/env.d.ts': '',
      'package.json': manifest(),
      'package-lock.json': locked('@types/node'),
    };
    expect(await repairWith(missingDependency, asked('@types/node'), { files })).toBeUndefined();
  });
});
