import { createHash } from 'node:crypto';
import { AdapterError, ConfigError } from '../errors.js';
import type { World } from '../flows/world.js';
import { renderSignIn } from '../report/pages/sign-in-page.js';
import { secretsMatch } from '../secrets.js';
import { parseNextPath } from './dashboard-route.js';
import { readForm } from './form.js';
import { htmlResponse, problemResponse, redirectResponse } from './respond.js';
import { buildSessionCookie, buildSignOutCookie, createSession, isSecure } from './session.js';

const WINDOW_SECONDS = 15 * 60;
const TRIES_OF_ONE_ADDRESS = 10;
/** For guesses spread over many addresses. A session that is open already is not touched by it. */
const TRIES_OF_ALL = 200;

/** Exchanges the secret for a session. Guessing is slowed before the secret is looked at, and closed without a store. */
export async function answerSignIn(
  request: Request,
  { secret, openWorld, now }: { readonly secret: string; readonly openWorld: () => World; readonly now: number },
): Promise<Response> {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null && site !== 'same-origin')
    return problemResponse(request, 403, 'Sign in on the page of the dashboard itself.');
  const form = await readForm(request);
  if (form === 'too-large') return problemResponse(request, 413, 'That form is too large.');
  if (form === 'malformed') return problemResponse(request, 415, 'Send the fields of the sign-in form.');

  const next = parseNextPath(form.get('next'));
  const turn = await takeTry(request, openWorld);
  if (turn === 'closed')
    return problemResponse(request, 503, 'Nobody can sign in now: the store cannot be reached or is not set up.');
  if (!turn.granted) {
    const seconds = Math.max(1, Math.ceil((turn.retryAt - now) / 1_000));
    const problem = `Too many tries. Wait ${Math.ceil(seconds / 60)} minutes.`;
    return htmlResponse(renderSignIn({ next, problem }), { status: 429, headers: { 'retry-after': String(seconds) } });
  }
  if (!secretsMatch(form.get('secret'), secret))
    return htmlResponse(renderSignIn({ next, problem: 'That is not the secret.' }), { status: 401 });

  const cookie = buildSessionCookie(createSession(now, form.get('name') ?? undefined), secret, {
    secure: isSecure(request),
  });
  return redirectResponse(next, { headers: { 'set-cookie': cookie } });
}

export function answerSignOut(request: Request): Response {
  return redirectResponse('/sign-in', { headers: { 'set-cookie': buildSignOutCookie({ secure: isSecure(request) }) } });
}

async function takeTry(
  request: Request,
  openWorld: () => World,
): Promise<{ readonly granted: true } | { readonly granted: false; readonly retryAt: number } | 'closed'> {
  try {
    const store = await openWorld().store();
    const limit = { amount: 1, windowSeconds: WINDOW_SECONDS };
    return await store.reserve([
      { ...limit, name: `sign-in:${addressHash(request)}`, ceiling: TRIES_OF_ONE_ADDRESS },
      { ...limit, name: 'sign-in', ceiling: TRIES_OF_ALL },
    ]);
  } catch (error) {
    if (error instanceof AdapterError || error instanceof ConfigError) return 'closed';
    throw error;
  }
}

/** The client's address as Vercel's proxy gives it, which overwrites what a client sends; kept as a hash only. */
function addressHash(request: Request): string {
  const forwarded = request.headers.get('x-real-ip') ?? request.headers.get('x-forwarded-for')?.split(',')[0] ?? '';
  return createHash('sha256').update(forwarded.trim(), 'utf8').digest('hex').slice(0, 16);
}
