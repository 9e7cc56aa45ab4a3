import { AdapterError } from '../errors.js';
import type { Attempt, Incident, PullRequestRef } from '../incident/incident.js';
import { listProjects } from '../incident/projects.js';
import { moveTo } from '../incident/transitions.js';
import { applyEdits } from '../patch/apply-edits.js';
import type { PullRequest } from '../ports.js';
import { buildPullRequestBody, buildPullRequestTitle, parseIncidentMarker } from '../report/pull-request.js';
import { textsIn } from '../report/texts/texts.js';
import { STATUS_CONTEXT } from './announce.js';
import { followPeople } from './close.js';
import { commitAttempt, findOwnCommit, type Prepared, replaceLast } from './commit-attempt.js';
import { describeLimit, type Granted, reserveAttempt } from './limits.js';
import { escalate, type Move, type Session, waitOrEscalate } from './moves.js';
import { languageOf, settingsOf } from './repository-settings.js';
import type { GitHub, World } from './world.js';

type Planned = Extract<Incident, { status: 'diagnosed' | 'refuted' }>;

const HICCUPS_FOR_COURTESIES = 3;
const FIRST_LOOK_MS = 5_000;

/** Takes up an attempt that an earlier run planned; whatever that one got done is found and adopted. */
export async function resumeProposal(world: World, session: Session, attempt: Attempt): Promise<Move> {
  const limit = await reserveForAttempt(world, session.incident);
  return await propose(world, session, { attempt, limit, resumed: true });
}

/** What an attempt will cost others, taken from the limits. */
export async function reserveForAttempt(world: World, incident: Incident): Promise<Granted> {
  return await reserveAttempt(world, await world.store(), listProjects(incident).length);
}

/** Makes a planned attempt real: one commit, one branch, one pull request. May be repeated from any point. */
export async function propose(
  world: World,
  session: Session,
  plan: {
    readonly attempt: Attempt;
    readonly limit: Granted;
    readonly resumed: boolean;
    readonly prepared?: Prepared;
  },
): Promise<Move> {
  const github = await world.github();
  const incident = session.incident as Planned;
  let { attempt } = plan;

  // 1. What it costs others was taken from the limits; what they refuse is not done.
  const { limit } = plan;
  if (!limit.granted) return waitOrEscalate(world, incident, limit.retryAt, describeLimit(limit.name));

  // 2. The commit, and the branch that holds it.
  const adopted = plan.resumed ? await findOwnCommit(github, incident, attempt) : undefined;
  let commitSha = adopted;
  if (commitSha === undefined) {
    const prepared = plan.prepared ?? (await prepareAgain(github, incident, attempt));
    if (prepared === undefined)
      return escalate(world, incident, 'internal-error', 'The planned repair could not be made again from its base.');
    const made = await commitAttempt(world, { ...session, incident }, attempt, prepared);
    if (made === 'branch-gone') return await followPeople(world, abandon(incident, attempt));
    ({ attempt, commitSha } = made);
    session = { ...session, incident: made.incident };
  }

  // 3. The pull request: the incident's own, or one that an earlier run opened.
  const committed: Attempt = { ...attempt, commitSha, committedAt: world.clock.now() };
  const attempts = replaceLast(session.incident.attempts, committed);
  const known = session.incident.reachedAt.merged === undefined ? session.incident.pullRequest : undefined;
  const pullRequest = known ?? (await openPullRequest(world, github, { ...session.incident, attempts }, committed));
  if (pullRequest === 'not-ours')
    return escalate(world, session.incident, 'branch-rule', `A pull request that is not ours uses ${attempt.branch}.`);

  // 4. What people see at the commit and in lists.
  const settings = settingsOf(world, session.incident);
  const courtesies = await Promise.allSettled([
    github.setCommitStatus(incident.repository, commitSha, {
      context: STATUS_CONTEXT,
      state: 'pending',
      description: textsIn(settings.language.value).commitStatus.waiting,
      url: pullRequest.url,
    }),
    known === undefined ? github.addLabels(incident.repository, pullRequest.number, settings.labels.value) : undefined,
    known === undefined
      ? github.requestReviewers(incident.repository, pullRequest.number, settings.reviewers.value)
      : undefined,
  ]);
  for (const courtesy of courtesies) if (courtesy.status === 'rejected') forgive(world, incident, courtesy.reason);

  const now = world.clock.now();
  return {
    incident: moveTo(session.incident, 'proposed', now, {
      diagnosis: incident.diagnosis,
      pullRequest,
      attempts,
      deadline: now + world.config.previewDeadlineMs,
      dueAt: now + FIRST_LOOK_MS,
    }),
    entry: {
      at: now,
      event: 'proposed',
      text: `Attempt ${attempt.number} is proposed as pull request #${pullRequest.number}.`,
    },
  };
}

/** A token without the right, a reviewer who is none, or a long outage of that part must not stop a proposed repair. */
function forgive(world: World, incident: Incident, error: unknown): void {
  if (!(error instanceof AdapterError)) throw error;
  if (error.retryable && incident.hiccups < HICCUPS_FOR_COURTESIES) throw error;
  world.logger.warn('A status, label or reviewer could not be set', { incident: incident.id, kind: error.kind });
}

/** The plan holds the edits; the files they apply to are read again from the base. */
async function prepareAgain(github: GitHub, incident: Incident, attempt: Attempt): Promise<Prepared | undefined> {
  const source = github.openSource({ repository: incident.repository, sha: attempt.baseSha });
  const [tree, files] = await Promise.all([source.listTree(), source.readFiles(attempt.files)]);
  const applied = applyEdits(attempt.patch.edits, files, tree);
  if (applied.problems.length > 0) return undefined;
  if ((await github.computeTreeId(tree, applied.files)) !== attempt.treeId) return undefined;
  return { files: applied.files, baseTree: await source.readRootTreeId() };
}

async function openPullRequest(
  world: World,
  github: GitHub,
  incident: Incident,
  attempt: Attempt,
): Promise<PullRequestRef | 'not-ours'> {
  const { publicUrl } = world.config;
  const language = languageOf(world, incident);
  const opened = await github.openPullRequest({
    repository: incident.repository,
    head: attempt.branch,
    base: incident.branch,
    title: world.redact(buildPullRequestTitle(incident, attempt, language)),
    body: world.redact(
      buildPullRequestBody({
        incident,
        attempt,
        language,
        ...(publicUrl === undefined ? {} : { dashboardUrl: publicUrl }),
      }),
    ),
  });
  return isOwn(opened, incident) ? { number: opened.number, url: opened.url, openedAt: opened.createdAt } : 'not-ours';
}

function isOwn(pullRequest: PullRequest, incident: Incident): boolean {
  return parseIncidentMarker(pullRequest.body) === incident.id;
}

/** The attempt's branch moved under us or is gone: what was planned is not done, and the pull request tells why. */
function abandon(incident: Planned, attempt: Attempt): Incident {
  return { ...incident, attempts: incident.attempts.filter((other) => other.number !== attempt.number) };
}
