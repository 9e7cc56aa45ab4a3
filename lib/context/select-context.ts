import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { isAboutForm, listCompany } from './company.js';
import { excerptFile, findDeclarations } from './excerpt-file.js';
import { findAddedWords, findFaultWords } from './fault-words.js';
import { writeNotes } from './notes.js';
import { findCompilerConfig } from './path-aliases.js';
import { holdsSecrets, isGenerated, isLockfile, isReadable } from './readable-files.js';
import { listReferences } from './references.js';
import type { FileChange, RepositoryContext } from './source.js';
import { type Survey, surveyRepository } from './survey.js';
import { findContentSchemas } from './suspicion/content-schema.js';

/** A file, or a run of lines of one; a long file may give several pieces. */
export interface SelectedFile {
  readonly path: string;
  /** Exactly as it stands in the file. */
  readonly text: string;
  readonly whole: boolean;
  /** Line of the file at which a piece starts, from 1. */
  readonly firstLine?: number;
}

export interface SelectedContext {
  readonly files: readonly SelectedFile[];
  /** Unified hunks since the last READY deployment, suspects first; '' when nothing is known. */
  readonly diff: string;
  /** Facts about the errors, a line each: who imports a module, who exports a name. Paths and names are strangers'. */
  readonly notes?: readonly string[];
}

/** Characters by four, as every ceiling here counts tokens. */
const CHARACTERS_PER_TOKEN = 4;
/** Shares of the budget: what one file may take by its place in the ranking, and what the diff may take. */
const FIRST_SHARE = 0.6;
const CLOSE_SHARE = 0.35;
const LATER_SHARE = 0.12;
const DIFF_SHARE = 0.18;
const CLOSE_SUSPECTS = 5;
const MOST_SUSPECTS = 9;
/** A suspect behind the first is shown when it is at least this likely, or half as likely as the first. */
const LATER_SCORE = 0.2;
/** A build prints its first error; the next one is likeliest in what changed, so that counts for less. */
const CHANGED_SCORE = 0.12;
const MOST_HUNK = 2400;
/** What is only near the suspects is shown while files and diff stay below this: more of it costs, and models follow less of what they read. */
const COMPANY_TOKENS = 4_000;

/**
 * What the model reads: the suspects, whole or by the declarations around the fault; what the repair rests on; the
 * definitions that the fault uses; the configuration in charge; the diff. Never a lockfile, an environment file, a binary, or anything from a dependency.
 */
export function selectContext(
  context: RepositoryContext,
  diagnosis: Diagnosis,
  options: { readonly maxTokens: number },
): SelectedContext {
  const total = options.maxTokens * CHARACTERS_PER_TOKEN;
  const survey = surveyRepository({ ...context, diagnosis });
  const diff = formatDiff(context, Math.floor(total * DIFF_SHARE));
  const shelf = createShelf(total - diff.length);
  const suspects = listShown(context);
  const [first, ...others] = suspects;
  if (first !== undefined) showSuspect(first, FIRST_SHARE);
  for (const { path, names } of listReferences(survey)) showDeclarations(path, new Set(names));
  others.forEach((path, at) => {
    showSuspect(path, at < CLOSE_SUSPECTS - 1 ? CLOSE_SHARE : LATER_SHARE);
  });
  for (const { path, names } of listDefinitions(suspects.slice(0, CLOSE_SUSPECTS), survey))
    showDeclarations(path, names);
  for (const path of listConfiguration(first ?? '', survey)) {
    const text = context.files.get(path);
    if (text !== undefined) shelf.addWhole(path, text, total * LATER_SHARE);
  }
  const spare = Math.min(COMPANY_TOKENS * CHARACTERS_PER_TOKEN, total) - diff.length;
  for (const path of listCompany(survey, context)) {
    const text = context.files.get(path);
    if (text !== undefined && isShowable(path)) shelf.addWhole(path, text, spare - shelf.used());
  }
  return { files: shelf.files, diff, notes: writeNotes(survey) };

  function showSuspect(path: string, share: number) {
    const text = context.files.get(path);
    if (text === undefined || !isShowable(path)) return;
    shelf.add({ path, text, limit: total * share, lines: () => findFaultLines(path, text, survey) });
  }

  function showDeclarations(path: string, names: ReadonlySet<string>) {
    const text = context.files.get(path);
    if (text === undefined || !isShowable(path)) return;
    shelf.add({ path, text, limit: total * LATER_SHARE, lines: () => findDeclarations(text, names) });
  }
}

function listShown({ suspects, changes }: RepositoryContext): string[] {
  const least = Math.min(LATER_SCORE, (suspects[0]?.score ?? 0) / 2);
  const changed = new Set(changes?.map(({ path }) => path));
  return suspects
    .slice(0, MOST_SUSPECTS)
    .filter(
      ({ path, score }, at) => score >= least || (at < CLOSE_SUSPECTS && changed.has(path) && score >= CHANGED_SCORE),
    )
    .map(({ path }) => path);
}

function isShowable(path: string): boolean {
  return isReadable(path) && !isLockfile(path) && !holdsSecrets(path) && !isGenerated(path);
}

