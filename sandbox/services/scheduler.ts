/** Vercel Cron: calls the paths of `vercel.json`'s crons when they are due. https://vercel.com/docs/cron-jobs */
import { runAsProcess } from '../process/run-as-process.js';
import { type Cron, readVercelConfig } from './functions/vercel-config.js';

export interface Scheduler {
  stop(): void;
}

export function startScheduler(options: {
  readonly crons: readonly Cron[];
  readonly url: string;
  readonly cronSecret: string;
  /** How long a minute of the schedule lasts here. */
  readonly minuteMs: number;
  readonly onAnswer: (
    cron: Cron,
    answer: { readonly status: number; readonly text: string } | { readonly error: string },
  ) => void;
}): Scheduler {
  const abort = new AbortController();
  let minute = Math.floor(Date.now() / 60_000);

  async function call(cron: Cron): Promise<void> {
    try {
      const response = await fetch(options.url + cron.path, {
        signal: abort.signal,
        // A redirect is final.
        redirect: 'manual',
        headers: {
          authorization: `Bearer ${options.cronSecret}`,
          'user-agent': 'vercel-cron/1.0',
          'x-vercel-cron-schedule': cron.schedule,
        },
      });
      options.onAnswer(cron, { status: response.status, text: await response.text() });
    } catch (error) {
      if (!abort.signal.aborted) options.onAnswer(cron, { error: String(error) });
    }
  }

  /** Runs may overlap, as they may at Vercel: nothing waits for the one before. */
  function tick(): void {
    const now = new Date(minute * 60_000);
    minute += 1;
    for (const cron of options.crons) if (isDue(cron.schedule, now)) void call(cron);
  }

  tick();
  const timer = setInterval(tick, options.minuteMs);
  return {
    stop() {
      clearInterval(timer);
      abort.abort();
    },
  };
}

/** Whether the five fields (minute, hour, day of month, month, day of week; UTC) fit the minute. */
export function isDue(schedule: string, now: Date): boolean {
  const fields = schedule.trim().split(/\s+/);
  const values = [now.getUTCMinutes(), now.getUTCHours(), now.getUTCDate(), now.getUTCMonth() + 1, now.getUTCDay()];
  return (
    fields.length === 5 &&
    fields.every((field, index) => field.split(',').some((part) => fits(part, values[index] ?? 0)))
  );
}

function fits(part: string, value: number): boolean {
  const [range = '', step = '1'] = part.split('/');
  const [from, to] = range === '*' ? [0, 59] : range.split('-').map(Number);
  if (from === undefined || value < from) return false;
  const last = to ?? (part.includes('/') ? 59 : from);
  return value <= last && (value - from) % Number(step) === 0;
}

runAsProcess({
  file: import.meta.url,
  flags: ['url', 'root', 'secret', 'minute-ms'],
  start: async (flags) => {
    if (!flags.url) throw new Error('--url is needed: where the functions listen.');
    const scheduler = startScheduler({
      crons: readVercelConfig(flags.root ?? '.').crons ?? [],
      url: flags.url,
      cronSecret: flags.secret ?? '',
      minuteMs: Number(flags['minute-ms'] ?? 60_000),
      onAnswer: () => {},
    });
    return { close: async () => scheduler.stop() };
  },
  describe: () => ({ service: 'scheduler' }),
});
