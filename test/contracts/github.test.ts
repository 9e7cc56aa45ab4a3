import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createGitHub } from '../../lib/adapters/github.js';
import type { RepositoryRef } from '../../lib/incident/incident.js';
import type { ChangedFile } from '../../lib/patch/patch.js';
import {
  CODERABBIT_TOKEN,
  type GitHubService,
  OWNER_TOKEN,
  REVIEWER_TOKEN,
  STRANGER_TOKEN,
  startGitHubService,
} from './github-service.js';

const shop: RepositoryRef = { id: 1, owner: 'baker', name: 'shop' };
const quick = { tries: 3, maxWaitMs: 20 };
let service: GitHubService;
let main: string;
let branches = 0;

function connect(token = OWNER_TOKEN) {
  return createGitHub({ token, baseUrl: service.url, retry: quick });
}

function newBranch(): string {
  branches += 1;
  return `fix/auto-repair-${branches}`;
}

const page: ChangedFile = {
  path: 'app/page.tsx',
  mode: '100644',
  before: 'expot default function Page() {}\n',
  content: 'export default function Page() {}\n',
};

/** A commit of these files on top of `main`, on no branch yet. */
async function commitOnMain(files: readonly ChangedFile[], message = 'Repair the page') {
  const github = connect();
  const source = github.openSource({ repository: shop, sha: main });
  const tree = await source.listTree();
  const baseTree = await source.readRootTreeId();
  const treeId = await github.computeTreeId(tree, files);
  const { sha } = await github.createCommit({ repository: shop, parents: [main], baseTree, files, treeId, message });
  return { sha, treeId };
}

beforeAll(async () => {
  service = await startGitHubService(['shop']);
  main = await service.commit(shop, {
    'app/page.tsx': 'expot default function Page() {}\n',
    'app/old.ts': 'export {};\n',
    'app/deep/er/leaf.ts': 'export const leaf = 1;\n',
    'bin/run.sh': { content: '#!/bin/sh\n', mode: '100755' },
    'lib/a.ts': 'a\n',
    'lib.ts': 'sorts before the directory lib\n',
    'ünïcode – name.md': 'ä\n',
  });
});

afterAll(() => service?.stop());
beforeEach(async () => void (await service.takeRequests()));

