import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Octokit } from '@octokit/rest';
import { VercelCore } from '@vercel/sdk/core.js';
import { deploymentsCancelDeployment } from '@vercel/sdk/funcs/deploymentsCancelDeployment.js';
import { deploymentsCreateDeployment } from '@vercel/sdk/funcs/deploymentsCreateDeployment.js';
import { deploymentsGetDeployment } from '@vercel/sdk/funcs/deploymentsGetDeployment.js';
import { deploymentsGetDeploymentEvents } from '@vercel/sdk/funcs/deploymentsGetDeploymentEvents.js';
import { deploymentsGetDeployments } from '@vercel/sdk/funcs/deploymentsGetDeployments.js';
import { projectsGetProject } from '@vercel/sdk/funcs/projectsGetProject.js';
import { projectsGetProjects } from '@vercel/sdk/funcs/projectsGetProjects.js';
import { projectsRequestPromote } from '@vercel/sdk/funcs/projectsRequestPromote.js';
import { userGetAuthUser } from '@vercel/sdk/funcs/userGetAuthUser.js';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type StartedService, startService } from './start-service.js';

const folder = mkdtempSync(join(tmpdir(), 'vercel-seed-'));
const repository = { owner: 'baker', repo: 'shop' };
let github: StartedService;
let vercel: StartedService;
let core: VercelCore;
let octokit: Octokit;
let projectId: string;

async function ok<Value>(
  answer: PromiseLike<{ ok: true; value: Value } | { ok: false; error: unknown }>,
): Promise<Value> {
  const result = await answer;
  if (!result.ok) throw result.error;
  return result.value;
}

/** The SDK's type of a created deployment has a variant without it. */
function metaOf(deployment: object): unknown {
  return Reflect.get(deployment, 'meta');
}

