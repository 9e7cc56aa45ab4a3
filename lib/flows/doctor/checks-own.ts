import { LIMIT_LABELS } from '../../report/limit-text.js';
import { formatCount } from '../../report/number-text.js';
import { describeLimit, listLimits } from '../limits.js';
import { type Check, fail, ok, unknown, type Verdict, warn } from './finding.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Vercel's crons are best effort: some minutes may be lost. */
const CRON_LATE_AFTER_MS = 10 * MINUTE_MS;
/** A daily cron runs at any minute of its hour. */
const DAILY_CRON_LATE_AFTER_MS = 26 * HOUR_MS;
const NEARLY_FULL = 0.8;

export const mode: Check = {
  id: 'mode',
  title: 'Mode',
  async look({ world: { config }, pulse }) {
    if (config.paused)
      return warn('PAUSED is set: nothing is done.', { remedy: 'Take PAUSED out and deploy again to go on.' });
    const paused = (await pulse()).pausedSince;
    if (paused !== undefined)
      return warn(`Paused on the dashboard since ${new Date(paused).toISOString().slice(0, 16)}Z.`, {
        remedy: 'Resume on the dashboard.',
      });
    return config.mode === 'observe'
      ? ok('MODE=observe: failures are diagnosed and recorded, nothing is written.')
      : ok('Failures are repaired by pull request.');
  },
};

export const store: Check = {
  id: 'store',
  title: 'Store',
  async look({ world }) {
    const opened = await world.store();
    const startedAt = world.clock.now();
    const health = await opened.ping();
    const took = world.clock.now() - startedAt;
    const link = 'https://console.upstash.com/redis';
    const verdicts: Verdict[] = [ok(`It was written to and read from in ${took} ms.`)];
    const { evictionPolicy: policy } = health;
    const about = 'eviction';
    if (policy === undefined) verdicts.push({ ...unknown('It does not say what it does when it is full.'), about });
    else if (policy === 'noeviction') verdicts.push({ ...ok('It forgets nothing when it is full.'), about });
    else
      verdicts.push({
        ...fail(`When it is full it drops keys (${policy}), and with them leases and rejections.`, {
          remedy: 'Switch eviction off for this database.',
          link,
        }),
        about,
      });
    verdicts.push({ ...judgeFill(health.usedBytes, health.maximumBytes, link), about: 'fill' });
    return verdicts;
  },
};

function judgeFill(used: number | undefined, maximum: number | undefined, link: string): Verdict {
  if (used === undefined) return unknown('It does not say how full it is.');
  const megabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;
  if (maximum === undefined) return ok(`${megabytes(used)} are in use; it names no limit.`);
  const sentence = `${megabytes(used)} of ${megabytes(maximum)} are in use.`;
  if (used / maximum < NEARLY_FULL) return ok(sentence);
  return warn(sentence, { remedy: 'Give the database more room; a full one refuses every write.', link });
}

export const cron: Check = {
  id: 'cron',
  title: 'Cron',
  async look({ pulse, plan }) {
    const { now, lastSweepBy } = await pulse();
    const link = 'https://vercel.com/docs/cron-jobs/manage-cron-jobs';
    const seen = lastSweepBy.cron;
    const isDaily = (await plan().catch(() => undefined)) === 'hobby';
    if (seen === undefined)
      return warn('No cron has come yet.', {
        remedy: 'Crons start with the first production deployment; check CRON_SECRET and the Cron Jobs tab.',
        link,
      });
    const sentence = `The last one came ${describeAge(now - seen)} ago.`;
    if (now - seen <= CRON_LATE_AFTER_MS) return ok(sentence);
    if (isDaily && now - seen <= DAILY_CRON_LATE_AFTER_MS)
      return ok(`${sentence} On Hobby it is a cron a day; QStash or any scheduler may call more often.`);
    return fail(sentence, {
      remedy: 'Look at the Cron Jobs tab of the project, and whether CRON_SECRET changed without a new deployment.',
      link,
    });
  },
};

