import { describe, expect, it } from 'vitest';
import { CODERABBIT, readCodeRabbit } from '../../lib/incident/coderabbit.js';
import type { PullRequestComment, Review } from '../../lib/incident/review.js';

const HEAD = 'a'.repeat(40);
const OLD = 'b'.repeat(40);

function review(change: Partial<Review> = {}): Review {
  return {
    id: 1,
    author: CODERABBIT,
    isBot: true,
    state: 'commented',
    commitSha: HEAD,
    body: '**Actionable comments posted: 2**',
    submittedAt: 1,
    ...change,
  };
}

/** The summary comment, of which CodeRabbit has one a pull request. */
function summary(...parts: readonly string[]): PullRequestComment {
  const mark = '<!-- This is an auto-generated comment: summarize by coderabbit.ai -->';
  return { author: CODERABBIT, body: [mark, ...parts].join('\n') };
}

const passOf = (sha: string): string =>
  `<!-- recent_review_start -->\nNo actionable comments were generated in the recent review.\nReviewing files that changed from the base of the PR and between ${'c'.repeat(40)} and ${sha}.\n<!-- recent_review_end -->`;
const marker = (what: string): string => `<!-- This is an auto-generated comment: ${what} by coderabbit.ai -->`;

function wordOf(reviews: readonly Review[], ...comments: readonly PullRequestComment[]): string {
  return readCodeRabbit(HEAD, reviews, comments).is;
}

describe('what CodeRabbit says about a commit', () => {
  it.each<[string, string, readonly Review[], readonly PullRequestComment[]]>([
    ['nothing at all', 'silent', [], []],
    ['others talk', 'silent', [review({ author: 'linter[bot]' })], [{ author: 'baker', body: passOf(HEAD) }]],
    ['a pass without findings is in the summary', 'passed', [], [summary(passOf(HEAD))]],
    ['the pass of an older commit', 'reviewing', [], [summary(passOf(OLD))]],
    ['the commit is named elsewhere in the summary', 'reviewing', [], [summary(passOf(OLD), `Commit ${HEAD}`)]],
    ['it is at work', 'reviewing', [], [summary(marker('review in progress'))]],
    ['it leaves bots out', 'declined', [], [summary(marker('skip review'), 'Bot user detected.')]],
    ['it has paused', 'declined', [], [summary(marker('review paused'))]],
    ['it is at its limit', 'declined', [], [summary(marker('rate limited'))]],
    ['it has broken', 'declined', [], [summary(marker('failure'))]],
    ['an old mark beside a new pass', 'passed', [], [summary(marker('rate limited'), passOf(HEAD))]],
    ['findings', 'requested-changes', [review()], [summary(passOf(HEAD))]],
    ['no findings in a review', 'passed', [review({ body: '**Actionable comments posted: 0**' })], []],
    [
      'a change requested by its workflow',
      'requested-changes',
      [review({ state: 'changes-requested', body: 'x' })],
      [],
    ],
    ['an approval afterwards', 'passed', [review(), review({ state: 'approved', body: 'Fine.' })], []],
    ['findings about an older commit', 'reviewing', [review({ commitSha: OLD })], []],
    ['a reply in a thread', 'reviewing', [review({ body: '' })], []],
    ['findings that a person dismissed', 'passed', [review({ state: 'dismissed' })], [summary(passOf(HEAD))]],
  ])('%s: %s', (_, expected, reviews, comments) => {
    expect(wordOf(reviews, ...comments)).toBe(expected);
  });
});
