import type { RepositoryContext } from '../../context/source.js';
import type { BuildError, Diagnosis } from '../../diagnosis/diagnosis.js';
import { diffToEdits } from '../diff-to-edits.js';
import type { Patch } from '../patch.js';
import { isOfUnreadSettings } from './error-facts.js';
import { filesLeftOpen } from './left-open.js';
import { locateErrors } from './locate-error.js';
import { parsesBetter } from './parses-better.js';
import type { Fix, Rule } from './rule.js';
import { RULES } from './rules.js';
import { isOvertaken, shiftPlace } from './shift-place.js';
import { spreadsOtherUnit, spreadsSlip } from './spreads-slip.js';
import { openWorkspace, type Workspace } from './workspace.js';

export type Suggestion =
  | {
      readonly outcome: 'patch';
      readonly patch: Patch;
      /** The files that the build most likely stumbles over next. */
      readonly leavesOpen: readonly string[];
    }
  | { readonly outcome: 'nothing'; readonly reason: string };

const MAX_ROUNDS = 5;
// One broken declaration can make a compiler print thousands of errors; each costs a pass over the rules.
const MAX_PLACES = 400;

/**
 * Repairs what can be repaired without a model. Every error is offered to every rule until nothing changes any
 * more; the patch holds what the rules answered, and nothing where no evidence was exact.
 */
export async function suggest(
  diagnosis: Diagnosis,
  context: RepositoryContext,
  rules: readonly Rule[] = RULES,
): Promise<Suggestion> {
  if (!diagnosis.repairable) return { outcome: 'nothing', reason: 'The failure is not one that an edit repairs.' };

  const edits = new Map<string, string>();
  const gone = new Set<string>();
  const fixes: { readonly rule: string; readonly fix: Fix }[] = [];
  const workspace = openWorkspace(context, edits);
  const unread = diagnosis.errors.filter(isOfUnreadSettings);
  let open = (unread.length > 0 ? unread : diagnosis.errors).flatMap((error) =>
    locateErrors(error, workspace).slice(0, MAX_PLACES),
  );

  const apply = async (ruleSet: readonly Rule[]): Promise<boolean> => {
    const count = fixes.length;
    let queue = open;
    for (let [error] = queue; error; [error] = queue) {
      const tried = error;
      queue = queue.slice(1);
      const found = await findFix(tried, workspace, ruleSet);
      if (!found) continue;
      fixes.push(found);
      open = open.filter((other) => other !== tried);
      for (const [path, text] of found.fix.files) {
        const before = edits.get(path) ?? context.files.get(path) ?? '';
        const follow = followEdit({ path, before, text });
        open = open.flatMap(follow);
        queue = queue.flatMap(follow);
        edits.set(path, text);
      }
      for (const path of found.fix.gone ?? []) gone.add(path);
      const isOpen = (other: BuildError) => !isSettled(other, edits) && !gone.has(other.file ?? '');
      open = open.filter(isOpen);
      queue = queue.filter(isOpen);
    }
    return fixes.length > count;
  };
  const causes = rules.filter(({ isSymptom }) => !isSymptom);
  const symptoms = rules.filter(({ isSymptom }) => isSymptom);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    if (await apply(causes)) continue;
    if (open.some((error) => mayBeCause(error, symptoms)) || !(await apply(symptoms))) break;
  }

  const patch = buildPatch(context, { edits, gone }, fixes);
  return patch
    ? { outcome: 'patch', patch, leavesOpen: filesLeftOpen(context, edits, open) }
    : { outcome: 'nothing', reason: 'No error leaves exactly one repair.' };
}

/** Where an error stands after an edit; nowhere if the edit has seen to it. The same error gives the same answer. */
function followEdit({ path, before, text }: { readonly path: string; readonly before: string; readonly text: string }) {
  const known = new Map<BuildError, readonly BuildError[]>();
  return (error: BuildError): readonly BuildError[] => {
    if (error.file !== path) return [error];
    const moved = shiftPlace(error, before, text);
    const answer = known.get(error) ?? (isOvertaken(error, moved, before, text) ? [] : [moved]);
    known.set(error, answer);
    return answer;
  };
}

/** An earlier repair has seen to it: what could not be found is no longer asked for. */
function isSettled({ file, specifier }: BuildError, edits: ReadonlyMap<string, string>): boolean {
  const text = file === undefined ? undefined : edits.get(file);
  return specifier !== undefined && text !== undefined && !text.includes(specifier);
}

/** What a linter finds leads to nothing else, but for a name that is not there. */
function mayBeCause(error: BuildError, symptoms: readonly Rule[]): boolean {
  const isFinding = error.kind === 'lint' && !error.code?.includes('no-undef');
  return error.file !== undefined && !isFinding && !symptoms.some(({ isSymptom }) => isSymptom?.(error));
}

async function findFix(
  error: BuildError,
  workspace: Workspace,
  rules: readonly Rule[],
): Promise<{ rule: string; fix: Fix } | undefined> {
  for (const rule of rules) {
    if (rule.isSymptom?.(error) === false) continue;
    const fix = await rule.propose(error, workspace);
    if (!fix || fix.files.size === 0 || spreadsSlip(fix, workspace) || spreadsOtherUnit(fix, workspace)) continue;
    if (await parsesBetter(fix, workspace)) return { rule: rule.name, fix };
  }
  return undefined;
}

function buildPatch(
  context: RepositoryContext,
  { edits: edited, gone }: { readonly edits: ReadonlyMap<string, string>; readonly gone: ReadonlySet<string> },
  fixes: readonly { readonly rule: string; readonly fix: Fix }[],
): Patch | undefined {
  const kept = [...edited].filter(([path]) => !gone.has(path));
  const edits = [
    ...kept.flatMap(([path, after]) => diffToEdits(path, context.files.get(path) ?? null, after)),
    ...[...gone].flatMap((path) => diffToEdits(path, context.files.get(path) ?? null, null)),
  ];
  if (edits.length === 0) return undefined;
  return {
    repairer: 'suggestions',
    edits,
    cause: joinSentences(fixes.map(({ fix }) => fix.cause)),
    change: joinSentences(fixes.map(({ fix }) => fix.change)),
    confidence: 1,
    origin: [...new Set(fixes.map(({ rule }) => rule))],
  };
}

// More would not be read in a pull request.
const MAX_SENTENCES = 4;

function joinSentences(sentences: readonly string[]): string {
  const distinct = [...new Set(sentences)];
  const shown = distinct.slice(0, MAX_SENTENCES);
  const hidden = distinct.length - shown.length;
  return hidden > 0 ? `${shown.join(' ')} And ${hidden} more of the kind.` : shown.join(' ');
}
