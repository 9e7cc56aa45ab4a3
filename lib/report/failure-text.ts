import type { BuildError, ErrorKind } from '../diagnosis/diagnosis.js';
import type { Incident, StoredDiagnosis } from '../incident/incident.js';
import type { Language } from '../settings/settings-schema.js';
import { textsIn } from './texts/texts.js';

/** `type error`: what kind of error, in words. */
export function nameKind(kind: ErrorKind, language: Language = 'en'): string {
  const { kinds } = textsIn(language);
  return kinds[kind] ?? kinds.other;
}

/** `app/page.tsx:3:1`, raw: the caller escapes it. Undefined where the log names no file. */
export function formatPlace(error: BuildError): string | undefined {
  if (error.file === undefined) return undefined;
  return [error.file, error.line, error.line === undefined ? undefined : error.column]
    .filter((part) => part !== undefined)
    .join(':');
}

/** `type error in app/page.tsx and 2 more files`, raw: the caller escapes it. */
export function summariseErrors(diagnosis: StoredDiagnosis | undefined, language: Language = 'en'): string {
  const { failure } = textsIn(language);
  const [first] = diagnosis?.errors ?? [];
  if (diagnosis === undefined || first === undefined) return nameKind('other', language);
  const total = countErrors(diagnosis);
  const files = new Set(diagnosis.errors.flatMap((error) => error.file ?? []));
  const what = total === 1 ? nameKind(first.kind, language) : failure.errors(total);
  return first.file === undefined ? what : failure.inFiles(what, first.file, files.size - 1);
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
