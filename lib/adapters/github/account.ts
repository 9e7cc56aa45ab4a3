import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { RepositoryRef } from '../../incident/incident.js';
import type { GitHubToken, Permission } from '../../ports/accounts.js';
import type { GitHubSetup } from '../../ports/setup.js';
import { RETRY_POLICY, type RetryPolicy } from '../retry.js';
import { createGitHubClient, type GitHubClient, type OctokitAnswer } from './github-client.js';
import { locate } from './locate.js';

export interface GitHubAccountOptions {
  readonly token: string;
  readonly baseUrl?: string;
  readonly timeoutMs?: number;
  readonly retry?: RetryPolicy;
}

type Octokit = Parameters<Parameters<GitHubClient['send']>[1]>[0];
type Rights = Readonly<Record<Permission, 'granted' | 'missing' | 'unknown'>>;

const NO_COMMIT = '0'.repeat(40);
const PROBES_COUNT_FOR_MS = 10 * 60_000;

const AccountBody = v.object({ login: v.string(), type: v.optional(v.string(), 'User') });
const RepositoryBody = v.object({
  private: v.optional(v.boolean(), false),
  archived: v.optional(v.boolean(), false),
  default_branch: v.string(),
  permissions: v.optional(v.object({ push: v.optional(v.boolean()) })),
});
const WebhookBody = v.object({
  id: v.number(),
  active: v.optional(v.boolean(), true),
  events: v.optional(v.array(v.string()), []),
  config: v.object({ url: v.optional(v.string(), '') }),
});
const DeliveryBody = v.object({
  event: v.string(),
  status_code: v.optional(v.nullable(v.number()), 0),
  delivered_at: v.string(),
});
const ContentBody = v.object({ content: v.string(), encoding: v.literal('base64') });
const ShaBody = v.object({ sha: v.string() });
const CommitBody = v.object({ tree: ShaBody });
const CommentBody = v.object({
  body: v.optional(v.nullable(v.string()), ''),
  user: v.optional(v.nullable(v.object({ login: v.string() }))),
});

/** The account behind a token: what the doctor reads of it and what setup writes. */
export function createGitHubAccount(options: GitHubAccountOptions): GitHubSetup {
  const { token, baseUrl, timeoutMs = 12_000, retry = RETRY_POLICY } = options;
  const client = createGitHubClient({ token, timeoutMs, retry, ...(baseUrl === undefined ? {} : { baseUrl }) });
  const probed = new Map<string, { readonly at: number; readonly rights: Promise<Rights> }>();

  return {
    async readToken() {
      const answer = await client.send('get account', (octokit) => octokit.rest.users.getAuthenticated());
      const account = v.safeParse(AccountBody, answer.data);
      if (!account.success) throw malformed('get account');
      return describeToken(token, account.output, answer.headers);
    },

    async findRepository(repository) {
      const body = await undefinedWhenMissing(
        client.ask('get repository', RepositoryBody, (octokit) => octokit.rest.repos.get(locate(repository))),
      );
      if (body === undefined) return undefined;
      const push = body.permissions?.push;
      return {
        isPrivate: body.private,
        isArchived: body.archived,
        defaultBranch: body.default_branch,
        ...(push === undefined ? {} : { accountCanPush: push }),
      };
    },

    probeWriting(repository) {
      const key = `${repository.owner}/${repository.name}`;
      const known = probed.get(key);
      if (known !== undefined && Date.now() - known.at < PROBES_COUNT_FOR_MS) return known.rights;
      const rights = probeAll(client, repository);
      probed.set(key, { at: Date.now(), rights });
      rights.catch(() => probed.delete(key));
      return rights;
    },

    async listWebhooks(repository) {
      const hooks = await client.askAll('list webhooks', WebhookBody, (octokit, page) =>
        octokit.rest.repos.listWebhooks({ ...locate(repository), ...page }),
      );
      return hooks.map(({ id, active, events, config }) => ({ id, url: config.url, events, isActive: active }));
    },

    async listDeliveries(repository, webhookId) {
      const deliveries = await client.ask('list deliveries', v.array(DeliveryBody), (octokit) =>
        octokit.rest.repos.listWebhookDeliveries({ ...locate(repository), hook_id: webhookId, per_page: 20 }),
      );
      return deliveries.map(({ event, status_code, delivered_at }) => ({
        event,
        status: status_code ?? 0,
        at: Date.parse(delivered_at),
      }));
    },

    async findText(repository, path) {
      const body = await undefinedWhenMissing(
        client.ask('get file', ContentBody, (octokit) =>
          octokit.rest.repos.getContent({ ...locate(repository), path }),
        ),
      );
      return body === undefined ? undefined : Buffer.from(body.content, 'base64').toString('utf8');
    },

    async listComments(repository) {
      const comments = await client.ask('list comments', v.array(CommentBody), (octokit) =>
        octokit.rest.issues.listCommentsForRepo({
          ...locate(repository),
          sort: 'updated',
          direction: 'desc',
          per_page: 100,
        }),
      );
      return comments.map(({ body, user }) => ({ author: user?.login ?? '', text: body ?? '' }));
    },

    async createWebhook(repository, { url, events, isActive }, secret) {
      await client.ask('create webhook', WebhookBody, (octokit) =>
        octokit.rest.repos.createWebhook({
          ...locate(repository),
          name: 'web',
          active: isActive,
          events: [...events],
          config: { url, secret, content_type: 'json', insecure_ssl: '0' },
          // A second sending after a lost answer would be refused: GitHub takes an address once.
          request: { retries: 0 },
        }),
      );
    },

    async updateWebhook(repository, { id, url, events, isActive }, secret) {
      await client.ask('update webhook', WebhookBody, (octokit) =>
        octokit.rest.repos.updateWebhook({
          ...locate(repository),
          hook_id: id,
          active: isActive,
          events: [...events],
          config: { url, secret, content_type: 'json', insecure_ssl: '0' },
        }),
      );
    },

    async commitFile({ repository, parent, path, text, message }) {
      const where = locate(repository);
      const { tree } = await client.ask('get commit', CommitBody, (octokit) =>
        octokit.rest.git.getCommit({ ...where, commit_sha: parent }),
      );
      const { sha } = await client.ask('create tree', ShaBody, (octokit) =>
        octokit.rest.git.createTree({
          ...where,
          base_tree: tree.sha,
          tree: [{ path, mode: '100644', type: 'blob', content: text }],
        }),
      );
      const commit = await client.ask('create commit', ShaBody, (octokit) =>
        octokit.rest.git.createCommit({ ...where, message, tree: sha, parents: [parent] }),
      );
      return commit.sha;
    },
  };
}

