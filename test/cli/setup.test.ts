import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GITHUB_TOKEN, REDIS_TOKEN, type SetupWorld, startSetupWorld, VERCEL_TOKEN } from '../flows/setup-world.js';

const TSX = import.meta.resolve('tsx');
const folder = mkdtempSync(join(tmpdir(), 'setup-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Without any setting of the person who runs the tests. */
function run(
  command: 'setup' | 'doctor',
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<Run> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, ['--import', TSX, resolve(`cli/${command}.ts`), ...args], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', HOME: folder, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const output = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text;
      });
    child.on('error', reject);
    child.on('close', (code) => done({ code, ...output }));
  });
}

describe.each(['setup', 'doctor'] as const)('npm run %s', (command) => {
  it('prints its usage for --help and nothing else', async () => {
    const { code, stdout, stderr } = await run(command, ['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('--sandbox');
    expect(stdout).toContain('--settings');
  });

  it.each<[string, readonly string[], RegExp]>([
    ['an unknown option', ['--fast'], /--fast/],
    ['an argument that is none', ['now'], /now is not understood/],
    [
      'a file that is not there',
      ['--settings', 'nowhere', '--yes'].slice(0, command === 'setup' ? 3 : 2),
      /cannot read nowhere/,
    ],
    [
      'no sandbox',
      ['--sandbox', '--yes'].slice(0, command === 'setup' ? 2 : 1),
      /no sandbox is running here; .*npm start/,
    ],
  ])('says in a sentence what is wrong: %s', async (_, args, sentence) => {
    const { code, stdout, stderr } = await run(command, args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).toContain(`npm run -s ${command} -- --help`);
    expect(stderr).not.toContain('    at ');
  });
});

it('setup asks nobody where there is no terminal', async () => {
  const { code, stderr } = await run('setup', []);
  expect(code).toBe(2);
  expect(stderr).toMatch(/no terminal to ask in; use --yes/);
});

it('doctor names every setting that is missing, as JSON too', async () => {
  const { code, stdout } = await run('doctor', ['--json']);
  expect(code).toBe(1);
  const report = JSON.parse(stdout) as { ok: boolean; findings: { id: string }[] };
  expect(report.ok).toBe(false);
  expect(report.findings.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['setting:VERCEL_TOKEN', 'setting:GITHUB_TOKEN', 'setting:CRON_SECRET']),
  );
});

describe('against the services', () => {
  let world: SetupWorld;
  let file: string;
  beforeAll(async () => {
    world = await startSetupWorld({ plan: 'pro' });
    file = join(folder, 'heal.env');
    const settings = {
      ...world.settings,
      VERCEL_API_URL: world.vercel.url,
      GITHUB_API_URL: world.github.url,
      UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9',
      MAX_ATTEMPTS_PER_DAY: '7',
      MIN_CONFIDENCE: '0.6',
    };
    writeFileSync(
      file,
      Object.entries(settings)
        .map(([name, value]) => `${name}=${value}\n`)
        .join(''),
    );
  });
  afterAll(() => world?.stop());

  it('names what is missing and writes nothing', async () => {
    const { code, stderr } = await run('setup', ['--yes']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/VERCEL_TOKEN is not set; make one at https.*\nGITHUB_TOKEN is not set/);
  });

  it('dry, needs no terminal and writes nothing', async () => {
    const { code, stdout } = await run('setup', ['--settings', file, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toContain('Set the variable MAX_ATTEMPTS_PER_DAY to 7');
    // What holds anyway is not written.
    expect(stdout).not.toContain('MIN_CONFIDENCE');
    expect(stdout).toContain('nothing was written');
    expect((await world.readAll()).variables).toEqual([]);
  });

  it('does all of it, ends with the doctor, and has nothing to do the second time', async () => {
    const first = await run('setup', ['--settings', file, '--yes']);
    // The store of these settings does not exist, which the doctor has to say.
    expect(first).toMatchObject({ code: 1, stderr: '' });
    expect(first.stdout).toMatch(/mend {5}Store: /);
    expect(first.stdout).toMatch(/ok {7}Rights on the repository: baker\/shop/);
    expect(first.stdout).toContain('1 to mend');
    const kept = readFileSync(file, 'utf8');
    const made = [...kept.matchAll(/^\w+_SECRET=(\S+)$/gm)].map(([, secret]) => secret ?? '');
    expect(made).toHaveLength(5);
    for (const secret of [...made, VERCEL_TOKEN, GITHUB_TOKEN, REDIS_TOKEN])
      expect(first.stdout + first.stderr).not.toContain(secret);

    const second = await run('setup', ['--settings', file, '--yes']);
    expect(second.stdout).toContain('Nothing has to be changed');
    expect(readFileSync(file, 'utf8')).toBe(kept);
  });

  it('lets the environment go before the file', async () => {
    const { code, stderr } = await run('setup', ['--settings', file, '--yes'], {
      GITHUB_TOKEN: 'github_pat_of_another',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^GITHUB_TOKEN does not work: .*Bad credentials/);
    expect(stderr).not.toContain('github_pat_of_another');
  });
});
