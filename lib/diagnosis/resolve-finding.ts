import type { BuildError } from './diagnosis.js';
import type { Finding, LineStream } from './finding.js';
import { normalisePath, type PathBase } from './paths.js';

const maxTrace = 20;
const maxMessage = 2_000;

/** A finding with its paths made relative to the repository and its texts bounded. */
export function resolveFinding(finding: Finding, stream: LineStream, base: PathBase): Finding {
  const { file, trace, line, column, ...rest } = finding.error;
  const path = file === undefined ? undefined : normalisePath(file, base);
  const further = [
    ...new Set((trace ?? []).map((entry) => normalisePath(entry, base)).filter((entry) => entry !== undefined)),
  ].filter((entry) => entry !== path);
  const error: BuildError = {
    ...rest,
    message: rest.message.trim().slice(0, maxMessage),
    ...(path === undefined
      ? {}
      : { file: path, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) }),
    ...(stream.package === undefined ? {} : { package: stream.package }),
    ...(further.length > 0 ? { trace: further.slice(0, maxTrace) } : {}),
  };
  return { ...finding, error };
}