interface Addition {
  readonly path: string;
  readonly text: string;
  /** Characters that this file may take. */
  readonly limit: number;
  /** Which lines matter, asked only when the file does not go in whole. */
  readonly lines: () => readonly number[];
}

function createShelf(characters: number) {
  const files: SelectedFile[] = [];
  const paths = new Set<string>();
  let left = characters;

  function addWhole(path: string, text: string, limit: number): boolean {
    if (paths.has(path)) return true;
    if (text.length > Math.min(limit, left)) return false;
    paths.add(path);
    left -= text.length;
    files.push({ path, text, whole: true });
    return true;
  }

  function add({ path, text, limit, lines }: Addition) {
    if (addWhole(path, text, limit)) return;
    const wanted = lines();
    if (wanted.length === 0) return;
    for (const piece of excerptFile(text, wanted, Math.min(limit, left))) {
      paths.add(path);
      left -= piece.text.length;
      files.push({ path, text: piece.text, whole: false, firstLine: piece.firstLine });
    }
  }

  return { files, add, addWhole, used: () => characters - left };
}

/** Lines that the log names, or lines that speak of what the errors are about; the head of the file when none does. */
function findFaultLines(path: string, text: string, survey: Survey): number[] {
  const lines = new Set<number>();
  for (const { error, file } of survey.errors) {
    if (file === path && error.line !== undefined) lines.add(error.line);
    for (const place of error.places ?? []) if (place.file === path && place.line !== undefined) lines.add(place.line);
  }
  const words = survey.errors
    .flatMap(({ error }) => [error.symbol, error.specifier])
    .filter((word) => word !== undefined && word.length > 2);
  if (lines.size < 20)
    text.split('\n').forEach((row, at) => {
      if (lines.size < 40 && row.length < 2000 && words.some((word) => row.includes(word ?? ''))) lines.add(at + 1);
    });
  return lines.size > 0 ? [...lines] : [1];
}

/** What the fault uses of that which the suspects import from the repository, in their order. */
function listDefinitions(suspects: readonly string[], survey: Survey) {
  const definitions = new Map<string, Set<string>>();
  const schemas = new Set(survey.errors.flatMap(({ error }) => findContentSchemas(error, survey)));
  suspects.forEach((suspect, at) => {
    const told = schemas.has(suspect) ? undefined : findFaultWords(suspect, survey);
    const words = told ?? (at > 0 && !schemas.has(suspect) ? findAddedWords(suspect, survey) : undefined);
    // Nothing tells which lines of the likeliest file or of a schema matter: all that they import may.
    if (words === undefined && at > 0 && !schemas.has(suspect)) return;
    for (const { declaration, resolution } of survey.graph.edgesFrom(suspect)) {
      if (resolution.outcome !== 'file') continue;
      const used = declaration.names.filter(({ local }) => words === undefined || words.has(local));
      if (used.length === 0) continue;
      const names = definitions.get(resolution.path) ?? new Set<string>();
      definitions.set(resolution.path, names);
      for (const { imported } of used) names.add(imported);
    }
  });
  return [...definitions].map(([path, names]) => ({ path, names }));
}

/** Errors that compiler options and path mappings bear on. */
const COMPILED_KINDS = new Set(['type', 'module-not-found', 'export-missing', 'route-contract', 'config', 'other']);

/** The manifest and the compiler options in charge of the first suspect, where an error has to do with them. */
function listConfiguration(suspect: string, survey: Survey): string[] {
  if (isAboutForm(survey)) return [];
  const kinds = survey.errors.map(({ error }) => error.kind);
  const from = suspect === '' ? `${survey.rootDirectory}/x` : suspect;
  const manifest = survey.resolver.findManifest(from)?.path;
  const isCompiled = kinds.length === 0 || kinds.some((kind) => COMPILED_KINDS.has(kind));
  const compiler = isCompiled ? findCompilerConfig(from, survey) : undefined;
  return [manifest, compiler].filter((path) => path !== undefined);
}

function formatDiff({ changes, suspects }: RepositoryContext, limit: number): string {
  const rank = new Map(suspects.map(({ path }, at) => [path, at]));
  const order = ({ path }: FileChange) => rank.get(path) ?? suspects.length;
  const shown = [...(changes ?? [])].filter(({ path }) => isShowable(path)).sort((a, b) => order(a) - order(b));
  const parts: string[] = [];
  let left = limit;
  for (const change of shown) {
    const part = formatChange(change);
    const short = part.length <= left ? part : describeChange(change);
    if (short.length > left) break;
    left -= short.length + 1;
    parts.push(short);
  }
  const omitted = shown.length - parts.length;
  if (omitted > 0) parts.push(`(${omitted} more changed files)`);
  return parts.join('\n');
}

function formatChange(change: FileChange): string {
  const hunks = change.hunks ?? '';
  const cut = hunks.length > MOST_HUNK ? `${hunks.slice(0, hunks.lastIndexOf('\n', MOST_HUNK))}\n(cut)` : hunks;
  return cut === '' ? describeChange(change) : `${describeChange(change)}\n${cut}`;
}

function describeChange({ path, status, previousPath }: FileChange): string {
  return previousPath === undefined ? `${status} ${path}` : `${status} ${previousPath} -> ${path}`;
}
