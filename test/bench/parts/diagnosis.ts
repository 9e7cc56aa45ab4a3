import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Part, type Row, sample } from '../report.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SIZES = [
  { what: '1,000 lines', bytes: undefined, lines: 1_000 },
  { what: '10,000 lines', bytes: undefined, lines: 10_000 },
  { what: '4 MB, where Vercel cuts a log', bytes: 4_000_000, lines: Number.POSITIVE_INFINITY },
] as const;
const FASTEST = 300_000;

/** What `diagnosis-process.ts` prints. */
interface Measured {
  readonly lines: number;
  /** Of each run in that process but the first. */
  readonly times: readonly number[];
  /** Bytes that the process held at its most. */
  readonly memory: number;
}

export async function measureDiagnosis(): Promise<Part> {
  const rows = SIZES.map(({ what, bytes, lines }): Row => {
    const diagnosed = runProcess('diagnose', bytes, lines);
    const read = runProcess('read', bytes, lines);
    const speed = sample(
      diagnosed.times.map((time) => (1000 * diagnosed.lines) / time),
      'lines/s',
    );
    return {
      what,
      value: speed,
      against: sample([Math.max(0, diagnosed.memory - read.memory) / diagnosed.lines], 'bytes/line'),
      bound: { text: `at least ${FASTEST.toLocaleString('en-US')}`, holds: speed.median >= FASTEST },
    };
  });
  return {
    name: 'diagnosis',
    title: 'Diagnosis',
    how: 'From the build events to the diagnosis, of a log that recorded builds fill up to its size, the failing one last. The memory is what a process holds at its most beyond one that only reads the log.',
    columns: ['speed', 'memory'],
    rows,
  };
}

function runProcess(work: 'diagnose' | 'read', bytes: number | undefined, lines: number): Measured {
  const file = fileURLToPath(new URL('./diagnosis-process.ts', import.meta.url));
  const args = ['--import', 'tsx', file, work, String(bytes ?? 'all'), String(lines)];
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Measured;
}
