import { type Params, type Route, route } from '../../http/router.js';
import { type GitHubCall, refuse, repositoryPath, toResponse } from './rule.js';

export interface CommitStatus {
  readonly id: number;
  readonly sha: string;
  readonly context: string;
  readonly state: string;
  readonly description: string | null;
  readonly target_url: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly creator: { readonly login: string };
}

const STATES = ['error', 'failure', 'pending', 'success'];

/** Commit statuses, which the emulator lacks, and check runs, which it grants to anybody. */
export function createCommitStatusRules(): {
  readonly rules: readonly Route<GitHubCall>[];
  /** By repository path, oldest first. */
  readonly memory: Map<string, CommitStatus[]>;
  readonly list: (repository: string) => readonly CommitStatus[];
} {
  const statuses = new Map<string, CommitStatus[]>();

  async function listFor(params: Params, call: GitHubCall): Promise<readonly CommitStatus[] | Response> {
    const commit = await call.ask(`${repositoryPath(params)}/commits/${params.ref}`);
    if (commit.status !== 200) return toResponse(commit);
    const all = statuses.get(repositoryPath(params)) ?? [];
    return all.filter(({ sha }) => sha === commit.json.sha).reverse();
  }

  const rules: readonly Route<GitHubCall>[] = [
    // https://docs.github.com/rest/commits/statuses#create-a-commit-status
    route('POST', '/repos/:owner/:repo/statuses/:sha', async (params, call) => {
      const repository = await call.ask(repositoryPath(params));
      if (repository.status !== 200) return toResponse(repository);
      if (!call.login) return refuse(401, 'Requires authentication');
      const { state, context, description, target_url: target } = call.body;
      if (typeof state !== 'string' || !STATES.includes(state)) {
        return refuse(422, 'Validation Failed', [
          { resource: 'Status', code: 'custom', field: 'state', message: 'state is not included in the list' },
        ]);
      }
      if (typeof description === 'string' && description.length > 140) {
        return refuse(422, 'Validation Failed', [
          {
            resource: 'Status',
            code: 'custom',
            field: 'description',
            message: 'description is too long (maximum is 140 characters)',
          },
        ]);
      }
      const commit = await call.ask(`${repositoryPath(params)}/git/commits/${params.sha}`);
      if (commit.status !== 200) return refuse(422, `No commit found for SHA: ${params.sha}`);
      const now = new Date().toISOString();
      const list = statuses.get(repositoryPath(params)) ?? [];
      const status: CommitStatus = {
        id: list.length + 1,
        sha: params.sha ?? '',
        context: typeof context === 'string' ? context : 'default',
        state,
        description: typeof description === 'string' ? description : null,
        target_url: typeof target === 'string' ? target : null,
        created_at: now,
        updated_at: now,
        creator: { login: call.login },
      };
      statuses.set(repositoryPath(params), [...list, status]);
      return Response.json(status, { status: 201 });
    }),

    // https://docs.github.com/rest/commits/statuses#list-commit-statuses-for-a-reference
    route('GET', '/repos/:owner/:repo/commits/:ref/statuses', async (params, call) => {
      const list = await listFor(params, call);
      return list instanceof Response ? list : Response.json(list);
    }),

    // https://docs.github.com/rest/commits/statuses#get-the-combined-status-for-a-specific-reference
    route('GET', '/repos/:owner/:repo/commits/:ref/status', async (params, call) => {
      const list = await listFor(params, call);
      if (list instanceof Response) return list;
      const newest = [...new Map([...list].reverse().map((status) => [status.context, status])).values()];
      const states = newest.map(({ state }) => state);
      const state = states.some((one) => one === 'error' || one === 'failure')
        ? 'failure'
        : states.length > 0 && states.every((one) => one === 'success')
          ? 'success'
          : 'pending';
      return Response.json({ state, statuses: newest, sha: newest[0]?.sha ?? params.ref, total_count: newest.length });
    }),

    // A check run is a GitHub App's; a personal token gets 403.
    // https://docs.github.com/rest/checks/runs#create-a-check-run
    route('POST', '/repos/:owner/:repo/check-runs', () => refuse(403, 'You must authenticate via a GitHub App.')),
    route('PATCH', '/repos/:owner/:repo/check-runs/:id', () => refuse(403, 'You must authenticate via a GitHub App.')),
    route('POST', '/repos/:owner/:repo/check-suites', () => refuse(403, 'You must authenticate via a GitHub App.')),
  ];

  return { rules, memory: statuses, list: (repository) => statuses.get(repository) ?? [] };
}
