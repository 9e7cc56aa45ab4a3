/** A backtest for people at a terminal: a line of progress, then what was found. */
import type { BacktestCase, BacktestOutcome } from '../lib/flows/backtest.js';
import { type BacktestFigures, OUTCOME_LABELS, sumBacktest } from '../lib/report/backtest-figures.js';
import { count } from '../lib/report/pages/fragments.js';
import { formatDollars } from '../lib/report/price.js';
import { formatDuration, formatTime } from '../lib/report/time-text.js';
import { createPaint, formatTable, oneLine, type Paint } from './terminal.js';

const BAR = 24;

/** How far it is: a bar where the stream is a terminal, a line a failure elsewhere. */
export function showProgress(stream: NodeJS.WriteStream, done: number, of: number, finished?: BacktestCase): void {
  if (stream.isTTY === true) {
    const filled = of === 0 ? BAR : Math.round((BAR * done) / of);
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR - filled)}`;
    stream.write(
      `\r\u001b[K${bar} ${done} of ${of}${finished === undefined ? '' : `  ${oneLine(nameCase(finished), 50)}`}`,
    );
    if (done === of) stream.write('\r\u001b[K');
  } else if (finished !== undefined) stream.write(`${done} of ${of}: ${describeCase(finished)}\n`);
}

/** Clears the bar, so that what follows begins on a line of its own. */
export function endProgress(stream: NodeJS.WriteStream): void {
  if (stream.isTTY === true) stream.write('\r\u001b[K');
}

export function describeBacktest(
  cases: readonly BacktestCase[],
  about: { readonly project: string; readonly failures: number; readonly repairers: string },
): string {
  const paint = createPaint();
  const figures = sumBacktest(cases);
  if (about.failures === 0)
    return `No production deployment of ${oneLine(about.project)} has failed. Nothing to replay.`;
  const stopped = cases.length < about.failures ? `, stopped before ${about.failures - cases.length} more` : '';
  return [
    paint.bold(
      `${count(cases.length, 'failed deployment')} of ${oneLine(about.project)} replayed${stopped}; nothing was written anywhere`,
    ),
    formatTable(cases.map((one) => caseRow(one))),
    figures.classes.length === 0 ? '' : formatTable(classRows(figures)),
    summary(figures, about.repairers, paint),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function caseRow(one: BacktestCase): readonly string[] {
  return [
    formatTime(one.createdAt),
    one.sha?.slice(0, 7) ?? '-',
    one.diagnosis?.class ?? '-',
    OUTCOME_LABELS[one.outcome],
    oneLine(one.files.length > 0 ? one.files.join(', ') : one.reason, 70),
    comparePeople(one),
  ];
}

function comparePeople({ people, files }: BacktestCase): string {
  if (people === undefined) return '';
  const share = `${people.common.length} of ${files.length}`;
  return `${share} among people’s ${people.files.length}, ${formatDuration(people.afterMs)} later`;
}

function classRows({ classes }: BacktestFigures): readonly (readonly string[])[] {
  return [
    ['class', 'incidents', 'proposed', 'handed over', 'nothing'],
    ...classes.map((row) => [row.class, ...[row.total, row.proposed, row.handedOver, row.nothing].map(String)]),
  ];
}

function summary(figures: BacktestFigures, repairers: string, paint: Paint): string {
  const { outcomes, agreement, incidents } = figures;
  const rest = (Object.keys(OUTCOME_LABELS) as BacktestOutcome[])
    .filter((name) => name !== 'proposed' && outcomes[name] > 0)
    .map((name) => `${outcomes[name]} ${OUTCOME_LABELS[name]}`);
  const median = figures.medianMs === undefined ? '' : `, half of them within ${formatDuration(figures.medianMs)}`;
  const money = figures.dollars === undefined ? 'price not known' : `${formatDollars(figures.dollars)} at list price`;
  return [
    `${paint.green(`${outcomes.proposed} of ${count(incidents, 'incident')} would have got a repair`)}${median}${rest.length === 0 ? '' : `; ${rest.join(', ')}`}`,
    agreement.compared === 0
      ? 'No repair can be compared with what people did.'
      : `Beside what people changed until production was good again: of ${agreement.compared} repairs ${agreement.all} with all files among theirs, ${agreement.some} with some, ${agreement.none} with none`,
    paint.dim(
      `${figures.tokens.toLocaleString('en-US')} tokens in ${figures.calls} model calls, ${money}; asked: ${repairers}`,
    ),
    paint.dim('Not built: a proposal passed every check before a commit; only its preview would have proven it.'),
  ].join('\n');
}

function describeCase(one: BacktestCase): string {
  return oneLine(`${nameCase(one)}: ${one.diagnosis?.class ?? 'not diagnosed'}, ${OUTCOME_LABELS[one.outcome]}`, 160);
}

function nameCase({ sha, deploymentId, commitMessage }: BacktestCase): string {
  return `${sha?.slice(0, 7) ?? deploymentId} ${commitMessage?.split('\n', 1)[0] ?? ''}`.trim();
}
