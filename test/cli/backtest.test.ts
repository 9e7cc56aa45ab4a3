import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BacktestCase } from '../../lib/flows/backtest.js';
import type { BacktestFigures } from '../../lib/report/backtest-figures.js';
import { OWNER_TOKEN } from '../contracts/github-service.js';
import { type GeminiServer, startGeminiServer } from '../fakes/gemini-server.js';
import { type RecordingProxy, startRecordingProxy } from '../fakes/recording-proxy.js';
import { ENVIRONMENT_LOG, SYNTAX_LOG } from '../faults/recorded-builds.js';
import { type Outside, openScene, type Scene, startOutside } from '../flows/start-world.js';

const GOOD = `export default function Page() {
  return <main>Opening hours</main>;
}
`;
const MISSPELT = GOOD.replace('export', 'expot');
const UNKNOWN_LOG =
  'Running "npm run build"\n> make site\nsomething went wrong\nError: Command "npm run build" exited with 1';
const ANSWER = 'CAUSE: nothing tells\nCONFIDENCE: 0.1\n\nABSTAIN: the log does not say what failed';

const folder = mkdtempSync(path.join(tmpdir(), 'backtest-'));
let outside: Outside;
let scene: Scene;
let github: RecordingProxy;
let vercel: RecordingProxy;
let gemini: GeminiServer;

