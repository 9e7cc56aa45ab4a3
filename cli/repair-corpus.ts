/** How well repair does on recorded builds: what is patched, at which price, and what the real build says. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { selectContext } from '../lib/context/select-context.js';
import { buildPrompt, estimateTokens, MOST_CONTEXT_TOKENS } from '../lib/patch/prompt.js';
import type { RepairAttemptOutcome } from '../lib/patch/repair-attempt.js';
import type { Repairer } from '../lib/ports.js';
import { UsageError } from './arguments.js';
import { type CorpusCase, listCases, readCase, withBrokenTree } from './corpus-case.js';
import { type PreparedRepair, repairLog } from './repair-log.js';
import { writeRepair } from './repair-output.js';
import { formatTable, oneLine, plain } from './terminal.js';

export interface CorpusRun {
  readonly directory: string;
  readonly repairers: readonly Repairer[];
  /** Attempts for one case; without a real build there is never more than one. */
  readonly attempts: number;
  /** Where each attempt's files go, as `<case>/<attempt>`; a temporary folder when undefined. */
  readonly out: string | undefined;
  /** The vercel CLI that builds the repaired trees; undefined builds nothing. */
  readonly vercel: string | undefined;
}

interface CaseOutcome {
  readonly id: string;
  readonly fixable: boolean;
  readonly failureClass: string;
  readonly outcome: RepairAttemptOutcome['outcome'];
  readonly by: string;
  readonly detail: string;
  readonly attempts: number;
  /** Whether every changed file is one of those at fault. */
  readonly atFault?: boolean;
  /** What the real build said of the last attempt. */
  readonly green?: boolean;
  /** Estimated tokens of the prompt that a model would get first. */
  readonly promptTokens: number;
  /** Whether the files at fault, as far as they exist, stand whole in that prompt. */
  readonly whole?: boolean;
}

/** Prints a line a case and the figures. Answers the exit code. */
export async function repairCorpus(run: CorpusRun): Promise<number> {
  const rebuild = join(run.directory, 'rebuild.mjs');
  if (run.vercel !== undefined && (await stat(rebuild).catch(() => undefined)) === undefined)
    throw new UsageError(`${run.directory} holds no rebuild.mjs`);
  const scratch = run.out ?? (await mkdtemp(join(tmpdir(), 'repair-corpus-')));
  const outcomes: CaseOutcome[] = [];
  try {
    for (const folder of await listCases(run.directory)) {
      const outcome = await repairCase(folder, { ...run, out: scratch });
      outcomes.push(outcome);
      console.error(
        `${outcome.id}: ${outcome.outcome}${outcome.green === undefined ? '' : outcome.green ? ', green' : ', RED'}`,
      );
    }
  } finally {
    if (run.out === undefined) await rm(scratch, { recursive: true, force: true });
  }
  const heading = ['case', 'class', 'outcome', 'by', 'at fault', 'attempts', 'green', 'tokens', 'whole', 'detail'];
  console.log(formatTable([heading, ...outcomes.map(toRow)]));
  console.log(`\n${describeFigures(outcomes).join('\n')}`);
  return 0;
}

async function repairCase(folder: string, run: CorpusRun & { readonly out: string }): Promise<CaseOutcome> {
  const { spec, log } = await readCase(folder);
  return withBrokenTree(folder, spec, async (trees) => {
    if (trees === undefined) throw new UsageError(`${spec.id}: its application is missing`);
    const previous: string[] = [];
    let first: PreparedRepair | undefined;
    for (;;) {
      const { result, ...prepared } = await repairLog(
        {
          log,
          repo: trees.broken,
          base: trees.good,
          deployment: {},
          rootDirectory: spec.rootDirectory ?? '',
          previous,
        },
        run.repairers,
      );
      first ??= prepared;
      const attempt = previous.length + 1;
      if (result.outcome !== 'patch') return judge(spec, first, result, { attempts: attempt });
      const target = join(run.out, spec.id, String(attempt));
      await writeRepair(target, result.patch, result.files);
      if (run.vercel === undefined) return judge(spec, first, result, { attempts: attempt });
      const green = await rebuild(folder, target, run);
      if (green || attempt >= run.attempts) return judge(spec, first, result, { attempts: attempt, green });
      previous.push(target);
    }
  });
}

