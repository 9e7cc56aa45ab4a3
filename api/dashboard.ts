import { readSecret } from '../lib/config.js';
import { getWorld } from '../lib/deps.js';
import { answerDashboard } from '../lib/http/dashboard.js';

/** The pages that people look at, sign-in and actions; `vercel.json` rewrites `/`, `/incidents/:id` and others to here. */
export async function GET(request: Request): Promise<Response> {
  return await answerDashboard(request, {
    secret: readSecret('DASHBOARD_SECRET'),
    openWorld: getWorld,
    now: Date.now(),
  });
}

export const POST = GET;
