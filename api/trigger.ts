import { readSecret } from '../lib/config.js';
import { carriesSecret } from '../lib/http/credentials.js';
import { prefersHtml } from '../lib/http/negotiate.js';
import { htmlResponse, jsonResponse, problemResponse } from '../lib/http/respond.js';
import { answerSweep } from '../lib/http/sweep-answer.js';
import { parseTriggerQuery } from '../lib/http/trigger-query.js';

/** The manual trigger URL: a sweep now, of everything or of one deployment or project. */
export async function GET(request: Request): Promise<Response> {
  if (!carriesSecret(request, readSecret('TRIGGER_SECRET'), { allowKey: true }))
    return problemResponse(request, 401, 'Send Authorization: Bearer TRIGGER_SECRET, or ?key= with that secret.');
  const query = parseTriggerQuery(new URL(request.url).searchParams);
  if ('problem' in query) return problemResponse(request, 400, query.problem);
  return await answerSweep(request, { trigger: 'trigger', ...query }, async (report) => {
    if (!prefersHtml(request)) return jsonResponse(report);
    const { renderTriggerPage } = await import('../lib/report/trigger-page.js');
    return htmlResponse(renderTriggerPage(report));
  });
}

export const POST = GET;
