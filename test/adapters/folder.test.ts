import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openFolder } from '../../lib/adapters/folder.js';

const folders: string[] = [];

async function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'folder-'));
  folders.push(folder);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

test('lists what a repository would hold', async () => {
  const folder = await makeFolder({
    'a.ts': 'a',
    'src/[id]/b.tsx': 'bb',
    '.git/HEAD': 'x',
    'node_modules/p/index.js': 'x',
    '.next/x.js': 'x',
    'run.sh': 'x',
  });
  await chmod(join(folder, 'run.sh'), 0o755);
  const { entries, truncated } = await openFolder(folder).listTree();

  expect(truncated).toBe(false);
  expect(entries).toEqual([
    { path: 'a.ts', mode: '100644', sha: '', size: 1 },
    { path: 'run.sh', mode: '100755', sha: '', size: 1 },
    { path: 'src/[id]/b.tsx', mode: '100644', sha: '', size: 2 },
  ]);
});

test('reads text and nothing else', async () => {
  const folder = await makeFolder({
    'a.ts': '\ufeffconst a = "ü";\r\n',
    'nul.ts': Uint8Array.from([104, 0, 105]),
    'latin.ts': Uint8Array.from([0x66, 0xfc, 0x72]),
    'big.json': 'x'.repeat(1_000_001),
    '.env': 'SECRET=1',
  });
  const read = await openFolder(folder).readFiles([
    'a.ts',
    'nul.ts',
    'latin.ts',
    'big.json',
    '.env',
    '../a.ts',
    'none.ts',
  ]);

  expect([...read]).toEqual([['a.ts', '\ufeffconst a = "ü";\r\n']]);
});

test('follows no link, to a file or to a folder', async () => {
  const outside = await makeFolder({ 'secret.ts': 'outside', 'deep/more.ts': 'outside' });
  const folder = await makeFolder({ 'a.ts': 'a' });
  await symlink(join(outside, 'secret.ts'), join(folder, 'link.ts'));
  await symlink(join(outside, 'deep'), join(folder, 'deep'));
  await symlink(folder, join(folder, 'loop'));
  const reader = openFolder(folder);

  expect((await reader.listTree()).entries.map(({ path, mode }) => `${mode} ${path}`)).toEqual([
    '100644 a.ts',
    '120000 deep',
    '120000 link.ts',
    '120000 loop',
  ]);
  expect((await reader.readFiles(['link.ts', 'deep/more.ts', 'deep'])).size).toBe(0);
  expect([...((await reader.readAll?.()) ?? [])]).toEqual([['a.ts', 'a']]);
});

test('compares with the folder of the last good deployment', async () => {
  const base = await makeFolder({
    'same.ts': 'same',
    'old.ts': 'one\ntwo\n',
    'gone.ts': 'gone\n',
    'moved.ts': 'moved as it is\n',
    'logo.png': Uint8Array.from([0, 1]),
    '.env': 'A=1',
  });
  const folder = await makeFolder({
    'same.ts': 'same',
    'old.ts': 'one\n2\n',
    'new.ts': 'new\n',
    'to/moved.ts': 'moved as it is\n',
    'logo.png': Uint8Array.from([0, 2]),
    '.env': 'A=2',
  });

  expect(await openFolder(folder, base).listChanges()).toEqual([
    { path: '.env', status: 'modified' },
    { path: 'gone.ts', status: 'removed', hunks: '@@ -1,1 +0,0 @@\n-gone' },
    { path: 'logo.png', status: 'modified' },
    { path: 'new.ts', status: 'added', hunks: '@@ -0,0 +1,1 @@\n+new' },
    { path: 'old.ts', status: 'modified', hunks: '@@ -1,2 +1,2 @@\n one\n-two\n+2' },
    { path: 'to/moved.ts', status: 'renamed', previousPath: 'moved.ts' },
  ]);
  expect(await openFolder(folder).listChanges()).toBeUndefined();
});

test('a file that moved and was edited on the way is a rename, one that has little in common is not', async () => {
  const lines = ['export const keel = 1;', 'export const hull = 2;', 'export const mast = 3;'];
  const base = await makeFolder({ 'lib/ship.ts': `${lines.join('\n')}\n`, 'lib/sail.ts': 'export const sail = 1;\n' });
  const folder = await makeFolder({
    'lib/parts/ship.ts': `${lines.with(1, 'export const hull = 5;').join('\n')}\n`,
    'lib/parts/rope.ts': 'export const rope = 9;\n',
  });

  expect(await openFolder(folder, base).listChanges()).toEqual([
    { path: 'lib/parts/rope.ts', status: 'added', hunks: '@@ -0,0 +1,1 @@\n+export const rope = 9;' },
    {
      path: 'lib/parts/ship.ts',
      status: 'renamed',
      previousPath: 'lib/ship.ts',
      hunks:
        '@@ -1,3 +1,3 @@\n export const keel = 1;\n-export const hull = 2;\n+export const hull = 5;\n export const mast = 3;',
    },
    { path: 'lib/sail.ts', status: 'removed', hunks: '@@ -1,1 +0,0 @@\n-export const sail = 1;' },
  ]);
});

test('a repository above the ceiling is not read whole', async () => {
  const files = Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`f${at}.ts`, '']));

  expect(await openFolder(await makeFolder(files)).readAll?.()).toBeUndefined();
});
