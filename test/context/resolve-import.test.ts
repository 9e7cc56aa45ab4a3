import { describe, expect, test } from 'vitest';
import { readManifests } from '../../lib/context/manifests.js';
import { indexRepository } from '../../lib/context/repository-index.js';
import { createResolver } from '../../lib/context/resolve-import.js';
import { bikeKitchen, type Files, market, nightSchool, orchard, toolLibrary, walks } from './failures/apps.js';

function resolve(app: Files, importer: string, specifier: string) {
  const files = new Map(Object.entries(app));
  const index = indexRepository({
    entries: [...files.keys()].map((path) => ({ path, mode: '100644', sha: '' })),
    truncated: false,
  });
  return createResolver({ index, files, manifests: readManifests(files) }).resolve(importer, specifier);
}

describe('a file', () => {
  test.each([
    ['relative, extension left out', toolLibrary, 'ui/loan-table.tsx', './due-date', 'ui/due-date.tsx'],
    ['tsconfig paths', toolLibrary, 'app/page.tsx', '@/data/tools', 'data/tools.ts'],
    ['paths of a referenced tsconfig', bikeKitchen, 'src/App.vue', '~/money', 'src/money.ts'],
    ['compiled extension', bikeKitchen, 'src/main.ts', './money.js', 'src/money.ts'],
    ['query behind the path', bikeKitchen, 'src/main.ts', './App.vue?raw', 'src/App.vue'],
    ['$lib of SvelteKit', orchard, 'src/routes/+page.server.ts', '$lib/server/rows', 'src/lib/server/rows.ts'],
    ['alias of svelte.config', orchard, 'src/routes/+page.svelte', '$parts/RowList.svelte', 'src/parts/RowList.svelte'],
    ['~ of Nuxt', nightSchool, 'app/pages/index.vue', '~/utils/terms', 'app/utils/terms.ts'],
    ['alias like a package scope', walks, 'src/pages/index.astro', '@parts/TrailRow.astro', 'src/parts/TrailRow.astro'],
    [
      'workspace package, built entry',
      market,
      'sites/office/src/main.ts',
      '@market/scales',
      'libs/scales/src/index.ts',
    ],
    [
      'workspace package, exports',
      market,
      'sites/stall/src/app/page.tsx',
      '@market/signs/price-sign',
      'libs/signs/src/price-sign.tsx',
    ],
    [
      'tsconfig extended from the workspace',
      market,
      'sites/stall/src/app/page.tsx',
      '@/crates',
      'sites/stall/src/crates.ts',
    ],
  ] as const)('%s', (_name, app, importer, specifier, path) => {
    expect(resolve(app, importer, specifier)).toMatchObject({ outcome: 'file', path });
  });
});

describe('no file', () => {
  test.each([
    [
      'another case',
      toolLibrary,
      'ui/loan-table.tsx',
      './Due-Date',
      { outcome: 'wrong-case', path: 'ui/due-date.tsx' },
    ],
    ['missing', toolLibrary, 'ui/loan-table.tsx', './due-time', { outcome: 'missing-file', path: 'ui/due-time' }],
    [
      'missing behind an alias',
      toolLibrary,
      'app/page.tsx',
      '@/data/nope',
      { outcome: 'missing-file', path: 'data/nope' },
    ],
    ['alias of nobody', market, 'sites/office/src/main.ts', '@/main', { outcome: 'unmapped-alias', prefix: '@/' }],
    ['package', toolLibrary, 'data/dates.ts', 'dayjs/plugin/utc', { outcome: 'package', name: 'dayjs' }],
    ['scoped package', toolLibrary, 'data/dates.ts', '@scope/name/deep', { outcome: 'package', name: '@scope/name' }],
    ['Node', toolLibrary, 'data/dates.ts', 'node:fs', { outcome: 'virtual' }],
    ['of the framework', orchard, 'src/routes/+page.ts', '$app/navigation', { outcome: 'virtual' }],
    [
      'workspace subpath not offered',
      market,
      'sites/stall/src/app/page.tsx',
      '@market/signs/nope',
      { outcome: 'missing-entry', manifest: 'libs/signs/package.json' },
    ],
  ] as const)('%s', (_name, app, importer, specifier, expected) => {
    expect(resolve(app, importer, specifier)).toMatchObject(expected);
  });
});

test('a broken tsconfig still gives the aliases before and behind the mistake', () => {
  const broken = {
    ...toolLibrary,
    'tsconfig.json': '{ "compilerOptions": { "strict": true "paths": { "@/*": ["./*"] } } }',
  };

  expect(resolve(broken, 'app/page.tsx', '@/data/tools')).toMatchObject({ outcome: 'file', path: 'data/tools.ts' });
});
