import { describe, expect, it } from 'vitest';
import {
  type CommitStatus,
  collectWords,
  explainRefusal,
  findFailingStatus,
  isVercelContext,
  quoteRefusal,
} from '../../lib/incident/refused-deployment.js';

function status(change: Partial<CommitStatus> = {}): CommitStatus {
  return { context: 'Vercel', state: 'failure', description: 'Deployment failed.', updatedAt: 1, ...change };
}

describe('why Vercel made no deployment', () => {
  it.each([
    [
      'Resource is limited - try again in 24 hours (more than 100, code: "api-deployments-free-per-day").',
      'deployment-limit',
    ],
    ['Deployment rate limited — retry in 24 hours.', 'deployment-limit'],
    [
      'Hobby accounts are limited to daily cron jobs. This cron expression (*/10 * * * *) would run more than once per day.',
      'cron-not-allowed',
    ],
    ['Git author Jo must have access to the project on Vercel to create deployments.', 'author-rejected'],
    ['Authorization required to deploy.\nhttps://vercel.com/git/authorize?team=acme', 'author-rejected'],
    ['Deployment failed.\nhttps://vercel.com/docs/accounts/team-members-and-roles', 'author-rejected'],
    ['Invalid vercel.json file provided', 'vercel-config-invalid'],
    ['The `vercel.json` schema validation failed: should NOT have additional property `foo`', 'vercel-config-invalid'],
    ['Function Runtimes must have a valid version, for example `now-php@1.0.0`.', 'vercel-config-invalid'],
    ['Deployment failed.', 'deployment-refused'],
  ])('%s', (words, reason) => {
    expect(explainRefusal(words)).toBe(reason);
  });

  it('is read from the comment of Vercel’s own bot where the status says nothing, and from nobody else’s', () => {
    const words = collectWords(status(), [
      { author: 'stranger', body: 'Invalid vercel.json' },
      {
        author: 'vercel[bot]',
        body: 'Deployment failed with the following error:\n\n```\nHobby accounts are limited to daily cron jobs.\nThis cron expression (0 * * * *) would run more than once per day.\n```\n\nLearn More',
      },
    ]);

    expect(explainRefusal(words)).toBe('cron-not-allowed');
    expect(quoteRefusal(status(), words)).toContain('Hobby accounts are limited to daily cron jobs.');
    expect(quoteRefusal(status(), '')).toBe('Deployment failed.');
  });
});

describe('whose status it is', () => {
  it.each([
    ['Vercel', true, true],
    ['Vercel', false, false],
    ['Vercel – web', false, true],
    ['Vercel – docs', true, false],
    ['Vercel Preview Comments', true, false],
    ['ci/Vercel', true, false],
  ])('%s, only project: %s', (context, isOnlyProject, found) => {
    expect(findFailingStatus([status({ context })], 'web', isOnlyProject) !== undefined).toBe(found);
  });

  it('counts when it fails', () => {
    for (const state of ['pending', 'success'])
      expect(findFailingStatus([status({ state })], 'web', true)).toBeUndefined();
    expect(findFailingStatus([status({ state: 'error' })], 'web', true)).toBeDefined();
  });

  it('is Vercel’s by its name', () => {
    expect(['Vercel', 'Vercel – web', 'vercel-lint', 'CodeRabbit'].map(isVercelContext)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});
