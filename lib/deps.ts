import { randomBytes } from 'node:crypto';
import { createLogger } from './adapters/logger.js';
import { type Config, listSecretValues, readConfig } from './config.js';
import { guardWrites } from './flows/guarded-writes.js';
import { reserveModelCall } from './flows/limits.js';
import type { GitHub, Vercel, World } from './flows/world.js';
import type { Accounts } from './ports/accounts.js';
import type { Notifier, Repairer, StepQueue, Store } from './ports.js';
import { createRedactor } from './redaction/redactor.js';
import { listQueueAddresses } from './webhooks/queue-addresses.js';

let current: World | undefined;

/**
 * The world of this function's instance, built once and shared by the requests that it serves.
 *
 * @throws ConfigError when a setting is missing or wrong
 */
export function getWorld(): World {
  current ??= createWorld(readConfig());
  return current;
}

/** Wires the adapters; each is imported and built when a flow first asks for it. */
export function createWorld(config: Config): World {
  const redact = createRedactor(listSecretValues(config));

  const world: World = {
    config,
    clock: { now: Date.now },
    logger: createLogger({ level: config.logLevel, redact }),
    redact,
    newToken: () => randomBytes(16).toString('hex'),
    store: once(async (): Promise<Store> => {
      const { createUpstashStore } = await import('./adapters/upstash.js');
      return createUpstashStore(config.redis);
    }),
    vercel: once(async (): Promise<Vercel> => {
      const { createVercel } = await import('./adapters/vercel.js');
      const { token, teamId, apiUrl } = config.vercel;
      const vercel = createVercel({
        token,
        baseUrl: apiUrl,
        logger: world.logger,
        ...(teamId === undefined ? {} : { teamId }),
      });
      return guardWrites(vercel, ['redeploy'], config, 'vercel');
    }),
    github: once(async (): Promise<GitHub> => {
      const { createGitHub } = await import('./adapters/github.js');
      return guardWrites(
        createGitHub({ token: config.github.token, baseUrl: config.github.apiUrl }),
        WRITES,
        config,
        'github',
      );
    }),
    queue: once(async (): Promise<StepQueue | undefined> => {
      const addresses = listQueueAddresses(config.publicUrl);
      if (config.qstash === undefined || addresses === undefined) return undefined;
      const { createStepQueue } = await import('./adapters/qstash.js');
      return createStepQueue({ token: config.qstash.token, baseUrl: config.qstash.url, ...addresses });
    }),
    notifier: once(async (): Promise<Notifier | undefined> => {
      if (config.notifyUrl === undefined) return undefined;
      const { createNotifier } = await import('./adapters/notifier.js');
      const { notifyUrl: url, notifySecret: secret, notifyPrivate: allowPrivate = false } = config;
      return createNotifier({ url, allowPrivate, ...(secret === undefined ? {} : { secret }) });
    }),
    accounts: openAccounts(config),
    repairers: once(async (): Promise<readonly Repairer[]> => {
      const { suggestionsRepairer } = await import('./patch/suggestions/repairer.js');
      const repairers: Repairer[] = [suggestionsRepairer];
      if (config.gemini !== undefined) {
        const { createGeminiRepairer } = await import('./adapters/gemini.js');
        repairers.push(
          createGeminiRepairer({
            ...config.gemini,
            minimumConfidence: config.minimumConfidence,
            redact: world.redact,
            onFailure: ({ model, message }) => world.logger.warn('A model did not help', { model, reason: message }),
            beforeCall: async (tokens: number) => await reserveModelCall(world, await world.store(), tokens),
          }),
        );
      }
      return repairers;
    }),
  };
  return world;
}

/** The doctor's instruments. */
function openAccounts(config: Config): Accounts {
  const { vercel, github, qstash, gemini } = config;
  return {
    vercel: once(async () => {
      const { createVercelAccount } = await import('./adapters/vercel/account.js');
      const { token, teamId, apiUrl: baseUrl } = vercel;
      return createVercelAccount({ token, baseUrl, ...(teamId === undefined ? {} : { teamId }) });
    }),
    github: once(async () => {
      const { createGitHubAccount } = await import('./adapters/github/account.js');
      return createGitHubAccount({ token: github.token, baseUrl: github.apiUrl });
    }),
    queue: once(async () => {
      if (qstash === undefined) return undefined;
      const { createQueueAccount } = await import('./adapters/qstash-account.js');
      return createQueueAccount({ token: qstash.token, baseUrl: qstash.url });
    }),
    model: once(async () => {
      if (gemini === undefined) return undefined;
      const { createModelAccount } = await import('./adapters/gemini/models.js');
      return createModelAccount(gemini);
    }),
  };
}

const WRITES = [
  'createCommit',
  'createSignedCommit',
  'ensureBranch',
  'advanceBranch',
  'openPullRequest',
  'updatePullRequest',
  'mergePullRequest',
  'addLabels',
  'requestReviewers',
  'ensureComment',
  'ensureCommitComment',
  'ensureIssue',
  'setCommitStatus',
] as const satisfies readonly (keyof GitHub)[];

function once<T>(build: () => Promise<T>): () => Promise<T> {
  let built: Promise<T> | undefined;
  return () => {
    built ??= build();
    return built;
  };
}
