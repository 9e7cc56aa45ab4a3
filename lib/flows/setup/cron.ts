import { applyEdits, modify, parse } from 'jsonc-parser';
import type { QueueSetup } from '../../ports/setup.js';
import { scheduleIdOf } from '../doctor/checks-own.js';
import type { Change } from './dialogue.js';
import type { SetupOutside } from './outside.js';

const EVERY_MINUTE = '* * * * *';
/** Vercel runs it at any minute of the hour: https://vercel.com/docs/cron-jobs/usage-and-pricing */
const ONCE_A_DAY = '0 6 * * *';
/** 720 messages a day; the free plan has 1,000: https://upstash.com/pricing/qstash */
const EVERY_TWO_MINUTES = '*/2 * * * *';
const PATH = '/api/cron';

interface VercelJson {
  readonly crons?: readonly { readonly path?: string; readonly schedule?: string }[];
}

/** The schedule in `vercel.json` as the plan allows it. A plan that is not known changes nothing. */
export async function planCron(plan: string | undefined, outside: SetupOutside): Promise<readonly Change[]> {
  const text = plan === undefined ? undefined : await outside.readVercelJson();
  if (text === undefined) return [];
  const schedule = plan === 'hobby' ? ONCE_A_DAY : EVERY_MINUTE;
  const crons = (parse(text) as VercelJson | undefined)?.crons ?? [];
  const index = crons.findIndex(({ path }) => path === PATH);
  const current = crons[index]?.schedule;
  const isAllowed = plan === 'hobby' ? current !== undefined && isDaily(current) : current === EVERY_MINUTE;
  if (index < 0 || isAllowed) return [];
  const edits = modify(text, ['crons', index, 'schedule'], schedule, {});
  return [
    {
      text: `Change the cron in vercel.json from "${current}" to "${schedule}", for the account is on ${plan}`,
      apply: () => outside.writeVercelJson(applyEdits(text, edits)),
    },
  ];
}

/** One minute of one hour: what Hobby takes. */
function isDaily(schedule: string): boolean {
  const [minute = '', hour = ''] = schedule.trim().split(/\s+/);
  return /^\d+$/.test(minute) && /^\d+$/.test(hour);
}

/** What stands in for the minute's cron on Hobby. */
export async function planSchedule(
  queue: QueueSetup,
  input: {
    readonly projectId: string;
    readonly publicUrl: string;
    readonly cronSecret: string;
    readonly isNewSecret: boolean;
  },
): Promise<readonly Change[]> {
  const id = scheduleIdOf(input.projectId);
  const destination = input.publicUrl + PATH;
  const known = await queue.findSchedule(id);
  const isGood = known?.destination === destination && known.cron === EVERY_TWO_MINUTES;
  if (isGood && !input.isNewSecret) return [];
  return [
    {
      text: `${known === undefined ? 'Create' : 'Update'} the QStash schedule that calls ${destination} every two minutes`,
      apply: () =>
        queue.putSchedule(id, { destination, cron: EVERY_TWO_MINUTES, authorization: `Bearer ${input.cronSecret}` }),
    },
  ];
}
