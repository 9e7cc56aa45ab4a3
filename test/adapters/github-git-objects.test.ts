import { expect, test } from 'vitest';
import { computeTreeId, hashBlob, hashRootTree, layOver } from '../../lib/adapters/github/git-objects.js';
import type { SourceTree, TreeEntry } from '../../lib/context/source.js';
import type { ChangedFile } from '../../lib/patch/patch.js';

/** What `git ls-tree -r -t` of git 2.39 prints for a small repository with every kind of entry. */
const LISTING = `
040000 939eed6d6e796abad906ac4e340016f1b04b5259 app
040000 86756eb818d8fe3a9f795e26a677541c73825931 app/deep
100644 9a07dce52fe09ba0b92ec208189aec36bd24df49 app/deep/leaf.ts
100644 f522bd472a2a0a8cc461c5d7db436a5dc8c15a66 app/page.tsx
040000 ec943ff8f5aff324191b5bc56a75f8d30f26971d dir with space
100644 8be8316c70848caa99b9b3086c64976e82d1c17d dir with space/ünïcode.md
040000 b361c6ef67e7e982ab1a52b2656eba044465d2ff lib-x
100644 61780798228d17af2d34fce4cfbdf35556832472 lib-x/b.ts
100644 f2ad6c76f0115a6ba5b00456a849810e7ec0af20 lib.ts
040000 fa7e4766c476d1b99e22d60e48dbedd6e824c60b lib
100644 78981922613b2afb6025042ff6bd878ac1994e85 lib/a.ts
120000 3c1ff6fc9462b2a78bdf670d7d894a31d40b6cc4 link
100755 1a2485251c33a70432394c93fb89330ef214bfc9 run.sh
040000 2dbec15ac43607e0de080fcb15a3f177098ed37c vendor
160000 1234567890123456789012345678901234567890 vendor/module`;
const ROOT = '771a0ca00687770a07f48e7cbfdb8ff8ce0df61b';

function list(lines: string, truncated = false): SourceTree {
  const entries = lines
    .trim()
    .split('\n')
    .map((line) => {
      const [mode = '', sha = '', ...path] = line.split(' ');
      return { mode: mode as TreeEntry['mode'], sha, path: path.join(' ') };
    });
  return { entries, truncated };
}

function change(path: string, content: string | null, mode: ChangedFile['mode'] = '100644'): ChangedFile {
  return { path, mode, before: '', content };
}

test.each([
  ['page\n', 'f522bd472a2a0a8cc461c5d7db436a5dc8c15a66'],
  ['ä\n', '8be8316c70848caa99b9b3086c64976e82d1c17d'],
  ['', 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'],
])('the id of the blob %j', async (content, id) => {
  expect(await hashBlob(new TextEncoder().encode(content))).toBe(id);
});

test('the id of a root tree', async () => {
  expect(await hashRootTree(list(LISTING))).toBe(ROOT);
});

test('the order of the listing does not matter', async () => {
  const { entries } = list(LISTING);

  expect(await hashRootTree({ entries: [...entries].reverse(), truncated: false })).toBe(ROOT);
});

test('no change gives the same tree', async () => {
  expect(await computeTreeId(list(LISTING), [])).toBe(ROOT);
  expect(await computeTreeId(list(LISTING), [change('app/page.tsx', 'page\n')])).toBe(ROOT);
});

test('an edit, a new file in new directories, a deletion that empties a directory, an executable', async () => {
  const files = [
    change('app/page.tsx', 'page two\n'),
    change('app/new/er/n.ts', 'n\n'),
    change('app/deep/leaf.ts', null),
    change('run.sh', '#!/bin/sh\nexit\n', '100755'),
  ];

  expect(await computeTreeId(list(LISTING), files)).toBe('729c10e6b20dd6118862639833dee36288ba76be');
  expect(await computeTreeId(list(LISTING), [...files].reverse())).toBe('729c10e6b20dd6118862639833dee36288ba76be');
});

test('a deletion of what is not there changes nothing', async () => {
  expect(await computeTreeId(list(LISTING), [change('lib/none.ts', null), change('none/at/all.ts', null)])).toBe(ROOT);
});

test('a file replaces a directory that is emptied, and the other way round', async () => {
  const files = [change('lib/a.ts', null), change('lib', 'now a file\n')];
  const there = await layOver(list(LISTING), { files, write: async (children) => JSON.stringify(children) });

  expect(JSON.parse(there)).toContainEqual({ name: 'lib', mode: '100644', content: 'now a file\n' });
  const back = await layOver(list(LISTING), {
    files: [change('lib.ts', null), change('lib.ts/index.ts', 'x')],
    write: async (children) => children.map(({ name, mode }) => `${mode} ${name}`).join('|'),
  });
  expect(back.split('|')).toContain('040000 lib.ts');
});

test('only directories above a change are written, children first', async () => {
  const written: string[][] = [];

  await layOver(list(LISTING), {
    files: [change('app/deep/leaf.ts', 'new\n')],
    write: async (children) => {
      written.push(children.map(({ name }) => name));
      return 'f'.repeat(40);
    },
  });

  expect(written).toEqual([
    ['leaf.ts'],
    ['deep', 'page.tsx'],
    ['app', 'dir with space', 'lib-x', 'lib.ts', 'lib', 'link', 'run.sh', 'vendor'],
  ]);
});

test.each(['app/page.tsx', 'app/deep/er/new.ts'])(
  'a change of %s in a directory that is not listed is refused',
  async (path) => {
    const tree = list(LISTING, true);
    const entries = tree.entries.filter((entry) => !entry.path.startsWith('app/'));

    await expect(computeTreeId({ entries, truncated: true }, [change(path, 'x')])).rejects.toMatchObject({
      kind: 'rejected',
      message: expect.stringContaining('app'),
    });
    expect(await computeTreeId({ entries, truncated: true }, [])).toBe(ROOT);
  },
);
