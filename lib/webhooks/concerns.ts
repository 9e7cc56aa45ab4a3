import { CODERABBIT } from '../incident/coderabbit.js';
import type { Incident } from '../incident/incident.js';
import type { ArrivalEvent } from './arrival.js';

/** The repository that an event is about; undefined where it names none. */
export function repositoryOf(event: ArrivalEvent): number | undefined {
  return 'repository' in event ? event.repository.id : event.repositoryId;
}

/** Whether an event is a reason to look at an open incident of its repository at once. */
export function concerns(event: ArrivalEvent, incident: Incident): boolean {
  switch (event.kind) {
    case 'deployment-failed':
    case 'deployment-succeeded':
      return (
        isOurCommit(incident, event.sha) ||
        (event.target === 'production' && incident.failures.some((failure) => failure.projectId === event.projectId))
      );
    case 'deployment-status':
      return isOurCommit(incident, event.sha) || isProduction(event.environment);
    // What it says about an incident, the preview and the branch say too.
    case 'pull-request-changed':
      return false;
    case 'commit-status':
      return isOurCommit(incident, event.sha) || (incident.status === 'merged' && incident.mergeSha === event.sha);
    case 'review':
    case 'comment':
      return isHeeded(event.author) && incident.pullRequest?.number === event.number;
    case 'pull-request-closed':
      return incident.pullRequest?.number === event.number;
  }
}

/** Other bots than CodeRabbit are neither heeded nor answered. */
function isHeeded(author: string): boolean {
  return author === CODERABBIT || !author.endsWith('[bot]');
}

/** Whether an event may be a failure that nobody has seen. */
export function mayBeNewFailure(event: ArrivalEvent): boolean {
  if (event.kind === 'deployment-failed') return event.target === 'production';
  if (event.kind === 'commit-status') return true;
  return event.kind === 'deployment-status' && event.state !== 'success' && isProduction(event.environment);
}

/** `Production`, or `Production – web` when several projects share the repository. */
function isProduction(environment: string): boolean {
  return /^production\b/i.test(environment);
}

function isOurCommit(incident: Incident, sha: string | undefined): boolean {
  return sha !== undefined && incident.attempts.some((attempt) => attempt.commitSha === sha);
}
