import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { PullRequestComment, Review } from '../../incident/review.js';
import type { RepositoryReader } from '../../ports.js';
import type { GitHubClient } from './github-client.js';
import { locate } from './locate.js';

const Account = v.optional(v.nullable(v.object({ login: v.string(), type: v.optional(v.string()) })));
const ReviewBody = v.object({
  id: v.number(),
  user: Account,
  body: v.optional(v.nullable(v.string())),
  state: v.string(),
  commit_id: v.optional(v.nullable(v.string())),
  submitted_at: v.optional(v.nullable(v.string())),
});
const NoteBody = v.object({
  path: v.string(),
  body: v.string(),
  line: v.optional(v.nullable(v.number())),
  original_line: v.optional(v.nullable(v.number())),
});
const CommentBody = v.object({ user: Account, body: v.optional(v.nullable(v.string())) });
const StatusesBody = v.object({
  statuses: v.array(
    v.object({
      context: v.string(),
      state: v.string(),
      description: v.optional(v.nullable(v.string())),
      target_url: v.optional(v.nullable(v.string())),
      updated_at: v.string(),
    }),
  ),
});
const PermissionBody = v.object({ permission: v.string() });

/** A review that is being written (PENDING) is its author's alone. */
const STATES: Readonly<Record<string, Review['state']>> = {
  APPROVED: 'approved',
  CHANGES_REQUESTED: 'changes-requested',
  COMMENTED: 'commented',
  DISMISSED: 'dismissed',
};

type Words = 'listReviews' | 'listReviewNotes' | 'listComments' | 'listCommitComments' | 'listCommitStatuses';

/** What people and bots say about a pull request or a commit. */
export function createReviewReader(client: GitHubClient): Pick<RepositoryReader, Words | 'mayWrite'> {
  return {
    async listCommitStatuses(repository, sha) {
      const { statuses } = await client.ask('get commit status', StatusesBody, (octokit) =>
        octokit.rest.repos.getCombinedStatusForRef({ ...locate(repository), ref: sha, per_page: 100 }),
      );
      return statuses.map(({ context, state, description, target_url, updated_at }) => ({
        context,
        state,
        description: description ?? '',
        ...(typeof target_url === 'string' ? { url: target_url } : {}),
        updatedAt: Date.parse(updated_at),
      }));
    },

    async listCommitComments(repository, sha) {
      const comments = await client.askAll('list comments', CommentBody, (octokit, page) =>
        octokit.rest.repos.listCommentsForCommit({ ...locate(repository), commit_sha: sha, ...page }),
      );
      return comments.map(toComment);
    },

    async listReviews(repository, number) {
      const reviews = await client.askAll('list reviews', ReviewBody, (octokit, page) =>
        octokit.rest.pulls.listReviews({ ...locate(repository), pull_number: number, ...page }),
      );
      return reviews.flatMap(toReview);
    },

    async listReviewNotes(repository, number, reviewId) {
      const notes = await client.askAll('list review comments', NoteBody, (octokit, page) =>
        octokit.rest.pulls.listCommentsForReview({
          ...locate(repository),
          pull_number: number,
          review_id: reviewId,
          ...page,
        }),
      );
      return notes.map(({ path, body, line, original_line }) => {
        const place = line ?? original_line;
        return { path, body, ...(typeof place === 'number' ? { line: place } : {}) };
      });
    },

    async listComments(repository, number) {
      const comments = await client.askAll('list comments', CommentBody, (octokit, page) =>
        octokit.rest.issues.listComments({ ...locate(repository), issue_number: number, ...page }),
      );
      return comments.map(toComment);
    },

    async mayWrite(repository, login) {
      try {
        const { permission } = await client.ask('get permission', PermissionBody, (octokit) =>
          octokit.rest.repos.getCollaboratorPermissionLevel({ ...locate(repository), username: login }),
        );
        return permission === 'admin' || permission === 'write';
      } catch (error) {
        if (error instanceof AdapterError && error.kind === 'not-found') return false;
        throw error;
      }
    },
  };
}

function toComment({ user, body }: v.InferOutput<typeof CommentBody>): PullRequestComment {
  return { author: user?.login ?? 'ghost', body: body ?? '' };
}

function toReview(review: v.InferOutput<typeof ReviewBody>): Review[] {
  const state = Object.hasOwn(STATES, review.state) ? STATES[review.state] : undefined;
  if (state === undefined) return [];
  const author = review.user?.login ?? 'ghost';
  return [
    {
      id: review.id,
      author,
      isBot: review.user?.type === 'Bot' || author.endsWith('[bot]'),
      state,
      commitSha: review.commit_id ?? '',
      body: review.body ?? '',
      submittedAt: Date.parse(review.submitted_at ?? '') || 0,
    },
  ];
}
