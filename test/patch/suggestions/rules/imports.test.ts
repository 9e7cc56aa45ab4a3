import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { defaultOrNamedImport } from '../../../../lib/patch/suggestions/rules/default-or-named-import.js';
import { missingImport } from '../../../../lib/patch/suggestions/rules/missing-import.js';
import { movedFile } from '../../../../lib/patch/suggestions/rules/moved-file.js';
import { renamedExport } from '../../../../lib/patch/suggestions/rules/renamed-export.js';
import { unresolvedPath } from '../../../../lib/patch/suggestions/rules/unresolved-path.js';
import { repairWith } from '../repository.js';

const tsconfig = '{ "compilerOptions": { "paths": { "@/*": ["./src/*"] } } }\n';
const unresolved = (specifier: string, file: string) => ({
  kind: 'module-not-found' as const,
  message: `Module not found: Can't resolve '${specifier}'`,
  specifier,
  file,
});

describe('a path that leads nowhere', () => {
  const files = {
    'tsconfig.json': tsconfig,
    'src/components/TideTable.tsx': 'export function TideTable() {}\n',
    'src/components/tides.css': '',
    'src/lib/format.ts': 'export const formatMetres = 1;\n',
    'src/lib/formal.ts': 'export const other = 1;\n',
  };

  it.each([
    ['@/components/tideTable', 'TideTable', '@/components/TideTable'],
    ['@/Components/TideTable', 'TideTable', '@/components/TideTable'],
    ['../components/TideTabel', 'TideTable', '../components/TideTable'],
    ['../componets/TideTable', 'TideTable', '../components/TideTable'],
    ['../components/TideTable.tx', 'TideTable', undefined],
    ['@/lib/fromat', 'formatMetres', '@/lib/format'],
  ])('%s', async (wrong, name, right) => {
    const text = (specifier: string) => `import { ${name} } from "${specifier}"\n\nuse(${name}, '${wrong}')\n`;

    const answer = await repairWith(unresolvedPath, unresolved(wrong, 'src/app/page.tsx'), {
      files: { ...files, 'src/app/page.tsx': text(wrong) },
    });

    expect(answer).toEqual(right && { 'src/app/page.tsx': text(right) });
  });

  it('repairs an import for effect, a dynamic one and a require alike', async () => {
    const text = "import './Tides.css';\nimport('./Tides.css');\nrequire('./Tides.css');\n";

    const answer = await repairWith(unresolvedPath, unresolved('./Tides.css', 'src/components/a.js'), {
      files: { ...files, 'src/components/a.js': text },
    });

    expect(answer).toEqual({ 'src/components/a.js': text.replaceAll('Tides', 'tides') });
  });

  it.each([
    ['two files are equally near', './lib/formae', {}],
    [
      'the file that is near does not export the name',
      './lib/forma1',
      { 'src/lib/format.ts': 'export const x = 1;\n' },
    ],
    ['nothing is near', './lib/money', {}],
    ['it is a package', 'formatt', {}],
  ])('answers nothing when %s', async (_, wrong, more) => {
    const answer = await repairWith(unresolvedPath, unresolved(wrong, 'src/a.ts'), {
      files: { ...files, ...more, 'src/a.ts': `import { formatMetres } from '${wrong}';\n` },
    });

    expect(answer).toBeUndefined();
  });

  it('answers nothing when the file calls by the path what it imports as its default', async () => {
    const card = { 'src/Card.jsx': 'export default function Card() {}\n' };
    const repair = (name: string) =>
      repairWith(unresolvedPath, unresolved('./Cards', 'src/a.jsx'), {
        files: { ...card, 'src/a.jsx': `import ${name} from './Cards';\n` },
      });

    expect(await repair('Card')).toEqual({ 'src/a.jsx': "import Card from './Card';\n" });
    expect(await repair('Cards')).toBeUndefined();
  });

  it('answers nothing when the diff took the file away beside the one that is near', async () => {
    const repair = (changes: readonly FileChange[]) =>
      repairWith(unresolvedPath, unresolved('./themes.css', 'src/a.js'), {
        files: { 'src/theme.css': '', 'src/a.js': "import './themes.css';\n" },
        changes,
      });
    const removed = { path: 'src/themes.css', status: 'removed' } as const;

    expect(await repair([])).toEqual({ 'src/a.js': "import './theme.css';\n" });
    expect(await repair([removed, { path: 'src/theme.css', status: 'added' }])).toBeDefined();
    expect(await repair([removed])).toBeUndefined();
  });

  it('answers nothing when the tree is not known whole', async () => {
    const answer = await repairWith(unresolvedPath, unresolved('./lib/fromat', 'src/a.ts'), {
      files: { ...files, 'src/a.ts': "import { formatMetres } from './lib/fromat';\n" },
      truncated: true,
    });

    expect(answer).toBeUndefined();
  });
});

