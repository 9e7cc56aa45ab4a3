import { AdapterError } from '../errors.js';
import { REVIEW_COMMAND, readCodeRabbit } from '../incident/coderabbit.js';
import type { Attempt, Incident, Standing } from '../incident/incident.js';
import { waitBeforeNextLook } from '../incident/next-action.js';
import {
  decideStanding,
  isWordAwaited,
  listApprovals,
  mayMerge,
  type ReviewSettings,
  reviewSettingsOf,
  shouldAskForReview,
} from '../incident/review.js';
import { amend } from '../incident/transitions.js';
import { setAttemptStatus } from './announce.js';
import { closeByPullRequest } from './close.js';
import { followBase } from './follow-base.js';
import { takeWrites } from './limits.js';
import { lookAgain, type Move, type Session } from './moves.js';
import { findRefusedDeployments } from './refused-deployment.js';
import { settingsOf } from './repository-settings.js';
import { type Heard, hearReviews, reviseAttempt } from './review.js';
import { closeBySuperseding } from './supersede.js';
import type { World } from './world.js';

const LONGEST_WAIT_MS = 600_000;

type Verified = Extract<Incident, { status: 'verified' }>;

/** From a ready preview to the merge: reviews, the commit's status, and the merge itself where it is ours to make. */
export async function watchPullRequest(world: World, session: Session): Promise<Move> {
  const incident = session.incident as Verified;
  const attempt = incident.attempts.at(-1);
  if (attempt?.commitSha === undefined) throw new RangeError('a verified incident without a commit');

  // 1. People come first: what they merged, closed, pushed or repaired by themselves.
  const [closed, superseded, moved, heard] = await Promise.all([
    closeByPullRequest(world, incident),
    closeBySuperseding(world, incident),
    followBase(world, incident, attempt),
    hearReviews(world, incident, attempt),
  ]);
  const ended = closed ?? superseded ?? moved;
  if (ended !== undefined) return ended;

  // 2. A requested change becomes the next attempt.
  const request = heard.byPerson ?? heard.byCodeRabbit;
  const revised = request && (await reviseAttempt(world, incident, attempt, request));
  if (revised !== undefined) return revised;

  // 3. What stands between this commit and its merge is what its status says; CodeRabbit may have to be asked.
  const judged = await judgeStanding(world, incident, attempt, heard);
  const asked = await askForReview(world, incident, judged);
  const told = await tellStanding(world, incident, attempt, asked);

  // 4. The merge is a person's, unless the settings name this repository.
  if (await isOursToMerge(world, incident, judged, heard)) return await merge(world, told, asked.attempt);
  const since = incident.reachedAt.verified ?? incident.updatedAt;
  const later = lookAgain(world, told, waitBeforeNextLook(world.clock.now() - since, LONGEST_WAIT_MS));
  return judged.standing === 'changes-requested' && attempt.standing !== 'changes-requested' && request !== undefined
    ? { ...later, entry: entryOf(world, `${request.author} asks for a change; no further attempt can follow it.`) }
    : later;
}

export interface Judged {
  readonly standing: Standing;
  readonly attempt: Attempt;
  readonly codeRabbit: ReturnType<typeof readCodeRabbit>['is'];
}

/** Whether the attempt's commit holds the current base and was reviewed as the settings ask. */
export async function judgeStanding(world: World, incident: Incident, attempt: Attempt, heard: Heard): Promise<Judged> {
  const github = await world.github();
  const settings = reviewSettings(world, incident);
  const { pullRequest, repository } = incident;
  const isAwaited = isWordAwaited(attempt, settings, world.clock.now());
  const [head, comments] = await Promise.all([
    github.findHead(repository, incident.branch),
    isAwaited && pullRequest !== undefined ? github.listComments(repository, pullRequest.number) : [],
  ]);
  const sha = attempt.commitSha ?? '';
  const isBehind =
    head !== undefined &&
    head !== attempt.baseSha &&
    (head === attempt.staleBase || !(await github.contains(repository, sha, head)));
  if (isBehind && head !== attempt.staleBase) await noticeRefused(world, incident, head);
  const codeRabbit = isAwaited ? readCodeRabbit(sha, heard.reviews, comments).is : 'silent';
  const changesRequested = heard.byPerson !== undefined || heard.byCodeRabbit !== undefined;
  const standing = decideStanding({ isBehind, changesRequested, codeRabbit }, settings);
  const { staleBase: _, ...kept } = attempt;
  return {
    standing,
    codeRabbit,
    attempt: { ...kept, standing, ...(isBehind && head !== undefined ? { staleBase: head } : {}) },
  };
}

