import type { SourceTree, TreeEntry } from '../../context/source.js';
import { AdapterError } from '../../errors.js';
import type { ChangedFile } from '../../patch/patch.js';

/** One name in a directory: an object by its id, or a file that has none yet. */
export type TreeChild = { readonly name: string; readonly mode: TreeEntry['mode'] } & (
  | { readonly sha: string }
  | { readonly content: string }
);

/** Makes a tree object of a directory's children and gives its id. */
export type WriteTree = (children: readonly TreeChild[]) => Promise<string>;

/** Git's object id of a file's content. */
export async function hashBlob(content: Uint8Array): Promise<string> {
  const { hashBlob } = await import('isomorphic-git');
  return (await hashBlob({ object: content })).oid;
}

/** Git's object id of the root tree, from the listing of its root directory. */
export async function hashRootTree(tree: SourceTree): Promise<string> {
  return hashTree([...(groupByDirectory(tree.entries).get('')?.values() ?? [])]);
}

/** Git's object id of the tree with the files laid over it. */
export async function computeTreeId(tree: SourceTree, files: readonly ChangedFile[]): Promise<string> {
  return layOver(tree, { files, write: hashTree });
}

/**
 * Writes the tree with the files laid over it and gives its id. Only the directories above changed files are written,
 * children before parents; of all others the id is known from the listing.
 */
export async function layOver(
  tree: SourceTree,
  change: { readonly files: readonly ChangedFile[]; readonly write: WriteTree },
): Promise<string> {
  const directories = groupByDirectory(tree.entries);
  const touched = new Set(change.files.flatMap((file) => directoriesAbove(file.path)));
  for (const directory of touched) assertListed(directories, directory);
  for (const { path, mode, content } of deletionsFirst(change.files)) {
    const siblings = childrenOf(directories, parentOf(path));
    if (content === null) siblings.delete(nameOf(path));
    else siblings.set(nameOf(path), { name: nameOf(path), mode, content });
  }
  for (const directory of [...touched].sort(deepestFirst)) {
    const children = childrenOf(directories, directory);
    const siblings = childrenOf(directories, parentOf(directory));
    const name = nameOf(directory);
    // Git knows no empty directories; a file may have taken the name.
    if (children.size > 0)
      siblings.set(name, { name, mode: '040000', sha: await change.write([...children.values()]) });
    else if (siblings.get(name)?.mode === '040000') siblings.delete(name);
  }
  return change.write([...childrenOf(directories, '').values()]);
}

/** Children by name, by directory; the root is ''. */
type Directories = Map<string, Map<string, TreeChild>>;

function groupByDirectory(entries: readonly TreeEntry[]): Directories {
  const directories: Directories = new Map();
  for (const { path, mode, sha } of entries) {
    childrenOf(directories, parentOf(path)).set(nameOf(path), { name: nameOf(path), mode, sha });
  }
  return directories;
}

function childrenOf(directories: Directories, directory: string): Map<string, TreeChild> {
  let children = directories.get(directory);
  if (!children) {
    children = new Map();
    directories.set(directory, children);
  }
  return children;
}

/** A directory that was too much for the listing has an entry and no children. */
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

function deepestFirst(a: string, b: string): number {
  return b.split('/').length - a.split('/').length;
}

/** Without the root. */
function directoriesAbove(path: string): string[] {
  const above: string[] = [];
  for (let directory = parentOf(path); directory !== ''; directory = parentOf(directory)) above.push(directory);
  return above;
}

function parentOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '' : path.slice(0, slash);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export function toObjectType(mode: TreeEntry['mode']): 'tree' | 'commit' | 'blob' {
  if (mode === '040000') return 'tree';
  return mode === '160000' ? 'commit' : 'blob';
}

async function hashTree(children: readonly TreeChild[]): Promise<string> {
  const { writeTree } = await import('isomorphic-git');
  const tree = await Promise.all(
    children.map(async (child) => ({
      path: child.name,
      mode: child.mode,
      type: toObjectType(child.mode),
      oid: 'sha' in child ? child.sha : await hashBlob(new TextEncoder().encode(child.content)),
    })),
  );
  return writeTree({ fs: NOWHERE, gitdir: '/', tree });
}

/** isomorphic-git gives a tree's id only by writing the tree, and writes nothing that exists. Here everything exists. */
const NOWHERE = {
  promises: {
    stat: async () => ({ isDirectory: () => true }),
    readFile: refuse,
    writeFile: refuse,
    unlink: refuse,
    readdir: refuse,
    mkdir: refuse,
    rmdir: refuse,
    lstat: refuse,
    readlink: refuse,
    symlink: refuse,
  },
};

async function refuse(): Promise<never> {
  throw new Error('there are no files here');
}
