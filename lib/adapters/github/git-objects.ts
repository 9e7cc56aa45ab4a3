import type { SourceTree, TreeEntry } from '../../context/source.js';
import { AdapterError } from '../../errors.js';
import type { ChangedFile } from '../../patch/patch.js';

/** Git's object id of a file's content. */
export async function hashBlob(content: Uint8Array): Promise<string> {
  const { hashBlob } = await import('isomorphic-git');
  return (await hashBlob({ object: content })).oid;
}

/** Git's object id of the commit's root tree, from the complete listing of its root directory. */
export async function hashRootTree(tree: SourceTree): Promise<string> {
  return hashTree(tree.entries.filter((entry) => !entry.path.includes('/')));
}

/**
 * Git's object id of the tree with the files laid over it. Only the directories above changed files are built anew;
 * of all others the id is known from the listing.
 */
export async function computeTreeId(tree: SourceTree, files: readonly ChangedFile[]): Promise<string> {
  const directories = groupByDirectory(tree.entries);
  const touched = new Set(files.flatMap((file) => directoriesAbove(file.path)));
  for (const directory of touched) assertListed(directories, directory);
  for (const file of deletionsFirst(files)) await layOver(directories, file);
  for (const directory of [...touched].sort(deepestFirst)) await rebuild(directories, directory);
  return hashTree([...childrenOf(directories, '').values()]);
}

type Directories = Map<string, Map<string, TreeEntry>>;

function groupByDirectory(entries: readonly TreeEntry[]): Directories {
  const directories: Directories = new Map([['', new Map()]]);
  for (const entry of entries) childrenOf(directories, parentOf(entry.path)).set(nameOf(entry.path), entry);
  return directories;
}

/** A directory too many for the listing has an entry and no children. */
function assertListed(directories: Directories, directory: string): void {
  if (directories.has(directory)) return;
  if (directories.get(parentOf(directory))?.get(nameOf(directory))?.mode !== '040000') return;
  const message = `the repository is too large: the directory ${directory} is not listed`;
  throw new AdapterError(message, { system: 'github', kind: 'rejected' });
}

/** A file may make way for a directory of its name. */
function deletionsFirst(files: readonly ChangedFile[]): ChangedFile[] {
  return [...files].sort((a, b) => Number(b.content === null) - Number(a.content === null));
}

async function layOver(directories: Directories, { path, mode, content }: ChangedFile): Promise<void> {
  const siblings = childrenOf(directories, parentOf(path));
  if (content === null) siblings.delete(nameOf(path));
  else siblings.set(nameOf(path), { path, mode, sha: await hashBlob(new TextEncoder().encode(content)) });
}

/** Gives the directory its new id, or takes it out of its parent: Git knows no empty directories. */
async function rebuild(directories: Directories, directory: string): Promise<void> {
  const children = childrenOf(directories, directory);
  const siblings = childrenOf(directories, parentOf(directory));
  if (children.size > 0) {
    siblings.set(nameOf(directory), { path: directory, mode: '040000', sha: await hashTree([...children.values()]) });
  } else if (siblings.get(nameOf(directory))?.mode === '040000') {
    siblings.delete(nameOf(directory));
  }
}

function childrenOf(directories: Directories, directory: string): Map<string, TreeEntry> {
  let children = directories.get(directory);
  if (!children) {
    children = new Map();
    directories.set(directory, children);
  }
  return children;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Without the root. */
function directoriesAbove(path: string): string[] {
  const above: string[] = [];
  for (let directory = parentOf(path); directory !== ''; directory = parentOf(directory)) above.push(directory);
  return above;
}

function deepestFirst(a: string, b: string): number {
  return b.split('/').length - a.split('/').length;
}

async function hashTree(children: readonly TreeEntry[]): Promise<string> {
  const { writeTree } = await import('isomorphic-git');
  const tree = children.map((child) => ({
    mode: child.mode,
    path: nameOf(child.path),
    oid: child.sha,
    type: toType(child),
  }));
  return writeTree({ fs: NOWHERE, gitdir: '/', tree });
}

function toType({ mode }: TreeEntry): 'tree' | 'commit' | 'blob' {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

/** isomorphic-git hashes a tree only by writing it, and writes nothing that exists: here everything does. */
const NOWHERE = {
  promises: Object.fromEntries(
    ['readFile', 'writeFile', 'unlink', 'readdir', 'mkdir', 'rmdir', 'stat', 'lstat', 'readlink', 'symlink'].map(
      (operation) => [operation, async () => ({})],
    ),
  ) as Record<
    'readFile' | 'writeFile' | 'unlink' | 'readdir' | 'mkdir' | 'rmdir' | 'stat' | 'lstat',
    () => Promise<object>
  >,
};
