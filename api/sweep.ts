import { readSecret } from '../lib/config.js';
import { getWorld } from '../lib/deps.js';
import { answerSweepAction } from '../lib/http/sweep-action.js';

/** The dashboard's "Sweep now"; `vercel.json` rewrites `/actions/sweep` to here. */
export async function GET(request: Request): Promise<Response> {
  return await answerSweepAction(request, {
    secret: readSecret('DASHBOARD_SECRET'),
    openWorld: getWorld,
    now: Date.now(),
  });
}

export const POST = GET;