describe('a file that moved', () => {
  const gauge = 'export function TideGauge() {}\n';
  const page = (specifier: string) => `import { TideGauge } from '${specifier}';\n\nuse(TideGauge);\n`;

  it('is imported from its new place by every importer, each in its own manner', async () => {
    const answer = await repairWith(movedFile, unresolved('@/components/TideGauge', 'src/app/page.tsx'), {
      files: {
        'tsconfig.json': tsconfig,
        'src/app/page.tsx': page('@/components/TideGauge'),
        'src/app/tides/page.tsx': page('../../components/TideGauge'),
        'src/components/tides/TideGauge.tsx': gauge,
      },
    });

    expect(answer).toEqual({
      'src/app/page.tsx': page('@/components/tides/TideGauge'),
      'src/app/tides/page.tsx': page('../../components/tides/TideGauge'),
    });
  });

  it('is found under another name where the diff says so', async () => {
    const answer = await repairWith(movedFile, unresolved('./gauge.js', 'src/a.ts'), {
      files: { 'src/a.ts': page('./gauge.js'), 'src/tide-gauge.ts': gauge },
      changes: [{ path: 'src/tide-gauge.ts', previousPath: 'src/gauge.ts', status: 'renamed' }],
    });

    expect(answer).toEqual({ 'src/a.ts': page('./tide-gauge.js') });
  });

  it('may be a stylesheet that is imported for its effect', async () => {
    const answer = await repairWith(movedFile, unresolved('./styles.css', 'src/main.ts'), {
      files: { 'src/main.ts': "import './styles.css';\n", 'src/index.css': 'a {}\n' },
      changes: [{ path: 'src/index.css', previousPath: 'src/styles.css', status: 'renamed' }],
    });

    expect(answer).toEqual({ 'src/main.ts': "import './index.css';\n" });
  });

  const signal = (paths: string) => `{ "compilerOptions": { "baseUrl": "."${paths} } }\n`;

  it.each([
    ['from the base folder', signal(''), 'lib/gauge', 'lib/tides/depth'],
    [
      'by an alias that is looked for first',
      signal(', "paths": { "*": ["./types/*"] }'),
      'lib/gauge',
      'lib/tides/depth',
    ],
  ])('is imported %s as it was before', async (_, settings, before, after) => {
    const files = { 'tsconfig.json': settings, 'src/a.tsx': page(before), 'lib/tides/depth.ts': gauge };
    const changes: FileChange[] = [{ path: 'lib/tides/depth.ts', previousPath: 'lib/gauge.ts', status: 'renamed' }];
    expect(await repairWith(movedFile, unresolved(before, 'src/a.tsx'), { files, changes })).toEqual({
      'src/a.tsx': page(after),
    });
  });

  it('is no package of which the repository has a namesake', async () => {
    const files = { 'tsconfig.json': signal(''), 'src/a.tsx': page('tidal'), 'lib/tidal.ts': gauge };
    expect(await repairWith(movedFile, unresolved('tidal', 'src/a.tsx'), { files })).toBeUndefined();
  });

  it('may be imported for its effect or on demand alone, where the diff says so', async () => {
    const files = { 'src/a.ts': "const show = () => import('./gauge');\n", 'src/tide-gauge.ts': gauge };
    const changes: FileChange[] = [{ path: 'src/tide-gauge.ts', previousPath: 'src/gauge.ts', status: 'renamed' }];
    expect(await repairWith(movedFile, unresolved('./gauge', 'src/a.ts'), { files, changes })).toEqual({
      'src/a.ts': "const show = () => import('./tide-gauge');\n",
    });
    expect(await repairWith(movedFile, unresolved('./gauge', 'src/a.ts'), { files })).toBeUndefined();
  });

  describe('and that Vite 8 could not open', () => {
    const bar = (name: string) =>
      `<script setup lang="ts">\nimport crest from '@/img/${name}.png';\n</script>\n\n<template>\n  <img :src="crest" alt="" />\n</template>\n`;
    const foot = (name: string) => `<template>\n  <p><img alt="" src="@/img/${name}.png" /></p>\n</template>\n`;
    const files = {
      'tsconfig.json': tsconfig,
      'src/Bar.vue': bar('crest'),
      'src/Foot.vue': foot('crest'),
      'src/Other.vue': foot('other'),
    };
    const changes: FileChange[] = [
      { path: 'src/img/coat-of-arms.png', previousPath: 'src/img/crest.png', status: 'renamed' },
    ];
    const error = {
      tool: 'script',
      kind: 'file-missing' as const,
      code: 'ENOENT',
      specifier: 'src/img/crest.png',
      message: "Error: ENOENT: no such file or directory, open '/vercel/path0/src/img/crest.png'",
    };
    const unread = ['src/img/coat-of-arms.png'];

    it('is followed by those who import it, in scripts and templates', async () => {
      expect(await repairWith(movedFile, error, { files, unread, changes })).toEqual({
        'src/Bar.vue': bar('coat-of-arms'),
        'src/Foot.vue': foot('coat-of-arms'),
      });
    });

    it('is followed by a template that is blamed itself', async () => {
      const text = foot('crest').replace('@/img', './img');
      const blamed = unresolved('./img/crest.png', 'src/Foot.vue');
      expect(await repairWith(movedFile, blamed, { files: { 'src/Foot.vue': text }, unread, changes })).toEqual({
        'src/Foot.vue': text.replace('crest', 'coat-of-arms'),
      });
    });

    it.each([
      ['the diff does not say where it went', { changes: [{ ...changes[0], status: 'removed' as const }] }],
      ['it is there', { unread: [...unread, 'src/img/crest.png'] }],
      ['nobody imports it', { files: { 'src/Other.vue': foot('other') } }],
      ['a link leads to it', { files: { 'src/Foot.vue': '<template><a href="./img/crest.png">a</a></template>\n' } }],
      ['two files came of it', { changes: [...changes, { ...changes[0], path: 'src/img/b.png' } as FileChange] }],
    ])('is left alone where %s', async (_, change) => {
      expect(
        await repairWith(movedFile, error, { files, unread, changes, ...change } as Parameters<typeof repairWith>[2]),
      ).toBeUndefined();
    });
  });

  it('may be a picture that a plugin was to load, whose query stays', async () => {
    const picture = (name: string) => `import Bee from '@/assets/${name}.svg?react';\n`;
    const repository = {
      files: { 'tsconfig.json': tsconfig, 'src/a.tsx': picture('bee'), 'src/assets/Bee.svg': '<svg />' },
      changes: [{ path: 'src/assets/Bee.svg', previousPath: 'src/assets/bee.svg', status: 'renamed' } as const],
    };
    const error = {
      ...unresolved('/vercel/path0/src/assets/bee.svg?react', 'src/a.tsx'),
      // vite-plugin-svgr under rollup.
      message:
        "Could not load /vercel/path0/src/assets/bee.svg?react (imported by src/a.tsx): ENOENT: no such file or directory, open '/vercel/path0/src/assets/bee.svg'",
    };
    expect(await repairWith(movedFile, error, repository)).toEqual({ 'src/a.tsx': picture('Bee') });
    expect(await repairWith(unresolvedPath, error, { files: repository.files })).toEqual({
      'src/a.tsx': picture('Bee'),
    });
    const two = { ...repository.files, 'src/assets/BEE.svg': '<svg />' };
    expect(await repairWith(unresolvedPath, error, { files: two })).toBeUndefined();
  });

  it.each([
    ['a stylesheet of that name stands elsewhere by chance', { 'b/tides.css': 'a {}\n' }, './tides.css'],
    ['two files have its name', { 'a/TideGauge.ts': gauge, 'b/TideGauge.ts': gauge }, './TideGauge'],
    ['the file of that name exports something else', { 'a/TideGauge.ts': 'export const x = 1;\n' }, './TideGauge'],
    ['the name is one that many files have', { 'a/utils.ts': gauge }, './utils'],
    ['the file was removed', {}, './TideGauge'],
  ])('answers nothing when %s', async (_, files, specifier) => {
    const answer = await repairWith(movedFile, unresolved(specifier, 'src/a.ts'), {
      files: { ...files, 'src/a.ts': page(specifier) },
    });

    expect(answer).toBeUndefined();
  });
});

