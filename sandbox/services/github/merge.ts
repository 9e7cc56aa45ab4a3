import type { GitHubCall } from './rule.js';

interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
}

export interface MergePlan {
  readonly baseTree: string;
  /** What head changed since it left base; a null id deletes. */
  readonly changes: readonly {
    readonly path: string;
    readonly mode: string;
    readonly type: string;
    readonly sha: string | null;
  }[];
}

/**
 * Three-way merge by file. Git would also merge one file that both sides changed in different places; here that is a
 * conflict, the stricter answer.
 */
export async function planMerge(
  call: GitHubCall,
  repository: string,
  baseSha: string,
  headSha: string,
): Promise<MergePlan | 'conflict'> {
  const compare = await call.ask(`${repository}/compare/${baseSha}...${headSha}`);
  const [ancestor, base, head] = await Promise.all([
    readTree(call, repository, compare.json?.merge_base_commit?.sha ?? baseSha),
    readTree(call, repository, baseSha),
    readTree(call, repository, headSha),
  ]);
  const changes: MergePlan['changes'][number][] = [];
  for (const path of new Set([...ancestor.entries.keys(), ...head.entries.keys()])) {
    const [was, ours, theirs] = [ancestor.entries.get(path), base.entries.get(path), head.entries.get(path)];
    if (isSame(was, theirs) || isSame(ours, theirs)) continue;
    if (!isSame(was, ours)) return 'conflict';
    const entry = theirs ?? was;
    if (entry) changes.push({ path, mode: entry.mode, type: entry.type, sha: theirs?.sha ?? null });
  }
  return { baseTree: base.sha, changes };
}

function isSame(left: TreeEntry | undefined, right: TreeEntry | undefined): boolean {
  return left?.sha === right?.sha && left?.mode === right?.mode;
}

async function readTree(call: GitHubCall, repository: string, sha: string) {
  const { json } = await call.ask(`${repository}/git/trees/${sha}?recursive=1`);
  const blobs = (json.tree as TreeEntry[]).filter(({ type }) => type !== 'tree');
  return { sha: json.sha as string, entries: new Map(blobs.map((entry) => [entry.path, entry])) };
}
