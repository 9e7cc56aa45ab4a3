import { readSecret } from '../lib/config.js';
import { getWorld } from '../lib/deps.js';
import { carriesSecret } from '../lib/http/credentials.js';
import { answerFailure } from '../lib/http/failure-answer.js';
import { listIncidents } from '../lib/http/incident-list.js';
import { jsonResponse, problemResponse } from '../lib/http/respond.js';
import { readSession } from '../lib/http/session.js';

/** Incidents as JSON, for a signed-in browser or with the dashboard's secret. */
export async function GET(request: Request): Promise<Response> {
  const secret = readSecret('DASHBOARD_SECRET');
  const mayRead =
    carriesSecret(request, secret, { allowKey: false }) || readSession(request, secret, Date.now()) !== undefined;
  if (!mayRead) return problemResponse(request, 401, 'Send Authorization: Bearer DASHBOARD_SECRET, or sign in.');
  try {
    const answer = await listIncidents(new URL(request.url).searchParams, getWorld);
    if (answer.outcome !== 'found')
      return problemResponse(request, answer.outcome === 'malformed' ? 400 : 404, answer.sentence);
    return jsonResponse({ incidents: answer.incidents, ...(answer.before && { before: answer.before }) });
  } catch (error) {
    return answerFailure(request, error, getWorld);
  }
}
