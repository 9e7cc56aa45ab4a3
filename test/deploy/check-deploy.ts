/**
 * What only a deployment would show: the real builder makes the functions, and each is booted from its output, on
 * the Node version that it names. Run by `npm run check:deploy`.
 */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const VERCEL_CLI = 'vercel@60.1.3';
const MEGABYTE = 1024 * 1024;
/** Parsers of every language that a patch may touch travel with the functions that repair. */
const LARGEST_BUNDLE = 20 * MEGABYTE;
const LARGEST_WITHOUT_PARSERS = 5 * MEGABYTE;
const WITHOUT_PARSERS = ['api/dashboard', 'api/health', 'api/incidents'];

/** Settings as a deployment has them; nothing outside is asked before a secret was given. */
const SETTINGS = {
  VERCEL_TOKEN: 'placeholder-vercel-token',
  GITHUB_TOKEN: 'placeholder-github-token',
  UPSTASH_REDIS_REST_URL: 'https://redis.example',
  UPSTASH_REDIS_REST_TOKEN: 'placeholder-redis-token',
  CRON_SECRET: 'placeholder-cron-secret',
  TRIGGER_SECRET: 'placeholder-trigger-secret',
  DASHBOARD_SECRET: 'placeholder-dashboard-secret',
  VERCEL_WEBHOOK_SECRET: 'placeholder-vercel-webhook-secret',
  GITHUB_WEBHOOK_SECRET: 'placeholder-github-webhook-secret',
  QSTASH_TOKEN: 'placeholder-qstash-token',
  QSTASH_CURRENT_SIGNING_KEY: 'placeholder-signing-key',
  QSTASH_NEXT_SIGNING_KEY: 'placeholder-next-signing-key',
  PUBLIC_URL: 'https://self-healing.example',
};
const SOURCE_FILE = /\.(ts|tsx|mts|cts|lock|map)$|(^|\/)(package(-lock)?|tsconfig|vercel)\.json$|(^|\/)\./u;

/** `from 'name'` and `import('name')` of a package, also of one of its files. */
const BARE_IMPORT = /\b(?:from|import\() ?'((?!node:)[@a-z][^']*)'/gu;

/** What a stranger without any secret gets from each function. */
const UNAUTHENTICATED: Readonly<
  Record<string, { readonly method: 'GET' | 'POST'; readonly statuses: readonly number[] }>
> = {
  'api/cron': { method: 'GET', statuses: [401] },
  'api/trigger': { method: 'GET', statuses: [401] },
  'api/health': { method: 'GET', statuses: [200] },
  'api/incidents': { method: 'GET', statuses: [401] },
  'api/dashboard': { method: 'GET', statuses: [303, 401] },
  'api/sweep': { method: 'GET', statuses: [401] },
  'api/heal': { method: 'POST', statuses: [401] },
  'api/webhooks/vercel': { method: 'POST', statuses: [401] },
  'api/webhooks/github': { method: 'POST', statuses: [401] },
};

interface FunctionConfig {
  readonly handler: string;
  readonly runtime: string;
  readonly filePathMap?: Readonly<Record<string, string>>;
}

const root = process.cwd();
const work = fs.mkdtempSync(path.join(os.tmpdir(), 'check-deploy-'));
const problems: string[] = [];
let checks = 0;