describe('reading a commit', () => {
  test('the tree, its id, and files by path, each asked for once', async () => {
    const source = connect().openSource({ repository: shop, sha: main });

    const [tree, again] = await Promise.all([source.listTree(), source.listTree()]);
    const files = await source.readFiles(['app/page.tsx', 'ünïcode – name.md', 'nowhere.ts']);
    const same = await source.readFiles(['app/page.tsx']);

    expect(again).toBe(tree);
    expect(tree.truncated).toBe(false);
    expect(tree.entries.find(({ path }) => path === 'bin/run.sh')).toMatchObject({ mode: '100755', size: 10 });
    expect([...files]).toEqual([
      ['app/page.tsx', page.before],
      ['ünïcode – name.md', 'ä\n'],
    ]);
    expect(same.get('app/page.tsx')).toBe(page.before);
    const commit = await connect().readCommit(shop, main);
    expect(await source.readRootTreeId()).toBe(commit?.treeId);
    expect(await connect().readFile(shop, main, 'app/page.tsx')).toBe(page.before);
    expect(await connect().readFile(shop, 'main', 'ünïcode – name.md')).toBe('ä\n');
    expect(await connect().readFile(shop, main, 'app/none.tsx')).toBeUndefined();
    expect((await service.takeRequests()).filter((request) => request.includes('/git/trees/'))).toHaveLength(1);
  });

  test('changes since a base, and none without one', async () => {
    const base = main;
    const head = await service.commit(shop, { 'app/new.ts': 'one\ntwo\n', 'app/old.ts': null, 'lib/a.ts': 'b\n' });

    const changes = await connect().openSource({ repository: shop, sha: head, baseSha: base }).listChanges();

    expect(changes?.map(({ path, status }) => [path, status]).sort()).toEqual([
      ['app/new.ts', 'added'],
      ['app/old.ts', 'removed'],
      ['lib/a.ts', 'modified'],
    ]);
    expect(changes?.find(({ path }) => path === 'lib/a.ts')?.hunks).toContain('+b');
    expect(await connect().openSource({ repository: shop, sha: head }).listChanges()).toBeUndefined();
    const lost = connect().openSource({ repository: shop, sha: head, baseSha: 'e'.repeat(40) });
    expect(await lost.listChanges()).toBeUndefined();
    main = head;
  });

  test('branches, and what contains what', async () => {
    const github = connect();
    const first = (await github.readCommit(shop, main))?.parents[0] ?? '';

    expect(await github.findHead(shop, 'main')).toBe(main);
    expect(await github.findHead(shop, 'mai')).toBeUndefined();
    expect(await github.listBranches(shop, 'fix/')).toEqual([]);
    expect(await github.contains(shop, main, main)).toBe(true);
    expect(await github.contains(shop, main, first)).toBe(true);
    expect(await github.contains(shop, first, main)).toBe(false);
    expect(await github.readCommit(shop, 'e'.repeat(40))).toBeUndefined();
    expect(await github.findPullRequest(shop, 999)).toBeUndefined();
    expect(await github.readAccount()).toEqual({ login: 'baker' });
  });

  test('a repository that is not there is an error, not an empty answer', async () => {
    const nowhere = { ...shop, name: 'nowhere' };

    await expect(connect().findHead(nowhere, 'main')).rejects.toMatchObject({ kind: 'not-found' });
    await expect(connect().openSource({ repository: nowhere, sha: main }).listTree()).rejects.toMatchObject({
      kind: 'not-found',
    });
  });
});

describe('the tree id computed here is the one that GitHub makes', () => {
  const edit = (path: string, content: string | null, mode: ChangedFile['mode'] = '100644'): ChangedFile => ({
    path,
    mode,
    before: '',
    content,
  });

  test.each([
    ['an edit', [page]],
    ['an executable keeps its mode', [edit('bin/run.sh', '#!/bin/sh\nexit 1\n', '100755')]],
    ['a new file in new directories', [edit('a/b/c/d.ts', 'x\n')]],
    ['a deletion that empties its directories', [edit('app/deep/er/leaf.ts', null)]],
    ['everything of a directory deleted and one written anew', [edit('lib/a.ts', null), edit('lib/z/b.ts', 'z\n')]],
    ['names that Git sorts around a directory', [edit('lib-x/a.ts', 'x'), edit('lib0', 'y'), edit('lib/0', 'z')]],
    ['a directory where a file was', [edit('lib.ts', null), edit('lib.ts/index.ts', 'x')]],
    ['an empty file and a byte order mark', [edit('empty.ts', ''), edit('bom.ts', '\uFEFFexport {};\r\n')]],
  ])('%s', async (_, files) => {
    const { sha, treeId } = await commitOnMain(files);

    expect((await connect().readCommit(shop, sha))?.treeId).toBe(treeId);
  });

  test('a commit has our parents and message, and the author that GitHub gives it', async () => {
    const { sha } = await commitOnMain([page], 'Repair\n\nSelf-Heal-Incident: i1');

    const { json } = await service.call('GET', `/repos/baker/shop/git/commits/${sha}`);
    expect(json).toMatchObject({
      message: 'Repair\n\nSelf-Heal-Incident: i1',
      parents: [{ sha: main }],
      author: { email: 'baker@bakery.test' },
      committer: { email: 'baker@bakery.test' },
    });
  });

  test('another tree than the computed one is never committed', async () => {
    const github = connect();
    const source = github.openSource({ repository: shop, sha: main });
    await source.listTree();
    await service.takeRequests();

    const commit = github.createCommit({
      repository: shop,
      parents: [main],
      baseTree: await source.readRootTreeId(),
      files: [page],
      treeId: 'f'.repeat(40),
      message: 'Repair',
    });

    await expect(commit).rejects.toMatchObject({ kind: 'malformed' });
    expect(await service.takeRequests()).toEqual(['POST /repos/baker/shop/git/trees']);
  });
});

