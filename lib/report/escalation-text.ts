import type { EscalationReason } from '../incident/incident.js';
import type { Language } from '../settings/settings-schema.js';
import { textsIn } from './texts/texts.js';

/** What a reason means and what a person does about it, in one sentence each. */
export interface EscalationText {
  readonly title: string;
  readonly remedy: string;
}

/** In the language of a repository; the dashboard is English. */
export function explainEscalation(reason: EscalationReason, language: Language = 'en'): EscalationText {
  const { escalations, escalation } = textsIn(language);
  // A stored incident may carry a reason of a newer version.
  return escalations[reason] ?? { title: escalation.unknown(reason), remedy: escalation.unknownRemedy };
}
