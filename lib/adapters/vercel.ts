import * as v from 'valibot';
import type { Deployment, DeploymentQuery, DeploymentReader, Logger, Project, Redeployer } from '../ports.js';
import { askVercel, toClientOptions, undefinedWhenGone, type VercelConnection } from './vercel/ask.js';
import { parseBuildEvents } from './vercel/build-events.js';
import { parseDeployment } from './vercel/deployment.js';
import { parseProject } from './vercel/project.js';
import { integer } from './vercel/tolerant.js';
import { callVercel, type SdkCall } from './vercel/vercel-client.js';
import { notAsPromised, notJson } from './vercel/vercel-error.js';

export interface VercelOptions extends VercelConnection {
  /** Needed for what a team owns; without it Vercel answers 403 or 404. */
  readonly teamId?: string;
  readonly logger?: Pick<Logger, 'warn'>;
}

const PAGE_SIZE = 100;
/** Twenty thousand deployments: beyond it a cursor is taken to run in circles. */
const MAX_PAGES = 200;

/** Vercel by its own SDK: its standalone functions, each loaded when first called, and the raw JSON of every answer. */
export function createVercel(options: VercelOptions): DeploymentReader & Redeployer {
  const { teamId, logger } = options;
  const client = toClientOptions(options);
  const ask = <T>(
    request: { readonly operation: string; readonly repeatable: boolean },
    parse: (json: unknown) => T | undefined,
    call: SdkCall,
  ) => askVercel(client, request, parse, call);

  async function listDeployments({ limit = Number.POSITIVE_INFINITY, ...filter }: DeploymentQuery) {
    const { deploymentsGetDeployments } = await import('@vercel/sdk/funcs/deploymentsGetDeployments');
    const request = { operation: 'list deployments', repeatable: true };
    const found = new Map<string, Deployment>();
    let skipped = 0;
    let until: number | undefined;
    for (let pages = 0; pages < MAX_PAGES; pages += 1) {
      const page = await ask(request, parsePage, (core, sending) => {
        const size = Math.min(PAGE_SIZE, limit - found.size);
        return deploymentsGetDeployments(core, { ...filter, teamId, until, limit: size }, sending);
      });
      for (const deployment of page.deployments) found.set(deployment.id, deployment);
      skipped += page.skipped;
      const more = page.next !== undefined && page.next > 0 && page.next < (until ?? Number.POSITIVE_INFINITY);
      if (!more || found.size >= limit) {
        if (skipped > 0) logger?.warn('deployments without id, project, state or time skipped', { skipped });
        return [...found.values()].slice(0, limit);
      }
      until = page.next;
    }
    throw notAsPromised(request.operation);
  }

  async function findDeployment(id: string) {
    const { deploymentsGetDeployment } = await import('@vercel/sdk/funcs/deploymentsGetDeployment');
    const request = { operation: 'get deployment', repeatable: true };
    return undefinedWhenGone(
      ask(request, parseDeployment, (core, sending) =>
        deploymentsGetDeployment(core, { idOrUrl: id, teamId }, sending),
      ),
    );
  }

  async function readBuildEvents(deploymentId: string) {
    const { deploymentsGetDeploymentEvents } = await import('@vercel/sdk/funcs/deploymentsGetDeploymentEvents');
    const request = { operation: 'get build events', repeatable: true };
    const answer = await undefinedWhenGone(
      callVercel(client, request, (core, sending) =>
        deploymentsGetDeploymentEvents(
          core,
          { idOrUrl: deploymentId, teamId, builds: 1, direction: 'forward', follow: 0, limit: -1 },
          sending,
        ),
      ),
    );
    if (!answer) return undefined;
    // A stream of lines may be empty; a JSON answer may not.
    if (answer.text.trim() === '' && !answer.contentType.includes('application/json')) return [];
    const log = parseBuildEvents(answer.text);
    if (!log) throw notJson(request.operation);
    if (log.skipped > 0) logger?.warn('unreadable build events skipped', { deploymentId, skipped: log.skipped });
    return log.events;
  }

  async function findProject(idOrName: string) {
    const { projectsGetProject } = await import('@vercel/sdk/funcs/projectsGetProject');
    const request = { operation: 'get project', repeatable: true };
    return undefinedWhenGone(
      ask(request, parseProject, (core, sending) => projectsGetProject(core, { idOrName, teamId }, sending)),
    );
  }

  async function listProjectsOf(repositoryId: number) {
    const { projectsGetProjects } = await import('@vercel/sdk/funcs/projectsGetProjects');
    const request = { operation: 'list projects', repeatable: true };
    const projects = await ask(request, parseProjects, (core, sending) =>
      projectsGetProjects(core, { teamId, repoId: String(repositoryId), limit: String(PAGE_SIZE) }, sending),
    );
    // A filter that Vercel does not understand filters nothing.
    return projects.filter(({ link }) => link?.repository.id === repositoryId);
  }

  async function redeploy(deployment: Deployment, meta: Readonly<Record<string, string>>) {
    const { deploymentsCreateDeployment } = await import('@vercel/sdk/funcs/deploymentsCreateDeployment');
    // Sent once: a second sending after a lost answer would be a second deployment.
    const request = { operation: 'create deployment', repeatable: false };
    const requestBody = {
      deploymentId: deployment.id,
      name: deployment.projectName,
      meta: { ...meta, action: 'redeploy' },
      ...(deployment.target === null ? {} : { target: deployment.target }),
    };
    return ask(request, parseDeployment, (core, sending) =>
      deploymentsCreateDeployment(core, { teamId, forceNew: '1', requestBody }, sending),
    );
  }

  return { listDeployments, findDeployment, readBuildEvents, findProject, listProjectsOf, redeploy };
}

const Page = v.object({
  deployments: v.array(v.unknown()),
  /** Milliseconds; the next page is what was created before. Null, 0 or '0' on the last one. */
  pagination: v.fallback(v.optional(v.object({ next: integer })), undefined),
});

/** An object with a page, or the bare list. */
const Projects = v.union([v.object({ projects: v.array(v.unknown()) }), v.array(v.unknown())]);

function parseProjects(json: unknown): readonly Project[] | undefined {
  const parsed = v.safeParse(Projects, json);
  if (!parsed.success) return undefined;
  const items = Array.isArray(parsed.output) ? parsed.output : parsed.output.projects;
  return items.map(parseProject).filter((project) => project !== undefined);
}

function parsePage(json: unknown) {
  const parsed = v.safeParse(Page, json);
  if (!parsed.success) return undefined;
  const { deployments: items, pagination } = parsed.output;
  const deployments = items.map(parseDeployment).filter((deployment) => deployment !== undefined);
  return { deployments, skipped: items.length - deployments.length, next: pagination?.next };
}
