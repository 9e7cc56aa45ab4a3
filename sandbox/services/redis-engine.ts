import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Redis } from 'ioredis';
import { findFreePort } from '../http/free-port.js';
import { spawnTethered } from '../process/spawn-tethered.js';

export type EngineName = 'redis-server' | 'embedded';
export type Answer = { readonly result: unknown } | { readonly error: string };
type Command = readonly (string | number | boolean)[];

export interface RedisEngine {
  readonly name: EngineName;
  /** One answer for each command, in order. */
  pipeline(commands: readonly Command[]): Promise<readonly Answer[]>;
  /** The same as one unit; `discarded` when a command was refused before anything ran. */
  transaction(commands: readonly Command[]): Promise<readonly Answer[] | { readonly discarded: string }>;
  close(): Promise<void>;
}

/** They change the state of the one connection that all requests share, or would hold it up. */
const CONNECTION_COMMANDS = new Set(
  'auth blmove blmpop blpop brpop brpoplpush bzmpop bzpopmax bzpopmin client discard exec hello monitor multi psubscribe quit reset select shutdown ssubscribe subscribe unwatch wait watch'.split(
    ' ',
  ),
);

/** `redis-server` where it is on the PATH, else an engine in this process. Nothing is written to disk. */
export async function startRedisEngine(wanted?: EngineName): Promise<RedisEngine> {
  const name = wanted ?? (isOnPath('redis-server') ? 'redis-server' : 'embedded');
  if (name === 'embedded') {
    const { default: RedisMock } = await import('ioredis-mock');
    // The mock keeps one data set for each host and port in the process.
    const client = new RedisMock({ host: 'embedded', port: nextEmbeddedPort++ }) as unknown as Redis;
    return { name, ...drive(client, callMethod), close: async () => client.disconnect() };
  }

  const port = await findFreePort();
  const server = spawnTethered('redis-server', [
    ...['--port', String(port), '--bind', '127.0.0.1'],
    ...['--save', '', '--appendonly', 'no', '--loglevel', 'warning'],
  ]);
  server.child.stdout?.resume();
  server.child.stderr?.resume();
  const client = new Redis({
    host: '127.0.0.1',
    port,
    retryStrategy: (times) => (times > 100 ? null : 20),
    maxRetriesPerRequest: null,
  });
  client.on('error', () => {}); // until it listens
  await Promise.race([
    client.ping(),
    server.ended.then((code) => {
      throw new Error(`redis-server ended with ${code} before it answered.`);
    }),
  ]);
  return {
    name,
    ...drive(client, (target, name, args) => target.call(name, ...args)),
    async close() {
      client.disconnect();
      await server.stop();
    },
  };
}

let nextEmbeddedPort = 1;

type Target = Redis | ReturnType<Redis['multi']>;
type Call = (target: Target, name: string, args: readonly string[]) => unknown;

const OPTION_WORDS = new Set(
  'nx xx gt lt ch incr get keepttl ex px exat pxat persist withscores limit byscore bylex rev match count type'.split(
    ' ',
  ),
);
/** Where the option words of a command may begin. */
const OPTIONS_FROM: Readonly<Record<string, number>> = {
  set: 2,
  getex: 1,
  expire: 2,
  pexpire: 2,
  expireat: 2,
  pexpireat: 2,
  zrange: 3,
  zrevrange: 3,
  zrangebyscore: 3,
  zrevrangebyscore: 3,
  scan: 1,
};

/** Redis takes option words in any case and @upstash/redis sends small letters; ioredis-mock knows capitals only. */
function capitaliseOptions(name: string, args: readonly string[]): readonly string[] {
  if (name === 'zadd') {
    const scores = args.findIndex((arg, index) => index > 0 && !OPTION_WORDS.has(arg.toLowerCase()));
    return args.map((arg, index) => (index > 0 && index < scores ? arg.toUpperCase() : arg));
  }
  const from = OPTIONS_FROM[name] ?? args.length;
  return args.map((arg, index) => (index >= from && OPTION_WORDS.has(arg.toLowerCase()) ? arg.toUpperCase() : arg));
}

/** ioredis-mock has a method for each command that it knows, and no `call`. */
function callMethod(target: Target, name: string, args: readonly string[]): unknown {
  const method = Reflect.get(target, name.toLowerCase());
  if (typeof method !== 'function' || Object.hasOwn(Object.prototype, name)) {
    throw new Error(`ERR unknown command '${name}'`);
  }
  return method.apply(target, capitaliseOptions(name.toLowerCase(), args));
}

function drive(client: Redis, call: Call): Pick<RedisEngine, 'pipeline' | 'transaction'> {
  async function run(command: Command): Promise<Answer> {
    const refusal = refuse(command);
    if (refusal) return { error: refusal };
    try {
      const [name = '', ...args] = command.map(String);
      return { result: flatten(await call(client, name, args)) };
    } catch (error) {
      return { error: errorText(error) };
    }
  }

  return {
    pipeline: (commands) => Promise.all(commands.map(run)),
    async transaction(commands) {
      const refusal = commands.map(refuse).find((reason) => reason !== undefined);
      if (refusal) return { discarded: refusal };
      try {
        const multi = client.multi();
        for (const command of commands) {
          const [name = '', ...args] = command.map(String);
          call(multi, name, args);
        }
        const answers = (await multi.exec()) ?? [];
        return answers.map(([error, result]) => (error ? { error: errorText(error) } : { result: flatten(result) }));
      } catch (error) {
        return { discarded: errorText(error) };
      }
    },
  };
}

function refuse(command: Command): string | undefined {
  const name = String(command[0]).toLowerCase();
  return CONNECTION_COMMANDS.has(name) ? `ERR Command is not available: '${name}'` : undefined;
}

/** ioredis makes an object of HGETALL's reply; on the wire it is a flat list. */
function flatten(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(flatten);
  if (value instanceof Error) return value.message;
  if (value !== null && typeof value === 'object') return Object.entries(value).flat();
  return value ?? null;
}

function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

export function isOnPath(tool: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, tool)));
}
