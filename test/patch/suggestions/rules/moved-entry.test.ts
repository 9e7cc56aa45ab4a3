import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { movedEntry } from '../../../../lib/patch/suggestions/rules/moved-entry.js';
import { repairWith } from '../repository.js';

const moved = (previousPath: string, path: string): FileChange => ({ status: 'renamed', path, previousPath });
const file = 'apps/web/page.tsx';
const manifest = 'packages/ui/package.json';
const unresolved = (specifier: string) => ({
  kind: 'module-not-found' as const,
  message: `Module not found: Can't resolve '${specifier}'`,
  specifier,
  file,
});
const page = (specifier: string) => `import { Meter } from '${specifier}';\n`;
const meter = 'export function Meter() {}\n';
const changes = [moved('packages/ui/src/meter.tsx', 'packages/ui/src/charts/part-meter.tsx')];
const within = (fields: string) => `{\n  "name": "@kiln/ui",\n  ${fields}\n}\n`;
const repository = (fields: string, specifier = '@kiln/ui/meter') => ({
  files: { [manifest]: within(fields), [file]: page(specifier), 'packages/ui/src/charts/part-meter.tsx': meter },
  changes,
});

describe('an entry of a package whose file moved', () => {
  it.each([
    ['@kiln/ui/meter', '"exports": { "./meter": "./src/meter.tsx" }'],
    [
      '@kiln/ui/meter',
      '"exports": { "./badge": "./b.ts", "./meter": { "types": "./src/meter.tsx", "default": "./src/meter.tsx" } }',
    ],
    ['@kiln/ui', '"main": "src/meter.tsx",\n  "types": "src/meter.tsx"'],
    ['@kiln/ui', '"exports": "./src/meter.tsx"'],
    ['@kiln/ui', '"exports": { "import": "./src/meter.tsx" }'],
  ])('%s by %s', async (specifier, fields) => {
    expect(await repairWith(movedEntry, unresolved(specifier), repository(fields, specifier))).toEqual({
      [manifest]: within(fields.replaceAll('src/meter.tsx', 'src/charts/part-meter.tsx')),
    });
  });

  it.each([
    // vite/src/node/plugins/resolve.ts, packageEntryFailure.
    'Failed to resolve entry for package "@kiln/ui". The package may have incorrect main/module/exports specified in its package.json.',
    // node:internal/modules/esm/resolve, ERR_MODULE_NOT_FOUND.
    "Cannot find module '/vercel/path0/packages/ui/src/meter.tsx' imported from /vercel/path0/apps/web/page.tsx",
  ])('is found by "%s"', async (message) => {
    const fields = '"main": "./src/meter.tsx"';
    expect(await repairWith(movedEntry, { kind: 'module-not-found', message }, repository(fields))).toEqual({
      [manifest]: within('"main": "./src/charts/part-meter.tsx"'),
    });
  });

  it('may be one of the imports of the package itself', async () => {
    const own = { 'package.json': '{ "imports": { "#meter": "./lib/meter.ts" } }\n', 'a.ts': page('#meter') };
    expect(
      await repairWith(
        movedEntry,
        { ...unresolved('#meter'), file: 'a.ts' },
        { files: { ...own, 'lib/gauges/meter.ts': meter }, changes: [moved('lib/meter.ts', 'lib/gauges/meter.ts')] },
      ),
    ).toEqual({ 'package.json': '{ "imports": { "#meter": "./lib/gauges/meter.ts" } }\n' });
  });

  it('may be a pattern, when all of its files went the same way', async () => {
    const files = {
      [manifest]: within('"exports": { "./icons/*": "./src/icons/*.tsx" }'),
      [file]: page('@kiln/ui/icons/meter'),
      'packages/ui/src/glyphs/meter.tsx': meter,
      'packages/ui/src/glyphs/kiln.tsx': meter,
    };
    const both = ['meter', 'kiln'].map((name) =>
      moved(`packages/ui/src/icons/${name}.tsx`, `packages/ui/src/glyphs/${name}.tsx`),
    );
    expect(await repairWith(movedEntry, unresolved('@kiln/ui/icons/meter'), { files, changes: both })).toEqual({
      [manifest]: within('"exports": { "./icons/*": "./src/glyphs/*.tsx" }'),
    });
    const left = { ...files, 'packages/ui/src/icons/glaze.tsx': meter };
    expect(
      await repairWith(movedEntry, unresolved('@kiln/ui/icons/meter'), { files: left, changes: both }),
    ).toBeUndefined();
  });

  it('may be wrong in case alone', async () => {
    const files = {
      [manifest]: within('"exports": { "./meter": "./src/meter.tsx" }'),
      [file]: page('@kiln/ui/meter'),
      'packages/ui/src/Meter.tsx': meter,
    };
    expect(await repairWith(movedEntry, unresolved('@kiln/ui/meter'), { files })).toEqual({
      [manifest]: within('"exports": { "./meter": "./src/Meter.tsx" }'),
    });
  });
});

describe('an entry of a package is left alone', () => {
  const fields = '"exports": { "./meter": "./src/meter.tsx" }';
  const usual = repository(fields);

  it.each([
    ['when nothing says where its file went', { ...usual, changes: [] }],
    ['when its file left the package', { ...usual, changes: [moved('packages/ui/src/meter.tsx', 'lib/meter.tsx')] }],
    ['when it is built', repository('"exports": { "./meter": "./dist/meter.js" }')],
    ['when its file is there', { ...usual, files: { ...usual.files, 'packages/ui/src/meter.tsx': meter } }],
    [
      'when the file lacks what is taken from it',
      { ...usual, files: { ...usual.files, 'packages/ui/src/charts/part-meter.tsx': 'export const Gauge = 1;\n' } },
    ],
    ['when another is asked for', repository('"exports": { "./badge": "./src/meter.tsx" }')],
    ['when the tree is not known whole', { ...usual, truncated: true }],
  ])('%s', async (_, repository) => {
    expect(await repairWith(movedEntry, unresolved('@kiln/ui/meter'), repository)).toBeUndefined();
  });

  it('when the package is another one', async () => {
    expect(await repairWith(movedEntry, unresolved('@other/ui/meter'), usual)).toBeUndefined();
  });
});

it.each([
  ['src/legacy/index.ts', {}],
  ['src/__tests__/index.ts', {}],
  ['src/main.ts', { scripts: { build: 'tsup --out-dir lib' } }],
])('an entry is left alone where its file went to %s', async (path, more) => {
  const was = path.startsWith('src/main') ? 'lib/index.ts' : 'src/index.ts';
  const manifest = JSON.stringify({ name: '@harbour/ui', exports: { '.': `./${was}` }, ...more });
  const answer = await repairWith(
    movedEntry,
    { file: 'app/page.ts', specifier: '@harbour/ui', message: "Can't resolve '@harbour/ui'" },
    {
      files: {
        'ui/package.json': manifest,
        [`ui/${path}`]: 'export const a = 1;\n',
        'app/page.ts': "import '@harbour/ui';\n",
      },
      changes: [{ status: 'renamed', path: `ui/${path}`, previousPath: `ui/${was}` }],
    },
  );
  expect(answer).toBeUndefined();
});
