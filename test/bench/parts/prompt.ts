import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { buildEnvironment } from '../../../sandbox/services/vercel/build-environment.js';
import { openBakery, readDemoApp, readLargeApp, repairOnce } from '../bakery.js';
import { createTrueClock, startGate } from '../gate.js';
import { type Remotes, startRemotes } from '../remotes.js';
import { type Part, type Row, ratioOf, sample } from '../report.js';

const APPS = [
  { name: 'small app', read: readDemoApp, builds: 2 },
  { name: 'large app', read: readLargeApp, builds: 1 },
] as const;
/** Runs of ours for each build. */
const RUNS_A_BUILD = 3;
const DELAYS_MS = [0, 100] as const;

const run = promisify(execFile);

type App = ReturnType<typeof readDemoApp>;

export async function measurePrompt(progress: (line: string) => void): Promise<Part> {
  const remotes = await startRemotes();
  try {
    return await measureApps(remotes, progress);
  } finally {
    await remotes.close();
  }
}

async function measureApps(remotes: Remotes, progress: (line: string) => void): Promise<Part> {
  const rows: Row[] = [];
  // Loads what later runs find loaded, as a warm function has.
  await untilPrompt(readDemoApp(), 0);
  await rememberPackages(remotes);
  for (const { name, read, builds } of APPS) {
    const app = read();
    const repository = makeRepository(app);
    const runs = DELAYS_MS.map((delay) => ({ delay, ours: [] as number[], theirs: [] as number[], requests: 0 }));
    try {
      for (let round = 0; round < builds; round += 1)
        for (const each of runs) {
          for (let again = 0; again < RUNS_A_BUILD; again += 1) each.ours.push(await untilPrompt(app, each.delay));
          remotes.slowTo(each.delay);
          const before = remotes.requests;
          each.theirs.push(await cloneInstallBuild(remotes, repository.path));
          each.requests = remotes.requests - before;
          progress(
            `${name}, ${each.delay} ms: clone, install and build ${Math.round(each.theirs.at(-1) ?? 0)} ms, ${each.requests} requests`,
          );
        }
    } finally {
      repository.remove();
    }
    for (const { delay, ours, theirs } of runs) {
      const ratio = ratioOf(
        ours.map((value, index) => [value, theirs[Math.floor(index / RUNS_A_BUILD)] ?? Number.NaN] as const),
      );
      rows.push({
        what: `${name}, ${delay} ms a request`,
        value: sample(ours, 'ms'),
        against: sample(theirs, 'ms'),
        ratio,
        ...(name === 'small app' ? { bound: { text: 'at least 20 times', holds: ratio.median >= 20 } } : {}),
      });
    }
  }
  return {
    name: 'prompt',
    title: 'Failure to prompt',
    how: 'From the failed deployment to the complete prompt at the model, on the same commit. Ours reads the log and the repository over the emulated APIs; the other way clones from a Git server, installs into an empty cache and builds until the error shows. Git and packages are served from this machine, so that both ways wait for nothing but the milliseconds that are added to each request.',
    columns: ['ours', 'clone, install, build'],
    rows,
  };
}

async function untilPrompt(app: App, delay: number): Promise<number> {
  const bakery = await openBakery(app);
  const costs = { vercel: delay, github: delay, model: 0, store: delay };
  const gate = await startGate(bakery.services, costs, createTrueClock());
  try {
    return (await repairOnce(bakery.openWorld(gate), gate)).untilPromptMs;
  } finally {
    await gate.close();
    await bakery.close();
  }
}

/** The broken commit in a repository on this disk. */
function makeRepository({ files, changes }: App): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'bench-repository-'));
  for (const [name, text] of [...files, ...changes]) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], { cwd: path });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Currencies');
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Milliseconds until the build has failed, on a machine that holds nothing of the repository or its packages. */
async function cloneInstallBuild(remotes: Remotes, repository: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-clone-'));
  const app = join(folder, 'app');
  try {
    const startedAt = performance.now();
    await run('git', ['clone', '--quiet', '--depth', '1', remotes.repository(join(repository, '.git')), app]);
    await install(remotes, app, join(folder, 'cache'));
    const build = spawnSync('npm', ['run', 'build'], { cwd: app, env: buildEnvironment({}), encoding: 'utf8' });
    const elapsed = performance.now() - startedAt;
    if (build.status === 0 || !build.stdout.includes('Expected 2 arguments'))
      throw new Error(`The build did not fail as it should: ${build.stdout}${build.stderr}`);
    return elapsed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both apps have the same lockfile. */
async function rememberPackages(remotes: Remotes): Promise<void> {
  const repository = makeRepository(readDemoApp());
  await install(remotes, repository.path, join(repository.path, 'cache'));
  repository.remove();
}

async function install(remotes: Remotes, folder: string, cache: string): Promise<void> {
  const args = ['ci', '--no-audit', '--no-fund', '--cache', cache, '--registry', remotes.registry];
  await run('npm', args, { cwd: folder, env: buildEnvironment({}) });
}
