import type { DoctorReport, Finding, FindingState } from '../lib/flows/doctor.js';
import { createPaint, oneLine, type Paint } from './terminal.js';

const ORDER: readonly FindingState[] = ['fail', 'warn', 'unknown', 'ok'];

/** The findings as lines for a terminal, what is wrong last, where the eye is. */
export function describeReport(report: DoctorReport, paint: Paint = createPaint()): string {
  const sorted = [...ORDER].reverse().flatMap((state) => report.findings.filter((finding) => finding.state === state));
  const lines = sorted.flatMap((finding) => describeFinding(finding, paint));
  const amount = (state: FindingState) => report.findings.filter((finding) => finding.state === state).length;
  const counts = `${amount('ok')} fine, ${amount('unknown')} not known, ${amount('warn')} to look at, ${amount('fail')} to mend`;
  const summary = report.ok ? paint.green('All is well') : paint.red('Something is to be mended');
  return `${lines.join('\n')}\n\n${summary}: ${counts}.\n`;
}

function describeFinding({ state, check, detail, remedy, link }: Finding, paint: Paint): readonly string[] {
  const marks: Readonly<Record<FindingState, string>> = {
    ok: paint.green('ok     '),
    warn: paint.yellow('look   '),
    fail: paint.red('mend   '),
    unknown: paint.dim('unknown'),
  };
  const lines = [`${marks[state]}  ${paint.bold(oneLine(check))}: ${oneLine(detail, 400)}`];
  if (state === 'ok') return lines;
  if (remedy !== undefined) lines.push(`         -> ${oneLine(remedy, 400)}`);
  if (link !== undefined) lines.push(paint.dim(`            ${oneLine(link, 400)}`));
  return lines;
}
