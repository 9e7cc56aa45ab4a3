import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildEnvironment } from '../../../sandbox/services/vercel/build-environment.js';
import { openBakery, readDemoApp, readLargeApp, repairOnce } from '../bakery.js';
import { createTrueClock, startGate } from '../gate.js';
import { type Part, type Row, ratioOf, sample } from '../report.js';

const APPS = [
  { name: 'small app', read: readDemoApp, builds: 3 },
  { name: 'large app', read: readLargeApp, builds: 1 },
] as const;
/** Runs of ours for each build. */
const RUNS_A_BUILD = 3;
const DELAYS_MS = [0, 100] as const;

type App = ReturnType<typeof readDemoApp>;

export async function measurePrompt(progress: (line: string) => void): Promise<Part> {
  const rows: Row[] = [];
  // Loads what later runs find loaded, as a warm function has, and fills npm's cache.
  await untilPrompt(readDemoApp(), 0);
  fillCache();
  for (const { name, read, builds } of APPS) {
    const app = read();
    const clone = makeRepository(app);
    const ours = new Map<number, number[]>(DELAYS_MS.map((delay) => [delay, []]));
    const theirs: number[] = [];
    try {
      for (let round = 0; round < builds; round += 1) {
        for (let run = 0; run < RUNS_A_BUILD; run += 1)
          for (const delay of DELAYS_MS) ours.get(delay)?.push(await untilPrompt(app, delay));
        theirs.push(cloneInstallBuild(clone.path));
        progress(`${name}: clone, install and build ${Math.round(theirs.at(-1) ?? 0)} ms`);
      }
    } finally {
      clone.remove();
    }
    for (const [delay, values] of ours) {
      const ratio = ratioOf(
        values.map((value, index) => [value, theirs[Math.floor(index / RUNS_A_BUILD)] ?? Number.NaN] as const),
      );
      rows.push({
        what: `${name}, ${delay} ms a request`,
        value: sample(values, 'ms'),
        against: sample(theirs, 'ms'),
        ratio,
        ...(name === 'small app' ? { bound: { text: 'at least 20 times', holds: ratio.median >= 20 } } : {}),
      });
    }
  }
  return {
    name: 'prompt',
    title: 'Failure to prompt',
    how: 'From the failed deployment to the complete prompt at the model, on the same commit. Ours reads the log and the repository over the emulated APIs; the other way clones from this disk, installs from a full npm cache and builds until the error shows. Nothing is added to its requests, so its time is a floor.',
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

/** Milliseconds until the build has failed. */
function cloneInstallBuild(repository: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'bench-clone-'));
  try {
    const startedAt = performance.now();
    execFileSync('git', ['clone', '--quiet', '--no-local', repository, folder]);
    install(folder);
    const build = spawnSync('npm', ['run', 'build'], { cwd: folder, env: buildEnvironment({}), encoding: 'utf8' });
    const elapsed = performance.now() - startedAt;
    if (build.status === 0 || !build.stdout.includes('Expected 2 arguments'))
      throw new Error(`The build did not fail as it should: ${build.stdout}${build.stderr}`);
    return elapsed;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Both apps have the same lockfile. */
function fillCache(): void {
  const repository = makeRepository(readDemoApp());
  install(repository.path);
  repository.remove();
}

function install(folder: string): void {
  const args = ['ci', '--no-audit', '--no-fund', '--prefer-offline'];
  execFileSync('npm', args, { cwd: folder, env: buildEnvironment({}), stdio: 'pipe' });
}
