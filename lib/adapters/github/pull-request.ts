import * as v from 'valibot';
import type { PullRequest } from '../../ports.js';

const Account = v.optional(v.nullable(v.object({ login: v.string() })));

/** What is needed of a pull request; lists leave `merged` out and have `merged_at`. */
export const PullRequestBody = v.object({
  number: v.number(),
  html_url: v.string(),
  state: v.string(),
  merged_at: v.optional(v.nullable(v.string())),
  merge_commit_sha: v.optional(v.nullable(v.string())),
  head: v.object({ ref: v.string(), sha: v.string() }),
  base: v.object({ ref: v.string() }),
  title: v.string(),
  body: v.optional(v.nullable(v.string())),
  user: Account,
  created_at: v.string(),
});

export function toPullRequest(body: v.InferOutput<typeof PullRequestBody>): PullRequest {
  const merged = typeof body.merged_at === 'string';
  return {
    number: body.number,
    url: body.html_url,
    state: body.state === 'open' ? 'open' : 'closed',
    merged,
    // Before the merge it is a test merge that no branch holds.
    ...(merged && typeof body.merge_commit_sha === 'string' ? { mergeSha: body.merge_commit_sha } : {}),
    headRef: body.head.ref,
    headSha: body.head.sha,
    baseRef: body.base.ref,
    title: body.title,
    body: body.body ?? '',
    // A deleted account is null.
    author: body.user?.login ?? 'ghost',
    createdAt: Date.parse(body.created_at),
  };
}