describe('branches', () => {
  test('created, already there, taken', async () => {
    const branch = newBranch();
    const [one, two] = [await commitOnMain([page], 'one'), await commitOnMain([page], 'two')];

    expect(await connect().ensureBranch(shop, branch, one.sha)).toBe('created');
    expect(await connect().ensureBranch(shop, branch, one.sha)).toBe('already-there');
    expect(await connect().ensureBranch(shop, branch, two.sha)).toBe('taken');
    expect(await connect().listBranches(shop, branch)).toEqual([{ name: branch, sha: one.sha }]);
  });

  test('ten at once: one creates it, all see the same', async () => {
    const branch = newBranch();
    const { sha } = await commitOnMain([page]);

    const outcomes = await Promise.all(Array.from({ length: 10 }, () => connect().ensureBranch(shop, branch, sha)));

    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'already-there')).toHaveLength(9);
  });

  test('a branch moves forward only', async () => {
    const github = connect();
    const branch = newBranch();
    const { sha } = await commitOnMain([page]);
    await github.ensureBranch(shop, branch, main);

    expect(await github.advanceBranch(shop, branch, sha)).toBe('advanced');
    expect(await github.advanceBranch(shop, branch, sha)).toBe('advanced');
    const rival = await commitOnMain([{ ...page, content: 'rival\n' }]);
    expect(await github.advanceBranch(shop, branch, rival.sha)).toBe('branch-moved');
    expect(await github.findHead(shop, branch)).toBe(sha);
    expect(await github.advanceBranch(shop, 'fix/never-made', sha)).toBe('branch-gone');
  });

  test('a commit that is not there is refused', async () => {
    const branch = newBranch();

    await expect(connect().ensureBranch(shop, branch, 'e'.repeat(40))).rejects.toMatchObject({ kind: 'rejected' });
    expect(await connect().findHead(shop, branch)).toBeUndefined();
  });

  test('without the right to write', async () => {
    const work = connect(STRANGER_TOKEN).ensureBranch(shop, newBranch(), main);

    await expect(work).rejects.toMatchObject({ kind: 'forbidden', reason: 'token-lacks-rights' });
  });
});

