import { execFileSync } from 'node:child_process';
import { isAlive } from './is-alive.js';

/**
 * Calls back once when a process that this one was started by is gone; there is no event for it. Under `npm start` the
 * parent may be a shell that outlives npm, so npm is looked for behind it.
 */
export function watchAncestors(onGone: () => void): void {
  const parent = process.ppid;
  const npm = process.env.npm_lifecycle_event === undefined ? undefined : findNpm(parent);
  const timer = setInterval(() => {
    if (process.ppid === parent && (npm === undefined || isAlive(npm))) return;
    clearInterval(timer);
    onGone();
  }, 500);
  timer.unref();
}

function findNpm(parent: number): number | undefined {
  try {
    const [ppid, command = ''] = execFileSync('ps', ['-o', 'ppid=,comm=', '-p', String(parent)], { encoding: 'utf8' })
      .trim()
      .split(/\s+/);
    return /sh$/.test(command) ? Number(ppid) : undefined;
  } catch {
    return undefined;
  }
}
