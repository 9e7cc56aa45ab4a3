import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGitHub } from '../../lib/adapters/github.js';
import type { ChangedFile } from '../../lib/patch/patch.js';
import { type RecordedRequest, type Reply, type ScriptedServer, startScriptedServer } from './scripted-server.js';

const shop = { id: 656055458, owner: 'bakery-team', name: 'shop' };
const [SHA, OTHER, TREE] = ['b'.repeat(40), 'c'.repeat(40), 'd'.repeat(40)];
const pull = readFileSync(new URL('../fixtures/api/github/pull-request.json', import.meta.url), 'utf8');
const json = { 'content-type': 'application/json; charset=utf-8' };
let server: ScriptedServer;

function connect(timeoutMs = 2_000) {
  return createGitHub({ token: 'ghp_secret', baseUrl: server.url, timeoutMs, retry: { tries: 3, maxWaitMs: 20 } });
}

function refuse(status: number, message: string, errors?: readonly unknown[]): Reply {
  return {
    status,
    body: { message, ...(errors ? { errors } : {}), documentation_url: 'https://docs.github.com/rest' },
  };
}

/** Method, path, query and body: what the documentation prescribes. */
function sent(): Pick<RecordedRequest, 'method' | 'path' | 'query' | 'body'>[] {
  return server.requests.map(({ method, path, query, body }) => ({ method, path, query, body }));
}

beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

describe('merging', () => {
  test('pins the head, and takes the first way that the repository allows', async () => {
    server.answerInTurn(refuse(405, 'Squash merges are not allowed on this repository.'), {
      body: { sha: OTHER, merged: true, message: 'Pull Request successfully merged' },
    });

    expect(await connect().mergePullRequest(shop, 12, SHA)).toEqual({ outcome: 'merged' });
    expect(sent()).toEqual(
      ['squash', 'merge'].map((merge_method) => ({
        method: 'PUT',
        path: '/repos/bakery-team/shop/pulls/12/merge',
        query: {},
        body: { sha: SHA, merge_method },
      })),
    );
  });

  test.each([
    [405, 'Pull Request is not mergeable'],
    [403, 'Resource not accessible by personal access token'],
    [422, 'Repository rule violations found'],
  ])('says why it is refused: %s', async (status, message) => {
    server.answer(refuse(status, message));

    expect(await connect().mergePullRequest(shop, 12, SHA)).toEqual({
      outcome: 'refused',
      reason: expect.stringContaining(message),
    });
    expect(server.requests).toHaveLength(1);
  });

  test('tells a head that moved, and a service that is down', async () => {
    server.answer(refuse(409, 'Head branch was modified. Review and try the merge again.'));
    expect(await connect().mergePullRequest(shop, 12, SHA)).toEqual({ outcome: 'head-moved' });

    server.answer({ status: 503, body: 'down' });
    await expect(connect().mergePullRequest(shop, 12, SHA)).rejects.toMatchObject({ retryable: true });
  });
});

