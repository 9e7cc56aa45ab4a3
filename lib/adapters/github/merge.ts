import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { RepositoryWriter } from '../../ports.js';
import type { GitHubClient } from './github-client.js';
import { locate } from './locate.js';

/** One commit on the branch where the repository allows that. */
const METHODS = ['squash', 'merge', 'rebase'] as const;
const METHOD_NOT_ALLOWED = /(?:squash merges|merge commits|rebase merges) are not allowed/i;

/** The head is pinned: GitHub refuses when somebody pushed meanwhile. https://docs.github.com/rest/pulls/pulls#merge-a-pull-request */
export async function mergePullRequest(
  client: GitHubClient,
  ...[repository, number, headSha]: Parameters<RepositoryWriter['mergePullRequest']>
): ReturnType<RepositoryWriter['mergePullRequest']> {
  let reason = 'no way of merging is allowed';
  for (const method of METHODS) {
    try {
      await client.ask('merge pull request', v.object({ merged: v.literal(true) }), (octokit) =>
        octokit.rest.pulls.merge({
          ...locate(repository),
          pull_number: number,
          sha: headSha,
          merge_method: method,
        }),
      );
      return { outcome: 'merged' };
    } catch (error) {
      if (!(error instanceof AdapterError)) throw error;
      if (error.kind === 'conflict') return { outcome: 'head-moved' };
      // 405 for what the branch's rules or a conflict forbid, 403 and 422 for rules that are checked elsewhere.
      if (error.kind !== 'rejected' && error.kind !== 'forbidden') throw error;
      reason = error.message;
      if (!METHOD_NOT_ALLOWED.test(reason)) break;
    }
  }
  return { outcome: 'refused', reason };
}