describe('an export that was renamed', () => {
  const changes = (hunks: string): FileChange[] => [{ path: 'lib/berths.ts', status: 'modified', hunks }];
  const rename =
    '@@ -1,3 +1,3 @@\n-export function listBerths() {\n+export function getBerths() {\n   return all;\n }\n';
  const error = {
    kind: 'export-missing' as const,
    message: "Attempted import error: 'listBerths' is not exported from './lib/berths' (imported as 'listBerths').",
    file: 'a.ts',
  };
  const module = 'export function getBerths() {\n  return all;\n}\n';
  const user = "import { listBerths } from './lib/berths';\n\nuse(listBerths());\n";

  it('is followed by all importers', async () => {
    const answer = await repairWith(renamedExport, error, {
      files: {
        'a.ts': user,
        'b.ts': user,
        'c.ts': "import { x } from './d';\n// listBerths\n",
        'lib/berths.ts': module,
      },
      changes: changes(rename),
    });

    const repaired = user.replaceAll('listBerths', 'getBerths');
    expect(answer).toEqual({ 'a.ts': repaired, 'b.ts': repaired });
  });

  it.each([['a.ts'], ['index.ts']])('keeps its old name where a module passes it on; told by %s', async (file) => {
    const answer = await repairWith(
      renamedExport,
      { ...error, file },
      {
        files: {
          'a.ts': user,
          'index.ts': "export { listBerths, type Berth } from './lib/berths';\n",
          'lib/berths.ts': module,
        },
        changes: changes(rename),
      },
    );

    expect(answer).toEqual({
      'a.ts': user.replaceAll('listBerths', 'getBerths'),
      'index.ts': "export { getBerths as listBerths, type Berth } from './lib/berths';\n",
    });
  });

  describe('and written anew', () => {
    const anew =
      '@@ -1,3 +1,3 @@\n-export function listBerths() {\n-  return all;\n+export function getBerths() {\n+  return all.filter(isFree);\n }\n';
    const follower = "import { getBerths } from '../lib/berths';\n\nshow(getBerths());\n";
    const followed =
      "@@ -1,3 +1,3 @@\n-import { listBerths } from '../lib/berths';\n+import { getBerths } from '../lib/berths';\n \n-show(listBerths());\n+show(getBerths());\n";
    const both = (first: string, second: string): FileChange[] => [
      ...changes(first),
      { path: 'pages/b.ts', status: 'modified', hunks: second },
    ];
    const files = { 'a.ts': user, 'pages/b.ts': follower, 'lib/berths.ts': module };
    const repair = (diff: readonly FileChange[], more: Readonly<Record<string, string>> = {}) =>
      repairWith(renamedExport, error, { files: { ...files, ...more }, changes: diff });

    it('is followed where the diff made another importer take it', async () => {
      expect(await repair(both(anew, followed))).toEqual({ 'a.ts': user.replaceAll('listBerths', 'getBerths') });
    });

    it.each([
      ['no importer has changed', changes(anew), {}],
      ['its signature is another one', both(anew.replace('getBerths()', 'getBerths(harbour)'), followed), {}],
      ['it stands elsewhere', both(anew.replace('-  return all;\n', '   return all;\n'), followed), {}],
      ['the importer kept it in a place', both(anew, followed.replace('-show', ' show')), {}],
      ['the importer takes something else', both(anew, followed.replaceAll('getBerths', 'freeBerths')), {}],
      [
        'the importer takes it from elsewhere',
        both(anew, followed),
        { 'pages/b.ts': follower.replace('lib/berths', 'lib/moorings') },
      ],
      [
        'another importer went another way',
        [
          ...both(anew, followed),
          { path: 'c.ts', status: 'modified' as const, hunks: '@@ -1,1 +1,1 @@\n-listBerths();\n+all();\n' },
        ],
        { 'c.ts': 'all();\n' },
      ],
    ])('is left alone where %s', async (_, diff, more) => {
      expect(await repair(diff, more)).toBeUndefined();
    });
  });

  it('takes the names with it that are named after it', async () => {
    const hunks =
      '@@ -1,4 +1,4 @@\n-interface BerthProps {\n+interface MooringProps {\n   id: number;\n }\n-export function Berth({ id }: BerthProps) {\n+export function Mooring({ id }: MooringProps) {\n   return id;\n';
    const card =
      'interface MooringProps {\n  id: number;\n}\nexport function Mooring({ id }: MooringProps) {\n  return id;\n}\n';
    const facts = {
      ...error,
      message:
        "Export Berth doesn't exist in target module\nThe export Berth was not found in module [project]/lib/berths.ts",
      file: 'index.ts',
    };
    const files = { 'index.ts': "export { Berth } from './lib/berths';\n", 'lib/berths.ts': card };

    expect(await repairWith(renamedExport, facts, { files, changes: changes(hunks) })).toEqual({
      'index.ts': "export { Mooring as Berth } from './lib/berths';\n",
    });
    const others = [
      hunks.replace('+export function Mooring({ id }: MooringProps', '+export function Mooring({ id }: Props'),
    ];
    others.push(hunks.replace('+export function Mooring({ id }', '+export function Mooring({ key }'));
    for (const other of others)
      expect(await repairWith(renamedExport, facts, { files, changes: changes(other) })).toBeUndefined();
  });

  it.each([
    ['the new name alone', { 'page.ts': "import { getBerths } from './index';\n" }, 'getBerths'],
    [
      'both names',
      { 'page.ts': "import { getBerths } from './index';\n", 'old.ts': "import { listBerths } from './index';\n" },
      'getBerths, getBerths as listBerths',
    ],
    [
      'the new name, and perhaps the old one',
      { 'page.ts': "import { getBerths } from './index';\n", 'all.ts': "export * from './index';\n" },
      'getBerths, getBerths as listBerths',
    ],
  ])('is passed on to those who ask for %s', async (_, more, names) => {
    const index = "export { listBerths } from './lib/berths';\n";
    const files = { ...more, 'index.ts': index, 'lib/berths.ts': module };

    expect(
      await repairWith(renamedExport, { ...error, file: 'index.ts' }, { files, changes: changes(rename) }),
    ).toEqual({
      'index.ts': index.replace('listBerths', names),
    });
  });

  it.each([
    ['the diff is not known', undefined],
    [
      'the line changed otherwise too',
      changes('@@ -1 +1 @@\n-export function listBerths() {\n+export function getBerths(page: number) {\n'),
    ],
    [
      'the new name is not exported',
      changes('@@ -1 +1 @@\n-export function listBerths() {\n+export function allBerths() {\n'),
    ],
    ['the export was removed', changes('@@ -1,3 +0,0 @@\n-export function listBerths() {\n-}\n')],
    [
      'the body changed with the name',
      changes(
        '@@ -1,2 +1,2 @@\n-export function listBerths() {\n-  return all;\n+export function getBerths() {\n+  return all.at(0);\n',
      ),
    ],
    ['the diff gives two answers', changes(`${rename}@@ -9 +9 @@\n-export { listBerths };\n+export { listAll };\n`)],
  ])('answers nothing when %s', async (_, history) => {
    const answer = await repairWith(renamedExport, error, {
      files: { 'a.ts': user, 'lib/berths.ts': module },
      ...(history && { changes: history }),
    });

    expect(answer).toBeUndefined();
  });
});