function check(ok: boolean, sentence: string): void {
  checks += 1;
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${sentence}`);
  if (!ok) problems.push(sentence);
}

function run(command: string, args: readonly string[], cwd: string): string {
  const result = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, HOME: process.env.HOME, VERCEL_TELEMETRY_DISABLED: '1', CI: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  if (result.status !== 0) {
    console.error(`${result.stdout}${result.stderr}`);
    throw new Error(`${command} ${args.join(' ')} ended with ${result.status ?? result.signal}`);
  }
  return result.stdout;
}

function copyProject(): string {
  const project = path.join(work, 'project');
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
  });
  for (const file of listed.stdout.split('\0').filter((name) => name !== '' && fs.existsSync(path.join(root, name)))) {
    fs.mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
    fs.copyFileSync(path.join(root, file), path.join(project, file));
  }
  fs.mkdirSync(path.join(project, '.vercel'));
  // No setting at all: what the dashboard shows for a project that was just imported.
  const settings = { projectId: 'prj_local', orgId: 'team_local', settings: {} };
  fs.writeFileSync(path.join(project, '.vercel', 'project.json'), JSON.stringify(settings));
  return project;
}

function listFiles(directory: string): readonly string[] {
  if (!fs.existsSync(directory)) return [];
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
}

/** The function as it would lie on a machine of its own: nothing of the project around it. */
function unpack(project: string, folder: string, config: FunctionConfig, to: string): number {
  fs.cpSync(folder, to, { recursive: true, dereference: false });
  for (const [name, source] of Object.entries(config.filePathMap ?? {})) {
    fs.mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    fs.cpSync(path.join(project, source), path.join(to, name), { dereference: false, verbatimSymlinks: true });
  }
  return listFiles(to).reduce((sum, file) => sum + fs.lstatSync(path.join(to, file)).size, 0);
}

const BOOT = `
const [handler, method, url] = process.argv.slice(2);
const before = performance.now();
let exports = await import(handler);
for (let depth = 0; depth < 5 && exports.default !== undefined; depth += 1) exports = exports.default;
const importMs = Math.round(performance.now() - before);
const handle = exports[method] ?? exports.fetch;
const response = await handle(new Request(url, { method, body: method === 'POST' ? '{}' : undefined }));
const body = await response.text();
console.log(JSON.stringify({ status: response.status, importMs, cache: response.headers.get('cache-control'), body: body.slice(0, 200) }));
process.exit(0);
`;

async function boot(
  node: string,
  folder: string,
  handler: string,
  method: string,
): Promise<{ status: number; importMs: number; cache: string | null }> {
  const script = path.join(folder, '__boot.mjs');
  fs.writeFileSync(script, BOOT);
  return await new Promise((resolve, reject) => {
    const child = spawn(node, [script, path.join(folder, handler), method, 'https://self-healing.example/'], {
      cwd: folder,
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...SETTINGS },
    });
    let output = '';
    let errors = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (errors += chunk));
    const timer = setTimeout(() => child.kill('SIGKILL'), 60_000);
    child.on('close', (code) => {
      clearTimeout(timer);
      const last = output.trim().split('\n').at(-1) ?? '';
      if (code === 0 && last.startsWith('{')) resolve(JSON.parse(last));
      else reject(new Error(`it does not boot: ${errors.trim().split('\n').slice(0, 6).join(' ')}`));
    });
  });
}

const LOAD = `
const missing = [];
for (const name of process.argv.slice(2)) {
  try {
    await import(name);
  } catch (error) {
    missing.push(name + ': ' + String(error.message).split('\\n')[0]);
  }
}
console.log(JSON.stringify(missing));
process.exit(0);
`;

/** Packages that the function's own code names, each loaded from inside the function: what the tracer missed is not there. */
function loadPackages(node: string, folder: string, excluded: readonly string[]): readonly string[] {
  const named = listFiles(folder)
    .filter((file) => file.endsWith('.js') && !file.startsWith('node_modules'))
    .flatMap((file) => [...fs.readFileSync(path.join(folder, file), 'utf8').matchAll(BARE_IMPORT)])
    .map((match) => match[1] ?? '')
    .filter((name) => !excluded.includes(name.split('/')[0] ?? ''));
  fs.writeFileSync(path.join(folder, '__load.mjs'), LOAD);
  const answer = spawnSync(node, ['__load.mjs', ...new Set(named)], { cwd: folder, encoding: 'utf8' });
  const last = answer.stdout.trim().split('\n').at(-1) ?? '';
  return last.startsWith('[') ? JSON.parse(last) : [answer.stderr.trim().split('\n').slice(0, 6).join(' ')];
}

/** The packages, or their scopes, that `vercel.json` leaves out of the functions without parsers. */
function listParsers(): readonly string[] {
  const { functions } = JSON.parse(fs.readFileSync(path.join(root, 'vercel.json'), 'utf8')) as {
    functions: Readonly<Record<string, { readonly excludeFiles: string }>>;
  };
  return Object.values(functions)[0]?.excludeFiles.split(/[{,}]/u) ?? [];
}

/** The path of the node binary that a runtime such as `nodejs24.x` means; npm has them all. */
function findNode(runtime: string): string {
  const major = /^nodejs(\d+)\.x$/u.exec(runtime)?.[1];
  if (major === undefined) throw new Error(`${runtime} is not a Node.js runtime`);
  return (
    run('npx', ['-y', `node@${major}`, '-p', 'process.execPath'], work)
      .trim()
      .split('\n')
      .at(-1) ?? 'node'
  );
}

async function main(): Promise<void> {
  const project = copyProject();
  console.log(`building with ${VERCEL_CLI}, offline and without settings given`);
  run('npx', ['-y', VERCEL_CLI, 'build', '--yes', '--token', 'offline'], project);

  const output = path.join(project, '.vercel', 'output');
  const statics = listFiles(path.join(output, 'static'));
  const leaked = statics.filter((file) => SOURCE_FILE.test(file));
  check(
    leaked.length === 0,
    `no source file among the ${statics.length} static files${leaked.length > 0 ? `: ${leaked.slice(0, 5).join(', ')}` : ''}`,
  );

  const config = JSON.parse(fs.readFileSync(path.join(output, 'config.json'), 'utf8'));
  const crons = JSON.stringify(config.crons ?? []);
  check(
    crons === JSON.stringify([{ path: '/api/cron', schedule: '* * * * *' }]),
    `the cron is in the output: ${crons}`,
  );

  const functions = listFiles(path.join(output, 'functions'))
    .filter((file) => file.endsWith('.vc-config.json'))
    .map((file) => path.dirname(file));
  const names = functions.map((folder) => folder.replace(/\.func$/u, '')).sort();
  check(names.join() === Object.keys(UNAUTHENTICATED).sort().join(), `the functions are ${names.join(', ')}`);

  const empty = path.join(work, 'empty');
  fs.mkdirSync(empty);
  fs.writeFileSync(path.join(empty, 'index.mjs'), 'export function GET() { return new Response("ok"); }\n');

  const nodes = new Map<string, string>();
  for (const folder of functions) {
    const name = folder.replace(/\.func$/u, '');
    const from = path.join(output, 'functions', folder);
    const functionConfig: FunctionConfig = JSON.parse(fs.readFileSync(path.join(from, '.vc-config.json'), 'utf8'));
    const node = nodes.get(functionConfig.runtime) ?? findNode(functionConfig.runtime);
    nodes.set(functionConfig.runtime, node);
    const to = path.join(work, 'functions', name);
    const size = unpack(project, from, functionConfig, to);
    const expected = UNAUTHENTICATED[name] ?? { method: 'GET' as const, statuses: [401] };
    try {
      const baseline = await boot(node, empty, 'index.mjs', 'GET');
      const answer = await boot(node, to, functionConfig.handler, expected.method);
      const facts = `${functionConfig.runtime}, ${(size / MEGABYTE).toFixed(1)} MB, import ${answer.importMs - baseline.importMs} ms above an empty function`;
      check(
        expected.statuses.includes(answer.status) && answer.cache === 'no-store',
        `${expected.method} /${name} without a secret: ${answer.status} ${answer.cache} (${facts})`,
      );
    } catch (error) {
      check(false, `/${name}: ${error instanceof Error ? error.message : error}`);
    }
    const missing = loadPackages(node, to, WITHOUT_PARSERS.includes(name) ? listParsers() : []);
    check(
      missing.length === 0,
      `/${name} has every package that it names${missing.map((line) => `\n     ${line}`).join('')}`,
    );
    const bound = WITHOUT_PARSERS.includes(name) ? LARGEST_WITHOUT_PARSERS : LARGEST_BUNDLE;
    check(size <= bound, `/${name} is ${(size / MEGABYTE).toFixed(1)} MB, at most ${bound / MEGABYTE} MB`);
  }
}

try {
  await main();
} catch (error) {
  problems.push(error instanceof Error ? error.message : String(error));
  console.error(error);
} finally {
  if (process.env.KEEP === undefined) fs.rmSync(work, { recursive: true, force: true });
  else console.log(`kept: ${work}`);
}
console.log(`\n${checks - problems.length} passed, ${problems.length} failed`);
process.exitCode = problems.length === 0 ? 0 : 1;
