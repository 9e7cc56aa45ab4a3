import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The person at the keyboard, who pushes commits and merges pull requests over GitHub's API. */
export interface Person {
  /** One commit on the branch; with `replaceAll` it holds these files and no others. */
  push(commit: {
    readonly branch: string;
    readonly message: string;
    readonly files: ReadonlyMap<string, string>;
    readonly replaceAll: boolean;
  }): Promise<string>;
  /** Merges the pull request and answers with the merge's commit. */
  merge(number: number): Promise<string>;
}

export function createPerson(github: {
  readonly url: string;
  readonly token: string;
  readonly repository: string;
}): Person {
  async function call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const response = await fetch(`${github.url}/repos/${github.repository}${path}`, {
      method,
      headers: { authorization: `Bearer ${github.token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Error(`GitHub answered ${response.status} to ${method} ${path}: ${await response.text()}`);
    return (await response.json()) as Body;
  }

  return {
    async push({ branch, message, files, replaceAll }) {
      const head = await call<{ object: { sha: string } }>('GET', `/git/ref/heads/${branch}`);
      const tree = await call<{ sha: string }>('POST', '/git/trees', {
        ...(replaceAll ? {} : { base_tree: head.object.sha }),
        tree: [...files].map(([path, content]) => ({ path, mode: '100644', type: 'blob', content })),
      });
      const parents = [head.object.sha];
      const commit = await call<{ sha: string }>('POST', '/git/commits', { message, tree: tree.sha, parents });
      await call('PATCH', `/git/refs/heads/${branch}`, { sha: commit.sha });
      return commit.sha;
    },
    async merge(number) {
      return (await call<{ sha: string }>('PUT', `/pulls/${number}/merge`, { merge_method: 'merge' })).sha;
    },
  };
}

const NOT_COMMITTED = new Set(['node_modules', '.next', 'next-env.d.ts']);

/** The files of a folder that a commit of it would hold. */
export function readFiles(folder: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const walk = (below: string) => {
    for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
      const path = below === '' ? entry.name : `${below}/${entry.name}`;
      if (NOT_COMMITTED.has(entry.name) || entry.name.endsWith('.tsbuildinfo')) continue;
      if (entry.isDirectory()) walk(path);
      else files.set(path, readFileSync(join(folder, path), 'utf8'));
    }
  };
  walk('');
  return files;
}
