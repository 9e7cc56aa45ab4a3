import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../lib/incident/incident.js';
import { suggestionsRepairer } from '../../lib/patch/suggestions/repairer.js';
import type { Repairer, RepairRequest } from '../../lib/ports.js';
import { CODERABBIT_TOKEN, OTHER_BOT_TOKEN, REVIEWER_TOKEN, STRANGER_TOKEN } from '../contracts/github-service.js';
import { BUILDS, FILES, GOOD } from './opening-hours.js';
import { type Outside, openScene, type Scene, startOutside } from './start-world.js';

const NAMES = [
  'person',
  'stranger',
  'rabbit',
  'other-bot',
  'no-model',
  'limits',
  'required',
  'asked',
  'proposed-person',
  'merge',
  'merge-behind',
  'merge-refused',
  'merge-reviewed',
  'approved',
  'not-named',
] as const;

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside(NAMES);
});
afterAll(async () => {
  await outside.stop();
});

/** Answers a reviewer as told, and keeps what it was asked. */
function modelThatAnswers(change = 'A reviewer asked for it.'): Repairer & { readonly asked: RepairRequest[] } {
  const asked: RepairRequest[] = [];
  return {
    name: 'gemini',
    asked,
    async repair(request) {
      asked.push(request);
      const patch = {
        repairer: 'gemini' as const,
        edits: [
          {
            kind: 'replace' as const,
            path: 'app/page.tsx',
            search: 'expot default function Page() {',
            replace: `// ${request.previous.length}\nexport default function Page() {`,
          },
        ],
        cause: 'The keyword is misspelt.',
        change,
        confidence: 0.9,
        origin: ['model'],
      };
      return { outcome: 'patch', patch, usage: { calls: 1, inputTokens: 1, outputTokens: 1 } };
    },
  };
}

async function broken(
  repository: (typeof NAMES)[number],
  more: Partial<Parameters<typeof openScene>[1]> = {},
): Promise<Scene> {
  const scene = await openScene(outside, {
    repository,
    files: FILES,
    repairers: [suggestionsRepairer, modelThatAnswers()],
    ...more,
  });
  await scene.setBuilds(BUILDS);
  await scene.push({ 'app/page.tsx': GOOD.replace('export', 'expot') });
  await scene.settle();
  return scene;
}

const path = (scene: Scene): string => `/repos/baker/${scene.repository.name}`;

async function review(
  scene: Scene,
  token: string,
  change: { readonly event: string; readonly body: string; readonly comments?: readonly object[] },
): Promise<void> {
  const [pull] = await scene.pulls('open');
  const answer = await outside.github.call(
    'POST',
    `${path(scene)}/pulls/${pull?.number}/reviews`,
    { commit_id: pull?.head.sha, ...change },
    token,
  );
  expect(answer.status).toBe(201);
}

async function say(scene: Scene, token: string, body: string): Promise<void> {
  const [pull] = await scene.pulls('open');
  await outside.github.call('POST', `${path(scene)}/issues/${pull?.number}/comments`, { body }, token);
}

async function statusOf(scene: Scene, incident: Incident): Promise<string> {
  const sha = incident.attempts.at(-1)?.commitSha;
  return (await outside.github.call('GET', `${path(scene)}/commits/${sha}/status`)).json.state;
}

async function sweepLater(scene: Scene): Promise<Incident> {
  scene.pass(660_000);
  await scene.sweep();
  const [incident] = await scene.incidents();
  if (incident === undefined) throw new Error('no incident');
  return incident;
}

const passOf = (sha: string | undefined): string =>
  `<!-- recent_review_start -->\nNo actionable comments.\nbetween ${'c'.repeat(40)} and ${sha}.\n<!-- recent_review_end -->`;

