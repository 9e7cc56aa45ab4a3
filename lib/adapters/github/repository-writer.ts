import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { RepositoryRef } from '../../incident/incident.js';
import type { CommitInput, RepositoryReader, RepositoryWriter } from '../../ports.js';
import { commitThread, ensureComment, pullRequestThread } from './comments.js';
import { layOver, type TreeChild, toObjectType } from './git-objects.js';
import type { GitHubClient } from './github-client.js';
import { PullRequestBody, toPullRequest } from './pull-request.js';
import { locate, RefBody } from './repository-reader.js';
import { listTree } from './tree-listing.js';

const GitObject = v.object({ sha: v.string() });

/** GitHub refuses a longer description of a status. */
const MAX_STATUS_DESCRIPTION = 140;

export function createRepositoryWriter(client: GitHubClient, reader: RepositoryReader): RepositoryWriter {
  async function createCommit(input: CommitInput) {
    const treeId = await createTree(client, input);
    if (treeId !== input.treeId) {
      throw new AdapterError('GitHub create tree: another tree than the one computed here', {
        system: 'github',
        kind: 'malformed',
      });
    }
    const { repository, message, parents } = input;
    // Without author and committer it is the token's account: Vercel builds only commits of authors that it knows.
    return client.ask('create commit', GitObject, (octokit) =>
      octokit.rest.git.createCommit({ ...locate(repository), message, tree: treeId, parents: [...parents] }),
    );
  }

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

  async function openPullRequest(input: Parameters<RepositoryWriter['openPullRequest']>[0]) {
    const { repository, ...content } = input;
    try {
      const body = await client.ask('open pull request', PullRequestBody, (octokit) =>
        octokit.rest.pulls.create({ ...locate(repository), ...content }),
      );
      return toPullRequest(body);
    } catch (error) {
      if (!isRefusal(error, /pull request already exists/i)) throw error;
      const pulls = await reader.listPullRequests(repository, content.head);
      const open = pulls.find((pull) => pull.state === 'open' && pull.baseRef === content.base);
      if (!open) throw error;
      return open;
    }
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
    createCommit,
    ensureBranch,
    advanceBranch,
    openPullRequest,
    updatePullRequest,
    addLabels,
    setCommitStatus,
    ensureComment: (repository, number, topic, body) =>
      ensureComment(client, pullRequestThread(repository, number), { topic, body, readAccount }),
    ensureCommitComment: (repository, sha, topic, body) =>
      ensureComment(client, commitThread(repository, sha), { topic, body, readAccount }),
  };
}

/** The whole change in one request. */
async function createTree(client: GitHubClient, input: CommitInput): Promise<string> {
  const { repository, baseTree, files, treeId } = input;
  const { sha } = await client.ask('create tree', GitObject, (octokit) =>
    octokit.rest.git.createTree({
      ...locate(repository),
      base_tree: baseTree,
      tree: files.map(({ path, mode, content }) => ({
        path,
        mode,
        type: 'blob' as const,
        ...(content === null ? { sha: null } : { content }),
      })),
    }),
  );
  // A directory whose last file goes away may stay as an empty tree, which no Git client makes.
  const mayBeEmpty = sha !== treeId && files.some(({ content }) => content === null);
  return mayBeEmpty ? createTreeByDirectory(client, input) : sha;
}

async function createTreeByDirectory(
  client: GitHubClient,
  { repository, baseTree, files }: CommitInput,
): Promise<string> {
  async function write(children: readonly TreeChild[]): Promise<string> {
    const tree = children.map(({ name, mode, ...object }) => ({
      path: name,
      mode,
      type: toObjectType(mode),
      ...object,
    }));
    const { sha } = await client.ask('create tree', GitObject, (octokit) =>
      octokit.rest.git.createTree({ ...locate(repository), tree }),
    );
    return sha;
  }

  return layOver(await listTree(client, { repository, sha: baseTree, rootDirectory: '' }), { files, write });
}

/** A refusal has no code of its own: the sentence is all there is. */
function isRefusal(error: unknown, sentence: RegExp): boolean {
  return error instanceof AdapterError && error.kind === 'rejected' && !error.reason && sentence.test(error.message);
}

function isMissing(error: unknown): boolean {
  return error instanceof AdapterError && error.kind === 'not-found';
}

function shorten(description: string): string {
  if (description.length <= MAX_STATUS_DESCRIPTION) return description;
  return `${description.slice(0, MAX_STATUS_DESCRIPTION - 1)}…`;
}
