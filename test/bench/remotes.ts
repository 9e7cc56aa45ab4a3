/** What a clone and an install ask, on this machine: each answer comes when the time is over that a request takes. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Remotes {
  /** What `npm_config_registry` takes: the registry's answers, each fetched once and remembered. */
  readonly registry: string;
  /** Answered so far. */
  readonly requests: number;
  /** What `git clone` takes: a repository of this disk over Git's smart protocol. */
  repository(path: string): string;
  /** Milliseconds between a request from now on and its answer, at least. */
  slowTo(ms: number): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const GIT = '/git';
const PACKAGES = '/packages';
const ARCHIVES = '/archives/';

export async function startRemotes(): Promise<Remotes> {
  const upstream = execFileSync('npm', ['config', 'get', 'registry'], { encoding: 'utf8' }).trim().replace(/\/$/, '');
  const remembered = new Map<string, Promise<Answer>>();
  let wait = 0;
  let requests = 0;

  async function answer(request: IncomingMessage): Promise<Answer> {
    const path = request.url ?? '/';
    if (path.startsWith(GIT)) return askGit(request, path.slice(GIT.length));
    const url = path.startsWith(ARCHIVES)
      ? decodeURIComponent(path.slice(ARCHIVES.length))
      : upstream + path.slice(PACKAGES.length);
    const accept = request.headers.accept ?? '*/*';
    const key = `${accept} ${url}`;
    const known = remembered.get(key) ?? askRegistry(url, accept, `${own()}${ARCHIVES}`);
    remembered.set(key, known);
    return known;
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [{ status, headers, body }] = await Promise.all([answer(request), delay(wait)]);
    requests += 1;
    response.writeHead(status, { ...headers, 'content-length': body.length }).end(body);
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    registry: `${own()}${PACKAGES}/`,
    get requests() {
      return requests;
    },
    repository: (path) => `${own()}${GIT}${path}`,
    slowTo(ms) {
      wait = ms;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @param archives where the archives are to be asked for that a package's document names */
async function askRegistry(url: string, accept: string, archives: string): Promise<Answer> {
  const response = await fetch(url, { headers: { accept } });
  const type = response.headers.get('content-type') ?? 'application/octet-stream';
  const body = Buffer.from(await response.arrayBuffer());
  return {
    status: response.status,
    headers: { 'content-type': type },
    body: type.includes('json') ? Buffer.from(leadToArchives(body.toString('utf8'), archives)) : body,
  };
}

function leadToArchives(document: string, archives: string): string {
  return JSON.stringify(
    JSON.parse(document, (name, value) =>
      name === 'tarball' && typeof value === 'string' ? archives + encodeURIComponent(value) : value,
    ),
  );
}

/** One request of Git's smart protocol, by Git's own server: https://git-scm.com/docs/git-http-backend */
async function askGit(request: IncomingMessage, path: string): Promise<Answer> {
  const { pathname, search } = new URL(path, 'http://127.0.0.1');
  const header = (name: string) => String(request.headers[name] ?? '');
  const git = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: '/',
      GIT_HTTP_EXPORT_ALL: '1',
      PATH_INFO: pathname,
      QUERY_STRING: search.slice(1),
      REQUEST_METHOD: request.method,
      CONTENT_TYPE: header('content-type'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      GIT_PROTOCOL: header('git-protocol'),
    },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  request.pipe(git.stdin);
  const chunks: Buffer[] = [];
  git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(git, 'close');
  const output = Buffer.concat(chunks);
  const end = output.indexOf('\r\n\r\n');
  const lines = output.subarray(0, end).toString('utf8').split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const { status = '200', ...others } = headers;
  return { status: Number.parseInt(status, 10), headers: others, body: output.subarray(end + 4) };
}
