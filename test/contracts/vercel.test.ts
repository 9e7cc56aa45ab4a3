import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createVercel } from '../../lib/adapters/vercel.js';
import type { RepositoryRef } from '../../lib/incident/incident.js';
import type { Deployment } from '../../lib/ports.js';
import { startVercelService, VERCEL_TOKEN, type VercelService } from './vercel-service.js';

const shop: RepositoryRef = { id: 1, owner: 'baker', name: 'shop' };
const LOG = 'Running "npm run build"\n\u001b[31mFailed to compile.\u001b[39m\n./app/page.tsx:1:1';
let service: VercelService;
/** The project's id. */
let bakery: string;

function connect(token = VERCEL_TOKEN) {
  return createVercel({ token, baseUrl: service.url, retry: { tries: 3, maxWaitMs: 20 } });
}

beforeAll(async () => {
  service = await startVercelService(['shop', 'quiet']);
  const project = { name: 'bakery', repository: 'baker/shop', framework: 'nextjs' };
  bakery = (await service.control<{ id: string }>('projects', project)).id;
  await service.control('projects', { name: 'old', repository: 'baker/quiet', rootDirectory: 'apps/web' });
  await service.control('results', { when: { path: 'page.tsx', includes: 'expot' }, result: 'ERROR', log: LOG });
  await service.control('results', { result: 'READY', log: 'Compiled successfully' });
});

afterAll(() => service?.stop());

/** Pushes to a branch and waits until its deployment has left the builder. */
async function push(page: string, branch?: string): Promise<Deployment> {
  const sha = await service.github.commit(shop, { 'page.tsx': page }, branch);
  for (let tries = 0; tries < 200; tries += 1) {
    const [deployment] = await connect().listDeployments({ projectId: bakery, sha });
    if (deployment && /READY|ERROR/.test(deployment.readyState)) return deployment;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`no deployment of ${sha}`);
}

describe('a failed production build', () => {
  let failed: Deployment;
  beforeAll(async () => {
    failed = await push('expot default 1\n');
  });

  test('is listed with its commit and its repository', () => {
    expect(failed).toMatchObject({
      projectName: 'bakery',
      target: 'production',
      readyState: 'ERROR',
      source: 'git',
      errorCode: 'BUILD_UTILS_SPAWN_1',
      outOfMemory: false,
      git: { repository: { owner: 'baker', name: 'shop' }, commitOwner: 'baker', ref: 'main', dirty: false },
    });
    expect(failed.git?.repository.id).toBeGreaterThan(0);
  });

  test('is found by every filter of the query, and by none that does not fit', async () => {
    const { projectId, createdAt, git } = failed;
    const list = (query: object) => connect().listDeployments({ projectId, ...query });
    const ids = async (query: object) => (await list(query)).map(({ id }) => id);

    expect(await ids({ state: 'ERROR', target: 'production', branch: 'main', sha: git?.sha ?? '' })).toEqual([
      failed.id,
    ]);
    expect(await ids({ since: createdAt - 1, sha: git?.sha ?? '' })).toEqual([failed.id]);
    expect(await ids({ since: createdAt + 1, sha: git?.sha ?? '' })).toEqual([]);
    expect(await ids({ state: 'READY', sha: git?.sha ?? '' })).toEqual([]);
    expect(await ids({ branch: 'elsewhere' })).toEqual([]);
  });

  test('says more when asked for alone', async () => {
    expect(await connect().findDeployment(failed.id)).toMatchObject({
      id: failed.id,
      projectId: failed.projectId,
      createdAt: failed.createdAt,
      errorStep: 'buildStep',
      git: failed.git,
    });
  });

  test('has its log, line by line', async () => {
    const events = await connect().readBuildEvents(failed.id);

    const text = events?.map((event) => event.text).join('\n');
    expect(text).toContain('\u001b[31mFailed to compile.\u001b[39m');
    expect(text).toContain('./app/page.tsx:1:1');
    expect(events?.every(({ created }) => created >= failed.createdAt)).toBe(true);
  });

  test('is deployed again, and the new one is found by its meta', async () => {
    const again = await connect().redeploy(failed, { selfHealIncident: 'i1' });

    expect(again).toMatchObject({ projectId: failed.projectId, target: 'production', source: 'redeploy' });
    expect(again.id).not.toBe(failed.id);
    const listed = await connect().listDeployments({ projectId: failed.projectId, since: failed.createdAt });
    expect(listed.filter(({ meta }) => meta.selfHealIncident === 'i1').map(({ id }) => id)).toEqual([again.id]);
    expect(listed.find(({ id }) => id === again.id)?.git?.sha).toBe(failed.git?.sha);
  });
});

