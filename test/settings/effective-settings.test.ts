import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NUMERIC_SETTINGS, readConfig } from '../../lib/config.js';
import { ConfigError } from '../../lib/errors.js';
import {
  DEFAULT_ATTEMPTS,
  DEFAULT_ATTEMPTS_WITHOUT_PROGRESS,
  type EnvironmentSettings,
  mergeSettings,
} from '../../lib/settings/effective-settings.js';
import type { SettingsReading } from '../../lib/settings/read-settings.js';
import { ASK_FIRST_KINDS, LANGUAGES, type RepositorySettings } from '../../lib/settings/settings-schema.js';

const REPOSITORY = { owner: 'Baker', name: 'hours' };
const NOTHING: EnvironmentSettings = { autoMergeRepositories: [] };
const MISTAKE = { where: 'lables', line: 2, problem: 'unknown-key', wanted: 'labels' } as const;

function merge(
  given: RepositorySettings,
  environment: EnvironmentSettings = NOTHING,
  mistakes: SettingsReading['mistakes'] = [],
) {
  return mergeSettings({ repository: REPOSITORY, environment, reading: { given, mistakes } });
}

describe('the settings that hold', () => {
  it('are careful where nobody has said anything', () => {
    const settings = mergeSettings({ repository: REPOSITORY, environment: NOTHING });

    expect(Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]))).toEqual({
      allowedPaths: [],
      neverPaths: [],
      askFirst: [],
      attempts: 6,
      attemptsWithoutProgress: 3,
      branches: [],
      reviewers: [],
      labels: ['auto-repair'],
      autoMerge: false,
      reviewRequired: true,
      revertDraft: false,
      language: 'en',
    });
    expect(new Set(Object.values(settings).map(({ from }) => from))).toEqual(new Set(['default']));
  });

  it('have the same defaults as the environment', () => {
    expect(NUMERIC_SETTINGS.MAX_ATTEMPTS_PER_INCIDENT[0]).toBe(DEFAULT_ATTEMPTS);
    expect(NUMERIC_SETTINGS.MAX_ATTEMPTS_WITHOUT_PROGRESS[0]).toBe(DEFAULT_ATTEMPTS_WITHOUT_PROGRESS);
  });

  it('come from the file before the environment before the defaults', () => {
    const environment: EnvironmentSettings = { ...NOTHING, attempts: 5, revertDraft: true, language: 'de' };

    expect(merge({}, environment)).toMatchObject({
      attempts: { value: 5, from: 'environment' },
      revertDraft: { value: true, from: 'environment' },
      language: { value: 'de', from: 'environment' },
    });
    expect(merge({ limits: { attempts: 2 }, revertDraft: false, language: 'en' }, environment)).toMatchObject({
      attempts: { value: 2, from: 'repository' },
      revertDraft: { value: false, from: 'repository' },
      language: { value: 'en', from: 'repository' },
    });
    expect(merge({ labels: ['build', 'auto-repair'] }).labels.value).toEqual(['auto-repair', 'build']);
  });

  it('merge without a person wherever a repository asks for it, where the installation names them all', () => {
    const environment = { autoMergeRepositories: ['*'] };

    expect(merge({ autoMerge: true }, environment).autoMerge).toEqual({ value: true, from: 'repository' });
    expect(merge({}, environment).autoMerge.value).toBe(false);
  });

  it.each([[['baker/HOURS']], [['*', 'Baker/hours']]])(
    'merge without a person where the installation names the repository, unless that says no: %j',
    (autoMergeRepositories) => {
      const autoMerge = (given: RepositorySettings) => merge(given, { autoMergeRepositories }).autoMerge;
      expect(autoMerge({})).toEqual({ value: true, from: 'environment' });
      expect(autoMerge({ autoMerge: true })).toEqual({ value: true, from: 'repository' });
      expect(autoMerge({ autoMerge: false })).toEqual({ value: false, from: 'repository' });
    },
  );

  it.each([[[]], [['baker/hours-2']], [['hours']], [['baker/*']], [['Baker']]])(
    'never merge without a person where the installation does not name the repository: %j',
    (autoMergeRepositories) => {
      expect(merge({ autoMerge: true }, { autoMergeRepositories }).autoMerge).toMatchObject({
        value: false,
        from: 'environment',
        note: expect.stringContaining('AUTO_MERGE_REPOSITORIES'),
      });
    },
  );

  it('take back every permission, and nothing that is forbidden, for one mistake anywhere', () => {
    const given: RepositorySettings = {
      autoMerge: true,
      reviewRequired: false,
      askFirst: ['package-script'],
      revertDraft: true,
      paths: { never: ['legal/'] },
      limits: { attempts: 1 },
    };
    const environment: EnvironmentSettings = { autoMergeRepositories: ['*'], reviewRequired: false };

    expect(merge(given, environment, [MISTAKE])).toMatchObject({
      autoMerge: { value: false, from: 'safe-default' },
      reviewRequired: { value: true, from: 'safe-default' },
      askFirst: { value: [], from: 'safe-default' },
      revertDraft: { value: false, from: 'safe-default' },
      neverPaths: { value: ['legal/'], from: 'repository' },
      attempts: { value: 1, from: 'repository' },
    });
  });

  it('never go beyond what the installation allows, whatever a file says', () => {
    const anySettings: fc.Arbitrary<RepositorySettings> = fc.record(
      {
        autoMerge: fc.boolean(),
        reviewRequired: fc.boolean(),
        revertDraft: fc.boolean(),
        askFirst: fc.subarray([...ASK_FIRST_KINDS]),
        limits: fc.record({
          attempts: fc.integer({ min: 1, max: 20 }),
          attemptsWithoutProgress: fc.integer({ min: 1, max: 20 }),
        }),
        language: fc.constantFrom(...LANGUAGES),
      },
      { requiredKeys: [] },
    );
    const anyEnvironment = fc.record({
      attempts: fc.integer({ min: 1, max: 20 }),
      attemptsWithoutProgress: fc.integer({ min: 1, max: 20 }),
      autoMergeRepositories: fc.constantFrom<string[]>([], ['*'], ['baker/hours'], ['other/one']),
      reviewRequired: fc.boolean(),
    });
    fc.assert(
      fc.property(anySettings, anyEnvironment, fc.boolean(), (given, environment, flawed) => {
        const settings = merge(given, environment, flawed ? [MISTAKE] : []);
        const named = environment.autoMergeRepositories.includes('baker/hours');
        const asked = given.autoMerge === true && environment.autoMergeRepositories.includes('*');
        expect(settings.attempts.value).toBeLessThanOrEqual(environment.attempts);
        expect(settings.attemptsWithoutProgress.value).toBeLessThanOrEqual(environment.attemptsWithoutProgress);
        expect(settings.autoMerge.value).toBe(!flawed && ((named && given.autoMerge !== false) || asked));
        if (environment.reviewRequired || flawed) expect(settings.reviewRequired.value).toBe(true);
        if (flawed) expect(settings.askFirst.value).toEqual([]);
      }),
    );
  });
});

