import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receive } from '../../lib/flows/receive.js';
import { STRANGER_TOKEN, VERCEL_BOT_TOKEN } from '../contracts/github-service.js';
import { BUILDS, FILES, GOOD } from './opening-hours.js';
import { type Outside, openScene, type Scene, startOutside, VERCEL_TOKEN } from './start-world.js';

const LIMITED = 'Resource is limited - try again in 24 hours (more than 100, code: "api-deployments-free-per-day").';
const NAMES = ['limited', 'cron', 'ordinary', 'older', 'our-commit', 'merge', 'mended', 'behind', 'idle'] as const;

let outside: Outside;
beforeAll(async () => {
  outside = await startOutside(NAMES);
});
afterAll(async () => {
  await outside.stop();
});

async function open(repository: (typeof NAMES)[number]): Promise<Scene> {
  const scene = await openScene(outside, { repository, files: FILES });
  await scene.setBuilds(BUILDS);
  return scene;
}

const path = (scene: Scene): string => `/repos/baker/${scene.repository.name}`;

/** As if Vercel had refused to make a deployment of the commit: there is none, and its status fails. */
async function refuse(scene: Scene, sha: string, description: string): Promise<void> {
  for (const { id } of (await scene.deployments()).filter((deployment) => deployment.sha === sha))
    await fetch(`${outside.vercel.url}/v13/deployments/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${VERCEL_TOKEN}` },
    });
  scene.forget(sha);
  await fail(scene, sha, description);
}

async function fail(scene: Scene, sha: string, description: string): Promise<void> {
  const status = { context: 'Vercel', state: 'failure', description, target_url: 'https://vercel.com/docs' };
  const answer = await outside.github.call('POST', `${path(scene)}/statuses/${sha}`, status, VERCEL_BOT_TOKEN);
  expect(answer.status).toBe(201);
}

async function tell(scene: Scene, sha: string, deliveryId = sha): Promise<string> {
  const { id } = (await outside.github.call('GET', path(scene))).json;
  const repository = { id, owner: 'baker', name: scene.repository.name };
  return await receive(scene.world, {
    outcome: 'event',
    deliveryId,
    event: { kind: 'commit-status', repository, sha },
  });
}

async function commentsAt(scene: Scene, sha: string): Promise<readonly string[]> {
  const answer = await outside.github.call('GET', `${path(scene)}/commits/${sha}/comments`);
  return answer.json.map(({ body }: { body: string }) => body);
}

