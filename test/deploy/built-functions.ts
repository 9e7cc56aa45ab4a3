/** The functions as the real Vercel CLI builds them, each alone in a folder. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const VERCEL_CLI = 'vercel@60.1.3';

export interface BuiltFunction {
  /** `api/cron` */
  readonly name: string;
  /** Holds the function and nothing of the project around it. */
  readonly folder: string;
  /** Of its entry, below the folder. */
  readonly handler: string;
  readonly runtime: string;
  /** The node binary of that runtime. */
  readonly node: string;
  readonly bytes: number;
  /** Bytes by package; our own code is `own`. */
  readonly packages: ReadonlyMap<string, number>;
}

export interface BuiltProject {
  /** `.vercel/output` */
  readonly output: string;
  readonly functions: readonly BuiltFunction[];
}

interface FunctionConfig {
  readonly handler: string;
  readonly runtime: string;
  readonly filePathMap?: Readonly<Record<string, string>>;
}

/**
 * Builds a copy of the project below `work`, offline and without settings. VERCEL_BIN names an installed CLI; npx
 * fetches one otherwise.
 */
export function buildFunctions(root: string, work: string): BuiltProject {
  const project = copyProject(root, path.join(work, 'project'));
  const cli = process.env.VERCEL_BIN;
  const args = ['build', '--yes', '--token', 'offline'];
  if (cli === undefined) run('npx', ['-y', VERCEL_CLI, ...args], project);
  else run(cli, args, project);

  const output = path.join(project, '.vercel', 'output');
  const nodes = new Map<string, string>();
  const functions = listFiles(path.join(output, 'functions'))
    .filter((file) => file.endsWith('.vc-config.json'))
    .map((file): BuiltFunction => {
      const from = path.join(output, 'functions', path.dirname(file));
      const config: FunctionConfig = JSON.parse(fs.readFileSync(path.join(from, '.vc-config.json'), 'utf8'));
      const name = path.dirname(file).replace(/\.func$/u, '');
      const folder = path.join(work, 'functions', name);
      unpack({ project, from, to: folder }, config);
      const node = nodes.get(config.runtime) ?? findNode(config.runtime, work);
      nodes.set(config.runtime, node);
      const packages = weigh(folder);
      const bytes = [...packages.values()].reduce((sum, size) => sum + size, 0);
      return { name, folder, handler: config.handler, runtime: config.runtime, node, bytes, packages };
    });
  return { output, functions };
}

function copyProject(root: string, project: string): string {
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

/** The function as it would lie on a machine of its own. */
function unpack(
  { project, from, to }: { readonly project: string; readonly from: string; readonly to: string },
  { filePathMap = {} }: FunctionConfig,
): void {
  fs.cpSync(from, to, { recursive: true, dereference: false });
  for (const [name, source] of Object.entries(filePathMap)) {
    fs.mkdirSync(path.dirname(path.join(to, name)), { recursive: true });
    fs.cpSync(path.join(project, source), path.join(to, name), { dereference: false, verbatimSymlinks: true });
  }
}

function weigh(folder: string): ReadonlyMap<string, number> {
  const packages = new Map<string, number>();
  for (const file of listFiles(folder)) {
    const name = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(file)?.[1] ?? 'own';
    packages.set(name, (packages.get(name) ?? 0) + fs.lstatSync(path.join(folder, file)).size);
  }
  return new Map([...packages].sort(([, left], [, right]) => right - left));
}

/** The path of the node binary that a runtime such as `nodejs24.x` means; npm has them all. */
function findNode(runtime: string, cwd: string): string {
  const major = /^nodejs(\d+)\.x$/u.exec(runtime)?.[1];
  if (major === undefined) throw new Error(`${runtime} is not a Node.js runtime`);
  return (
    run('npx', ['-y', `node@${major}`, '-p', 'process.execPath'], cwd)
      .trim()
      .split('\n')
      .at(-1) ?? 'node'
  );
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

/** Paths of all files below the directory, relative to it. */
export function listFiles(directory: string): readonly string[] {
  if (!fs.existsSync(directory)) return [];
  return fs
    .readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)));
}
