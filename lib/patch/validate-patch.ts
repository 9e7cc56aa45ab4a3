import type { RepositoryContext } from '../context/source.js';
import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { applyEdits } from './apply-edits.js';
import type {
  ChangedFile,
  Patch,
  PatchPermissions,
  PolicyViolation,
  ValidatedPatch,
  ValidationProblem,
} from './patch.js';
import { checkPaths, checkPolicy } from './policy/check-policy.js';
import { withKeptPart } from './policy/kept-part.js';
import type { ParsedChange } from './policy/policy-rule.js';
import { checkImports } from './resolve-imports.js';
import { parseFile } from './syntax/parse-file.js';

/** Ceilings of one patch. */
export interface PatchLimits {
  readonly files: number;
  /** Bytes of all changed files together, as they are after the patch. */
  readonly bytes: number;
}

export const DEFAULT_PATCH_LIMITS: PatchLimits = { files: 20, bytes: 400_000 };

function checkSize(files: readonly ChangedFile[], limits: PatchLimits): ValidationProblem[] {
  const problems: ValidationProblem[] = [];
  if (files.length > limits.files)
    problems.push({
      check: 'size',
      path: '',
      message: `The patch changes ${files.length} files; ${limits.files} are allowed.`,
    });
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(file.content ?? ''), 0);
  if (bytes > limits.bytes)
    problems.push({
      check: 'size',
      path: '',
      message: `The changed files have ${bytes} bytes; ${limits.bytes} are allowed.`,
    });
  return problems;
}

async function parseChange(file: ChangedFile): Promise<ParsedChange> {
  return {
    file,
    before: file.before === null ? undefined : await parseFile(file.path, file.before),
    after: file.content === null ? undefined : await parseFile(file.path, file.content),
  };
}

/** Errors that the patch leaves or makes. A semantic complaint that stood before is not the patch's. */
function checkSyntax(changes: readonly ParsedChange[]): ValidationProblem[] {
  return changes.flatMap(({ file, before, after }) => {
    const stood = new Set(before?.errors.flatMap((error) => (error.semantic ? error.message : [])));
    const error = after?.errors.find((candidate) => !candidate.semantic || !stood.has(candidate.message));
    if (!error) return [];
    const place = error.line === undefined ? '' : ` (line ${error.line})`;
    return [
      {
        check: 'parse' as const,
        path: file.path,
        message: `After the patch the file does not parse: ${error.message}${place}`,
      },
    ];
  });
}

/** Tools that complain about comments and whitespace, so that changing nothing else can be the whole repair. */
const STYLE_TOOLS = /eslint|prettier|biome|oxlint|stylelint|dprint|xo|standard/i;

/** The script's text without comments and whitespace; undefined for what is no script. */
function codeOf(parsed: ParsedChange['before']): string | undefined {
  if (parsed?.kind !== 'script' || parsed.errors.some((error) => !error.semantic)) return undefined;
  return parsed.comments.reduce(withoutComment, parsed.text).replaceAll(/\s/g, '');
}

/** Comments that compilers read: `@ts-…`, `@type {…}`, `@jsxImportSource`, `/// <reference …`. */
function directivesOf(parsed: ParsedChange['before']): string | undefined {
  return parsed?.comments.filter((comment) => /@[a-z]|^\/\s{0,4}</.test(comment)).join('\n');
}

/** Parsers give what stands between a comment's marks. */
function withoutComment(text: string, comment: string): string {
  const written = [`/*${comment}*/`, `//${comment}`, comment].find((form) => text.includes(form));
  return written === undefined ? text : text.replace(written, () => '');
}

/** A patch that leaves every statement as it was repairs nothing that a compiler complained about. */
function checkEffect(changes: readonly ParsedChange[], diagnosis: Diagnosis): ValidationProblem[] {
  if (diagnosis.errors.some(({ tool, kind }) => kind === 'lint' || STYLE_TOOLS.test(tool))) return [];
  const isUnchanged = ({ before, after }: ParsedChange) =>
    codeOf(before) !== undefined && codeOf(before) === codeOf(after) && directivesOf(before) === directivesOf(after);
  if (changes.length === 0 || !changes.every(isUnchanged)) return [];
  const path = changes[0]?.file.path ?? '';
  return [{ check: 'empty', path, message: 'The patch changes nothing but comments and whitespace.' }];
}

