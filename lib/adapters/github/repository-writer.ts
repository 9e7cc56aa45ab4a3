import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { RepositoryRef } from '../../incident/incident.js';
import type { RepositoryReader, RepositoryWriter } from '../../ports.js';
import { commitThread, ensureComment, pullRequestThread } from './comments.js';
import { createCommit } from './commit.js';
import type { GitHubClient } from './github-client.js';
import { ensureIssue } from './issues.js';
import { locate } from './locate.js';
import { mergePullRequest } from './merge.js';
import { PullRequestBody, toPullRequest } from './pull-request.js';
import { RefBody } from './repository-reader.js';
import { createSignedCommit } from './signed-commit.js';

type PullRequestInput = Parameters<RepositoryWriter['openPullRequest']>[0];

/** GitHub refuses a longer description of a status. */
const MAX_STATUS_DESCRIPTION = 140;

export function createRepositoryWriter(client: GitHubClient, reader: RepositoryReader): RepositoryWriter {
  async function ensureBranch(repository: RepositoryRef, branch: string, sha: string) {
    try {
      await client.ask('create branch', RefBody, (octokit) =>
        octokit.rest.git.createRef({ ...locate(repository), ref: `refs/heads/${branch}`, sha }),
      );
      return 'created';
    } catch (error) {
      // Also what the second sending says of a first one that worked and whose answer was lost.
      if (!isRefusal(error, /reference already exists/i)) throw error;
      return (await reader.findHead(repository, branch)) === sha ? 'already-there' : 'taken';
    }
  }

  async function advanceBranch(repository: RepositoryRef, branch: string, sha: string) {
    try {
      await client.ask('advance branch', RefBody, (octokit) =>
        octokit.rest.git.updateRef({ ...locate(repository), ref: `heads/${branch}`, sha, force: false }),
      );
      return 'advanced';
    } catch (error) {
      // A missing ref is 422 "Reference does not exist", in older servers 404.
      const doubtful = isRefusal(error, /fast.forward|reference does not exist/i) || isMissing(error);
      if (!doubtful) throw error;
      const head = await reader.findHead(repository, branch);
      if (head === undefined) return 'branch-gone';
      return head === sha ? 'advanced' : 'branch-moved';
    }
  }

  async function openPullRequest(input: PullRequestInput) {
    const { repository, ...content } = input;
    try {
      const body = await client.ask('open pull request', PullRequestBody, (octokit) =>
        octokit.rest.pulls.create({ ...locate(repository), ...content }),
      );
      return toPullRequest(body);
    } catch (error) {
      if (isRefusal(error, /pull request already exists/i)) return adoptPullRequest(input, error);
      throw (await isBehind(input, error)) ? notKnownYet(error) : error;
    }
  }

  async function adoptPullRequest({ repository, head, base }: PullRequestInput, refusal: unknown) {
    const pulls = await reader.listPullRequests(repository, head);
    const open = pulls.find((pull) => pull.state === 'open' && pull.baseRef === base);
    if (!open) throw refusal;
    return open;
  }

  /** Parts of GitHub learn of a branch later than others, and say meanwhile that it or its commits are missing. */
  async function isBehind({ repository, ...branches }: PullRequestInput, refusal: unknown): Promise<boolean> {
    const reason = refusal instanceof AdapterError ? refusal.reason : undefined;
    if (reason !== 'head-missing' && reason !== 'no-commits-between') return false;
    const [head, base] = await Promise.all([
      reader.findHead(repository, branches.head),
      reader.findHead(repository, branches.base),
    ]);
    return head !== undefined && base !== undefined && !(await reader.contains(repository, base, head));
  }

  async function updatePullRequest(...[repository, number, change]: Parameters<RepositoryWriter['updatePullRequest']>) {
    await client.ask('update pull request', PullRequestBody, (octokit) =>
      octokit.rest.pulls.update({ ...locate(repository), pull_number: number, ...change }),
    );
  }

  async function addLabels(repository: RepositoryRef, number: number, labels: readonly string[]) {
    if (labels.length === 0) return;
    await client.ask('add labels', v.array(v.object({ name: v.string() })), (octokit) =>
      octokit.rest.issues.addLabels({ ...locate(repository), issue_number: number, labels: [...labels] }),
    );
  }

  async function requestReviewers(repository: RepositoryRef, number: number, names: readonly string[]) {
    if (names.length === 0) return;
    // GitHub takes all or none: one who may not review, and the author is one, would cost all the others.
    const { login } = await reader.readAccount();
    const others = names.filter((name) => name.toLowerCase() !== login.toLowerCase());
    try {
      await requestTogether(repository, number, others);
    } catch (error) {
      if (others.length < 2 || !isRefusal(error, /./)) throw error;
      const asked = await Promise.allSettled(others.map((name) => requestTogether(repository, number, [name])));
      const failed = asked.find((answer) => answer.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    }
  }

  async function requestTogether(repository: RepositoryRef, number: number, names: readonly string[]) {
    if (names.length === 0) return;
    const teams = names.flatMap((name) => (name.includes('/') ? [name.slice(name.indexOf('/') + 1)] : []));
    await client.ask('request reviewers', v.object({ number: v.number() }), (octokit) =>
      octokit.rest.pulls.requestReviewers({
        ...locate(repository),
        pull_number: number,
        reviewers: names.filter((name) => !name.includes('/')),
        team_reviewers: teams,
      }),
    );
  }

  async function setCommitStatus(...[repository, sha, status]: Parameters<RepositoryWriter['setCommitStatus']>) {
    await client.ask('set commit status', v.object({ state: v.string() }), (octokit) =>
      octokit.rest.repos.createCommitStatus({
        ...locate(repository),
        sha,
        context: status.context,
        state: status.state,
        description: shorten(status.description),
        ...(status.url === undefined ? {} : { target_url: status.url }),
      }),
    );
  }

  const { readAccount } = reader;
  return {
    createCommit: (input) => createCommit(client, input),
    createSignedCommit: (input) => createSignedCommit(client, input),
    ensureBranch,
    advanceBranch,
    openPullRequest,
    updatePullRequest,
    mergePullRequest: (...request) => mergePullRequest(client, ...request),
    addLabels,
    requestReviewers,
    setCommitStatus,
    ensureIssue: (...request) => ensureIssue(client, readAccount, ...request),
    ensureComment: (repository, number, topic, body, options) =>
      ensureComment(client, pullRequestThread(repository, number), { topic, body, readAccount, ...options }),
    ensureCommitComment: (repository, sha, topic, body) =>
      ensureComment(client, commitThread(repository, sha), { topic, body, readAccount }),
  };
}

/** A refusal has no code of its own: the sentence is all there is. */
function isRefusal(error: unknown, sentence: RegExp): boolean {
  return error instanceof AdapterError && error.kind === 'rejected' && !error.reason && sentence.test(error.message);
}

function notKnownYet(cause: unknown): AdapterError {
  const message = 'GitHub open pull request: the new branch is not known everywhere yet';
  return new AdapterError(message, { system: 'github', kind: 'unavailable', cause });
}

function isMissing(error: unknown): boolean {
  return error instanceof AdapterError && error.kind === 'not-found';
}

function shorten(description: string): string {
  if (description.length <= MAX_STATUS_DESCRIPTION) return description;
  return `${description.slice(0, MAX_STATUS_DESCRIPTION - 1)}…`;
}