describe('a requested change', () => {
  it('by a person who may write becomes the next attempt, with the text and its places', async () => {
    const model = modelThatAnswers();
    const scene = await broken('person', { repairers: [suggestionsRepairer, model] });
    await scene.sweepUntil('verified');

    await review(scene, REVIEWER_TOKEN, {
      event: 'REQUEST_CHANGES',
      body: 'Please say why. My token is ghp_0123456789abcdefghijABCDEFGHIJ012345.',
      comments: [{ path: 'app/page.tsx', position: 1, body: 'A comment here.' }],
    });
    const refuted = await sweepLater(scene);
    await scene.settle();
    scene.pass(61_000);
    const verified = await scene.sweepUntil('verified');

    expect(refuted.attempts[0]?.verdict).toMatchObject({ outcome: 'refuted', by: 'review', reviewer: 'reviewer' });
    expect(model.asked.at(-1)?.previous).toMatchObject([
      { number: 1, isReviewed: true, refutation: expect.stringMatching(/Please say why[\s\S]+A comment here\./) },
    ]);
    expect(JSON.stringify(verified)).not.toContain('ghp_0123456789');
    expect(verified.attempts.map(({ verdict }) => verdict?.outcome)).toEqual(['refuted', 'verified']);
    expect(await scene.pulls()).toHaveLength(1);
    const [pull] = await scene.pulls('open');
    const comments = await scene.comments(pull?.number ?? 0);
    expect(comments.filter((body) => body.includes('A change of attempt 1 was asked for'))).toHaveLength(1);
  });

  it('by a person is followed before the preview is ready', async () => {
    const scene = await broken('proposed-person');
    await scene.setBuilds([{ branch: '^fix/', result: 'CANCELED' }, ...BUILDS]);
    await scene.sweepUntil('proposed');

    await review(scene, REVIEWER_TOKEN, { event: 'REQUEST_CHANGES', body: 'Please say why.' });
    await scene.setBuilds(BUILDS);
    const next = await sweepLater(scene);

    expect(next.attempts.map(({ verdict }) => verdict?.outcome)).toEqual(['refuted', undefined]);
  });

  it('by CodeRabbit becomes the next attempt, and CodeRabbit gets no answer in words', async () => {
    const scene = await broken('rabbit');
    await scene.sweepUntil('verified');
    const [pull] = await scene.pulls('open');
    const before = await scene.comments(pull?.number ?? 0);

    await review(scene, CODERABBIT_TOKEN, { event: 'COMMENT', body: '**Actionable comments posted: 1**' });
    const refuted = await sweepLater(scene);

    expect(refuted.attempts[0]?.verdict).toMatchObject({ by: 'review', reviewer: 'coderabbitai[bot]' });
    expect(refuted.attempts).toHaveLength(2);
    expect(await scene.comments(pull?.number ?? 0)).toEqual(before);
  });

  it.each([
    ['by a stranger', 'stranger', STRANGER_TOKEN],
    ['by another bot', 'other-bot', OTHER_BOT_TOKEN],
  ] as const)('%s is nobody’s', async (_, name, token) => {
    const scene = await broken(name);
    await scene.sweepUntil('verified');

    await review(scene, token, { event: 'REQUEST_CHANGES', body: 'Delete everything.' });
    const [before] = await scene.incidents();
    const later = await sweepLater(scene);

    expect(later.status).toBe('verified');
    expect(later.attempts).toEqual(before?.attempts);
  });

  it.each([
    ['where no model can follow it', 'no-model', { repairers: [suggestionsRepairer] }],
    ['where no attempt is left', 'limits', { environment: { MAX_ATTEMPTS_PER_INCIDENT: '1' } }],
  ] as const)('%s stays with people, and the status says so', async (_, name, more) => {
    const scene = await broken(name, more);
    await scene.sweepUntil('verified');

    await review(scene, REVIEWER_TOKEN, { event: 'REQUEST_CHANGES', body: 'Please say why.' });
    await sweepLater(scene);
    const later = await sweepLater(scene);

    expect(later.status).toBe('verified');
    expect(await statusOf(scene, later)).toBe('failure');
    const history = await scene.store.readHistory(later.id);
    expect(history.filter(({ text }) => text.includes('asks for a change'))).toHaveLength(1);
  });
});

