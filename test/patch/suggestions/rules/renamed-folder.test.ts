import { describe, expect, it } from 'vitest';
import { renamedFolder } from '../../../../lib/patch/suggestions/rules/renamed-folder.js';
import { repairWith } from '../repository.js';

const lost = (path: string) =>
  ({
    kind: 'file-missing',
    code: 'ENOENT',
    message: `ENOENT: no such file or directory, scandir '/vercel/path0/${path}'`,
    specifier: path,
  }) as const;
const moved = (from: string, to: string) =>
  ['neap.md', 'spring.md'].map(
    (name) => ({ status: 'renamed', previousPath: `${from}/${name}`, path: `${to}/${name}` }) as const,
  );
const there = (folder: string) => ({ [`${folder}/neap.md`]: '', [`${folder}/spring.md`]: '' });
const code = (folder: string) => `import path from 'node:path';\n\nexport const tides = read(${folder});\n`;

describe('renamed-folder', () => {
  it.each([
    ["'content/tides'", "'content/waters'"],
    ["'./content/tides/'", "'./content/waters/'"],
    ["path.join(process.cwd(), 'content', 'tides')", "path.join(process.cwd(), 'content', 'waters')"],
    ["resolve(root, 'content/tides')", "resolve(root, 'content/waters')"],
  ])('is followed where code names it: %s', async (before, after) => {
    const files = { 'lib/tides.ts': code(before), ...there('content/waters') };
    expect(
      await repairWith(renamedFolder, lost('content/tides'), {
        files,
        changes: moved('content/tides', 'content/waters'),
      }),
    ).toEqual({ 'lib/tides.ts': code(after) });
  });

  it.each([
    ['some of its files are left', there('content/tides'), moved('content/tides', 'content/waters'), "'content/tides'"],
    [
      'its files went to two folders',
      {},
      [...moved('content/tides', 'a').slice(1), ...moved('content/tides', 'b')],
      "'content/tides'",
    ],
    ['another folder of that name is meant', {}, moved('content/tides', 'content/waters'), "'archive/tides'"],
    ['it is joined of other parts', {}, moved('content/tides', 'content/waters'), "path.join(base, 'tides')"],
    ['nothing moved', {}, [], "'content/tides'"],
  ])('has no answer where %s', async (_, more, changes, folder) => {
    const files = { 'lib/tides.ts': code(folder), ...there('content/waters'), ...more };
    expect(await repairWith(renamedFolder, lost('content/tides'), { files, changes })).toBeUndefined();
  });
});
