/** A repair for people, for programs, and as files for `rebuild.mjs --apply`. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as v from 'valibot';
import type { ChangedFile, Patch } from '../lib/patch/patch.js';
import type { RepairAttemptOutcome } from '../lib/patch/repair-attempt.js';
import { diffLines } from '../lib/report/diff.js';
import { readJsonFile, UsageError } from './arguments.js';
import { createPaint, oneLine, type Paint, plain } from './terminal.js';

const PATCH_FILE = 'patch.json';
/** One path a line: what the applied folder takes away from the tree. */
const DELETIONS = '.rebuild-delete';

const path = v.string();
const patchSchema = v.object({
  repairer: v.picklist(['suggestions', 'gemini', 'memory']),
  edits: v.array(
    v.variant('kind', [
      v.object({ kind: v.literal('replace'), path, search: v.string(), replace: v.string() }),
      v.object({ kind: v.literal('create'), path, content: v.string() }),
      v.object({ kind: v.literal('delete'), path }),
    ]),
  ),
  cause: v.string(),
  change: v.string(),
  confidence: v.number(),
  origin: v.array(v.string()),
  files: v.optional(v.array(v.string()), []),
});

/** The patch of an earlier attempt, as `writeRepair` left it. */
export async function readPatchFile(folder: string): Promise<Patch & { readonly files: readonly string[] }> {
  const parsed = v.safeParse(patchSchema, await readJsonFile(join(folder, PATCH_FILE)));
  if (!parsed.success) throw new UsageError(`${join(folder, PATCH_FILE)} does not hold a patch`);
  return parsed.output;
}

/** Writes the patch, the changed files as they are after it, and the list of deletions. */
export async function writeRepair(folder: string, patch: Patch, files: readonly ChangedFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  await removeEarlier(folder);
  for (const file of files) {
    if (file.content === null) continue;
    const target = join(folder, file.path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, file.content, { mode: file.mode === '100755' ? 0o755 : 0o644 });
  }
  const deleted = files.filter(({ content }) => content === null).map((file) => file.path);
  if (deleted.length > 0) await writeFile(join(folder, DELETIONS), `${deleted.join('\n')}\n`);
  const record = { ...patch, files: files.map((file) => file.path) };
  await writeFile(join(folder, PATCH_FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** What an earlier run left would otherwise be applied together with the new patch. */
async function removeEarlier(folder: string): Promise<void> {
  const present = await readFile(join(folder, PATCH_FILE)).catch(() => undefined);
  if (present === undefined) return;
  const { files } = await readPatchFile(folder);
  for (const file of files.filter((name) => !name.split('/').includes('..')))
    await rm(join(folder, file), { force: true });
  await rm(join(folder, DELETIONS), { force: true });
}

/** The fields that `repair --json` adds to those of `diagnose --json`. */
export function outcomeToJson(result: RepairAttemptOutcome) {
  if (result.outcome === 'patch') {
    const { patch, files, usage } = result;
    return { outcome: 'patch', patch: { ...patch, files: files.map((file) => file.path) }, usage };
  }
  if (result.outcome === 'patch-rejected') {
    const { outcome, reason, violations, problems, patch, usage } = result;
    return { outcome, reason, violations, problems, rejected: patch, usage };
  }
  return result;
}

export function describeOutcome(result: RepairAttemptOutcome): string {
  const paint = createPaint();
  if (result.outcome === 'patch') {
    const { patch, files, usage } = result;
    return [
      `${paint.green('patch')} by ${patch.repairer} (${oneLine(patch.origin.join(', '))}), confidence ${patch.confidence}`,
      `Cause: ${oneLine(patch.cause, 600)}\nChange: ${oneLine(patch.change, 600)}`,
      ...files.map((file) => describeFile(file, paint)),
      describeUsage(usage, paint),
    ].join('\n\n');
  }
  const rejected = result.outcome === 'patch-rejected' ? result : undefined;
  const reasons = [...(rejected?.violations ?? []), ...(rejected?.problems ?? [])].map((reason) => {
    const name = 'rule' in reason ? reason.rule : reason.check;
    return `  - ${plain(name)} ${oneLine(reason.path)}: ${oneLine(reason.message, 300)}`;
  });
  return [
    `${paint.yellow(result.outcome)}  ${oneLine(result.reason, 600)}`,
    ...(reasons.length > 0 ? [reasons.join('\n')] : []),
    ...(rejected?.files ?? []).map((file) => describeFile(file, paint)),
    describeUsage(result.usage, paint),
  ].join('\n\n');
}

function describeUsage({ calls, inputTokens, outputTokens }: RepairAttemptOutcome['usage'], paint: Paint): string {
  return paint.dim(
    calls === 0 ? 'no model call' : `${calls} model calls, ${inputTokens} tokens in, ${outputTokens} out`,
  );
}

const CONTEXT_LINES = 3;

/** The file's change as a coloured diff with a few lines around each place. */
function describeFile(file: ChangedFile, paint: Paint): string {
  const what = file.before === null ? ' (new)' : file.content === null ? ' (deleted)' : '';
  const lines = diffLines((file.before ?? '').split('\n'), (file.content ?? '').split('\n'));
  const near = new Set<number>();
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    for (let at = index - CONTEXT_LINES; at <= index + CONTEXT_LINES; at += 1) near.add(at);
  });
  const shown: string[] = [];
  lines.forEach(({ kind, text }, index) => {
    if (!near.has(index)) {
      if (near.has(index - 1)) shown.push(paint.dim('  ...'));
      return;
    }
    const line = plain(text);
    shown.push(kind === 'added' ? paint.green(`+ ${line}`) : kind === 'removed' ? paint.red(`- ${line}`) : `  ${line}`);
  });
  return `${paint.bold(plain(file.path))}${what}\n${shown.join('\n')}`;
}
