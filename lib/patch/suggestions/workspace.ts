import type { FileChange, RepositoryContext } from '../../context/source.js';

/** The working copy that rules see: the files that were read, as the edits so far have left them, and the tree. */
export interface Workspace {
  /** Text as of now; undefined when the file does not exist or was not read. */
  read(path: string): string | undefined;
  /** Paths of all files that were read. */
  readonly paths: readonly string[];
  /** Whether the tree holds a file at exactly this path. */
  exists(path: string): boolean;
  /** Every file of the tree, read or not. Empty directories do not exist. */
  readonly tree: readonly string[];
  /** True when files may exist that `tree` does not name: absence proves nothing then. */
  readonly partial: boolean;
  /** What changed since the last READY deployment; empty when unknown. */
  readonly changes: readonly FileChange[];
  readonly rootDirectory: string;
}

export function openWorkspace(context: RepositoryContext, edits: ReadonlyMap<string, string>): Workspace {
  const tree = context.tree.entries
    .filter((entry) => entry.mode === '100644' || entry.mode === '100755')
    .map((entry) => entry.path);
  const known = new Set(tree);
  return {
    read: (path) => edits.get(path) ?? context.files.get(path),
    paths: [...context.files.keys()],
    exists: (path) => known.has(path),
    tree,
    partial: context.tree.truncated,
    changes: context.changes ?? [],
    rootDirectory: context.rootDirectory,
  };
}
