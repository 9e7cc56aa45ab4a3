import { findConfigProblems, readSecret } from '../lib/config.js';
import { examine, reportSettings } from '../lib/flows/doctor.js';
import { carriesSecret } from '../lib/http/credentials.js';
import { jsonResponse } from '../lib/http/respond.js';

/** The doctor. Strangers learn only whether all is well; while no secret is set, also which settings are missing. */
export async function GET(request: Request): Promise<Response> {
  const problems = findConfigProblems();
  const secret = readSecret('DASHBOARD_SECRET');
  const settings = reportSettings(problems);
  const status = settings.ok ? 200 : 503;
  if (secret === undefined)
    return jsonResponse({ ok: false, missing: problems.map((problem) => problem.variable) }, { status });
  if (!carriesSecret(request, secret, { allowKey: false })) return jsonResponse({ ok: settings.ok }, { status });
  if (!settings.ok) return jsonResponse(settings, { status });
  const { getWorld } = await import('../lib/deps.js');
  const report = await examine(getWorld());
  return jsonResponse(report, { status: report.ok ? 200 : 503 });
}
