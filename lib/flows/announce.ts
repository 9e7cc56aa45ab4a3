import { AdapterError } from '../errors.js';
import type { EscalationReason, Incident, PullRequestRef, Standing } from '../incident/incident.js';
import { buildComment, buildCommitComment, buildIssue } from '../report/comments.js';
import { buildPullRequestBody, replacePullRequestBody } from '../report/pull-request.js';
import { textsIn } from '../report/texts/texts.js';
import type { Language } from '../settings/settings-schema.js';
import { takeWrites } from './limits.js';
import { notify } from './notify.js';
import { languageOf } from './repository-settings.js';
import type { GitHub, World } from './world.js';

/** The commit status that tells whether a repair is proven. */
export const STATUS_CONTEXT = 'self-heal';

/** Green only for a commit with a ready preview, the review that the settings ask for, and the current base. */
const STATES: Readonly<Record<Standing | 'refuted' | 'escalated', 'success' | 'failure' | 'pending'>> = {
  ready: 'success',
  behind: 'pending',
  'review-awaited': 'pending',
  'changes-requested': 'failure',
  refuted: 'failure',
  escalated: 'failure',
};

/** People said beforehand that they want to hear nothing of it. */
const QUIET: ReadonlySet<EscalationReason> = new Set(['muted', 'branch-excluded']);

/**
 * Tells people about a change of state: one comment, the pull request's text, the commit's status. Called before the
 * new state is stored; every part may be repeated. A right that the token lacks stops nothing.
 */
export async function announce(world: World, incident: Incident): Promise<void> {
  if (world.config.mode === 'observe') return;
  if (incident.status === 'escalated' && QUIET.has(incident.reason)) return;
  await notify(world, incident);
  try {
    const writes = countWrites(incident);
    if (writes > 0) await takeWrites(world, writes);
    await tell(world, incident);
  } catch (error) {
    if (!(error instanceof AdapterError) || error.retryable) throw error;
    world.logger.warn('A change of state could not be announced', { incident: incident.id, kind: error.kind });
  }
}

/** Comment, text and status at most; those of a proposal are taken with its attempt. */
function countWrites({ status, pullRequest }: Incident): number {
  if (status === 'proposed' || status === 'taken-over' || status === 'joined') return 0;
  if (pullRequest === undefined) return status === 'escalated' ? 1 : 0;
  return status === 'merged' || status === 'rejected' ? 1 : 3;
}

interface Telling {
  readonly language: Language;
  readonly dashboardUrl?: string;
}

async function tell(world: World, incident: Incident): Promise<void> {
  const { publicUrl } = world.config;
  const language = languageOf(world, incident);
  const options = { language, ...(publicUrl === undefined ? {} : { dashboardUrl: publicUrl }) };
  const { pullRequest } = incident;
  if (pullRequest === undefined) {
    if (incident.status === 'escalated') await tellAtCommit(world, incident, options);
    return;
  }

  if (incident.status === 'taken-over' || incident.status === 'joined') return;
  const github = await world.github();
  await Promise.all([
    comment(world, github, incident, pullRequest, options),
    updateText(world, github, incident, pullRequest, options),
    setAttemptStatus(world, incident, pullRequest),
  ]);
}

/** At the failing commit, or in an issue where the token or a rule forbids comments there. */
async function tellAtCommit(
  world: World,
  incident: Extract<Incident, { status: 'escalated' }>,
  options: Telling,
): Promise<void> {
  const { repository } = incident;
  const sha = incident.failures.at(-1)?.sha;
  if (sha === undefined) return;
  const comment = buildCommitComment(incident, options);
  const github = await world.github();
  try {
    await github.ensureCommitComment(repository, sha, comment.topic, world.redact(comment.body));
  } catch (error) {
    if (!(error instanceof AdapterError) || error.retryable || error.reason === 'repository-archived') throw error;
    const { title, body } = buildIssue(incident, options);
    await github.ensureIssue(repository, { title: world.redact(title), body: world.redact(body) });
  }
}

async function comment(
  world: World,
  github: GitHub,
  incident: Incident,
  pullRequest: PullRequestRef,
  options: Telling,
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
  options: Telling,
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

/** The status of the newest attempt's commit, as the incident's state has it. */
export async function setAttemptStatus(world: World, incident: Incident, pullRequest: PullRequestRef): Promise<void> {
  const attempt = incident.attempts.at(-1);
  const says = standingOf(incident);
  if (attempt?.commitSha === undefined || says === undefined) return;
  const github = await world.github();
  await github.setCommitStatus(incident.repository, attempt.commitSha, {
    context: STATUS_CONTEXT,
    url: pullRequest.url,
    state: STATES[says],
    description: textsIn(languageOf(world, incident)).commitStatus[says],
  });
}

function standingOf({ status, attempts }: Incident): keyof typeof STATES | undefined {
  if (status === 'verified') return attempts.at(-1)?.standing ?? 'ready';
  return status === 'refuted' || status === 'escalated' ? status : undefined;
}
