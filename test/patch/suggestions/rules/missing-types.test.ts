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
