import { describe, expect, it } from 'vitest';
import { goneReference } from '../../../../lib/patch/suggestions/rules/gone-reference.js';
import { repairWith } from '../repository.js';

const lost = (path: string) => ({
  kind: 'config' as const,
  code: 'TS5083',
  message: `Cannot read file '/vercel/path0/${path}'.`,
});
const removed = (path: string) => [{ status: 'removed', path }] as const;
const config = (...paths: string[]) =>
  `{\n  "files": [],\n  "references": [${paths.map((path) => `{ "path": "${path}" }`).join(', ')}]\n}\n`;

describe('gone-reference', () => {
  it.each([
    ['a file', ['./tsconfig.app.json', './tsconfig.node.json'], 'tsconfig.node.json', ['./tsconfig.app.json']],
    [
      'the first of them',
      ['./tsconfig.node.json', './tsconfig.app.json'],
      'tsconfig.node.json',
      ['./tsconfig.app.json'],
    ],
    ['a folder', ['packages/tides', 'packages/quay'], 'packages/quay/tsconfig.json', ['packages/tides']],
  ])('goes after %s', async (_, before, path, after) => {
    const repository = { files: { 'tsconfig.json': config(...before) }, changes: removed(path) };
    expect(await repairWith(goneReference, lost(path), repository)).toEqual({ 'tsconfig.json': config(...after) });
  });

  it.each([
    [
      'the last change deleted another file',
      { files: { 'tsconfig.json': config('./a.json') }, changes: removed('b.json') },
    ],
    ['nothing refers to it', { files: { 'tsconfig.json': '{ "extends": "./a.json" }' }, changes: removed('a.json') }],
    [
      'another came in its place',
      {
        files: { 'tsconfig.json': config('./a.json'), 'tsconfig.b.json': '{}' },
        changes: [...removed('a.json'), { status: 'added', path: 'tsconfig.b.json' }] as const,
      },
    ],
    ['it is there', { files: { 'tsconfig.json': config('./a.json'), 'a.json': '{}' }, changes: removed('a.json') }],
  ])('has no answer where %s', async (_, repository) => {
    expect(await repairWith(goneReference, lost('a.json'), repository)).toBeUndefined();
  });

  it('stays where the project lost its configuration alone', async () => {
    const config = '{ "references": [{ "path": "packages/quay" }] }';
    const repository = {
      files: { 'tsconfig.json': config, 'packages/quay/src/a.ts': '' },
      changes: removed('packages/quay/tsconfig.json'),
    };
    expect(await repairWith(goneReference, lost('packages/quay/tsconfig.json'), repository)).toBeUndefined();
  });
});
