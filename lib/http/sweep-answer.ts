import { getWorld } from '../deps.js';
import { AdapterError, ConfigError } from '../errors.js';
import type { SweepReport, SweepRequest } from '../flows/sweep.js';
import { sweep } from '../flows/sweep.js';
import { problemResponse } from './respond.js';

/** Runs a sweep for an authenticated request; every way in which it can fail is one sentence with the right status. */
export async function answerSweep(
  request: Request,
  asked: SweepRequest,
  present: (report: SweepReport) => Response | Promise<Response>,
): Promise<Response> {
  try {
    const result = await sweep(getWorld(), asked);
    if (result.outcome === 'unknown-deployment')
      return problemResponse(request, 404, `Vercel knows no deployment ${asked.deploymentId} that this token may see.`);
    if (result.outcome === 'unknown-project')
      return problemResponse(request, 404, `Vercel knows no project ${asked.project} that this token may see.`);
    return await present(result.report);
  } catch (error) {
    return answerFailure(request, error);
  }
}

/** What went wrong outside or in the settings, in a sentence; anything else is rethrown for the platform's log. */
export function answerFailure(request: Request, error: unknown): Response {
  if (error instanceof ConfigError)
    return problemResponse(
      request,
      503,
      `Settings are missing or wrong: ${error.message}. /api/health tells what to do.`,
    );
  if (error instanceof AdapterError)
    return problemResponse(request, error.retryable ? 503 : 502, `${error.system}: ${error.message}`);
  throw error;
}
