import * as v from 'valibot';
import { AdapterError, type FailureKind } from '../../errors.js';
import type { RepositoryWriter } from '../../ports.js';
import type { GitHubClient } from './github-client.js';

const MUTATION = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid tree { oid } } }
}`;

const Answer = v.object({
  data: v.optional(
    v.nullable(
      v.object({
        createCommitOnBranch: v.nullable(
          v.object({ commit: v.object({ oid: v.string(), tree: v.object({ oid: v.string() }) }) }),
        ),
      }),
    ),
  ),
  errors: v.optional(v.array(v.object({ type: v.optional(v.string(), ''), message: v.string() }))),
});

/** Answers of GraphQL come with status 200, whatever they say. */
const KINDS: Readonly<Record<string, FailureKind>> = {
  RATE_LIMITED: 'rate-limited',
  NOT_FOUND: 'not-found',
  FORBIDDEN: 'forbidden',
  INSUFFICIENT_SCOPES: 'forbidden',
  SERVICE_UNAVAILABLE: 'unavailable',
};
const MOVED = /expected branch to point to/i;

/** Only this way does a personal token get a signed commit. https://docs.github.com/graphql/reference/mutations#createcommitonbranch */
export async function createSignedCommit(
  client: GitHubClient,
  { repository, branch, parent, files, treeId, message }: Parameters<RepositoryWriter['createSignedCommit']>[0],
): ReturnType<RepositoryWriter['createSignedCommit']> {
  const [headline = '', ...rest] = message.split('\n');
  const input = {
    branch: { repositoryNameWithOwner: `${repository.owner}/${repository.name}`, branchName: branch },
    expectedHeadOid: parent,
    message: { headline, body: rest.join('\n').trim() },
    fileChanges: {
      additions: files.flatMap(({ path, content }) =>
        content === null ? [] : [{ path, contents: Buffer.from(content).toString('base64') }],
      ),
      deletions: files.flatMap(({ path, content }) => (content === null ? [{ path }] : [])),
    },
  };
  const answer = await client.ask('create signed commit', Answer, (octokit) =>
    octokit.request({
      method: 'POST',
      url: '/graphql',
      // Enterprise installations have REST at /api/v3 and GraphQL at /api/graphql.
      baseUrl: octokit.request.endpoint.DEFAULTS.baseUrl.replace(/\/api\/v3$/, '/api'),
      query: MUTATION,
      variables: { input },
    }),
  );
  const [error] = answer.errors ?? [];
  if (error !== undefined) {
    // Also what the second sending says of a first one that worked and whose answer was lost.
    if (error.type === 'STALE_DATA' || MOVED.test(error.message)) return 'branch-moved';
    throw refusal(error);
  }
  const commit = answer.data?.createCommitOnBranch?.commit;
  if (commit === undefined || commit.tree.oid !== treeId)
    throw new AdapterError('GitHub create signed commit: another tree than the one computed here', {
      system: 'github',
      kind: 'malformed',
    });
  return { sha: commit.oid };
}

function refusal({ type, message }: { readonly type: string; readonly message: string }): AdapterError {
  const kind = KINDS[type] ?? 'rejected';
  return new AdapterError(`GitHub create signed commit: ${message.slice(0, 300)}`, {
    system: 'github',
    kind,
    ...(kind === 'forbidden' ? { reason: 'token-lacks-rights' as const } : {}),
    ...(kind === 'rejected' ? { reason: 'signature-required' as const } : {}),
  });
}
