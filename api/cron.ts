import { readSecret } from '../lib/config.js';
import { carriesSecret } from '../lib/http/credentials.js';
import { jsonResponse, problemResponse } from '../lib/http/respond.js';
import { answerSweep } from '../lib/http/sweep-answer.js';

/** Vercel Cron, every minute: does all that is due. */
export async function GET(request: Request): Promise<Response> {
  if (!carriesSecret(request, readSecret('CRON_SECRET'), { allowKey: false }))
    return problemResponse(request, 401, 'This address is for Vercel Cron: send Authorization: Bearer CRON_SECRET.');
  return await answerSweep(request, { trigger: 'cron' }, (report) => jsonResponse(report));
}
