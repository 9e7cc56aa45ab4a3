import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RepositoryRef } from '../../lib/incident/incident.js';
import { startService } from '../sandbox/start-service.js';

export const OWNER_TOKEN = 'owner-token';
export const STRANGER_TOKEN = 'stranger-token';
/** Of somebody who may push. */
export const REVIEWER_TOKEN = 'reviewer-token';
export const CODERABBIT_TOKEN = 'coderabbit-token';
export const OTHER_BOT_TOKEN = 'other-bot-token';
export const VERCEL_BOT_TOKEN = 'vercel-bot-token';

export interface GitHubService {
  readonly url: string;
  /** A new repository's files as one commit on `main`; a null content deletes. */
  commit(
    repository: RepositoryRef,
    files: Readonly<Record<string, string | { readonly content: string; readonly mode: string } | null>>,
    branch?: string,
  ): Promise<string>;
  // biome-ignore lint/suspicious/noExplicitAny: GitHub's JSON, read field by field
  call(method: string, path: string, body?: unknown, token?: string): Promise<{ status: number; json: any }>;
  /** Requests with the owner's token since the last call, as "METHOD path". */
  takeRequests(): Promise<string[]>;
  /** Makes matching requests go wrong, as the sandbox's faults describe. */
  addFault(fault: Readonly<Record<string, unknown>>): Promise<void>;
  stop(): Promise<void>;
}

/** The sandbox's GitHub as a process of its own, with these empty repositories of `baker`. */
export async function startGitHubService(names: readonly string[]): Promise<GitHubService> {
  const folder = mkdtempSync(join(tmpdir(), 'github-contract-'));
  const seed = {
    users: [
      { login: 'baker', name: 'The Baker', email: 'baker@bakery.test' },
      ...['stranger', 'reviewer', 'coderabbitai[bot]', 'linter[bot]', 'vercel[bot]'].map((login) => ({ login })),
    ],
    tokens: {
      [OWNER_TOKEN]: 'baker',
      [STRANGER_TOKEN]: 'stranger',
      [REVIEWER_TOKEN]: 'reviewer',
      [CODERABBIT_TOKEN]: 'coderabbitai[bot]',
      [OTHER_BOT_TOKEN]: 'linter[bot]',
      [VERCEL_BOT_TOKEN]: 'vercel[bot]',
    },
    repositories: names.map((name) => ({ owner: 'baker', name, writers: ['reviewer'] })),
  };
  writeFileSync(join(folder, 'seed.json'), JSON.stringify(seed));
  const service = await startService('sandbox/services/github.ts', ['--seed', join(folder, 'seed.json')]);
  let taken = 0;

  const call: GitHubService['call'] = async (method, path, body, token = OWNER_TOKEN) => {
    const response = await fetch(service.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json().catch(() => undefined) };
  };

  async function takeRequests() {
    const { requests } = (await (await fetch(`${service.url}/__state`)).json()) as {
      requests: { method: string; path: string }[];
    };
    const fresh = requests.slice(taken).map(({ method, path }) => `${method} ${path}`);
    taken = requests.length;
    return fresh;
  }

  return {
    url: service.url,
    call,
    takeRequests,
    async commit({ owner, name }, files, branch = 'main') {
      const path = `/repos/${owner}/${name}`;
      const parent = (await call('GET', `${path}/git/ref/heads/${branch}`)).json.object.sha;
      const tree = await call('POST', `${path}/git/trees`, {
        base_tree: parent,
        tree: Object.entries(files).map(([file, content]) => ({
          path: file,
          type: 'blob',
          ...(content === null || typeof content === 'string' ? { mode: '100644' } : content),
          ...(content === null ? { sha: null } : typeof content === 'string' ? { content } : {}),
        })),
      });
      const commit = await call('POST', `${path}/git/commits`, {
        message: 'Arrange',
        tree: tree.json.sha,
        parents: [parent],
      });
      await call('PATCH', `${path}/git/refs/heads/${branch}`, { sha: commit.json.sha });
      return commit.json.sha;
    },
    async addFault(fault) {
      await fetch(`${service.url}/__control/faults`, { method: 'POST', body: JSON.stringify(fault) });
    },
    async stop() {
      await service.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
