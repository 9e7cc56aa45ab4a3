import { withSettledClass } from '../context/settle-class.js';
import type { RepositoryContext } from '../context/source.js';
import type { Repairer, RepairRequest } from '../ports.js';
import { diffLines, formatDiff } from '../report/diff.js';
import { withEdit } from '../report/handed-edit.js';
import { applyEdits } from './apply-edits.js';
import { overlayFiles } from './overlay-files.js';
import {
  addUsage,
  type ChangedFile,
  type Edit,
  NO_USAGE,
  type Patch,
  type PolicyViolation,
  type Usage,
  type ValidatedPatch,
  type ValidationProblem,
} from './patch.js';
import { CLASSES_WITHOUT_PATCH } from './policy/scope.js';
import { writeEdits } from './prompt.js';
import { type PatchLimits, validatePatch } from './validate-patch.js';

export type RepairAttemptOutcome =
  | {
      readonly outcome: 'patch';
      /** Complete: against the tree of `request.context`, with what earlier attempts achieved. */
      readonly patch: Patch;
      readonly files: readonly ChangedFile[];
      readonly usage: Usage;
      /** Files in which faults most likely stay. */
      readonly leavesOpen?: readonly string[];
    }
  | {
      readonly outcome: 'patch-rejected';
      readonly reason: string;
      readonly patch: Patch;
      /** What the patch would have changed, where it applied; escalations show it. */
      readonly files: readonly ChangedFile[];
      readonly violations: readonly PolicyViolation[];
      readonly problems: readonly ValidationProblem[];
      readonly usage: Usage;
    }
  | { readonly outcome: 'nothing' | 'low-confidence'; readonly reason: string; readonly usage: Usage }
  | { readonly outcome: 'unavailable'; readonly reason: string; readonly retryAt?: number; readonly usage: Usage };

export interface RepairAttempt {
  /**
   * `diagnosis` and `excerpt` are of the newest log: the failed deployment's, or the one that refuted the last attempt.
   * `context` is of the failing commit, or the newer base, without any earlier patch.
   */
  readonly request: Omit<RepairRequest, 'refusal'>;
  /** Asked in this order until one gives a patch that is valid and leaves nothing open; then the best one counts. */
  readonly repairers: readonly Repairer[];
  readonly limits?: PatchLimits;
  /** Says no to a patch that people have rejected before. */
  readonly isRejected?: (patch: Patch) => boolean;
}

function sameFiles(left: readonly ChangedFile[], right: readonly ChangedFile[]): boolean {
  const theirs = new Map(right.map((file) => [file.path, file.content]));
  return (
    left.length === right.length &&
    left.every((file) => theirs.has(file.path) && theirs.get(file.path) === file.content)
  );
}

type Judgement =
  | { readonly accepted: true; readonly patch: Patch; readonly files: readonly ChangedFile[] }
  | {
      readonly accepted: false;
      readonly files: readonly ChangedFile[];
      readonly problems: readonly ValidationProblem[];
      readonly violations: readonly PolicyViolation[];
    };

/** What a repairer's patch stands on, and what it is judged by. */
interface Ground {
  readonly attempt: RepairAttempt;
  /** The last patch that made progress; the new one adds to it. */
  readonly kept: Patch | undefined;
  readonly context: RepositoryContext;
}

async function judge(patch: Patch, ground: Ground): Promise<Judgement> {
  const { request, limits, isRejected } = ground.attempt;
  const validated: ValidatedPatch = await validatePatch({
    patch,
    context: ground.context,
    diagnosis: request.diagnosis,
    ...(limits ? { limits } : {}),
    ...(request.permissions ? { permissions: request.permissions } : {}),
  });
  if (validated.outcome === 'invalid')
    return { accepted: false, files: [], problems: validated.problems, violations: [] };
  if (validated.outcome === 'refused')
    return { accepted: false, files: validated.files, problems: [], violations: validated.violations };

  const complete: Patch = ground.kept ? { ...patch, edits: [...ground.kept.edits, ...patch.edits] } : patch;
  const { files, problems } = applyEdits(complete.edits, request.context.files, request.context.tree);
  if (problems.length > 0) return { accepted: false, files: [], problems, violations: [] };
  const repeated = request.previous.find(({ patch: earlier }) =>
    sameFiles(applyEdits(earlier.edits, request.context.files, request.context.tree).files, files),
  );
  if (repeated)
    return refuse(
      files,
      `This is the patch of attempt ${repeated.number} again, which ${repeated.isReviewed === true ? 'a reviewer sent back' : 'the build has refuted'}.`,
    );
  if (isRejected?.(complete)) return refuse(files, 'A person has rejected this patch before.');
  return { accepted: true, patch: complete, files };
}

function refuse(files: readonly ChangedFile[], message: string): Judgement {
  return { accepted: false, files, violations: [], problems: [{ check: 'repeated', path: '', message }] };
}

/** Longer edits are cut; the person who is asked reads them in a comment. */
const MOST_DIFF_CHARACTERS = 4000;

/** What a person is asked to do by hand: the changes of the files that the policy leaves to people. */
function describeExactEdit({ files, violations }: Extract<Judgement, { accepted: false }>, patch: Patch): string {
  const guarded = new Set(violations.map(({ path }) => path));
  return describeEdit(
    files.filter(({ path }) => guarded.has(path)),
    patch.edits.filter(({ path }) => guarded.has(path)),
  );
}

/** The edits themselves where they were not applied. */
function describeEdit(files: readonly ChangedFile[], edits: readonly Edit[]): string {
  const text = files.length > 0 ? files.map(describeChange).join('\n\n') : writeEdits(edits);
  return text.length > MOST_DIFF_CHARACTERS ? `${text.slice(0, MOST_DIFF_CHARACTERS)}\n(cut)` : text;
}

