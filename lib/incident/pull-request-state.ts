import type { PullRequest } from '../ports.js';
import type { Incident } from './incident.js';

/** What people did with the pull request of an incident. */
export type PullRequestState =
  | { readonly is: 'open' | 'rejected' | 'taken-over' }
  | { readonly is: 'merged'; readonly mergeSha: string };

/** A merge beats everything; a commit that is not ours means that somebody works there now. */
export function judgePullRequest(pullRequest: PullRequest, incident: Incident): PullRequestState {
  if (pullRequest.merged) return { is: 'merged', mergeSha: pullRequest.mergeSha ?? pullRequest.headSha };
  if (pullRequest.state === 'closed') return { is: 'rejected' };
  const ours = incident.attempts.some((attempt) => attempt.commitSha === pullRequest.headSha);
  return { is: ours ? 'open' : 'taken-over' };
}