describe('an import of the wrong kind', () => {
  it.each([
    [
      'a default export imported by name',
      `Module '"./card"' has no exported member 'Card'. Did you mean to use 'import Card from "./card"' instead?`,
      "import { Card } from './card';\nuse(Card);\n",
      'export default function Card() {}\n',
      "import Card from './card';\nuse(Card);\n",
    ],
    [
      'a named export imported as default',
      "Attempted import error: './card' does not contain a default export (imported as 'Card').",
      "import Card from './card';\nuse(Card);\n",
      'export function Card() {}\n',
      "import { Card } from './card';\nuse(Card);\n",
    ],
    [
      'a default export among named imports',
      '"Card" is not exported by "card.ts", imported by "a.ts".',
      "import { Tile, Card, type Row } from './card';\n",
      'export default function Card() {}\nexport const Tile = 1;\nexport type Row = 1;\n',
      "import Card, { Tile, type Row } from './card';\n",
    ],
    [
      'a named export beside named imports',
      '"default" is not exported by "card.ts", imported by "a.ts".',
      "import Card, { Tile } from './card';\n",
      'export function Card() {}\nexport const Tile = 1;\n',
      "import { Card, Tile } from './card';\n",
    ],
  ])('%s', async (_, message, text, module, repaired) => {
    const answer = await repairWith(
      defaultOrNamedImport,
      { message, file: 'a.ts' },
      { files: { 'a.ts': text, 'card.ts': module } },
    );

    expect(answer).toEqual({ 'a.ts': repaired });
  });

  it.each([
    [
      'the default export has another name',
      "import { Card } from './card';\n",
      'export default function Tile() {}\n',
      'Card',
    ],
    ['the default export has no name', "import { Card } from './card';\n", 'export default () => null;\n', 'Card'],
    [
      'the statement has a default already',
      "import Tile, { Card } from './card';\n",
      'export default function Card() {}\nexport const Tile = 1;\n',
      'Card',
    ],
    ['no named export has that name', "import Card from './card';\n", 'export const Tile = 1;\n', 'default'],
  ])('answers nothing when %s', async (_, text, module, name) => {
    const message = `"${name}" is not exported by "card.ts", imported by "a.ts".`;

    const answer = await repairWith(
      defaultOrNamedImport,
      { message, file: 'a.ts' },
      { files: { 'a.ts': text, 'card.ts': module } },
    );

    expect(answer).toBeUndefined();
  });
});

