import type { Incident } from '../incident/incident.js';
import type { Language } from '../settings/settings-schema.js';
import { explainEscalation } from './escalation-text.js';
import { textsIn } from './texts/texts.js';
import { formatTime } from './time-text.js';

export type Tone = 'bad' | 'warn' | 'good' | 'busy' | 'quiet';

export interface StatusText {
  /** One or two words. */
  readonly label: string;
  readonly tone: Tone;
  /** One sentence: where the incident stands. */
  readonly sentence: string;
  /** One sentence: what happens next, by whom and until when; absent when nothing does. */
  readonly next?: string;
}

const TONES: Readonly<Record<Incident['status'], Tone>> = {
  detected: 'bad',
  diagnosed: 'bad',
  redeployed: 'busy',
  proposed: 'busy',
  refuted: 'warn',
  verified: 'good',
  merged: 'busy',
  'taken-over': 'quiet',
  healed: 'good',
  joined: 'quiet',
  rejected: 'quiet',
  superseded: 'quiet',
  escalated: 'warn',
};

/**
 * Where an incident stands and what happens next, in the language of a repository; the dashboard is English. Times are
 * in UTC; the text holds no stranger's words.
 */
export function describeStatus(incident: Incident, language: Language = 'en'): StatusText {
  const { status: texts } = textsIn(language);
  const tone = TONES[incident.status];
  const until = 'deadline' in incident ? formatTime(incident.deadline, language) : '';
  const tell = ({
    label,
    sentence,
    next,
  }: {
    label: string;
    sentence: (attempts: number) => string;
    next?: (until: string) => string;
  }): StatusText => ({
    label,
    tone,
    sentence: sentence(incident.attempts.length),
    ...(next === undefined ? {} : { next: next(until) }),
  });
  if (incident.status === 'healed')
    return tell(incident.pullRequest === undefined ? texts.healedByRedeployment : texts.healed);
  if (incident.status !== 'escalated') return tell(texts[incident.status]);
  const { title, remedy } = explainEscalation(incident.reason, language);
  return { label: texts.escalated.label, tone, sentence: `${title}.`, next: remedy };
}

/** Whether production is still failing for this incident, so far as the incident knows. */
export function isBroken(incident: Incident): boolean {
  return incident.status !== 'healed' && incident.status !== 'superseded' && incident.status !== 'joined';
}
