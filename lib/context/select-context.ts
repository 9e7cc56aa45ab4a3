import type { Diagnosis } from '../diagnosis/diagnosis.js';
import { excerptFile, findDeclarations } from './excerpt-file.js';
import { findCompilerConfig } from './path-aliases.js';
import { holdsSecrets, isGenerated, isLockfile, isReadable } from './readable-files.js';
import type { FileChange, RepositoryContext } from './source.js';
import { type Survey, surveyRepository } from './survey.js';

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
/** A suspect behind the first five is shown when it is at least this likely. */
const LATER_SCORE = 0.2;
const MOST_HUNK = 2400;

/**
 * What the model reads: the suspects, whole or by the declarations around the fault; the definitions they import;
 * the configuration nearby; the diff. Never a lockfile, an environment file, a binary, or anything from a dependency.
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
  const suspects = context.suspects
    .filter(({ score }, at) => at < CLOSE_SUSPECTS || (at < MOST_SUSPECTS && score >= LATER_SCORE))
    .map(({ path }) => path);
  suspects.forEach((path, at) => {
    const text = context.files.get(path);
    if (text === undefined || !isShowable(path)) return;
    const share = at === 0 ? FIRST_SHARE : at < CLOSE_SUSPECTS ? CLOSE_SHARE : LATER_SHARE;
    shelf.add({ path, text, limit: total * share, lines: () => findFaultLines(path, text, survey) });
  });
  for (const { path, names } of listDefinitions(suspects.slice(0, CLOSE_SUSPECTS), survey)) {
    const text = context.files.get(path);
    if (text === undefined || !isShowable(path)) continue;
    shelf.add({ path, text, limit: total * LATER_SHARE, lines: () => findDeclarations(text, names) });
  }
  for (const path of listConfiguration(suspects[0] ?? '', survey)) {
    const text = context.files.get(path);
    if (text !== undefined) shelf.addWhole(path, text, total * LATER_SHARE);
  }
  return { files: shelf.files, diff };
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

  return { files, add, addWhole };
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

/** What the suspects import from the repository, with the names they take, in their order. */
function listDefinitions(suspects: readonly string[], { graph }: Survey) {
  const definitions = new Map<string, Set<string>>();
  for (const suspect of suspects)
    for (const { declaration, resolution } of graph.edgesFrom(suspect)) {
      if (resolution.outcome !== 'file') continue;
      const names = definitions.get(resolution.path) ?? new Set<string>();
      definitions.set(resolution.path, names);
      for (const { imported } of declaration.names) names.add(imported);
    }
  return [...definitions].map(([path, names]) => ({ path, names }));
}

/** The manifest and the compiler options in charge of the first suspect. */
function listConfiguration(suspect: string, { resolver, index, rootDirectory }: Survey): string[] {
  const from = suspect === '' ? `${rootDirectory}/x` : suspect;
  const manifest = resolver.findManifest(from)?.path;
  const compiler = findCompilerConfig(from, index);
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
