import { startOutside } from '../../faults/outside.js';
import { buildTown } from '../../load/town.js';
import { type Part, type Row, sample } from '../report.js';

const MOST_PROJECTS = 10_000;
const PROJECTS = [1, 100, MOST_PROJECTS] as const;
const FAILING = 200;
const IDLE_SWEEPS = 15;
/** The limits are not what is measured. */
const UNLIMITED = {
  MAX_ATTEMPTS_PER_HOUR: '1000',
  MAX_ATTEMPTS_PER_DAY: '1000',
  MAX_DEPLOYMENTS_PER_DAY: '1000',
  MAX_GITHUB_WRITES_PER_MINUTE: '100000',
  MAX_GITHUB_WRITES_PER_HOUR: '100000',
};

export async function measureSweeps(progress: (line: string) => void): Promise<Part> {
  const rows: Row[] = [];
  for (const projects of PROJECTS) {
    const idle = await sweepOver({ shops: 0, healthy: projects }, IDLE_SWEEPS);
    rows.push(toRow(`${describeProjects(projects)}, none failing`, idle));
    progress(`idle sweep over ${projects} projects`);
  }
  const alone = await sweepOver({ shops: FAILING, healthy: 0 }, 1);
  progress(`busy sweep over ${FAILING} projects`);
  const among = await sweepOver({ shops: FAILING, healthy: MOST_PROJECTS - FAILING }, 1);
  progress(`busy sweep over ${MOST_PROJECTS} projects`);
  const bound = { text: 'no request for healthy projects', holds: among.requests === alone.requests };
  rows.push(
    toRow(`${describeProjects(FAILING)}, ${FAILING} failing`, alone),
    toRow(`${describeProjects(MOST_PROJECTS)}, ${FAILING} failing`, { ...among, bound }),
  );
  return {
    name: 'sweeps',
    title: 'Idle and busy sweeps',
    how: `Requests to Vercel, GitHub and the store together, and the time of a sweep with services that answer at once in the same process. A busy sweep finds ${FAILING} failures and opens their pull requests; what one sweep leaves for the next is counted with it.`,
    columns: ['requests', 'time'],
    rows,
  };
}

interface Swept {
  readonly requests: number;
  readonly times: readonly number[];
  readonly bound?: { readonly text: string; readonly holds: boolean };
}

async function sweepOver(plan: { readonly shops: number; readonly healthy: number }, sweeps: number): Promise<Swept> {
  const outside = await startOutside();
  try {
    const town = await buildTown(outside, { ...plan, mall: 0, settings: UNLIMITED });
    await town.breakAll();
    const times: number[] = [];
    const before = town.calls.length;
    let proposed = 0;
    while (proposed < plan.shops || times.length < sweeps) {
      const startedAt = performance.now();
      const { steps } = await town.sweep();
      times.push(performance.now() - startedAt);
      const now = steps.filter(({ to }) => to === 'proposed').length;
      if (plan.shops > 0 && now === 0) throw new Error(`only ${proposed} of ${plan.shops} failures were repaired`);
      proposed += now;
    }
    const requests = (town.calls.length - before) / (plan.shops > 0 ? 1 : times.length);
    if (plan.shops > 0) return { requests, times: [times.reduce((sum, time) => sum + time, 0)] };
    const calls = town.calls.slice(-3).map(({ system }) => system);
    const holds = requests === 3 && calls.filter((system) => system === 'vercel').length === 1;
    return { requests, times, bound: { text: '1 to Vercel, 2 to the store', holds } };
  } finally {
    await outside.stop();
  }
}

function describeProjects(amount: number): string {
  return amount === 1 ? '1 project' : `${amount.toLocaleString('en-US')} projects`;
}

function toRow(what: string, { requests, times, bound }: Swept): Row {
  return {
    what,
    value: sample([requests], 'requests'),
    against: sample(times, 'ms'),
    ...(bound === undefined ? {} : { bound }),
  };
}
