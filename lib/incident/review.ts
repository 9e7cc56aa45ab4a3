import type { EffectiveSettings } from '../settings/effective-settings.js';
import type { CodeRabbitWord } from './coderabbit.js';
import type { Attempt, Standing } from './incident.js';

/** One submitted review of a pull request. */
export interface Review {
  readonly id: number;
  /** Login; that of a GitHub App ends in `[bot]`. */
  readonly author: string;
  readonly isBot: boolean;
  readonly state: 'approved' | 'changes-requested' | 'commented' | 'dismissed';
  /** The commit that was looked at. */
  readonly commitSha: string;
  readonly body: string;
  readonly submittedAt: number;
}

/** What a review says about one place. */
export interface ReviewNote {
  readonly path: string;
  readonly line?: number;
  readonly body: string;
}

export interface PullRequestComment {
  readonly author: string;
  readonly body: string;
}

/** The settings of one repository that decide when a repair is ready and who merges it. */
export interface ReviewSettings {
  readonly codeRabbit: 'off' | 'welcome' | 'required';
  /** Whether a ready repair is merged without a person. */
  readonly autoMerge: boolean;
  /** Whether such a merge needs a review: an approval by a person who may write, or a clean pass of CodeRabbit. */
  readonly reviewRequired: boolean;
}

export function reviewSettingsOf(
  config: { readonly codeRabbit: ReviewSettings['codeRabbit'] },
  { autoMerge, reviewRequired }: Pick<EffectiveSettings, 'autoMerge' | 'reviewRequired'>,
): ReviewSettings {
  return { codeRabbit: config.codeRabbit, autoMerge: autoMerge.value, reviewRequired: reviewRequired.value };
}

export interface ReviewFacts {
  /** Whether the production branch has commits that the attempt's commit does not contain. */
  readonly isBehind: boolean;
  /** Whether CodeRabbit, or a person who may write, asks for a change that nothing has answered. */
  readonly changesRequested: boolean;
  readonly codeRabbit: CodeRabbitWord['is'];
}

/** What still stands between an attempt whose preview is ready and its merge. */
export function decideStanding(facts: ReviewFacts, settings: Pick<ReviewSettings, 'codeRabbit'>): Standing {
  if (facts.changesRequested) return 'changes-requested';
  if (facts.isBehind) return 'behind';
  return settings.codeRabbit === 'required' && facts.codeRabbit !== 'passed' ? 'review-awaited' : 'ready';
}

/** Whether we merge: only what is ready, reviewed as the settings ask, and only where they say so. */
export function mayMerge(
  facts: { readonly standing: Standing; readonly isReviewed: boolean },
  settings: Pick<ReviewSettings, 'autoMerge' | 'reviewRequired'>,
): boolean {
  return settings.autoMerge && facts.standing === 'ready' && (facts.isReviewed || !settings.reviewRequired);
}

/** CodeRabbit begins within minutes; where it said nothing for this long it is not installed. */
const TIME_TO_SPEAK_MS = 30 * 60 * 1000;

/** Whether CodeRabbit's word about an attempt can still change anything: else nobody has to read what it commented. */
export function isWordAwaited(
  attempt: Attempt,
  { codeRabbit, autoMerge, reviewRequired }: ReviewSettings,
  now: number,
): boolean {
  if (codeRabbit === 'off') return false;
  if (codeRabbit === 'required' || (autoMerge && reviewRequired)) return true;
  return attempt.reviewAskedAt === undefined && now - (attempt.committedAt ?? now) < TIME_TO_SPEAK_MS;
}

/** CodeRabbit reviews most pull requests by itself; this long it may take to begin. */
const TIME_TO_BEGIN_MS = 2 * 60 * 1000;
const MOST_UNANSWERED_REQUESTS = 2;

/** Whether to ask CodeRabbit for a review of the newest attempt's commit: once a commit, and not again and again. */
export function shouldAskForReview(
  attempts: readonly Attempt[],
  word: CodeRabbitWord['is'],
  settings: Pick<ReviewSettings, 'codeRabbit'>,
  now: number,
): boolean {
  const attempt = attempts.at(-1);
  if (settings.codeRabbit === 'off' || attempt === undefined || attempt.reviewAskedAt !== undefined) return false;
  const isLate = now - (attempt.committedAt ?? now) > TIME_TO_BEGIN_MS;
  const isDue = word === 'declined' || (settings.codeRabbit === 'required' && word === 'silent' && isLate);
  if (!isDue) return false;
  const unanswered = attempts.filter(
    ({ reviewAskedAt, verdict }) =>
      reviewAskedAt !== undefined && !(verdict?.outcome === 'refuted' && verdict.by === 'review'),
  );
  return unanswered.length < MOST_UNANSWERED_REQUESTS;
}

/**
 * People's reviews that ask for a change of this attempt: the last word of each, on its commit, or given while it was
 * being made. Whether they may write is to be asked.
 */
export function listRequestedChanges(attempt: Attempt, reviews: readonly Review[]): readonly Review[] {
  return listLastWords(reviews).filter(
    ({ state, commitSha, submittedAt }) =>
      state === 'changes-requested' && (commitSha === attempt.commitSha || submittedAt > attempt.startedAt),
  );
}

/** People's approvals of this very commit. */
export function listApprovals(attempt: Attempt, reviews: readonly Review[]): readonly Review[] {
  return listLastWords(reviews).filter(
    ({ state, commitSha }) => state === 'approved' && commitSha === attempt.commitSha,
  );
}

/** A remark changes no earlier word. */
function listLastWords(reviews: readonly Review[]): readonly Review[] {
  const lastWords = new Map<string, Review>();
  for (const review of reviews) if (!review.isBot && review.state !== 'commented') lastWords.set(review.author, review);
  return [...lastWords.values()];
}

const LONGEST_REQUEST = 6_000;

/** What the next attempt is told of a review. */
export function describeRequest(review: Review, notes: readonly ReviewNote[]): string {
  const places = notes.map(({ path, line, body }) => `${path}${line === undefined ? '' : `:${line}`}: ${body.trim()}`);
  return [review.body.trim(), ...places]
    .filter((part) => part !== '')
    .join('\n\n')
    .slice(0, LONGEST_REQUEST);
}
