import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type StartedService, startService } from './start-service.js';

const repository = { owner: 'baker', repo: 'shop' };
const folder = mkdtempSync(join(tmpdir(), 'github-seed-'));
const pushes: { ref: string; before: string; after: string }[] = [];
let github: StartedService;
let listener: Server;

function octokit(token?: string): Octokit {
  return new Octokit({ baseUrl: github.url, ...(token ? { auth: token } : {}), log: quiet });
}
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** A commit of one file on top of another commit, on no branch yet. */
async function commit(parent: string, path: string, content: string | null): Promise<string> {
  const api = octokit('owner-token');
  const item = {
    path,
    mode: '100644' as const,
    type: 'blob' as const,
    ...(content === null ? { sha: null } : { content }),
  };
  const tree = await api.git.createTree({ ...repository, base_tree: parent, tree: [item] });
  const made = await api.git.createCommit({
    ...repository,
    message: `Change ${path}`,
    tree: tree.data.sha,
    parents: [parent],
  });
  return made.data.sha;
}

async function head(branch: string): Promise<string> {
  return (await octokit('owner-token').git.getRef({ ...repository, ref: `heads/${branch}` })).data.object.sha;
}

async function branchWith(branch: string, path: string, content: string): Promise<string> {
  const sha = await commit(await head('main'), path, content);
  await octokit('owner-token').git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha });
  return sha;
}

async function statusOf(work: Promise<unknown>): Promise<{ status: number; message: string }> {
  try {
    await work;
    return { status: 200, message: '' };
  } catch (error) {
    const { status, response } = error as {
      status: number;
      response?: { data: { message: string; errors?: unknown } };
    };
    return { status, message: JSON.stringify([response?.data.message, response?.data.errors]) };
  }
}

beforeAll(async () => {
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      pushes.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const seed = {
    users: [{ login: 'baker', name: 'The Baker', email: 'baker@bakery.test' }, { login: 'stranger' }],
    tokens: { 'owner-token': 'baker', 'stranger-token': 'stranger' },
    repositories: [
      { owner: 'baker', name: 'shop' },
      { owner: 'baker', name: 'secret', private: true },
    ],
  };
  writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
  const pushTo = `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`;
  github = await startService('sandbox/services/github.ts', ['--seed', join(folder, 'seed.json'), '--push-to', pushTo]);
});

afterAll(async () => {
  await github?.stop();
  listener?.close();
  rmSync(folder, { recursive: true });
});

describe('who may do what', () => {
  test('an unknown token is refused', async () => {
    expect(await statusOf(octokit('nobody').users.getAuthenticated())).toMatchObject({ status: 401 });
  });

  test('a token acts as its owner', async () => {
    expect((await octokit('owner-token').users.getAuthenticated()).data.login).toBe('baker');
  });

  test.each([undefined, 'stranger-token'])('a private repository is not found by %s', async (token) => {
    const work = octokit(token).repos.get({ owner: 'baker', repo: 'secret' });

    expect(await statusOf(work)).toMatchObject({ status: 404 });
  });

  test('writing without the right is 403, without a token 401', async () => {
    const ref = { ...repository, ref: 'refs/heads/mine', sha: await head('main') };

    expect((await statusOf(octokit('stranger-token').git.createRef(ref))).status).toBe(403);
    expect((await statusOf(octokit().git.createRef(ref))).status).toBe(401);
  });

  test('check runs are for Apps', async () => {
    const work = octokit('owner-token').checks.create({
      ...repository,
      name: 'self-heal',
      head_sha: await head('main'),
    });

    expect((await statusOf(work)).status).toBe(403);
  });
});

