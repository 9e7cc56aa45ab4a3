import type { Patient } from './patient.js';

/** `unknown`: it could not be found out, which says nothing about it. */
export type FindingState = 'ok' | 'warn' | 'fail' | 'unknown';

/** What one look brought, in sentences for people. */
export interface Verdict {
  readonly state: FindingState;
  readonly detail: string;
  /** One sentence, present when something has to be done. */
  readonly remedy?: string;
  /** Where it is done, or read about. */
  readonly link?: string;
  /** What it is about where one check looks at several things: a repository, a project. */
  readonly about?: string;
}

export interface Finding extends Omit<Verdict, 'about'> {
  /** Stable: the check's id, with what it is about after a colon. */
  readonly id: string;
  readonly check: string;
}

/** One independent look at one thing. Throws `AdapterError` when the outside refuses. */
export interface Check {
  readonly id: string;
  readonly title: string;
  look(patient: Patient): Promise<Verdict | readonly Verdict[]>;
}

export const ok = (detail: string, more: Partial<Verdict> = {}): Verdict => ({ state: 'ok', detail, ...more });
export const warn = (detail: string, more: Partial<Verdict> = {}): Verdict => ({ state: 'warn', detail, ...more });
export const fail = (detail: string, more: Partial<Verdict> = {}): Verdict => ({ state: 'fail', detail, ...more });
export const unknown = (detail: string, more: Partial<Verdict> = {}): Verdict => ({
  state: 'unknown',
  detail,
  ...more,
});

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_MS = 14 * DAY_MS;

/** How long a credential still lasts; undefined while there is no need to say more than its date. */
export function judgeExpiry(
  expiresAt: number | undefined,
  now: number,
  { name, link }: { readonly name: string; readonly link: string },
): { readonly sentence: string; readonly verdict?: Verdict } {
  if (expiresAt === undefined) return { sentence: 'It does not expire.' };
  const days = Math.floor((expiresAt - now) / DAY_MS);
  const date = new Date(expiresAt).toISOString().slice(0, 10);
  const sentence = `It expires on ${date}, in ${days} ${days === 1 ? 'day' : 'days'}.`;
  if (expiresAt - now > SOON_MS) return { sentence };
  const remedy = `Make a new token, put it into ${name} and deploy again.`;
  if (expiresAt <= now) return { sentence, verdict: fail(`${name} expired on ${date}.`, { remedy, link }) };
  return { sentence, verdict: warn(`${name} expires on ${date}, in ${days} days.`, { remedy, link }) };
}