export const model: Check = {
  id: 'model',
  title: 'Gemini',
  async look({ world, accounts }) {
    const { gemini } = world.config;
    const link = 'https://aistudio.google.com/apikey';
    const account = await accounts.model();
    if (gemini === undefined || account === undefined)
      return ok('GEMINI_API_KEY is not set: only what the compiler itself suggests is repaired.', { link });
    const offered = new Set(await account.listModels());
    const gone = gemini.models.filter((name) => !offered.has(name));
    const usable = gemini.models.filter((name) => offered.has(name));
    if (usable.length === 0)
      return fail(`The key reaches none of ${gemini.models.join(', ')}.`, {
        remedy: 'Name models in GEMINI_MODELS that this key may call.',
        link: 'https://ai.google.dev/gemini-api/docs/models',
      });
    const sentence = `The key reaches ${usable.join(', ')}, in this order.`;
    if (gone.length === 0) return ok(sentence);
    return warn(`${sentence} Not offered to it: ${gone.join(', ')}.`, {
      remedy: 'Take these out of GEMINI_MODELS.',
      link: 'https://ai.google.dev/gemini-api/docs/models',
    });
  },
};

export const limits: Check = {
  id: 'limit',
  title: 'Limits left',
  async look({ world }) {
    const known = listLimits(world);
    const used = await (await world.store()).readUsage(known);
    return known.map(({ name, ceiling }, index) => {
      const spent = used[index] ?? 0;
      const [gone, most, left] = [spent, ceiling, Math.max(0, ceiling - spent)].map((n) => formatCount(n));
      const sentence = `${LIMIT_LABELS[name] ?? name}: ${gone} of ${most}, ${left} left.`;
      if (spent < ceiling * NEARLY_FULL) return { ...ok(sentence), about: name };
      const detail = spent >= ceiling ? describeLimit(name) : sentence;
      return { ...warn(detail, { remedy: 'It opens by itself; raise the setting if that is too slow.' }), about: name };
    });
  },
};

export const queue: Check = {
  id: 'queue',
  title: 'QStash',
  async look({ world, accounts, plan }) {
    const account = await accounts.queue();
    const link = 'https://console.upstash.com/qstash';
    const { qstash, ownProjectId } = world.config;
    if (account === undefined || qstash === undefined)
      return ok('QSTASH_TOKEN is not set: sweeps do the work themselves.', { link });
    const keys = await account.readSigningKeys();
    if (![keys.current, keys.next].includes(qstash.currentSigningKey))
      return fail('QSTASH_CURRENT_SIGNING_KEY is not a key of this account, so its deliveries are refused.', {
        remedy: 'Run `npm run setup`, which reads both keys.',
        link,
      });
    if ((await plan().catch(() => undefined)) !== 'hobby' || ownProjectId === undefined)
      return ok('The token and the signing keys are good.');
    const schedule = await account.findSchedule(scheduleIdOf(ownProjectId));
    if (schedule === undefined || schedule.isPaused)
      return warn(
        `Its schedule ${schedule === undefined ? 'is missing' : 'is paused'}, so only the daily cron sweeps.`,
        {
          remedy: 'Run `npm run setup`, which creates it.',
          link,
        },
      );
    return ok(`The token and the signing keys are good; it calls us on ${schedule.cron}.`);
  },
};

/** One schedule for each installation: the same id is the same schedule. */
export function scheduleIdOf(projectId: string): string {
  return `self-heal-sweep-${projectId}`;
}

export const deadLetters: Check = {
  id: 'dead-letters',
  title: 'Steps given up',
  async look({ world }) {
    const letters = await (await world.store()).deadLetters.listAll();
    if (letters.length === 0) return ok('None.');
    const steps = letters.length === 1 ? '1 queued step was' : `${letters.length} queued steps were`;
    return warn(`${steps} given up after all tries.`, {
      remedy: 'The first page of the dashboard lists them with their reasons, and dismisses them.',
    });
  },
};

function describeAge(ms: number): string {
  if (ms < 2 * MINUTE_MS) return `${Math.max(0, Math.round(ms / 1000))} s`;
  return ms < 2 * HOUR_MS ? `${Math.round(ms / MINUTE_MS)} min` : `${Math.round(ms / HOUR_MS)} h`;
}
