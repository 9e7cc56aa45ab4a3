import { judgeLoss } from '../followed-change.js';
import { losesWord, readIdentifiers } from '../identifiers.js';
import { baseName, isReadable, isSource } from '../readable-files.js';
import { packageName } from '../resolve-import.js';
import type { FileChange } from '../source.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { FEW_SUSPECTS, type Suspicion } from './suspicion.js';

/** So many modules behind the suspects are looked into. */
const READ_BY_SUSPECTS = 20;
/** A diff of so few sources speaks against each of them. */
const FEW_CHANGES = 4;

/**
 * What the diff since the last good deployment adds: a change beside the evidence weighs, a change alone hardly does,
 * because most of a diff has nothing to do with the failure. `scores` is what the other rules found.
 */
export function suspectChanges(survey: Survey, scores: ReadonlyMap<string, number>): Suspicion[] {
  const { changes, diagnosis, graph } = survey;
  if (!changes) return [];
  const names = diagnosis.errors.flatMap(({ symbol, specifier }) => [symbol, specifier?.split('/').at(-1)]);
  const words = [...new Set(names.filter((name): name is string => name !== undefined && name.length > 2))];
  const sources = changes.filter(({ path }) => isSource(path));
  const named = new Set(survey.errors.flatMap(({ file, places }) => [file, ...places]));
  // Where none of the places that the log names changed, they were as a rule forgotten.
  const weight = changes.some(({ path }) => named.has(path)) ? 0.2 : 0.1;
  // Of a large diff most has nothing to do with the failure: it takes no place from what other rules found.
  const isLarge = sources.length > FEW_CHANGES;
  const isCrowded = isLarge && scores.size >= FEW_SUSPECTS;
  const said = new Set(survey.errors.flatMap(({ error }) => [...readIdentifiers(error.message.slice(0, 1_000))]));
  const speaks = (hunks = '') =>
    [...readIdentifiers(changedRows(hunks))].some((word) => word.length > 2 && said.has(word));
  const bumped = changes.flatMap((change) => suspectVersion(change, survey, scores));
  const others = changes
    .filter(({ path }) => isReadable(path))
    .flatMap(({ path, hunks, status }): Suspicion[] => {
      const score = scores.get(path) ?? 0;
      // Who gave a name up along with others did what was meant.
      const losses = words.flatMap((word) =>
        losesWord(hunks, word) ? { word, loss: judgeLoss(path, word, changes) } : [],
      );
      const lost = losses.find(({ loss }) => loss !== 'followed');
      if (lost !== undefined && (score > 0 || status !== 'added')) {
        const isTelling = score === 0 || lost.loss === 'slip';
        const reason = `changed since the last good deployment, and lost ${lost.word}`;
        return [{ path, weight: isTelling ? 0.3 : weight, reason }];
      }
      if (score >= 0.2 && isLarge && !speaks(hunks)) return [];
      if (score >= 0.2) return [{ path, weight, reason: 'changed since the last good deployment' }];
      if (isCrowded) return [];
      const added = words.find((word) => readIdentifiers(hunks ?? '').has(word));
      if (added !== undefined) return [{ path, weight: 0.1, reason: `its change speaks of ${added}` }];
      const neighbours = [...graph.edgesFrom(path), ...graph.edgesTo(path)];
      const near = neighbours.some(({ importer, resolution }) => {
        const other = importer === path && 'path' in resolution ? resolution.path : importer;
        return other !== undefined && other !== path && (scores.get(other) ?? 0) >= 0.5;
      });
      if (near) return [{ path, weight: 0.08, reason: 'changed, next to a suspect' }];
      return scores.size === 0 || (!isLarge && isSource(path))
        ? [{ path, weight: 0.15, reason: 'changed since the last good deployment' }]
        : [];
    });
  return [...bumped, ...others];
}

function changedRows(hunks: string): string {
  return hunks
    .split('\n')
    .filter((row) => /^[-+](?![-+]{2} )/.test(row))
    .join('\n');
}

const RANGE = /^([-+])\s{0,20}"(@?[\w./-]{1,200})"\s{0,4}:\s{0,4}"([^"]{1,100})"/;

/** Another version of a package that a suspect, or a module which the suspect reads, imports. */
function suspectVersion(
  { path, hunks }: FileChange,
  { graph, diagnosis }: Survey,
  scores: ReadonlyMap<string, number>,
): Suspicion[] {
  if (baseName(path) !== 'package.json') return [];
  const ranges = (hunks ?? '').split('\n').flatMap((row) => {
    const [, sign, name, range] = RANGE.exec(row.slice(0, 400)) ?? [];
    return name === undefined ? [] : [{ sign, name, range }];
  });
  const changed = ranges.filter(
    ({ sign, name, range }) =>
      sign === '+' && ranges.some((old) => old.sign === '-' && old.name === name && old.range !== range),
  );
  const blamed = [...scores].filter(([, score]) => score >= 0.5).map(([suspect]) => suspect);
  const imported = new Set(
    graph
      .reach(blamed, blamed.length + READ_BY_SUSPECTS)
      .flatMap((file) => graph.edgesFrom(file).map(({ declaration }) => packageName(declaration.specifier))),
  );
  const guilty = changed.find(({ name }) => imported.has(name));
  if (guilty === undefined) return [];
  const before = ranges.find(({ sign, name }) => sign === '-' && name === guilty.name)?.range ?? '';
  // Who goes to a newer version means to follow it; an older one does not know what the code was written for.
  const isAbout = diagnosis.errors.some(
    ({ message, specifier }) =>
      specifier === guilty.name || new RegExp(`["'/]${escapePattern(guilty.name)}["'/]`).test(message.slice(0, 1_000)),
  );
  return isAbout && isOlder(guilty.range ?? '', before)
    ? [{ path, weight: 0.99, reason: `went back to an older ${guilty.name} since the last good deployment` }]
    : [{ path, weight: 0.5, reason: `asks for another version of ${guilty.name} since the last good deployment` }];
}

/** By the first two numbers of both ranges. */
function isOlder(range: string, than: string): boolean {
  const [now, then] = [range, than].map((text) => (text.match(/\d+/g) ?? []).slice(0, 2).map(Number));
  const [major, minor = 0] = now ?? [];
  const [oldMajor, oldMinor = 0] = then ?? [];
  if (major === undefined || oldMajor === undefined) return false;
  return major < oldMajor || (major === oldMajor && minor < oldMinor);
}
