import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SETTINGS_PATH } from '../../lib/settings/settings-schema.js';
import { SYNTAX_LOG } from '../faults/recorded-builds.js';
import { type Outside, openScene, type PullRequestJson, type Scene, startOutside } from './start-world.js';

const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
const MISSPELT = GOOD.replace('export', 'expot');
const FILES = {
  'app/page.tsx': GOOD,
  'app/old.ts': 'export const old = 1;\n',
  'package.json': JSON.stringify({ name: 'hours', dependencies: { next: '15.5.6' } }),
};
const NAMES = ['reverted', 'off', 'refused', 'lost', 'rewritten'] as const;

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside(NAMES);
});
afterAll(async () => {
  await outside.stop();
});

/** A branch with two commits since its last good deployment, whose one attempt at a repair will not hold. */
async function hopeless(repository: (typeof NAMES)[number], settings: object): Promise<Scene> {
  const scene = await openScene(outside, { repository, files: FILES });
  await scene.setBuilds([{ result: 'ERROR', log: SYNTAX_LOG }]);
  await scene.push({ 'app/old.ts': null, 'app/new.ts': 'export const fresh = 1;\n' });
  await scene.push({
    'app/page.tsx': MISSPELT,
    [SETTINGS_PATH]: JSON.stringify({ limits: { attempts: 1 }, ...settings }),
  });
  await scene.settle();
  return scene;
}

const isRevert = (pull: PullRequestJson) => pull.head.ref.startsWith('revert/');

describe('after the last attempt', () => {
  it('a draft takes back the commits since the last good deployment, once, and no repair is counted for it', async () => {
    const scene = await hopeless('reverted', { revertDraft: true });
    const main = (await outside.github.call('GET', '/repos/baker/reverted/git/ref/heads/main')).json.object.sha;

    const escalated = await scene.sweepUntil('escalated');
    for (let round = 0; round < 3; round += 1) await scene.sweep();

    const reverts = (await scene.pulls()).filter(isRevert);
    const [draft] = reverts;
    const ref = draft?.head.ref ?? '';
    const { json } = await outside.github.call('GET', `/repos/baker/reverted/pulls/${draft?.number}`);
    const commit = await outside.github.call('GET', `/repos/baker/reverted/git/commits/${draft?.head.sha}`);
    expect(reverts).toHaveLength(1);
    expect(json.draft).toBe(true);
    expect(draft?.title).toMatch(/^revert: take back the commits since [0-9a-f]{7}/);
    expect(draft?.body).toContain('This is a revert, not a repair');
    expect(commit.json.parents.map(({ sha }: { sha: string }) => sha)).toEqual([main]);
    expect(await scene.readText('app/page.tsx', ref)).toBe(GOOD);
    expect(await scene.readText('app/old.ts', ref)).toBe(FILES['app/old.ts']);
    expect((await outside.github.call('GET', `/repos/baker/reverted/contents/app/new.ts?ref=${ref}`)).status).toBe(404);
    // What may be done here is for people to say: the settings stay.
    expect(await scene.readText(SETTINGS_PATH, ref)).toContain('revertDraft');

    expect(escalated.attempts).toHaveLength(1);
    expect(escalated.pullRequest?.number).not.toBe(draft?.number);
    expect(escalated.revert).toMatchObject({ pullRequest: { number: draft?.number } });
    const comments = await scene.comments(escalated.pullRequest?.number ?? 0);
    expect(comments.at(-1)).toContain(`[Draft of a revert](${json.html_url})`);
  });

  it('nothing is taken back from a branch that the last good commit is no longer part of', async () => {
    const scene = await hopeless('rewritten', { revertDraft: true });
    const path = '/repos/baker/rewritten/git';
    const tip = (await outside.github.call('GET', `${path}/ref/heads/main`)).json.object.sha;
    const { json } = await outside.github.call('GET', `${path}/commits/${tip}`);
    const orphan = await outside.github.call('POST', `${path}/commits`, {
      message: 'new',
      tree: json.tree.sha,
      parents: [],
    });
    await outside.github.call('PATCH', `${path}/refs/heads/main`, { sha: orphan.json.sha, force: true });

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated).toMatchObject({ reason: 'attempts-exhausted', revert: { refused: expect.any(String) } });
    expect((await scene.pulls()).filter(isRevert)).toEqual([]);
  });

  it('nothing is reverted where nobody asked for it', async () => {
    const scene = await hopeless('off', {});

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated.revert).toBeUndefined();
    expect((await scene.pulls()).filter(isRevert)).toEqual([]);
  });

  it('a repository without drafts is told so, and gets no other pull request', async () => {
    const scene = await hopeless('refused', { revertDraft: true });
    await outside.github.addFault({
      method: 'POST',
      path: '/repos/baker/refused/pulls$',
      after: 1,
      status: 422,
      body: {
        message: 'Validation Failed',
        errors: [{ message: 'Draft pull requests are not supported in this repository.' }],
      },
    });

    const escalated = await scene.sweepUntil('escalated');

    expect(escalated).toMatchObject({
      reason: 'attempts-exhausted',
      revert: { refused: expect.stringContaining('422') },
    });
    expect((await scene.pulls()).filter(isRevert)).toEqual([]);
  });

  it('an answer that was lost leads to no second draft', async () => {
    const scene = await hopeless('lost', { revertDraft: true });
    const lost = { method: 'POST', after: 1, effect: 'lost-answer' };
    await outside.github.addFault({ ...lost, path: '/repos/baker/lost/git/refs' });
    await outside.github.addFault({ ...lost, path: '/repos/baker/lost/pulls$', times: 4 });

    const escalated = await scene.sweepUntil('escalated');

    expect((await scene.pulls()).filter(isRevert)).toHaveLength(1);
    expect(escalated.revert).toHaveProperty('pullRequest');
  });
});
