import { AdapterError, type ConfigProblem } from '../errors.js';
import type { Accounts } from '../ports/accounts.js';
import { gitHubRequests, gitHubRights, gitHubToken, gitHubWebhooks, reviewer } from './doctor/checks-github.js';
import { cron, deadLetters, limits, mode, model, queue, store } from './doctor/checks-own.js';
import { commitAuthor, vercelPlan, vercelProjects, vercelToken, vercelWebhook } from './doctor/checks-vercel.js';
import { type Check, type Finding, fail, unknown, type Verdict } from './doctor/finding.js';
import { examinePatient, type Patient } from './doctor/patient.js';
import type { World } from './world.js';

export type { Finding, FindingState } from './doctor/finding.js';

export interface DoctorReport {
  /** Nothing failed; warnings and what could not be found out do not count. */
  readonly ok: boolean;
  readonly findings: readonly Finding[];
}

/** In the order in which people read them. */
const CHECKS: readonly Check[] = [
  mode,
  store,
  vercelToken,
  vercelPlan,
  vercelProjects,
  gitHubToken,
  gitHubRights,
  commitAuthor,
  reviewer,
  cron,
  vercelWebhook,
  gitHubWebhooks,
  model,
  queue,
  limits,
  gitHubRequests,
  deadLetters,
];

const PATIENCE_MS = 15_000;

/** What is wrong with the settings; the outside is not asked while one is missing. */
export function reportSettings(problems: readonly ConfigProblem[]): DoctorReport {
  return {
    ok: problems.length === 0,
    findings: problems.map(({ variable, problem, remedy }) => ({
      id: `setting:${variable}`,
      check: variable,
      state: 'fail',
      detail: `${variable} ${problem}.`,
      remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
    })),
  };
}

/** Looks at everything at once, each look for itself and for a limited time. */
export async function examine(
  world: World,
  {
    patienceMs = PATIENCE_MS,
    checks = CHECKS,
  }: { readonly patienceMs?: number; readonly checks?: readonly Check[] } = {},
): Promise<DoctorReport> {
  const patient = examinePatient(world, world.accounts ?? NO_ACCOUNTS);
  const findings = (await Promise.all(checks.map((check) => lookSafely(check, patient, patienceMs)))).flat();
  return { ok: findings.every(({ state }) => state !== 'fail'), findings };
}

async function lookSafely(check: Check, patient: Patient, patienceMs: number): Promise<readonly Finding[]> {
  const { redact } = patient.world;
  const verdicts = [await withPatience(check, patient, patienceMs)].flat();
  return verdicts.map(({ about, detail, ...verdict }) => ({
    id: about === undefined ? check.id : `${check.id}:${about}`,
    check: check.title,
    ...verdict,
    detail: redact(detail),
  }));
}

async function withPatience(check: Check, patient: Patient, patienceMs: number): Promise<Verdict | readonly Verdict[]> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<Verdict>((resolve) => {
    const verdict = unknown('There was no answer in time.', { remedy: 'Look again later.' });
    timer = setTimeout(() => resolve(verdict), patienceMs);
  });
  try {
    return await Promise.race([check.look(patient), limit]);
  } catch (error) {
    return explain(error, check);
  } finally {
    clearTimeout(timer);
  }
}

function explain(error: unknown, check: Check): Verdict {
  if (!(error instanceof AdapterError))
    return unknown(`This look broke: ${error instanceof Error ? error.message : String(error)}`);
  const { system, kind, message } = error;
  const passing = kind === 'unavailable' || kind === 'rate-limited' || kind === 'malformed';
  // What passes by itself says nothing about a setting. But without the store nothing works, however short it is away;
  // that is said once.
  const isFault = system === 'upstash' ? check.id === 'store' : !passing;
  const verdict = isFault ? fail : unknown;
  const link = LINKS[system];
  return verdict(message, { remedy: REMEDIES[kind], ...(link === undefined ? {} : { link }) });
}

const REMEDIES: Readonly<Record<AdapterError['kind'], string>> = {
  unauthorized: 'Replace the token by one that is valid, then deploy again.',
  forbidden: 'Give the token the rights that the README lists.',
  'not-found': 'Check the team id and the address, and that the token sees them.',
  'rate-limited': 'Wait until the limit opens again.',
  rejected: 'Compare the setting with the table in the README.',
  conflict: 'Look again later.',
  unavailable: 'Look again later; see whether the service has an incident.',
  malformed: 'Check that the address in the settings is that of the service.',
};

const LINKS: Readonly<Partial<Record<AdapterError['system'], string>>> = {
  vercel: 'https://vercel.com/account/settings/tokens',
  github: 'https://github.com/settings/personal-access-tokens',
  gemini: 'https://aistudio.google.com/apikey',
  upstash: 'https://console.upstash.com/redis',
  qstash: 'https://console.upstash.com/qstash',
};

async function closed(): Promise<never> {
  throw new Error('the accounts are closed here');
}

const NO_ACCOUNTS: Accounts = { vercel: closed, github: closed, queue: closed, model: closed };