describe('reads are as documented', () => {
  const refs = (...names: string[]) => ({
    body: names.map((name) => ({ ref: `refs/heads/${name}`, object: { type: 'commit', sha: SHA } })),
  });

  test('the head of a branch', async () => {
    server.answer(refs('fix/a', 'fix/a-2'));

    expect(await connect().findHead(shop, 'fix/a')).toBe(SHA);
    expect(sent()).toEqual([
      {
        method: 'GET',
        path: '/repos/bakery-team/shop/git/matching-refs/heads/fix/a',
        query: { per_page: '100', page: '1' },
        body: undefined,
      },
    ]);
  });

  test('a thousand branches are read, ten pages of a hundred', async () => {
    server.answer(({ query }) => ({
      headers: { link: `<${server.url}/next>; rel="next"` },
      body: Array.from({ length: 100 }, (_, index) => ({
        ref: `refs/heads/fix/${query.page}-${index}`,
        object: { sha: SHA },
      })),
    }));

    expect(await connect().listBranches(shop, 'fix/')).toHaveLength(1_000);
    expect(server.requests).toHaveLength(10);
  });

  test('what was read before is asked for by its etag, and a 304 gives it again', async () => {
    let etag = '"one"';
    server.answer(({ headers }): Reply => {
      if (headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
      return { headers: { ...json, etag }, body: pull };
    });
    const github = connect();

    const first = await github.findPullRequest(shop, 12);
    expect(await github.findPullRequest(shop, 12)).toEqual(first);
    etag = '"two"';
    expect(await github.findPullRequest(shop, 12)).toEqual(first);
    expect(await connect().findPullRequest(shop, 12)).toEqual(first);

    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([
      undefined,
      '"one"',
      '"one"',
      undefined,
    ]);
  });

  test('an answer that failed is not remembered', async () => {
    server.answer({ status: 404, headers: { etag: '"one"' }, body: { message: 'Not Found' } });
    const github = connect();

    await github.findPullRequest(shop, 12);
    await github.findPullRequest(shop, 12);

    expect(server.requests.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });

  test('a branch that is a prefix of others only', async () => {
    server.answer(refs('fix/a-2', 'fix/ab'));

    expect(await connect().findHead(shop, 'fix/a')).toBeUndefined();
    expect(await connect().listBranches(shop, 'fix/a')).toEqual([
      { name: 'fix/a-2', sha: SHA },
      { name: 'fix/ab', sha: SHA },
    ]);
  });

  test('an empty repository has no branches', async () => {
    server.answer(refuse(409, 'Git Repository is empty.'));

    expect(await connect().findHead(shop, 'main')).toBeUndefined();
  });

  test.each([
    ['identical', true],
    ['ahead', true],
    ['behind', false],
    ['diverged', false],
    ['a-status-to-come', false],
  ])('a comparison that says %s', async (status, contained) => {
    server.answer({ body: { status, commits: [], files: [] } });

    expect(await connect().contains(shop, SHA, OTHER)).toBe(contained);
    expect(sent()).toEqual([
      {
        method: 'GET',
        path: `/repos/bakery-team/shop/compare/${OTHER}...${SHA}`,
        query: { per_page: '1', page: '1' },
        body: undefined,
      },
    ]);
  });

  test('a commit contains itself, without a request', async () => {
    server.answer('cut');

    expect(await connect().contains(shop, SHA, SHA)).toBe(true);
    expect(server.requests).toEqual([]);
  });

  test('without a common ancestor nothing is contained; without the commit nobody knows', async () => {
    server.answer(refuse(404, `No common ancestor between ${OTHER} and ${SHA}.`));
    expect(await connect().contains(shop, SHA, OTHER)).toBe(false);

    server.answer(refuse(404, 'Not Found'));
    await expect(connect().contains(shop, SHA, OTHER)).rejects.toMatchObject({ kind: 'not-found' });
  });

  test('a commit', async () => {
    server.answer({ body: { sha: SHA, message: 'm\n\nTrailer: t', tree: { sha: TREE }, parents: [{ sha: OTHER }] } });

    expect(await connect().readCommit(shop, SHA)).toEqual({
      message: 'm\n\nTrailer: t',
      parents: [OTHER],
      treeId: TREE,
    });
    expect(sent()).toMatchObject([{ method: 'GET', path: `/repos/bakery-team/shop/git/commits/${SHA}` }]);
  });

  test('pull requests of a head, open and closed', async () => {
    const other = JSON.stringify({ ...JSON.parse(pull), head: { ref: 'unasked', sha: SHA } });
    server.answer({ headers: json, body: `[${pull},${other}]` });

    const found = await connect().listPullRequests(shop, 'fix/auto-repair-1795400000');

    expect(found).toEqual([
      {
        number: 12,
        url: 'https://github.example/bakery-team/shop/pull/12',
        state: 'open',
        merged: false,
        headRef: 'fix/auto-repair-1795400000',
        headSha: SHA,
        baseRef: 'main',
        title: 'fix: build failure in app/page.tsx',
        body: '',
        author: 'baker',
        createdAt: Date.UTC(2026, 10, 22, 10),
      },
    ]);
    expect(sent()).toMatchObject([
      {
        method: 'GET',
        path: '/repos/bakery-team/shop/pulls',
        query: { head: 'bakery-team:fix/auto-repair-1795400000', state: 'all', sort: 'created', direction: 'desc' },
      },
    ]);
  });

  test.each([
    [
      'closed by a person',
      { state: 'closed' },
      { closed_by: { login: 'critic' } },
      { closedBy: 'critic', merged: false },
    ],
    ['closed by a deleted account', { state: 'closed' }, { closed_by: null }, { merged: false }],
    ['opened by a deleted account', { user: null }, undefined, { author: 'ghost', state: 'open' }],
  ])('a pull request %s', async (_, fields, issue, expected) => {
    server.answer(({ path }) => ({ body: path.includes('/issues/') ? issue : { ...JSON.parse(pull), ...fields } }));

    const found = await connect().findPullRequest(shop, 12);

    expect(found).toMatchObject(expected);
    expect(found?.mergeSha).toBeUndefined();
    expect(sent().map(({ path }) => path)).toEqual([
      '/repos/bakery-team/shop/pulls/12',
      ...(issue ? ['/repos/bakery-team/shop/issues/12'] : []),
    ]);
  });

  test('a merged pull request names the commit, and nobody asks who closed it', async () => {
    const merged = { state: 'closed', merged: true, merged_at: '2026-11-22T11:00:00Z', merge_commit_sha: OTHER };
    server.answer({ body: { ...JSON.parse(pull), ...merged } });

    expect(await connect().findPullRequest(shop, 12)).toMatchObject({ merged: true, mergeSha: OTHER, state: 'closed' });
    expect(server.requests).toHaveLength(1);
  });

  test('who closed it is left out where the token may not read issues', async () => {
    server.answer(({ path }) =>
      path.includes('/issues/')
        ? refuse(403, 'Resource not accessible by personal access token')
        : { body: { ...JSON.parse(pull), state: 'closed' } },
    );

    expect(await connect().findPullRequest(shop, 12)).toMatchObject({ state: 'closed' });
  });

  test('our account, asked for once', async () => {
    server.answer({ body: { login: 'baker', id: 1 } });
    const github = connect();

    await Promise.all([github.readAccount(), github.readAccount()]);

    expect(sent()).toEqual([{ method: 'GET', path: '/user', query: {}, body: undefined }]);
  });
});

describe('writes are as documented', () => {
  const file = (path: string, content: string | null, mode: ChangedFile['mode'] = '100644'): ChangedFile => ({
    path,
    mode,
    before: '',
    content,
  });

  test('a commit: one tree with its content inline, one commit without author and committer', async () => {
    server.answer(({ path }) => ({ status: 201, body: { sha: path.endsWith('/trees') ? TREE : SHA } }));

    const made = await connect().createCommit({
      repository: shop,
      parents: [SHA, OTHER],
      baseTree: OTHER,
      files: [file('app/page.tsx', 'ä\n'), file('run.sh', '#!/bin/sh\n', '100755'), file('old.ts', null)],
      treeId: TREE,
      message: 'Repair',
    });

    expect(made).toEqual({ sha: SHA });
    expect(sent()).toEqual([
      {
        method: 'POST',
        path: '/repos/bakery-team/shop/git/trees',
        query: {},
        body: {
          base_tree: OTHER,
          tree: [
            { path: 'app/page.tsx', mode: '100644', type: 'blob', content: 'ä\n' },
            { path: 'run.sh', mode: '100755', type: 'blob', content: '#!/bin/sh\n' },
            { path: 'old.ts', mode: '100644', type: 'blob', sha: null },
          ],
        },
      },
      {
        method: 'POST',
        path: '/repos/bakery-team/shop/git/commits',
        query: {},
        body: { message: 'Repair', tree: TREE, parents: [SHA, OTHER] },
      },
    ]);
  });

  test('a branch, its next commit, a pull request and its change', async () => {
    server.answer(({ path }) =>
      path.includes('/git/refs')
        ? { body: { ref: 'refs/heads/fix/a', object: { sha: SHA } } }
        : { headers: json, body: pull },
    );
    const github = connect();

    await github.ensureBranch(shop, 'fix/a', SHA);
    await github.advanceBranch(shop, 'fix/a', OTHER);
    await github.openPullRequest({ repository: shop, head: 'fix/a', base: 'main', title: 't', body: 'b' });
    await github.updatePullRequest(shop, 12, { state: 'closed' });

    const path = '/repos/bakery-team/shop';
    expect(sent()).toEqual([
      { method: 'POST', path: `${path}/git/refs`, query: {}, body: { ref: 'refs/heads/fix/a', sha: SHA } },
      { method: 'PATCH', path: `${path}/git/refs/heads/fix/a`, query: {}, body: { sha: OTHER, force: false } },
      {
        method: 'POST',
        path: `${path}/pulls`,
        query: {},
        body: { head: 'fix/a', base: 'main', title: 't', body: 'b' },
      },
      { method: 'PATCH', path: `${path}/pulls/12`, query: {}, body: { state: 'closed' } },
    ]);
  });

  test('reviewers and teams, without ourselves; one who may not review costs nobody else', async () => {
    const path = '/repos/bakery-team/shop/pulls/12/requested_reviewers';
    const answer = ({ path, body }: RecordedRequest): Reply => {
      if (path === '/user') return { body: { login: 'Healer' } };
      const { reviewers } = body as { reviewers: readonly string[] };
      return reviewers.includes('gone')
        ? refuse(422, 'Reviews may only be requested from collaborators.')
        : { status: 201, body: { number: 12 } };
    };
    const asked = () => sent().flatMap((request) => (request.path === path ? [request.body] : []));

    server.answer(answer);
    await connect().requestReviewers(shop, 12, ['anna', 'healer', 'bakery/frontend']);
    expect(asked()).toEqual([{ reviewers: ['anna'], team_reviewers: ['frontend'] }]);

    server.answer(answer);
    await expect(connect().requestReviewers(shop, 12, ['gone', 'anna'])).rejects.toMatchObject({ kind: 'rejected' });
    expect(asked()).toContainEqual({ reviewers: ['anna'], team_reviewers: [] });

    server.answer(answer);
    await connect().requestReviewers(shop, 12, []);
    await connect().requestReviewers(shop, 12, ['healer']);
    expect(asked()).toEqual([]);
  });

  test('labels and a commit status', async () => {
    server.answer(({ path }) => ({ status: 201, body: path.endsWith('/labels') ? [] : { state: 'pending' } }));
    const url = 'https://heal.example/i1';

    await connect().addLabels(shop, 12, ['self-heal', 'build']);
    await connect().setCommitStatus(shop, SHA, { context: 'self-heal', state: 'success', description: 'Green', url });
    await connect().setCommitStatus(shop, SHA, { context: 'self-heal', state: 'failure', description: 'Red' });

    const path = `/repos/bakery-team/shop/statuses/${SHA}`;
    expect(sent()).toMatchObject([
      { path: '/repos/bakery-team/shop/issues/12/labels', body: { labels: ['self-heal', 'build'] } },
      { path, body: { context: 'self-heal', state: 'success', description: 'Green', target_url: url } },
      { path, body: { context: 'self-heal', state: 'failure', description: 'Red' } },
    ]);
  });

  test('a comment is looked for on all pages, and ids beyond 2^53 keep their digits', async () => {
    const noise = Array.from({ length: 100 }, (_, id) => ({ id, body: 'hi', user: { login: 'chatty' } }));
    const ours = '[{"id":9007199254740995,"body":"Old\\n\\n<!-- self-heal:progress -->","user":{"login":"baker"}}]';
    server.answer(({ path, query }): Reply => {
      if (path === '/user') return { body: { login: 'baker' } };
      const next = { link: `<${server.url}/x?page=2>; rel="next", <${server.url}/x?page=2>; rel="last"` };
      if (query.page === '1') return { headers: next, body: noise };
      return query.page === '2' ? { headers: json, body: ours } : { body: { id: 1 } };
    });

    await connect().ensureComment(shop, 12, 'progress', 'New');

    const path = '/repos/bakery-team/shop/issues';
    expect(sent().filter((request) => request.path !== '/user')).toEqual([
      { method: 'GET', path: `${path}/12/comments`, query: { per_page: '100', page: '1' }, body: undefined },
      { method: 'GET', path: `${path}/12/comments`, query: { per_page: '100', page: '2' }, body: undefined },
      {
        method: 'PATCH',
        path: `${path}/comments/9007199254740995`,
        query: {},
        body: { body: 'New\n\n<!-- self-heal:progress -->' },
      },
    ]);
  });

  test('a comment on a commit', async () => {
    server.answer(({ path, method }) => ({
      body: path === '/user' ? { login: 'baker' } : method === 'GET' ? [] : { id: 1 },
    }));

    await connect().ensureCommitComment(shop, SHA, 'refused', 'Because');

    expect(sent().at(-1)).toEqual({
      method: 'POST',
      path: `/repos/bakery-team/shop/commits/${SHA}/comments`,
      query: {},
      body: { body: 'Because\n\n<!-- self-heal:refused -->' },
    });
  });
});

describe('refusals have names', () => {
  const rules = 'Repository rule violations found\n\n';

  test.each([
    [403, 'Repository was archived so is read-only.', 'forbidden', 'repository-archived'],
    [403, 'Resource not accessible by personal access token', 'forbidden', 'token-lacks-rights'],
    [403, 'Must have admin rights to Repository.', 'forbidden', 'token-lacks-rights'],
    [422, `${rules}Commits must have verified signatures.\n\n`, 'rejected', 'signature-required'],
    [409, `${rules}Secret detected in content\n`, 'conflict', 'push-protection'],
    [422, `${rules}Push cannot contain secrets`, 'rejected', 'push-protection'],
    [422, `${rules}Cannot create ref due to creations being restricted.`, 'rejected', 'branch-rule'],
    [403, 'Protected branch update failed for refs/heads/fix/a.', 'forbidden', 'branch-rule'],
    [422, 'Object does not exist', 'rejected', undefined],
    [451, 'Repository access blocked', 'forbidden', undefined],
  ])('%i %j', async (status, message, kind, reason) => {
    server.answer(refuse(status, message));

    await expect(connect().ensureBranch(shop, 'fix/a', SHA)).rejects.toMatchObject({
      system: 'github',
      kind,
      reason,
      status,
      retryable: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  test('the missing permission is named', async () => {
    server.answer({
      status: 403,
      headers: { 'x-accepted-github-permissions': 'pull_requests=write' },
      body: { message: 'Resource not accessible by personal access token' },
    });

    await expect(
      connect().openPullRequest({ repository: shop, head: 'fix/a', base: 'main', title: 't', body: 'b' }),
    ).rejects.toMatchObject({ message: expect.stringContaining('pull_requests=write') });
  });

  test.each([
    [[{ resource: 'PullRequest', field: 'base', code: 'invalid' }], 'base-missing'],
    [[{ resource: 'PullRequest', field: 'head', code: 'invalid' }], 'head-missing'],
    [[{ resource: 'PullRequest', code: 'custom', message: 'No commits between main and fix/a' }], 'no-commits-between'],
    [['No commits between main and fix/a'], 'no-commits-between'],
    [[null, 7, {}], undefined],
  ])('a pull request refused with %j', async (errors, reason) => {
    server.answer(({ method }) => (method === 'POST' ? refuse(422, 'Validation Failed', errors) : { body: [] }));

    await expect(
      connect().openPullRequest({ repository: shop, head: 'fix/a', base: 'main', title: 't', body: 'b' }),
    ).rejects.toMatchObject({ kind: 'rejected', reason });
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test.each([
    ['ahead of its base', 'diverged', 'unavailable'],
    ['in its base already', 'ahead', 'rejected'],
  ])('“no commits between” about a branch that is %s', async (_, status, kind) => {
    const errors = [{ resource: 'PullRequest', code: 'custom', message: 'No commits between main and fix/a' }];
    server.answer(({ method, path }) => {
      if (method === 'POST') return refuse(422, 'Validation Failed', errors);
      if (path.includes('/compare/')) return { body: { status } };
      const name = path.split('/heads/')[1] ?? '';
      return { body: [{ ref: `refs/heads/${name}`, object: { sha: name === 'main' ? OTHER : SHA } }] };
    });

    await expect(
      connect().openPullRequest({ repository: shop, head: 'fix/a', base: 'main', title: 't', body: 'b' }),
    ).rejects.toMatchObject({ kind });
  });

  test('a ref that GitHub fails to update without a reason can be tried later', async () => {
    server.answer(refuse(422, 'Reference update failed'));

    await expect(connect().ensureBranch(shop, 'fix/a', SHA)).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(connect().advanceBranch(shop, 'fix/a', SHA)).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('a pull request that exists and is another branch’s or closed is not adopted', async () => {
    const errors = [{ resource: 'PullRequest', code: 'custom', message: 'A pull request already exists for x:fix/a.' }];
    server.answer(({ method }) =>
      method === 'POST'
        ? refuse(422, 'Validation Failed', errors)
        : { body: [{ ...JSON.parse(pull), head: { ref: 'fix/a', sha: SHA }, state: 'closed' }] },
    );

    await expect(
      connect().openPullRequest({ repository: shop, head: 'fix/a', base: 'main', title: 't', body: 'b' }),
    ).rejects.toMatchObject({ kind: 'rejected' });
  });

  test.each([
    [refuse(422, 'Update is not a fast forward'), OTHER, 'branch-moved'],
    [refuse(422, 'Update is not a fast-forward'), SHA, 'advanced'],
    [refuse(422, 'Reference does not exist'), undefined, 'branch-gone'],
    [refuse(404, 'Not Found'), undefined, 'branch-gone'],
  ])('an update refused with %j while the head is %s', async (reply, head, outcome) => {
    server.answer(({ method }) => {
      if (method === 'PATCH') return reply;
      return { body: head === undefined ? [] : [{ ref: 'refs/heads/fix/a', object: { sha: head } }] };
    });

    expect(await connect().advanceBranch(shop, 'fix/a', SHA)).toBe(outcome);
  });

  test('an update that a rule refuses is no moved branch', async () => {
    server.answer(refuse(422, `${rules}Commits must have verified signatures.`));

    await expect(connect().advanceBranch(shop, 'fix/a', SHA)).rejects.toMatchObject({ reason: 'signature-required' });
  });
});

describe('failures', () => {
  const read = () => connect(150).readCommit(shop, SHA);

  test.each([
    [400, 'rejected'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [409, 'conflict'],
    [422, 'rejected'],
  ])('%i is not repeated', async (status, kind) => {
    server.answer(refuse(status, 'No'));

    await expect(read()).rejects.toMatchObject({ kind, status });
    expect(server.requests).toHaveLength(1);
  });

  test.each([500, 502, 503])('%i is repeated, and then unavailable', async (status) => {
    server.answer({ status, headers: { 'content-type': 'text/html' }, body: '<html>Unicorn!</html>' });

    await expect(read()).rejects.toMatchObject({ kind: 'unavailable', status, retryable: true });
    expect(server.requests).toHaveLength(3);
  });

  test.each(['cut', 'cut-body', 'silence', 'silent-body'] as const)(
    '%s is repeated, and then unavailable',
    async (reply) => {
      server.answer(reply);

      await expect(read()).rejects.toMatchObject({ kind: 'unavailable', status: undefined, retryable: true });
      expect(server.requests).toHaveLength(3);
    },
  );

  test('what passes is not felt', async () => {
    server.answerInTurn('cut', { status: 502 }, { body: { message: 'm', tree: { sha: TREE }, parents: [] } });

    expect(await read()).toMatchObject({ treeId: TREE });
  });

  test.each([
    ['an HTML page', { headers: { 'content-type': 'text/html' }, body: '<html>' }],
    ['half an answer', { headers: json, body: '{"sha":"abc","mess' }],
    ['nothing', { headers: json, body: '' }],
    ['nothing at all', {}],
  ])('%s instead of JSON is unavailable', async (_, reply) => {
    server.answer(reply);

    await expect(read()).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
  });

  test.each<[string, (github: ReturnType<typeof connect>) => Promise<unknown>]>([
    ['a branch', (github) => github.ensureBranch(shop, 'fix/a', SHA)],
    ['its next commit', (github) => github.advanceBranch(shop, 'fix/a', SHA)],
    ['a change of a pull request', (github) => github.updatePullRequest(shop, 12, { title: 't' })],
    ['labels', (github) => github.addLabels(shop, 12, ['a'])],
    ['reviewers', (github) => github.requestReviewers(shop, 12, ['anna'])],
    ['a status', (github) => github.setCommitStatus(shop, SHA, { context: 'c', state: 'pending', description: 'd' })],
  ])('a page in answer to %s is no success', async (_, write) => {
    server.answer({ headers: { 'content-type': 'text/html' }, body: '<html>Welcome</html>' });

    await expect(write(connect())).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
  });

  test('a page that says 404 is not GitHub’s word', async () => {
    server.answer({ status: 404, headers: { 'content-type': 'text/html' }, body: '<html>No such page</html>' });

    await expect(read()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  test('JSON of another shape is malformed, and says where', async () => {
    server.answer({ body: { message: 'm', tree: {}, parents: [] } });

    await expect(read()).rejects.toMatchObject({ kind: 'malformed', message: expect.stringContaining('tree.sha') });
  });

  test.each<[string, Reply, number]>([
    ['429 with seconds', { status: 429, headers: { 'retry-after': '30' }, body: { message: 'slow' } }, 30_000],
    ['429 without a hint', { status: 429, body: { message: 'slow' } }, 60_000],
    ['403 of a secondary limit with a hint', { status: 403, headers: { 'retry-after': '90' }, body: {} }, 90_000],
    ['403 of a secondary limit without', refuse(403, 'You have exceeded a secondary rate limit.'), 60_000],
  ])('%s says when to come again, and nobody sleeps', async (_, reply, wait) => {
    server.answer(reply);

    const before = Date.now();
    const failure = await read().catch((reason) => reason);

    expect(failure).toMatchObject({ kind: 'rate-limited', retryable: true, reason: undefined });
    expect(failure.retryAt).toBeGreaterThanOrEqual(before + wait);
    expect(failure.retryAt).toBeLessThanOrEqual(Date.now() + wait);
    expect(server.requests).toHaveLength(1);
  });

  test('403 of the used up hour says when the next one starts', async () => {
    const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1995432075' };
    server.answer({ status: 403, headers, body: { message: 'API rate limit exceeded for user ID 1.' } });

    await expect(read()).rejects.toMatchObject({ kind: 'rate-limited', retryAt: 1995432075000 });
    expect(server.requests).toHaveLength(1);
  });

  test('a permission missing while the allowance lasts is no limit', async () => {
    const headers = { 'x-ratelimit-remaining': '4999', 'x-ratelimit-reset': '1995432075' };
    server.answer({ status: 403, headers, body: { message: 'Resource not accessible by integration' } });

    await expect(read()).rejects.toMatchObject({ kind: 'forbidden', retryAt: undefined });
  });

  test('a comment is sent once, whatever becomes of it', async () => {
    server.answer(({ path, method }): Reply => {
      if (path === '/user') return { body: { login: 'baker' } };
      return method === 'GET' ? { body: [] } : 'cut';
    });

    await expect(connect().ensureComment(shop, 12, 'progress', 'Hi')).rejects.toMatchObject({ kind: 'unavailable' });
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  test('the token is in no error', async () => {
    server.answer({ status: 401, body: { message: 'Bad credentials' } });

    const failure = await read().catch((reason) => reason);

    expect(JSON.stringify(failure) + failure.stack + JSON.stringify(failure.cause)).not.toContain('ghp_secret');
  });

  test('a redirect of a renamed repository is followed', async () => {
    server.answer(({ path }) =>
      path.startsWith('/repos/')
        ? { status: 301, headers: { location: `${server.url}/repositories/656055458/git/commits/${SHA}` } }
        : { body: { message: 'm', tree: { sha: TREE }, parents: [] } },
    );

    expect(await read()).toMatchObject({ treeId: TREE });
    expect(server.requests[1]?.headers.authorization).toBe('token ghp_secret');
  });
});
