import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Tells `npm run setup -- --sandbox` and `npm run doctor -- --sandbox` how to reach this sandbox: a file of
 * `NAME=value` lines for its owner alone, which goes with the sandbox.
 */
export async function writeSettingsFile(
  path: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ remove(): Promise<void> }> {
  const first = '# The running sandbox; npm start writes and removes this file.';
  const lines = Object.entries(settings).map(([name, value]) => `${name}=${value}`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `${[first, ...lines].join('\n')}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  return {
    async remove() {
      // A sandbox that was started later has written its own.
      const text = await readFile(path, 'utf8').catch(() => '');
      if (lines.every((line) => text.includes(line))) await rm(path, { force: true });
    },
  };
}
