import { expect, test } from 'vitest';
import { rankSuspects } from '../../lib/context/rank-suspects.js';
import type { FileChange } from '../../lib/context/source.js';
import type { BuildError } from '../../lib/diagnosis/diagnosis.js';
import { market } from './failures/apps.js';
import { diagnosisOf } from './failures/failure.js';

function suspectsOf(files: Readonly<Record<string, string>>, error: BuildError, changes?: readonly FileChange[]) {
  return rankSuspects({
    diagnosis: diagnosisOf([error]),
    tree: { entries: Object.keys(files).map((path) => ({ path, mode: '100644', sha: '' })), truncated: false },
    files: new Map(Object.entries(files)),
    changes,
    rootDirectory: 'sites/stall',
  }).map(({ path }) => path);
}

test('a package of the repository under a new name: its manifest, and everyone who knows the old one', () => {
  const path = 'libs/signs/package.json';
  const files = { ...market, [path]: (market[path] ?? '').replace('@market/signs', '@market/boards') };
  const hunks = '@@ -1,3 +1,3 @@\n {\n-  "name": "@market/signs",\n+  "name": "@market/boards",';

  expect(
    suspectsOf(
      files,
      {
        tool: 'turbopack',
        kind: 'module-not-found',
        message: "Module not found: Can't resolve '@market/signs'",
        file: 'sites/stall/src/app/layout.tsx',
        line: 1,
        specifier: '@market/signs',
      },
      [{ path, status: 'modified', hunks }],
    ),
  ).toEqual(
    expect.arrayContaining([
      'sites/stall/src/app/layout.tsx',
      'sites/stall/package.json',
      'sites/stall/src/app/page.tsx',
      path,
    ]),
  );
});

test('a place in a built package: its bundler and its entry', () => {
  const files = { ...market, 'libs/signs/tsup.config.ts': "export default { entry: ['src/index.ts'] };\n" };

  expect(
    suspectsOf(files, {
      tool: 'turbopack',
      kind: 'client-boundary',
      message: "You're importing a module that depends on `useState` into a React Server Component module.",
      file: 'sites/stall/libs/signs/dist/index.js',
      line: 4,
      symbol: 'useState',
    }),
  ).toEqual(expect.arrayContaining(['libs/signs/tsup.config.ts', 'libs/signs/src/index.ts']));
});

test('a name that an index does not pass on, where the script of the log ran another package before: the index', () => {
  const files = {
    ...market,
    'libs/signs/src/index.ts': "export * from './Sign.js';\n",
    'libs/signs/src/Sign.ts': 'export const sign = 1;\n',
    'libs/signs/src/Board.ts': 'export const board = 1;\n',
    'sites/stall/src/app/list.ts': "import { board } from '@market/signs';\n",
  };

  expect(
    suspectsOf(files, {
      tool: 'typescript',
      kind: 'export-missing',
      code: 'TS2305',
      message: `Module '"@market/signs"' has no exported member 'board'.`,
      file: 'libs/signs/src/app/list.ts',
      line: 1,
      specifier: '@market/signs',
      symbol: 'board',
      package: '@market/signs',
    }).slice(0, 2),
  ).toEqual(expect.arrayContaining(['libs/signs/src/index.ts', 'sites/stall/src/app/list.ts']));
});

test('a package that is built before its user only where the user’s settings refer to it', () => {
  const files = (reference: string) => ({
    'package.json': '{ "workspaces": ["apps/*", "packages/*"] }',
    'apps/desk/package.json': '{ "name": "@tide/desk", "dependencies": { "@tide/gauge": "*", "@tide/chart": "*" } }',
    'apps/desk/tsconfig.app.json': `{ "references": [{ "path": "../../packages/${reference}" }] }`,
    'apps/desk/src/row.ts': "import { gauge } from '@tide/gauge';\n",
    ...Object.fromEntries(
      ['gauge', 'chart'].flatMap((name) => [
        [`packages/${name}/package.json`, `{ "name": "@tide/${name}", "main": "./src/index.ts" }`],
        [`packages/${name}/tsconfig.json`, '{ "compilerOptions": { "composite": true } }'],
        [`packages/${name}/src/index.ts`, `export const ${name} = 1;\n`],
      ]),
    ),
  });
  const error = {
    tool: 'typescript',
    kind: 'module-not-found' as const,
    code: 'TS2307',
    message: "Cannot find module '@tide/gauge' or its corresponding type declarations.",
    file: 'apps/desk/src/row.ts',
    line: 1,
    specifier: '@tide/gauge',
  };

  expect(suspectsOf(files('chart'), error)[0]).toBe('apps/desk/tsconfig.app.json');
  expect(suspectsOf(files('gauge'), error)[0]).not.toBe('apps/desk/tsconfig.app.json');
});
