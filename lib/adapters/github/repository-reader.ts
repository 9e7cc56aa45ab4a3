import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { RepositoryRef } from '../../incident/incident.js';
import type { RepositoryReader } from '../../ports.js';
import type { GitHubClient } from './github-client.js';
import { locate } from './locate.js';
import { once } from './once.js';
import { PullRequestBody, toPullRequest } from './pull-request.js';
import { createReviewReader } from './reviews.js';

export const RefBody = v.object({ ref: v.string(), object: v.object({ sha: v.string() }) });
const CommitBody = v.object({
  message: v.string(),
  tree: v.object({ sha: v.string() }),
  parents: v.array(v.object({ sha: v.string() })),
});
const FileBody = v.object({ type: v.literal('file'), content: v.string() });
const ComparisonBody = v.object({ status: v.string() });
const ClosedIssue = v.object({ closed_by: v.optional(v.nullable(v.object({ login: v.string() }))) });
const RuleBody = v.object({ type: v.string() });
const AccountBody = v.object({ login: v.string() });

const HEADS = 'refs/heads/';

export function createRepositoryReader(client: GitHubClient): RepositoryReader {
  /** A missing branch is an empty list here, and a repository that the token cannot see is still an error. */
  async function listBranches(repository: RepositoryRef, prefix: string) {
    try {
      const refs = await client.askAll('list branches', RefBody, (octokit, page) =>
        octokit.rest.git.listMatchingRefs({ ...locate(repository), ref: `heads/${prefix}`, ...page }),
      );
      return refs
        .filter(({ ref }) => ref.startsWith(`${HEADS}${prefix}`))
        .map(({ ref, object }) => ({ name: ref.slice(HEADS.length), sha: object.sha }));
    } catch (error) {
      // 409 "Git Repository is empty."
      if (error instanceof AdapterError && error.kind === 'conflict') return [];
      throw error;
    }
  }

  async function findHead(repository: RepositoryRef, branch: string) {
    const branches = await listBranches(repository, branch);
    return branches.find(({ name }) => name === branch)?.sha;
  }

  async function contains(repository: RepositoryRef, head: string, base: string) {
    if (head === base) return true;
    try {
      const { status } = await client.ask('compare commits', ComparisonBody, (octokit) =>
        octokit.rest.repos.compareCommitsWithBasehead({
          ...locate(repository),
          basehead: `${base}...${head}`,
          per_page: 1,
          page: 1,
        }),
      );
      return status === 'ahead' || status === 'identical';
    } catch (error) {
      // 404 "No common ancestor between …" is an answer; any other 404 is a commit or a repository that is gone.
      if (error instanceof AdapterError && error.kind === 'not-found' && /no common ancestor/i.test(error.message))
        return false;
      throw error;
    }
  }

  async function readCommit(repository: RepositoryRef, sha: string) {
    const commit = await undefinedWhenMissing(
      client.ask('get commit', CommitBody, (octokit) =>
        octokit.rest.git.getCommit({ ...locate(repository), commit_sha: sha }),
      ),
    );
    if (!commit) return undefined;
    return { message: commit.message, parents: commit.parents.map((parent) => parent.sha), treeId: commit.tree.sha };
  }

  async function readFile(repository: RepositoryRef, ref: string, path: string) {
    const file = await undefinedWhenMissing(
      client.ask('get file', FileBody, (octokit) =>
        octokit.rest.repos.getContent({ ...locate(repository), path, ref }),
      ),
    );
    return file && Buffer.from(file.content, 'base64').toString('utf8');
  }

  async function listPullRequests(repository: RepositoryRef, headBranch: string) {
    const pulls = await client.askAll('list pull requests', PullRequestBody, (octokit, page) =>
      octokit.rest.pulls.list({
        ...locate(repository),
        head: `${repository.owner}:${headBranch}`,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        ...page,
      }),
    );
    // A head filter that GitHub does not understand filters nothing.
    return pulls.filter((pull) => pull.head.ref === headBranch).map(toPullRequest);
  }

  async function findPullRequest(repository: RepositoryRef, number: number) {
    const body = await undefinedWhenMissing(
      client.ask('get pull request', PullRequestBody, (octokit) =>
        octokit.rest.pulls.get({ ...locate(repository), pull_number: number }),
      ),
    );
    if (!body) return undefined;
    const pull = toPullRequest(body);
    if (pull.state === 'open' || pull.merged) return pull;
    const closedBy = await findCloser(repository, number);
    return closedBy === undefined ? pull : { ...pull, closedBy };
  }

  /** Only as an issue does a pull request say who closed it. Undefined where the token may not read issues. */
  async function findCloser(repository: RepositoryRef, number: number): Promise<string | undefined> {
    try {
      const { closed_by } = await client.ask('get issue', ClosedIssue, (octokit) =>
        octokit.rest.issues.get({ ...locate(repository), issue_number: number }),
      );
      return closed_by?.login;
    } catch (error) {
      if (error instanceof AdapterError && (error.kind === 'not-found' || error.kind === 'forbidden')) return undefined;
      throw error;
    }
  }

  /** The rules of rulesets; a classic protection shows its own to administrators only. */
  async function demandsSignatures(repository: RepositoryRef, branch: string) {
    const rules = await undefinedWhenMissing(
      client.askAll('list branch rules', RuleBody, (octokit, page) =>
        octokit.rest.repos.getBranchRules({ ...locate(repository), branch, ...page }),
      ),
    );
    return rules?.some(({ type }) => type === 'required_signatures') === true;
  }

  const readAccount = once(() =>
    client.ask('get account', AccountBody, (octokit) => octokit.rest.users.getAuthenticated()),
  );

  return {
    findHead,
    contains,
    listBranches,
    demandsSignatures,
    readCommit,
    readFile,
    listPullRequests,
    findPullRequest,
    readAccount,
    ...createReviewReader(client),
  };
}

async function undefinedWhenMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
