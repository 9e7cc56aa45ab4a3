import { ConfigError } from '../errors.js';
import { renderConfirmation } from '../report/pages/confirmation-page.js';
import { renderSetupProblems } from '../report/pages/sign-in-page.js';
import { answerFailure } from './failure-answer.js';
import { htmlResponse, problemResponse, wrongMethodResponse } from './respond.js';
import { buildFormToken, readSession } from './session.js';
import { answerClosed, answerStranger, type DashboardSetting, readOwnForm, recordAction } from './visit.js';

/**
 * The one action of the dashboard that repairs, and so needs the parsers of every language: a function of its own keeps
 * them out of the pages.
 */
export async function answerSweepAction(request: Request, setting: DashboardSetting): Promise<Response> {
  const { secret, openWorld, now } = setting;
  const isPost = request.method === 'POST';
  if (!isPost && request.method !== 'GET' && request.method !== 'HEAD')
    return wrongMethodResponse(request, ['GET', 'POST']);
  if (secret === undefined) return answerClosed(request);
  const session = readSession(request, secret, now);
  if (session === undefined) return answerStranger(request, { page: 'action', action: 'sweep' });
  if (!isPost) return htmlResponse(renderConfirmation({ action: 'sweep', formToken: buildFormToken(session, secret) }));

  try {
    const form = await readOwnForm({ request, session, secret });
    if (form instanceof Response) return form;
    const world = openWorld();
    await recordAction({ world, session, now }, 'sweep');
    const [{ sweep }, { renderTriggerPage }] = await Promise.all([
      import('../flows/sweep.js'),
      import('../report/trigger-page.js'),
    ]);
    const result = await sweep(world, { trigger: 'trigger' });
    if (result.outcome !== 'swept') return problemResponse(request, 404, 'There was nothing to sweep.');
    return htmlResponse(renderTriggerPage(result.report));
  } catch (error) {
    if (error instanceof ConfigError) return htmlResponse(renderSetupProblems(error.problems), { status: 503 });
    return answerFailure(request, error, openWorld);
  }
}
