import type { RepositoryRef } from '../../incident/incident.js';

/** How Octokit names a repository. */
export function locate({ owner, name }: RepositoryRef): { readonly owner: string; readonly repo: string } {
  return { owner, repo: name };
}
