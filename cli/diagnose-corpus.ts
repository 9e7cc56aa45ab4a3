/** How well diagnosis does on recorded builds whose faults are known. */
import { openFolder } from '../lib/adapters/folder.js';
import { gatherContext } from '../lib/context/gather.js';
import { readLogText } from '../lib/diagnosis/build-log.js';
import { diagnose } from '../lib/diagnosis/diagnose.js';
import type { Diagnosis } from '../lib/diagnosis/diagnosis.js';
import { type CorpusCase, listCases, readCase, withBrokenTree } from './corpus-case.js';
import { formatTable, plain } from './terminal.js';

interface Outcome {
  readonly id: string;
  readonly expected: string;
  readonly found: string;
  readonly repairable: boolean;
  /** Whether every name that the log gives is in some error. */
  readonly named: boolean;
  /** Undefined where no file is at fault. */
  readonly firstAtFault?: boolean;
  readonly allInFive?: boolean;
  readonly firstSuspect?: string;
}

/** Prints a line a case and the figures. Answers the exit code. */
export async function measureCorpus(directory: string): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const folder of await listCases(directory)) outcomes.push(await measureCase(folder));
  const rows = outcomes.map((outcome) => [
    plain(outcome.id),
    outcome.found === outcome.expected ? outcome.found : `${outcome.found} (is ${outcome.expected})`,
    mark(outcome.named),
    mark(outcome.firstAtFault),
    mark(outcome.allInFive),
    plain(outcome.firstSuspect ?? ''),
  ]);
  console.log(formatTable([['case', 'class', 'named', 'first', 'five', 'first suspect'], ...rows]));
  console.log(`\n${describeFigures(outcomes).join('\n')}`);
  return 0;
}

function mark(value: boolean | undefined): string {
  return value === undefined ? '-' : value ? 'yes' : 'NO';
}

async function measureCase(folder: string): Promise<Outcome> {
  const { spec, log } = await readCase(folder);
  const rootDirectory = spec.rootDirectory ?? '';
  const diagnosis = diagnose({ log: readLogText(log), rootDirectory });
  return withBrokenTree(folder, spec, async (trees) => {
    const context =
      trees === undefined ? undefined : await gatherContext(diagnosis, openFolder(trees.broken), { rootDirectory });
    return {
      id: spec.id,
      expected: spec.expected.category,
      found: context?.settled?.class ?? diagnosis.class,
      repairable: diagnosis.repairable,
      named: (spec.expected.errorFiles ?? []).every((name) => names(diagnosis, name)),
      ...judgeSuspects(
        spec,
        (context?.suspects ?? []).map(({ path }) => path),
      ),
    };
  });
}

function names(diagnosis: Diagnosis, name: string): boolean {
  return diagnosis.errors.some((error) =>
    [
      error.file,
      error.route,
      error.symbol,
      error.specifier,
      error.message,
      ...(error.trace ?? []),
      ...(error.places ?? []).map(({ file }) => file),
    ].some((text) => text?.includes(name.replace(/^\.\//, '')) === true),
  );
}

/** Several sets of files may be the right ones; where more than five must change, five of the first five. */
function judgeSuspects(
  spec: CorpusCase,
  suspects: readonly string[],
): Pick<Outcome, 'firstAtFault' | 'allInFive' | 'firstSuspect'> {
  const { faultFiles = [], alternativeFaultFiles = [] } = spec.expected;
  const [first] = suspects;
  if (faultFiles.length === 0) return {};
  const sets = [faultFiles, ...alternativeFaultFiles];
  const five = new Set(suspects.slice(0, 5));
  return {
    ...(first === undefined ? {} : { firstSuspect: first }),
    firstAtFault: first !== undefined && sets.some((set) => set.includes(first)),
    allInFive: sets.some((set) => set.filter((file) => five.has(file)).length >= Math.min(5, set.length)),
  };
}

function describeFigures(outcomes: readonly Outcome[]): readonly string[] {
  const withFault = outcomes.filter(({ firstAtFault }) => firstAtFault !== undefined);
  return [
    share('class right', outcomes, (outcome) => outcome.found === outcome.expected),
    share('all that the log names found', outcomes, ({ named }) => named),
    share('first suspect at fault', withFault, ({ firstAtFault }) => firstAtFault === true),
    share('every file at fault among five', withFault, ({ allInFive }) => allInFive === true),
    ...[...new Set(outcomes.map(({ expected }) => expected))].sort().map((name) =>
      share(
        `  recall of ${name}`,
        outcomes.filter(({ expected }) => expected === name),
        ({ found }) => found === name,
      ),
    ),
  ];
}

function share(label: string, outcomes: readonly Outcome[], holds: (outcome: Outcome) => boolean): string {
  const count = outcomes.filter(holds).length;
  const percent = outcomes.length === 0 ? '-' : `${((100 * count) / outcomes.length).toFixed(1)}%`;
  return `${label.padEnd(34)} ${count} of ${outcomes.length}  ${percent}`;
}
