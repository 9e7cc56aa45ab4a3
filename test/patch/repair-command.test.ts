import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ScriptedServer, startScriptedServer } from '../adapters/scripted-server.js';
import { FILES } from './hostile/repository.js';

const LOG = `Cloning github.com/example/tides (Branch: main, Commit: 1a2b3c4)
Running "vercel build"
Running "npm run build"
> next build
   ▲ Next.js 15.5.0
   Linting and checking validity of types ...
Failed to compile.

./lib/tides.ts:19:32
Type error: Property 'heigth' does not exist on type 'Tide'.

  17 |   let most = 0;
  18 |   for (const tide of tides) {
> 19 |     most = Math.max(most, tide.heigth);
     |                                ^
  20 |   }
Next.js build worker exited with code: 1 and signal: null
Error: Command "npm run build" exited with 1
`;

const ANSWER = `CAUSE: tides.ts misspells a name.
CONFIDENCE: 0.95
CHANGE: Spells it right.

FILE: lib/tides.ts
<<<<<<< SEARCH
    most = Math.max(most, tide.heigth);
======= REPLACE
    most = Math.max(most, tide.height);
>>>>>>> END
`;

let folder: string;
let server: ScriptedServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'repair-command-'));
  server = await startScriptedServer();
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(dirname(join(folder, 'repo', path)), { recursive: true });
    await writeFile(join(folder, 'repo', path), text);
  }
  await chmod(join(folder, 'repo/lib/tides.ts'), 0o755);
  await writeFile(join(folder, 'log.txt'), LOG);
});

beforeEach(() => answer(ANSWER));

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

function answer(text: string): void {
  const candidate = { content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' };
  server.answer({
    body: { candidates: [candidate], usageMetadata: { promptTokenCount: 900, candidatesTokenCount: 60 } },
  });
}

async function run(
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly output: string; readonly errors: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'cli/repair.ts', ...args], {
    env: { ...process.env, GEMINI_API_KEY: 'key-for-tests', GEMINI_BASE_URL: server.url, GEMINI_MODELS: 'stand-in' },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const [code] = await once(child, 'close');
  return { code: Number(code), output, errors };
}

function repair(...args: readonly string[]) {
  return run(join(folder, 'log.txt'), '--repo', join(folder, 'repo'), '--repairer', 'gemini', ...args);
}

describe('npm run repair', () => {
  it('prints one object with diagnosis, patch and tokens, and writes the files', async () => {
    const out = join(folder, 'first');

    const { code, output } = await repair('--json', '--out', out);

    expect(code).toBe(0);
    expect(JSON.parse(output)).toMatchObject({
      class: 'code',
      repairable: true,
      errors: [{ file: 'lib/tides.ts', line: 19 }],
      patch: { repairer: 'gemini', edits: [{ kind: 'replace', path: 'lib/tides.ts' }], files: ['lib/tides.ts'] },
      usage: { calls: 1, inputTokens: 900, outputTokens: 60 },
    });
    expect(await readFile(join(out, 'lib/tides.ts'), 'utf8')).toBe(FILES['lib/tides.ts']?.replace('heigth', 'height'));
    expect((await stat(join(out, 'lib/tides.ts'))).mode & 0o111).not.toBe(0);
    expect(JSON.parse(await readFile(join(out, 'patch.json'), 'utf8'))).toMatchObject({ files: ['lib/tides.ts'] });
    expect(await readFile(join(folder, 'repo/lib/tides.ts'), 'utf8')).toBe(FILES['lib/tides.ts']);
  });

  it('shows people the diff without escape codes where there is no terminal', async () => {
    const { code, output } = await repair();

    expect(code).toBe(0);
    expect(output).toContain('-     most = Math.max(most, tide.heigth);\n+     most = Math.max(most, tide.height);');
    expect(output).not.toContain('\u001b');
  });

  it('refuses what the policy refuses, with the rules', async () => {
    answer(`${ANSWER}\nDELETE FILE: lib/tides.test.ts\n`);
    const { code, output } = await repair('--json');

    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'patch-rejected',
      violations: [{ rule: 'test-removed' }, { rule: 'file-deleted' }],
    });
  });

  it('goes on from an earlier attempt and its log', async () => {
    const out = join(folder, 'first');
    await writeFile(join(out, 'log.txt'), LOG);

    const { code, output } = await repair('--json', '--previous', out);

    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({ outcome: 'patch-rejected', problems: [{ check: 'repeated' }] });
    expect(JSON.stringify(server.requests[0]?.body)).toContain('What the build said to attempt 1');
  });

  it('says why there is none, with exit code 1', async () => {
    answer(ANSWER.replace('0.95', '0.2'));
    const { code, output } = await repair('--json');

    expect(code).toBe(1);
    expect(JSON.parse(output)).toMatchObject({
      outcome: 'low-confidence',
      reason: expect.stringContaining('0.2'),
      usage: { calls: 1 },
    });
  });

  it.each<[string, readonly string[]]>([
    ['no log', []],
    ['no repository', ['LOG']],
    ['a log that is not there', ['missing.txt', '--repo', 'REPO']],
    ['a repository that is not there', ['LOG', '--repo', 'missing']],
    ['an unknown repairer', ['LOG', '--repo', 'REPO', '--repairer', 'magic']],
    ['an unknown option', ['LOG', '--repo', 'REPO', '--force']],
    ['an earlier attempt without a patch', ['LOG', '--repo', 'REPO', '--previous', 'REPO']],
    ['a corpus without cases', ['--corpus', 'REPO']],
    ['attempts that are none', ['--corpus', 'REPO', '--attempts', '0']],
  ])('ends with exit code 2 on %s', async (_, args) => {
    const places: Readonly<Record<string, string>> = { LOG: join(folder, 'log.txt'), REPO: join(folder, 'repo') };

    const { code, output, errors } = await run(...args.map((arg) => places[arg] ?? arg));

    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(/^repair: .+\nTry: npm run -s repair -- --help/m);
  });

  it('explains itself', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, output: expect.stringContaining('--corpus DIR') });
  });
}, 60_000);
