import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGitHub } from '../../lib/adapters/github.js';
import { buildRepository, type FakeRepository, listRecursively, packTarball } from './fake-repository.js';
import { type RecordedRequest, type Reply, type ScriptedServer, startScriptedServer } from './scripted-server.js';

const shop = { id: 656055458, owner: 'bakery-team', name: 'shop' };
const COMMIT = '51ad6ce0a8cbd0aca1dd0a4a4bd8b2ea6b2d1a11';
const BASE = '0b1c2d3e4f5a6b7c8d9e0f1a2b3c4d5e6f7a8b9c';
let server: ScriptedServer;

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

function open(more: { readonly baseSha?: string; readonly rootDirectory?: string } = {}) {
  const github = createGitHub({ token: 'ghp_secret', baseUrl: server.url, retry: { tries: 2, maxWaitMs: 20 } });
  return github.openSource({ repository: shop, sha: COMMIT, ...more });
}

/** A server of this repository. `mostEntries` is what a recursive listing holds before it is truncated. */
function serve(
  repository: FakeRepository,
  options: {
    readonly mostEntries?: number;
    readonly mostChildren?: number;
    readonly tarball?: Reply;
    readonly blob?: (sha: string) => Reply | undefined;
  } = {},
) {
  const { mostEntries = Number.POSITIVE_INFINITY, mostChildren = Number.POSITIVE_INFINITY } = options;
  server.answer((request: RecordedRequest): Reply => {
    const [, kind = '', id = ''] = /\/(git\/trees|git\/blobs|tarball|archive)\/([^/]+)$/.exec(request.path) ?? [];
    if (kind === 'git/trees') {
      const tree = id === COMMIT ? repository.rootTree : id;
      const recursive = 'recursive' in request.query;
      const all = recursive ? listRecursively(repository, tree) : (repository.trees.get(tree) ?? []);
      const most = recursive ? mostEntries : mostChildren;
      // As GitHub does for a commit's id, the answer echoes it.
      return { body: { sha: id, tree: all.slice(0, most), truncated: all.length > most } };
    }
    if (kind === 'git/blobs') {
      const content = repository.blobs.get(id);
      if (!content) return { status: 404, body: { message: 'Not Found' } };
      const base64 = content.toString('base64').replace(/.{60}/g, '$&\n');
      return options.blob?.(id) ?? { body: { sha: id, size: content.length, encoding: 'base64', content: base64 } };
    }
    if (kind === 'tarball') {
      return { status: 302, headers: { location: `${server.url}/archive/key`, 'content-type': 'text/html' } };
    }
    return options.tarball ?? { status: 404, body: { message: 'Not Found' } };
  });
}

function requested(kind: string): RecordedRequest[] {
  return server.requests.filter(({ path }) => path.includes(kind));
}

describe('the tree', () => {
  test('is one documented request, and its id is computed, not believed', async () => {
    const repository = buildRepository({ 'a.ts': 'a', 'lib/b.ts': 'b' });
    serve(repository);

    const source = open();
    const id = await source.readRootTreeId();

    expect(id).toBe(repository.rootTree);
    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        path: `/repos/bakery-team/shop/git/trees/${COMMIT}`,
        query: { recursive: '1' },
        headers: {
          authorization: 'token ghp_secret',
          accept: 'application/vnd.github.v3+json',
          'x-github-api-version': '2022-11-28',
          'user-agent': expect.stringContaining('self-healing-pipeline'),
        },
      },
    ]);
    expect((await source.listTree()).entries.map(({ path }) => path)).toEqual(['a.ts', 'lib', 'lib/b.ts']);
    expect(server.requests).toHaveLength(1);
  });

  test('a failure is not kept', async () => {
    server.answer({ status: 404, body: { message: 'Not Found' } });
    const source = open();

    await expect(source.listTree()).rejects.toMatchObject({ kind: 'not-found' });
    serve(buildRepository({ 'a.ts': 'a' }));
    expect((await source.listTree()).entries).toHaveLength(1);
  });

  const large = {
    'readme.md': 'r',
    'apps/web/page.tsx': 'p',
    'apps/web/lib/a.ts': 'a',
    'apps/api/x.ts': 'x',
    'docs/1.md': '1',
    'docs/2.md': '2',
    'docs/deep/3.md': '3',
  };

  test('too large for one listing: directory by directory, complete', async () => {
    const repository = buildRepository(large);
    serve(repository, { mostEntries: 4 });

    const source = open({ rootDirectory: 'apps/web' });
    const tree = await source.listTree();

    expect(tree.truncated).toBe(false);
    expect(tree.entries.map(({ path }) => path).sort()).toEqual(
      listRecursively(repository, repository.rootTree)
        .map(({ path }) => path)
        .sort(),
    );
    expect(await source.readRootTreeId()).toBe(repository.rootTree);
    expect(await (await source.readFiles(['apps/web/lib/a.ts'])).get('apps/web/lib/a.ts')).toBe('a');
  });

  test('of every directory all children are listed or none', async () => {
    const crowded = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`crowd/${index}.ts`, '']));
    serve(buildRepository({ ...large, ...crowded }), { mostEntries: 10, mostChildren: 20 });

    const tree = await open().listTree();

    expect(tree.truncated).toBe(true);
    expect(tree.entries.find(({ path }) => path === 'crowd')?.mode).toBe('040000');
    expect(tree.entries.filter(({ path }) => path.startsWith('crowd/'))).toEqual([]);
    expect(tree.entries.map(({ path }) => path)).toContain('docs/deep/3.md');
  });

  test('a monorepo of a thousand directories costs forty requests, the project’s own directory among the first', async () => {
    const files = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`p${index}/s/f.ts`, 'f']));
    serve(buildRepository({ ...files, 'p999/s/page.tsx': 'p' }), { mostEntries: 1 });

    const tree = await open({ rootDirectory: 'p999/s' }).listTree();

    expect(tree.truncated).toBe(true);
    expect(server.requests.length).toBeLessThanOrEqual(40);
    expect(tree.entries.map(({ path }) => path)).toContain('p999/s/page.tsx');
  });
});

