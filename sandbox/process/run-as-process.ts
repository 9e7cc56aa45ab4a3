import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { watchAncestors } from './watch-ancestors.js';

export interface RunningService {
  close(): Promise<void>;
}

type Flags = Readonly<Record<string, string | undefined>>;

/**
 * Runs a service by itself when its file is what node was started with: prints one line of JSON that says where it
 * listens, and stops on a signal, or when the process that started it is gone.
 */
export function runAsProcess<Service extends RunningService>(options: {
  /** `import.meta.url` of the service's file. */
  readonly file: string;
  readonly flags: readonly string[];
  readonly start: (flags: Flags) => Promise<Service>;
  readonly describe: (service: Service) => Record<string, unknown>;
}): void {
  if (process.argv[1] === undefined || realpathSync(process.argv[1]) !== fileURLToPath(options.file)) return;
  void run(options);
}

async function run<Service extends RunningService>(options: {
  readonly flags: readonly string[];
  readonly start: (flags: Flags) => Promise<Service>;
  readonly describe: (service: Service) => Record<string, unknown>;
}): Promise<void> {
  let service: Service;
  try {
    const { values } = parseArgs({
      options: Object.fromEntries(options.flags.map((flag) => [flag, { type: 'string' as const }])),
    });
    service = await options.start(values as Flags);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
    return;
  }
  process.stdout.write(`${JSON.stringify(options.describe(service))}\n`);

  let stopping = false;
  async function stop(): Promise<void> {
    if (stopping) return;
    stopping = true;
    await service.close();
    process.exit(0);
  }
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  watchAncestors(() => void stop());
}