describe('git data', () => {
  test('base_tree may be a commit, and the author is the owner of the token', async () => {
    const parent = await head('main');

    const sha = await commit(parent, 'page.tsx', 'one\n');

    const made = await octokit('owner-token').repos.getCommit({ ...repository, ref: sha });
    expect(made.data.commit.author).toMatchObject({ name: 'The Baker', email: 'baker@bakery.test' });
    expect(made.data.files?.map(({ filename }) => filename)).toEqual(['page.tsx']);
  });

  test('a deletion of a file that is not there is refused', async () => {
    const parent = await head('main');

    expect((await statusOf(commit(parent, 'nowhere.ts', null))).status).toBe(422);
  });

  test('creating, moving and deleting a ref is announced as a push', async () => {
    const first = await branchWith('announced', 'a.txt', 'a');
    const second = await commit(first, 'a.txt', 'b');
    await octokit('owner-token').git.updateRef({ ...repository, ref: 'heads/announced', sha: second });
    await octokit('owner-token').git.deleteRef({ ...repository, ref: 'heads/announced' });

    await expect.poll(() => pushes.filter(({ ref }) => ref === 'refs/heads/announced').length).toBe(3);
    const none = '0'.repeat(40);
    // Each is delivered on its own, so that one may overtake another.
    expect(
      pushes.filter(({ ref }) => ref === 'refs/heads/announced').map(({ before, after }) => [before, after]),
    ).toEqual(
      expect.arrayContaining([
        [none, first],
        [first, second],
        [second, none],
      ]),
    );
  });

  test.each([
    [
      'a ref twice',
      async () =>
        octokit('owner-token').git.createRef({ ...repository, ref: 'refs/heads/main', sha: await head('main') }),
      'Reference already exists',
    ],
    [
      'a move that is no fast-forward',
      async () => {
        const sha = await branchWith('forward', 'f.txt', 'f');
        await octokit('owner-token').git.updateRef({
          ...repository,
          ref: 'heads/forward',
          sha: await commit(sha, 'f.txt', 'g'),
        });
        await octokit('owner-token').git.updateRef({ ...repository, ref: 'heads/forward', sha });
      },
      'Update is not a fast forward',
    ],
    [
      'a ref that is not there',
      async () => octokit('owner-token').git.updateRef({ ...repository, ref: 'heads/gone', sha: await head('main') }),
      'Reference does not exist',
    ],
  ])('%s is 422', async (_, work, message) => {
    const refusal = await statusOf(work());

    expect(refusal.status).toBe(422);
    expect(refusal.message).toContain(message);
  });

  test('branches are listed by prefix', async () => {
    const sha = await branchWith('fix/auto-repair-1', 'p.txt', 'p');

    const refs = await octokit('owner-token').git.listMatchingRefs({ ...repository, ref: 'heads/fix/' });

    expect(refs.data.map(({ ref, object }) => [ref, object.sha])).toEqual([['refs/heads/fix/auto-repair-1', sha]]);
  });
});

test('a repository comes as an archive', async () => {
  const long = `${'deep/'.repeat(25)}file.txt`;
  const sha = await branchWith('archive', long, 'in the archive\n');

  const { data } = await octokit('owner-token').repos.downloadTarballArchive({ ...repository, ref: sha });

  writeFileSync(join(folder, 'archive.tar.gz'), Buffer.from(data as ArrayBuffer));
  const listed = execFileSync('tar', ['-tzf', join(folder, 'archive.tar.gz')], { encoding: 'utf8' }).split('\n');
  const root = `baker-shop-${sha.slice(0, 7)}`;
  const text = execFileSync('tar', ['-xzOf', join(folder, 'archive.tar.gz'), `${root}/${long}`], { encoding: 'utf8' });
  expect(listed).toContain(`${root}/README.md`);
  expect(text).toBe('in the archive\n');
});

