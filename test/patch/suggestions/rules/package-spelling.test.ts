import { describe, expect, it } from 'vitest';
import { packageSpelling } from '../../../../lib/patch/suggestions/rules/package-spelling.js';
import { repairWith } from '../repository.js';

describe('an import of a package that does not exist', () => {
  const manifest = '{ "dependencies": { "tide-table": "1", "react": "19", "next": "16" } }\n';
  const repair = (specifier: string, more: Readonly<Record<string, string>> = {}) =>
    repairWith(
      packageSpelling,
      { kind: 'module-not-found', file: 'src/a.ts', message: `Can't resolve '${specifier}'` },
      { files: { 'package.json': manifest, 'src/a.ts': `import a from '${specifier}';\nuse(a);\n`, ...more } },
    );

  it.each([
    ['tide-tabel', 'tide-table'],
    ['tdie-table/high', 'tide-table/high'],
    ['next/lnik', 'next/link'],
  ])('%s', async (wrong, right) => {
    const more = { 'src/b.ts': "import Link from 'next/link';\n" };

    expect(await repair(wrong, more)).toEqual({ 'src/a.ts': `import a from '${right}';\nuse(a);\n` });
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
