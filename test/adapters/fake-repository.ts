import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/** A Git repository in memory with the ids that git gives, made by the rules of its object format. */
export interface FakeRepository {
  readonly rootTree: string;
  /** Direct children by the id of their tree. */
  readonly trees: ReadonlyMap<string, readonly FakeEntry[]>;
  readonly blobs: ReadonlyMap<string, Buffer>;
}

export interface FakeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: 'blob' | 'tree' | 'commit';
  readonly sha: string;
  readonly size?: number;
}

export function buildRepository(files: Readonly<Record<string, string | Uint8Array>>): FakeRepository {
  const trees = new Map<string, readonly FakeEntry[]>();
  const blobs = new Map<string, Buffer>();

  function buildTree(prefix: string): string {
    const names = new Set(
      Object.keys(files)
        .filter((path) => path.startsWith(prefix))
        .map((path) => path.slice(prefix.length).split('/')[0] ?? ''),
    );
    const entries = [...names].map((name) => buildEntry(prefix, name));
    entries.sort((a, b) => Buffer.compare(sortKey(a), sortKey(b)));
    const body = entries.map(({ mode, path, sha }) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${path}\0`), Buffer.from(sha, 'hex')]),
    );
    const sha = hash('tree', Buffer.concat(body));
    trees.set(sha, entries);
    return sha;
  }

  function buildEntry(prefix: string, name: string): FakeEntry {
    const content = files[prefix + name];
    if (content === undefined) return { path: name, mode: '040000', type: 'tree', sha: buildTree(`${prefix}${name}/`) };
    const bytes = Buffer.from(content);
    const sha = hash('blob', bytes);
    blobs.set(sha, bytes);
    return { path: name, mode: '100644', type: 'blob', sha, size: bytes.length };
  }

  return { rootTree: buildTree(''), trees, blobs };
}

function sortKey({ path, type }: FakeEntry): Buffer {
  return Buffer.from(type === 'tree' ? `${path}/` : path);
}

function hash(type: string, body: Uint8Array): string {
  return createHash('sha1').update(`${type} ${body.length}\0`).update(body).digest('hex');
}

/** What `recursive=1` lists. */
export function listRecursively(repository: FakeRepository, tree: string, prefix = ''): FakeEntry[] {
  return (repository.trees.get(tree) ?? []).flatMap((entry) => {
    const listed = { ...entry, path: prefix + entry.path };
    return entry.type === 'tree' ? [listed, ...listRecursively(repository, entry.sha, `${listed.path}/`)] : [listed];
  });
}

/** A tarball as GitHub packs it: a global header with the commit, one folder around all, extended headers for long paths. */
export function packTarball(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const folder = 'bakery-team-shop-51ad6ce';
  const records = [
    tarEntry('pax_global_header', 'g', paxRecord('comment', '51ad6ce0')),
    tarEntry(`${folder}/`, '5', ''),
  ];
  for (const [path, content] of Object.entries(files)) {
    const whole = `${folder}/${path}`;
    if (Buffer.byteLength(whole) > 100) records.push(tarEntry('header', 'x', paxRecord('path', whole)));
    records.push(tarEntry(whole.slice(0, 100), '0', content));
  }
  return gzipSync(Buffer.concat([...records, Buffer.alloc(1024)]));
}

function tarEntry(name: string, type: string, content: string | Uint8Array): Buffer {
  const body = Buffer.from(content);
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000664\0', 100);
  header.write(`${body.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const padding = Buffer.alloc((512 - (body.length % 512)) % 512);
  return Buffer.concat([header, body, padding]);
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (Buffer.byteLength(String(length) + rest) !== length) length = Buffer.byteLength(String(length) + rest);
  return `${length}${rest}`;
}
