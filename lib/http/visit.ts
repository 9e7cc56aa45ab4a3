import type { World } from '../flows/world.js';
import type { ActionName } from '../report/pages/confirmation-page.js';
import { needsIncident } from '../report/pages/confirmation-page.js';
import { renderContinue, renderSignIn } from '../report/pages/sign-in-page.js';
import { type DashboardRoute, pathOf } from './dashboard-route.js';
import { readForm } from './form.js';
import { htmlResponse, problemResponse } from './respond.js';
import { isOwnForm, type Session } from './session.js';

export interface DashboardSetting {
  /** DASHBOARD_SECRET; the dashboard is closed without it. */
  readonly secret: string | undefined;
  /** Throws `ConfigError` while settings are missing or wrong. */
  readonly openWorld: () => World;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What a signed-in request works with. */
export interface Visit {
  readonly request: Request;
  readonly session: Session;
  readonly formToken: string;
  readonly secret: string;
  readonly world: World;
  readonly now: number;
}

export function answerClosed(request: Request): Response {
  const sentence = 'The dashboard is closed until DASHBOARD_SECRET is set (16 characters or more).';
  return problemResponse(request, 503, sentence);
}

export function answerStranger(request: Request, route: DashboardRoute): Response {
  if (request.method === 'POST') return problemResponse(request, 401, 'Sign in first.');
  const next = pathOf(route);
  // A strict cookie is not sent on the first step from another site: a link in a pull request would always end here.
  const mayBeSignedIn = request.headers.get('sec-fetch-site') === 'cross-site';
  if (mayBeSignedIn && request.headers.get('sec-fetch-mode') === 'navigate') return htmlResponse(renderContinue(next));
  return htmlResponse(renderSignIn({ next }), { status: route.page === 'sign-in' ? 200 : 401 });
}

/** The fields that a page of this very session posted; otherwise the answer that says why not. */
export async function readOwnForm({
  request,
  session,
  secret,
}: Pick<Visit, 'request' | 'session' | 'secret'>): Promise<URLSearchParams | Response> {
  const form = await readForm(request);
  if (form === 'too-large') return problemResponse(request, 413, 'That form is too large.');
  if (form === 'malformed') return problemResponse(request, 415, 'Send the fields of the form.');
  if (!isOwnForm(request, form.get('token'), session, secret))
    return problemResponse(request, 403, 'This did not come from a page of this session. Nothing was done.');
  return form;
}

/** Who did what and when: the incidents' own histories know nothing of sweeps and pauses. */
export async function recordAction(
  { world, session, now }: Pick<Visit, 'world' | 'session' | 'now'>,
  action: ActionName,
  incidentId?: string,
): Promise<void> {
  const store = await world.store();
  await store.recordAction({
    at: now,
    action,
    ...(session.name === undefined ? {} : { who: session.name }),
    ...(needsIncident(action) && incidentId !== undefined ? { incidentId } : {}),
  });
}
