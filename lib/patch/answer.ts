import type { Edit } from './patch.js';

/** Every way in which an answer can be unusable. */
export type AnswerFailure =
  | 'empty'
  | 'oversized'
  | 'header-missing'
  | 'confidence-unreadable'
  | 'no-edits'
  | 'path-missing'
  | 'block-unclosed'
  | 'divider-missing'
  | 'divider-ambiguous'
  | 'search-empty'
  | 'file-unclosed'
  | 'file-too-long'
  | 'unified-diff'
  | 'json'
  | 'contradiction';

export type ParsedAnswer =
  | {
      readonly outcome: 'patch';
      readonly cause: string;
      readonly change: string;
      /** 0 to 1. */
      readonly confidence: number;
      readonly edits: readonly Edit[];
    }
  | { readonly outcome: 'abstain'; readonly reason: string }
  | { readonly outcome: 'malformed'; readonly failure: AnswerFailure; readonly reason: string };

const MOST_CHARACTERS = 400_000;
const MOST_EDITS = 60;
/** Longer files are edited by blocks; a model that writes them whole loses parts of them. */
export const MOST_LINES_OF_A_WHOLE_FILE = 400;

/** Carries a failure out of the reader; never leaves this file. */
class Malformed extends Error {
  readonly failure: AnswerFailure;

  constructor(failure: AnswerFailure, reason: string) {
    super(reason);
    this.failure = failure;
  }
}

const SEARCH = /^<{4,10}\s?SEARCH:?\s*$/i;
const DIVIDER = /^={4,10}\s?REPLACE:?\s*$/i;
const PLAIN_DIVIDER = /^={4,10}\s*$/;
const END = /^>{4,10}\s?(?:END|REPLACE|UPDATED|SEARCH)\s*$/i;
const PLAIN_END = /^>{4,10}\s*$/;
const FENCE = /^\s{0,3}(`{3,}|~{3,})\s*([^`]*)$/;
const DECORATION = String.raw`[\s>*_#\-•]{0,8}(?:\d{1,2}[.)]\s)?[*_\`]{0,3}`;
const HEADER = new RegExp(
  String.raw`^${DECORATION}(cause|confidence|change|abstain)[*_\`]{0,3}\s{0,2}[:=]\s{0,2}[*_]{0,3}\s{0,4}(.*)$`,
  'i',
);
const FILE = new RegExp(
  String.raw`^${DECORATION}(new file|create file|create|whole file|full file|write file|delete file|delete|remove file|file|path|edit|modify|update)[*_\`]{0,3}\s{0,2}:\s{0,2}[*_]{0,3}\s{0,4}(.+)$`,
  'i',
);

