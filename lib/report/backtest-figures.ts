import type { FailureClass } from '../diagnosis/diagnosis.js';
import type { BacktestCase, BacktestOutcome } from '../flows/backtest.js';
import { medianOf } from './figures.js';

export interface BacktestClass {
  readonly class: FailureClass;
  readonly total: number;
  readonly proposed: number;
  /** The exact edit, or the remedy, for a person. */
  readonly handedOver: number;
  readonly nothing: number;
}

/** How our files compare with those that people changed until production was good again. */
export interface Agreement {
  readonly compared: number;
  /** Every file of ours is among theirs. */
  readonly all: number;
  readonly some: number;
  readonly none: number;
}

export interface BacktestFigures {
  readonly failures: number;
  /** Failures that would have opened an incident of their own. */
  readonly incidents: number;
  readonly outcomes: Readonly<Record<BacktestOutcome, number>>;
  /** The most frequent first. */
  readonly classes: readonly BacktestClass[];
  readonly agreement: Agreement;
  readonly calls: number;
  readonly tokens: number;
  /** At list price; undefined where a model without a known price took part. */
  readonly dollars: number | undefined;
  /** Half of the proposals took no longer than this. */
  readonly medianMs: number | undefined;
  /** Half of the failures stayed no longer than this until people had production good again. */
  readonly medianPeopleMs: number | undefined;
}

const NO_INCIDENT: ReadonlySet<BacktestOutcome> = new Set(['same-as-before', 'left-alone', 'unreadable']);
const HANDED_OVER: ReadonlySet<BacktestOutcome> = new Set(['exact-edit', 'remedy-named']);

export function sumBacktest(cases: readonly BacktestCase[]): BacktestFigures {
  const incidents = cases.filter(({ outcome }) => !NO_INCIDENT.has(outcome));
  const proposals = incidents.filter(({ outcome }) => outcome === 'proposed');
  const compared = incidents.flatMap(({ people, files }) => (people === undefined ? [] : [{ people, files }]));
  const all = compared.filter(({ people, files }) => people.common.length === files.length).length;
  const none = compared.filter(({ people }) => people.common.length === 0).length;
  const dollars = cases.map((one) => one.dollars);
  return {
    failures: cases.length,
    incidents: incidents.length,
    outcomes: countOutcomes(cases),
    classes: countClasses(incidents),
    agreement: { compared: compared.length, all, some: compared.length - all - none, none },
    calls: cases.reduce((sum, { usage }) => sum + usage.calls, 0),
    tokens: cases.reduce((sum, { usage }) => sum + usage.inputTokens + usage.outputTokens, 0),
    dollars: dollars.includes(undefined) ? undefined : dollars.reduce<number>((sum, one) => sum + (one ?? 0), 0),
    medianMs: proposals.length === 0 ? undefined : medianOf(proposals.map(({ tookMs }) => tookMs)),
    medianPeopleMs: compared.length === 0 ? undefined : medianOf(compared.map(({ people }) => people.afterMs)),
  };
}

function countOutcomes(cases: readonly BacktestCase[]): Readonly<Record<BacktestOutcome, number>> {
  const counts: Record<BacktestOutcome, number> = {
    proposed: 0,
    'exact-edit': 0,
    'remedy-named': 0,
    'nothing-found': 0,
    'not-asked': 0,
    'same-as-before': 0,
    'left-alone': 0,
    unreadable: 0,
  };
  for (const { outcome } of cases) counts[outcome] += 1;
  return counts;
}

function countClasses(incidents: readonly BacktestCase[]): readonly BacktestClass[] {
  const names = new Set(incidents.flatMap(({ diagnosis }) => diagnosis?.class ?? []));
  const classes = [...names].map((name): BacktestClass => {
    const own = incidents.filter(({ diagnosis }) => diagnosis?.class === name);
    const proposed = own.filter(({ outcome }) => outcome === 'proposed').length;
    const handedOver = own.filter(({ outcome }) => HANDED_OVER.has(outcome)).length;
    return { class: name, total: own.length, proposed, handedOver, nothing: own.length - proposed - handedOver };
  });
  return classes.sort((left, right) => right.total - left.total);
}

export const OUTCOME_LABELS: Readonly<Record<BacktestOutcome, string>> = {
  proposed: 'repair proposed',
  'exact-edit': 'exact edit for a person',
  'remedy-named': 'remedy named',
  'nothing-found': 'nothing found',
  'not-asked': 'model not asked',
  'same-as-before': 'same failure again',
  'left-alone': 'left alone',
  unreadable: 'not readable',
};