async function control(path: string, body: unknown): Promise<Record<string, string>> {
  const response = await fetch(`${vercel.url}/__control/${path}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(await response.text());
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>);
}

async function push(branch: string, path: string, content: string): Promise<string> {
  const refs = await octokit.git.listMatchingRefs({ ...repository, ref: `heads/${branch}` });
  const parent =
    refs.data[0]?.object.sha ?? (await octokit.git.getRef({ ...repository, ref: 'heads/main' })).data.object.sha;
  const item = { path, mode: '100644' as const, type: 'blob' as const, content };
  const tree = await octokit.git.createTree({ ...repository, base_tree: parent, tree: [item] });
  const commit = await octokit.git.createCommit({
    ...repository,
    message: `Write ${path}`,
    tree: tree.data.sha,
    parents: [parent],
  });
  const sha = commit.data.sha;
  if (refs.data.length > 0) await octokit.git.updateRef({ ...repository, ref: `heads/${branch}`, sha });
  else await octokit.git.createRef({ ...repository, ref: `refs/heads/${branch}`, sha });
  return sha;
}

async function deploymentOf(sha: string) {
  const page = await ok(deploymentsGetDeployments(core, { sha }));
  return page.deployments[0];
}

async function settled(sha: string) {
  await expect
    .poll(async () => (await deploymentOf(sha))?.readyState, { timeout: 5_000 })
    .toMatch(/READY|ERROR|CANCELED|BLOCKED/);
  const deployment = await deploymentOf(sha);
  if (!deployment) throw new Error('gone');
  return deployment;
}

beforeAll(async () => {
  const githubSeed = {
    users: [{ login: 'baker', name: 'The Baker' }],
    tokens: { 'owner-token': 'baker' },
    repositories: [{ owner: 'baker', name: 'shop' }],
  };
  writeFileSync(join(folder, 'github.json'), JSON.stringify(githubSeed));
  github = await startService('sandbox/services/github.ts', ['--seed', join(folder, 'github.json')]);
  const vercelSeed = {
    token: 'vercel-token',
    github: { url: github.url, token: 'owner-token' },
    projects: [{ name: 'shop', repository: 'baker/shop', framework: 'nextjs' }],
  };
  writeFileSync(join(folder, 'vercel.json'), JSON.stringify(vercelSeed));
  vercel = await startService('sandbox/services/vercel.ts', [
    '--seed',
    join(folder, 'vercel.json'),
    '--builder',
    'recorded',
  ]);
  core = new VercelCore({ bearerToken: 'vercel-token', serverURL: vercel.url });
  octokit = new Octokit({ baseUrl: github.url, auth: 'owner-token' });
  const project = await ok(projectsGetProject(core, { idOrName: 'shop' }));
  projectId = project.id;
});

beforeEach(async () => {
  await fetch(`${vercel.url}/__control/results`, { method: 'DELETE' });
});

afterAll(async () => {
  await vercel?.stop();
  await github?.stop();
  rmSync(folder, { recursive: true });
});

test('a push to the production branch is deployed to production, and serves when it is ready', async () => {
  await control('results', { result: 'READY', log: 'all good' });

  const sha = await push('main', 'page.tsx', 'good');

  const listed = await settled(sha);
  const one = await ok(deploymentsGetDeployment(core, { idOrUrl: listed.uid }));
  const project = await ok(projectsGetProject(core, { idOrName: projectId }));
  expect(listed).toMatchObject({ readyState: 'READY', readySubstate: 'PROMOTED', target: 'production', source: 'git' });
  expect(listed.meta).toMatchObject({
    githubCommitSha: sha,
    githubCommitRef: 'main',
    githubOrg: 'baker',
    githubRepo: 'shop',
    githubCommitAuthorName: 'The Baker',
  });
  expect(one).toMatchObject({ id: listed.uid, projectId, readyState: 'READY', gitSource: { type: 'github', sha } });
  expect(project.targets).toMatchObject({ production: { id: listed.uid } });
});

test('a push to another branch is a preview, and its failure carries log, code and step', async () => {
  await control('results', { branch: '^broken$', result: 'ERROR', log: 'one\ntwo' });

  const sha = await push('broken', 'page.tsx', 'bad');

  const listed = await settled(sha);
  const one = await ok(deploymentsGetDeployment(core, { idOrUrl: listed.uid }));
  const events = await ok(
    deploymentsGetDeploymentEvents(core, { idOrUrl: listed.uid, builds: 1, direction: 'forward', limit: -1 }),
  );
  expect(listed).toMatchObject({ readyState: 'ERROR', errorCode: 'BUILD_UTILS_SPAWN_1' });
  expect(listed.target ?? null).toBeNull();
  expect(one).toMatchObject({ errorStep: 'buildStep', errorMessage: 'Command "npm run build" exited with 1' });
  expect(JSON.stringify(events)).toMatch(/"one".*"two"/);
});

test('a build that nobody decides stays BUILDING, the next one QUEUED', async () => {
  const first = await push('waiting-1', 'a.txt', 'a');
  const second = await push('waiting-2', 'a.txt', 'b');

  await expect.poll(async () => (await deploymentOf(first))?.readyState).toBe('BUILDING');
  await expect.poll(async () => (await deploymentOf(second))?.readyState).toBe('QUEUED');

  await control('results', { result: 'READY' });
  expect((await settled(second)).readyState).toBe('READY');
});

test('a rule may look into the commit', async () => {
  await control('results', { when: { path: 'page.tsx', includes: 'expot' }, result: 'ERROR' });
  await control('results', { result: 'READY' });

  const broken = await settled(await push('looked-into', 'page.tsx', 'expot default'));
  const good = await settled(await push('looked-into', 'page.tsx', 'export default'));

  expect([broken.readyState, good.readyState]).toEqual(['ERROR', 'READY']);
});

test('lists are cut into pages and filtered', async () => {
  await control('results', { result: 'READY' });
  const sha = await push('listed', 'a.txt', 'listed');
  const deployment = await settled(sha);

  const everything = await ok(deploymentsGetDeployments(core, { limit: 100 }));
  const seen: string[] = [];
  let until: number | undefined;
  do {
    const page = await ok(deploymentsGetDeployments(core, { limit: 2, until, projectIds: [projectId] }));
    seen.push(...page.deployments.map(({ uid }) => uid));
    until = page.pagination.next ?? undefined;
  } while (until);

  const uids = async (query: Parameters<typeof deploymentsGetDeployments>[1]) =>
    (await ok(deploymentsGetDeployments(core, query))).deployments.map(({ uid }) => uid);
  expect(seen).toEqual(everything.deployments.map(({ uid }) => uid));
  expect(await uids({ branch: 'listed' })).toEqual([deployment.uid]);
  expect(await uids({ branch: 'listed', target: 'production' })).toEqual([]);
  expect(await uids({ branch: 'listed', state: 'ERROR,READY' })).toEqual([deployment.uid]);
  expect(await uids({ branch: 'listed', since: deployment.created })).toEqual([]);
  expect(await uids({ projectId: 'prj_other' })).toEqual([]);
});

test('the same commit is deployed again with the meta given', async () => {
  await control('results', { result: 'READY' });
  const former = await settled(await push('again', 'a.txt', 'again'));

  const created = await ok(
    deploymentsCreateDeployment(core, {
      forceNew: '1',
      requestBody: { deploymentId: former.uid, name: 'shop', meta: { selfHealIncident: 'inc-1' } },
    }),
  );

  expect(created).toMatchObject({ readyState: expect.stringMatching(/QUEUED|BUILDING/), source: 'redeploy' });
  expect(metaOf(created)).toMatchObject({ selfHealIncident: 'inc-1', githubCommitSha: former.meta?.githubCommitSha });
});

test('a commit is deployed by its Git source', async () => {
  await control('results', { result: 'READY' });
  const sha = await push('by-source', 'a.txt', 'source');
  const { repoId } = (await ok(projectsGetProject(core, { idOrName: 'shop' }))).link as { repoId: number };

  const created = await ok(
    deploymentsCreateDeployment(core, {
      requestBody: { name: 'shop', project: projectId, gitSource: { type: 'github', repoId, ref: 'by-source', sha } },
    }),
  );

  expect(metaOf(created)).toMatchObject({ githubCommitSha: sha, githubCommitRef: 'by-source' });
});

test('a running build can be canceled', async () => {
  const sha = await push('canceled', 'a.txt', 'canceled');
  await expect.poll(async () => (await deploymentOf(sha))?.readyState).toBe('BUILDING');

  await ok(deploymentsCancelDeployment(core, { id: (await deploymentOf(sha))?.uid ?? '' }));

  expect((await settled(sha)).readyState).toBe('CANCELED');
});

test('promoting moves the production domains', async () => {
  await control('results', { result: 'READY' });
  const first = await settled(await push('main', 'a.txt', 'first'));
  await settled(await push('main', 'a.txt', 'second'));

  await ok(projectsRequestPromote(core, { projectId, deploymentId: first.uid }));

  const project = await ok(projectsGetProject(core, { idOrName: projectId }));
  expect(project.targets).toMatchObject({ production: { id: first.uid } });
});

test('projects and the account are listed', async () => {
  const projects = await ok(projectsGetProjects(core, {}));
  const account = await ok(userGetAuthUser(core));

  expect(JSON.stringify(projects)).toContain('"productionBranch":"main"');
  expect(account).toMatchObject({ user: { username: 'sandbox' } });
});

test('a wrong token and an unknown deployment are refused', async () => {
  const stranger = new VercelCore({ bearerToken: 'wrong', serverURL: vercel.url });

  const refused = await deploymentsGetDeployments(stranger, {});
  const unknown = await deploymentsGetDeployment(core, { idOrUrl: 'dpl_unknown' });

  expect(refused.ok ? 200 : (refused.error as { statusCode?: number }).statusCode).toBe(403);
  expect(unknown.ok ? 200 : (unknown.error as { statusCode?: number }).statusCode).toBe(404);
});

test('a webhook is signed with the secret that was shown once', async () => {
  const deliveries: { body: string; signature: string }[] = [];
  const receiver = createServer((request, response) => {
    let body = '';
    request.on('data', (data) => {
      body += data;
    });
    request.on('end', () => {
      deliveries.push({ body, signature: String(request.headers['x-vercel-signature']) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const made = await fetch(`${vercel.url}/v1/webhooks`, {
    method: 'POST',
    headers: { authorization: 'Bearer vercel-token' },
    body: JSON.stringify({
      url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`,
      events: ['deployment.error'],
    }),
  });
  const { secret } = (await made.json()) as { secret: string };
  await control('results', { result: 'ERROR' });

  const sha = await push('told', 'a.txt', 'told');

  await expect.poll(() => deliveries.length).toBe(1);
  receiver.close();
  const [delivery] = deliveries;
  expect(delivery?.signature).toBe(
    createHmac('sha1', secret)
      .update(delivery?.body ?? '')
      .digest('hex'),
  );
  expect(JSON.parse(delivery?.body ?? '')).toMatchObject({
    type: 'deployment.error',
    payload: { target: null, deployment: { meta: { githubCommitSha: sha } }, project: { id: projectId } },
  });
});

test('a deployment can be laid in by a test, and its log read by people', async () => {
  const { id } = await control('deployments', {
    project: 'shop',
    source: 'cli',
    target: 'production',
    readyState: 'ERROR',
    log: 'made by hand',
    extra: { errorLink: 'https://example.com' },
  });

  const listed = (await ok(deploymentsGetDeployments(core, { limit: 1 }))).deployments[0];
  const page = await fetch(listed?.inspectorUrl ?? '');
  expect(listed).toMatchObject({ uid: id, source: 'cli', readyState: 'ERROR' });
  expect(await page.text()).toContain('made by hand');
});