describe('pull requests', () => {
  test('the second one for a head is 422', async () => {
    await branchWith('twice', 't.txt', 't');
    const input = { ...repository, head: 'twice', base: 'main', title: 'Once' };
    await octokit('owner-token').pulls.create(input);

    const refusal = await statusOf(octokit('owner-token').pulls.create(input));

    expect(refusal.status).toBe(422);
    expect(refusal.message).toContain('A pull request already exists for baker:twice.');
  });

  test('of ten at once for one head one is opened, and the push is announced once', async () => {
    const sha = await branchWith('at-once', 'o.txt', 'o');
    const input = { ...repository, head: 'at-once', base: 'main', title: 'Once' };

    const answers = await Promise.all(
      Array.from({ length: 10 }, () => statusOf(octokit('owner-token').pulls.create(input))),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 9 }, () => 422)]);
    expect(pushes.filter(({ after }) => after === sha)).toHaveLength(1);
  });

  test('nothing between the branches is 422, and so is a branch that is not there', async () => {
    const api = octokit('owner-token');
    await api.git.createRef({ ...repository, ref: 'refs/heads/same', sha: await head('main') });

    const same = await statusOf(api.pulls.create({ ...repository, head: 'same', base: 'main', title: 'None' }));
    const absent = await statusOf(api.pulls.create({ ...repository, head: 'absent', base: 'main', title: 'None' }));

    expect(same.message).toContain('No commits between');
    expect(absent.status).toBe(422);
    expect((await statusOf(api.git.getRef({ ...repository, ref: 'heads/absent' }))).status).toBe(404);
  });

  test('the head follows its branch until the pull request is closed', async () => {
    const api = octokit('owner-token');
    const first = await branchWith('moving', 'm.txt', 'm');
    const { data: pull } = await api.pulls.create({ ...repository, head: 'moving', base: 'main', title: 'Moving' });
    const second = await commit(first, 'n.txt', 'n');
    await api.git.updateRef({ ...repository, ref: 'heads/moving', sha: second });

    const open = await api.pulls.get({ ...repository, pull_number: pull.number });
    const files = await api.pulls.listFiles({ ...repository, pull_number: pull.number });
    await api.pulls.update({ ...repository, pull_number: pull.number, state: 'closed' });
    await api.git.updateRef({ ...repository, ref: 'heads/moving', sha: await commit(second, 'o.txt', 'o') });
    const listed = await api.pulls.list({ ...repository, head: 'baker:moving', state: 'all' });

    expect(open.data.head.sha).toBe(second);
    expect(open.data.merged).toBe(false);
    expect(open.data.merge_commit_sha).not.toBeNull();
    expect(files.data.map(({ filename }) => filename).sort()).toEqual(['m.txt', 'n.txt']);
    expect(listed.data.map(({ head, merged_at }) => [head.sha, merged_at])).toEqual([[second, null]]);
    expect(listed.data[0]).not.toHaveProperty('merged');
  });

  test('a merge takes the branch as it is now into the base as it is now', async () => {
    const api = octokit('owner-token');
    const first = await branchWith('work', 'work.txt', '1');
    const { data: pull } = await api.pulls.create({ ...repository, head: 'work', base: 'main', title: 'Work' });
    const second = await commit(first, 'work.txt', '2');
    await api.git.updateRef({ ...repository, ref: 'heads/work', sha: second });
    const moved = await commit(await head('main'), 'other.txt', 'other');
    await api.git.updateRef({ ...repository, ref: 'heads/main', sha: moved });

    const stale = await statusOf(api.pulls.merge({ ...repository, pull_number: pull.number, sha: first }));
    const merge = await api.pulls.merge({ ...repository, pull_number: pull.number });

    const { data: merged } = await api.pulls.get({ ...repository, pull_number: pull.number });
    const { data: commitOfMerge } = await api.git.getCommit({ ...repository, commit_sha: merge.data.sha });
    const { data: tree } = await api.git.getTree({ ...repository, tree_sha: merge.data.sha, recursive: '1' });
    expect(stale.status).toBe(409);
    expect(merged).toMatchObject({ merged: true, state: 'closed', merge_commit_sha: merge.data.sha });
    expect(commitOfMerge.parents.map(({ sha }) => sha)).toEqual([moved, second]);
    expect(tree.tree.map(({ path }) => path)).toEqual(expect.arrayContaining(['other.txt', 'work.txt']));
    expect(await head('main')).toBe(merge.data.sha);
    expect((await statusOf(api.pulls.merge({ ...repository, pull_number: pull.number }))).status).toBe(405);
  });

  test('a conflict is not mergeable', async () => {
    const api = octokit('owner-token');
    await branchWith('conflict', 'both.txt', 'theirs');
    const { data: pull } = await api.pulls.create({ ...repository, head: 'conflict', base: 'main', title: 'Conflict' });
    await api.git.updateRef({
      ...repository,
      ref: 'heads/main',
      sha: await commit(await head('main'), 'both.txt', 'ours'),
    });

    const { data: open } = await api.pulls.get({ ...repository, pull_number: pull.number });

    expect(open.mergeable).toBe(false);
    expect((await statusOf(api.pulls.merge({ ...repository, pull_number: pull.number }))).status).toBe(405);
  });

  test('labels and comments are kept', async () => {
    const api = octokit('owner-token');
    await branchWith('talk', 'talk.txt', 't');
    const { data: pull } = await api.pulls.create({ ...repository, head: 'talk', base: 'main', title: 'Talk' });

    await api.issues.addLabels({ ...repository, issue_number: pull.number, labels: ['self-heal'] });
    await api.issues.createComment({ ...repository, issue_number: pull.number, body: 'hello' });

    const { data: read } = await api.pulls.get({ ...repository, pull_number: pull.number });
    const { data: comments } = await api.issues.listComments({ ...repository, issue_number: pull.number });
    expect(read.labels.map(({ name }) => name)).toEqual(['self-heal']);
    expect(comments.map(({ body }) => body)).toEqual(['hello']);
  });
});

