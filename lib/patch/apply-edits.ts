import type { SourceTree, TreeEntry } from '../context/source.js';
import { type Location, locateText } from './locate-text.js';
import type { ChangedFile, Edit, ValidationProblem } from './patch.js';

const BYTE_ORDER_MARK = '\uFEFF';

/** A text without what editing must not disturb, and the way back. */
interface Normalised {
  readonly text: string;
  restore(text: string): string;
}

/** Keeps byte order mark, line ends and final newline of `original` for whatever the edits make of its text. */
function normalise(original: string): Normalised {
  const mark = original.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  const body = original.slice(mark.length);
  const carriageReturns = body.split('\r\n').length - 1;
  const newlines = body.split('\n').length - 1;
  const text = body.replaceAll('\r\n', '\n');
  const endsWithNewline = text.endsWith('\n');

  function restore(changed: string): string {
    let result = changed;
    if (endsWithNewline && result !== '' && !result.endsWith('\n')) result += '\n';
    // Where the final newline is all that changes, it is meant.
    if (!endsWithNewline && result.endsWith('\n') && result.slice(0, -1) !== text) result = result.slice(0, -1);
    if (carriageReturns === 0) return mark + result;
    if (carriageReturns === newlines) return mark + result.replaceAll('\n', '\r\n');
    return (
      mark + restoreMixedLineEnds(result, { original: body, mostly: carriageReturns * 2 > newlines ? '\r\n' : '\n' })
    );
  }
  return { text, restore };
}

/** Lines that stay or are replaced keep their ends, lines that come in addition get the file's usual one. */
function restoreMixedLineEnds(text: string, from: { readonly original: string; readonly mostly: string }): string {
  const before = from.original.split('\n');
  const after = text.split('\n');
  const isCarried = (line: string | undefined) => line?.endsWith('\r') === true;
  const bare = before.map((line) => (isCarried(line) ? line.slice(0, -1) : line));
  let head = 0;
  while (head < after.length && head < bare.length && after[head] === bare[head]) head += 1;
  let tail = 0;
  while (tail < after.length - head && tail < bare.length - head && after.at(-1 - tail) === bare.at(-1 - tail))
    tail += 1;
  return after
    .map((line, index) => {
      if (index === after.length - 1) return line;
      if (index < head) return `${line}${isCarried(before[index]) ? '\r\n' : '\n'}`;
      const fromEnd = after.length - index;
      if (fromEnd <= tail) return `${line}${isCarried(before.at(-fromEnd)) ? '\r\n' : '\n'}`;
      const replaced = index < bare.length - tail ? before[index] : undefined;
      if (replaced === undefined) return line + from.mostly;
      return `${line}${isCarried(replaced) ? '\r\n' : '\n'}`;
    })
    .join('');
}

function unfold(text: string): string {
  return (text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text).replaceAll('\r\n', '\n');
}

function describeMiss(location: Location): string {
  if (location.found === 'several')
    return `The search text stands at ${location.count} places; add lines around it until it is unique.`;
  if (location.found === 'none' && location.closest)
    return `The search text does not stand in the file. The closest place, at line ${location.closest.firstLine}, reads:\n${location.closest.text}`;
  return 'The search text does not stand in the file.';
}

interface Draft {
  readonly entry: TreeEntry | undefined;
  readonly before: string | null;
  readonly keep: Normalised;
  /** Null once deleted. */
  text: string | null;
}

function closestPath(path: string, tree: SourceTree): string | undefined {
  const folded = path.toLowerCase();
  return tree.entries.find((entry) => entry.path.toLowerCase() === folded)?.path;
}

/**
 * Applies edits in their order to the files of a tree, in memory. `files` holds the text of every file that was read.
 * Line ends, byte order mark, final newline and mode of a file stay as they are. Problems name the edit's path;
 * the files are complete only when there are none.
 */
export function applyEdits(
  edits: readonly Edit[],
  files: ReadonlyMap<string, string>,
  tree: SourceTree,
): { readonly files: readonly ChangedFile[]; readonly problems: readonly ValidationProblem[] } {
  const entries = new Map(tree.entries.map((entry) => [entry.path, entry]));
  const folders = new Set<string>();
  for (const { path, mode } of tree.entries) {
    if (mode === '040000') folders.add(path);
    for (const folder of foldersOf(path)) folders.add(folder);
  }
  const drafts = new Map<string, Draft>();
  const problems: ValidationProblem[] = [];
  const miss = (path: string, message: string) => problems.push({ check: 'apply', path, message });

  function draftOf(path: string): Draft {
    const known = drafts.get(path);
    if (known) return known;
    const entry = entries.get(path);
    const before = files.get(path) ?? null;
    const draft = {
      entry,
      before,
      keep: normalise(before ?? ''),
      text: before === null ? null : normalise(before).text,
    };
    drafts.set(path, draft);
    return draft;
  }

  for (const edit of edits) {
    const { path } = edit;
    const draft = draftOf(path);
    const exists = draft.entry !== undefined || draft.before !== null;
    if (draft.entry && draft.entry.mode !== '100644' && draft.entry.mode !== '100755') {
      miss(path, 'This is not a regular file.');
      continue;
    }
    if (exists && draft.before === null) {
      miss(path, 'This file was not among the files read, so it cannot be edited.');
      continue;
    }
    if (edit.kind === 'create') {
      if (folders.has(path) || foldersOf(path).some((parent) => isFile(entries.get(parent)))) {
        miss(path, 'A file and a folder cannot share a name.');
        continue;
      }
      draft.text = unfold(edit.content);
      continue;
    }
    if (draft.text === null) {
      const instead = exists ? undefined : closestPath(path, tree);
      miss(
        path,
        exists
          ? 'The patch has deleted this file already.'
          : `There is no such file.${instead ? ` There is ${instead}.` : ''}`,
      );
      continue;
    }
    if (edit.kind === 'delete') {
      draft.text = null;
      continue;
    }
    const search = unfold(edit.search);
    if (search.trim() === '') {
      miss(path, 'The search text is empty.');
      continue;
    }
    const location = locateText(draft.text, search, unfold(edit.replace));
    if (location.found === 'several' || location.found === 'none') {
      miss(path, describeMiss(location));
      continue;
    }
    const { start, replacement } = location;
    const end = replacement === '' ? endOfRemoval(draft.text, location) : location.end;
    draft.text = draft.text.slice(0, start) + replacement + draft.text.slice(end);
  }

  const changed: ChangedFile[] = [];
  for (const [path, { entry, before, keep, text }] of drafts) {
    const content = text === null ? null : before === null ? withFinalNewline(text) : keep.restore(text);
    if (content === before) continue;
    changed.push({ path, mode: entry?.mode === '100755' ? '100755' : '100644', before, content });
  }
  if (changed.length === 0 && problems.length === 0)
    problems.push({ check: 'empty', path: '', message: 'The patch changes nothing.' });
  return { files: changed, problems };
}

/** `a/b/c` is in `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const found: string[] = [];
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) found.push(path.slice(0, at));
  return found;
}

/** Whole lines that are removed take their line end with them. */
function endOfRemoval(text: string, { start, end }: { readonly start: number; readonly end: number }): number {
  const startsLine = start === 0 || text[start - 1] === '\n';
  return startsLine && text[end - 1] !== '\n' && text[end] === '\n' ? end + 1 : end;
}

function isFile(entry: TreeEntry | undefined): boolean {
  return entry !== undefined && entry.mode !== '040000';
}

function withFinalNewline(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
