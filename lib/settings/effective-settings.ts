import type { SettingsReading } from './read-settings.js';
import type { AskFirstKind, Language } from './settings-schema.js';

/** Who decided a value. `safe-default`: the file has a mistake, so what it permits is off until that is mended. */
export type Origin = 'default' | 'environment' | 'repository' | 'safe-default';

export interface Setting<T> {
  readonly value: T;
  readonly from: Origin;
  /** One sentence, where a wish of the file was not granted. */
  readonly note?: string;
}

/** What the deployer set in the environment, for all repositories. Absent: not set. */
export interface EnvironmentSettings {
  readonly attempts?: number;
  readonly attemptsWithoutProgress?: number;
  /**
   * `owner/name`: merged without a person unless the repository says no. `*`: wherever a repository asks for it.
   * No other is.
   */
  readonly autoMergeRepositories: readonly string[];
  /** False lets a repository do without the review before a merge. */
  readonly reviewRequired?: boolean;
  readonly revertDraft?: boolean;
  readonly language?: Language;
}

/** The settings that hold for one repository, each with its origin. */
export interface EffectiveSettings {
  /** Patterns; empty: every path. */
  readonly allowedPaths: Setting<readonly string[]>;
  readonly neverPaths: Setting<readonly string[]>;
  /** Guarded kinds that need no person here. */
  readonly askFirst: Setting<readonly AskFirstKind[]>;
  readonly attempts: Setting<number>;
  readonly attemptsWithoutProgress: Setting<number>;
  /** Production branches, as names or patterns; empty: every one. */
  readonly branches: Setting<readonly string[]>;
  readonly reviewers: Setting<readonly string[]>;
  readonly labels: Setting<readonly string[]>;
  readonly autoMerge: Setting<boolean>;
  /** Whether an approving review has to come before a merge without a person. */
  readonly reviewRequired: Setting<boolean>;
  readonly revertDraft: Setting<boolean>;
  readonly language: Setting<Language>;
}

export const OWN_LABEL = 'auto-repair';
export const DEFAULT_ATTEMPTS = 6;
export const DEFAULT_ATTEMPTS_WITHOUT_PROGRESS = 3;

/**
 * The settings of one repository: defaults, then the environment, then the repository's file.
 *
 * The file is written by whoever may push to the production branch, the environment by whoever deployed us. So what is
 * dangerous needs both, limits only ever sink, and one mistake in the file takes back all that it permits and nothing
 * that it forbids.
 */
export function mergeSettings(input: {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly environment: EnvironmentSettings;
  /** Absent where the file has not been looked for yet. */
  readonly reading?: SettingsReading;
}): EffectiveSettings {
  const { environment, reading } = input;
  const given = reading?.given ?? {};
  const flawed = (reading?.mistakes.length ?? 0) > 0;
  const permission = { ...input, given, flawed };
  return {
    allowedPaths: choose(undefined, given.paths?.allowed, []),
    neverPaths: choose(undefined, given.paths?.never, []),
    askFirst: flawed ? { value: [], from: 'safe-default' } : choose(undefined, given.askFirst, []),
    attempts: lower(environment.attempts, given.limits?.attempts, DEFAULT_ATTEMPTS),
    attemptsWithoutProgress: lower(
      environment.attemptsWithoutProgress,
      given.limits?.attemptsWithoutProgress,
      DEFAULT_ATTEMPTS_WITHOUT_PROGRESS,
    ),
    branches: choose(undefined, given.branches, []),
    reviewers: choose(undefined, given.reviewers, []),
    labels:
      given.labels === undefined
        ? { value: [OWN_LABEL], from: 'default' }
        : { value: [...new Set([OWN_LABEL, ...given.labels])], from: 'repository' },
    autoMerge: decideAutoMerge(permission),
    reviewRequired: decideReview(permission),
    revertDraft: flawed
      ? { value: false, from: 'safe-default' }
      : choose(environment.revertDraft, given.revertDraft, false),
    language: choose(environment.language, given.language, 'en'),
  };
}

interface Permission {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly environment: EnvironmentSettings;
  readonly given: SettingsReading['given'];
  readonly flawed: boolean;
}

function choose<T>(environment: T | undefined, file: T | undefined, fallback: T): Setting<T> {
  if (file !== undefined) return { value: file, from: 'repository' };
  return environment === undefined ? { value: fallback, from: 'default' } : { value: environment, from: 'environment' };
}

function lower(environment: number | undefined, file: number | undefined, fallback: number): Setting<number> {
  const ceiling = choose(environment, undefined, fallback);
  if (file === undefined || file === ceiling.value) return ceiling;
  if (file < ceiling.value) return { value: file, from: 'repository' };
  return { ...ceiling, note: `The file asks for ${file}; the installation allows ${ceiling.value}.` };
}

function decideAutoMerge({ repository, environment, given, flawed }: Permission): Setting<boolean> {
  if (flawed) return { value: false, from: 'safe-default' };
  const name = `${repository.owner}/${repository.name}`.toLowerCase();
  const named = environment.autoMergeRepositories.some((entry) => entry.toLowerCase() === name);
  const allowed = named || environment.autoMergeRepositories.includes('*');
  if (allowed || given.autoMerge !== true) return choose(named || undefined, given.autoMerge, false);
  return {
    value: false,
    from: 'environment',
    note: 'The file asks for it; AUTO_MERGE_REPOSITORIES does not name this repository.',
  };
}

function decideReview({ environment, given, flawed }: Permission): Setting<boolean> {
  if (flawed) return { value: true, from: 'safe-default' };
  if (environment.reviewRequired === false) return choose(environment.reviewRequired, given.reviewRequired, true);
  const held = choose(environment.reviewRequired, undefined, true);
  if (given.reviewRequired !== false) return given.reviewRequired === true ? { value: true, from: 'repository' } : held;
  return { ...held, note: 'The file asks for none; the installation requires a review (REVIEW_REQUIRED).' };
}