/** The files that the first error blames must change, unless the latest change is repaired or the patch says why not. */
function checkSuspects(input: {
  readonly patch: Patch;
  readonly changes: readonly ParsedChange[];
  readonly context: RepositoryContext;
  readonly diagnosis: Diagnosis;
}): ValidationProblem[] {
  const { patch, changes, context, diagnosis } = input;
  const [first] = diagnosis.errors;
  if (!first) return [];
  const touched = new Set(changes.map(({ file }) => file.path));
  const blamed = new Set([first.file, ...(first.trace ?? []), ...context.suspects.map((suspect) => suspect.path)]);
  const isSaid = (path: string) => path.includes('/') && first.message.includes(path);
  if ([...touched].some((path) => blamed.has(path) || isSaid(path))) return [];
  const isNew = changes.some(({ before }) => !before);
  const says = `${patch.cause}\n${patch.change}`;
  const named = first.file === undefined || says.includes(first.file.slice(first.file.lastIndexOf('/') + 1));
  if (isNew || named || givesBack(changes, context)) return [];
  return [
    {
      check: 'suspects',
      path: first.file ?? '',
      message: `The patch touches no file that the first error leads to, and does not say why ${first.file} can stay as it is.`,
    },
  ];
}

/** Whether the patch puts a word back that the changes since the last good build took out of a file. */
function givesBack(changes: readonly ParsedChange[], context: RepositoryContext): boolean {
  return changes.some(({ file: { path, before, content } }) => {
    const hunks = context.changes?.find((change) => change.path === path)?.hunks ?? '';
    const has = wordsOf(before ?? '');
    const gets = wordsOf(content ?? '');
    return hunks
      .split('\n')
      .filter((line) => line.startsWith('-'))
      .some((line) => [...wordsOf(line.slice(1))].some((word) => !has.has(word) && gets.has(word)));
  });
}

/** Names, specifiers and values, as code and settings put them between marks and spaces. */
function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/[\s,;:()[\]{}<>"'`]+/).filter((word) => word.length > 2));
}

/**
 * Everything that is checked before a patch may be committed: it applies, every changed file parses, imports of local
 * modules resolve, the files blamed are dealt with, the policy holds. Reads nothing but its input.
 */
export async function validatePatch(input: {
  readonly patch: Patch;
  readonly context: RepositoryContext;
  readonly diagnosis: Diagnosis;
  readonly limits?: PatchLimits;
  readonly permissions?: PatchPermissions;
}): Promise<ValidatedPatch> {
  const { patch, context, diagnosis, limits = DEFAULT_PATCH_LIMITS, permissions } = input;
  const open = new Set(permissions?.askFirst);
  const isHeld = ({ severity, rule }: PolicyViolation) => severity === 'refused' || !open.has(rule);

  const placed = { edits: patch.edits, context, ...(permissions ? { permissions } : {}) };
  const misplaced = checkPaths(placed).filter(isHeld);
  if (misplaced.some(isRefusal)) return { outcome: 'refused', violations: misplaced, files: [] };

  const { files, problems } = applyEdits(patch.edits, context.files, context.tree);
  const unfit = problems.length > 0 ? problems : checkSize(files, limits);
  // Guarded files are often not read at all, so an edit of one need not apply for a person to be asked.
  if (unfit.length > 0)
    return misplaced.length > 0
      ? { outcome: 'refused', violations: misplaced, files: [] }
      : { outcome: 'invalid', problems: unfit };

  const changes: ParsedChange[] = [];
  for (const file of files) changes.push(await parseChange(file));
  // What does not parse is not judged further: half a tree would hide as much as it shows.
  const broken = checkSyntax(changes);
  if (broken.length > 0) return { outcome: 'invalid', problems: broken };
  const violations = [
    ...misplaced,
    ...checkPolicy({ ...placed, changes: changes.map(withKeptPart), diagnosis }).filter(isHeld),
  ];
  if (violations.some(isRefusal)) return { outcome: 'refused', violations, files };

  const faults = [
    ...checkEffect(changes, diagnosis),
    ...(await checkImports({ changes, context, diagnosis })),
    ...checkSuspects({ patch, changes, context, diagnosis }),
  ];
  if (faults.length > 0) return { outcome: 'invalid', problems: faults };
  if (violations.length > 0) return { outcome: 'refused', violations, files };
  return { outcome: 'valid', files };
}

function isRefusal(violation: PolicyViolation): boolean {
  return violation.severity === 'refused';
}
