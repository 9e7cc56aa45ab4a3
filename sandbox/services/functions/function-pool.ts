import { createRequire } from 'node:module';
import { isAlive } from '../../process/is-alive.js';

interface DevServer {
  readonly port: number;
  readonly pid: number;
  shutdown(): Promise<void>;
}

/** `@vercel/node` exports this to `vercel dev`; its type declarations leave it out. */
type StartDevServer = (options: {
  readonly entrypoint: string;
  readonly workPath: string;
  readonly repoRootPath: string;
  readonly config: object;
  readonly meta: object;
  readonly files: object;
}) => Promise<DevServer>;

export interface FunctionPool {
  /** Where the function of this file listens; it is started when it is first asked for. */
  portOf(file: string): Promise<number>;
  close(): Promise<void>;
}

export function createFunctionPool(root: string): FunctionPool {
  const started = new Map<string, Promise<DevServer>>();
  let starting: Promise<unknown> = Promise.resolve();

  function start(file: string): Promise<DevServer> {
    const { startDevServer } = createRequire(import.meta.url)('@vercel/node') as { startDevServer: StartDevServer };
    // One after the other: each start reads the TypeScript configuration with a compiler of its own.
    const server = starting.then(() =>
      startDevServer({
        entrypoint: file,
        workPath: root,
        repoRootPath: root,
        config: {},
        meta: { isDev: true, requestPath: `/${file}`, env: {}, buildEnv: {} },
        files: {},
      }),
    );
    starting = server.catch(() => {});
    return server;
  }

  return {
    async portOf(file) {
      const running = started.get(file);
      if (running && (await running.then(({ pid }) => isAlive(pid)).catch(() => false))) return (await running).port;
      const server = start(file);
      started.set(file, server);
      return (await server).port;
    },
    async close() {
      await starting;
      for (const server of started.values()) {
        const running = await server.catch(() => undefined);
        if (running && isAlive(running.pid)) await running.shutdown();
      }
    },
  };
}
