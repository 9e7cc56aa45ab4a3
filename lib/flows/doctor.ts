import type { Config } from '../config.js';
import { AdapterError, type ConfigProblem } from '../errors.js';
import type { World } from './world.js';

/** One thing that was looked at. `remedy` is one sentence, present when something has to be done. */
export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  readonly detail: string;
  readonly remedy?: string;
}

export interface DoctorReport {
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** What is wrong with the settings; the outside is not asked while one is missing. */
export function reportSettings(problems: readonly ConfigProblem[]): DoctorReport {
  return {
    ok: problems.length === 0,
    findings: problems.map(({ variable, problem, remedy }) => ({
      check: variable,
      ok: false,
      detail: `${variable} ${problem}.`,
      remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
    })),
  };
}

/** Asks every outside system one harmless question. */
export async function examine(world: World): Promise<DoctorReport> {
  const findings = await Promise.all([
    look(world, 'Upstash', async () => {
      const store = await world.store();
      const { answeredInMs } = await measure(world, async () => await store.ping());
      return `The store answers in ${answeredInMs} ms.`;
    }),
    look(world, 'Vercel', async () => {
      const vercel = await world.vercel();
      const deployments = await vercel.listDeployments({ target: 'production', limit: 1 });
      return deployments.length === 0 ? 'The token sees no production deployment yet.' : 'The token reads deployments.';
    }),
    look(world, 'GitHub', async () => {
      const github = await world.github();
      return `Commits and pull requests will be made by ${(await github.readAccount()).login}.`;
    }),
    Promise.resolve(describeModel(world.config)),
    Promise.resolve(describeMode(world.config)),
  ]);
  return { ok: findings.every((finding) => finding.ok), findings };
}

async function look(world: World, check: string, ask: () => Promise<string>): Promise<Finding> {
  try {
    return { check, ok: true, detail: await ask() };
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    return {
      check,
      ok: false,
      detail: world.redact(error.message),
      remedy: REMEDIES[error.kind] ?? 'Try again later.',
    };
  }
}

const REMEDIES: Readonly<Partial<Record<AdapterError['kind'], string>>> = {
  unauthorized: 'Replace the token by one that is valid, then redeploy.',
  forbidden: 'Give the token the rights that the README lists.',
  'not-found': 'Check the team id and the address, and that the token sees them.',
  'rate-limited': 'Wait until the limit opens again.',
  rejected: 'Compare the setting with the table in the README.',
};

async function measure(world: World, work: () => Promise<unknown>): Promise<{ readonly answeredInMs: number }> {
  const startedAt = world.clock.now();
  await work();
  return { answeredInMs: world.clock.now() - startedAt };
}

function describeModel(config: Config): Finding {
  return config.gemini === undefined
    ? {
        check: 'Gemini',
        ok: true,
        detail: 'GEMINI_API_KEY is not set: only what the compiler itself suggests is repaired.',
      }
    : { check: 'Gemini', ok: true, detail: `Models, in this order: ${config.gemini.models.join(', ')}.` };
}

function describeMode(config: Config): Finding {
  const detail = config.paused
    ? 'PAUSED is set: nothing is done.'
    : config.mode === 'observe'
      ? 'MODE=observe: failures are diagnosed and recorded, nothing is written.'
      : 'Failures are repaired by pull request.';
  return { check: 'Mode', ok: true, detail };
}
