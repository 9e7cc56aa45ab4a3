import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isAlive } from '../../process/is-alive.js';
import { spawnTethered } from '../../process/spawn-tethered.js';
import { buildEnvironment } from './build-environment.js';
import type { Builder, BuildJob, BuildOutcome } from './builder.js';
import { checkOut, type GitHubAccess } from './checkout.js';
import { cacheFolder, installDependencies, linkFolder } from './dependencies.js';

/** Where Vercel's containers hold the checked-out repository; log lines name it. */
const VERCEL_FOLDER = '/vercel/path0';

/** Builds the commit for real: checks it out, puts its packages in place, runs its build script. */
export async function createNextBuilder(github: GitHubAccess): Promise<Builder> {
  await mkdir(cacheFolder(), { recursive: true });
  await removeAbandonedBuilds();
  const workshop = await mkdtemp(join(cacheFolder(), `builds-${process.pid}-`));

  async function build(job: BuildJob): Promise<BuildOutcome> {
    const { deployment, write, signal } = job;
    const { project, owner, repo, sha, ref } = deployment;
    const checkout = join(workshop, deployment.id);
    const app = join(checkout, project.rootDirectory ?? '');
    const startedAt = Date.now();

    write('stdout', 'Running build in the sandbox, on this machine');
    write(
      'stdout',
      `Build machine configuration: ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
    );
    write('stdout', `Cloning github.com/${owner}/${repo} (Branch: ${ref}, Commit: ${sha.slice(0, 7)})`);
    await checkOut(github, { owner, repo, sha }, checkout);
    write('stdout', `Cloning completed: ${Date.now() - startedAt}.000ms`);

    // https://vercel.com/docs/builds/configure-a-build: without a framework and a package, files are served as they are
    if (!existsSync(join(app, 'package.json'))) {
      write('stdout', 'No framework detected; the files are served as they are');
      return { result: 'READY' };
    }

    const buildCache = join(workshop, `cache-${project.id}`);
    if (existsSync(buildCache)) {
      await mkdir(join(app, '.next'), { recursive: true });
      await linkFolder(buildCache, join(app, '.next', 'cache'));
      write('stdout', 'Restored build cache from previous deployment');
    }

    write('stdout', 'Installing dependencies...');
    const installation = await installDependencies(app, signal);
    for (const line of installation.output.split('\n')) write('stdout', line);
    if (installation.code !== 0) return failed(write, 'npm install', installation.code);
    await linkFolder(join(installation.folder, 'node_modules'), join(app, 'node_modules'));
    const version = await readNextVersion(app);
    if (version) write('stdout', `Detected Next.js version: ${version}`);

    const command = project.buildCommand ?? 'npm run build';
    write('command', `Running "${command}"`);
    const code = await run(job, { command, app, checkout });
    if (code !== 0) return failed(write, command, code);

    write('stdout', `Build Completed in ${Math.round((Date.now() - startedAt) / 1000)}s`);
    if (existsSync(join(app, '.next', 'cache'))) {
      await rm(buildCache, { recursive: true, force: true });
      await rename(join(app, '.next', 'cache'), buildCache);
      write('stdout', 'Created build cache');
    }
    write('stdout', 'Deployment completed');
    return { result: 'READY' };
  }

  return {
    async build(job) {
      try {
        const outcome = await build(job);
        return job.signal.aborted ? { result: 'CANCELED' } : outcome;
      } finally {
        await rm(join(workshop, job.deployment.id), { recursive: true, force: true });
      }
    },
    close: () => rm(workshop, { recursive: true, force: true }),
  };
}

/** What a run left that was killed before it could tidy up. */
async function removeAbandonedBuilds(): Promise<void> {
  for (const name of await readdir(cacheFolder())) {
    const owner = /^builds-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) await rm(join(cacheFolder(), name), { recursive: true, force: true });
  }
}

async function run(
  { deployment, write, signal }: BuildJob,
  { command, app, checkout }: { readonly command: string; readonly app: string; readonly checkout: string },
): Promise<number> {
  const process = spawnTethered('/bin/sh', ['-c', command], {
    cwd: app,
    env: buildEnvironment({
      VERCEL_ENV: deployment.target ?? 'preview',
      VERCEL_GIT_COMMIT_REF: deployment.ref,
      VERCEL_GIT_COMMIT_SHA: deployment.sha,
      ...deployment.project.env,
    }),
  });
  const stop = () => void process.stop();
  signal.addEventListener('abort', stop, { once: true });
  const streams = (['stdout', 'stderr'] as const).map(async (name) => {
    const stream = process.child[name];
    if (!stream) return;
    for await (const line of createInterface({ input: stream })) write(name, line.replaceAll(checkout, VERCEL_FOLDER));
  });
  try {
    await Promise.all(streams);
    return await process.ended;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** The code is `BUILD_UTILS_SPAWN_` and the exit code, whatever the command was. */
function failed(write: BuildJob['write'], command: string, code: number): BuildOutcome {
  const message = `Command "${command}" exited with ${code}`;
  write('stderr', `Error: ${message}`);
  return { result: 'ERROR', errorCode: `BUILD_UTILS_SPAWN_${code}`, errorMessage: message, errorStep: 'buildStep' };
}

async function readNextVersion(app: string): Promise<string | undefined> {
  try {
    return JSON.parse(await readFile(join(app, 'node_modules', 'next', 'package.json'), 'utf8')).version;
  } catch {
    return undefined;
  }
}
