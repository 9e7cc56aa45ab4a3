import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SandboxRun, startSandbox } from './sandbox-run.js';

const LONG = 3 * 60_000;
const folder = mkdtempSync(join(tmpdir(), 'setup-e2e-'));
const settings = join(folder, '.sandbox/env');
let sandbox: SandboxRun;

beforeAll(async () => {
  sandbox = startSandbox(['--settings', settings, '--minute', '1']);
  await sandbox.printed('npm run setup -- --sandbox');
}, LONG);
afterAll(async () => {
  const { exitCode, signalCode } = sandbox.child;
  if (exitCode === null && signalCode === null) sandbox.pressCtrlC();
  await sandbox.ended;
  rmSync(folder, { recursive: true, force: true });
}, LONG);

function run(command: 'setup' | 'doctor', args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((done, reject) => {
    const file = resolve(`cli/${command}.ts`);
    const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), file, ...args], {
      cwd: folder,
      // A key of the person's own, which must not matter in the sandbox.
      env: { PATH: process.env.PATH ?? '', VERCEL_TOKEN: 'a-token-of-the-person' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.on('error', reject);
    child.on('close', (code) => done({ code, output }));
  });
}

describe('against the sandbox that npm start runs', () => {
  it(
    'setup says what it would do, does it, and then has nothing to do; the doctor finds nothing to mend',
    async () => {
      expect(statSync(settings).mode & 0o777).toBe(0o600);
      const dry = await run('setup', ['--sandbox', '--dry-run']);
      expect(dry.code, dry.output).toBe(0);
      expect(dry.output).toContain('Create the webhook of ada/corner-bakery');
      expect(dry.output).toContain('nothing was written');

      const first = await run('setup', ['--sandbox', '--yes']);
      expect(first.code, first.output).toBe(0);
      expect(first.output).toContain('All is well');
      for (const [, secret] of readFileSync(settings, 'utf8').matchAll(/^\w*(?:TOKEN|SECRET)=(\S+)$/gm))
        expect(first.output).not.toContain(secret);

      const second = await run('setup', ['--sandbox', '--yes']);
      expect(second.code, second.output).toBe(0);
      expect(second.output).toContain('Nothing has to be changed');

      const doctor = await run('doctor', ['--sandbox', '--json']);
      expect(doctor.code, doctor.output).toBe(0);
      const { findings } = JSON.parse(doctor.output) as { findings: { id: string; state: string }[] };
      const states = Object.fromEntries(findings.map(({ id, state }) => [id, state]));
      expect(states).toMatchObject({
        store: 'ok',
        'vercel-token': 'ok',
        'github-token': 'ok',
        'github-rights:ada/corner-bakery': 'ok',
        'commit-author': 'ok',
        'vercel-webhook': 'ok',
        cron: 'ok',
      });
    },
    LONG,
  );

  it(
    'the deployed doctor says the same to whoever has the secret, and to nobody else',
    async () => {
      const { PUBLIC_URL: address, DASHBOARD_SECRET: secret } = Object.fromEntries(
        readFileSync(settings, 'utf8')
          .split('\n')
          .map((line) => line.split(/=(.*)/s, 2)),
      ) as Record<string, string>;
      const stranger = await fetch(`${address}/api/health`);
      expect(await stranger.json()).toEqual({ ok: true });
      expect(stranger.headers.get('cache-control')).toBe('no-store');

      const answer = await fetch(`${address}/api/health`, { headers: { authorization: `Bearer ${secret}` } });
      const report = (await answer.json()) as { ok: boolean; findings: { id: string; state: string }[] };
      expect(report.findings.filter(({ state }) => state === 'fail')).toEqual([]);
      expect(report.ok).toBe(true);
    },
    LONG,
  );

  it(
    'the file goes with the sandbox',
    async () => {
      sandbox.pressCtrlC();
      await sandbox.ended;
      expect(existsSync(settings)).toBe(false);
      const { code, output } = await run('doctor', ['--sandbox']);
      expect(code).toBe(2);
      expect(output).toContain('no sandbox is running here');
    },
    LONG,
  );
});
