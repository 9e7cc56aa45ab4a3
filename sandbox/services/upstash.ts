/**
 * Upstash's REST protocol in front of a real Redis, or of an engine in this process where no Redis is installed.
 * Protocol: https://upstash.com/docs/redis/features/restapi
 */
import { randomBytes } from 'node:crypto';
import { type Handler, serve } from '../http/serve.js';
import { runAsProcess } from '../process/run-as-process.js';
import { type EngineName, startRedisEngine } from './redis-engine.js';

export interface UpstashService {
  readonly url: string;
  readonly token: string;
  readonly engine: EngineName;
  /** The same without a connection, for whoever runs it in its own process. */
  readonly handle: Handler;
  close(): Promise<void>;
}

export async function startUpstash(
  options: { readonly port?: number; readonly token?: string; readonly engine?: EngineName } = {},
): Promise<UpstashService> {
  const token = options.token ?? randomBytes(24).toString('base64url');
  const redis = await startRedisEngine(options.engine);
  const counts = { requests: 0, commands: 0 };

  async function handle(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === '/__state') return Response.json({ engine: redis.name, ...counts });
    if (!isAuthorized(request, searchParams.get('_token'), token)) return failure(401, 'Unauthorized');
    if (request.method !== 'POST' && request.method !== 'GET') return failure(405, 'Method Not Allowed');
    counts.requests += 1;
    const encode = request.headers.get('upstash-encoding') === 'base64' ? encodeBase64 : (value: unknown) => value;
    const syncToken = {
      'upstash-sync-token': request.headers.get('upstash-sync-token') ?? `sandbox=${counts.requests}`,
    };

    if (pathname === '/pipeline' || pathname === '/multi-exec') {
      const commands = await readJson(request);
      if (!isCommandList(commands)) return failure(400, 'ERR failed to parse pipeline request');
      counts.commands += commands.length;
      const answers = pathname === '/pipeline' ? await redis.pipeline(commands) : await redis.transaction(commands);
      if ('discarded' in answers) return failure(400, answers.discarded);
      return Response.json(
        answers.map((one) => ('error' in one ? one : { result: encode(one.result) })),
        { headers: syncToken },
      );
    }

    const command = pathname === '/' ? await readJson(request) : await readPathCommand(request, pathname, searchParams);
    if (!isCommand(command)) return failure(400, 'ERR failed to parse command');
    counts.commands += 1;
    const [answer] = await redis.pipeline([command]);
    if (answer === undefined || 'error' in answer) return failure(400, answer?.error ?? 'ERR no reply');
    return Response.json({ result: encode(answer.result) }, { headers: syncToken });
  }

  const server = await serve({ port: options.port ?? 0, handle });
  return {
    url: server.url,
    token,
    engine: redis.name,
    handle,
    async close() {
      await server.close();
      await redis.close();
    },
  };
}

function isAuthorized(request: Request, queryToken: string | null, token: string): boolean {
  return request.headers.get('authorization') === `Bearer ${token}` || queryToken === token;
}

function failure(status: number, error: string): Response {
  return Response.json({ error }, { status });
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    return undefined;
  }
}

/** `GET /set/key/value?EX=10`, or `POST /set/key` with the last argument as the body. */
async function readPathCommand(
  request: Request,
  pathname: string,
  searchParams: URLSearchParams,
): Promise<readonly unknown[]> {
  const command = pathname.split('/').slice(1).map(decodeURIComponent);
  const body = request.method === 'POST' ? await request.text() : '';
  if (body !== '') command.push(body);
  for (const [name, value] of searchParams) {
    if (name !== '_token') command.push(name, ...(value === '' ? [] : [value]));
  }
  return command;
}

type Command = readonly (string | number | boolean)[];

function isCommand(value: unknown): value is Command {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    typeof value[0] === 'string' &&
    value.every((part) => typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean')
  );
}

function isCommandList(value: unknown): value is readonly Command[] {
  return Array.isArray(value) && value.every(isCommand);
}

/** Every string but `OK`, as deep as it lies. */
function encodeBase64(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(encodeBase64);
  return typeof value === 'string' && value !== 'OK' ? Buffer.from(value).toString('base64') : value;
}

runAsProcess({
  file: import.meta.url,
  flags: ['port', 'token', 'engine'],
  start: (flags) =>
    startUpstash({
      port: Number(flags.port ?? 0),
      ...(flags.token ? { token: flags.token } : {}),
      ...(flags.engine ? { engine: flags.engine as EngineName } : {}),
    }),
  describe: ({ url, token, engine }) => ({ service: 'upstash', url, token, engine }),
});
