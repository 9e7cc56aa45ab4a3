import { type Route, route } from '../../http/router.js';
import { type GitHubCall, refuse, repositoryPath, toResponse } from './rule.js';

interface CommitOnBranch {
  readonly branch: { readonly repositoryNameWithOwner: string; readonly branchName: string };
  readonly expectedHeadOid: string;
  readonly message: { readonly headline: string; readonly body?: string };
  readonly fileChanges: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[];
    readonly deletions?: readonly { readonly path: string }[];
  };
}

/** The repository that a GraphQL request writes to, as `owner/name`. */
export function repositoryOfMutation(body: Readonly<Record<string, unknown>>): string | undefined {
  const variables = body.variables as { readonly input?: CommitOnBranch } | undefined;
  return variables?.input?.branch?.repositoryNameWithOwner;
}

/** Repositories whose rules ask for signed commits on some branches, and the one way for a token to make such a commit. */
export function createSignatureRules(): {
  readonly rules: readonly Route<GitHubCall>[];
  /** `branches` is a regular expression on their names. */
  readonly demand: (repository: string, branches: string) => void;
  readonly refuseUnsigned: (repository: string, call: GitHubCall) => Promise<Response | undefined>;
} {
  const demanding = new Map<string, RegExp>();
  const signed = new Set<string>();

  /** Commits that a branch holds already are judged no more. */
  async function refuseUnsigned(repository: string, call: GitHubCall): Promise<Response | undefined> {
    const { sha, ref } = call.body;
    const branch = String(ref ?? call.url.pathname).replace(/^.*?heads\//, '');
    if (demanding.get(repository)?.test(branch) !== true || typeof sha !== 'string' || signed.has(sha))
      return undefined;
    const refs = await call.ask(`/repos/${repository}/git/matching-refs/heads`);
    if ((refs.json as { object: { sha: string } }[]).some(({ object }) => object.sha === sha)) return undefined;
    return refuse(422, 'Repository rule violations found\n\nCommits must have verified signatures.\n\n');
  }

  const rules: readonly Route<GitHubCall>[] = [
    // https://docs.github.com/rest/repos/rules#get-rules-for-a-branch
    route('GET', '/repos/:owner/:repo/rules/branches/:branch', async (params, call) => {
      const known = await call.ask(repositoryPath(params));
      if (known.status !== 200) return toResponse(known);
      const demands = demanding.get(`${params.owner}/${params.repo}`)?.test(params.branch ?? '') === true;
      return Response.json(demands ? [{ type: 'required_signatures', ruleset_id: 1 }] : []);
    }),
    // https://docs.github.com/graphql/reference/mutations#createcommitonbranch
    route('POST', '/graphql', async (_, call) => {
      const input = (call.body.variables as { input?: CommitOnBranch } | undefined)?.input;
      if (!call.login) return refuse(401, 'Requires authentication');
      if (!input || !String(call.body.query).includes('createCommitOnBranch'))
        return Response.json({ errors: [{ message: 'Only createCommitOnBranch is known here.' }] });
      const [owner = '', repo = ''] = input.branch.repositoryNameWithOwner.split('/');
      const path = repositoryPath({ owner, repo });
      const head = await call.ask(`${path}/git/ref/heads/${input.branch.branchName}`);
      if (head.json?.object?.sha !== input.expectedHeadOid)
        return Response.json({
          data: { createCommitOnBranch: null },
          errors: [
            {
              type: 'STALE_DATA',
              message: `Expected branch to point to "${input.expectedHeadOid}" but it did not. Pull and try again.`,
            },
          ],
        });
      const base = await call.ask(`${path}/git/commits/${input.expectedHeadOid}`);
      const tree = await call.ask(`${path}/git/trees`, {
        method: 'POST',
        body: {
          base_tree: base.json.tree.sha,
          tree: [
            ...(input.fileChanges.additions ?? []).map(({ path: file, contents }) => ({
              path: file,
              mode: '100644',
              type: 'blob',
              content: Buffer.from(contents, 'base64').toString(),
            })),
            ...(input.fileChanges.deletions ?? []).map((file) => ({
              ...file,
              mode: '100644',
              type: 'blob',
              sha: null,
            })),
          ],
        },
      });
      const { headline, body } = input.message;
      const message = [headline, body].filter(Boolean).join('\n\n');
      const commit = await call.ask(`${path}/git/commits`, {
        method: 'POST',
        body: { message, tree: tree.json.sha, parents: [input.expectedHeadOid] },
      });
      const { sha } = commit.json;
      const moved = await call.ask(`${path}/git/refs/heads/${input.branch.branchName}`, {
        method: 'PATCH',
        body: { sha },
      });
      if (moved.status !== 200) return toResponse(moved);
      signed.add(sha);
      return Response.json({ data: { createCommitOnBranch: { commit: { oid: sha, tree: { oid: tree.json.sha } } } } });
    }),
  ];
  return {
    rules,
    demand: (repository, branches) => void demanding.set(repository, new RegExp(branches)),
    refuseUnsigned,
  };
}
