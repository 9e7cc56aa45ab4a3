import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';

/**
 * Runs the command in a process group of its own and waits for it. The shell's standard input is a pipe from us: when
 * it closes, because we ask or because we are dead (SIGKILL too), the watcher ends the whole group. File
 * descriptor 3 keeps that pipe away from the command. The shell itself ignores SIGTERM, so that it stays to reap.
 */
const TETHER = `
exec 3<&0 </dev/null
"$@" 3<&- &
command=$!
trap '' TERM
( read -r _ <&3
  kill -TERM 0
  sleep 2
  kill -KILL 0
) >/dev/null 2>&1 &
watcher=$!
exec 3<&-
wait "$command"
code=$?
kill -TERM 0
kill -KILL "$watcher"
exit "$code"
`;

export interface TetheredProcess {
  readonly child: ChildProcess;
  /** The exit code, 128 and more for a signal. */
  readonly ended: Promise<number>;
  /** Ends the command and all that it started. */
  stop(): Promise<void>;
}

/** A child that never outlives this process, whatever ends this process. POSIX only. */
export function spawnTethered(
  command: string,
  args: readonly string[],
  options: Pick<SpawnOptions, 'cwd' | 'env'> = {},
): TetheredProcess {
  const child = spawn('/bin/sh', ['-c', TETHER, 'tether', command, ...args], {
    ...options,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin?.on('error', () => {});
  const ended = new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 137));
  });
  return {
    child,
    ended,
    async stop() {
      child.stdin?.end();
      await ended.catch(() => {});
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // The group is empty, as it should be.
      }
    },
  };
}
