import { describe, expect, it } from 'vitest';
import { climbingPath } from '../../../../lib/patch/suggestions/rules/climbing-path.js';
import { documentImage } from '../../../../lib/patch/suggestions/rules/document-image.js';
import { repairWith } from '../repository.js';

describe('an import that climbs too little or too much', () => {
  const repair = (file: string, text: string, files: Record<string, string>, changes: object[] = []) => {
    const specifier = /from '([^']+)'/.exec(text)?.[1] ?? '';
    return repairWith(
      climbingPath,
      { file, kind: 'module-not-found', specifier, message: `Could not resolve "${specifier}" from "${file}"` },
      { files: { [file]: text, ...files }, changes: changes as never },
    );
  };
  const wrong = "import { rise } from '../lib/tides';\n\nexport const high = rise;\n";
  const page = 'src/pages/tides/week.ts';
  const lib = { 'src/lib/tides.ts': 'export const rise = 1;\n' };

  it.each([
    [page, wrong, "import { rise } from '../../lib/tides';\n\nexport const high = rise;\n"],
    ['src/week.ts', wrong, wrong.replace('../lib', './lib')],
    [
      'src/notes/a/b.mdx',
      "import Tide from '../lib/tides';\n\n# Tide\n",
      "import Tide from '../../lib/tides';\n\n# Tide\n",
    ],
  ])('%s', async (file, text, right) => {
    const files = file.endsWith('.mdx') ? { 'src/lib/tides.ts': 'export default 1;\n' } : lib;

    expect(await repair(file, text, files)).toEqual({ [file]: right });
  });

  it.each([
    ['the folder that it names is there', { ...lib, 'src/pages/lib/moons.ts': '' }],
    ['another file has that path', { ...lib, 'packages/sea/lib/tides.ts': 'export const rise = 1;\n' }],
    ['another package has that path', { ...lib, 'src/pages/package.json': '{}', 'package.json': '{}' }],
    ['the folder is made by something', { ...lib, '.gitignore': '/src/pages/lib\n' }],
    ['the file does not offer the name', { 'src/lib/tides.ts': 'export const fall = 1;\n' }],
    ['it lies below no folder above the file', { 'other/lib/tides.ts': 'export const rise = 1;\n' }],
  ])('answers nothing where %s', async (_, files) => {
    expect(await repair(page, wrong, files)).toBeUndefined();
  });

  it('answers nothing where the folder was there until now', async () => {
    const changes = [{ path: 'src/pages/lib/tides.ts', status: 'removed' }];

    expect(await repair(page, wrong, lib, changes)).toBeUndefined();
  });

  it('answers nothing for a neighbour that is not there', async () => {
    const text = "import { rise } from './tides';\n";

    expect(await repair(page, text, lib)).toBeUndefined();
  });
});

describe('a picture that an entry names and Astro does not find', () => {
  const message = (path: string) => `[commonjs--resolver] Could not find requested image \`${path}\`. Does it exist?`;
  const note = (path: string) => `---\ntitle: Tide\ncover: ${path}\n---\n`;
  const repair = (path: string, files: Record<string, string>, changes: object[] = []) =>
    repairWith(
      documentImage,
      { tool: 'astro', kind: 'syntax', message: message(path) },
      { files: { 'src/notes/tide.md': note(path), ...files }, changes: changes as never },
    );

  it('is found where the path climbs too much', async () => {
    expect(await repair('../../assets/tide.png', { 'src/assets/tide.png': '' })).toEqual({
      'src/notes/tide.md': note('../assets/tide.png'),
    });
  });

  it.each([
    ['renamed', [{ status: 'renamed', previousPath: 'src/assets/tide.png', path: 'src/assets/sea/tide.png' }]],
    [
      'removed and added',
      [
        { status: 'removed', path: 'src/assets/tide.png' },
        { status: 'added', path: 'src/assets/sea/tide.png' },
      ],
    ],
  ])('is found where it was moved: %s', async (_, changes) => {
    expect(await repair('../assets/tide.png', { 'src/assets/sea/tide.png': '' }, changes)).toEqual({
      'src/notes/tide.md': note('../assets/sea/tide.png'),
    });
  });

  it.each([
    [
      "the new picture of that name is another entry's",
      '../a/cover.png',
      { 'src/b/cover.png': '', 'src/notes/sea.md': note('../b/cover.png') },
      [
        { status: 'removed', path: 'src/a/cover.png' },
        { status: 'added', path: 'src/b/cover.png' },
      ],
    ],
    ['only another entry has a picture of that name', './tide.png', { 'src/notes/sea/tide.png': '' }],
    [
      'the folder is there, and the picture was left out',
      '../assets/tide.png',
      { 'src/assets/sea.png': '', 'assets/tide.png': '' },
    ],
    [
      'two entries name it',
      '../../assets/tide.png',
      { 'src/assets/tide.png': '', 'src/notes/sea.md': note('../../assets/tide.png') },
    ],
  ])('answers nothing where %s', async (_, path, files, changes: object[] = []) => {
    expect(await repair(path, files, changes)).toBeUndefined();
  });
});
