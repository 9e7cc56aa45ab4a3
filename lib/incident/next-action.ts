import type { Attempt, EscalationReason, Incident } from './incident.js';

/** What the next step of an incident is. `hold` does nothing until something outside changes. */
export type Action =
  | { readonly do: 'diagnose' }
  | { readonly do: 'redeploy' }
  | { readonly do: 'repair' }
  | { readonly do: 'resume-proposal'; readonly attempt: Attempt }
  | { readonly do: 'watch-redeployment' }
  | { readonly do: 'watch-preview' }
  | { readonly do: 'watch-pull-request' }
  | { readonly do: 'watch-production' }
  | { readonly do: 'watch-recovery' }
  | { readonly do: 'escalate'; readonly reason: EscalationReason; readonly detail: string }
  | { readonly do: 'hold'; readonly why: 'observe-mode' | 'final' };

export interface ActionSettings {
  readonly mode: 'repair' | 'observe';
  readonly attemptsWithoutProgress: number;
  readonly attemptsPerIncident: number;
}

/** The one place that decides what happens next. */
export function decideNextAction(incident: Incident, settings: ActionSettings): Action {
  if (incident.status === 'detected') return { do: 'diagnose' };
  if (settings.mode === 'observe' && (incident.status === 'diagnosed' || incident.status === 'refuted'))
    return { do: 'hold', why: 'observe-mode' };

  switch (incident.status) {
    case 'diagnosed':
    case 'refuted':
      return decideRemedy(incident, settings);
    case 'redeployed':
      return { do: 'watch-redeployment' };
    case 'proposed':
      return { do: 'watch-preview' };
    case 'verified':
      return { do: awaitsPreview(incident) ? 'watch-preview' : 'watch-pull-request' };
    case 'merged':
    case 'taken-over':
      return { do: 'watch-production' };
    case 'escalated':
    case 'rejected':
      return { do: 'watch-recovery' };
    default:
      return { do: 'hold', why: 'final' };
  }
}

function decideRemedy(
  incident: Extract<Incident, { status: 'diagnosed' | 'refuted' }>,
  settings: ActionSettings,
): Action {
  const planned = incident.attempts.at(-1);
  if (planned !== undefined && planned.commitSha === undefined) return { do: 'resume-proposal', attempt: planned };

  const diagnosis = currentDiagnosis(incident);
  if (diagnosis.class === 'transient') {
    const answered = incident.redeployments?.some(({ deploymentId }) => deploymentId !== undefined);
    if (answered !== true) return { do: 'redeploy' };
    // Node's fetch does not say whom it asked. The repository tells whether that is the machine that builds.
    if (diagnosis.errors[0]?.code === 'FETCH_FAILED') return { do: 'repair' };
    return {
      do: 'escalate',
      reason: 'not-repairable',
      detail: `It failed in the same way after one redeployment: ${diagnosis.summary}`,
    };
  }
  if (diagnosis.class === 'environment' || diagnosis.class === 'infrastructure' || !diagnosis.repairable)
    return { do: 'escalate', reason: 'not-repairable', detail: diagnosis.remedy ?? diagnosis.summary };

  const refuted = listRefuted(incident).length;
  if (refuted >= settings.attemptsPerIncident)
    return { do: 'escalate', reason: 'attempts-exhausted', detail: `${refuted} attempts were refuted.` };
  const idle = countAttemptsWithoutProgress(incident);
  if (idle >= settings.attemptsWithoutProgress)
    return {
      do: 'escalate',
      reason: 'attempts-exhausted',
      detail: `${idle} attempts in a row ended in a failure that was known already.`,
    };
  return { do: 'repair' };
}

/** A project that joined after the others were verified has to show its preview too. */
function awaitsPreview(incident: Incident): boolean {
  const shown = new Set(incident.attempts.at(-1)?.previews?.map((preview) => preview.projectId));
  return incident.failures.some((failure) => !shown.has(failure.projectId));
}

/** The newest diagnosis: that of the last refuted attempt, else the one that opened the incident. */
export function currentDiagnosis(
  incident: Extract<Incident, { status: 'diagnosed' | 'refuted' }>,
): typeof incident.diagnosis {
  const verdict = incident.attempts.at(-1)?.verdict;
  return (verdict?.outcome === 'refuted' ? verdict.diagnosis : undefined) ?? incident.diagnosis;
}

/** Those that count: when a person asks to try again, counting starts anew. */
function listRefuted(incident: Incident): readonly Attempt[] {
  const afterAttempt = incident.askedAgain?.afterAttempt ?? 0;
  return incident.attempts.filter((attempt) => attempt.number > afterAttempt && attempt.verdict?.outcome === 'refuted');
}

/** The fingerprint of the failure that an incident works on now. */
export function newestFingerprint(incident: Incident): string | undefined {
  const last = incident.attempts.at(-1);
  return (last === undefined ? undefined : fingerprintOf(last)) ?? incident.diagnosis?.fingerprint;
}

/** How many of the last attempts ended in a failure that had been seen before. */
export function countAttemptsWithoutProgress(incident: Incident): number {
  const refuted = listRefuted(incident).filter(
    ({ verdict }) => verdict?.outcome === 'refuted' && verdict.by !== 'base',
  );
  const lastProgress = refuted.findLastIndex((attempt) => madeProgress(incident, attempt));
  return refuted.length - 1 - lastProgress;
}

/**
 * Whether a refuted attempt failed in a way that was new at the time. Many builds print only their first error, so a
 * new fingerprint means that the build got further.
 */
export function madeProgress(incident: Incident, attempt: Attempt): boolean {
  const fingerprint = fingerprintOf(attempt);
  if (fingerprint === undefined || fingerprint === incident.diagnosis?.fingerprint) return false;
  return !incident.attempts.some(
    (earlier) => earlier.number < attempt.number && fingerprintOf(earlier) === fingerprint,
  );
}

function fingerprintOf(attempt: Attempt): string | undefined {
  return attempt.verdict?.outcome === 'refuted' ? attempt.verdict.diagnosis?.fingerprint : undefined;
}

const SHORTEST_WAIT_MS = 5_000;

/**
 * How long to wait before the next look: a tenth of the time waited so far, so that short waits are answered
 * promptly and long ones cost little.
 */
export function waitBeforeNextLook(waitedMs: number, longestMs: number): number {
  return Math.min(Math.max(waitedMs / 10, SHORTEST_WAIT_MS), longestMs);
}

/** Doubling from five seconds to ten minutes. */
export function backOff(hiccups: number): number {
  return Math.min(SHORTEST_WAIT_MS * 2 ** Math.min(hiccups, 10), 600_000);
}