beforeAll(async () => {
  outside = await startOutside(['past', 'quiet']);
  [github, vercel] = await Promise.all([
    startRecordingProxy(outside.github.url),
    startRecordingProxy(outside.vercel.url),
  ]);
  gemini = await startGeminiServer({ apiKey: 'gemini-key-of-the-tests', answer: () => ANSWER });
  await openScene(outside, { repository: 'quiet', files: { 'app/page.tsx': GOOD } });
  scene = await openScene(outside, {
    repository: 'past',
    files: { 'app/page.tsx': GOOD, 'package.json': JSON.stringify({ name: 'past', dependencies: { next: '15.5.6' } }) },
  });
  const push = async (files: Readonly<Record<string, string | null>>, log?: string) => {
    await scene.setBuilds([log === undefined ? { result: 'READY' } : { result: 'ERROR', log }]);
    await scene.push(files);
    await scene.settle();
  };
  await push({ 'app/page.tsx': MISSPELT }, SYNTAX_LOG);
  await push({ 'README.md': 'Hours\n' }, SYNTAX_LOG);
  await push({ 'app/page.tsx': GOOD, 'lib/extra.ts': 'export {};\n' });
  await push({ 'lib/needs.ts': 'export const url = process.env.DATABASE_URL;\n' }, ENVIRONMENT_LOG);
  await push({ 'lib/needs.ts': null });
  await push({ 'app/page.tsx': MISSPELT, 'README.md': 'Again\n' }, SYNTAX_LOG);
  await push({ 'app/page.tsx': `${GOOD}// mended\n` });
  await push({ 'build.js': 'throw new Error();\n' }, UNKNOWN_LOG);
}, 120_000);
afterAll(async () => {
  await Promise.all([github.close(), vercel.close(), gemini.close()]);
  await outside.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(
  args: readonly string[],
  options: {
    readonly environment?: Readonly<Record<string, string>>;
    readonly onLine?: (kill: () => void, line: string) => void;
  } = {},
): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/backtest.ts', ...args], {
      env: {
        PATH: process.env.PATH ?? '',
        VERCEL_TOKEN: 'vercel-token-of-the-tests',
        VERCEL_API_URL: vercel.url,
        GITHUB_TOKEN: OWNER_TOKEN,
        GITHUB_API_URL: github.url,
        GEMINI_BASE_URL: gemini.url,
        ...options.environment,
      },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
      options.onLine?.(() => child.kill('SIGINT'), text);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

interface Report {
  readonly outcome: string;
  readonly failures: number;
  readonly figures: BacktestFigures;
  readonly cases: readonly BacktestCase[];
}

const writes = () => [...github.requests, ...vercel.requests].filter((request) => !request.startsWith('GET '));

// Each run is a process of its own, and a busy machine takes seconds to start one.
describe('the backtest command', { timeout: 120_000 }, () => {
  it('tells for each past failure what would have become of it, and what people did', async () => {
    const { code, stdout, stderr } = await run(['--project', 'past', '--json']);

    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(0);
    expect(report.cases.map((one) => [one.diagnosis?.class, one.outcome])).toEqual([
      ['code', 'proposed'],
      ['code', 'same-as-before'],
      ['environment', 'remedy-named'],
      ['code', 'proposed'],
      ['unknown', 'nothing-found'],
    ]);
    const [first, , environment, again] = report.cases;
    expect(first?.files).toEqual(['app/page.tsx']);
    expect(first?.people).toMatchObject({ common: ['app/page.tsx'], afterMs: expect.any(Number) });
    expect([...(first?.people?.files ?? [])].sort()).toEqual(['README.md', 'app/page.tsx', 'lib/extra.ts']);
    expect(environment?.reason).toMatch(/\w/);
    expect(again?.people?.common).toEqual(['app/page.tsx']);
    expect(report.figures).toMatchObject({
      incidents: 4,
      tokens: 0,
      dollars: 0,
      agreement: { compared: 2, all: 2, none: 0 },
    });
    expect(stderr).toContain('5 of 5');
  });

  it('writes nothing anywhere, whatever the environment asks for', async () => {
    github.requests.length = 0;
    vercel.requests.length = 0;
    const before = JSON.stringify([await scene.branches(), await scene.pulls(), (await scene.deployments()).length]);

    const { code } = await run(['--project', 'past'], {
      environment: { MODE: 'repair', AUTO_MERGE_REPOSITORIES: '*', GEMINI_API_KEY: 'gemini-key-of-the-tests' },
    });

    expect(code).toBe(0);
    expect(github.requests.length).toBeGreaterThan(5);
    expect(writes()).toEqual([]);
    expect(JSON.stringify([await scene.branches(), await scene.pulls(), (await scene.deployments()).length])).toBe(
      before,
    );
  });

  it('looks at the newest failures only, as many as asked for', async () => {
    const { stdout } = await run(['--project', 'past', '--last', '2', '--json']);

    expect((JSON.parse(stdout) as Report).cases.map((one) => one.diagnosis?.class)).toEqual(['code', 'unknown']);
  });

  it('asks the model where suggestions have nothing, counts what it cost, and never beyond the ceiling', async () => {
    const environment = { GEMINI_API_KEY: 'gemini-key-of-the-tests' };
    const before = gemini.requests.length;

    const asked = await run(['--project', 'past', '--json'], { environment });
    const calls = gemini.requests.length - before;
    const poor = await run(['--project', 'past', '--json', '--max-cost', '0.01'], { environment });
    const without = await run(['--project', 'past', '--json', '--repairer', 'suggestions'], { environment });

    const report = JSON.parse(asked.stdout) as Report;
    expect(calls).toBeGreaterThan(0);
    expect(report.figures.calls).toBe(calls);
    expect(report.figures.tokens).toBeGreaterThan(100);
    expect(report.figures.dollars).toBeGreaterThan(0);
    expect(report.figures.dollars).toBeLessThan(1);
    const last = (JSON.parse(poor.stdout) as Report).cases.at(-1);
    expect([last?.outcome, last?.reason]).toEqual(['not-asked', expect.stringContaining('--max-cost')]);
    expect((JSON.parse(without.stdout) as Report).figures.calls).toBe(0);
    expect(gemini.requests.length - before).toBe(calls);
    expect(gemini.violations).toEqual([]);
  });

  it('writes a report that needs nothing beside it, with plots', async () => {
    const file = path.join(folder, 'report.html');

    const { code, stdout } = await run(['--project', 'past', '--html', file]);

    const page = readFileSync(file, 'utf8');
    expect(code).toBe(0);
    expect(stdout).toContain('2 of 4 incidents would have got a repair');
    expect(page.match(/<circle /g)).toHaveLength(5);
    expect(page).toContain('Beside what people did');
    expect(page).not.toMatch(/<(?:script|link|img)\b|@import|src=/);
    expect(page.replace(/<[^>]*>/g, '')).toContain('export default function Page');
  });

  it('tells what was done when it is stopped', async () => {
    const { code, stdout } = await run(['--project', 'past', '--json'], {
      onLine: (kill, line) => {
        if (!line.startsWith('1 of 5')) return;
        vercel.delay(700);
        kill();
      },
    }).finally(() => vercel.delay(0));

    const report = JSON.parse(stdout) as Report;
    expect(code).toBe(1);
    expect(report).toMatchObject({ outcome: 'stopped', failures: 5 });
    expect(report.cases.length).toBeGreaterThanOrEqual(1);
    expect(report.cases.length).toBeLessThan(5);
  });

  it('has nothing to replay where nothing failed', async () => {
    const { code, stdout } = await run(['--project', 'quiet']);

    expect(code).toBe(0);
    expect(stdout).toContain('No production deployment of quiet has failed');
  });

  it.each([
    [[], {}, '--project is wanted'],
    [['--project', 'past', '--last', '0'], {}, '--last is a whole number'],
    [['--project', 'past', '--last', 'all'], {}, '--last is a whole number'],
    [['--project', 'past', '--repairer', 'magic'], {}, '--repairer is'],
    [['--project', 'past', '--repairer', 'gemini'], {}, 'needs GEMINI_API_KEY'],
    [['--project', 'past', '--max-cost', 'much'], {}, '--max-cost is'],
    [['--project', 'past', '--html', '/nowhere/at/all.html'], {}, 'cannot write /nowhere/at/all.html'],
    [['--project', 'nobody'], {}, 'the token sees no project nobody'],
    [['past'], {}, 'past is not understood'],
    [['--project', 'past'], { GITHUB_TOKEN: '' }, 'GITHUB_TOKEN is not set'],
    [['--project', 'past'], { GEMINI_API_KEY: 'k', GEMINI_MODELS: 'gemini-99' }, 'the price of gemini-99 is not known'],
    [['--project', 'past'], { VERCEL_TOKEN: 'wrong-token' }, 'ercel'],
  ] as const)('says what is wrong with %j %j', async (args, environment, sentence) => {
    const { code, stdout, stderr } = await run(args, { environment });

    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toContain(OWNER_TOKEN);
    expect(stdout).toBe('');
  });

  it('explains itself', async () => {
    const { code, stdout } = await run(['--help']);

    expect(code).toBe(0);
    expect(stdout).toContain('--max-cost');
  });
});
