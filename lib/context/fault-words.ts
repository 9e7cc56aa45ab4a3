import { readIdentifiers } from './identifiers.js';
import type { Survey } from './survey.js';

/** Lines on each side of a fault that take part in it: an expression seldom fits one line. */
const AROUND = 1;
/** From a word to the line that declares it and on: `deal` is `findDeal(berths)`, and `berths` comes from an import. */
const STEPS = 2;
const MOST_LINES = 60;
const MOST_ADDED = 20;

/** Errors in the form of a file: what it imports has no part in them. */
const FORM_KINDS = new Set(['syntax', 'json', 'style']);
/** Something is there and nobody uses it. */
const UNUSED_CODE = /^TS6(?:133|138|192|196|198|199)$|unused/;

/**
 * The identifiers that the errors turn on in one file: those of the faulty lines, of the lines that use the name or
 * the import an error is about, and of what declares them. Undefined when no line of the file can be told.
 */
export function findFaultWords(path: string, survey: Survey): ReadonlySet<string> | undefined {
  const rows = (survey.files.get(path) ?? '').split('\n').map((row) => row.slice(0, 2000));
  const words = new Set<string>();
  let isTold = false;
  for (const located of survey.errors) {
    const { error, file, places } = located;
    const lines = [
      ...(file === path && error.line !== undefined ? [error.line] : []),
      ...(error.places ?? []).flatMap((place) => (place.file === path && place.line !== undefined ? [place.line] : [])),
    ];
    if (FORM_KINDS.has(error.kind) || UNUSED_CODE.test(error.code ?? '')) {
      isTold ||= places.includes(path);
      continue;
    }
    const names = listNames(path, located.error, survey);
    const spoken = readIdentifiers(error.message);
    const seeds = rows.flatMap((row, at) => {
      const isNear = lines.some((line) => line - 1 === at || (!isImport(row) && Math.abs(line - 1 - at) <= AROUND));
      return isNear || (names.size > 0 && !isImport(row) && hasAny(readIdentifiers(row), names)) ? [row] : [];
    });
    if (seeds.length === 0) continue;
    isTold = true;
    for (const seed of seeds.slice(0, MOST_LINES)) for (const word of readIdentifiers(seed)) words.add(word);
    if (lines.length > 0) for (const word of spoken) words.add(word);
  }
  if (!isTold) return undefined;
  if (words.size > 0) for (const word of findAddedWords(path, survey) ?? []) words.add(word);
  for (let step = 0; step < STEPS; step += 1) addDeclaring(rows, words);
  return words;
}

/**
 * The identifiers of the lines that the latest change wrote: most builds stop at their first error, and the next one is
 * likeliest there. Undefined when it wrote none.
 */
export function findAddedWords(path: string, { changes }: Survey): ReadonlySet<string> | undefined {
  const hunks = changes?.find((change) => change.path === path)?.hunks ?? '';
  const added = hunks.split('\n').flatMap((row) => (row.startsWith('+') ? [row.slice(1, 2000)] : []));
  const rows = added.filter((row) => !isImport(row)).slice(0, MOST_ADDED);
  return rows.length === 0 ? undefined : new Set(rows.flatMap((row) => [...readIdentifiers(row)]));
}

/** The name that an error is about, and what the file calls the import that fails. */
function listNames(path: string, error: Survey['errors'][number]['error'], { graph }: Survey): ReadonlySet<string> {
  const failing = graph
    .edgesFrom(path)
    .filter(({ declaration }) => declaration.specifier === error.specifier)
    .flatMap(({ declaration }) => declaration.names.map(({ local }) => local));
  return new Set([...(error.symbol === undefined ? [] : [error.symbol]), ...failing]);
}

/** Adds the words of the lines that declare one of the words. */
function addDeclaring(rows: readonly string[], words: Set<string>) {
  const known = new Set(words);
  for (const row of rows) {
    const declared = /^\s*(?:export\s+)?(?:const|let|var|type|interface)\s+([^=:]{1,200})/.exec(row)?.[1];
    if (declared !== undefined && hasAny(readIdentifiers(declared), known))
      for (const word of readIdentifiers(row)) words.add(word);
  }
}

function isImport(row: string): boolean {
  return /^\s*import\b/.test(row);
}

function hasAny(words: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const word of words) if (wanted.has(word)) return true;
  return false;
}
