import * as v from 'valibot';
import { ConfigError, type ConfigProblem } from './errors.js';
import type { EnvironmentSettings } from './settings/effective-settings.js';
import { LANGUAGES } from './settings/settings-schema.js';

export type Mode = 'repair' | 'observe';

export interface Limits {
  /** Attempts on one incident without progress, and in all. */
  readonly attemptsWithoutProgress: number;
  readonly attemptsPerIncident: number;
  readonly attemptsPerHour: number;
  readonly attemptsPerDay: number;
  readonly modelCallsPerDay: number;
  readonly tokensPerDay: number;
  readonly deploymentsPerDay: number;
  readonly githubWritesPerMinute: number;
  readonly githubWritesPerHour: number;
}

export interface Config {
  readonly mode: Mode;
  /** The environment's own stop switch; the store holds another that people can press. */
  readonly paused: boolean;
  readonly vercel: {
    readonly token: string;
    readonly teamId?: string;
    /** Ids or names; empty means all that the token sees. */
    readonly projects: readonly string[];
    readonly apiUrl: string;
  };
  readonly github: { readonly token: string; readonly apiUrl: string };
  readonly gemini?: {
    readonly apiKey: string;
    /** Ordered; the next is asked on overload or quota. */
    readonly models: readonly string[];
    readonly baseUrl: string;
  };
  readonly redis: { readonly url: string; readonly token: string };
  readonly secrets: {
    readonly cron?: string;
    readonly trigger?: string;
    readonly dashboard?: string;
    readonly vercelWebhook?: string;
    readonly githubWebhook?: string;
  };
  readonly qstash?: {
    readonly token: string;
    readonly url: string;
    readonly currentSigningKey: string;
    readonly nextSigningKey: string;
  };
  readonly notifyUrl?: string;
  /** Signs notifications that are sent as JSON. */
  readonly notifySecret?: string;
  /** Whether notifications may go over http and to private addresses. */
  readonly notifyPrivate?: boolean;
  /** Whether CodeRabbit is not heeded, heeded where it speaks, or waited for before a repair counts as ready. */
  readonly codeRabbit: 'off' | 'welcome' | 'required';
  readonly limits: Limits;
  /** What may be said again, within these bounds, by a file in each watched repository. */
  readonly settings: EnvironmentSettings;
  /** Below this a model's patch is not proposed. */
  readonly minimumConfidence: number;
  /** Milliseconds after which a preview, or production, is waited for no longer. */
  readonly previewDeadlineMs: number;
  readonly productionDeadlineMs: number;
  /** Our own public address, without a trailing slash. */
  readonly publicUrl?: string;
  /** Our own Vercel project, which is never healed. */
  readonly ownProjectId?: string;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

type Environment = Readonly<Record<string, string | undefined>>;

const SHORTEST_SECRET = 16;
export const DEFAULT_MODELS = 'gemini-3.8-flash,gemini-3.6-flash,gemini-3.5-flash-lite';

const TOKENS = [
  ['VERCEL_TOKEN', 'create one at https://vercel.com/account/settings/tokens'],
  ['GITHUB_TOKEN', 'create a fine-grained token at https://github.com/settings/personal-access-tokens'],
] as const;

const SECRETS = ['CRON_SECRET', 'TRIGGER_SECRET', 'DASHBOARD_SECRET'] as const;

export const BASE_URLS = {
  VERCEL_API_URL: 'https://api.vercel.com',
  GITHUB_API_URL: 'https://api.github.com',
  GEMINI_BASE_URL: 'https://generativelanguage.googleapis.com',
  QSTASH_URL: 'https://qstash.upstash.io',
} as const;

/** Name, default and least value of every numeric setting. */
export const NUMERIC_SETTINGS = {
  MAX_ATTEMPTS_WITHOUT_PROGRESS: [3, 1],
  MAX_ATTEMPTS_PER_INCIDENT: [6, 1],
  MAX_ATTEMPTS_PER_HOUR: [20, 0],
  MAX_ATTEMPTS_PER_DAY: [60, 0],
  // The free tier of Gemini 3.8 Flash allows 20 requests a day.
  MAX_MODEL_CALLS_PER_DAY: [15, 0],
  MAX_TOKENS_PER_DAY: [500_000, 0],
  // Vercel's Hobby plan allows 100 deployments a day for everything, previews of our commits included.
  MAX_DEPLOYMENTS_PER_DAY: [10, 0],
  // GitHub's secondary limits: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api
  MAX_GITHUB_WRITES_PER_MINUTE: [80, 0],
  MAX_GITHUB_WRITES_PER_HOUR: [500, 0],
  PREVIEW_DEADLINE_MINUTES: [15, 1],
  PRODUCTION_DEADLINE_MINUTES: [60, 1],
} as const;

const urlSchema = v.pipe(v.string(), v.url(), v.regex(/^https?:\/\//u));

/**
 * Reads the whole configuration.
 *
 * @throws ConfigError with every problem found, never only the first. Problems name variables, never values.
 */
export function readConfig(environment: Environment = process.env): Config {
  const { config, problems } = inspectConfig(environment);
  if (config === undefined || problems.length > 0) throw new ConfigError(problems);
  return config;
}

/** What is wrong with the configuration; for the doctor. Empty when all is well. */
export function findConfigProblems(environment: Environment = process.env): readonly ConfigProblem[] {
  return inspectConfig(environment).problems;
}

/** One secret, read without judging the rest: an entry point refuses strangers before it needs anything else. */
export function readSecret(
  name: 'CRON_SECRET' | 'TRIGGER_SECRET' | 'DASHBOARD_SECRET' | 'VERCEL_WEBHOOK_SECRET' | 'GITHUB_WEBHOOK_SECRET',
  environment: Environment = process.env,
): string | undefined {
  const value = environment[name]?.trim();
  return value === undefined || value.length < SHORTEST_SECRET ? undefined : value;
}

/** Every value that must never leave the process. */
export function listSecretValues(config: Config): readonly string[] {
  return [
    config.vercel.token,
    config.github.token,
    config.gemini?.apiKey,
    config.redis.token,
    ...Object.values(config.secrets),
    config.qstash?.token,
    config.qstash?.currentSigningKey,
    config.qstash?.nextSigningKey,
    config.notifyUrl,
    config.notifySecret,
  ].filter((value): value is string => value !== undefined && value.length > 0);
}

function inspectConfig(environment: Environment): { config?: Config; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const read = (name: string): string | undefined => environment[name]?.trim() || undefined;
  const report = (variable: string, problem: string, remedy: string): void => {
    problems.push({ variable, problem, remedy });
  };
  const required = (name: string, remedy: string): string => {
    const value = read(name);
    if (value === undefined) report(name, 'is not set', remedy);
    return value ?? '';
  };
  const secret = (name: string): string | undefined => {
    const value = read(name);
    if (value !== undefined && value.length < SHORTEST_SECRET)
      report(name, `is shorter than ${SHORTEST_SECRET} characters`, 'generate one: openssl rand -hex 32');
    return value;
  };
  const url = (name: keyof typeof BASE_URLS): string => {
    const value = read(name) ?? BASE_URLS[name];
    if (!v.is(urlSchema, value)) report(name, 'is not an http(s) address', `leave it empty to use ${BASE_URLS[name]}`);
    return value.replace(/\/+$/u, '');
  };
  const number = (name: keyof typeof NUMERIC_SETTINGS): number => {
    const [fallback, least] = NUMERIC_SETTINGS[name];
    const text = read(name);
    if (text === undefined) return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= least) return value;
    report(name, `is not a whole number of ${least} or more`, `leave it empty to use ${fallback}`);
    return fallback;
  };
  const oneOf = <T extends string>(name: string, choices: readonly T[], fallback: T): T => {
    const value = read(name) ?? fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) report(name, 'is not a value that it can have', `use one of: ${choices.join(', ')}`);
    return choice ?? fallback;
  };

  const whenSet = <T>(name: string, value: T): T | undefined => (read(name) === undefined ? undefined : value);
  const flag = (name: string): boolean | undefined => whenSet(name, oneOf(name, ['0', '1'], '0') === '1');

  const [vercelToken, githubToken] = TOKENS.map(([name, remedy]) => required(name, remedy));
  const redisUrl = read('UPSTASH_REDIS_REST_URL') ?? read('KV_REST_API_URL');
  const redisToken = read('UPSTASH_REDIS_REST_TOKEN') ?? read('KV_REST_API_TOKEN');
  const redisRemedy = 'connect an Upstash Redis database to the Vercel project (Storage tab), then redeploy';
  if (redisUrl === undefined) report('UPSTASH_REDIS_REST_URL', 'is not set, nor is KV_REST_API_URL', redisRemedy);
  else if (!v.is(urlSchema, redisUrl)) report('UPSTASH_REDIS_REST_URL', 'is not an http(s) address', redisRemedy);
  if (redisToken === undefined) report('UPSTASH_REDIS_REST_TOKEN', 'is not set, nor is KV_REST_API_TOKEN', redisRemedy);

  for (const name of SECRETS)
    if (read(name) === undefined) report(name, 'is not set', 'generate one: openssl rand -hex 32');
  const [cron, trigger, dashboard, vercelWebhook, githubWebhook] = [
    ...SECRETS,
    'VERCEL_WEBHOOK_SECRET',
    'GITHUB_WEBHOOK_SECRET',
  ].map(secret);

  const geminiKey = read('GEMINI_API_KEY');
  const models = splitList(read('GEMINI_MODELS') ?? DEFAULT_MODELS);
  if (models.length === 0) report('GEMINI_MODELS', 'names no model', `leave it empty to use ${DEFAULT_MODELS}`);
  const geminiUrl = url('GEMINI_BASE_URL');

  const qstashToken = read('QSTASH_TOKEN');
  const qstashUrl = url('QSTASH_URL');
  const signingKeys = ['QSTASH_CURRENT_SIGNING_KEY', 'QSTASH_NEXT_SIGNING_KEY'].map((name) =>
    qstashToken === undefined ? undefined : required(name, 'copy it from the QStash console'),
  );

  const notifyUrl = read('NOTIFY_WEBHOOK_URL');
  if (notifyUrl !== undefined && !v.is(urlSchema, notifyUrl))
    report('NOTIFY_WEBHOOK_URL', 'is not an http(s) address', 'give the whole address or leave it empty');

  const confidenceText = read('MIN_CONFIDENCE') ?? '0.6';
  const minimumConfidence = Number(confidenceText);
  if (!(minimumConfidence >= 0 && minimumConfidence <= 1))
    report('MIN_CONFIDENCE', 'is not a number from 0 to 1', 'leave it empty to use 0.6');

  const attemptsPerIncident = number('MAX_ATTEMPTS_PER_INCIDENT');
  const attemptsWithoutProgress = number('MAX_ATTEMPTS_WITHOUT_PROGRESS');
  const autoMergeRepositories = splitList(read('AUTO_MERGE_REPOSITORIES') ?? '');
  const nameless = autoMergeRepositories.find((entry) => entry !== '*' && !/^[^/\s]+\/[^/\s]+$/u.test(entry));
  if (nameless !== undefined)
    report('AUTO_MERGE_REPOSITORIES', 'names something that is no repository', 'write owner/name, or * for all');

  const host = read('PUBLIC_URL') ?? read('VERCEL_PROJECT_PRODUCTION_URL');
  const config: Config = {
    mode: oneOf('MODE', ['repair', 'observe'], 'repair'),
    paused: oneOf('PAUSED', ['0', '1', 'false', 'true'], '0') === '1' || read('PAUSED') === 'true',
    vercel: {
      token: vercelToken ?? '',
      ...optional('teamId', read('VERCEL_TEAM_ID')),
      projects: splitList(read('VERCEL_PROJECTS') ?? ''),
      apiUrl: url('VERCEL_API_URL'),
    },
    github: { token: githubToken ?? '', apiUrl: url('GITHUB_API_URL') },
    ...(geminiKey === undefined ? {} : { gemini: { apiKey: geminiKey, models, baseUrl: geminiUrl } }),
    redis: { url: redisUrl ?? '', token: redisToken ?? '' },
    secrets: {
      ...optional('cron', cron),
      ...optional('trigger', trigger),
      ...optional('dashboard', dashboard),
      ...optional('vercelWebhook', vercelWebhook),
      ...optional('githubWebhook', githubWebhook),
    },
    ...(qstashToken === undefined
      ? {}
      : {
          qstash: {
            token: qstashToken,
            url: qstashUrl,
            currentSigningKey: signingKeys[0] ?? '',
            nextSigningKey: signingKeys[1] ?? '',
          },
        }),
    ...optional('notifyUrl', notifyUrl),
    ...optional('notifySecret', secret('NOTIFY_WEBHOOK_SECRET')),
    notifyPrivate: oneOf('NOTIFY_ALLOW_PRIVATE', ['0', '1'], '0') === '1',
    codeRabbit: oneOf('CODERABBIT', ['off', 'welcome', 'required'], 'welcome'),
    limits: {
      attemptsWithoutProgress,
      attemptsPerIncident,
      attemptsPerHour: number('MAX_ATTEMPTS_PER_HOUR'),
      attemptsPerDay: number('MAX_ATTEMPTS_PER_DAY'),
      modelCallsPerDay: number('MAX_MODEL_CALLS_PER_DAY'),
      tokensPerDay: number('MAX_TOKENS_PER_DAY'),
      deploymentsPerDay: number('MAX_DEPLOYMENTS_PER_DAY'),
      githubWritesPerMinute: number('MAX_GITHUB_WRITES_PER_MINUTE'),
      githubWritesPerHour: number('MAX_GITHUB_WRITES_PER_HOUR'),
    },
    settings: {
      ...optional('attempts', whenSet('MAX_ATTEMPTS_PER_INCIDENT', attemptsPerIncident)),
      ...optional('attemptsWithoutProgress', whenSet('MAX_ATTEMPTS_WITHOUT_PROGRESS', attemptsWithoutProgress)),
      autoMergeRepositories,
      ...optional('reviewRequired', flag('REVIEW_REQUIRED')),
      ...optional('revertDraft', flag('REVERT_DRAFT')),
      ...optional('language', whenSet('TEXT_LANGUAGE', oneOf('TEXT_LANGUAGE', LANGUAGES, 'en'))),
    },
    minimumConfidence,
    previewDeadlineMs: number('PREVIEW_DEADLINE_MINUTES') * 60_000,
    productionDeadlineMs: number('PRODUCTION_DEADLINE_MINUTES') * 60_000,
    ...optional('publicUrl', host === undefined ? undefined : withScheme(host)),
    ...optional('ownProjectId', read('VERCEL_PROJECT_ID')),
    logLevel: oneOf('LOG_LEVEL', ['debug', 'info', 'warn', 'error'], 'info'),
  };
  return { config, problems };
}

function splitList(text: string): readonly string[] {
  return text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

// VERCEL_PROJECT_PRODUCTION_URL has no scheme: https://vercel.com/docs/environment-variables/system-environment-variables
function withScheme(host: string): string {
  return (/^https?:\/\//u.test(host) ? host : `https://${host}`).replace(/\/+$/u, '');
}

function optional<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Partial<Record<K, T>>);
}