/** A new head of the branch is looked at once: Vercel may have refused to deploy it, and nobody would tell. */
async function noticeRefused(world: World, { repository }: Incident, sha: string): Promise<void> {
  try {
    await findRefusedDeployments(world, { repository, sha });
  } catch (error) {
    if (!(error instanceof AdapterError)) throw error;
    world.logger.warn('A commit’s status could not be looked at', { system: error.system, kind: error.kind });
  }
}

/** Once for each commit, and by an account that CodeRabbit listens to: it ignores what bots say. */
async function askForReview(world: World, incident: Verified, judged: Judged): Promise<Judged> {
  const { attempt, codeRabbit } = judged;
  const now = world.clock.now();
  const settings = reviewSettings(world, incident);
  const attempts = [...incident.attempts.slice(0, -1), attempt];
  if (!shouldAskForReview(attempts, codeRabbit, settings, now)) return judged;
  const github = await world.github();
  const { login } = await github.readAccount();
  if (login.endsWith('[bot]')) return judged;
  await takeWrites(world, 1);
  const topic = `review-${attempt.commitSha}`;
  await github.ensureComment(incident.repository, incident.pullRequest.number, topic, REVIEW_COMMAND);
  return { ...judged, attempt: { ...attempt, reviewAskedAt: now } };
}

async function tellStanding(world: World, incident: Verified, before: Attempt, judged: Judged): Promise<Verified> {
  const { attempt } = judged;
  const told: Verified = { ...incident, attempts: [...incident.attempts.slice(0, -1), attempt] };
  if (attempt.standing !== before.standing) await setAttemptStatus(world, told, incident.pullRequest);
  return told;
}

function reviewSettings(world: World, incident: Incident): ReviewSettings {
  return reviewSettingsOf(world.config, settingsOf(world, incident));
}

async function isOursToMerge(world: World, incident: Verified, judged: Judged, heard: Heard): Promise<boolean> {
  const settings = reviewSettings(world, incident);
  const { standing, codeRabbit, attempt } = judged;
  if (mayMerge({ standing, isReviewed: codeRabbit === 'passed' }, settings)) return true;
  if (!mayMerge({ standing, isReviewed: true }, settings)) return false;
  const github = await world.github();
  const approvals = listApprovals(attempt, heard.reviews);
  const rights = await Promise.all(approvals.map(({ author }) => github.mayWrite(incident.repository, author)));
  return mayMerge({ standing, isReviewed: rights.includes(true) }, settings);
}

async function merge(world: World, incident: Verified, attempt: Attempt): Promise<Move> {
  await takeWrites(world, 1);
  const github = await world.github();
  const sha = attempt.commitSha ?? '';
  const merged = await github.mergePullRequest(incident.repository, incident.pullRequest.number, sha);
  // Also after a refusal: an earlier request may have been carried out and its answer lost.
  const closed = await closeByPullRequest(world, incident);
  if (closed !== undefined) return closed;
  if (merged.outcome !== 'refused' || attempt.mergeRefusal !== undefined)
    return lookAgain(world, incident, LONGEST_WAIT_MS);

  const reason = world.redact(merged.reason);
  const refused = { ...attempt, mergeRefusal: reason };
  const attempts = [...incident.attempts.slice(0, -1), refused];
  return {
    incident: amend(incident, world.clock.now(), { attempts, dueAt: world.clock.now() + LONGEST_WAIT_MS }),
    entry: entryOf(world, `GitHub did not merge the pull request; that is left to a person. ${reason}`),
  };
}

function entryOf(world: World, text: string) {
  return { at: world.clock.now(), event: 'waiting', text };
}
