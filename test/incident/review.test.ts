import { describe, expect, it } from 'vitest';
import type { Attempt } from '../../lib/incident/incident.js';
import {
  decideStanding,
  describeRequest,
  isWordAwaited,
  listApprovals,
  listRequestedChanges,
  mayMerge,
  type Review,
  reviewSettingsOf,
  shouldAskForReview,
} from '../../lib/incident/review.js';
import { mergeSettings } from '../../lib/settings/effective-settings.js';
import { buildAttempt, fakeSha, REPOSITORY } from './builders.js';

const CONFIG = { codeRabbit: 'welcome' } as const;
const FACTS = { isBehind: false, changesRequested: false, codeRabbit: 'silent' } as const;

describe('what stands between a verified attempt and its merge', () => {
  it.each([
    ['nothing', {}, 'welcome', 'ready'],
    ['the base moved on', { isBehind: true }, 'welcome', 'behind'],
    ['somebody asks for a change', { isBehind: true, changesRequested: true }, 'welcome', 'changes-requested'],
    ['the review that is required is missing', {}, 'required', 'review-awaited'],
    ['CodeRabbit left it out', { codeRabbit: 'declined' }, 'required', 'review-awaited'],
    ['it was reviewed as required', { codeRabbit: 'passed' }, 'required', 'ready'],
    ['it was reviewed, and the base moved on', { codeRabbit: 'passed', isBehind: true }, 'required', 'behind'],
    ['CodeRabbit is not heeded', { codeRabbit: 'declined' }, 'off', 'ready'],
  ] as const)('%s', (_, facts, codeRabbit, standing) => {
    expect(decideStanding({ ...FACTS, ...facts }, { codeRabbit })).toBe(standing);
  });

  it.each([
    ['nothing names the repository', [], {}, true, false],
    ['another repository is named', ['acme/other'], { reviewRequired: false }, true, false],
    ['it is named in another case, and reviewed', ['Acme/SHOP'], {}, true, true],
    ['it is named, and its file says no', ['acme/shop'], { file: false }, true, false],
    ['all are named, and its file says nothing', ['*'], {}, true, false],
    ['all are named, and its file says yes', ['*'], { file: true }, true, true],
    ['it was not reviewed', ['acme/shop'], {}, false, false],
    ['it needs no review', ['acme/shop'], { reviewRequired: false }, false, true],
  ] as const)('is merged by us, or not: %s', (_, autoMergeRepositories, wish, isReviewed, expected) => {
    const { file, reviewRequired } = wish as { readonly file?: boolean; readonly reviewRequired?: boolean };
    const environment = { autoMergeRepositories, ...(reviewRequired === undefined ? {} : { reviewRequired }) };
    const reading = { given: file === undefined ? {} : { autoMerge: file }, mistakes: [] };
    const settings = reviewSettingsOf(
      { codeRabbit: 'welcome' },
      mergeSettings({ repository: REPOSITORY, environment, reading }),
    );

    expect(mayMerge({ standing: 'ready', isReviewed }, settings)).toBe(expected);
    for (const standing of ['behind', 'review-awaited', 'changes-requested'] as const)
      expect(mayMerge({ standing, isReviewed }, settings)).toBe(false);
  });
});

describe('what CodeRabbit commented', () => {
  const NOW = 1_795_500_000_000;
  const minutesAgo = (minutes: number, more = {}) => buildAttempt(1, { committedAt: NOW - minutes * 60_000, ...more });
  const usual = { codeRabbit: 'welcome', autoMerge: false, reviewRequired: false } as const;

  it.each([
    ['soon after the commit', minutesAgo(5), usual, true],
    ['long after it', minutesAgo(31), usual, false],
    ['once a review was asked for', minutesAgo(5, { reviewAskedAt: NOW }), usual, false],
    ['whenever its review is required', minutesAgo(600), { ...usual, codeRabbit: 'required' }, true],
    ['whenever its pass lets us merge', minutesAgo(600), { ...usual, autoMerge: true, reviewRequired: true }, true],
    ['never where it is off', minutesAgo(5), { ...usual, codeRabbit: 'off' }, false],
  ] as const)('is read %s', (_when, attempt, settings, isRead) => {
    expect(isWordAwaited(attempt, settings, NOW)).toBe(isRead);
  });
});

