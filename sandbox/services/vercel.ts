/**
 * Vercel: the part of its REST API that `@vercel/sdk` calls, over a builder that really builds what was pushed. With
 * `--builder recorded` a test decides how each build ends.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { withFaults } from '../http/faults.js';
import { matchRoute, parseObject, type Route, route } from '../http/router.js';
import { type Handler, serve } from '../http/serve.js';
import { runAsProcess } from '../process/run-as-process.js';
import { type AccountSeed, createAccountRoutes } from './vercel/account.js';
import { type GitHubAccess, readGitHub } from './vercel/checkout.js';
import {
  type Account,
  type Deployment,
  describeDeployment,
  describeEvent,
  describeListItem,
  inspectorUrl,
} from './vercel/deployment.js';
import { createDeploymentQueue } from './vercel/deployment-queue.js';
import { listDeployments } from './vercel/list-deployments.js';
import { createNextBuilder } from './vercel/next-builder.js';
import { describeProject, type Project, type ProjectSeed } from './vercel/project.js';
import { type CountedResult, createRecordedBuilder, type RecordedResult } from './vercel/recorded-builder.js';
import { createVariables } from './vercel/variables.js';
import { createWebhooks } from './vercel/webhooks.js';

export interface VercelSeed {
  readonly token: string;
  readonly github: GitHubAccess;
  readonly projects: readonly ProjectSeed[];
  readonly username?: string;
  readonly account?: AccountSeed;
  /** What every webhook is signed with; each has a secret of its own when absent. */
  readonly webhookSecret?: string;
}

export interface VercelService {
  readonly url: string;
  /** The same without a connection, for whoever runs it in its own process. */
  readonly handle: Handler;
  /** While nothing is built. */
  snapshot(): VercelSnapshot;
  restore(snapshot: VercelSnapshot): void;
  close(): Promise<void>;
}

export interface VercelSnapshot {
  readonly projects: readonly Project[];
  readonly deployments: readonly Deployment[];
  readonly results: readonly unknown[];
}

interface Call {
  readonly url: URL;
  readonly body: Record<string, unknown>;
}

interface GitHubCommit {
  readonly sha: string;
  readonly commit: { readonly message: string; readonly author: { readonly name: string; readonly email: string } };
  readonly author: { readonly login: string } | null;
}

const NO_COMMIT = '0'.repeat(40);