/** Builds the repaired tree for real; the log goes where the next attempt looks for it. */
async function rebuild(folder: string, target: string, run: CorpusRun): Promise<boolean> {
  const args = [
    join(run.directory, 'rebuild.mjs'),
    folder,
    '--apply',
    target,
    '--log',
    join(target, 'log.txt'),
    '--quiet',
  ];
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      stdio: 'ignore',
      env: { ...process.env, VERCEL_BIN: run.vercel },
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0 && code !== 1) throw new UsageError(`rebuild.mjs could not build ${folder}`);
  return code === 0;
}

function judge(
  spec: CorpusCase,
  first: PreparedRepair,
  result: RepairAttemptOutcome,
  facts: { readonly attempts: number; readonly green?: boolean },
): CaseOutcome {
  const { faultFiles = [], alternativeFaultFiles = [], fixable = true } = spec.expected;
  const selected = selectContext(first.context, first.diagnosis, { maxTokens: MOST_CONTEXT_TOKENS });
  const prompt = buildPrompt(first.request, selected);
  const present = faultFiles.filter((path) => first.context.tree.entries.some((entry) => entry.path === path));
  const wholeFiles = new Set(selected.files.filter(({ whole }) => whole).map(({ path }) => path));
  const sets = [faultFiles, ...alternativeFaultFiles];
  return {
    id: spec.id,
    fixable,
    failureClass: first.diagnosis.class,
    outcome: result.outcome,
    by: result.outcome === 'patch' || result.outcome === 'patch-rejected' ? result.patch.repairer : '',
    detail: result.outcome === 'patch' ? result.patch.origin.join(', ') : result.reason,
    promptTokens: estimateTokens(prompt.system) + estimateTokens(prompt.user),
    ...(present.length > 0 ? { whole: present.every((path) => wholeFiles.has(path)) } : {}),
    ...(result.outcome === 'patch'
      ? { atFault: sets.some((set) => result.files.every((file) => set.includes(file.path))) }
      : {}),
    ...facts,
  };
}

function toRow(outcome: CaseOutcome): string[] {
  const mark = (value: boolean | undefined) => (value === undefined ? '-' : value ? 'yes' : 'NO');
  return [
    plain(outcome.id),
    outcome.failureClass,
    outcome.outcome,
    outcome.by,
    mark(outcome.atFault),
    String(outcome.attempts),
    mark(outcome.green),
    String(outcome.promptTokens),
    mark(outcome.whole),
    oneLine(outcome.detail, 70),
  ];
}

function describeFigures(outcomes: readonly CaseOutcome[]): readonly string[] {
  const share = (label: string, of: readonly CaseOutcome[], holds: (outcome: CaseOutcome) => boolean) => {
    const count = of.filter(holds).length;
    const percent = of.length === 0 ? '-' : `${((100 * count) / of.length).toFixed(1)}%`;
    return `${label.padEnd(44)} ${count} of ${of.length}  ${percent}`;
  };
  const fixable = outcomes.filter((outcome) => outcome.fixable);
  const hopeless = outcomes.filter((outcome) => !outcome.fixable);
  const built = fixable.filter(({ green }) => green !== undefined);
  const asked = outcomes.filter(({ failureClass }) => !/^(?:environment|transient|infrastructure)$/.test(failureClass));
  const tokens = asked.map(({ promptTokens }) => promptTokens).sort((left, right) => left - right);
  return [
    share('patched, of what an edit repairs', fixable, ({ outcome }) => outcome === 'patch'),
    share(
      'patches within the files at fault',
      outcomes.filter(({ atFault }) => atFault !== undefined),
      ({ atFault }) => atFault === true,
    ),
    share('patched although no edit repairs it', hopeless, ({ outcome }) => outcome === 'patch'),
    share(
      'files at fault whole in the prompt',
      asked.filter(({ whole }) => whole !== undefined),
      ({ whole }) => whole === true,
    ),
    `${'prompt, tokens (characters by four)'.padEnd(44)} median ${tokens[Math.floor(tokens.length / 2)] ?? 0}, most ${tokens.at(-1) ?? 0}`,
    ...(built.length > 0
      ? [
          share('green at the first attempt', fixable, ({ green, attempts }) => green === true && attempts === 1),
          share('green', fixable, ({ green }) => green === true),
        ]
      : []),
  ];
}
