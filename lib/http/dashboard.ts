import { ConfigError } from '../errors.js';
import type { ActionResult, Person } from '../flows/actions.js';
import { readIncident, readOverview } from '../flows/dashboard.js';
import type { World } from '../flows/world.js';
import { type Html, html } from '../report/html.js';
import { type ActionName, needsIncident, renderConfirmation } from '../report/pages/confirmation-page.js';
import type { IncidentAction } from '../report/pages/incident-page.js';
import { renderSetupProblems } from '../report/pages/sign-in-page.js';
import { type DashboardRoute, isIncidentId, parseDashboardRoute } from './dashboard-route.js';
import { answerFailure } from './failure-answer.js';
import { htmlResponse, problemResponse, redirectResponse, wrongMethodResponse } from './respond.js';
import { buildFormToken, readSession } from './session.js';
import { answerSignIn, answerSignOut } from './sign-in.js';
import { answerClosed, answerStranger, type DashboardSetting, readOwnForm, recordAction, type Visit } from './visit.js';

/** Every page and action of the dashboard. Without a session there is the sign-in page and nothing else. */
export async function answerDashboard(request: Request, setting: DashboardSetting): Promise<Response> {
  const { secret, openWorld, now } = setting;
  const isPost = request.method === 'POST';
  if (!isPost && request.method !== 'GET' && request.method !== 'HEAD')
    return wrongMethodResponse(request, ['GET', 'POST']);
  if (secret === undefined) return answerClosed(request);

  const route = parseDashboardRoute(new URL(request.url));
  const session = readSession(request, secret, now);
  if (route.page === 'sign-in' && isPost) return await answerSignIn(request, { secret, openWorld, now });
  if (session === undefined) return answerStranger(request, route);
  if (route.page === 'sign-in') return redirectResponse('/');

  try {
    const visit = { request, session, secret, formToken: buildFormToken(session, secret), now };
    return isPost
      ? await answerPost({ ...visit, world: openWorld() }, route)
      : await answerGet({ ...visit, world: openWorld() }, route);
  } catch (error) {
    if (error instanceof ConfigError) return htmlResponse(renderSetupProblems(error.problems), { status: 503 });
    return answerFailure(request, error, openWorld);
  }
}

async function answerGet(visit: Visit, route: DashboardRoute): Promise<Response> {
  switch (route.page) {
    case 'overview':
      return await showOverview(visit, route.before);
    case 'incident':
      return await showIncident(visit, route.id);
    case 'doctor':
      return await showDoctor(visit);
    case 'settings':
      return await showSettings(visit);
    case 'action':
      return await confirm(visit, route.action, route.incidentId);
    case 'sign-out':
      return wrongMethodResponse(visit.request, ['POST']);
    default:
      return problemResponse(visit.request, 404, 'There is no such page.');
  }
}

async function showOverview(visit: Visit, before: number | undefined): Promise<Response> {
  const { world, formToken, now } = visit;
  const overview = await readOverview(world, before === undefined ? {} : { before });
  const { pulse, older, ...shown } = overview;
  // The charts and their library are loaded for this page only.
  const { renderOverview } = await import('../report/pages/overview-page.js');
  return htmlResponse(
    renderOverview({
      ...shown,
      ...optional('notice', readNotice(visit.request)),
      ...optional('lastSweepAt', pulse.lastSweepAt),
      ...optional('pausedSince', world.config.paused ? now : pulse.pausedSince),
      ...optional('olderPath', older === undefined ? undefined : `/?before=${older}`),
      now,
      formToken,
      mode: world.config.mode,
      pausedByEnvironment: world.config.paused,
      isNewest: before === undefined,
      watched: world.config.vercel.projects,
      models: world.config.gemini?.models ?? [],
    }),
  );
}

async function showIncident(visit: Visit, id: string): Promise<Response> {
  const { world, formToken, now } = visit;
  const details = await readIncident(world, id);
  if (details === undefined)
    return problemResponse(visit.request, 404, 'There is no such incident, or it has expired.');
  const { incident, isMuted, history, pulse } = details;
  const [{ canGiveUp, canTryAgain }, { renderIncident }] = await Promise.all([
    import('../flows/actions.js'),
    import('../report/pages/incident-page.js'),
  ]);
  const actions: IncidentAction[] = [
    ...(canTryAgain(incident) ? (['try-again'] as const) : []),
    ...(canGiveUp(incident) ? (['give-up'] as const) : []),
    ...(incident.diagnosis === undefined ? [] : [isMuted ? ('unmute' as const) : ('mute' as const)]),
  ];
  const isPaused = world.config.paused || pulse.pausedSince !== undefined;
  const operation = isPaused ? 'paused' : world.config.mode === 'observe' ? 'observing' : 'repairing';
  const notice = readNotice(visit.request);
  return htmlResponse(
    renderIncident({ now, formToken, operation, incident, history, isMuted, actions, ...optional('notice', notice) }),
  );
}

