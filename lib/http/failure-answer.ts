import { AdapterError, ConfigError } from '../errors.js';
import type { World } from '../flows/world.js';
import { problemResponse } from './respond.js';

/** What went wrong outside or in the settings, in a sentence; anything else is rethrown for the platform's log. */
export function answerFailure(request: Request, error: unknown, openWorld: () => Pick<World, 'redact'>): Response {
  if (error instanceof ConfigError)
    return problemResponse(
      request,
      503,
      `Settings are missing or wrong: ${error.message}. /api/health tells what to do.`,
    );
  if (error instanceof AdapterError)
    // It quotes what was said outside, and who is asked with a token may repeat it.
    return problemResponse(
      request,
      error.retryable ? 503 : 502,
      `${error.system}: ${openWorld().redact(error.message)}`,
    );
  throw error;
}