describe('a name that is not imported', () => {
  const error = (name: string) => ({
    message: `Cannot find name '${name}'.`,
    code: 'TS2304',
    file: 'src/app/page.tsx',
  });
  const other =
    "import { useState } from 'react';\nimport PriceTag from '../components/PriceTag';\nimport type { Berth } from '@/types';\n";
  const files = {
    'tsconfig.json': tsconfig,
    'src/types.ts': 'export interface Berth {}\n',
    'src/components/PriceTag.tsx': 'export default function PriceTag() {}\n',
    'src/lib/other.tsx': other,
  };

  it.each([
    [
      'PriceTag',
      "'use client';\n\nimport Link from 'next/link';\n\nexport const A = () => <PriceTag />;\n",
      "'use client';\n\nimport Link from 'next/link';\nimport PriceTag from '../components/PriceTag';\n\nexport const A = () => <PriceTag />;\n",
    ],
    [
      'useState',
      "import { useEffect } from 'react'\n\nuseState(1)\n",
      "import { useEffect, useState } from 'react'\n\nuseState(1)\n",
    ],
    ['useState', "'use client'\n\nuseState(1)\n", "'use client'\n\nimport { useState } from 'react';\n\nuseState(1)\n"],
    [
      'Berth',
      "import a from 'a'\r\nconst b: Berth = a\r\n",
      "import a from 'a'\r\nimport type { Berth } from '@/types'\r\nconst b: Berth = a\r\n",
    ],
  ])('%s is imported as elsewhere', async (name, text, repaired) => {
    const answer = await repairWith(missingImport, error(name), { files: { ...files, 'src/app/page.tsx': text } });

    expect(answer).toEqual({ 'src/app/page.tsx': repaired });
  });

  it('and others that went with the same statement', async () => {
    const text = 'export const a = () => [useState(1), useEffect(b), useMemo(b)];\n';
    const hunks = "@@ -1 +1,0 @@\n-import { useEffect, useState } from 'react';";

    const answer = await repairWith(missingImport, error('useState'), {
      files: { ...files, 'src/b.ts': "import { useEffect, useMemo } from 'react';\n", 'src/app/page.tsx': text },
      changes: [{ path: 'src/app/page.tsx', status: 'modified', hunks }],
    });

    expect(answer).toEqual({ 'src/app/page.tsx': `import { useState, useEffect } from 'react';\n\n${text}` });
  });

  it.each([
    ['export function f(useState: Hook, b: number) {', 'export function f(b: number) {'],
    ['export const f = (useState) => {', 'export const f = () => {'],
    ['const useState = make();', ''],
  ])('answers nothing where the diff took its declaration: %s', async (removed, added) => {
    const changes = [
      { path: 'src/app/page.tsx', status: 'modified' as const, hunks: `@@ -1 +1 @@\n-${removed}\n+${added}` },
    ];
    const broken = { ...files, 'src/app/page.tsx': `${added}\nuseState(1);\n${added.endsWith('{') ? '}\n' : ''}` };

    expect(await repairWith(missingImport, error('useState'), { files: broken, changes })).toBeUndefined();
    expect(await repairWith(missingImport, error('useState'), { files: broken })).toBeDefined();
  });

  it('from the root of sources where the file names modules so', async () => {
    const answer = await repairWith(missingImport, error('overdue'), {
      files: {
        'tsconfig.json': '{ "compilerOptions": { "baseUrl": "./src" } }',
        'src/lib/totals.ts': 'export const overdue = 1, due = 2;\n',
        'src/lib/other.ts': "import { overdue } from './totals';\n",
        'src/app/page.tsx': "import { due } from 'lib/totals';\nf(due, overdue);\n",
      },
    });

    expect(answer).toEqual({ 'src/app/page.tsx': "import { due, overdue } from 'lib/totals';\nf(due, overdue);\n" });
  });

  it.each([
    ['nobody imports it', 'useTides', {}],
    ['two modules offer it', 'useState', { 'src/b.ts': "import { useState } from './own-state';\n" }],
    [
      'somebody imports something else under that name',
      'useState',
      { 'src/b.ts': "import { useReducer as useState } from 'react';\n" },
    ],
    [
      'the file imports it under another name',
      'PriceTag',
      { 'src/app/page.tsx': "import Price from '../components/PriceTag';\nPriceTag();\n" },
    ],
    ['it is a member only', 'useState', { 'src/app/page.tsx': 'a.useState();\n' }],
    ['it is declared in the file', 'useState', { 'src/app/page.tsx': 'function f(useState) {}\nuseState();\n' }],
  ])('answers nothing when %s', async (_, name, more) => {
    const answer = await repairWith(missingImport, error(name), {
      files: { ...files, 'src/app/page.tsx': `${name}();\n`, ...more },
    });

    expect(answer).toBeUndefined();
  });
});

