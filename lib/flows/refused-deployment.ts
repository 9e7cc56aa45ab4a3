import type { Incident, RepositoryRef } from '../incident/incident.js';
import {
  collectWords,
  explainRefusal,
  findFailingStatus,
  quoteRefusal,
  toRefusedFailure,
  wasDeployed,
} from '../incident/refused-deployment.js';
import { openIncident } from '../incident/transitions.js';
import type { Project } from '../ports.js';
import { escalate, type Move } from './moves.js';
import { closeBySuperseding } from './supersede.js';
import { isWatched } from './watched-project.js';
import type { World } from './world.js';

export interface Suspicion {
  readonly repository: RepositoryRef;
  /** The commit that somebody says was not deployed; the production branch's head when absent. */
  readonly sha?: string;
  readonly projectId?: string;
}

type Opened = readonly { readonly incidentId: string; readonly deploymentId: string; readonly project: string }[];

/**
 * Failures that never became a deployment: Vercel's API does not know them, only the commit's status does. Looked for
 * where there is a reason to: a webhook, a question about a project, a branch that moved on.
 */
export async function findRefusedDeployments(world: World, suspicion: Suspicion): Promise<Opened> {
  const vercel = await world.vercel();
  const linked = await vercel.listProjectsOf(suspicion.repository.id);
  const watched = linked.filter(
    (project) => isWatched(world, project) && (suspicion.projectId ?? project.id) === project.id,
  );
  const branches = new Set(watched.flatMap(({ link }) => link?.productionBranch ?? []));
  const opened = [];
  for (const branch of branches) {
    const projects = watched.filter(({ link }) => link?.productionBranch === branch);
    opened.push(...(await lookAtHead(world, suspicion, branch, projects, linked.length === 1)));
  }
  return opened;
}

async function lookAtHead(
  world: World,
  suspicion: Suspicion,
  branch: string,
  projects: readonly Project[],
  isOnlyProject: boolean,
): Promise<Opened> {
  const github = await world.github();
  const repository = projects[0]?.link?.repository ?? suspicion.repository;
  const head = await github.findHead(repository, branch);
  if (head === undefined || (suspicion.sha ?? head) !== head) return [];
  const statuses = await github.listCommitStatuses(repository, head);
  const store = await world.store();
  const opened = [];
  for (const project of projects) {
    const refusal = await readRefusal(world, repository, head, project, statuses, isOnlyProject);
    if (refusal === undefined) continue;
    const failure = toRefusedFailure(project, head, refusal);
    const incident = openIncident({ failure, repository, branch, now: world.clock.now() });
    const text = `Vercel made no production deployment of ${project.name}.`;
    const outcome = await store.open(incident, { at: incident.openedAt, event: 'detected', text });
    if (outcome === 'opened')
      opened.push({ incidentId: incident.id, deploymentId: failure.deploymentId, project: project.name });
  }
  return opened;
}

type Statuses = Parameters<typeof findFailingStatus>[0];

/** Undefined where the status is not failing, or a deployment says more. */
async function readRefusal(
  world: World,
  repository: RepositoryRef,
  sha: string,
  project: Pick<Project, 'id' | 'name'>,
  statuses: Statuses,
  isOnlyProject: boolean,
): Promise<Parameters<typeof toRefusedFailure>[2] | undefined> {
  const status = findFailingStatus(statuses, project.name, isOnlyProject);
  if (status === undefined) return undefined;
  const vercel = await world.vercel();
  if (wasDeployed(await vercel.listDeployments({ projectId: project.id, sha, limit: 20 }))) return undefined;
  const github = await world.github();
  const words = collectWords(status, await github.listCommitComments(repository, sha));
  return { reason: explainRefusal(words), detail: world.redact(quoteRefusal(status, words)), at: status.updatedAt };
}

/** Why a commit of ours, or its merge, has no deployment; undefined while Vercel has refused nothing. */
export async function explainMissingDeployment(
  world: World,
  incident: Incident,
  sha: string,
): Promise<Move | undefined> {
  const github = await world.github();
  const statuses = await github.listCommitStatuses(incident.repository, sha);
  const projects = new Map(incident.failures.map(({ projectId, projectName }) => [projectId, projectName]));
  for (const [id, name] of projects) {
    const refusal = await readRefusal(world, incident.repository, sha, { id, name }, statuses, projects.size === 1);
    if (refusal !== undefined) return escalate(world, incident, refusal.reason, refusal.detail);
  }
  return undefined;
}

/** Nothing here can be repaired by us; whoever mended it is seen. */
export async function handOverRefused(
  world: World,
  incident: Incident,
  refusal: NonNullable<Incident['failures'][number]['refusal']>,
): Promise<Move> {
  const superseded = await closeBySuperseding(world, incident);
  return superseded ?? escalate(world, incident, refusal.reason, refusal.detail);
}