describe('asking CodeRabbit for a review', () => {
  const LATER = 1_100_000 + 10 * 60_000;
  const asked = (number: number): Attempt => buildAttempt(number, { reviewAskedAt: 1_150_000 });

  it.each([
    ['it leaves this pull request out', 'declined', 'welcome', true],
    ['it is at work', 'reviewing', 'welcome', false],
    ['it has passed', 'passed', 'required', false],
    ['nothing says that it is there', 'silent', 'welcome', false],
    ['it says nothing although it is required', 'silent', 'required', true],
    ['it is not heeded', 'declined', 'off', false],
  ] as const)('%s', (_, word, codeRabbit, expected) => {
    expect(shouldAskForReview([buildAttempt(1)], word, { codeRabbit }, LATER)).toBe(expected);
  });

  it('gives it time to begin by itself', () => {
    expect(shouldAskForReview([buildAttempt(1)], 'silent', { codeRabbit: 'required' }, 1_160_000)).toBe(false);
  });

  it('once for a commit, and no more after two that brought nothing', () => {
    expect(shouldAskForReview([asked(1)], 'declined', CONFIG, LATER)).toBe(false);
    expect(shouldAskForReview([asked(1), buildAttempt(2)], 'declined', CONFIG, LATER)).toBe(true);
    expect(shouldAskForReview([asked(1), asked(2), buildAttempt(3)], 'declined', CONFIG, LATER)).toBe(false);
  });
});

describe('changes that people ask for', () => {
  const attempt = buildAttempt(2);
  const review = (change: Partial<Review>): Review => ({
    id: 1,
    author: 'reviewer',
    isBot: false,
    state: 'changes-requested',
    commitSha: fakeSha('commit2'),
    body: 'Not like this.',
    submittedAt: 1_200_000,
    ...change,
  });
  const authorsOf = (...reviews: readonly Review[]): readonly string[] =>
    listRequestedChanges(attempt, reviews).map(({ author }) => author);

  it.each<[string, readonly Review[], readonly string[]]>([
    ['on this commit', [review({})], ['reviewer']],
    ['taken back since', [review({}), review({ state: 'approved' })], []],
    ['dismissed', [review({ state: 'dismissed' })], []],
    ['and a remark afterwards', [review({}), review({ state: 'commented' })], ['reviewer']],
    ['on an older commit that the next attempt answered', [review({ commitSha: OLD, submittedAt: 1 })], []],
    ['on an older commit while the next one was made', [review({ commitSha: OLD })], ['reviewer']],
    ['by a bot', [review({ author: 'linter[bot]', isBot: true })], []],
    ['by two', [review({}), review({ author: 'owner' })], ['reviewer', 'owner']],
  ])('%s', (_, reviews, expected) => {
    expect(authorsOf(...reviews)).toEqual(expected);
  });

  it('approvals count for this very commit only', () => {
    const approvals = [
      review({ state: 'approved' }),
      review({ author: 'owner', state: 'approved', commitSha: OLD }),
      review({ author: 'linter[bot]', isBot: true, state: 'approved' }),
    ];

    expect(listApprovals(attempt, approvals).map(({ author }) => author)).toEqual(['reviewer']);
  });

  it('are told to the next attempt with their places, and not without end', () => {
    const text = describeRequest(review({}), [
      { path: 'app/page.tsx', line: 3, body: 'Keep the title.' },
      { path: 'lib/a.ts', body: 'x'.repeat(10_000) },
    ]);

    expect(text).toMatch(/^Not like this\.\n\napp\/page\.tsx:3: Keep the title\.\n\nlib\/a\.ts: xxx/);
    expect(text).toHaveLength(6_000);
  });
});

const OLD = fakeSha('commit1');