describe('commit statuses', () => {
  test('the newest of each context counts', async () => {
    const api = octokit('owner-token');
    const sha = await branchWith('status', 's.txt', 's');
    await api.repos.createCommitStatus({ ...repository, sha, state: 'pending', context: 'self-heal' });
    await api.repos.createCommitStatus({ ...repository, sha, state: 'success', context: 'self-heal' });

    const combined = await api.repos.getCombinedStatusForRef({ ...repository, ref: sha });
    const all = await api.repos.listCommitStatusesForRef({ ...repository, ref: sha });

    expect(combined.data.state).toBe('success');
    expect(combined.data.statuses.map(({ context, state }) => [context, state])).toEqual([['self-heal', 'success']]);
    expect(all.data.map(({ state }) => state)).toEqual(['success', 'pending']);
  });

  test('an unknown commit is 422', async () => {
    const work = octokit('owner-token').repos.createCommitStatus({
      ...repository,
      sha: 'f'.repeat(40),
      state: 'success',
    });

    expect((await statusOf(work)).message).toContain('No commit found for SHA');
  });
});

test('the final state shows branches, pull requests and what was asked', async () => {
  const state = (await (await fetch(`${github.url}/__state`)).json()) as {
    repositories: { fullName: string; branches: Record<string, string>; pulls: unknown[] }[];
    requests: unknown[];
  };
  const [shop] = state.repositories;

  expect(shop?.fullName).toBe('baker/shop');
  expect(shop?.branches.main).toBe(await head('main'));
  expect(shop?.pulls.length).toBeGreaterThan(0);
  expect(state.requests.length).toBeGreaterThan(0);
});

test('a fault answers as told, once', async () => {
  await fetch(`${github.url}/__control/faults`, {
    method: 'POST',
    body: JSON.stringify({ method: 'GET', path: '^/user$', status: 502 }),
  });

  expect((await statusOf(octokit('owner-token').users.getAuthenticated())).status).toBe(502);
  expect((await statusOf(octokit('owner-token').users.getAuthenticated())).status).toBe(200);
});
