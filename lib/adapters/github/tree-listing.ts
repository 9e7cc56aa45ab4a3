import * as v from 'valibot';
import { isGenerated } from '../../context/readable-files.js';
import type { SourceTree, TreeEntry } from '../../context/source.js';
import type { RepositoryRef } from '../../incident/incident.js';
import type { GitHubClient } from './github-client.js';

/** What a repository too large to be listed at once may cost: 100,000 entries or 7 MB a request. */
const MAX_REQUESTS = 40;

const TreeBody = v.object({
  tree: v.array(
    v.object({
      path: v.string(),
      mode: v.string(),
      sha: v.string(),
      size: v.optional(v.number()),
    }),
  ),
  truncated: v.optional(v.boolean(), false),
});

interface ListingInput {
  readonly repository: RepositoryRef;
  /** A commit or a tree. */
  readonly sha: string;
  readonly rootDirectory: string;
}

/**
 * The tree by one recursive request, or, where GitHub cannot list it at once, directory by directory. Of every
 * directory there are all children in the answer or none at all: a listing that GitHub cut off is not used.
 */
export async function listTree(client: GitHubClient, input: ListingInput): Promise<SourceTree> {
  const whole = await requestTree(client, input, { sha: input.sha, recursive: true });
  return whole.truncated ? walkTree(client, input) : whole;
}

async function walkTree(client: GitHubClient, input: ListingInput): Promise<SourceTree> {
  const root = await requestTree(client, input, { sha: input.sha, recursive: false });
  const entries = [...root.entries];
  let truncated = root.truncated;
  let requests = 2;
  let waiting = root.entries.filter(isDirectory);

  async function listDirectory(directory: TreeEntry): Promise<readonly TreeEntry[]> {
    const below = await requestTree(client, input, { sha: directory.sha, recursive: true });
    const listing = below.truncated
      ? await requestTree(client, input, { sha: directory.sha, recursive: false })
      : below;
    if (listing.truncated) {
      truncated = true;
      return [];
    }
    const children = listing.entries.map((entry) => ({ ...entry, path: `${directory.path}/${entry.path}` }));
    if (below.truncated) waiting.push(...children.filter(isDirectory));
    return children;
  }

  while (waiting.length > 0 && requests < MAX_REQUESTS) {
    const first = Math.min(...waiting.map((directory) => rank(directory, input)));
    // Two requests each at most.
    const affordable = Math.max(1, Math.floor((MAX_REQUESTS - requests) / 2));
    const round = waiting.filter((directory) => rank(directory, input) === first).slice(0, affordable);
    waiting = waiting.filter((directory) => !round.includes(directory));
    requests += 2 * round.length;
    for (const children of await Promise.all(round.map(listDirectory))) entries.push(...children);
  }
  return { entries, truncated: truncated || waiting.length > 0 };
}

/** What the project is built from comes first, what a tool made and somebody checked in comes last. */
function rank(directory: TreeEntry, { rootDirectory }: ListingInput): number {
  if (isGenerated(directory.path)) return 2;
  const inside =
    `${directory.path}/`.startsWith(`${rootDirectory}/`) || `${rootDirectory}/`.startsWith(`${directory.path}/`);
  return inside ? 0 : 1;
}

async function requestTree(
  client: GitHubClient,
  { repository }: ListingInput,
  tree: { readonly sha: string; readonly recursive: boolean },
): Promise<SourceTree> {
  const answer = await client.ask('get tree', TreeBody, (octokit) =>
    octokit.rest.git.getTree({
      owner: repository.owner,
      repo: repository.name,
      tree_sha: tree.sha,
      // Any value means recursive, 'false' too.
      ...(tree.recursive ? { recursive: '1' } : {}),
    }),
  );
  // Old repositories hold other modes still, such as 100664; they must come back as they are for the tree's id.
  return { entries: answer.tree as TreeEntry[], truncated: answer.truncated };
}

function isDirectory(entry: TreeEntry): boolean {
  return entry.mode === '040000';
}
