import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export interface StartedService {
  readonly url: string;
  /** The line of JSON that the service printed. */
  readonly facts: Readonly<Record<string, string>>;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** Starts a part of the sandbox as a process of its own and waits for the line that says where it listens. */
export async function startService(file: string, args: readonly string[] = []): Promise<StartedService> {
  const child = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint += String(data);
  });
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => undefined)]);
  if (line === undefined) throw new Error(`${file} ended before it listened: ${complaint}`);
  const facts = JSON.parse(String(line[0])) as Record<string, string>;
  return {
    url: facts.url ?? '',
    facts,
    child,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}
