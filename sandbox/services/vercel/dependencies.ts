import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { spawnTethered } from '../../process/spawn-tethered.js';
import { buildEnvironment } from './build-environment.js';

export interface Installation {
  /** 0 when the packages are in place. */
  readonly code: number;
  /** What npm printed, when it ran. */
  readonly output: string;
  readonly fromCache: boolean;
  /** The folder that holds `node_modules`. */
  readonly folder: string;
}

const INPUTS = ['package.json', 'package-lock.json', '.npmrc'];

/**
 * Where packages are kept between runs and builds happen. Not inside this project: Next.js takes the topmost
 * lockfile above an app for the root of its workspace.
 */
export function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'self-healing-pipeline');
}

/** Installs what the app's lockfile names, once for each lockfile. */
export async function installDependencies(app: string, signal?: AbortSignal): Promise<Installation> {
  const hash = createHash('sha256').update(process.versions.modules);
  for (const name of INPUTS) {
    const path = join(app, name);
    hash.update(`\0${name}\0`).update(existsSync(path) ? await readFile(path) : '');
  }
  const kept = join(cacheFolder(), 'dependencies', hash.digest('hex').slice(0, 24));
  if (existsSync(join(kept, 'output.txt'))) {
    return { code: 0, output: await readFile(join(kept, 'output.txt'), 'utf8'), fromCache: true, folder: kept };
  }

  await mkdir(join(cacheFolder(), 'dependencies'), { recursive: true });
  const folder = await mkdtemp(join(cacheFolder(), 'dependencies', 'installing-'));
  try {
    for (const name of INPUTS) if (existsSync(join(app, name))) await copyFile(join(app, name), join(folder, name));
    const command = existsSync(join(folder, 'package-lock.json')) ? 'ci' : 'install';
    const npm = spawnTethered('npm', [command, '--no-audit', '--no-fund', '--prefer-offline'], {
      cwd: folder,
      env: buildEnvironment({}),
    });
    signal?.addEventListener('abort', () => void npm.stop(), { once: true });
    let output = '';
    const collect = (data: Buffer) => {
      output += data.toString();
    };
    npm.child.stdout?.on('data', collect);
    npm.child.stderr?.on('data', collect);
    const code = await npm.ended;
    if (code !== 0) return { code, output, fromCache: false, folder };
    await writeFile(join(folder, 'output.txt'), output);
    // Another run may have been as fast; its packages are as good.
    await rename(folder, kept).catch(() => {});
    return { code, output, fromCache: false, folder: kept };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A copy of a folder by hard links: Turbopack follows no symbolic link out of the app's folder. */
export async function linkFolder(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkFolder(source, target);
    else if (entry.isSymbolicLink()) await symlink(await readlink(source), target);
    else await link(source, target);
  }
}
