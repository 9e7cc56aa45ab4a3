import type { Deployment, Project } from '../ports.js';
import type { Failure, RepositoryRef } from './incident.js';

/** Why a failed deployment opens no incident. The doctor shows these names. */
export type IgnoreReason =
  | 'not-production'
  | 'not-failed'
  | 'no-github-link'
  | 'fork'
  | 'made-from-cli'
  | 'dirty-tree'
  | 'other-branch'
  | 'blocked'
  | 'canceled'
  | 'not-newest'
  | 'project-not-watched'
  | 'evidence-gone'
  | 'own-project';

export type Admission =
  | {
      readonly outcome: 'admitted';
      readonly failure: Failure;
      readonly repository: RepositoryRef;
      readonly branch: string;
    }
  | { readonly outcome: 'ignored'; readonly reason: IgnoreReason }
  /** A newer deployment is still being built; its result decides. */
  | { readonly outcome: 'wait' };

const UNFINISHED = new Set(['QUEUED', 'INITIALIZING', 'BUILDING']);

/** Judges by the deployment alone, before anything else is fetched. */
export function screenDeployment(
  deployment: Deployment,
  options: { readonly ownProjectId?: string | undefined; readonly watched: readonly string[] },
): IgnoreReason | undefined {
  if (deployment.target !== 'production') return 'not-production';
  if (deployment.readyState === 'BLOCKED') return 'blocked';
  if (deployment.readyState === 'CANCELED') return 'canceled';
  if (deployment.readyState === 'DELETED') return 'evidence-gone';
  if (deployment.readyState !== 'ERROR') return 'not-failed';
  if (deployment.projectId === options.ownProjectId) return 'own-project';
  if (!isWatched(deployment, options.watched)) return 'project-not-watched';
  if (deployment.git === undefined) return deployment.source === 'cli' ? 'made-from-cli' : 'no-github-link';
  if (deployment.source === 'cli') return 'made-from-cli';
  if (deployment.git.dirty) return 'dirty-tree';
  const { repository, commitOwner, commitRepository } = deployment.git;
  if (!sameName(commitOwner, repository.owner) || !sameName(commitRepository, repository.name)) return 'fork';
  return undefined;
}

/**
 * Judges a failed deployment that passed the screen.
 *
 * @param newest the project's latest production deployments, newest first
 */
export function admitDeployment(
  deployment: Deployment,
  project: Project | undefined,
  newest: readonly Deployment[],
): Admission {
  if (project?.link === undefined || deployment.git === undefined)
    return { outcome: 'ignored', reason: 'no-github-link' };
  if (project.link.repository.id !== deployment.git.repository.id) return { outcome: 'ignored', reason: 'fork' };
  if (deployment.git.ref !== project.link.productionBranch) return { outcome: 'ignored', reason: 'other-branch' };

  const newer = newest.filter(
    (other) =>
      other.id !== deployment.id &&
      other.createdAt > deployment.createdAt &&
      other.readyState !== 'CANCELED' &&
      other.readyState !== 'DELETED',
  );
  if (newer.some((other) => !UNFINISHED.has(other.readyState))) return { outcome: 'ignored', reason: 'not-newest' };
  if (newer.length > 0) return { outcome: 'wait' };

  return {
    outcome: 'admitted',
    repository: project.link.repository,
    branch: project.link.productionBranch,
    failure: {
      deploymentId: deployment.id,
      projectId: project.id,
      projectName: project.name,
      rootDirectory: project.rootDirectory,
      ...(project.framework === null ? {} : { framework: project.framework }),
      sha: deployment.git.sha,
      createdAt: deployment.createdAt,
      ...withLastReady(deployment, newest),
      ...(deployment.inspectorUrl === undefined ? {} : { inspectorUrl: deployment.inspectorUrl }),
      ...(deployment.git.message === undefined ? {} : { commitMessage: deployment.git.message }),
      ...(deployment.git.author === undefined ? {} : { author: deployment.git.author }),
    },
  };
}

function withLastReady(deployment: Deployment, newest: readonly Deployment[]): Pick<Failure, 'lastReadySha'> {
  const ready = newest.find((other) => other.readyState === 'READY' && other.createdAt < deployment.createdAt);
  return ready?.git === undefined ? {} : { lastReadySha: ready.git.sha };
}

function isWatched(deployment: Deployment, watched: readonly string[]): boolean {
  return watched.length === 0 || watched.includes(deployment.projectId) || watched.includes(deployment.projectName);
}

// GitHub's names are case-preserving and compared without case.
function sameName(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