describe('a name that others import from the package in which it is missing', () => {
  const error = { tool: 'typescript' as const, code: 'TS2304', message: "Cannot find name 'findBerth'.", line: 1 };
  const file = 'packages/quay/src/notes.ts';
  const files = {
    'packages/quay/package.json': '{ "name": "@tide/quay", "main": "./dist/index.js" }',
    'packages/quay/src/index.ts': "export * from './berths';\nexport { note } from './notes';\n",
    'packages/quay/src/berths.ts': 'export const findBerth = (id: string) => id;\n',
    [file]: "export const note = findBerth('a');\n",
    'apps/web/package.json': '{ "name": "web" }',
    'apps/web/page.ts': "import { findBerth } from '@tide/quay';\n\nfindBerth('b');\n",
  };
  const repair = (more: Record<string, string>) =>
    repairWith(missingImport, { ...error, file }, { files: { ...files, ...more } });

  it('is imported from the module that has it, not from the package or its index', async () => {
    expect(await repair({})).toEqual({
      [file]: "import { findBerth } from './berths';\n\nexport const note = findBerth('a');\n",
    });
  });

  it('is left where two modules have it', async () => {
    expect(await repair({ 'packages/quay/src/moorings.ts': 'export const findBerth = 1;\n' })).toBeUndefined();
  });
});

