import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { aliasFolder } from '../../../../lib/patch/suggestions/rules/alias-folder.js';
import { repairWith } from '../repository.js';

describe('alias-folder', () => {
  const error = {
    kind: 'module-not-found',
    message: "Module not found: Can't resolve '@lib/tides'",
    specifier: '@lib/tides',
    file: 'app/a.ts',
  } as const;
  const tree = {
    'app/a.ts': "import { tides } from '@lib/tides';\nimport { sun } from '@lib/sky/sun';\n",
    'src/lib/tides.ts': 'export const tides = [];\n',
    'src/lib/sky/sun.ts': 'export const sun = 1;\n',
  };
  const settings = (target: string, baseUrl?: string) =>
    `${JSON.stringify({ compilerOptions: { baseUrl, paths: { '@app/*': ['app/*'], '@lib/*': [target] } } }, undefined, 2)}\n`.replace(
      /\[\s+("[^"]+")\s+\]/g,
      '[$1]',
    );
  const repair = (
    text: string,
    more: Readonly<Record<string, string>> = {},
    changes: readonly FileChange[] = [{ status: 'modified', path: 'app/a.ts' }],
  ) => repairWith(aliasFolder, error, { files: { ...tree, 'tsconfig.json': text, ...more }, changes });

  it.each([
    ['source/lib/*', '.', 'src/lib/*'],
    ['./source/lib/*', undefined, './src/lib/*'],
    ['lib/*', '.', 'src/lib/*'],
    ['librairy/*', 'src', 'lib/*'],
  ])('leads to where all its files stand, not to %s', async (target, base, right) => {
    expect(await repair(settings(target, base))).toEqual({ 'tsconfig.json': settings(right, base) });
  });

  it.each([
    ['one file stands elsewhere', { 'app/b.ts': "import '@lib/moon';\n", 'lib2/moon.ts': '' }],
    ['two folders hold them', { 'old/tides.ts': '', 'old/sky/sun.ts': '' }],
    ['one file alone is asked for', { 'app/a.ts': "import { tides } from '@lib/tides';\n" }],
    ['the folder is there', { 'source/lib/moon.ts': '' }],
  ])('answers nothing when %s', async (_, more) => {
    expect(await repair(settings('source/lib/*', '.'), more)).toBeUndefined();
  });

  it('answers nothing when the latest change is unknown, gave it that folder, or took the folder away', async () => {
    const text = settings('source/lib/*', '.');
    const hunks = '@@ -6 +6 @@\n-      "@lib/*": ["src/lib/*"]\n+      "@lib/*": ["source/lib/*"]\n';

    expect(await repair(text, {}, [])).toBeUndefined();
    expect(await repair(text, {}, [{ status: 'modified', path: 'tsconfig.json', hunks }])).toBeUndefined();
    expect(await repair(text, {}, [{ status: 'removed', path: 'source/lib/tides.ts' }])).toBeUndefined();
  });
});
