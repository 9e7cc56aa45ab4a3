/** A diagnosis for people and for programs. */
import type { RepositoryContext } from '../lib/context/source.js';
import type { BuildError, BuildLog, Diagnosis } from '../lib/diagnosis/diagnosis.js';
import { formatCodeFrame } from './code-frame.js';
import { createPaint, oneLine, type Paint, plain } from './terminal.js';

/** The object that `--json` prints; paths are relative to the repository root, suspects ordered. */
export function toJson(diagnosis: Diagnosis, context: RepositoryContext | undefined) {
  return {
    class: diagnosis.class,
    repairable: diagnosis.repairable,
    fingerprint: diagnosis.fingerprint,
    summary: diagnosis.summary,
    phase: diagnosis.phase,
    ...(diagnosis.remedy === undefined ? {} : { remedy: diagnosis.remedy }),
    evidence: diagnosis.evidence,
    errors: diagnosis.errors,
    suspects: context === undefined ? namedFiles(diagnosis.errors) : context.suspects.map(({ path }) => path),
    read: context === undefined ? [] : [...context.files.keys()],
  };
}

/** Without the repository, the files that the log names are all there is to suspect. */
function namedFiles(errors: readonly BuildError[]): readonly string[] {
  return [...new Set(errors.flatMap(({ file }) => (file === undefined ? [] : [file])))];
}

const shownErrors = 10;
const shownSuspects = 8;

export function describeDiagnosis(input: {
  readonly diagnosis: Diagnosis;
  readonly log: BuildLog;
  readonly context: RepositoryContext | undefined;
}): string {
  const { diagnosis, log, context } = input;
  const paint = createPaint();
  const parts = [
    `${paint.bold(diagnosis.class)}${diagnosis.repairable ? '' : ' (no patch)'}  ${oneLine(diagnosis.summary, 200)}`,
    ...(log.truncated ? [paint.yellow('The log was cut; the last error may be missing.')] : []),
    ...(diagnosis.remedy === undefined ? [] : [`${paint.green('To do')}: ${plain(diagnosis.remedy)}`]),
    describeEvidence(diagnosis, paint),
    ...diagnosis.errors.slice(0, shownErrors).map((error) => describeError(error, context, paint)),
    ...(diagnosis.errors.length > shownErrors ? [`... and ${diagnosis.errors.length - shownErrors} more errors`] : []),
    ...(context === undefined ? [] : [describeSuspects(context, paint)]),
    paint.dim(`fingerprint ${diagnosis.fingerprint}, phase ${diagnosis.phase}`),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function describeEvidence(diagnosis: Diagnosis, paint: Paint): string {
  if (diagnosis.evidence.length === 0) return '';
  const rows = diagnosis.evidence.map(({ fact, from, logLine }) => {
    const where = logLine === undefined ? from : `${from}, line ${logLine + 1}`;
    return `  - ${oneLine(fact)} ${paint.dim(`(${where})`)}`;
  });
  return [paint.bold('Because'), ...rows].join('\n');
}

function describeError(error: BuildError, context: RepositoryContext | undefined, paint: Paint): string {
  const place = [error.file, error.line, error.column].filter((part) => part !== undefined).join(':');
  const where = place !== '' ? place : error.route === undefined ? '' : `page ${error.route}`;
  const code = error.code === undefined ? '' : ` ${error.code}`;
  const times = error.count === undefined ? '' : ` (${error.count} times)`;
  const head = `${paint.red(error.kind)} ${oneLine(`${error.tool}${code}`)}${times}${where === '' ? '' : `  ${paint.bold(oneLine(where))}`}`;
  const text = error.file === undefined ? undefined : context?.files.get(error.file);
  const frame =
    text === undefined || error.line === undefined
      ? ''
      : formatCodeFrame({ text, line: error.line, column: error.column, paint });
  const message = plain(error.message)
    .split('\n')
    .slice(0, 6)
    .map((line) => `  ${oneLine(line, 200)}`);
  return [head, ...message, ...(frame === '' ? [] : [frame])].join('\n');
}

function describeSuspects(context: RepositoryContext, paint: Paint): string {
  if (context.suspects.length === 0) return 'No file is suspected.';
  const rows = context.suspects.slice(0, shownSuspects).map(({ path, score, reasons }, index) => {
    const why = reasons.length === 0 ? '' : paint.dim(`\n       ${oneLine(reasons.join('; '), 200)}`);
    return `  ${String(index + 1).padStart(2)}. ${plain(path)} ${paint.dim(score.toFixed(2))}${why}`;
  });
  return [paint.bold('Suspects'), ...rows].join('\n');
}
