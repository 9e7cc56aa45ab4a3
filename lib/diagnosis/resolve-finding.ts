import type { BuildError } from './diagnosis.js';
import type { Finding } from './finding.js';
import { normalisePath, type PathBase } from './paths.js';
import { packageOfPath } from './specifiers.js';

const maxTrace = 20;
const maxMessage = 2_000;

/** A finding with its paths made relative to the repository and its texts bounded. */
export function resolveFinding(
  finding: Finding,
  where: { readonly base: PathBase; readonly package?: string },
): Finding {
  const { file, trace, line, column, specifier, ...rest } = finding.error;
  const path = file === undefined ? undefined : normalisePath(file, where.base);
  // The bundled copy of a configuration has lines of its own.
  const placed = file?.includes('.timestamp-') !== true;
  const further = [
    ...new Set((trace ?? []).map((entry) => normalisePath(entry, where.base)).filter((entry) => entry !== undefined)),
  ].filter((entry) => entry !== path);
  const error: BuildError = {
    ...rest,
    message: rest.message.trim().slice(0, maxMessage),
    ...(path === undefined
      ? {}
      : {
          file: path,
          ...(line === undefined || !placed ? {} : { line }),
          ...(column === undefined || !placed ? {} : { column }),
        }),
    ...(specifier === undefined ? {} : { specifier: readableSpecifier(specifier, rest.kind, where.base) }),
    ...(where.package === undefined ? {} : { package: where.package }),
    ...(further.length > 0 ? { trace: further.slice(0, maxTrace) } : {}),
  };
  return { ...finding, ...(path === undefined ? ofPackage(finding, file) : {}), error };
}

/** What a compiler cannot read in an installed package is no fault of the application's code. */
function ofPackage({ class: known, error }: Finding, file: string | undefined): Pick<Finding, 'class' | 'fact'> {
  const owner = known === undefined && error.kind === 'syntax' && file !== undefined ? packageOfPath(file) : undefined;
  return owner === undefined ? {} : { class: 'dependency', fact: `the file belongs to ${owner}` };
}

/** A file that was looked for on disk stands in the log with its absolute path. */
function readableSpecifier(specifier: string, kind: BuildError['kind'], base: PathBase): string {
  if (kind !== 'file-missing') return specifier;
  return normalisePath(specifier, base) ?? specifier;
}
