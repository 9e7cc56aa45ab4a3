import type { Deployment } from './deployment.js';

export interface Page {
  readonly items: readonly Deployment[];
  readonly pagination: { readonly count: number; readonly next: number | null; readonly prev: number | null };
}

/** The filters of `GET /v7/deployments`, newest first. https://vercel.com/docs/rest-api/deployments/list-deployments */
export function listDeployments(all: readonly Deployment[], query: URLSearchParams): Page {
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 20) || 20));
  const matching = all.filter((deployment) => matches(deployment, query)).sort((a, b) => b.createdAt - a.createdAt);
  const items = matching.slice(0, limit);
  return {
    items,
    pagination: {
      count: items.length,
      // The next page is what was created before the last item of this one.
      next: matching.length > limit ? (items.at(-1)?.createdAt ?? null) : null,
      prev: items[0]?.createdAt ?? null,
    },
  };
}

function matches(deployment: Deployment, query: URLSearchParams): boolean {
  const projects = [...query.getAll('projectIds'), ...query.getAll('projectId')];
  const since = Number(query.get('since') ?? query.get('from') ?? Number.NEGATIVE_INFINITY);
  const until = Number(query.get('until') ?? query.get('to') ?? Number.POSITIVE_INFINITY);
  const { project, meta, target, readyState, createdAt } = deployment;
  const is = (name: string, value: string | undefined) => query.get(name) === null || query.get(name) === value;
  return (
    (projects.length === 0 || projects.includes(project.id)) &&
    is('app', project.name) &&
    is('target', target ?? 'preview') &&
    is('branch', meta.githubCommitRef) &&
    is('sha', meta.githubCommitSha) &&
    (query.get('state') === null || (query.get('state') ?? '').split(',').includes(readyState)) &&
    (query.get('rollbackCandidate') !== 'true' || (readyState === 'READY' && deployment.promoted)) &&
    createdAt > since &&
    createdAt < until
  );
}
