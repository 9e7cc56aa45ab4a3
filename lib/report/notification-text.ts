import type { Incident } from '../incident/incident.js';
import { escapeChat, shorten } from './escape.js';
import { splitEdit } from './handed-edit.js';

/** What people are told of. */
export type NotificationEvent = 'opened' | 'verified' | 'healed' | 'escalated';

/** One or two sentences for a chat. Names, causes and details are strangers' words: they ping nobody and link nowhere. */
export function buildNotificationText(incident: Incident, event: NotificationEvent): string {
  const { owner, name } = incident.repository;
  const projects = [...new Set(incident.failures.map((failure) => failure.projectName))];
  const shown = projects.slice(0, 5).join(', ') + (projects.length > 5 ? ` and ${projects.length - 5} more` : '');
  return escapeChat(`${owner}/${name} (${shown}): ${describe(incident, event)}`);
}

function describe(incident: Incident, event: NotificationEvent): string {
  const cause = shorten(incident.diagnosis?.summary ?? 'The cause is not known.', 500);
  switch (event) {
    case 'opened':
      return `the production build failed. ${cause}`;
    case 'verified':
      return 'a repair is ready for review; its preview build passed.';
    case 'healed':
      return 'production is healed.';
    case 'escalated':
      return `needs a person. ${incident.status === 'escalated' ? shorten(splitEdit(incident.detail).said, 1_000) : cause}`;
  }
}
