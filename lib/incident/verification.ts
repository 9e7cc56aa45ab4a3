import type { Deployment } from '../ports.js';
import type { Failure, PreviewRef } from './incident.js';

/** What the preview deployments of one commit say together, over every project that failed. */
export type PreviewVerdict =
  | { readonly outcome: 'verified'; readonly deployments: readonly PreviewRef[] }
  | {
      readonly outcome: 'failed';
      readonly deployment: Deployment;
      readonly failure: Failure;
      readonly deployments: readonly PreviewRef[];
    }
  /** Vercel will not build it: blocked for its author, or left out by an ignored build step. */
  | { readonly outcome: 'never-starts'; readonly detail: string }
  | { readonly outcome: 'building' | 'not-started'; readonly deployments: readonly PreviewRef[] };

const WORKING = new Set(['BUILDING', 'INITIALIZING', 'READY', 'ERROR']);

/**
 * @param byProject the deployments of the commit, newest first, by project id
 */
export function judgePreviews(
  failures: readonly Failure[],
  byProject: ReadonlyMap<string, readonly Deployment[]>,
): PreviewVerdict {
  const latest = failures.map((failure) => ({
    failure,
    deployment: byProject.get(failure.projectId)?.find((deployment) => deployment.target !== 'production'),
  }));
  const deployments = latest.flatMap(({ deployment }) => (deployment === undefined ? [] : [refOf(deployment)]));

  const failed = latest.find(({ deployment }) => deployment?.readyState === 'ERROR');
  if (failed?.deployment !== undefined)
    return { outcome: 'failed', deployment: failed.deployment, failure: failed.failure, deployments };

  for (const { deployment } of latest) {
    if (deployment?.readyState === 'BLOCKED')
      return {
        outcome: 'never-starts',
        detail: deployment.readyStateReason ?? 'Vercel blocked the preview deployment.',
      };
    if (deployment?.readyState === 'CANCELED')
      return {
        outcome: 'never-starts',
        detail: `The preview deployment of ${deployment.projectName} was canceled or skipped.`,
      };
  }
  if (latest.every(({ deployment }) => deployment?.readyState === 'READY')) return { outcome: 'verified', deployments };
  const started = latest.some(({ deployment }) => deployment !== undefined && WORKING.has(deployment.readyState));
  return { outcome: started ? 'building' : 'not-started', deployments };
}

export function refOf(deployment: Deployment): PreviewRef {
  return {
    deploymentId: deployment.id,
    projectId: deployment.projectId,
    projectName: deployment.projectName,
    ...(deployment.url === undefined ? {} : { url: withScheme(deployment.url) }),
    ...(deployment.inspectorUrl === undefined ? {} : { inspectorUrl: deployment.inspectorUrl }),
  };
}

// Vercel gives host names without a scheme: https://vercel.com/docs/rest-api/deployments/list-deployments
function withScheme(url: string): string {
  return /^https?:\/\//u.test(url) ? url : `https://${url}`;
}
