import * as v from 'valibot';
import { AdapterError } from '../../errors.js';
import type { CommitInput } from '../../ports.js';
import { layOver, type TreeChild, toObjectType } from './git-objects.js';
import type { GitHubClient } from './github-client.js';
import { locate } from './locate.js';
import { listTree } from './tree-listing.js';

const GitObject = v.object({ sha: v.string() });

/** One tree and one commit. The tree must be the one that was computed here, or nothing is committed. */
export async function createCommit(client: GitHubClient, input: CommitInput): Promise<{ readonly sha: string }> {
  // GitHub refuses to make a tree of nothing (422), and there is none to be made.
  const treeId = input.files.length === 0 ? input.baseTree : await createTree(client, input);
  if (treeId !== input.treeId) {
    throw new AdapterError('GitHub create tree: another tree than the one computed here', {
      system: 'github',
      kind: 'malformed',
    });
  }
  const { repository, message, parents } = input;
  // Without author and committer it is the token's account: Vercel builds only commits of authors that it knows.
  return client.ask('create commit', GitObject, (octokit) =>
    octokit.rest.git.createCommit({ ...locate(repository), message, tree: treeId, parents: [...parents] }),
  );
}

/** The whole change in one request. */
async function createTree(client: GitHubClient, input: CommitInput): Promise<string> {
  const { repository, baseTree, files, treeId } = input;
  const { sha } = await client.ask('create tree', GitObject, (octokit) =>
    octokit.rest.git.createTree({
      ...locate(repository),
      base_tree: baseTree,
      tree: files.map(({ path, mode, content }) => ({
        path,
        mode,
        type: 'blob' as const,
        ...(content === null ? { sha: null } : { content }),
      })),
    }),
  );
  // A directory whose last file goes away may stay as an empty tree, which no Git client makes.
  const mayBeEmpty = sha !== treeId && files.some(({ content }) => content === null);
  return mayBeEmpty ? createTreeByDirectory(client, input) : sha;
}

async function createTreeByDirectory(
  client: GitHubClient,
  { repository, baseTree, files }: CommitInput,
): Promise<string> {
  async function write(children: readonly TreeChild[]): Promise<string> {
    const tree = children.map(({ name, mode, ...object }) => ({
      path: name,
      mode,
      type: toObjectType(mode),
      ...object,
    }));
    const { sha } = await client.ask('create tree', GitObject, (octokit) =>
      octokit.rest.git.createTree({ ...locate(repository), tree }),
    );
    return sha;
  }

  return layOver(await listTree(client, { repository, sha: baseTree, rootDirectory: '' }), { files, write });
}
