import * as v from 'valibot';
import { isReadableEntry, isSmallRepository } from '../../context/readable-files.js';
import type { FileChange, TreeEntry } from '../../context/source.js';
import { AdapterError } from '../../errors.js';
import type { RepositoryRef } from '../../incident/incident.js';
import type { SourceOpener } from '../../ports.js';
import { decodeText } from '../decode-text.js';
import { computeTreeId, hashBlob, hashRootTree } from './git-objects.js';
import type { GitHubClient } from './github-client.js';
import { once } from './once.js';
import { findTarball, readTarball } from './tarball.js';
import { listTree } from './tree-listing.js';

const BlobBody = v.object({ content: v.string(), encoding: v.literal('base64') });

const CompareBody = v.object({
  files: v.optional(
    v.array(
      v.object({
        filename: v.string(),
        status: v.string(),
        previous_filename: v.optional(v.string()),
        patch: v.optional(v.string()),
      }),
    ),
    [],
  ),
});

/** Files of a repository at a commit. Within one opened source nothing is asked for twice. */
export function createSourceOpener(client: GitHubClient): SourceOpener {
  function openSource(input: Parameters<SourceOpener['openSource']>[0]) {
    const { repository, sha, baseSha, rootDirectory = '' } = input;
    const blobs = new Map<string, () => Promise<string | undefined>>();

    const readTree = once(async () => {
      // The hashing that follows needs the module; it loads while the request is under way.
      const [tree] = await Promise.all([
        listTree(client, { repository, sha, rootDirectory }),
        import('isomorphic-git'),
      ]);
      return tree;
    });
    const readChanges = once(async () =>
      baseSha === undefined ? undefined : listChanges(client, { repository, base: baseSha, head: sha }),
    );
    const readRootTreeId = once(async () => hashRootTree(await readTree()));

    async function readEntries(entries: readonly TreeEntry[]): Promise<Map<string, string>> {
      const files = new Map<string, string>();
      const reading = entries.map(async (entry) => {
        const read = blobs.get(entry.sha) ?? once(() => readBlob(client, repository, entry));
        blobs.set(entry.sha, read);
        const text = await read();
        if (text !== undefined) files.set(entry.path, text);
      });
      await Promise.all(reading);
      return files;
    }

    async function readFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
      const wanted = new Set(paths);
      const { entries } = await readTree();
      return readEntries(entries.filter((entry) => wanted.has(entry.path) && isReadableEntry(entry)));
    }

    const readAll = once(async () => {
      const [tree, tarball] = await Promise.all([readTree(), findTarball(client, repository, sha)]);
      if (!tarball || !isSmallRepository(tree)) return undefined;
      const readable = tree.entries.filter(isReadableEntry);
      const { files, missing } = await readTarball(tarball, readable);
      // `export-ignore` and `export-subst` in .gitattributes keep or change files in an archive.
      for (const [path, text] of await readEntries(missing)) files.set(path, text);
      return files;
    });

    return { listTree: readTree, readFiles, readAll, listChanges: readChanges, readRootTreeId };
  }

  return { openSource, computeTreeId };
}

/** Undefined for binary files. */
async function readBlob(
  client: GitHubClient,
  repository: RepositoryRef,
  entry: TreeEntry,
): Promise<string | undefined> {
  const { content } = await client.ask('get blob', BlobBody, (octokit) =>
    octokit.rest.git.getBlob({ owner: repository.owner, repo: repository.name, file_sha: entry.sha }),
  );
  const bytes = Buffer.from(content, 'base64');
  if ((await hashBlob(bytes)) !== entry.sha) {
    throw new AdapterError('GitHub get blob: the content is not that of its id', {
      system: 'github',
      kind: 'malformed',
    });
  }
  return decodeText(bytes);
}

/**
 * What changed on the way from the merge base of the two commits to `head`: at most the first 300 files, all of
 * them on the first page. Undefined when there is no such base any more, for instance after a force push.
 */
async function listChanges(
  client: GitHubClient,
  { repository, base, head }: { readonly repository: RepositoryRef; readonly base: string; readonly head: string },
): Promise<readonly FileChange[] | undefined> {
  try {
    const { files } = await client.ask('compare commits', CompareBody, (octokit) =>
      octokit.rest.repos.compareCommitsWithBasehead({
        owner: repository.owner,
        repo: repository.name,
        basehead: `${base}...${head}`,
        // Pages are of commits, which nobody reads here.
        per_page: 1,
        page: 1,
      }),
    );
    return files.flatMap(toFileChange);
  } catch (error) {
    if (error instanceof AdapterError && error.kind === 'not-found') return undefined;
    throw error;
  }
}

function toFileChange(file: v.InferOutput<typeof CompareBody>['files'][number]): FileChange[] {
  const status = STATUSES[file.status];
  if (!status) return [];
  return [
    {
      path: file.filename,
      status,
      ...(status === 'renamed' && file.previous_filename !== undefined ? { previousPath: file.previous_filename } : {}),
      ...(file.patch === undefined ? {} : { hunks: file.patch }),
    },
  ];
}

/** `unchanged` is a status as well, and no change. */
const STATUSES: Readonly<Record<string, FileChange['status']>> = {
  added: 'added',
  copied: 'added',
  modified: 'modified',
  changed: 'modified',
  removed: 'removed',
  renamed: 'renamed',
};
