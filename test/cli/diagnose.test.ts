import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'diagnose-command-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(args: readonly string[], stdin = ''): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/diagnose.ts', ...args]);
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
    // A command that stops early reads no more.
    child.stdin.on('error', () => undefined);
    child.stdin.end(stdin);
  });
}

function logOf(name: string, text: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

const typeError = 'src/cart.ts(3,7): error TS2304: Cannot find name \'apple\'.\nError: Command "tsc" exited with 2\n';
const ESC = String.fromCharCode(27);
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

function createRepository(): string {
  const repo = path.join(folder, 'repo');
  mkdirSync(path.join(repo, 'src'), { recursive: true });
  writeFileSync(path.join(repo, 'package.json'), '{"name":"orchard"}\n');
  writeFileSync(path.join(repo, 'src/cart.ts'), "import { pear } from './pear';\n\nconst x = apple + pear;\n");
  writeFileSync(path.join(repo, 'src/pear.ts'), 'export const pear = 1;\n');
  return repo;
}

describe('exit code 0', () => {
  it('prints its usage for --help and nothing else', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const option of ['LOG', '--repo', '--base', '--deployment', '--root-directory', '--json', '--corpus'])
      expect(stdout).toContain(option);
  });

  it('prints the contract’s object for --json', async () => {
    const { code, stdout } = await run([logOf('type.log', typeError), '--repo', createRepository(), '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      class: 'code',
      repairable: true,
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
      errors: [
        {
          tool: 'typescript',
          code: 'TS2304',
          message: "Cannot find name 'apple'.",
          file: 'src/cart.ts',
          line: 3,
          column: 7,
        },
      ],
      suspects: expect.arrayContaining(['src/cart.ts']),
      read: expect.arrayContaining(['src/cart.ts']),
    });
    expect(JSON.parse(stdout).suspects[0]).toBe('src/cart.ts');
    expect(JSON.parse(stdout)).not.toHaveProperty('truncated');
  });

  it('reads standard input for -', async () => {
    const { code, stdout } = await run(['-', '--json'], typeError);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ class: 'code', suspects: ['src/cart.ts'], read: [] });
  });

  it('shows people the code and the reasons', async () => {
    const { code, stdout } = await run([logOf('type.log', typeError), '--repo', createRepository()]);
    expect(code).toBe(0);
    expect(stdout).toContain('Because');
    expect(stdout).toContain('const x = apple + pear;');
    expect(stdout).toMatch(/1\. src\/cart\.ts/);
    expect(stdout).not.toContain(ESC);
  });

  it('cuts a huge log and says so', async () => {
    const huge = logOf('huge.log', `${'a line of output that says nothing at all\n'.repeat(500_000)}${typeError}`);
    const [people, programs] = await Promise.all([run([huge]), run([huge, '--json'])]);
    expect([people.code, programs.code]).toEqual([0, 0]);
    expect(people.stdout).toContain('The log was cut');
    expect(JSON.parse(programs.stdout)).toMatchObject({ class: 'code', truncated: true });
    expect(JSON.parse(programs.stdout).errors[0]).toMatchObject({ file: 'src/cart.ts', line: 3 });
  });
});

describe('exit code 1: nothing recognised', () => {
  it.each([
    ['an empty log', ''],
    ['binary junk', Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3)) % 256))],
  ])('%s', async (name, text) => {
    const { code, stdout, stderr } = await run([logOf(`${name}.log`, text), '--json']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({ class: 'unknown', suspects: [], read: [] });
  });
});

describe('exit code 2, with one sentence on standard error', () => {
  it.each<[string, () => readonly string[], RegExp]>([
    ['no log', () => [], /exactly one LOG/],
    ['two logs', () => ['a.log', 'b.log'], /exactly one LOG/],
    ['a missing file', () => [path.join(folder, 'nowhere.log')], /cannot read the log .*nowhere\.log/],
    ['a folder', () => [folder], /is not a file/],
    ['an unknown option', () => ['x.log', '--jsno'], /--jsno/],
    [
      '--repo that is no folder',
      () => [logOf('a.log', typeError), '--repo', logOf('b', '')],
      /--repo .* is not a folder/,
    ],
    ['--base without --repo', () => [logOf('a.log', typeError), '--base', folder], /--base needs --repo/],
    ['--deployment that is no JSON', () => [logOf('a.log', typeError), '--deployment', logOf('d', '{')], /cannot read/],
  ])('%s', async (_name, args, sentence) => {
    const { code, stdout, stderr } = await run(args());
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(sentence);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('what a log says to a terminal', () => {
  const hostile = [
    `${ESC}]0;title\u0007${ESC}[2J${ESC}[31msrc/cart.ts(3,7): error TS2304: Cannot find name '\u009b31mapple\u202e\u0007'.`,
    `${ESC}]8;;https://evil.example${ESC}\\click${ESC}]8;;${ESC}\\`,
    'Error: Command "tsc" exited with 2',
  ].join('\n');

  it('does not reach it as text', async () => {
    const { code, stdout } = await run([logOf('hostile.log', hostile)]);
    expect(code).toBe(0);
    expect(stdout).toContain('src/cart.ts');
    expect(stdout).not.toMatch(controls);
  });

  it('does not reach it as JSON, which still says it', async () => {
    const { stdout } = await run([logOf('hostile.log', hostile), '--json']);
    expect(stdout).not.toMatch(controls);
    expect(JSON.parse(stdout).errors[0].message).toContain('\u009b31mapple\u202e');
  });

  it('nor does the name of a file that is not there', async () => {
    const { code, stderr } = await run([`${ESC}[31mnowhere\u009b.log`]);
    expect(code).toBe(2);
    expect(stderr).not.toMatch(controls);
  });
});
