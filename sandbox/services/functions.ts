/**
 * The functions below `api/` as a deployment would serve them: `vercel.json`'s rewrites and headers, static files from
 * `public/`, each function in the process that `@vercel/node` starts for it. Its environment is theirs.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { serve } from '../http/serve.js';
import { runAsProcess } from '../process/run-as-process.js';
import { createFunctionPool } from './functions/function-pool.js';
import { applyRewrites, findFunctions, headersFor, readVercelConfig } from './functions/vercel-config.js';

export interface FunctionsService {
  readonly url: string;
  close(): Promise<void>;
}

/** https://vercel.com/docs/functions/limitations */
const MAX_BODY_BYTES = 4.5 * 1024 * 1024;
const MAX_DURATION_MS = 300_000;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

export async function startFunctions(options: {
  readonly port?: number;
  readonly root?: string;
}): Promise<FunctionsService> {
  const root = resolve(options.root ?? '.');
  const config = readVercelConfig(root);
  const functions = findFunctions(root);
  const pool = createFunctionPool(root);

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const response = await answer(request, url);
    for (const { key, value } of headersFor(config, url.pathname)) {
      if (!response.headers.has(key)) response.headers.set(key, value);
    }
    return response;
  }

  async function answer(request: Request, url: URL): Promise<Response> {
    const file = readPublicFile(root, url.pathname);
    if (file) return file;
    const direct = functions.get(url.pathname);
    if (direct) return invoke(direct, request, url);
    const rewritten = applyRewrites(config, url.pathname);
    const entrypoint = rewritten && functions.get(rewritten.path);
    if (!entrypoint) return new Response('The page could not be found\n\nNOT_FOUND\n', { status: 404 });
    // The function sees the path that was asked for, with the destination's query added.
    for (const [name, value] of rewritten.query) url.searchParams.set(name, value);
    return invoke(entrypoint, request, url);
  }

  async function invoke(entrypoint: string, request: Request, url: URL): Promise<Response> {
    const body = request.body ? await request.arrayBuffer() : undefined;
    if (body && body.byteLength > MAX_BODY_BYTES) return new Response('FUNCTION_PAYLOAD_TOO_LARGE\n', { status: 413 });
    const headers = new Headers(request.headers);
    for (const name of ['connection', 'content-length', 'transfer-encoding', 'expect']) headers.delete(name);
    headers.set('x-forwarded-host', url.host);
    headers.set('x-forwarded-proto', 'http');
    headers.set('x-forwarded-for', '127.0.0.1');
    headers.set('x-real-ip', '127.0.0.1');
    headers.set('x-vercel-id', `sandbox1::${randomBytes(6).toString('hex')}`);
    try {
      const port = await pool.portOf(entrypoint);
      const response = await fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, {
        method: request.method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(MAX_DURATION_MS),
        ...(body && body.byteLength > 0 ? { body } : {}),
      });
      const passedOn = new Headers(response.headers);
      // The body has been decoded and is sent whole.
      for (const name of ['content-encoding', 'content-length', 'transfer-encoding', 'connection', 'keep-alive']) {
        passedOn.delete(name);
      }
      const hasBody = ![204, 304].includes(response.status);
      return new Response(hasBody ? await response.arrayBuffer() : null, {
        status: response.status,
        headers: passedOn,
      });
    } catch (error) {
      process.stderr.write(`${entrypoint}: ${error instanceof Error ? error.message : String(error)}\n`);
      const timedOut = error instanceof Error && error.name === 'TimeoutError';
      return timedOut
        ? new Response('An error occurred with your deployment\n\nFUNCTION_INVOCATION_TIMEOUT\n', { status: 504 })
        : new Response('A server error has occurred\n\nFUNCTION_INVOCATION_FAILED\n', { status: 500 });
    }
  }

  const server = await serve({ port: options.port ?? 0, handle });
  return {
    url: server.url,
    async close() {
      await server.close();
      await pool.close();
    },
  };
}

function readPublicFile(root: string, pathname: string): Response | undefined {
  const folder = join(root, 'public');
  const path = resolve(folder, `.${decodeURIComponent(pathname)}`);
  if (!path.startsWith(folder + sep) || !existsSync(path) || !statSync(path).isFile()) return undefined;
  return new Response(new Uint8Array(readFileSync(path)), {
    headers: { 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' },
  });
}

runAsProcess({
  file: import.meta.url,
  flags: ['port', 'root'],
  start: (flags) => startFunctions({ port: Number(flags.port ?? 0), ...(flags.root ? { root: flags.root } : {}) }),
  describe: ({ url }) => ({ service: 'functions', url }),
});
