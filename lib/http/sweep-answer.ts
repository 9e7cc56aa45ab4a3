import { getWorld } from '../deps.js';
import type { SweepReport, SweepRequest } from '../flows/sweep.js';
import { sweep } from '../flows/sweep.js';
import { answerFailure } from './failure-answer.js';
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
    return answerFailure(request, error, getWorld);
  }
}
