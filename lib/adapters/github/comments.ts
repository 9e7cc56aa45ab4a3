import * as v from 'valibot';
import type { RepositoryRef } from '../../incident/incident.js';
import type { RepositoryReader } from '../../ports.js';
import type { GitHubClient, OctokitAnswer } from './github-client.js';
import { locate } from './locate.js';

const CommentBody = v.object({
  id: v.union([v.number(), v.bigint()]),
  body: v.optional(v.nullable(v.string()), ''),
  user: v.optional(v.nullable(v.object({ login: v.string() }))),
});

type Octokit = Parameters<Parameters<GitHubClient['send']>[1]>[0];

/** One comment thread: how to list it, add to it and change it. */
interface Thread {
  list(octokit: Octokit, page: { readonly per_page: number; readonly page: number }): Promise<OctokitAnswer>;
  create(octokit: Octokit, body: string): Promise<OctokitAnswer>;
  update(octokit: Octokit, id: number, body: string): Promise<OctokitAnswer>;
}

/** Never sent twice in one call: a second sending after a lost answer would be a second comment. */
const ONCE = { retries: 0 };

export function pullRequestThread(repository: RepositoryRef, number: number): Thread {
  const issue = { ...locate(repository), issue_number: number };
  return {
    list: (octokit, page) => octokit.rest.issues.listComments({ ...issue, ...page }),
    create: (octokit, body) => octokit.rest.issues.createComment({ ...issue, body, request: ONCE }),
    update: (octokit, id, body) => octokit.rest.issues.updateComment({ ...locate(repository), comment_id: id, body }),
  };
}

export function commitThread(repository: RepositoryRef, sha: string): Thread {
  const commit = { ...locate(repository), commit_sha: sha };
  return {
    list: (octokit, page) => octokit.rest.repos.listCommentsForCommit({ ...commit, ...page }),
    create: (octokit, body) => octokit.rest.repos.createCommitComment({ ...commit, body, request: ONCE }),
    update: (octokit, id, body) =>
      octokit.rest.repos.updateCommitComment({ ...locate(repository), comment_id: id, body }),
  };
}

/** The thread has one comment of ours with this topic, and it says this. A stranger's with our marker is left alone. */
export async function ensureComment(
  client: GitHubClient,
  thread: Thread,
  comment: {
    readonly topic: string;
    readonly body: string;
    readonly readAccount: RepositoryReader['readAccount'];
    readonly onlyUpdate?: boolean;
  },
): Promise<void> {
  const marker = `<!-- self-heal:${comment.topic} -->`;
  const body = `${comment.body}\n\n${marker}`;
  const [{ login }, comments] = await Promise.all([
    comment.readAccount(),
    client.askAll('list comments', CommentBody, thread.list),
  ]);
  const ours = comments.find((each) => each.user?.login === login && each.body?.includes(marker));
  if (!ours && comment.onlyUpdate === true) return;
  if (!ours) await client.ask('create comment', CommentBody, (octokit) => thread.create(octokit, body));
  else if (ours.body !== body) {
    // Octokit writes a bigint into the address as it is; only the types of its methods say number.
    await client.ask('update comment', CommentBody, (octokit) => thread.update(octokit, ours.id as number, body));
  }
}