export async function startVercel(options: {
  readonly port?: number;
  readonly seed: VercelSeed;
  readonly builder?: 'next' | 'recorded';
}): Promise<VercelService> {
  const { seed } = options;
  const account: Account = { id: 'user_sandbox', username: seed.username ?? 'sandbox', email: 'sandbox@example.com' };
  const recorded = options.builder === 'recorded' ? createRecordedBuilder(seed.github) : undefined;
  const builder = recorded ?? (await createNextBuilder(seed.github));
  const webhooks = createWebhooks(account.id, seed.webhookSecret);
  const projects: Project[] = [];
  const deployments: Deployment[] = [];
  let lastCreatedAt = 0;

  const queue = createDeploymentQueue({
    builder,
    onChange(deployment) {
      const { readyState, project, target } = deployment;
      if (readyState === 'READY' && target === 'production' && project.autoAssignCustomDomains !== false)
        promote(deployment);
      const event = { QUEUED: 'created', READY: 'succeeded', ERROR: 'error', CANCELED: 'canceled' }[
        readyState as string
      ];
      if (event) webhooks.announce(`deployment.${event}`, deployment, inspectorUrl(deployment, account, server.url));
    },
  });

  function promote(deployment: Deployment): void {
    deployment.promoted = true;
    deployment.project.productionDeploymentId = deployment.id;
  }

  async function addProject(input: ProjectSeed): Promise<Project> {
    const [owner = '', repo = ''] = input.repository.split('/');
    const repository = await readGitHub<{ id: number; default_branch: string }>(seed.github, `/repos/${owner}/${repo}`);
    const project: Project = {
      ...input,
      id: `prj_${randomBytes(14).toString('hex')}`,
      owner,
      repo,
      repoId: repository.id,
      productionBranch: input.productionBranch ?? repository.default_branch,
      createdAt: Date.now(),
    };
    projects.push(project);
    return project;
  }

  function createDeployment(input: {
    readonly project: Project;
    readonly target: 'production' | null;
    readonly source: string;
    readonly ref: string;
    readonly sha: string;
    readonly meta: Readonly<Record<string, string>>;
  }): Deployment {
    // Pages are cut by this time, so no two deployments share it.
    lastCreatedAt = Math.max(Date.now(), lastCreatedAt + 1);
    const { project } = input;
    const id = randomBytes(14).toString('hex');
    const deployment: Deployment = {
      ...input,
      id: `dpl_${id}`,
      url: `${project.name}-${id.slice(0, 9)}-${account.username}.vercel.invalid`,
      owner: project.owner,
      repo: project.repo,
      createdAt: lastCreatedAt,
      events: [],
      readyState: 'QUEUED',
      promoted: false,
      extra: {},
    };
    deployments.push(deployment);
    return deployment;
  }

  /** What Vercel notes of a commit. All values are text. */
  async function describeCommit(project: Project, ref: string, sha: string): Promise<Record<string, string>> {
    const { owner, repo, repoId } = project;
    const commit = await readGitHub<GitHubCommit>(seed.github, `/repos/${owner}/${repo}/commits/${sha}`);
    return {
      githubDeployment: '1',
      githubOrg: owner,
      githubRepo: repo,
      githubRepoId: String(repoId),
      githubRepoOwnerType: 'User',
      githubRepoVisibility: 'public',
      githubCommitOrg: owner,
      githubCommitRepo: repo,
      githubCommitRepoId: String(repoId),
      githubCommitRef: ref,
      githubCommitSha: sha,
      githubCommitMessage: commit.commit.message,
      githubCommitAuthorName: commit.commit.author.name,
      githubCommitAuthorEmail: commit.commit.author.email,
      ...(commit.author ? { githubCommitAuthorLogin: commit.author.login } : {}),
      branchAlias: `${project.name}-git-${ref.replaceAll(/[^a-z0-9]+/gi, '-')}-${account.username}.vercel.invalid`,
    };
  }

  async function deployCommit(project: Project, ref: string, sha: string, source: string): Promise<Deployment> {
    const meta = await describeCommit(project, ref, sha);
    const target = ref === project.productionBranch ? 'production' : null;
    // Of one branch's waiting commits only the newest is built.
    // https://vercel.com/docs/deployments/managing-builds
    for (const other of deployments) {
      if (other.project === project && other.ref === ref && other.readyState === 'QUEUED') queue.cancel(other);
    }
    const deployment = createDeployment({ project, target, source, ref, sha, meta });
    queue.add(deployment);
    return deployment;
  }

  const find = (idOrUrl: string | undefined) =>
    deployments.find(({ id, url }) => id === idOrUrl || url === idOrUrl?.replace(/^https:\/\//, ''));
  const findProject = (idOrName: unknown) => projects.find(({ id, name }) => id === idOrName || name === idOrName);
  const describe = (project: Project) => describeProject(project, account.id, find(project.productionDeploymentId));
  const notFound = (what: string) => failure(404, 'not_found', `${what} not found`);

  const list = (_: unknown, { url }: Call) => {
    const page = listDeployments(deployments, url.searchParams);
    return Response.json({
      deployments: page.items.map((deployment) => describeListItem(deployment, account, server.url)),
      pagination: page.pagination,
    });
  };

  const apiRoutes: readonly Route<Call>[] = [
    route('GET', '/v6/deployments', list),
    route('GET', '/v7/deployments', list),
    route('GET', '/v13/deployments/:id', ({ id }) => {
      const deployment = find(id);
      return deployment ? Response.json(describeDeployment(deployment, account, server.url)) : notFound('Deployment');
    }),
    route('DELETE', '/v13/deployments/:id', ({ id }) => {
      const deployment = find(id);
      if (!deployment) return notFound('Deployment');
      queue.cancel(deployment);
      deployments.splice(deployments.indexOf(deployment), 1);
      return Response.json({ uid: deployment.id, state: 'DELETED' });
    }),
    // https://vercel.com/docs/rest-api/deployments/get-deployment-events
    route('GET', '/v3/deployments/:id/events', ({ id }, { url }) => {
      const deployment = find(id);
      if (!deployment) return notFound('Deployment');
      const events = [...deployment.events];
      if (url.searchParams.get('direction') !== 'forward') events.reverse();
      const limit = Number(url.searchParams.get('limit') ?? 100);
      return Response.json(
        (limit < 0 ? events : events.slice(0, limit)).map((event) => describeEvent(deployment, event)),
      );
    }),
    // https://vercel.com/docs/rest-api/deployments/create-a-new-deployment
    route('POST', '/v13/deployments', async (_, { body }) => {
      const target = body.target === 'production' ? 'production' : null;
      const meta = Object.fromEntries(
        Object.entries((body.meta ?? {}) as object).map(([key, value]) => [key, String(value)]),
      );
      if (typeof body.deploymentId === 'string') {
        const former = find(body.deploymentId);
        if (!former) return notFound('Deployment');
        const { project, ref, sha } = former;
        const deployment = createDeployment({
          project,
          target,
          source: 'redeploy',
          ref,
          sha,
          meta: { ...former.meta, ...meta },
        });
        queue.add(deployment);
        return Response.json(describeDeployment(deployment, account, server.url));
      }
      const git = body.gitSource as { ref?: string; sha?: string } | undefined;
      const project = findProject(body.project) ?? findProject(body.name);
      if (!project) return notFound('Project');
      if (typeof git?.ref !== 'string')
        return failure(400, 'bad_request', 'The sandbox deploys from Git only: gitSource.ref is needed.');
      const head = git.sha ?? (await readHead(project, git.ref));
      const deployment = createDeployment({
        project,
        target,
        source: 'api-trigger-git-deploy',
        ref: git.ref,
        sha: head,
        meta: { ...(await describeCommit(project, git.ref, head)), ...meta },
      });
      queue.add(deployment);
      return Response.json(describeDeployment(deployment, account, server.url));
    }),
    // https://vercel.com/docs/rest-api/deployments/cancel-a-deployment
    route('PATCH', '/v12/deployments/:id/cancel', ({ id }) => {
      const deployment = find(id);
      if (!deployment) return notFound('Deployment');
      queue.cancel(deployment);
      return Response.json(describeDeployment(deployment, account, server.url));
    }),
    ...['/v9/projects', '/v10/projects'].map((path) =>
      route<Call>('GET', path, (_, { url }) => {
        const wanted = url.searchParams.get('repoId');
        const found = projects.filter(({ repoId }) => wanted === null || String(repoId) === wanted).map(describe);
        return Response.json({ projects: found, pagination: { count: found.length, next: null, prev: null } });
      }),
    ),
    route('GET', '/v9/projects/:id', ({ id }) => {
      const project = findProject(id);
      return project ? Response.json(describe(project)) : notFound('Project');
    }),
    ...[
      '/v10/projects/:project/promote/:id',
      '/v1/projects/:project/rollback/:id',
      '/v9/projects/:project/rollback/:id',
    ].map((path) =>
      route<Call>('POST', path, ({ project, id }) => {
        const deployment = find(id);
        if (!deployment || findProject(project) !== deployment.project) return notFound('Deployment');
        if (deployment.readyState !== 'READY') return failure(400, 'bad_request', 'Deployment is not ready');
        promote(deployment);
        return new Response(null, { status: 201 });
      }),
    ),
    ...createAccountRoutes(account, seed.account ?? {}, findProject),
    ...createVariables(findProject),
    ...webhooks.routes,
  ];

  async function readHead(project: Project, ref: string): Promise<string> {
    const path = `/repos/${project.owner}/${project.repo}/git/ref/heads/${ref}`;
    return (await readGitHub<{ object: { sha: string } }>(seed.github, path)).object.sha;
  }

  const insideRoutes: readonly Route<Call>[] = [
    route('POST', '/__push', async (_, { body }) => {
      const { ref, after, repository } = body as { ref: string; after: string; repository: { full_name: string } };
      const branch = ref.replace(/^refs\/heads\//, '');
      if (branch === ref || after === NO_COMMIT) return new Response(null, { status: 204 });
      for (const project of projects) {
        if (project.repository === repository.full_name) await deployCommit(project, branch, after, 'git');
      }
      return new Response(null, { status: 204 });
    }),
    route('GET', '/__state', () =>
      Response.json({
        projects: projects.map(({ id, name, productionDeploymentId }) => ({ id, name, productionDeploymentId })),
        deployments: deployments.map(({ project, events, extra: _, ...deployment }) => ({
          ...deployment,
          projectId: project.id,
          projectName: project.name,
          inspectorUrl: inspectorUrl({ ...deployment, project, events, extra: {} }, account, server.url),
          lastLines: events.slice(-3).map(({ text }) => text),
        })),
      }),
    ),
    // For tests: how the next builds end, deployments as they come, projects.
    route('POST', '/__control/results', (_, { body }) => {
      if (!recorded) return failure(409, 'conflict', 'Results are told to the recorded builder only.');
      recorded.addResult(body as unknown as RecordedResult);
      return new Response(null, { status: 204 });
    }),
    route('DELETE', '/__control/results', () => {
      recorded?.clearResults();
      return new Response(null, { status: 204 });
    }),
    route('POST', '/__control/projects', async (_, { body }) => {
      const project = await addProject(body as unknown as ProjectSeed);
      return Response.json({ id: project.id, name: project.name });
    }),
    route('POST', '/__control/deployments', (_, { body }) => {
      const {
        project: name,
        target,
        source,
        ref,
        sha,
        meta,
        log,
        extra,
        ...fields
      } = body as unknown as Omit<Partial<Deployment>, 'project'> & { project: string; log?: string };
      const project = findProject(name);
      if (!project) return notFound('Project');
      const deployment = createDeployment({
        project,
        target: target ?? null,
        source: source ?? 'git',
        ref: ref ?? meta?.githubCommitRef ?? project.productionBranch,
        sha: sha ?? meta?.githubCommitSha ?? '',
        meta: meta ?? {},
      });
      Object.assign(deployment, fields, { extra: extra ?? {} });
      for (const text of log?.split('\n') ?? []) {
        deployment.events.push({
          type: 'stdout',
          created: deployment.createdAt,
          serial: String(deployment.events.length),
          text,
        });
      }
      return Response.json({ id: deployment.id });
    }),
    route('GET', `/${account.username}/:project/:id`, ({ id }) => {
      const deployment = find(`dpl_${id}`);
      if (!deployment) return new Response('There is no such deployment.\n', { status: 404 });
      const { readyState, ref, sha, target, events } = deployment;
      const head = `${readyState}  ${target ?? 'preview'}  ${ref}  ${sha}\n\n`;
      return new Response(head + events.map(({ text }) => `${text}\n`).join(''), {
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
      });
    }),
  ];

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const call = { url, body: parseObject(request.method === 'GET' ? '' : await request.text()) };
    const inside = matchRoute(insideRoutes, request.method, url.pathname);
    if (inside) return inside.route.handle(inside.params, call);
    if (request.headers.get('authorization') !== `Bearer ${seed.token}`) {
      const message = request.headers.has('authorization')
        ? 'Not authorized'
        : 'The request is missing an authentication token';
      return Response.json({ error: { code: 'forbidden', message, invalidToken: true } }, { status: 403 });
    }
    const match = matchRoute(apiRoutes, request.method, url.pathname);
    return match ? match.route.handle(match.params, call) : notFound('Path');
  }

  const server = await serve({ port: options.port ?? 0, handle: withFaults(handle) });
  for (const project of seed.projects) await addProject(project);
  await fetch(`${seed.github.url}/__control/push-listeners`, {
    method: 'POST',
    body: JSON.stringify({ url: `${server.url}/__push` }),
  });
  return {
    url: server.url,
    handle,
    snapshot: () => structuredClone({ projects, deployments, results: recorded?.listResults() ?? [] }),
    restore(snapshot) {
      // Deployments point at their projects, so both are copied together.
      const copy = structuredClone(snapshot);
      projects.splice(0, projects.length, ...copy.projects);
      deployments.splice(0, deployments.length, ...copy.deployments);
      recorded?.setResults(copy.results as readonly CountedResult[]);
    },
    async close() {
      await server.close();
      await queue.close();
    },
  };
}

/** https://vercel.com/docs/rest-api/reference/errors */
function failure(status: number, code: string, message: string): Response {
  return Response.json({ error: { code, message } }, { status });
}

runAsProcess({
  file: import.meta.url,
  flags: ['port', 'seed', 'builder'],
  start: (flags) => {
    if (!flags.seed) throw new Error('--seed FILE is needed: JSON with token, github and projects.');
    const builder = flags.builder ?? 'next';
    if (builder !== 'next' && builder !== 'recorded') throw new Error('--builder is next or recorded.');
    const seed = JSON.parse(readFileSync(flags.seed, 'utf8')) as VercelSeed;
    return startVercel({ port: Number(flags.port ?? 0), seed, builder });
  },
  describe: ({ url }) => ({ service: 'vercel', url }),
});
