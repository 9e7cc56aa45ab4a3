/** The world that a backtest sees: production's own adapters, its reading half, and a model within its money. */
import { MOST_OUTPUT_TOKENS } from '../lib/adapters/gemini/generate.js';
import { readConfig } from '../lib/config.js';
import { createWorld } from '../lib/deps.js';
import { ConfigError } from '../lib/errors.js';
import type { BacktestWorld } from '../lib/flows/backtest.js';
import type { Usage } from '../lib/patch/patch.js';
import type { Repairer } from '../lib/ports.js';
import { estimateCost } from '../lib/report/price.js';
import { UsageError } from './arguments.js';
import type { RepairerChoice } from './repair-log.js';

/** Needed by what keeps and serves incidents, which a backtest does not: nothing reads these. */
const NOT_NEEDED = {
  UPSTASH_REDIS_REST_URL: 'http://127.0.0.1:9',
  UPSTASH_REDIS_REST_TOKEN: 'not needed for a backtest',
  CRON_SECRET: 'not needed for a backtest',
  TRIGGER_SECRET: 'not needed for a backtest',
  DASHBOARD_SECRET: 'not needed for a backtest',
};

export interface Purse {
  /** Dollars of finished calls, at the dearest model's list price. */
  readonly spent: number;
  /** Why nothing more may be asked; undefined while something may. */
  readonly why: () => string | undefined;
  /** A case is over: what was set aside for its calls becomes what they used. */
  readonly settle: (usage: Usage) => void;
}

export interface BacktestSetting {
  readonly world: BacktestWorld;
  readonly purse: Purse;
  readonly price: (usage: Usage, origin: readonly string[]) => number | undefined;
  /** For people: who repairs. */
  readonly repairers: string;
}

/** @throws UsageError for settings that are missing or wrong, and for money that could not be held together */
export function openBacktestWorld(
  settings: Readonly<Record<string, string | undefined>>,
  options: {
    readonly choice: RepairerChoice | undefined;
    readonly maxDollars: number | undefined;
    readonly report: (line: string) => void;
  },
): BacktestSetting {
  const config = readSettings({ ...NOT_NEEDED, ...settings, ...fixed(settings) });
  const { gemini } = config;
  if (options.choice === 'gemini' && gemini === undefined)
    throw new UsageError('--repairer gemini needs GEMINI_API_KEY');
  const choice = options.choice ?? (gemini === undefined ? 'suggestions' : 'all');
  const asksModel = choice !== 'suggestions' && gemini !== undefined;
  const models = gemini?.models ?? [];
  const nameless = models.find(
    (model) => estimateCost({ calls: 1, inputTokens: 1, outputTokens: 1 }, model) === undefined,
  );
  if (asksModel && nameless !== undefined && options.maxDollars !== undefined)
    throw new UsageError(
      `the price of ${nameless} is not known, so no ceiling can be held; --max-cost unlimited asks it all the same`,
    );

  const inner = createWorld(config);
  const purse = openPurse(models, options.maxDollars);
  const world: BacktestWorld = {
    config,
    clock: inner.clock,
    redact: inner.redact,
    logger: inner.logger,
    vercel: inner.vercel,
    github: inner.github,
    repairers: once(async (): Promise<readonly Repairer[]> => {
      const repairers: Repairer[] = [];
      if (choice !== 'gemini')
        repairers.push((await import('../lib/patch/suggestions/repairer.js')).suggestionsRepairer);
      if (asksModel && gemini !== undefined) {
        const { createGeminiRepairer } = await import('../lib/adapters/gemini.js');
        const { minimumConfidence } = config;
        const onFailure = ({ model, message }: { readonly model: string; readonly message: string }) =>
          options.report(`${model}: ${message}`);
        repairers.push(
          createGeminiRepairer({
            ...gemini,
            minimumConfidence,
            redact: inner.redact,
            onFailure,
            beforeCall: purse.reserve,
          }),
        );
      }
      return repairers;
    }),
  };
  const price = (usage: Usage, origin: readonly string[]) => {
    const named = origin.find((model) => models.includes(model)) ?? models[0];
    return usage.calls === 0 ? 0 : estimateCost(usage, named ?? '');
  };
  const repairers = asksModel
    ? `${choice === 'all' ? 'the compiler’s suggestions, then ' : ''}${models.join(', ')}`
    : 'the compiler’s suggestions';
  return { world, purse, price, repairers };
}

/** Whatever the settings say: a backtest writes nothing, and nobody's pause keeps it from reading. */
function fixed(settings: Readonly<Record<string, string | undefined>>) {
  return { MODE: 'observe', PAUSED: '0', LOG_LEVEL: settings.LOG_LEVEL ?? 'error' };
}

function readSettings(settings: Readonly<Record<string, string | undefined>>) {
  try {
    return readConfig(settings);
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause;
    const lines = cause.problems.map(({ variable, problem, remedy }) => `${variable} ${problem}: ${remedy}`);
    throw new UsageError(lines.join('\n'));
  }
}

/** Each call's most is set aside before it is made, so the ceiling holds even for the answer that is on its way. */
function openPurse(models: readonly string[], maxDollars: number | undefined) {
  let spent = 0;
  let setAside = 0;
  const dearest = (usage: Usage) => Math.max(0, ...models.map((model) => estimateCost(usage, model) ?? 0));
  const most = (inputTokens: number) => dearest({ calls: 1, inputTokens, outputTokens: MOST_OUTPUT_TOKENS });
  const isOver = (inputTokens: number) => maxDollars !== undefined && spent + setAside + most(inputTokens) > maxDollars;
  return {
    get spent() {
      return spent;
    },
    why: () => (isOver(0) ? `The ceiling of $${maxDollars} (--max-cost) leaves no room for another call.` : undefined),
    reserve: async (tokens: number) => {
      if (isOver(tokens)) return { granted: false, name: '--max-cost', retryAt: Number.MAX_SAFE_INTEGER } as const;
      setAside += most(tokens);
      return { granted: true } as const;
    },
    settle: (usage: Usage) => {
      spent += dearest(usage);
      setAside = 0;
    },
  };
}

function once<T>(build: () => Promise<T>): () => Promise<T> {
  let built: Promise<T> | undefined;
  return () => {
    built ??= build();
    return built;
  };
}