async function showSettings({ world, formToken }: Visit): Promise<Response> {
  const [{ readSettingsOverview }, { renderSettings }] = await Promise.all([
    import('../flows/settings-overview.js'),
    import('../report/pages/settings-page.js'),
  ]);
  return htmlResponse(renderSettings({ formToken, ...(await readSettingsOverview(world)) }));
}

async function showDoctor({ world, formToken }: Visit): Promise<Response> {
  const [{ examine }, { renderDoctor }] = await Promise.all([
    import('../flows/doctor.js'),
    import('../report/pages/doctor-page.js'),
  ]);
  const { findings } = await examine(world);
  return htmlResponse(renderDoctor({ formToken, findings }));
}

async function confirm(visit: Visit, action: ActionName, incidentId: string | undefined): Promise<Response> {
  const { formToken } = visit;
  if (!needsIncident(action)) return htmlResponse(renderConfirmation({ action, formToken }));
  const store = await visit.world.store();
  const incident = incidentId === undefined ? undefined : await store.find(incidentId);
  if (incident === undefined) return problemResponse(visit.request, 404, 'There is no such incident.');
  return htmlResponse(renderConfirmation({ action, formToken, incident }));
}

async function answerPost(visit: Visit, route: DashboardRoute): Promise<Response> {
  const { request, session } = visit;
  const form = await readOwnForm(visit);
  if (form instanceof Response) return form;
  if (route.page === 'sign-out') return answerSignOut(request);
  if (route.page !== 'action') return wrongMethodResponse(request, ['GET']);
  if (route.action === 'sweep') return problemResponse(request, 404, 'Sweeps are at /actions/sweep.');

  const id = form.get('incident');
  if (needsIncident(route.action) && !isIncidentId(id)) return problemResponse(request, 400, 'Name the incident.');
  const result = await act(visit.world, route.action, id ?? '', session);
  if (result.outcome === 'unknown-incident') return problemResponse(request, 404, result.text);
  if (result.outcome !== 'done') return problemResponse(request, 409, result.text);
  await recordAction(visit, route.action, id ?? undefined);
  const path = isIncidentId(id) ? `/incidents/${id}` : '/';
  return redirectResponse(`${path}?done=${route.action}`);
}

async function act(
  world: World,
  action: Exclude<ActionName, 'sweep'>,
  id: string,
  person: Person,
): Promise<ActionResult> {
  const { dismissDeadLetters, giveUp, setMuted, setPaused, tryAgain } = await import('../flows/actions.js');
  switch (action) {
    case 'pause':
      return await setPaused(world, { paused: true });
    case 'resume':
      return await setPaused(world, { paused: false });
    case 'dismiss':
      return await dismissDeadLetters(world);
    case 'try-again':
      return await tryAgain(world, id, person);
    case 'give-up':
      return await giveUp(world, id, person);
    case 'mute':
      return await setMuted(world, id, { muted: true, person });
    case 'unmute':
      return await setMuted(world, id, { muted: false, person });
  }
}

const NOTICES: Readonly<Record<string, string>> = {
  pause: 'Everything is paused.',
  resume: 'It goes on. The next sweep takes up what is due.',
  dismiss: 'The list of steps that the queue gave up is empty.',
  'try-again': 'It is tried again with the next sweep.',
  'give-up': 'Nothing more is done about this incident.',
  mute: 'This failure is muted.',
  unmute: 'This failure is no longer muted.',
};

/** What the page before this one did, by a name that we know. */
function readNotice(request: Request): Html | undefined {
  const text = NOTICES[new URL(request.url).searchParams.get('done') ?? ''];
  return text === undefined ? undefined : html`<p class="notice good" role="status">${text}</p>`;
}

function optional<K extends string, T>(key: K, value: T | undefined): { readonly [P in K]?: T } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: T });
}