describe('pull requests', () => {
  async function propose(branch = newBranch()) {
    const { sha } = await commitOnMain([page]);
    await connect().ensureBranch(shop, branch, sha);
    const input = { repository: shop, head: branch, base: 'main', title: 'Repair', body: 'Why' };
    return { branch, sha, input, pull: await connect().openPullRequest(input) };
  }

  test('opened, found, adopted', async () => {
    const { branch, sha, input, pull } = await propose();

    expect(pull).toMatchObject({ state: 'open', merged: false, headRef: branch, headSha: sha, baseRef: 'main' });
    expect(pull).toMatchObject({ title: 'Repair', body: 'Why', author: 'baker' });
    expect(pull.mergeSha).toBeUndefined();
    expect(pull.createdAt).toBeGreaterThan(Date.now() - 60_000);
    expect(await connect().openPullRequest(input)).toEqual(pull);
    expect(await connect().listPullRequests(shop, branch)).toEqual([pull]);
    expect(await connect().findPullRequest(shop, pull.number)).toEqual(pull);
  });

  test('changed and closed', async () => {
    const { branch, pull } = await propose();

    await connect().updatePullRequest(shop, pull.number, { title: 'Other', body: 'More' });
    await connect().updatePullRequest(shop, pull.number, { state: 'closed' });

    expect(await connect().findPullRequest(shop, pull.number)).toMatchObject({
      title: 'Other',
      body: 'More',
      state: 'closed',
      merged: false,
    });
    expect(await connect().listPullRequests(shop, branch)).toMatchObject([{ state: 'closed' }]);
  });

  test('merged, with the commit that production will serve', async () => {
    const { pull } = await propose();
    const merge = await service.call('PUT', `/repos/baker/shop/pulls/${pull.number}/merge`, { merge_method: 'merge' });

    const merged = await connect().findPullRequest(shop, pull.number);

    expect(merge.status).toBe(200);
    expect(merged).toMatchObject({ state: 'closed', merged: true, mergeSha: merge.json.sha });
    expect(await connect().findHead(shop, 'main')).toBe(merge.json.sha);
    main = merge.json.sha;
  });

  test.each([
    ['the base is gone', { base: 'gone' }, 'base-missing'],
    ['the head is gone', { head: 'gone' }, 'head-missing'],
  ])('refused by name: %s', async (_, change, reason) => {
    const branch = newBranch();
    await connect().ensureBranch(shop, branch, (await commitOnMain([page])).sha);
    const input = { repository: shop, head: branch, base: 'main', title: 'Repair', body: 'Why', ...change };

    await expect(connect().openPullRequest(input)).rejects.toMatchObject({ kind: 'rejected', reason });
  });

  test('refused by name: nothing to merge', async () => {
    const branch = newBranch();
    await connect().ensureBranch(shop, branch, main);
    const input = { repository: shop, head: branch, base: 'main', title: 'Repair', body: 'Why' };

    await expect(connect().openPullRequest(input)).rejects.toMatchObject({ reason: 'no-commits-between' });
  });

  test('one comment a topic, changed in place, and a stranger’s with our marker left alone', async () => {
    const { pull } = await propose();
    const path = `/repos/baker/shop/issues/${pull.number}/comments`;
    await service.call('POST', path, { body: 'Mine!\n<!-- self-heal:progress -->' }, STRANGER_TOKEN);

    await connect().ensureComment(shop, pull.number, 'progress', 'Preview is building');
    await connect().ensureComment(shop, pull.number, 'progress', 'Preview is green');
    await connect().ensureComment(shop, pull.number, 'question', 'Merge?');
    await service.takeRequests();
    await connect().ensureComment(shop, pull.number, 'question', 'Merge?');

    expect((await service.takeRequests()).filter((request) => !request.startsWith('GET'))).toEqual([]);
    const { json } = await service.call('GET', path);
    const comments = json as { user: { login: string }; body: string }[];
    expect(comments.map(({ user, body }) => [user.login, body.split('\n')[0]])).toEqual([
      ['stranger', 'Mine!'],
      ['baker', 'Preview is green'],
      ['baker', 'Merge?'],
    ]);
  });

  test('reviews with their remarks, the conversation, and who may write', async () => {
    const { pull, sha } = await propose();
    const path = `/repos/baker/shop/pulls/${pull.number}/reviews`;
    const comments = [{ path: 'app/page.tsx', position: 1, body: 'Here.' }];
    await service.call(
      'POST',
      path,
      { event: 'REQUEST_CHANGES', body: 'No.', commit_id: sha, comments },
      REVIEWER_TOKEN,
    );
    await service.call('POST', path, { event: 'COMMENT', body: 'Hm.', commit_id: sha }, CODERABBIT_TOKEN);
    await service.call('POST', path, { body: 'Not sent yet.', commit_id: sha }, STRANGER_TOKEN);
    await connect().ensureComment(shop, pull.number, 'question', 'Merge?');

    const reviews = await connect().listReviews(shop, pull.number);

    expect(reviews).toMatchObject([
      { author: 'reviewer', isBot: false, state: 'changes-requested', commitSha: sha, body: 'No.' },
      { author: 'coderabbitai[bot]', isBot: true, state: 'commented', commitSha: sha, body: 'Hm.' },
    ]);
    expect(reviews[0]?.submittedAt).toBeGreaterThan(Date.now() - 60_000);
    expect(await connect().listReviewNotes(shop, pull.number, reviews[0]?.id ?? 0)).toMatchObject([
      { path: 'app/page.tsx', body: 'Here.' },
    ]);
    expect(await connect().listComments(shop, pull.number)).toMatchObject([
      { author: 'baker', body: expect.stringContaining('Merge?') },
    ]);
    const logins = ['baker', 'reviewer', 'stranger', 'coderabbitai[bot]'];
    expect(await Promise.all(logins.map((login) => connect().mayWrite(shop, login)))).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  test('merged by us while its head is the one that we know, and not otherwise', async () => {
    const { pull, sha } = await propose();

    const moved = await connect().mergePullRequest(shop, pull.number, 'e'.repeat(40));
    const merged = await connect().mergePullRequest(shop, pull.number, sha);
    const again = await connect().mergePullRequest(shop, pull.number, sha);

    expect([moved.outcome, merged.outcome, again.outcome]).toEqual(['head-moved', 'merged', 'refused']);
    const found = await connect().findPullRequest(shop, pull.number);
    expect(found).toMatchObject({ state: 'closed', merged: true });
    main = found?.mergeSha ?? '';
    expect((await connect().readCommit(shop, main))?.parents).toHaveLength(1);
  });

  test('one issue for a first line, changed in place, whatever strangers and pull requests hold', async () => {
    const first = '<!-- self-heal:incident:inc_1 -->';
    await propose();
    await service.call('POST', '/repos/baker/shop/issues', { title: 'Mine', body: first }, STRANGER_TOKEN);

    await connect().ensureIssue(shop, { title: 'It fails', body: `${first}\n\nWhy.` });
    await connect().ensureIssue(shop, { title: 'It fails', body: `${first}\n\nWhy, in other words.` });
    await connect().ensureIssue(shop, { title: 'Another', body: '<!-- self-heal:incident:inc_11 -->\n\nWhy.' });

    const { json } = await service.call('GET', '/repos/baker/shop/issues?state=all&creator=baker&per_page=100');
    const issues = (json as { title: string; body: string; pull_request?: unknown }[]).filter(
      (issue) => issue.pull_request === undefined,
    );
    expect(issues.map(({ title }) => title).toSorted()).toEqual(['Another', 'It fails']);
    expect(issues.find(({ title }) => title === 'It fails')?.body).toContain('in other words');
  });

  test('commit comments, statuses and labels', async () => {
    const { pull, sha } = await propose();

    await connect().ensureCommitComment(shop, sha, 'refused', 'No pull request could be opened');
    await connect().ensureCommitComment(shop, sha, 'refused', 'No pull request could be opened: archived');
    await connect().setCommitStatus(shop, sha, {
      context: 'self-heal',
      state: 'pending',
      description: 'd'.repeat(200),
    });
    await connect().addLabels(shop, pull.number, ['self-heal']);
    await connect().addLabels(shop, pull.number, ['self-heal']);
    await connect().addLabels(shop, pull.number, []);
    await connect().requestReviewers(shop, pull.number, ['baker', 'stranger']);
    await connect().requestReviewers(shop, pull.number, ['stranger']);

    const asked = await service.call('GET', `/repos/baker/shop/pulls/${pull.number}`);
    expect(asked.json.requested_reviewers).toMatchObject([{ login: 'stranger' }]);
    const comments = await service.call('GET', `/repos/baker/shop/commits/${sha}/comments`);
    expect(comments.json.map(({ body }: { body: string }) => body.split('\n')[0])).toEqual([
      'No pull request could be opened: archived',
    ]);
    const statuses = await service.call('GET', `/repos/baker/shop/commits/${sha}/statuses`);
    expect(statuses.json).toMatchObject([{ context: 'self-heal', state: 'pending' }]);
    expect(statuses.json[0].description).toHaveLength(140);
    const labels = await service.call('GET', `/repos/baker/shop/issues/${pull.number}/labels`);
    expect(labels.json.map(({ name }: { name: string }) => name)).toEqual(['self-heal']);
  });
});

test('a commit that GitHub signs: on the branch while its head is the parent, with the very tree', async () => {
  const branch = newBranch();
  await connect().ensureBranch(shop, branch, main);
  const { treeId } = await commitOnMain([page]);
  const input = { repository: shop, branch, parent: main, files: [page], treeId, message: 'Repair\n\nBecause.' };

  const made = await connect().createSignedCommit(input);
  const again = await connect().createSignedCommit(input);

  const head = await connect().findHead(shop, branch);
  expect([made, again]).toEqual([{ sha: head }, 'branch-moved']);
  expect(await connect().readCommit(shop, head ?? '')).toEqual({
    message: 'Repair\n\nBecause.',
    parents: [main],
    treeId,
  });
});

test('from the computed tree to the open pull request: four writes and no read', async () => {
  const github = connect();
  const source = github.openSource({ repository: shop, sha: main });
  const [tree, baseTree] = await Promise.all([source.listTree(), source.readRootTreeId()]);
  const branch = newBranch();
  await service.takeRequests();

  const treeId = await github.computeTreeId(tree, [page]);
  const commit = { repository: shop, parents: [main], baseTree, files: [page], treeId, message: 'Repair' };
  const { sha } = await github.createCommit(commit);
  await github.ensureBranch(shop, branch, sha);
  await github.openPullRequest({ repository: shop, head: branch, base: 'main', title: 'T', body: 'B' });

  expect(await service.takeRequests()).toEqual([
    'POST /repos/baker/shop/git/trees',
    'POST /repos/baker/shop/git/commits',
    'POST /repos/baker/shop/git/refs',
    'POST /repos/baker/shop/pulls',
  ]);
});

describe('answers that get lost on the way', () => {
  test('a branch whose first answer was lost is there once, and ours', async () => {
    const branch = newBranch();
    const { sha } = await commitOnMain([page]);
    await service.addFault({ method: 'POST', path: '/git/refs$', effect: 'lost-answer' });

    expect(await connect().ensureBranch(shop, branch, sha)).toBe('already-there');
    expect(await connect().findHead(shop, branch)).toBe(sha);
  });

  test('a pull request whose first answer was lost is there once', async () => {
    const branch = newBranch();
    await connect().ensureBranch(shop, branch, (await commitOnMain([page])).sha);
    await service.addFault({ method: 'POST', path: '/pulls$', effect: 'lost-answer' });

    const pull = await connect().openPullRequest({
      repository: shop,
      head: branch,
      base: 'main',
      title: 'T',
      body: 'B',
    });

    expect(await connect().listPullRequests(shop, branch)).toEqual([pull]);
  });

  test('a comment whose answer was lost is found by the next call', async () => {
    const branch = newBranch();
    await connect().ensureBranch(shop, branch, (await commitOnMain([page])).sha);
    const { number } = await connect().openPullRequest({
      repository: shop,
      head: branch,
      base: 'main',
      title: 'T',
      body: 'B',
    });
    await service.addFault({ method: 'POST', path: '/comments$', effect: 'lost-answer' });

    const first = connect().ensureComment(shop, number, 'progress', 'Green');
    await expect(first).rejects.toMatchObject({ kind: 'unavailable', retryable: true });
    await connect().ensureComment(shop, number, 'progress', 'Green');

    expect((await service.call('GET', `/repos/baker/shop/issues/${number}/comments`)).json).toHaveLength(1);
  });

  test('an advanced branch whose answer was lost is advanced', async () => {
    const branch = newBranch();
    const { sha } = await commitOnMain([page]);
    await connect().ensureBranch(shop, branch, main);
    await service.addFault({ method: 'PATCH', path: '/git/refs/', effect: 'lost-answer' });

    expect(await connect().advanceBranch(shop, branch, sha)).toBe('advanced');
  });
});