/** A path as models write it: in backticks, in bold, with a remark behind. Not judged here; the policy does that. */
function cleanPath(written: string): string {
  let path = written
    .trim()
    .replace(/^[*_]{1,3}|[*_]{1,3}$/g, '')
    .trim();
  const quoted = /^[`"']([^`"']+)[`"']/.exec(path)?.[1];
  path = quoted ?? path.replace(/\s+\((?:new|new file|created?|deleted?|modified|existing|unchanged)\)\s*$/i, '');
  // What the log calls the checkout's root; the repository's paths are relative to it.
  return path
    .trim()
    .replace(/^\/vercel\/path\d\//, '')
    .replace(/^(?:\.\/)+/, '');
}

/** A line that is nothing but a path, as some models put it before or into the fence. */
function barePath(line: string): string | undefined {
  const text = cleanPath(
    line
      .replace(/^\s*(?:\/\/|#{1,6}|<!--|\/\*)\s*/, '')
      .replace(/\s*(?:-->|\*\/)\s*$/, '')
      .replace(/:$/, ''),
  );
  return /^[\w@()[\]$+~-][\w@()[\]$+.~/-]{0,300}$/.test(text) && /\/|\.\w+$/.test(text) && !text.includes('//')
    ? text
    : undefined;
}

function readConfidence(text: string): number {
  const [, number = '', unit] =
    /^\s*(?:~|≈|about\s)?\s*(\d{1,3}(?:[.,]\d{1,4})?|[.]\d{1,4})\s*(%|\/\s?100|\/\s?10)?/.exec(text) ?? [];
  const value = Number(number.replace(',', '.')) / (unit === undefined ? 1 : unit.endsWith('10') ? 10 : 100);
  if (number === '' || !(value >= 0 && value <= 1))
    throw new Malformed('confidence-unreadable', 'The line CONFIDENCE: must hold a number from 0 to 1.');
  return value;
}

/** One SEARCH/REPLACE block; `at` is the line after its first marker. */
function readBlock(
  lines: readonly string[],
  at: number,
): { readonly search: string; readonly replace: string; readonly next: number } {
  let divider: number | undefined;
  const plainDividers: number[] = [];
  let end: number | undefined;
  let plainEnd: number | undefined;
  for (let index = at; index < lines.length && end === undefined; index += 1) {
    const line = lines[index] ?? '';
    if (DIVIDER.test(line)) {
      if (divider !== undefined) throw new Malformed('divider-ambiguous', 'A block holds two dividers.');
      divider = index;
    } else if (PLAIN_DIVIDER.test(line) && plainEnd === undefined) plainDividers.push(index);
    else if (END.test(line)) end = index;
    else if (PLAIN_END.test(line)) plainEnd ??= index;
    else if (SEARCH.test(line)) break;
  }
  const last = end ?? plainEnd;
  if (last === undefined)
    throw new Malformed('block-unclosed', 'A SEARCH block is not closed by ">>>>>>> END"; the answer may be cut.');
  // Merge markers in the text look like a plain divider, so only one of those may stand for the labelled one.
  const middle = divider ?? (plainDividers.length === 1 ? plainDividers[0] : undefined);
  if (middle === undefined)
    throw plainDividers.length > 1
      ? new Malformed(
          'divider-ambiguous',
          'A block holds several "=======" lines; use "======= REPLACE" between the two texts.',
        )
      : new Malformed('divider-missing', 'A SEARCH block has no "======= REPLACE" line.');
  const search = lines.slice(at, middle).join('\n');
  if (search.trim() === '')
    throw new Malformed('search-empty', 'A SEARCH text is empty; quote the lines that are to be replaced.');
  return { search, replace: lines.slice(middle + 1, last).join('\n'), next: last + 1 };
}

interface Section {
  readonly verb: 'edit' | 'write' | 'delete';
  readonly path: string;
}

function readSection(line: string): Section | undefined {
  const [, verb, rest] = FILE.exec(line) ?? [];
  if (verb === undefined || rest === undefined) return undefined;
  const path = cleanPath(rest);
  if (path === '') return undefined;
  if (/^(?:delete|remove)/i.test(verb)) return { verb: 'delete', path };
  return { verb: /^(?:new|create|whole|full|write)/i.test(verb) ? 'write' : 'edit', path };
}

/** The lines of a fenced block that holds a whole file; `at` is the line after the opening fence. */
function readWholeFile(
  lines: readonly string[],
  at: number,
  fence: string,
): { readonly content: string; readonly next: number } {
  const close = lines.findIndex(
    (line, index) => index >= at && line.trimEnd().startsWith(fence) && /^[`~]+$/.test(line.trim()),
  );
  if (close === -1)
    throw new Malformed('file-unclosed', 'The fence of a whole file is not closed; the answer may be cut.');
  if (close - at > MOST_LINES_OF_A_WHOLE_FILE)
    throw new Malformed(
      'file-too-long',
      `A whole file may have ${MOST_LINES_OF_A_WHOLE_FILE} lines; use SEARCH blocks.`,
    );
  const body = lines.slice(at, close);
  return { content: body.length === 0 ? '' : `${body.join('\n')}\n`, next: close + 1 };
}

function startsBlock(lines: readonly string[], at: number): boolean {
  for (let index = at; index < Math.min(lines.length, at + 4); index += 1) {
    const line = lines[index] ?? '';
    if (SEARCH.test(line)) return true;
    if (line.trim() !== '' && barePath(line) === undefined && !readSection(line)) return false;
  }
  return false;
}

interface Collected {
  readonly header: Map<string, string>;
  readonly edits: Edit[];
}

function collect(lines: readonly string[]): Collected {
  const header = new Map<string, string>();
  const edits: Edit[] = [];
  let section: Section | undefined;
  let field: string | undefined;
  let belowPath = false;

  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    at += 1;
    const isBelowPath = belowPath;
    if (line.trim() !== '') belowPath = false;

    if (SEARCH.test(line)) {
      const block = readBlock(lines, at);
      if (!section) throw new Malformed('path-missing', 'A SEARCH block has no "FILE: path" line above it.');
      edits.push({ kind: 'replace', path: section.path, search: block.search, replace: block.replace });
      at = block.next;
      field = undefined;
      continue;
    }
    const fence = FENCE.exec(line);
    if (fence) {
      const [, ticks = '', info = ''] = fence;
      field = undefined;
      if (/^diff\b|^patch\b/i.test(info) && !startsBlock(lines, at))
        throw new Malformed('unified-diff', 'The answer is a diff; use SEARCH blocks.');
      const named = info
        .split(/\s+/)
        .map(barePath)
        .find((path) => path !== undefined);
      if (named !== undefined && section?.verb !== 'write') section = { verb: 'edit', path: named };
      // Right below its path, a fence without blocks is the file itself; anywhere else it only illustrates.
      const isFile = section !== undefined && (section.verb === 'write' || isBelowPath || named !== undefined);
      if (section && isFile && !startsBlock(lines, at)) {
        const file = readWholeFile(lines, at, ticks);
        edits.push({ kind: 'create', path: section.path, content: file.content });
        at = file.next;
        section = undefined;
      }
      continue;
    }
    const next = readSection(line);
    if (next) {
      field = undefined;
      section = next;
      belowPath = true;
      if (next.verb !== 'delete') continue;
      edits.push({ kind: 'delete', path: next.path });
      section = undefined;
      continue;
    }
    const [, key, value] = HEADER.exec(line) ?? [];
    if (key !== undefined && edits.length === 0) {
      field = key.toLowerCase();
      if (header.has(field)) field = undefined;
      else header.set(field, (value ?? '').trim());
      continue;
    }
    if (/^(?:@@ -\d|--- a\/|\+\+\+ b\/)/.test(line))
      throw new Malformed('unified-diff', 'The answer is a diff; use SEARCH blocks.');
    const path = barePath(line);
    if (path !== undefined) {
      section = { verb: 'edit', path };
      belowPath = true;
      field = undefined;
    } else if (line.trim() === '') field = undefined;
    else if (field !== undefined) header.set(field, `${header.get(field)} ${line.trim()}`.trim());
  }
  return { header, edits };
}

function sentence(text: string): string {
  return text.replace(/\s+/g, ' ').slice(0, 600).trim();
}

function interpret({ header, edits }: Collected): ParsedAnswer {
  const abstention = header.get('abstain');
  const abstains = abstention !== undefined && !/^(?:no|none|false|n\/a|-)?\.?$/i.test(abstention);
  if (abstains && edits.length > 0) throw new Malformed('contradiction', 'The answer abstains and edits at once.');
  if (abstains) return { outcome: 'abstain', reason: sentence(abstention) };

  const cause = sentence(header.get('cause') ?? '');
  const change = sentence(header.get('change') ?? '');
  if (cause === '' || change === '' || !header.has('confidence')) {
    const missing = ['cause', 'confidence', 'change'].filter((key) => sentence(header.get(key) ?? '') === '');
    throw new Malformed(
      'header-missing',
      `The answer lacks ${missing.map((key) => `${key.toUpperCase()}:`).join(', ')}.`,
    );
  }
  const confidence = readConfidence(header.get('confidence') ?? '');
  if (edits.length === 0) throw new Malformed('no-edits', 'The answer holds no edit and does not abstain.');
  if (edits.length > MOST_EDITS)
    throw new Malformed('oversized', `The answer holds ${edits.length} edits; ${MOST_EDITS} are allowed.`);
  return { outcome: 'patch', cause, change, confidence, edits };
}

/**
 * Reads a model's answer: a header of `CAUSE:`, `CONFIDENCE:` and `CHANGE:`, or `ABSTAIN:`, then SEARCH/REPLACE blocks
 * under `FILE:`, whole files under `NEW FILE:`, and `DELETE FILE:` lines. Forgiving about decoration, never about
 * meaning: whatever could be read in two ways is malformed. Never throws.
 */
export function parseAnswer(text: string): ParsedAnswer {
  try {
    if (text.trim() === '') throw new Malformed('empty', 'The answer is empty.');
    if (text.length > MOST_CHARACTERS) throw new Malformed('oversized', 'The answer is too long.');
    const normalised = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
    const trimmed = normalised.trim().replace(/^```json\s*/i, '');
    if (/^[[{]/.test(trimmed) && !normalised.includes('SEARCH'))
      throw new Malformed('json', 'The answer is JSON; write the header lines and SEARCH blocks as text.');
    return interpret(collect(normalised.split('\n')));
  } catch (error) {
    if (error instanceof Malformed) return { outcome: 'malformed', failure: error.failure, reason: error.message };
    throw error;
  }
}
