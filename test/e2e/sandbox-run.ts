import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The final state of the sandbox's services, as `--report` writes it. */
export interface FinalState {
  readonly github: {
    readonly repositories: readonly {
      readonly branches: Readonly<Record<string, string>>;
      readonly pulls: readonly {
        readonly number: number;
        readonly state: string;
        readonly merged_at: string | null;
        readonly merge_commit_sha: string;
        readonly head: { readonly ref: string; readonly sha: string };
        readonly base: { readonly ref: string };
      }[];
    }[];
  };
  readonly vercel: {
    readonly projects: readonly { readonly productionDeploymentId?: string }[];
    readonly deployments: readonly {
      readonly id: string;
      readonly projectName: string;
      readonly sha: string;
      readonly ref: string;
      readonly target: string | null;
      readonly readyState: string;
    }[];
  };
  readonly incidents: {
    readonly incidents: readonly {
      readonly status: string;
      readonly attempts: readonly { readonly patch: { readonly repairer: string } }[];
    }[];
  };
}

export interface SandboxRun {
  readonly child: ChildProcess;
  /** Everything printed so far. */
  output(): string;
  /** Resolves when the text has been printed, rejects when the run ends before. */
  printed(text: string): Promise<void>;
  /** The exit code, or the signal. */
  readonly ended: Promise<number | string>;
  /** Ctrl-C: the terminal sends SIGINT to the whole foreground group. */
  pressCtrlC(): void;
  readState(): FinalState;
  /** Processes that the run started, at any depth, and that are still there. */
  survivors(): readonly number[];
}

/** `npm start` as a person would start it, with this environment and no key of the person's. */
export function startSandbox(args: readonly string[], environment: Readonly<Record<string, string>> = {}): SandboxRun {
  const folder = mkdtempSync(join(tmpdir(), 'sandbox-run-'));
  const report = join(folder, 'report.json');
  const { GEMINI_API_KEY: _, GEMINI_BASE_URL: __, GEMINI_MODELS: ___, ...inherited } = process.env;
  // The place of a sandbox that a person runs meanwhile stays theirs.
  const settings = args.includes('--settings') ? [] : ['--settings', join(folder, 'settings')];
  const child = spawn('npm', ['start', '--', '--port', '0', '--report', report, ...settings, ...args], {
    cwd: ROOT,
    env: { ...inherited, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, as a terminal gives to what runs in its foreground.
    detached: true,
  });

  let output = '';
  const listeners = new Set<() => void>();
  const collect = (data: Buffer) => {
    output += data.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);

  const started = new Set<number>();
  const watch = setInterval(() => {
    for (const pid of descendantsOf(child.pid ?? 0)) started.add(pid);
  }, 250);
  const ended = once(child, 'close').then(([code, signal]) => {
    clearInterval(watch);
    return (code ?? signal) as number | string;
  });

  return {
    child,
    output: () => output,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!output.includes(text)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        look();
        void ended.then(() => reject(new Error(`The run ended without printing ${text}:\n${output}`)));
      }),
    ended,
    pressCtrlC() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGINT');
    },
    readState() {
      const state = JSON.parse(readFileSync(report, 'utf8')) as FinalState;
      rmSync(folder, { recursive: true });
      return state;
    },
    survivors: () => [...started].filter((pid) => listProcesses().some((one) => one.pid === pid && one.state !== 'Z')),
  };
}

function descendantsOf(root: number): readonly number[] {
  const processes = listProcesses();
  const found: number[] = [root];
  for (const pid of found) for (const one of processes) if (one.parent === pid) found.push(one.pid);
  return found;
}

function listProcesses(): readonly { readonly pid: number; readonly parent: number; readonly state: string }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,state='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => {
    const [pid, parent, state = ''] = line.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), state };
  });
}
