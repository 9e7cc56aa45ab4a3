import { AdapterError } from '../errors.js';
import type { Incident, IncidentStatus } from '../incident/incident.js';
import type { Notification } from '../ports.js';
import { buildNotificationText } from '../report/notification-text.js';
import type { World } from './world.js';

/** What people hear of; a failure is told once its cause is known. */
const EVENTS: Partial<Record<IncidentStatus, Notification['event']>> = {
  diagnosed: 'opened',
  redeployed: 'opened',
  verified: 'verified',
  healed: 'healed',
  escalated: 'escalated',
};

/**
 * Tells the configured receiver about a change of state. Marked as told before it is sent, so that it never comes
 * twice; an incident that was taken up again may end again, which is news.
 */
export async function notify(world: World, incident: Incident): Promise<void> {
  const event = EVENTS[incident.status];
  const notifier = event === undefined ? undefined : await world.notifier?.();
  if (event === undefined || notifier === undefined) return;

  const { deliveries } = await world.store();
  const topic = `notification ${incident.id} ${event} ${event === 'opened' ? 0 : incident.attempts.length}`;
  if ((await deliveries.claim(topic)) !== 'claimed') return;
  await deliveries.complete(topic);
  try {
    await notifier.notify(buildNotification(world, incident, event));
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    world.logger.warn('A notification could not be sent', { incident: incident.id, event, kind: error.kind });
  }
}

function buildNotification(world: World, incident: Incident, event: Notification['event']): Notification {
  const { owner, name } = incident.repository;
  const projects = [...new Set(incident.failures.map((failure) => failure.projectName))];
  const page = world.config.publicUrl === undefined ? undefined : `${world.config.publicUrl}/incidents/${incident.id}`;
  const url = incident.pullRequest?.url ?? page;
  return {
    event,
    incidentId: incident.id,
    text: world.redact(buildNotificationText(incident, event)),
    repository: `${owner}/${name}`,
    projects,
    at: world.clock.now(),
    ...(url === undefined ? {} : { url }),
  };
}
