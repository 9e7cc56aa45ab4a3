import * as v from 'valibot';
import type { RepositoryReader, RepositoryWriter } from '../../ports.js';
import type { GitHubClient } from './github-client.js';
import { locate } from './locate.js';

const IssueBody = v.object({
  number: v.number(),
  title: v.string(),
  body: v.optional(v.nullable(v.string())),
  pull_request: v.optional(v.unknown()),
});

/** Never sent twice in one call: a second sending after a lost answer would be a second issue. */
const ONCE = { retries: 0 };

export async function ensureIssue(
  client: GitHubClient,
  readAccount: RepositoryReader['readAccount'],
  ...[repository, { title, body }]: Parameters<RepositoryWriter['ensureIssue']>
): Promise<void> {
  const [firstLine = ''] = body.split('\n', 1);
  const { login } = await readAccount();
  const issues = await client.askAll('list issues', IssueBody, (octokit, page) =>
    octokit.rest.issues.listForRepo({ ...locate(repository), creator: login, state: 'all', ...page }),
  );
  // Pull requests are issues too.
  const ours = issues.find(
    (issue) => issue.pull_request === undefined && issue.body?.split('\n', 1)[0]?.trimEnd() === firstLine,
  );
  if (ours === undefined)
    await client.ask('create issue', IssueBody, (octokit) =>
      octokit.rest.issues.create({ ...locate(repository), title, body, request: ONCE }),
    );
  else if (ours.body !== body || ours.title !== title)
    await client.ask('update issue', IssueBody, (octokit) =>
      octokit.rest.issues.update({ ...locate(repository), issue_number: ours.number, title, body }),
    );
}
