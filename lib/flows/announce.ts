import { AdapterError } from '../errors.js';
import type { Incident, PullRequestRef } from '../incident/incident.js';
import { buildComment, buildCommitComment } from '../report/comments.js';
import { buildPullRequestBody, replacePullRequestBody } from '../report/pull-request.js';
import { notify } from './notify.js';
import type { GitHub, World } from './world.js';

/** The commit status that tells whether a repair is proven. */
export const STATUS_CONTEXT = 'self-heal';

const STATUS: Partial<Record<Incident['status'], { state: 'success' | 'failure'; description: string }>> = {
  verified: { state: 'success', description: 'The preview deployment of this commit is ready' },
  refuted: { state: 'failure', description: 'The preview deployment of this commit failed' },
  escalated: { state: 'failure', description: 'A person has to go on from here' },
};

/**
 * Tells people about a change of state: one comment, the pull request's text, the commit's status. Called before the
 * new state is stored; every part may be repeated. A right that the token lacks stops nothing.
 */
export async function announce(world: World, incident: Incident): Promise<void> {
  if (world.config.mode === 'observe') return;
  if (incident.status === 'escalated' && incident.reason === 'muted') return;
  await notify(world, incident);
  try {
    await tell(world, incident);
  } catch (error) {
    if (!(error instanceof AdapterError) || error.retryable) throw error;
    world.logger.warn('A change of state could not be announced', { incident: incident.id, kind: error.kind });
  }
}

async function tell(world: World, incident: Incident): Promise<void> {
  const options = world.config.publicUrl === undefined ? {} : { dashboardUrl: world.config.publicUrl };
  const { pullRequest, repository } = incident;
  if (pullRequest === undefined) {
    const failing = incident.failures.at(-1);
    if (incident.status !== 'escalated' || failing === undefined) return;
    const comment = buildCommitComment(incident, options);
    const github = await world.github();
    await github.ensureCommitComment(repository, failing.sha, comment.topic, world.redact(comment.body));
    return;
  }

  if (incident.status === 'taken-over' || incident.status === 'joined') return;
  const github = await world.github();
  await Promise.all([
    comment(world, github, incident, pullRequest, options),
    updateText(world, github, incident, pullRequest, options),
    setStatus(github, incident, pullRequest),
  ]);
}

async function comment(
  world: World,
  github: GitHub,
  incident: Incident,
  pullRequest: PullRequestRef,
  options: { readonly dashboardUrl?: string },
): Promise<void> {
  const text = buildComment(incident, options);
  if (text !== undefined)
    await github.ensureComment(incident.repository, pullRequest.number, text.topic, world.redact(text.body));
}

async function updateText(
  world: World,
  github: GitHub,
  incident: Incident,
  pullRequest: PullRequestRef,
  options: { readonly dashboardUrl?: string },
): Promise<void> {
  const attempt = incident.attempts.at(-1);
  if (attempt === undefined) return;
  const current = await github.findPullRequest(incident.repository, pullRequest.number);
  if (current === undefined) return;
  const body = replacePullRequestBody(
    current.body,
    world.redact(buildPullRequestBody({ incident, attempt, ...options })),
  );
  // What a later commit made needless is closed by us, in the same request that updates its text.
  const closes = incident.status === 'superseded' && current.state === 'open';
  if (body !== current.body || closes)
    await github.updatePullRequest(incident.repository, pullRequest.number, {
      body,
      ...(closes ? { state: 'closed' } : {}),
    });
}

async function setStatus(github: GitHub, incident: Incident, pullRequest: PullRequestRef): Promise<void> {
  const status = STATUS[incident.status];
  const sha = incident.attempts.at(-1)?.commitSha;
  if (status !== undefined && sha !== undefined)
    await github.setCommitStatus(incident.repository, sha, {
      context: STATUS_CONTEXT,
      url: pullRequest.url,
      ...status,
    });
}
