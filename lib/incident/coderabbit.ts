import type { PullRequestComment, Review } from './review.js';

/** The account of CodeRabbit's GitHub App; a person's login cannot hold brackets. */
export const CODERABBIT = 'coderabbitai[bot]';

/** Has to stand alone in a comment by an account that is no bot: https://docs.coderabbit.ai/reference/review-commands */
export const REVIEW_COMMAND = '@coderabbitai review';

/** What CodeRabbit says about one commit. */
export type CodeRabbitWord =
  /** `silent`: nothing at all on this pull request; `declined`: it reviews this one only when asked. */
  | { readonly is: 'silent' | 'reviewing' | 'declined' | 'passed' }
  | { readonly is: 'requested-changes'; readonly review: Review };

const WORKING = 'review in progress by coderabbit.ai';
const DECLINED = /(?:skip review|review paused|rate limited|failure) by coderabbit\.ai/;

/**
 * A pass without findings posts no review: it stands in the summary comment, with the range of commits that was
 * looked at. CodeRabbit's commit status says nothing: it is green for a skipped review too.
 */
export function readCodeRabbit(
  headSha: string,
  reviews: readonly Review[],
  comments: readonly PullRequestComment[],
): CodeRabbitWord {
  // Reviews without a text are replies in threads.
  const said = reviews.filter(
    ({ author, commitSha, body }) => author === CODERABBIT && commitSha === headSha && body.trim() !== '',
  );
  const last = said.at(-1);
  if (last !== undefined && last.state !== 'dismissed')
    return asksForChanges(last) ? { is: 'requested-changes', review: last } : { is: 'passed' };

  const own = comments.filter(({ author }) => author === CODERABBIT).map(({ body }) => body);
  if (own.some((body) => listReviewed(body).includes(headSha))) return { is: 'passed' };
  if (own.some((body) => body.includes(WORKING))) return { is: 'reviewing' };
  if (own.some((body) => DECLINED.test(body))) return { is: 'declined' };
  return { is: own.length === 0 && !reviews.some(({ author }) => author === CODERABBIT) ? 'silent' : 'reviewing' };
}

/** With `request_changes_workflow` off, its default, findings come as a comment that counts them. */
function asksForChanges({ state, body }: Review): boolean {
  if (state === 'changes-requested') return true;
  return state === 'commented' && Number(/Actionable comments posted: (\d{1,4})/.exec(body)?.[1] ?? 0) > 0;
}

/** The newest commit of each finished review; elsewhere in the comment commits stand for other reasons. */
function listReviewed(body: string): readonly string[] {
  return [...body.matchAll(/<!-- recent_review_start -->([\s\S]*?)<!-- recent_review_end -->/g)].flatMap((block) =>
    [...(block[1] ?? '').matchAll(/between [0-9a-f]{40} and ([0-9a-f]{40})/g)].map((range) => range[1] ?? ''),
  );
}
