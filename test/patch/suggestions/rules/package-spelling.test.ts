import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../lib/context/source.js';
import { packageSpelling } from '../../../../lib/patch/suggestions/rules/package-spelling.js';
import { repairWith } from '../repository.js';

describe('an import of a package that does not exist', () => {
  const manifest = '{ "dependencies": { "tide-table": "1", "react": "19", "next": "16" } }\n';
  const repair = (
    specifier: string,
    more: Readonly<Record<string, string>> = {},
    changes: readonly FileChange[] = [],
  ) =>
    repairWith(
      packageSpelling,
      { kind: 'module-not-found', file: 'src/a.ts', message: `Can't resolve '${specifier}'` },
      {
        files: { 'package.json': manifest, 'src/a.ts': `import a from '${specifier}';\nuse(a);\n`, ...more },
        changes,
      },
    );

  it.each([
    ['tide-tabel', 'tide-table'],
    ['tdie-table/high', 'tide-table/high'],
    ['next/lnik', 'next/link'],
  ])('%s', async (wrong, right) => {
    const more = { 'src/b.ts': "import Link from 'next/link';\n" };

    expect(await repair(wrong, more)).toEqual({ 'src/a.ts': `import a from '${right}';\nuse(a);\n` });
  });

  describe('a package that is not meant', () => {
    const importing = (from: string, names = 'low, high') => `import { ${names} } from '${from}';\nuse(${names});\n`;
    const at = (wrong: string, names?: string) => ({ 'src/a.ts': importing(wrong, names) });
    const others = { 'src/b.ts': importing('tide-table', 'low'), 'src/c.ts': importing('tide-table', 'high') };

    const exchanged = (path: string, before: string, after: string, more = ''): FileChange => ({
      status: 'modified',
      path,
      hunks: `@@ -1,2 +1,2 @@\n-import { low } from '${before}';\n+import { low } from '${after}';\n${more}`,
    });
    const here = exchanged('src/a.ts', 'tide-table', 'waters');

    it.each([
      ['the diff put it there for that one', here],
      ['the diff put that one for it elsewhere', exchanged('src/b.ts', 'waters', 'tide-table')],
    ])('gives way to the one from which others take the same names where %s', async (_, change) => {
      expect(await repair('waters', { ...at('waters'), ...others }, [change])).toEqual(at('tide-table'));
    });

    it.each([
      ['the diff says nothing of the two', []],
      [
        'the file was written anew for it',
        [exchanged('src/a.ts', 'tide-table', 'waters', '-use(low);\n+use({ low });\n')],
      ],
    ])('stays where %s', async (_, changes) => {
      expect(await repair('waters', { ...at('waters'), ...others }, changes)).toBeUndefined();
    });

    it.each([
      ['others take one of the names alone', { 'src/b.ts': importing('tide-table', 'low') }],
      ['two packages give them', { ...others, 'src/d.ts': importing('react') }],
    ])('stays where %s', async (_, more) => {
      expect(await repair('waters', { ...at('waters'), ...more }, [here])).toBeUndefined();
    });

    it('is the router of React since its version 7', async () => {
      const wrong = at('react-router-dom', 'Link');
      const declared = (version: string) => ({
        'package.json': `{ "dependencies": { "react-router": "${version}" } }`,
      });
      expect(await repair('react-router-dom', { ...wrong, ...declared('^7.6.0') })).toEqual(at('react-router', 'Link'));
      expect(await repair('react-router-dom', { ...wrong, ...declared('^6.30.0') })).toBeUndefined();
      const provider = at('react-router-dom', 'RouterProvider');
      expect(await repair('react-router-dom', { ...provider, ...declared('^7.6.0') })).toBeUndefined();
    });
  });

  it.each([
    ['another package is alike', 'preact', {}],
    ['two are alike', 'tide-tabe', { 'src/package.json': '{ "dependencies": { "tide-tale": "1" } }\n' }],
    ['nobody imports such a module', 'next/lnik', {}],
    ['an alias leads elsewhere', '@/lnik', {}],
  ])('stays where %s', async (_, wrong, more) => {
    expect(await repair(wrong, more)).toBeUndefined();
  });
});
