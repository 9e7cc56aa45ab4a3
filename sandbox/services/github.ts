/**
 * GitHub: the `emulate` package, with rules of our own in front where it is laxer than GitHub. Each rule names the page
 * of GitHub's documentation that it follows.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { withFaults } from '../http/faults.js';
import { matchRoute, parseObject } from '../http/router.js';
import { type Handler, serve } from '../http/serve.js';
import { runAsProcess } from '../process/run-as-process.js';
import { createCollaboratorRules } from './github/collaborators.js';
import { createCommitStatusRules } from './github/commit-statuses.js';
import {
  type EmulatorSnapshot,
  type GitHubEmulator,
  type GitHubRepository,
  type GitHubSeed,
  startEmulator,
} from './github/emulator.js';
import { gitDataRules } from './github/git-data.js';
import { issueCommentRules } from './github/issue-comments.js';
import { servePullRequestPage } from './github/pull-request-page.js';
import { createPullRequestRules } from './github/pull-requests.js';
import { type GitHubCall, refuse, toResponse } from './github/rule.js';
import { createSignatureRules, repositoryOfMutation } from './github/signatures.js';
import { createTarballRules } from './github/tarball.js';
import { refuseByRights, tellExpiry } from './github/token-rights.js';
import { webhookRules } from './github/webhooks.js';

export type { GitHubSeed } from './github/emulator.js';

export interface GitHubService {
  readonly url: string;
  /** The same without a connection, for whoever runs it in its own process. */
  readonly handle: Handler;
  snapshot(): GitHubSnapshot;
  restore(snapshot: GitHubSnapshot): void;
  close(): Promise<void>;
}

export interface GitHubSnapshot {
  readonly emulator: EmulatorSnapshot;
  readonly rules: readonly (readonly [string, unknown][])[];
}

/** What moves no branch, whoever writes it. */
const CANNOT_PUSH = /\/(?:git\/(?:blobs|trees|commits)|statuses\/\w+|comments|labels)$/;
const NO_COMMIT = '0'.repeat(40);