function describeToken(
  token: string,
  account: v.InferOutput<typeof AccountBody>,
  headers: OctokitAnswer['headers'],
): GitHubToken {
  const expiresAt = readExpiry(headers['github-authentication-token-expiration']);
  const scopes = headers['x-oauth-scopes'];
  const [limit, left, reset] = ['limit', 'remaining', 'reset'].map((name) => Number(headers[`x-ratelimit-${name}`]));
  return {
    login: account.login,
    accountType: account.type,
    // https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats
    kind: token.startsWith('github_pat_') ? 'fine-grained' : token.startsWith('ghp_') ? 'classic' : 'unknown',
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(typeof scopes === 'string' && scopes !== '' ? { scopes: scopes.split(/,\s*/) } : {}),
    ...(limit && left !== undefined && Number.isFinite(left) && reset
      ? { requestsLeft: { left, limit, resetsAt: reset * 1000 } }
      : {}),
  };
}

/** `2027-02-14 08:15:54 UTC`, or with an offset (`+0200`). */
function readExpiry(header: string | number | undefined): number | undefined {
  const found = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) (UTC|[+-]\d{4})$/.exec(String(header ?? ''));
  if (!found) return undefined;
  const [, day, time, zone = ''] = found;
  const at = Date.parse(`${day}T${time}${zone === 'UTC' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3)}`}`);
  return Number.isNaN(at) ? undefined : at;
}

/**
 * No request lists what a fine-grained token may do, and a repository's `permissions` are the account's, not the
 * token's. What a token lacks is refused with 403 before GitHub looks at what the request says; these say nothing
 * that could be done, and come back as 422.
 */
async function probeAll(client: GitHubClient, repository: RepositoryRef): Promise<Rights> {
  const where = locate(repository);
  const once = { request: { retries: 0 } };
  const probes: Readonly<Record<Permission, (octokit: Octokit) => Promise<OctokitAnswer>>> = {
    contents: (octokit) =>
      octokit.rest.git.createRef({ ...where, ...once, ref: 'refs/heads/self-heal-probe', sha: NO_COMMIT }),
    pull_requests: (octokit) =>
      octokit.rest.pulls.create({
        ...where,
        ...once,
        title: 'Probe',
        head: `self-heal-probe-${NO_COMMIT}`,
        base: `self-heal-probe-${NO_COMMIT}`,
      }),
    issues: (octokit) => octokit.rest.issues.createLabel({ ...where, ...once, name: 'self-heal-probe', color: '?' }),
    statuses: (octokit) =>
      octokit.rest.repos.createCommitStatus({ ...where, ...once, sha: NO_COMMIT, state: 'success' }),
  };
  const names = Object.keys(probes) as readonly Permission[];
  const states = await Promise.all(names.map(async (name) => [name, await probe(client, probes[name])] as const));
  return Object.fromEntries(states) as Rights;
}

async function probe(
  client: GitHubClient,
  request: (octokit: Octokit) => Promise<OctokitAnswer>,
): Promise<Rights[Permission]> {
  try {
    await client.send('probe', request);
    return 'granted';
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    if (error.status === 422) return 'granted';
    return error.reason === 'token-lacks-rights' ? 'missing' : 'unknown';
  }
}

function malformed(operation: string): AdapterError {
  return new AdapterError(`GitHub ${operation}: the answer is not what the API promises`, {
    system: 'github',
    kind: 'malformed',
  });
}

async function undefinedWhenMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
