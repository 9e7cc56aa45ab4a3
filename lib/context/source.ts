import type { SettledClass } from './settle-class.js';

/** One entry of the repository's tree at a commit. */
export interface TreeEntry {
  /** Relative to the repository root. */
  readonly path: string;
  readonly mode: '100644' | '100755' | '120000' | '160000' | '040000';
  /** Git object id; empty where the source is a plain folder. */
  readonly sha: string;
  /** Bytes; absent for submodules. */
  readonly size?: number;
}

export interface SourceTree {
  readonly entries: readonly TreeEntry[];
  /** True when the source could not list everything. */
  readonly truncated: boolean;
}

/** How a file differs from the last READY deployment's commit. */
export interface FileChange {
  readonly path: string;
  readonly status: 'added' | 'modified' | 'removed' | 'renamed';
  /** Present for renames. */
  readonly previousPath?: string;
  /** Unified diff hunks without file headers; absent for binary or oversized files. */
  readonly hunks?: string;
}

/**
 * Reads a repository at one commit, within a budget of files and bytes.
 * Production reads GitHub, the command line reads a folder; both go through the same budget.
 */
export interface SourceReader {
  listTree(): Promise<SourceTree>;
  /**
   * UTF-8 text by path. Missing, binary and oversized files are absent from the answer, and so is
   * everything asked for after the budget is spent.
   */
  readFiles(paths: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** What changed since the last READY deployment; undefined when there is no such deployment. */
  listChanges(): Promise<readonly FileChange[] | undefined>;
  /**
   * Every readable text file of a small repository at once: one tarball instead of many blobs. Undefined when the
   * repository is above `SMALL_REPOSITORY` or the source cannot do it. With the whole text at hand, importers are
   * found and not guessed. Costs one round of the budget and none of its files and bytes.
   */
  readAll?(): Promise<ReadonlyMap<string, string> | undefined>;
}

/** A file that may have to change, and why. */
export interface Suspect {
  readonly path: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** All that diagnosis and repair know of the repository, gathered once per attempt. */
export interface RepositoryContext {
  readonly tree: SourceTree;
  /** Every file that was read, by path. */
  readonly files: ReadonlyMap<string, string>;
  readonly changes: readonly FileChange[] | undefined;
  /** Ordered, the likeliest first. */
  readonly suspects: readonly Suspect[];
  /** The Vercel project's root directory; '' is the repository root. */
  readonly rootDirectory: string;
  /** The failure's class, where the repository says another than the log alone. */
  readonly settled?: SettledClass;
}
