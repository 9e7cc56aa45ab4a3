import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import type { Handler } from '../../http/serve.js';

export interface GitHubAccess {
  readonly url: string;
  readonly token: string;
  /** Instead of a connection, where GitHub runs in this process. */
  readonly handle?: Handler;
}

interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
}

const PARALLEL_BLOBS = 8;

/** Writes the commit's files under `folder`, as a clone would leave them. */
export async function checkOut(
  github: GitHubAccess,
  commit: { readonly owner: string; readonly repo: string; readonly sha: string },
  folder: string,
): Promise<void> {
  const path = `/repos/${commit.owner}/${commit.repo}/git`;
  const { tree } = await readGitHub<{ tree: TreeEntry[] }>(github, `${path}/trees/${commit.sha}?recursive=1`);
  const waiting = tree.filter(({ type }) => type === 'blob');
  async function writeNext(): Promise<void> {
    for (let entry = waiting.pop(); entry; entry = waiting.pop()) {
      const target = resolve(folder, entry.path);
      if (!target.startsWith(resolve(folder) + sep)) throw new Error(`${entry.path} lies outside the repository`);
      const blob = await readGitHub<{ content: string }>(github, `${path}/blobs/${entry.sha}`);
      const content = Buffer.from(blob.content, 'base64');
      await mkdir(dirname(target), { recursive: true });
      if (entry.mode === '120000') await symlink(content.toString(), target);
      else await writeFile(target, content);
      if (entry.mode === '100755') await chmod(target, 0o755);
    }
  }
  await Promise.all(Array.from({ length: PARALLEL_BLOBS }, writeNext));
}

export async function readGitHub<Body>(github: GitHubAccess, path: string): Promise<Body> {
  const request = new Request(github.url + path, { headers: { authorization: `Bearer ${github.token}` } });
  const response = await (github.handle ?? fetch)(request);
  if (!response.ok) throw new Error(`GitHub answered ${response.status} to ${path}`);
  return (await response.json()) as Body;
}