describe('a good build', () => {
  test('of the production branch is what production serves', async () => {
    const good = await push('export default 1\n');

    expect(good).toMatchObject({ readyState: 'READY', target: 'production', promoted: true });
    expect(good.readyAt).toBeGreaterThanOrEqual(good.createdAt);
    expect(await connect().findProject('bakery')).toEqual({
      id: good.projectId,
      name: 'bakery',
      rootDirectory: '',
      framework: 'nextjs',
      nodeVersion: expect.any(String),
      plan: 'hobby',
      link: { repository: good.git?.repository, productionBranch: 'main' },
      productionDeploymentId: good.id,
    });
  });

  test('of another branch is a preview', async () => {
    const main = (await service.github.call('GET', '/repos/baker/shop/git/ref/heads/main')).json.object.sha;
    await service.github.call('POST', '/repos/baker/shop/git/refs', { ref: 'refs/heads/fix/a', sha: main });

    expect(await push('export default 2\n', 'fix/a')).toMatchObject({ target: null, readyState: 'READY' });
  });
});

test('a root directory, and a project without a deployment', async () => {
  const project = await connect().findProject('old');

  expect(project).toMatchObject({ rootDirectory: 'apps/web', framework: null });
  expect(project?.productionDeploymentId).toBeUndefined();
});

test('two hundred and fifty deployments are read page by page, newest first, each once', async () => {
  const old = (await connect().findProject('old'))?.id ?? '';
  for (let index = 0; index < 250; index += 1) {
    await service.control('deployments', { project: 'old', readyState: 'ERROR', sha: String(index), meta: {} });
  }

  const all = await connect().listDeployments({ projectId: old });

  expect(new Set(all.map(({ id }) => id)).size).toBe(250);
  expect(all.every(({ createdAt }, index) => index === 0 || createdAt < (all[index - 1]?.createdAt ?? 0))).toBe(true);
  expect(await connect().listDeployments({ projectId: old, limit: 120 })).toEqual(all.slice(0, 120));
});

test('what is not there is undefined', async () => {
  expect(await connect().findDeployment('dpl_none')).toBeUndefined();
  expect(await connect().readBuildEvents('dpl_none')).toBeUndefined();
  expect(await connect().findProject('none')).toBeUndefined();
});

test('a token that Vercel does not know', async () => {
  await expect(connect('wrong').listDeployments({})).rejects.toMatchObject({ kind: 'unauthorized' });
});

test('an answer that breaks off once is not felt', async () => {
  await service.control('faults', { path: '/v7/deployments' });

  expect(await connect().listDeployments({ limit: 1 })).toHaveLength(1);
});

test('a redeployment whose answer is lost is there once', async () => {
  const [failed] = await connect().listDeployments({ projectId: bakery, state: 'ERROR', limit: 1 });
  await service.control('faults', { method: 'POST', path: '/v13/deployments', effect: 'lost-answer' });

  const work = connect().redeploy(failed as Deployment, { selfHealIncident: 'lost' });

  await expect(work).rejects.toMatchObject({ kind: 'unavailable' });
  const listed = await connect().listDeployments({ projectId: bakery });
  expect(listed.filter(({ meta }) => meta.selfHealIncident === 'lost')).toHaveLength(1);
});