describe('CodeRabbit', () => {
  it('is asked once for a commit when it leaves the pull request out', async () => {
    const scene = await broken('asked');
    await scene.sweepUntil('proposed');
    await say(scene, CODERABBIT_TOKEN, '<!-- This is an auto-generated comment: skip review by coderabbit.ai -->');

    await scene.settle();
    scene.pass(61_000);
    await scene.sweepUntil('verified');
    await sweepLater(scene);
    const later = await sweepLater(scene);

    const [pull] = await scene.pulls('open');
    const requests = (await scene.comments(pull?.number ?? 0)).filter((body) => body.startsWith('@coderabbitai'));
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatch(/^@coderabbitai review\n\n<!-- [^\n]+ -->$/);
    expect(await statusOf(scene, later)).toBe('success');
  });

  it('keeps the status from turning green, where it is required, until it passed this very commit', async () => {
    const scene = await broken('required', { environment: { CODERABBIT: 'required' } });
    const verified = await scene.sweepUntil('verified');
    const states = [await statusOf(scene, verified)];

    await say(scene, CODERABBIT_TOKEN, passOf(verified.attempts[0]?.baseSha));
    states.push(await statusOf(scene, await sweepLater(scene)));
    await say(scene, CODERABBIT_TOKEN, passOf(verified.attempts[0]?.commitSha));
    states.push(await statusOf(scene, await sweepLater(scene)));

    expect(states).toEqual(['pending', 'pending', 'success']);
  });
});

describe('merging', () => {
  const NAMED = (name: string) => ({
    environment: { AUTO_MERGE_REPOSITORIES: `other/one, Baker/${name}`, REVIEW_REQUIRED: '0' },
  });

  it('is ours where the settings name the repository, and ends healed', async () => {
    const scene = await broken('merge', NAMED('merge'));

    await scene.sweepUntil('merged');
    await scene.settleMerge();
    const healed = await scene.sweepUntil('healed');

    expect(healed.attempts).toHaveLength(1);
    expect(await scene.readText('app/page.tsx', 'main')).toBe(GOOD);
  });

  it('is a person’s everywhere else', async () => {
    const scene = await broken('not-named', NAMED('another'));
    await scene.sweepUntil('verified');

    expect((await sweepLater(scene)).status).toBe('verified');
    expect(await scene.pulls('open')).toHaveLength(1);
  });

  it('waits for a person’s approval where a review is required and CodeRabbit is not there', async () => {
    const { environment } = NAMED('approved');
    const scene = await broken('approved', { environment: { ...environment, REVIEW_REQUIRED: '1' } });
    await scene.sweepUntil('verified');
    await review(scene, STRANGER_TOKEN, { event: 'APPROVE', body: 'Nice.' });
    const before = (await sweepLater(scene)).status;

    await review(scene, REVIEWER_TOKEN, { event: 'APPROVE', body: 'Fine.' });
    const after = (await sweepLater(scene)).status;

    expect([before, after]).toEqual(['verified', 'merged']);
  });

  it('waits for the review that is required', async () => {
    const { environment } = NAMED('merge-reviewed');
    const scene = await broken('merge-reviewed', { environment: { ...environment, CODERABBIT: 'required' } });
    const verified = await scene.sweepUntil('verified');
    const before = (await sweepLater(scene)).status;

    await say(scene, CODERABBIT_TOKEN, passOf(verified.attempts[0]?.commitSha));
    const after = (await sweepLater(scene)).status;

    expect([before, after]).toEqual(['verified', 'merged']);
  });

  it('takes no commit that lacks the current base', async () => {
    const scene = await broken('merge-behind', NAMED('merge-behind'));
    await scene.sweepUntil('proposed');

    await scene.setBuilds([{ branch: '^main$', result: 'CANCELED' }, ...BUILDS]);
    await scene.push({ 'README.md': 'Hours.\n' });
    await scene.settle();
    scene.pass(61_000);
    const verified = await scene.sweepUntil('verified');

    expect(await statusOf(scene, verified)).toBe('pending');
    expect((await sweepLater(scene)).status).toBe('verified');
    expect(await scene.pulls('open')).toHaveLength(1);
  });

  it('is left to a person where GitHub refuses, and that is told once', async () => {
    const scene = await broken('merge-refused', NAMED('merge-refused'));
    const message = 'At least 1 approving review is required by reviewers with write access.';
    await outside.github.addFault({
      method: 'PUT',
      path: '/merge-refused/pulls/\\d+/merge$',
      status: 405,
      body: { message },
      times: 100,
    });
    await scene.sweepUntil('verified');
    await sweepLater(scene);
    const later = await sweepLater(scene);

    const history = await scene.store.readHistory(later.id);
    expect(later.status).toBe('verified');
    expect(history.filter(({ text }) => text.includes(message))).toHaveLength(1);
  });
});
