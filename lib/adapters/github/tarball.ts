import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { SMALL_REPOSITORY } from '../../context/readable-files.js';
import type { TreeEntry } from '../../context/source.js';
import { AdapterError } from '../../errors.js';
import type { RepositoryRef } from '../../incident/incident.js';
import { decodeText } from '../decode-text.js';
import { fetchWhole } from '../http.js';
import { hashBlob } from './git-objects.js';
import type { GitHubClient } from './github-client.js';

const DOWNLOAD_TIMEOUT_MS = 20_000;
/** Every file of an archive is padded to 512 bytes and has a header or two of as many. */
const MAX_UNPACKED_BYTES = 2 * SMALL_REPOSITORY.allBytes;

/**
 * Where the archive of a commit can be had for the next minutes. The address carries its own key and needs no token.
 * Undefined when there is none to be had; then there are the blobs.
 */
export async function findTarball(
  client: GitHubClient,
  repository: RepositoryRef,
  sha: string,
): Promise<URL | undefined> {
  try {
    const { headers } = await client.send('get archive', (octokit) =>
      octokit.rest.repos.downloadTarballArchive({
        owner: repository.owner,
        repo: repository.name,
        ref: sha,
        request: { redirect: 'manual' },
      }),
    );
    return typeof headers.location === 'string' ? new URL(headers.location) : undefined;
  } catch (error) {
    if (error instanceof AdapterError) return undefined;
    throw error;
  }
}

/**
 * The text files among the entries, by path, as the archive has them, and the entries that it lacks or has in another
 * form than the commit. An archive that cannot be had or read lacks everything.
 */
export async function readTarball(
  tarball: URL,
  entries: readonly TreeEntry[],
): Promise<{ readonly files: Map<string, string>; readonly missing: readonly TreeEntry[] }> {
  const archive = await unpack(tarball);
  const files = new Map<string, string>();
  const missing: TreeEntry[] = [];
  for (const entry of entries) {
    const content = archive.get(entry.path);
    if (!content || (await hashBlob(content)) !== entry.sha) {
      missing.push(entry);
      continue;
    }
    const text = decodeText(content);
    if (text !== undefined) files.set(entry.path, text);
  }
  return { files, missing };
}

async function unpack(tarball: URL): Promise<ReadonlyMap<string, Uint8Array>> {
  try {
    const limits = { maxBytes: SMALL_REPOSITORY.allBytes, timeoutMs: DOWNLOAD_TIMEOUT_MS };
    const { status, body } = await fetchWhole(tarball, undefined, limits);
    if (status !== 200) return new Map();
    return readTar(await promisify(gunzip)(body, { maxOutputLength: MAX_UNPACKED_BYTES }));
  } catch {
    // Whatever went wrong on the way, the same files can be had one by one, and there failures have names.
    return new Map();
  }
}

const BLOCK = 512;

/** Regular files by path, without the folder that GitHub puts around them all. */
export function readTar(tar: Uint8Array): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  let longPath: string | undefined;
  for (let offset = 0; offset + BLOCK <= tar.length; ) {
    const header = tar.subarray(offset, offset + BLOCK);
    if (header[0] === 0) break;
    const size = readSize(header);
    const content = tar.subarray(offset + BLOCK, offset + BLOCK + size);
    if (content.length < size) break;
    const type = String.fromCharCode(header[156] ?? 0);
    if (type === 'x') longPath = readPaxPath(content) ?? longPath;
    else if (type !== 'g') {
      const path = longPath ?? readPath(header);
      longPath = undefined;
      if (type === '0' || type === '\0') files.set(path.slice(path.indexOf('/') + 1), content);
    }
    offset += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}

function readText(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function readPath(header: Uint8Array): string {
  const prefix = readText(header.subarray(345, 500));
  const name = readText(header.subarray(0, 100));
  return prefix === '' ? name : `${prefix}/${name}`;
}

function readSize(header: Uint8Array): number {
  const size = Number.parseInt(readText(header.subarray(124, 136)).trim(), 8);
  return Number.isSafeInteger(size) && size >= 0 ? size : 0;
}

/** Records of an extended header are "LENGTH KEY=VALUE\n", the length in bytes and counting itself. */
function readPaxPath(records: Uint8Array): string | undefined {
  let offset = 0;
  while (offset < records.length) {
    const space = records.indexOf(32, offset);
    const length = Number(readText(records.subarray(offset, space < 0 ? records.length : space)));
    if (space < 0 || !Number.isSafeInteger(length) || length <= 0) return undefined;
    const record = new TextDecoder().decode(records.subarray(space + 1, offset + length - 1));
    if (record.startsWith('path=')) return record.slice('path='.length);
    offset += length;
  }
  return undefined;
}