describe('the environment’s part of them', () => {
  const required = {
    VERCEL_TOKEN: 'vercel-token',
    GITHUB_TOKEN: 'github-token',
    UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9',
    UPSTASH_REDIS_REST_TOKEN: 'unused',
    CRON_SECRET: 'cron-secret-of-the-tests',
    TRIGGER_SECRET: 'trigger-secret-of-the-tests',
    DASHBOARD_SECRET: 'dashboard-secret-of-the-tests',
  };

  it('is empty but for what was set', () => {
    expect(readConfig(required).settings).toEqual({ autoMergeRepositories: [] });
    expect(
      readConfig({
        ...required,
        MAX_ATTEMPTS_PER_INCIDENT: '4',
        AUTO_MERGE_REPOSITORIES: 'baker/hours, baker/menu',
        REVIEW_REQUIRED: '0',
        REVERT_DRAFT: '1',
        TEXT_LANGUAGE: 'de',
      }).settings,
    ).toEqual({
      attempts: 4,
      autoMergeRepositories: ['baker/hours', 'baker/menu'],
      reviewRequired: false,
      revertDraft: true,
      language: 'de',
    });
  });

  it.each([
    ['AUTO_MERGE_REPOSITORIES', 'hours'],
    ['AUTO_MERGE_REPOSITORIES', 'yes'],
    ['REVIEW_REQUIRED', 'no'],
    ['REVERT_DRAFT', 'on'],
    ['TEXT_LANGUAGE', 'fr'],
    ['MAX_ATTEMPTS_PER_INCIDENT', 'many'],
  ])('names %s=%s as a mistake, once', (name, value) => {
    let problems: ConfigError['problems'] = [];
    try {
      readConfig({ ...required, [name]: value });
    } catch (error) {
      if (error instanceof ConfigError) problems = error.problems;
    }
    expect(problems.map(({ variable }) => variable)).toEqual([name]);
  });
});
