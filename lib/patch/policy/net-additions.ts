import type { ParsedFile } from '../syntax/parsed-file.js';
import { type SyntaxNode, walk } from '../syntax/syntax-node.js';
import type { Finding, ParsedChange, PolicyInput } from './policy-rule.js';

/** The file that a created one was made of: deleted by the same patch, of the same name or much of the same text. */
export function findOrigin(change: ParsedChange, input: PolicyInput): ParsedChange | undefined {
  if (change.before || !change.after) return undefined;
  const stem = (path: string) =>
    path
      .slice(path.lastIndexOf('/') + 1)
      .replace(/\.[^.]+$/, '')
      .toLowerCase();
  const lines = new Set(change.file.content?.split('\n').filter((line) => line.trim().length > 3));
  return input.changes.find(({ file, after }) => {
    if (after || file.before === null) return false;
    if (stem(file.path) === stem(change.file.path) || file.before === change.file.content) return true;
    const theirs = file.before.split('\n').filter((line) => line.trim().length > 3);
    return theirs.length > 3 && theirs.filter((line) => lines.has(line)).length * 2 > theirs.length;
  });
}

/** The version that additions are counted against: the file itself, or the one it was moved from. */
export function baseOf(change: ParsedChange, input: PolicyInput): ParsedFile | undefined {
  return change.before ?? findOrigin(change, input)?.before;
}

/** One finding for each changed file in which `count` grew. */
export function netAdditions(
  input: PolicyInput,
  options: {
    readonly count: (file: ParsedFile, change: ParsedChange) => number;
    readonly message: string;
  },
): Finding[] {
  return input.changes.flatMap((change) => {
    if (!change.after) return [];
    const base = baseOf(change, input);
    const more = options.count(change.after, change) - (base ? options.count(base, change) : 0);
    return more > 0 ? [{ path: change.file.path, message: options.message }] : [];
  });
}

/** How many nodes of all the file's scripts satisfy the predicate. */
export function countNodes(
  file: ParsedFile,
  matches: (node: SyntaxNode, parent: SyntaxNode | undefined) => boolean,
): number {
  let count = 0;
  for (const script of file.scripts)
    walk(script.root, (node, parent) => {
      if (matches(node, parent)) count += 1;
    });
  return count;
}

/** As `placeAdditions`, of nodes by the line on which they begin. */
export function nodeAdditions(
  input: PolicyInput,
  options: { readonly matches: (node: SyntaxNode) => boolean; readonly message: string },
): Finding[] {
  const places = (file: ParsedFile) => readLines(file, options.matches);
  return placeAdditions(input, { places, message: options.message });
}

/**
 * One finding for each changed file with more places than before, less those that another file of the patch gave up
 * word for word: code that moves takes its faults along.
 */
export function placeAdditions(
  input: PolicyInput,
  options: { readonly places: (file: ParsedFile) => readonly string[]; readonly message: string },
): Finding[] {
  const placesOf = (file: ParsedFile | undefined) => (file ? options.places(file) : []);
  const tallies = input.changes.map((change) => {
    const before = placesOf(baseOf(change, input));
    const after = placesOf(change.after);
    return { change, before, after, more: after.length - before.length };
  });
  const given = tallies.filter(({ more }) => more < 0).flatMap(({ before, after }) => without(before, after));
  return tallies.flatMap(({ change, before, after, more }) => {
    if (more <= 0) return [];
    const added = without(after, before);
    const moved = added.length - without(added, given).length;
    return more > moved ? [{ path: change.file.path, message: options.message }] : [];
  });
}

/** The lines, without indentation, on which matching nodes begin; a line once for each node. */
function readLines(file: ParsedFile, matches: (node: SyntaxNode) => boolean): string[] {
  const lines: string[] = [];
  for (const { root, text } of file.scripts)
    walk(root, (node) => {
      if (!matches(node)) return;
      const start = text.lastIndexOf('\n', node.start - 1) + 1;
      const end = text.indexOf('\n', node.start);
      lines.push(text.slice(start, end === -1 ? undefined : end).trim());
    });
  return lines;
}

/** Whether all new places stand on lines that the file had, word for word, at the last READY deployment. */
export function isRestored(
  { file, before, after }: ParsedChange,
  input: PolicyInput,
  matches: (node: SyntaxNode) => boolean,
): boolean {
  const hunks = input.context.changes?.find(({ path }) => path === file.path)?.hunks ?? '';
  const former = hunks.split('\n').flatMap((line) => (line.startsWith('-') ? [line.slice(1).trim()] : []));
  const added = without(after ? readLines(after, matches) : [], before ? readLines(before, matches) : []);
  return added.length > 0 && without(added, former).length === 0;
}

/** The items that are left when each of `others` has taken one of its like away. */
export function without(items: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return items.filter((item) => {
    const at = left.indexOf(item);
    if (at !== -1) left.splice(at, 1);
    return at === -1;
  });
}

/** One finding when `count` grew over all changed files together, so that moving code from file to file adds nothing. */
export function patchAdditions(
  input: PolicyInput,
  options: { readonly count: (file: ParsedFile) => number; readonly message: string },
): Finding[] {
  const growth = input.changes.map(({ file, before, after }) => ({
    path: file.path,
    more: (after ? options.count(after) : 0) - (before ? options.count(before) : 0),
  }));
  if (growth.reduce((sum, { more }) => sum + more, 0) <= 0) return [];
  return growth.filter(({ more }) => more > 0).map(({ path }) => ({ path, message: options.message }));
}