function describeChange({ path, before, content }: ChangedFile): string {
  if (content === null) return `delete ${path}`;
  const lines = diffLines((before ?? '').split('\n'), content.split('\n'));
  return `${path}\n${formatDiff(lines.filter(({ kind }) => kind !== 'same'))}`;
}

function isForAPerson({ violations }: Extract<Judgement, { accepted: false }>): boolean {
  return violations.length > 0 && violations.every(({ severity }) => severity === 'ask-first');
}

function describeRefusal(judged: Extract<Judgement, { accepted: false }>, patch: Patch): string {
  const [violation] = judged.violations;
  const [problem] = judged.problems;
  if (violation) {
    const sentence = `${violation.rule}: ${violation.path}: ${violation.message}`;
    return isForAPerson(judged) ? withEdit(sentence, 'byHand', describeExactEdit(judged, patch)) : sentence;
  }
  return problem ? `${problem.path ? `${problem.path}: ` : ''}${problem.message}` : 'The patch was refused.';
}

type Rejection = Extract<RepairAttemptOutcome, { outcome: 'patch-rejected' }>;

function reject(patch: Patch, judged: Extract<Judgement, { accepted: false }>, usage: Usage): Rejection {
  const { files, violations, problems } = judged;
  return {
    outcome: 'patch-rejected',
    reason: describeRefusal(judged, patch),
    patch,
    files,
    violations,
    problems,
    usage,
  };
}

/** Asks one repairer, and the model once more with the reason when its first patch is refused. */
async function askRepairer(repairer: Repairer, ground: Ground): Promise<RepairAttemptOutcome> {
  const request: RepairRequest = { ...ground.attempt.request, context: ground.context };
  const first = await repairer.repair(request);
  if (first.outcome !== 'patch') return first;
  const judged = await judge(first.patch, ground);
  if (judged.accepted) return { ...first, patch: judged.patch, files: judged.files };

  const rejected = reject(first.patch, judged, first.usage);
  // An edit that only a person may make stays one however often a model is asked.
  if (repairer.name !== 'gemini' || isForAPerson(judged)) return rejected;

  const { problems, violations } = judged;
  const second = await repairer.repair({ ...request, refusal: { problems, violations, patch: first.patch } });
  const usage = addUsage(first.usage, second.usage);
  if (second.outcome === 'unavailable') return { ...second, usage };
  if (second.outcome === 'nothing' && violations.length > 0) {
    const edit = describeEdit(judged.files, first.patch.edits);
    const reason = withEdit(`${rejected.reason}\n${second.reason}`, 'refused', edit);
    return { ...rejected, reason, usage };
  }
  if (second.outcome !== 'patch') return { ...rejected, usage };
  const again = await judge(second.patch, ground);
  if (again.accepted) return { outcome: 'patch', patch: again.patch, files: again.files, usage };
  return reject(second.patch, again, usage);
}

/**
 * Which of two outcomes to go by, where none is a patch for all that is open: the edit that only a person may make, a
 * patch for a part, what may still change, then what came nearest to a patch.
 */
const WEIGHT: Readonly<Record<RepairAttemptOutcome['outcome'], number>> = {
  patch: 4,
  unavailable: 3,
  'patch-rejected': 2,
  'low-confidence': 1,
  nothing: 0,
};

function weigh(answer: RepairAttemptOutcome): number {
  const isAskFirst =
    answer.outcome === 'patch-rejected' &&
    answer.violations.length > 0 &&
    answer.violations.every(({ severity }) => severity === 'ask-first');
  return isAskFirst ? 5 : WEIGHT[answer.outcome];
}

/**
 * One attempt at a repair: asks the repairers in their order, validates what they give, repeats a refused model answer
 * once, and returns a complete patch or the reason why there is none. Writes nothing.
 */
export async function repairAttempt(asked: RepairAttempt): Promise<RepairAttemptOutcome> {
  // The log was read before the repository, which may know better what class the failure is of.
  const diagnosis = withSettledClass(asked.request.diagnosis, asked.request.context.settled);
  const attempt: RepairAttempt = { ...asked, request: { ...asked.request, diagnosis } };
  const { request, repairers } = attempt;
  // A lockfile is written by its package manager alone, and the remedy names the command.
  const isLockfile = diagnosis.errors[0]?.kind === 'lockfile' && diagnosis.remedy !== undefined;
  if (isLockfile || CLASSES_WITHOUT_PATCH.has(diagnosis.class)) {
    const reason = diagnosis.remedy ?? `A failure of the class ${diagnosis.class} is not repaired by an edit.`;
    return { outcome: 'nothing', reason, usage: NO_USAGE };
  }
  // What a reviewer sent back is written anew: the wish may be to leave out a part of it.
  const isSentBack = request.previous.at(-1)?.isReviewed === true;
  const kept = isSentBack ? undefined : request.previous.findLast((earlier) => earlier.progress === true)?.patch;
  const context = kept
    ? overlayFiles(request.context, applyEdits(kept.edits, request.context.files, request.context.tree).files)
    : request.context;

  let usage = NO_USAGE;
  let best: RepairAttemptOutcome = { outcome: 'nothing', reason: 'No repairer was asked.', usage };
  for (const repairer of repairers) {
    const answer = await askRepairer(repairer, { attempt, kept, context });
    usage = addUsage(usage, answer.usage);
    if (answer.outcome === 'patch' && !answer.leavesOpen?.length) return { ...answer, usage };
    if (weigh(answer) >= weigh(best)) best = answer;
  }
  return { ...best, usage };
}
