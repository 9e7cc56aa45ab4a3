import { inParallel } from '../../parallel.js';
import type { StoredVariable, VercelSetup } from '../../ports/setup.js';
import type { Change } from './dialogue.js';
import type { SetupOutside } from './outside.js';

/** Written so that nobody can read them back. */
const SECRETS = new Set([
  'VERCEL_TOKEN',
  'GITHUB_TOKEN',
  'GEMINI_API_KEY',
  'UPSTASH_REDIS_REST_TOKEN',
  'CRON_SECRET',
  'TRIGGER_SECRET',
  'DASHBOARD_SECRET',
  'VERCEL_WEBHOOK_SECRET',
  'GITHUB_WEBHOOK_SECRET',
  'QSTASH_TOKEN',
  'QSTASH_CURRENT_SIGNING_KEY',
  'QSTASH_NEXT_SIGNING_KEY',
  'NOTIFY_WEBHOOK_URL',
  'NOTIFY_WEBHOOK_SECRET',
]);

/** Made when nobody has made them. */
export const OWN_SECRETS = ['CRON_SECRET', 'TRIGGER_SECRET', 'DASHBOARD_SECRET', 'GITHUB_WEBHOOK_SECRET'] as const;

const NOTE = 'Written by npm run setup';
const MARK = /\(mark ([0-9a-f]{16})\)/;
const AT_ONCE = 4;

export interface VariableChange extends Change {
  readonly key: string;
}

/** The variables of our own project, as they are and as they are to be. */
export interface VariableBook {
  has(key: string): boolean;
  /** The value in clear; undefined where there is none or it cannot be read back. */
  read(key: string): Promise<string | undefined>;
  /** What has to be written so that these hold; what holds already is left alone. */
  plan(wanted: Readonly<Record<string, string>>): Promise<readonly VariableChange[]>;
  write(key: string, value: string): Promise<void>;
  /** When the last of them was changed, in milliseconds; 0 where nothing tells. */
  readonly changedAt: number;
}

export async function openVariables(
  vercel: VercelSetup,
  projectId: string,
  mark: SetupOutside['mark'],
): Promise<VariableBook> {
  const stored = new Map<string, StoredVariable>();
  for (const variable of await vercel.listVariables(projectId))
    if (variable.targets.includes('production')) stored.set(variable.key, variable);

  async function read(key: string): Promise<string | undefined> {
    const variable = stored.get(key);
    if (variable === undefined || variable.type === 'sensitive') return undefined;
    return await vercel.readVariable(projectId, variable.id);
  }

  /** A sensitive variable is recognised by the mark in its comment. */
  async function holds(key: string, value: string): Promise<boolean> {
    const known = MARK.exec(stored.get(key)?.comment ?? '')?.[1];
    if (known !== undefined) return known === (await mark(value, `${projectId}/${key}`));
    return (await read(key)) === value;
  }

  async function write(key: string, value: string): Promise<void> {
    const isSecret = SECRETS.has(key);
    const comment = isSecret ? `${NOTE} (mark ${await mark(value, `${projectId}/${key}`)})` : NOTE;
    const variable = stored.get(key);
    // Vercel knows no sensitive variable for development.
    const type = isSecret && variable?.targets.includes('development') !== true ? 'sensitive' : 'encrypted';
    if (variable === undefined) await vercel.createVariable(projectId, { key, value, type, comment });
    else await vercel.updateVariable(projectId, variable.id, { value, type, comment });
  }

  async function plan(wanted: Readonly<Record<string, string>>): Promise<readonly VariableChange[]> {
    const entries = Object.entries(wanted).filter(([, value]) => value !== '');
    const changes = await inParallel(entries, AT_ONCE, async ([key, value]) => {
      const verb = stored.has(key) ? 'Update' : 'Set';
      if (stored.has(key) && (await holds(key, value))) return undefined;
      const shown = SECRETS.has(key) ? ', which nobody can read back' : ` to ${value}`;
      return { key, text: `${verb} the variable ${key}${shown}`, apply: () => write(key, value) };
    });
    return changes.filter((change) => change !== undefined);
  }

  const changedAt = Math.max(0, ...[...stored.values()].map(({ updatedAt = 0 }) => updatedAt));
  return { has: (key) => stored.has(key), read, plan, write, changedAt };
}