describe('what a file uses and does not import, where its use says more', () => {
  const boat = 'export class Boat {}\n';
  const typed = "import type { Boat } from './boat';\nexport type Fleet = Boat[];\n";
  const unknown = (name: string, file: string) => ({ file, line: 1, message: `Cannot find name '${name}'.` });

  it('comes in as a value where others take its type alone', async () => {
    const files = { 'src/a.ts': 'export const b = new Boat();\n', 'src/boat.ts': boat, 'src/fleet.ts': typed };

    expect(await repairWith(missingImport, unknown('Boat', 'src/a.ts'), { files })).toEqual({
      'src/a.ts': `import { Boat } from './boat';\n\n${files['src/a.ts']}`,
    });
    const shapes = { ...files, 'src/boat.ts': 'export interface Boat {}\n' };
    expect(await repairWith(missingImport, unknown('Boat', 'src/a.ts'), { files: shapes })).toBeUndefined();
  });

  it('is not the constant of a common word, which the file may lack itself', async () => {
    const files = { 'src/a.ts': 'show(user.name);\n', 'src/demo.ts': "export const user = { name: 'Demo' };\n" };
    const changes = [
      { path: 'src/a.ts', status: 'modified' as const, hunks: "@@ -1 +0,0 @@\n-import { user } from './demo';" },
    ];

    expect(await repairWith(missingImport, unknown('user', 'src/a.ts'), { files })).toBeUndefined();
    expect(await repairWith(missingImport, unknown('user', 'src/a.ts'), { files, changes })).toBeDefined();
  });

  it('does not bring to the browser what is of the server', async () => {
    const files = (mark: string) => ({
      'src/a.ts': `${mark}show(db.users);\n`,
      'src/db.ts': "import 'server-only';\nexport const db = { users: 1 };\n",
      'src/page.ts': "import { db } from './db';\nshow(db);\n",
    });
    const error = { ...unknown('db', 'src/a.ts'), line: 2 };

    expect(await repairWith(missingImport, error, { files: files('\n') })).toBeDefined();
    expect(await repairWith(missingImport, error, { files: files("'use client';\n") })).toBeUndefined();
  });
});