describe('a failure that never became a deployment', () => {
  it('is found by a question about its project, and handed over once by name, with the remedy', async () => {
    const scene = await open('limited');
    const sha = await scene.push({ 'README.md': 'Hours.\n' });
    await scene.settle();
    await refuse(scene, sha, LIMITED);

    await scene.sweep({ trigger: 'trigger', project: 'limited' });
    await scene.sweep({ trigger: 'trigger', project: 'limited' });

    const incidents = await scene.incidents();
    expect(incidents).toMatchObject([{ status: 'escalated', reason: 'deployment-limit', detail: LIMITED }]);
    const comments = await commentsAt(scene, sha);
    expect(comments).toHaveLength(1);
    expect(comments[0]).toMatch(/made no production deployment[\s\S]+What to do:/);
  });

  it('is found by the webhook of the status, with the reason that only Vercel’s comment tells', async () => {
    const scene = await open('cron');
    const sha = await scene.push({ 'vercel.json': '{}' });
    await scene.settle();
    await refuse(scene, sha, 'Deployment failed.');
    const body = 'Deployment failed with the following error:\n\nHobby accounts are limited to daily cron jobs.';
    await outside.github.call('POST', `${path(scene)}/commits/${sha}/comments`, { body }, VERCEL_BOT_TOKEN);

    const outcomes = [await tell(scene, sha), await tell(scene, sha), await tell(scene, sha, 'another')];

    expect(outcomes).toEqual(['swept', 'duplicate', 'swept']);
    expect(await scene.incidents()).toMatchObject([{ status: 'escalated', reason: 'cron-not-allowed' }]);
  });

  it('is not an ordinary failed build, which has a deployment and the same status', async () => {
    const scene = await open('ordinary');
    const sha = await scene.push({ 'app/page.tsx': GOOD.replace('export', 'expot') });
    await scene.settle();
    await fail(scene, sha, 'Deployment failed.');

    await tell(scene, sha);

    expect(await scene.incidents()).toMatchObject([{ status: 'proposed', failures: [{ sha }] }]);
  });

  it('counts at the head of the production branch only', async () => {
    const scene = await open('older');
    const older = await scene.push({ 'README.md': 'Hours.\n' });
    await scene.push({ 'README.md': 'More hours.\n' });
    await scene.settle();
    await refuse(scene, older, LIMITED);

    await tell(scene, older);

    expect(await scene.incidents()).toEqual([]);
  });

  it('is told of our own commit at once, not when the time for its preview has run out', async () => {
    const scene = await open('our-commit');
    await scene.push({ 'app/page.tsx': GOOD.replace('export', 'expot') });
    await scene.settle();
    const proposed = await scene.sweepUntil('proposed');
    const sha = proposed.attempts[0]?.commitSha ?? '';
    await scene.settle();
    await refuse(scene, sha, 'Git author Jo must have access to the project on Vercel to create deployments.');

    await tell(scene, sha);

    expect(await scene.incidents()).toMatchObject([{ status: 'escalated', reason: 'author-rejected' }]);
  });

  it('is told of a merge', async () => {
    const scene = await open('merge');
    await scene.push({ 'app/page.tsx': GOOD.replace('export', 'expot') });
    await scene.settle();
    await scene.sweepUntil('verified');
    await scene.merge();
    await scene.settle();
    const sha = (await outside.github.call('GET', `${path(scene)}/git/ref/heads/main`)).json.object.sha;
    await refuse(scene, sha, LIMITED);

    scene.pass(61_000);
    await scene.sweepUntil('escalated');

    expect(await scene.incidents()).toMatchObject([{ reason: 'deployment-limit' }]);
  });

  it('is no more than a later deployment, when somebody asks to try again', async () => {
    const scene = await open('mended');
    const sha = await scene.push({ 'README.md': 'Hours.\n' });
    await scene.settle();
    await refuse(scene, sha, LIMITED);
    await tell(scene, sha);
    await scene.push({ 'README.md': 'More hours.\n' });
    await scene.settle();
    const [incident] = await scene.incidents();

    const { tryAgain } = await import('../../lib/flows/actions.js');
    await tryAgain(scene.world, incident?.id ?? '', {});
    await scene.sweep();

    expect(await scene.incidents()).toMatchObject([{ status: 'superseded' }]);
  });

  it('of a later commit is found while another failure of the branch is watched', async () => {
    const scene = await open('behind');
    await scene.push({ 'app/page.tsx': GOOD.replace('export', 'expot') });
    await scene.settle();
    await scene.sweepUntil('verified');
    const sha = await scene.push({ 'vercel.json': '{"crons":[]}' });
    await scene.settle();
    await refuse(scene, sha, 'Invalid vercel.json file provided');

    scene.pass(61_000);
    await scene.sweep();
    await scene.sweep();

    const incidents = await scene.incidents();
    expect(incidents.map(({ status }) => status).sort()).toEqual(['escalated', 'verified']);
    expect(incidents).toContainEqual(expect.objectContaining({ reason: 'vercel-config-invalid' }));
  });

  it('costs an idle sweep nothing: no repository is asked', async () => {
    const scene = await open('idle');
    const sha = await scene.push({ 'README.md': 'Hours.\n' });
    await scene.settle();
    await refuse(scene, sha, LIMITED);
    await outside.github.takeRequests();

    await scene.sweep();

    expect(await outside.github.takeRequests()).toEqual([]);
    expect(await scene.incidents()).toEqual([]);
  });

  it('by a name of its own is nobody’s: the status of a stranger', async () => {
    const scene = await open('idle');
    const sha = await scene.push({ 'README.md': 'Other hours.\n' });
    await scene.settle();
    const status = { context: 'Vercel – other', state: 'failure', description: LIMITED };
    await outside.github.call('POST', `${path(scene)}/statuses/${sha}`, status, STRANGER_TOKEN);

    await tell(scene, sha);

    expect(await scene.incidents()).toEqual([]);
  });
});
