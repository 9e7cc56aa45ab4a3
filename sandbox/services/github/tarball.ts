import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { type Route, route } from '../../http/router.js';
import { type GitHubCall, refuse, repositoryPath, toResponse } from './rule.js';

interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly type: string;
  readonly sha: string;
}

const BLOCK = 512;

/**
 * The repository as an archive, which the emulator lacks: a redirect to an address that carries its own short-lived
 * right, as `codeload.github.com` does. https://docs.github.com/rest/repos/contents#download-a-repository-archive-tar
 */
export function createTarballRules(): readonly Route<GitHubCall>[] {
  const archives = new Map<string, Buffer>();

  return [
    route('GET', '/repos/:owner/:repo/tarball/:ref+', async (params, call) => {
      const commit = await call.ask(`${repositoryPath(params)}/commits/${params.ref}`);
      if (commit.status !== 200) return toResponse(commit);
      const token = randomBytes(16).toString('hex');
      archives.set(token, await pack(call, repositoryPath(params), commit.json.sha, params));
      const address = `${call.baseUrl}/codeload/${params.owner}/${params.repo}/legacy.tar.gz/${commit.json.sha}?token=${token}`;
      return new Response(null, { status: 302, headers: { location: address } });
    }),
    route('GET', '/codeload/:owner/:repo/legacy.tar.gz/:sha', (params, call) => {
      const token = call.url.searchParams.get('token') ?? '';
      const archive = archives.get(token);
      archives.delete(token);
      if (!archive) return refuse(404, 'Not Found');
      const name = `${params.owner}-${params.repo}-${params.sha?.slice(0, 7)}.tar.gz`;
      return new Response(new Uint8Array(archive), {
        headers: { 'content-type': 'application/x-gzip', 'content-disposition': `attachment; filename=${name}` },
      });
    }),
  ];
}

/** As `git archive` writes it: a global header that names the commit, then everything below one folder. */
async function pack(
  call: GitHubCall,
  repository: string,
  sha: string,
  params: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const folder = `${params.owner}-${params.repo}-${sha.slice(0, 7)}`;
  const { json } = await call.ask(`${repository}/git/trees/${sha}?recursive=1`);
  const parts = [
    ...entry('pax_global_header', 'g', '666', Buffer.from(record('comment', sha))),
    ...entry(`${folder}/`, '5', '775'),
  ];
  for (const { path, mode, type, sha: id } of json.tree as TreeEntry[]) {
    const name = `${folder}/${path}`;
    if (type === 'tree') parts.push(...entry(`${name}/`, '5', '775'));
    if (type !== 'blob') continue;
    const blob = await call.ask(`${repository}/git/blobs/${id}`);
    const content = Buffer.from(blob.json.content, 'base64');
    if (mode === '120000') parts.push(...entry(name, '2', '777', undefined, content.toString()));
    else parts.push(...entry(name, '0', mode === '100755' ? '775' : '664', content));
  }
  return promisify(gzip)(Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]));
}

/** One entry in the POSIX pax format: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html */
function entry(name: string, type: string, mode: string, content = Buffer.alloc(0), target = ''): readonly Buffer[] {
  const long = [
    ...(Buffer.byteLength(name) > 100 ? [record('path', name)] : []),
    ...(target.length > 100 ? [record('linkpath', target)] : []),
  ];
  const before = long.length > 0 ? entry('PaxHeader', 'x', '644', Buffer.from(long.join(''))) : [];
  const header = Buffer.alloc(BLOCK);
  header.write(name, 0, 100);
  header.write(mode.padStart(7, '0'), 100);
  header.write('0000000', 108);
  header.write('0000000', 116);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('00000000000', 136);
  header.write(' '.repeat(8), 148);
  header.write(type, 156);
  header.write(target, 157, 100);
  header.write('ustar\u000000', 257);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, '0')}\u0000 `,
    148,
  );
  return [...before, header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK)];
}

/** A pax record counts its own length. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  let length = Buffer.byteLength(rest);
  while (Buffer.byteLength(`${length}${rest}`) !== length) length = Buffer.byteLength(`${length}${rest}`);
  return `${length}${rest}`;
}