describe('files', () => {
  const files = {
    'a.ts': 'const a = "ä";\r\n',
    'copy.ts': 'const a = "ä";\r\n',
    'bom.ts': '\uFEFFexport {};\n',
    'empty.ts': '',
    'latin1.ts': new Uint8Array([0x61, 0xe4, 0x0a]),
    'binary.ts': new Uint8Array([0x61, 0x00, 0x62]),
    'picture.png': new Uint8Array([1, 2, 3]),
    '.env.production': 'SECRET=1',
    'large.ts': 'x'.repeat(1_000_001),
  };

  test('text as it is, and nothing else', async () => {
    serve(buildRepository(files));

    const read = await open().readFiles([...Object.keys(files), 'nowhere.ts']);

    expect(Object.fromEntries(read)).toEqual({
      'a.ts': files['a.ts'],
      'copy.ts': files['copy.ts'],
      'bom.ts': files['bom.ts'],
      'empty.ts': '',
    });
    // Neither the picture, the secrets and the large file, nor one content twice.
    expect(requested('/git/blobs/')).toHaveLength(5);
  });

  test('each content is asked for once, however often and in however many files', async () => {
    serve(buildRepository(files));
    const source = open();

    await Promise.all([source.readFiles(['a.ts']), source.readFiles(['a.ts', 'copy.ts'])]);
    await source.readFiles(['copy.ts']);

    expect(requested('/git/blobs/')).toHaveLength(1);
  });

  test('a content that is not that of its id is refused', async () => {
    serve(buildRepository(files), { blob: () => ({ body: { encoding: 'base64', content: 'YmFk' } }) });

    await expect(open().readFiles(['a.ts'])).rejects.toMatchObject({ kind: 'malformed' });
  });

  test('a blob that failed can be had later', async () => {
    const repository = buildRepository(files);
    serve(repository, { blob: () => ({ status: 404, body: { message: 'Not Found' } }) });
    const source = open();

    await expect(source.readFiles(['a.ts'])).rejects.toMatchObject({ kind: 'not-found' });
    serve(repository);
    expect((await source.readFiles(['a.ts'])).size).toBe(1);
  });

  test('sixty files leave together, sixteen at a time', async () => {
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`f${index}.ts`, `${index}`]));
    serve(buildRepository(many));

    expect((await open().readFiles(Object.keys(many))).size).toBe(60);
    expect(requested('/git/blobs/')).toHaveLength(60);
  });
});