describe('an import of a file that may have been forgotten', () => {
  const error = { kind: 'module-not-found' as const, file: 'web/page.tsx', message: "Can't resolve './Header'" };
  const page = "import Header from './Header';\nshow(Header);\n";
  const header = 'export default function Header() {}\n';

  it('does not lead to another package', async () => {
    const files = { 'web/page.tsx': page, 'package.json': '{}', 'admin/ui/Header.tsx': header };

    expect(await repairWith(movedFile, error, { files })).toBeDefined();
    const packages = { ...files, 'admin/package.json': '{}' };
    expect(await repairWith(movedFile, error, { files: packages })).toBeUndefined();
  });

  it('does not lead to another folder where the diff brought it', async () => {
    const files = { 'web/page.tsx': page, 'web/ui/Header.tsx': header };
    const hunks = `@@ -0,0 +1,2 @@\n+import Header from './Header';\n+show(Header);`;
    const changes = [{ path: 'web/page.tsx', status: 'added' as const, hunks }];

    expect(await repairWith(movedFile, error, { files })).toBeDefined();
    expect(await repairWith(movedFile, error, { files, changes })).toBeUndefined();
  });
});

it('a type of the name is not what objects are made of', async () => {
  const error = { file: 'a.ts', message: `Module '"./boat"' has no default export.` };
  const repair = (use: string) =>
    repairWith(defaultOrNamedImport, error, {
      files: { 'a.ts': `import Boat from './boat';\n${use}\n`, 'boat.ts': 'export interface Boat {}\n' },
    });

  expect(await repair('let boat: Boat;')).toBeDefined();
  expect(await repair('show(new Boat());')).toBeUndefined();
});

describe('a name that may be another is not imported', () => {
  const unknown = (name: string, file = 'src/a.ts') => ({ file, message: `Cannot find name '${name}'.`, line: 1 });

  it.each([
    [
      'boats',
      {
        'src/b.ts': "import { boats } from './schema';\nboats;\n",
        'src/c.ts': 'export const c = () => {\n  const boats = load();\n  return boats;\n};\n',
        'src/schema.ts': 'export const boats = 1;\n',
      },
    ],
    [
      'sail',
      { 'src/b.test.ts': "import { sail } from './double';\nsail();\n", 'src/double.ts': 'export default 1;\n' },
    ],
    [
      'clsx',
      {
        'src/package.json': '{}',
        'ui/package.json': '{"dependencies":{"clsx":"2.0.0"}}',
        'ui/b.ts': "import { clsx } from 'clsx';\nclsx();\n",
      },
    ],
  ])('%s', async (name, files) => {
    const repository = { files: { ...files, 'src/a.ts': `export const a = ${name};\n` } };
    expect(await repairWith(missingImport, unknown(name), repository)).toBeUndefined();
  });

  it('where the diff took uses of it along with the import', async () => {
    const files = {
      'src/a.ts': "import { sail } from './sail';\nsail();\nrow();\n",
      'src/b.ts': "import { row } from './row';\nrow();\n",
      'src/row.ts': 'export const row = () => 1;\n',
      'src/sail.ts': 'export const sail = () => 1;\n',
    };
    const change = (hunks: string): FileChange => ({ status: 'modified', path: 'src/a.ts', hunks });
    const lost = "-import { row } from './row.js';\n+import { sail } from './sail';";
    expect(
      await repairWith(missingImport, unknown('row'), { files, changes: [change(`${lost}\n-row();\n+sail();`)] }),
    ).toBeUndefined();
    expect(
      await repairWith(missingImport, unknown('row'), { files, changes: [change("-import { row } from 'row';")] }),
    ).toBeDefined();
  });
});
