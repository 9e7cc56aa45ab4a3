import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { unlistedModule } from '../../../../lib/patch/suggestions/rules/unlisted-module.js';
import { type Repository, repairWith } from '../repository.js';

describe('unlisted-module', () => {
  const component = (name: string) => `export function ${name}() {\n  return null;\n}\n`;
  const kit = {
    'packages/kit/package.json': '{ "name": "@acme/kit", "main": "./src/index.ts" }',
    'packages/kit/src/Card.tsx': component('Card'),
    'packages/kit/src/Panel.tsx': component('Panel'),
    'packages/kit/src/Tag.tsx': component('Tag'),
    'packages/kit/src/Tag.test.tsx': component('Tag'),
  };
  const repair = (index: string, more: Readonly<Record<string, string>> = {}, rest: Partial<Repository> = {}) =>
    repairWith(
      unlistedModule,
      {
        file: 'web/page.tsx',
        line: 1,
        kind: 'export-missing',
        message: `Module '"@acme/kit"' has no exported member 'Tag'.`,
      },
      {
        files: {
          'web/page.tsx': "import { Tag } from '@acme/kit';\n",
          ...kit,
          'packages/kit/src/index.ts': index,
          ...more,
        },
        ...rest,
      },
    ).then((answer) => answer?.['packages/kit/src/index.ts']);

  it.each<[string, string, string, Readonly<Record<string, string>>]>([
    ['everything', "export * from './Card';\n", "export * from './Card';\nexport * from './Tag';\n", {}],
    [
      'names, in their order and without semicolons',
      "export { Card } from './Card.js'\nexport { Tide } from './Tide.js'\n",
      "export { Card } from './Card.js'\nexport { Tag } from './Tag.js'\nexport { Tide } from './Tide.js'\n",
      { 'packages/kit/src/Tide.tsx': component('Tide') },
    ],
    [
      'names, with a type',
      "export { Panel } from './Panel';\nexport { Card } from './Card';\n",
      "export { Panel } from './Panel';\nexport { Card } from './Card';\nexport type { Tag } from './tags';\n",
      { 'packages/kit/src/Tag.tsx': '', 'packages/kit/src/tags.ts': 'export interface Tag {\n  a: string;\n}\n' },
    ],
    [
      'defaults, of folders too',
      "export { default as Card } from './Card';\n",
      "export { default as Card } from './Card';\nexport { default as Tag } from './Tag';\n",
      {
        'packages/kit/src/Card.tsx': `export default ${component('Card').slice(7)}`,
        'packages/kit/src/Tag.tsx': '',
        'packages/kit/src/Tag/index.tsx': `export default ${component('Tag').slice(7)}`,
      },
    ],
  ])('is passed on as the others are: %s', async (_, index, repaired, more) => {
    const rest = { ...kit, ...more };
    const gone = Object.keys(more).filter((path) => more[path] === '');
    for (const path of gone) delete (rest as Record<string, string>)[path];
    const answer = await repairWith(
      unlistedModule,
      { file: 'web/page.tsx', message: "'Tag' is not exported from '@acme/kit'", kind: 'export-missing' },
      { files: { 'web/page.tsx': "import { Tag } from '@acme/kit';\n", ...rest, 'packages/kit/src/index.ts': index } },
    );
    expect(answer).toEqual({ 'packages/kit/src/index.ts': repaired });
  });

  const index = "export * from './Card';\n";
  it.each<[string, string, Readonly<Record<string, string>>]>([
    ['two modules have it', index, { 'packages/kit/src/Label.tsx': component('Tag') }],
    [
      'its other names are passed on already',
      index,
      {
        'packages/kit/src/Tag.tsx': `${component('Tag')}export const Card = 1;\n`,
      },
    ],
    ['a module that passes on nothing', 'export const Card = 1;\n', {}],
    ['others reach it by its own path', index, { 'web/b.tsx': "import { Tag } from '../packages/kit/src/Tag';\n" }],
    [
      'the package has another entry for it',
      index,
      {
        'packages/kit/package.json':
          '{ "name": "@acme/kit", "exports": { ".": "./src/index.ts", "./tag": "./src/Tag.tsx" } }',
      },
    ],
    [
      'it lies deeper than what is passed on',
      index,
      {
        'packages/kit/src/Tag.tsx': 'export {};\n',
        'packages/kit/src/parts/Tag.tsx': component('Tag'),
      },
    ],
  ])('is left where %s', async (_, text, more) => {
    expect(await repair(text, more)).toBeUndefined();
  });

  it('is left where the diff put another in its place', async () => {
    const hunks = "@@ -1,2 +1,2 @@\n export * from './Card';\n-export * from './Tag';\n+export * from './Label';\n";
    expect(
      await repair(index, {}, { changes: [{ path: 'packages/kit/src/index.ts', status: 'modified', hunks }] }),
    ).toBeUndefined();
  });

  describe('a name that moved to a module of its own', () => {
    const folder = 'packages/kit/src';
    const list = "export { Card } from './Card';\nexport { Panel } from './Panel';\n";
    const listed: FileChange = {
      path: `${folder}/index.ts`,
      status: 'modified',
      hunks: `@@ -1,2 +1,2 @@\n-export { Card, Tag } from './Card';\n+export { Card } from './Card';\n export { Panel } from './Panel';\n`,
    };
    const left: FileChange = {
      path: `${folder}/Card.tsx`,
      status: 'modified',
      hunks: '@@ -3,3 +3,0 @@\n-export function Tag() {\n-  return null;\n-}\n',
    };
    const added: FileChange = { path: `${folder}/Tag.tsx`, status: 'added' };

    it('is passed on from there', async () => {
      expect(await repair(list, {}, { changes: [listed, left, added] })).toBe(`${list}export { Tag } from './Tag';\n`);
    });

    it.each<[string, string, Readonly<Record<string, string>>, readonly FileChange[]]>([
      ['the module has it still', list, { [`${folder}/Card.tsx`]: component('Card') + component('Tag') }, [listed]],
      ['the other module had it before', list, {}, [listed, left]],
      ['nothing was moved', list, {}, [listed, added]],
      [
        'another name came',
        list.replace('Card }', 'Card, Label }'),
        {},
        [
          {
            ...listed,
            hunks: "@@ -1,1 +1,1 @@\n-export { Card, Tag } from './Card';\n+export { Card, Label } from './Card';\n",
          },
          left,
          added,
        ],
      ],
    ])('is left where %s', async (_, text, more, changes) => {
      expect(await repair(text, more, { changes })).toBeUndefined();
    });
  });
});