describe('a small repository at once', () => {
  const long = `${'deep/'.repeat(30)}page.tsx`;
  const files = {
    'a.ts': 'a\n',
    'lib/b.ts': '\uFEFFb\n',
    [long]: 'long\n',
    'x.png': new Uint8Array([0, 1]),
    '.env': 'S=1',
  };

  test('by one archive that needs no token, checked against the tree', async () => {
    serve(buildRepository(files), { tarball: { body: packTarball(files) } });

    const read = await open().readAll?.();

    expect(Object.fromEntries(read ?? [])).toEqual({ 'a.ts': 'a\n', 'lib/b.ts': '\uFEFFb\n', [long]: 'long\n' });
    expect(requested('/git/blobs/')).toEqual([]);
    expect(requested('/tarball/')).toMatchObject([{ path: `/repos/bakery-team/shop/tarball/${COMMIT}` }]);
    expect(requested('/archive/')).toHaveLength(1);
    expect(requested('/archive/')[0]?.headers.authorization).toBeUndefined();
  });

  test('the tree and the archive’s address are asked for together', async () => {
    serve(buildRepository(files), { tarball: { body: packTarball(files) } });
    const order: string[] = [];

    await open().readAll?.();

    order.push(...server.requests.slice(0, 2).map(({ path }) => path.split('/').at(-2) ?? ''));
    expect(order.sort()).toEqual(['tarball', 'trees']);
    expect(server.requests).toHaveLength(3);
  });

  test('what the archive lacks or changed comes as blobs', async () => {
    serve(buildRepository(files), {
      tarball: { body: packTarball({ 'a.ts': 'changed by export-subst\n', [long]: 'long\n' }) },
    });

    const read = await open().readAll?.();

    expect(Object.fromEntries(read ?? [])).toEqual({ 'a.ts': 'a\n', 'lib/b.ts': '\uFEFFb\n', [long]: 'long\n' });
    expect(requested('/git/blobs/')).toHaveLength(2);
  });

  test.each<[string, Reply]>([
    ['gone', { status: 404 }],
    ['an HTML page', { body: '<html>' }],
    ['half an archive', { body: packTarball(files).subarray(0, 100) }],
    ['cut', 'cut-body'],
    ['an archive of rubbish', { body: packTarball({}).fill(7, 20) }],
  ])('an archive that is %s costs blobs only', async (_, tarball) => {
    serve(buildRepository(files), { tarball });

    expect((await open().readAll?.())?.size).toBe(3);
  });

  test('no archive, no answer', async () => {
    const repository = buildRepository(files);
    serve(repository);
    const serveTree = server.requests;
    server.answer((request) =>
      request.path.includes('/tarball/')
        ? { status: 404, body: { message: 'Not Found' } }
        : { body: { sha: COMMIT, tree: listRecursively(repository, repository.rootTree), truncated: false } },
    );

    expect(await open().readAll?.()).toBeUndefined();
    expect(serveTree.filter(({ path }) => path.includes('/archive/'))).toEqual([]);
  });

  test('a large repository is not downloaded', async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`f${index}.ts`, `${index}`]));
    serve(buildRepository(many), { tarball: { body: packTarball(many) } });

    expect(await open().readAll?.()).toBeUndefined();
    expect(requested('/archive/')).toEqual([]);
  });
});

describe('changes', () => {
  test('one documented request, all statuses', async () => {
    const file = (status: string, more: object = {}) => ({ filename: `${status}.ts`, status, ...more });
    server.answer({
      body: {
        status: 'ahead',
        files: [
          file('added', { patch: '@@ -0,0 +1 @@\n+a' }),
          file('modified', { patch: '@@ -1 +1 @@\n-a\n+b' }),
          file('removed'),
          file('renamed', { previous_filename: 'old.ts' }),
          file('copied', { previous_filename: 'origin.ts' }),
          file('changed'),
          file('unchanged'),
          file('a-status-to-come'),
        ],
      },
    });
    const source = open({ baseSha: BASE });

    const [changes] = await Promise.all([source.listChanges(), source.listChanges()]);

    expect(changes).toEqual([
      { path: 'added.ts', status: 'added', hunks: '@@ -0,0 +1 @@\n+a' },
      { path: 'modified.ts', status: 'modified', hunks: '@@ -1 +1 @@\n-a\n+b' },
      { path: 'removed.ts', status: 'removed' },
      { path: 'renamed.ts', status: 'renamed', previousPath: 'old.ts' },
      { path: 'copied.ts', status: 'added' },
      { path: 'changed.ts', status: 'modified' },
    ]);
    expect(server.requests).toMatchObject([
      {
        method: 'GET',
        path: `/repos/bakery-team/shop/compare/${BASE}...${COMMIT}`,
        query: { per_page: '1', page: '1' },
      },
    ]);
  });

  test('a base that is gone is no base', async () => {
    server.answer({ status: 404, body: { message: 'Not Found' } });

    expect(await open({ baseSha: BASE }).listChanges()).toBeUndefined();
  });
});
