import type { BuildError, ErrorKind } from '../diagnosis/diagnosis.js';
import type { Incident, StoredDiagnosis } from '../incident/incident.js';

const KINDS: Readonly<Record<ErrorKind, string>> = {
  syntax: 'syntax error',
  type: 'type error',
  'module-not-found': 'missing module',
  'export-missing': 'missing export',
  lint: 'lint error',
  'client-boundary': 'client and server code mixed',
  'suspense-boundary': 'missing Suspense boundary',
  prerender: 'error while prerendering',
  'page-data': 'error while collecting page data',
  'route-contract': 'invalid route export',
  style: 'stylesheet error',
  json: 'invalid JSON',
  'file-missing': 'missing file',
  config: 'invalid configuration',
  'script-missing': 'missing script',
  'script-failed': 'failing script',
  'peer-conflict': 'conflicting peer dependencies',
  lockfile: 'lockfile out of step',
  'package-missing': 'missing package',
  engine: 'unsupported Node.js version',
  'output-directory': 'wrong output directory',
  'variable-missing': 'missing environment variable',
  network: 'network failure',
  memory: 'out of memory',
  timeout: 'timeout',
  size: 'size limit exceeded',
  other: 'build error',
};

/** `type error`: what kind of error, in words. */
export function nameKind(kind: ErrorKind): string {
  return KINDS[kind] ?? 'build error';
}

/** `app/page.tsx:3:1`, raw: the caller escapes it. Undefined where the log names no file. */
export function formatPlace(error: BuildError): string | undefined {
  if (error.file === undefined) return undefined;
  return [error.file, error.line, error.line === undefined ? undefined : error.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** `type error in app/page.tsx and 2 more files`, raw: the caller escapes it. */
export function summariseErrors(diagnosis: StoredDiagnosis | undefined): string {
  const [first] = diagnosis?.errors ?? [];
  if (diagnosis === undefined || first === undefined) return 'build error';
  const total = countErrors(diagnosis);
  const files = new Set(diagnosis.errors.flatMap((error) => error.file ?? []));
  const what = total === 1 ? nameKind(first.kind) : `${total} errors`;
  if (first.file === undefined) return what;
  const more = files.size - 1;
  return `${what} in ${first.file}${more > 0 ? ` and ${more} more file${more === 1 ? '' : 's'}` : ''}`;
}

/** The projects of an incident in one line, raw: the caller escapes it. */
export function nameProjects(incident: Incident): string {
  const names = [...new Set(incident.failures.map((failure) => failure.projectName))];
  if (names.length === 0) return incident.repository.name;
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`;
}

export function countErrors(diagnosis: StoredDiagnosis): number {
  return diagnosis.errors.reduce((total, error) => total + (error.count ?? 1), 0);
}

/** Whether a line of the log names one of the errors: it is marked where the log is shown. */
export function marksError(line: string, errors: readonly BuildError[]): boolean {
  const start = line.trimStart().slice(0, 400);
  if (/^>\s*\d{1,7}\s*\|/.test(start) || /^(?:\d{1,7}\s*)?\|?\s*\^/.test(start)) return true;
  if (/^(?:error|err!|✘|✖|⨯|failed to compile|type error|syntaxerror)/i.test(start)) return true;
  return errors.some((error) => {
    const head = error.message.split('\n', 1)[0]?.trim() ?? '';
    if (head.length >= 8 && line.includes(head.slice(0, 200))) return true;
    return error.file !== undefined && error.line !== undefined && line.includes(`${error.file}:${error.line}`);
  });
}
