import { AdapterError } from '../errors.js';
import type { Limiter } from '../ports.js';
import type { World } from './world.js';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Branch, tree, commit, pull request, labels, status and a comment: what one attempt writes at most. */
const WRITES_AN_ATTEMPT = 8;

const SENTENCES: Readonly<Record<string, string>> = {
  paused: 'A person has paused everything.',
  'attempts-hour': 'The limit of attempts an hour is reached (MAX_ATTEMPTS_PER_HOUR).',
  'attempts-day': 'The limit of attempts a day is reached (MAX_ATTEMPTS_PER_DAY).',
  'deployments-day': 'The limit of deployments that we may cause in a day is reached (MAX_DEPLOYMENTS_PER_DAY).',
  'github-writes-minute': 'The limit of GitHub writes a minute is reached (MAX_GITHUB_WRITES_PER_MINUTE).',
  'github-writes-hour': 'The limit of GitHub writes an hour is reached (MAX_GITHUB_WRITES_PER_HOUR).',
  'model-calls-day': 'The limit of model calls a day is reached (MAX_MODEL_CALLS_PER_DAY).',
  'tokens-day': 'The limit of model tokens a day is reached (MAX_TOKENS_PER_DAY).',
};

/** The sentence for a limit that said no. */
export function describeLimit(name: string): string {
  return SENTENCES[name] ?? `The limit ${name} is reached.`;
}

export type Granted = Awaited<ReturnType<Limiter['reserve']>>;

/** An attempt, the preview deployments that its commit starts (one a project), and its writes: all or nothing. */
export async function reserveAttempt(world: World, limiter: Limiter, projects: number): Promise<Granted> {
  const { limits } = world.config;
  return await limiter.reserve([
    { name: 'attempts-hour', amount: 1, ceiling: limits.attemptsPerHour, windowSeconds: HOUR },
    { name: 'attempts-day', amount: 1, ceiling: limits.attemptsPerDay, windowSeconds: DAY },
    { name: 'deployments-day', amount: projects, ceiling: limits.deploymentsPerDay, windowSeconds: DAY },
    {
      name: 'github-writes-minute',
      amount: WRITES_AN_ATTEMPT,
      ceiling: limits.githubWritesPerMinute,
      windowSeconds: MINUTE,
    },
    { name: 'github-writes-hour', amount: WRITES_AN_ATTEMPT, ceiling: limits.githubWritesPerHour, windowSeconds: HOUR },
  ]);
}

export async function reserveDeployment(world: World, limiter: Limiter, deployments: number): Promise<Granted> {
  return await limiter.reserve([
    {
      name: 'deployments-day',
      amount: deployments,
      ceiling: world.config.limits.deploymentsPerDay,
      windowSeconds: DAY,
    },
  ]);
}

/** One call of the model, with the tokens that it is expected to read. */
export async function reserveModelCall(world: World, limiter: Limiter, tokens: number): Promise<Granted> {
  const { limits } = world.config;
  return await limiter.reserve([
    { name: 'model-calls-day', amount: 1, ceiling: limits.modelCallsPerDay, windowSeconds: DAY },
    { name: 'tokens-day', amount: tokens, ceiling: limits.tokensPerDay, windowSeconds: DAY },
  ]);
}

/**
 * Writes beside those of an attempt: comments, statuses, texts.
 *
 * @throws AdapterError while the limits leave no room for them, or a person has paused everything
 */
export async function takeWrites(world: World, amount: number): Promise<void> {
  const { limits } = world.config;
  const store = await world.store();
  const taken = await store.reserve([
    { name: 'github-writes-minute', amount, ceiling: limits.githubWritesPerMinute, windowSeconds: MINUTE },
    { name: 'github-writes-hour', amount, ceiling: limits.githubWritesPerHour, windowSeconds: HOUR },
  ]);
  if (!taken.granted)
    throw new AdapterError(describeLimit(taken.name), {
      system: 'github',
      kind: 'rate-limited',
      retryAt: taken.retryAt,
    });
}

/** What the dashboard shows: every limit with its window and ceiling. */
export function listLimits(world: World): readonly { name: string; windowSeconds: number; ceiling: number }[] {
  const { limits } = world.config;
  return [
    { name: 'attempts-hour', windowSeconds: HOUR, ceiling: limits.attemptsPerHour },
    { name: 'attempts-day', windowSeconds: DAY, ceiling: limits.attemptsPerDay },
    { name: 'deployments-day', windowSeconds: DAY, ceiling: limits.deploymentsPerDay },
    { name: 'model-calls-day', windowSeconds: DAY, ceiling: limits.modelCallsPerDay },
    { name: 'tokens-day', windowSeconds: DAY, ceiling: limits.tokensPerDay },
    { name: 'github-writes-hour', windowSeconds: HOUR, ceiling: limits.githubWritesPerHour },
  ];
}