export async function startGitHub(options: {
  readonly port?: number;
  readonly seed: GitHubSeed;
  /** Every push to a branch is posted to these, as GitHub's own `push` event. */
  readonly pushListeners?: readonly string[];
}): Promise<GitHubService> {
  // One token for each owner, known to this process alone, so that it can look into private repositories.
  const insideTokens = new Map(
    options.seed.users.map(({ login }) => [login, `inside_${randomBytes(16).toString('hex')}`]),
  );
  const tokens: Record<string, string> = { ...options.seed.tokens };
  for (const [login, token] of insideTokens) tokens[token] = login;

  let emulator: GitHubEmulator | undefined;
  const statuses = createCommitStatusRules();
  const pullRequests = createPullRequestRules();
  const signatures = createSignatureRules();
  const rules = [
    ...signatures.rules,
    ...gitDataRules,
    ...statuses.rules,
    ...issueCommentRules,
    ...webhookRules,
    ...pullRequests.rules,
    ...createTarballRules(),
    ...createCollaboratorRules(options.seed.repositories),
  ];
  const journal: { method: string; path: string; status: number; login: string | null }[] = [];
  const branches = new Map<string, ReadonlyMap<string, string>>();
  const pushListeners = new Set(options.pushListeners);
  const turns = new Map<string, Promise<unknown>>();
  /** Everything besides the emulator that a repository's answers depend on. */
  const memories: readonly Map<string, unknown>[] = [statuses.memory, pullRequests.memory, branches];

  async function readBranches({ owner, name }: GitHubRepository): Promise<ReadonlyMap<string, string>> {
    const answer = await emulator?.call({
      path: `/repos/${owner}/${name}/git/matching-refs/heads`,
      token: insideTokens.get(owner),
    });
    const refs: { ref: string; object: { sha: string } }[] = Array.isArray(answer?.json) ? answer.json : [];
    return new Map(refs.map(({ ref, object }) => [ref, object.sha]));
  }

  /** Writes to a repository one after the other: of two alike that come at once the second is refused, as on GitHub. */
  function inTurn(repository: string, write: () => Promise<Response>): Promise<Response> {
    const turn = (turns.get(repository) ?? Promise.resolve()).then(write);
    turns.set(
      repository,
      turn.catch(() => {}),
    );
    return turn;
  }

  /** Creating a ref and merging push too, which the emulator does not tell; so the refs are compared. */
  async function announcePushes(repository: GitHubRepository, pusher: string): Promise<void> {
    const key = `${repository.owner}/${repository.name}`;
    const [before, after] = [branches.get(key) ?? new Map<string, string>(), await readBranches(repository)];
    branches.set(key, after);
    for (const ref of new Set([...before.keys(), ...after.keys()])) {
      if (before.get(ref) === after.get(ref)) continue;
      const payload = {
        ref,
        before: before.get(ref) ?? NO_COMMIT,
        after: after.get(ref) ?? NO_COMMIT,
        repository: { name: repository.name, full_name: key, owner: { login: repository.owner } },
        pusher: { name: pusher },
      };
      for (const listener of pushListeners) {
        // Told and forgotten, like a webhook: the push stands whether or not anybody listens.
        fetch(listener, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-github-event': 'push' },
          body: JSON.stringify(payload),
        }).catch(() => {});
      }
    }
  }

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (!emulator) return refuse(503, 'Starting');
    const running = emulator;
    if (url.pathname === '/__state') return Response.json(await readState(emulator));
    const text = request.method === 'GET' || request.method === 'HEAD' ? '' : await request.text();
    // Vercel's service asks to be told, as its GitHub App is when somebody installs it.
    if (url.pathname === '/__control/push-listeners') {
      pushListeners.add(String(parseObject(text).url));
      return new Response(null, { status: 204 });
    }
    if (url.pathname === '/__control/signatures') {
      const { repository, branches = '' } = parseObject(text);
      signatures.demand(String(repository), String(branches));
      return new Response(null, { status: 204 });
    }
    const page = await servePullRequestPage({
      request,
      url,
      server: server.url,
      tokenOf: (login) => insideTokens.get(login),
    });
    if (page) return page;

    const token = request.headers
      .get('authorization')
      ?.replace(/^(Bearer|token)\s+/i, '')
      .trim();
    const login = token === undefined ? undefined : tokens[token];
    const target = url.pathname === '/graphql' ? `/repos/${repositoryOfMutation(parseObject(text))}` : url.pathname;
    const [, root, owner, name] = target.split('/');
    const rights = token === undefined ? undefined : options.seed.rights?.[token];
    const answerIt = async () =>
      tellExpiry(
        rights,
        refuseByRights(rights, request.method, url.pathname) ??
          (await answer({ emulator: running, request, url, text, token, login })),
      );
    const response =
      request.method !== 'GET' && root === 'repos' && owner && name
        ? await inTurn(`${owner}/${name}`, async () => {
            const answered = await answerIt();
            if (answered.ok && !CANNOT_PUSH.test(url.pathname)) await announcePushes({ owner, name }, login ?? owner);
            return answered;
          })
        : await answerIt();
    if (!token?.startsWith('inside_')) {
      journal.push({
        method: request.method,
        path: url.pathname + url.search,
        status: response.status,
        login: login ?? null,
      });
      if (journal.length > 5_000) journal.shift();
    }
    return response;
  }

  async function answer(input: {
    readonly emulator: GitHubEmulator;
    readonly request: Request;
    readonly url: URL;
    readonly text: string;
    readonly token: string | undefined;
    readonly login: string | undefined;
  }): Promise<Response> {
    const { request, url, text, token, login } = input;
    // The emulator takes an unknown token for its first user.
    // https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#failed-login-limit
    if (token !== undefined && login === undefined) return refuse(401, 'Bad credentials');

    const method = request.method;
    const call: GitHubCall = {
      emulator: input.emulator,
      baseUrl: server.url,
      method,
      url,
      token,
      login,
      body: parseObject(text),
      ask: (path, init) => input.emulator.call({ path, token, ...init }),
      forward: (body) =>
        input.emulator.call({
          method,
          path: url.pathname + url.search,
          token,
          ...(body === undefined ? (text === '' ? {} : { body: text }) : { body }),
        }),
    };

    const [, root, owner, name] = url.pathname.split('/');
    if (root === 'repos' && owner && name) {
      // Whoever may not read a repository is told that there is none.
      // https://docs.github.com/rest/using-the-rest-api/troubleshooting-the-rest-api#404-not-found-for-an-existing-resource
      const repository = await call.ask(`/repos/${owner}/${name}`);
      if (repository.status !== 200) return refuse(404, 'Not Found');
      if (method !== 'GET') {
        if (login === undefined) return refuse(401, 'Requires authentication');
        // https://docs.github.com/repositories/archiving-a-github-repository/archiving-repositories
        if (repository.json.archived) return refuse(403, 'Repository was archived so is read-only.');
      }
    }
    const isRefWrite = method !== 'GET' && /^\/repos\/[^/]+\/[^/]+\/git\/refs/.test(url.pathname);
    const unsigned = isRefWrite ? await signatures.refuseUnsigned(`${owner}/${name}`, call) : undefined;
    if (unsigned) return unsigned;
    const match = matchRoute(rules, method, url.pathname);
    const response = match ? await match.route.handle(match.params, call) : toResponse(await call.forward());
    if (response.status === 403 && method !== 'GET' && !match)
      return refuse(403, 'Resource not accessible by personal access token');
    return response;
  }

  async function readState(inside: GitHubEmulator): Promise<unknown> {
    const repositories = [];
    for (const repository of options.seed.repositories) {
      const path = `/repos/${repository.owner}/${repository.name}`;
      const token = insideTokens.get(repository.owner) ?? '';
      const headers = { authorization: `Bearer ${token}` };
      const pulls = (await (await fetch(`${server.url}${path}/pulls?state=all&per_page=100`, { headers })).json()) as {
        number: number;
      }[];
      const comments = [];
      for (const { number } of pulls) {
        const answer = await inside.call({ path: `${path}/issues/${number}/comments?per_page=100`, token });
        comments.push(...(answer.json as unknown[]));
      }
      const commitComments = await inside.call({ path: `${path}/comments?per_page=100`, token });
      repositories.push({
        fullName: `${repository.owner}/${repository.name}`,
        branches: Object.fromEntries(
          [...(await readBranches(repository))].map(([ref, sha]) => [ref.slice('refs/heads/'.length), sha]),
        ),
        pulls,
        comments,
        commitComments: commitComments.json,
        statuses: statuses.list(path),
      });
    }
    return { repositories, requests: journal };
  }

  const server = await serve({ port: options.port ?? 0, handle: withFaults(handle) });
  emulator = await startEmulator({ ...options.seed, tokens }, server.url);
  for (const repository of options.seed.repositories) {
    branches.set(`${repository.owner}/${repository.name}`, await readBranches(repository));
  }
  const running = emulator;
  return {
    url: server.url,
    handle,
    snapshot: () => ({
      emulator: running.snapshot(),
      rules: memories.map((memory) => structuredClone([...memory])),
    }),
    restore(snapshot) {
      running.restore(snapshot.emulator);
      for (const [index, memory] of memories.entries()) {
        memory.clear();
        for (const [key, value] of structuredClone(snapshot.rules[index] ?? [])) memory.set(key, value);
      }
    },
    async close() {
      await server.close();
      await running.close();
    },
  };
}

runAsProcess({
  file: import.meta.url,
  flags: ['port', 'seed', 'push-to'],
  start: (flags) => {
    if (!flags.seed) throw new Error('--seed FILE is needed: JSON with users, tokens and repositories.');
    return startGitHub({
      port: Number(flags.port ?? 0),
      seed: JSON.parse(readFileSync(flags.seed, 'utf8')) as GitHubSeed,
      pushListeners: flags['push-to']?.split(',') ?? [],
    });
  },
  describe: ({ url }) => ({ service: 'github', url }),
});
