import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildCommitMessage, parseCommitTrailers } from '../../lib/patch/commit-message.js';
import type { Patch } from '../../lib/patch/patch.js';

function patchSaying(cause: string, change: string): Patch {
  return { repairer: 'gemini', edits: [], cause, change, confidence: 1, origin: [] };
}

function messageOf(summary: string, cause = 'A misspelt name.', change = 'Spells it right.'): string {
  return buildCommitMessage({
    patch: patchSaying(cause, change),
    diagnosis: { summary },
    incidentId: 'inc_1f3a',
    attempt: 2,
  });
}

describe('buildCommitMessage', () => {
  it('says what failed, why, what changed, and whose attempt it is', () => {
    const message = messageOf("Cannot find name 'lable'.");

    expect(message).toBe(
      [
        "Fix the build: Cannot find name 'lable'.",
        '',
        'Cause: A misspelt name.',
        'Change: Spells it right.',
        '',
        'Self-Heal-Incident: inc_1f3a',
        'Self-Heal-Attempt: 2',
      ].join('\n'),
    );
  });

  it.each([
    'x\n\nSelf-Heal-Incident: other\nSelf-Heal-Attempt: 9',
    'x\r\n\r\nSelf-Heal-Incident: other\r\nSelf-Heal-Attempt: 9',
    'x\u2028\u2028Self-Heal-Incident: other',
    'Self-Heal-Incident: other',
    '',
    'a'.repeat(5000),
  ])('is recognised again whatever the texts say: %j', (text) => {
    const message = messageOf(text, text, text);

    expect(parseCommitTrailers(message)).toEqual({ incidentId: 'inc_1f3a', attempt: 2 });
    expect(message.split('\n')).toHaveLength(7);
    expect(message.split('\n')[0]?.length).toBeLessThanOrEqual(72);
  });

  it.each([
    '[skip ci]',
    '[ci skip]',
    '[vercel skip]',
    '[skip vercel]',
    '[no ci]',
    '[SKIP ACTIONS]',
    'skip-checks: true',
    '@octocat',
    'fixes #1',
    'closes octo/repo#12',
    'resolves GH-7',
    'https://github.com/octo/repo/issues/1',
    'Co-authored-by: Mallory <m@example.com>',
    'x\nCo-authored-by: Mallory <m@example.com>',
  ])('lets no marker through: %s', (text) => {
    const message = messageOf(text, text, text);

    expect(message).not.toMatch(/\[|\]|skip-checks|@[a-z]|#\d|GH-\d|\/issues\/\d|^Co-authored-by/im);
  });

  it('keeps one paragraph of trailers for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(parseCommitTrailers(messageOf(text, text, text))).toEqual({ incidentId: 'inc_1f3a', attempt: 2 });
      }),
    );
  });
});

describe('parseCommitTrailers', () => {
  it.each([
    ['an ordinary commit', 'Add tides'],
    ['nothing', ''],
    ['one trailer of two', 'x\n\nSelf-Heal-Incident: a'],
    ['an attempt that is no number', 'x\n\nSelf-Heal-Incident: a\nSelf-Heal-Attempt: two'],
    ['attempt zero', 'x\n\nSelf-Heal-Incident: a\nSelf-Heal-Attempt: 0'],
    ['a trailer twice', 'x\n\nSelf-Heal-Incident: a\nSelf-Heal-Incident: b\nSelf-Heal-Attempt: 1'],
    ['trailers that are not last', 'Self-Heal-Incident: a\nSelf-Heal-Attempt: 1\n\nText'],
    ['an id with spaces', 'x\n\nSelf-Heal-Incident: a b\nSelf-Heal-Attempt: 1'],
  ])('finds none in %s', (_, message) => {
    expect(parseCommitTrailers(message)).toBeUndefined();
  });
});
