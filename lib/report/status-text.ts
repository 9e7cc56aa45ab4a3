import type { Incident } from '../incident/incident.js';
import { explainEscalation } from './escalation-text.js';
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

/** Where an incident stands and what happens next. Times are in UTC; the text holds no stranger's words. */
export function describeStatus(incident: Incident): StatusText {
  const attempts = incident.attempts.length;
  switch (incident.status) {
    case 'detected':
      return {
        label: 'Detected',
        tone: 'bad',
        sentence: 'A production deployment failed.',
        next: 'Its log is read and diagnosed with the next sweep.',
      };
    case 'diagnosed':
      return {
        label: 'Diagnosed',
        tone: 'bad',
        sentence: 'The cause is known; no repair has been proposed yet.',
        next: 'A repair is written, or the incident is handed to a person.',
      };
    case 'redeployed':
      return {
        label: 'Redeployed',
        tone: 'busy',
        sentence: 'The failure looks like a passing one, so the same commit is being deployed again.',
        next: `Vercel’s answer is awaited until ${formatTime(incident.deadline)}.`,
      };
    case 'proposed':
      return {
        label: 'Preview building',
        tone: 'busy',
        sentence: `Attempt ${attempts} is on the repair branch and its preview is being built.`,
        next: `The preview’s result decides; it is awaited until ${formatTime(incident.deadline)}.`,
      };
    case 'refuted':
      return {
        label: 'Refuted',
        tone: 'warn',
        sentence: `The build of attempt ${attempts} failed.`,
        next: 'Its log goes into the next attempt, on the same pull request.',
      };
    case 'verified':
      return {
        label: 'Verified',
        tone: 'good',
        sentence: `Attempt ${attempts} builds: its preview is ready.`,
        next: 'A person reviews and merges the pull request.',
      };
    case 'merged':
      return {
        label: 'Merged',
        tone: 'busy',
        sentence: 'The repair is merged and on its way to production.',
        next: `Production is watched until it serves the merge, at most until ${formatTime(incident.deadline)}.`,
      };
    case 'taken-over':
      return {
        label: 'Taken over',
        tone: 'quiet',
        sentence: 'Somebody else pushed to the repair branch, so nothing more is written there.',
        next: 'The pull request is watched until production is healed.',
      };
    case 'healed':
      return {
        label: 'Healed',
        tone: 'good',
        sentence:
          incident.pullRequest === undefined
            ? 'The same commit was deployed again and builds: the failure was a passing one.'
            : 'Production builds again and serves the repair.',
      };
    case 'joined':
      return {
        label: 'Joined',
        tone: 'quiet',
        sentence: 'The same failure is already being repaired in another incident.',
      };
    case 'rejected':
      return {
        label: 'Rejected',
        tone: 'quiet',
        sentence: 'The pull request was closed without a merge. The same patch is not proposed again.',
      };
    case 'superseded':
      return { label: 'Superseded', tone: 'quiet', sentence: 'A later commit repaired production without us.' };
    case 'escalated': {
      const { title, remedy } = explainEscalation(incident.reason);
      return { label: 'Needs a person', tone: 'warn', sentence: `${title}.`, next: remedy };
    }
  }
}

/** Whether production is still failing for this incident, so far as the incident knows. */
export function isBroken(incident: Incident): boolean {
  return incident.status !== 'healed' && incident.status !== 'superseded' && incident.status !== 'joined';
}
