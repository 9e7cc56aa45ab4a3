import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isReadableEntry, isSmallRepository } from '../context/readable-files.js';
import type { FileChange, SourceReader, SourceTree, TreeEntry } from '../context/source.js';
import { decodeText } from './decode-text.js';

/** What installation and builds leave in a working copy and no repository holds. */
const UNTRACKED = new Set(
  '.git node_modules .next .nuxt .output .svelte-kit .astro .vercel .turbo .cache .DS_Store'.split(' '),
);

/**
 * A plain folder as a source; with `baseDirectory`, what changed since that one. Symbolic links are listed and never
 * followed. There are no Git object ids: `sha` is ''.
 */
export function openFolder(directory: string, baseDirectory?: string): SourceReader {
  let listing: Promise<SourceTree> | undefined;

  function listTree() {
    listing ??= listFolder(directory);
    return listing;
  }

  async function readFiles(paths: readonly string[]) {
    const wanted = new Set(paths);
    const { entries } = await listTree();
    return readTexts(
      directory,
      entries.filter((entry) => wanted.has(entry.path) && isReadableEntry(entry)),
    );
  }

  async function readAll() {
    const tree = await listTree();
    return isSmallRepository(tree) ? readTexts(directory, tree.entries.filter(isReadableEntry)) : undefined;
  }

  async function listChanges() {
    if (baseDirectory === undefined) return undefined;
    return compareFolders({ directory, tree: await listTree(), baseDirectory });
  }

  return { listTree, readFiles, readAll, listChanges };
}

async function listFolder(directory: string): Promise<SourceTree> {
  const entries: TreeEntry[] = [];
  async function visit(folder: string) {
    const children = await readdir(join(directory, folder), { withFileTypes: true });
    for (const child of children) {
      if (UNTRACKED.has(child.name)) continue;
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      if (child.isDirectory()) await visit(path);
      else entries.push(await describeEntry(directory, path, child));
    }
  }
  await visit('');
  entries.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { entries, truncated: false };
}

async function describeEntry(directory: string, path: string, child: Dirent): Promise<TreeEntry> {
  const { size, mode } = await lstat(join(directory, path));
  if (!child.isFile()) return { path, mode: '120000', sha: '', size };
  return { path, mode: mode & 0o100 ? '100755' : '100644', sha: '', size };
}

async function readTexts(directory: string, entries: readonly TreeEntry[]): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  for (const entry of entries) {
    const text = decodeText(await readFile(join(directory, entry.path)));
    if (text !== undefined) texts.set(entry.path, text);
  }
  return texts;
}

async function compareFolders(input: {
  readonly directory: string;
  readonly tree: SourceTree;
  readonly baseDirectory: string;
}): Promise<FileChange[]> {
  const base = await listFolder(input.baseDirectory);
  const before = new Map(base.entries.map((entry) => [entry.path, entry]));
  const after = new Map(input.tree.entries.map((entry) => [entry.path, entry]));
  const changes: FileChange[] = [];
  for (const path of [...new Set([...before.keys(), ...after.keys()])].sort()) {
    const change = await compareFile(input, { path, before: before.get(path), after: after.get(path) });
    if (change) changes.push(change);
  }
  return pairRewritten(pairRenames(changes));
}

async function compareFile(
  folders: { readonly directory: string; readonly baseDirectory: string },
  file: { readonly path: string; readonly before: TreeEntry | undefined; readonly after: TreeEntry | undefined },
): Promise<FileChange | undefined> {
  const { path, before, after } = file;
  const status = !before ? 'added' : !after ? 'removed' : 'modified';
  if ((before && before.mode === '120000') || (after && after.mode === '120000')) return undefined;
  const old = before ? await readFile(join(folders.baseDirectory, path)) : Buffer.alloc(0);
  const now = after ? await readFile(join(folders.directory, path)) : Buffer.alloc(0);
  if (status === 'modified' && old.equals(now)) return undefined;
  const comparable = [before, after].every((entry) => !entry || isReadableEntry(entry));
  const oldText = comparable ? decodeText(old) : undefined;
  const newText = comparable ? decodeText(now) : undefined;
  if (oldText === undefined || newText === undefined) return { path, status };
  return { path, status, hunks: await formatHunks(oldText, newText) };
}

async function formatHunks(before: string, after: string): Promise<string> {
  const { structuredPatch } = await import('diff');
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  // Git counts an empty side from the line before it: `-0,0` for a new file.
  const range = (start: number, lines: number) => `${lines === 0 ? start - 1 : start},${lines}`;
  return hunks
    .map(({ oldStart, oldLines, newStart, newLines, lines }) =>
      [`@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`, ...lines].join('\n'),
    )
    .join('\n');
}

/** A removed and an added file with the same content are one rename, as Git and GitHub see it. */
function pairRenames(changes: readonly FileChange[]): FileChange[] {
  const removed = new Map<string, FileChange>();
  for (const change of changes) {
    const content = change.status === 'removed' ? changedContent(change) : '';
    if (content) removed.set(content, change);
  }
  const gone = new Set<FileChange>();
  const paired = changes.map((change): FileChange => {
    const source = change.status === 'added' ? removed.get(changedContent(change)) : undefined;
    if (!source || gone.has(source)) return change;
    gone.add(source);
    return { path: change.path, status: 'renamed', previousPath: source.path };
  });
  return paired.filter((change) => !gone.has(change));
}

// Each pair is compared line by line; Git has such a ceiling too, `diff.renameLimit`.
const MOST_PAIRS = 10_000;

/** Of what is left, files that have at least half of their text in common, as Git and GitHub see it: the nearest first. */
async function pairRewritten(changes: readonly FileChange[]): Promise<FileChange[]> {
  const removed = changes.filter(({ status, hunks }) => status === 'removed' && hunks);
  const added = changes.filter(({ status, hunks }) => status === 'added' && hunks);
  if (removed.length * added.length > MOST_PAIRS) return [...changes];
  const pairs = added
    .flatMap((target) => removed.map((source) => ({ source, target, likeness: likenessOf(source, target) })))
    .filter(({ likeness }) => likeness >= 0.5)
    .sort((one, other) => other.likeness - one.likeness);
  const sources = new Map<FileChange, FileChange>();
  const taken = new Set<FileChange>();
  for (const { source, target } of pairs) {
    if (sources.has(target) || taken.has(source)) continue;
    sources.set(target, source);
    taken.add(source);
  }
  const paired: FileChange[] = [];
  for (const change of changes) {
    const source = sources.get(change);
    if (source) {
      const hunks = await formatHunks(`${changedContent(source)}\n`, `${changedContent(change)}\n`);
      paired.push({ path: change.path, status: 'renamed', previousPath: source.path, hunks });
    } else if (!taken.has(change)) paired.push(change);
  }
  return paired;
}

/** How much of the larger text both have, line by line. */
function likenessOf(source: FileChange, target: FileChange): number {
  const [old, now] = [changedContent(source), changedContent(target)];
  if (Math.max(old.length, now.length) > 2 * Math.min(old.length, now.length) + 2) return 0;
  const lines = old.split('\n');
  let common = 0;
  for (const line of now.split('\n')) {
    const at = lines.indexOf(line);
    if (at === -1) continue;
    lines.splice(at, 1);
    common += line.length + 1;
  }
  return common / (Math.max(old.length, now.length) + 1);
}

function changedContent(change: FileChange): string {
  return (change.hunks ?? '')
    .split('\n')
    .filter((line) => line.startsWith('+') || line.startsWith('-'))
    .map((line) => line.slice(1))
    .join('\n');
}
