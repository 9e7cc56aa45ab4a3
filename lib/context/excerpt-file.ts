import { maskCode } from './mask-code.js';

/** A run of a file's lines. `firstLine` counts from 1. */
export interface FileExcerpt {
  readonly text: string;
  readonly firstLine: number;
}

/** Lines on each side of a place when the declaration around it is too long to show. */
const WINDOW = 25;
/** A declaration above this many lines is cut to the window around the place. */
const LONG_BLOCK = 120;
/** Pieces with fewer lines between them are shown as one. */
const SMALL_GAP = 4;

interface Range {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/**
 * The declarations around these lines (from 1), and the imports at the head; what does not fit `maxCharacters` is left
 * out from the end. Lines of the result stand in the file exactly so.
 */
export function excerptFile(text: string, lines: readonly number[], maxCharacters: number): FileExcerpt[] {
  const rows = text.split('\n');
  const blocks = findBlocks(text);
  const places = lines.filter((line) => line >= 1 && line <= rows.length);
  const wanted = (places.length > 0 ? places : [1]).map((line) => rangeAround(line - 1, blocks, rows.length));
  const head = blocks.filter((block) => /^\s*(?:import\b|["']use |@import|@use|#include)/.test(rows[block.from] ?? ''));
  const chosen: Range[] = [];
  let left = maxCharacters;
  for (const range of [...wanted, ...head]) {
    const size = measure(rows, range);
    if (size > left || chosen.some((other) => other.from <= range.from && range.to <= other.to)) continue;
    left -= size;
    chosen.push(range);
  }
  return mergeRanges(chosen).map(({ from, to }) => ({ text: rows.slice(from, to).join('\n'), firstLine: from + 1 }));
}

/** Lines at which one of these names is declared at the top level. */
export function findDeclarations(text: string, names: ReadonlySet<string>): number[] {
  const lines: number[] = [];
  text.split('\n').forEach((row, at) => {
    const name =
      /^(?:export\s+)?(?:default\s+)?(?:declare\s+|abstract\s+|async\s+)?(?:function\*?|class|interface|type|enum|const|let|var|namespace)\s+([A-Za-z_$][\w$]*)/.exec(
        row.slice(0, 300),
      )?.[1];
    const isDefault = /^export\s+default\b/.test(row) && names.has('default');
    if (isDefault || (name !== undefined && names.has(name))) lines.push(at + 1);
  });
  return lines;
}

/** Top-level runs of lines: each from a line outside all brackets to where the brackets close again. */
function findBlocks(text: string): Range[] {
  const blocks: Range[] = [];
  let depth = 0;
  let from: number | undefined;
  maskCode(text)
    .split('\n')
    .forEach((row, at) => {
      const blank = row.trim() === '';
      if (depth <= 0 && blank) return;
      from ??= at;
      for (const char of row) {
        if ('{(['.includes(char)) depth += 1;
        else if ('})]'.includes(char)) depth -= 1;
      }
      if (depth > 0) return;
      depth = 0;
      blocks.push({ from, to: at + 1 });
      from = undefined;
    });
  if (from !== undefined) blocks.push({ from, to: text.split('\n').length });
  return blocks;
}

function rangeAround(line: number, blocks: readonly Range[], length: number): Range {
  const block = blocks.find(({ from, to }) => from <= line && line < to) ?? { from: line, to: line + 1 };
  if (block.to - block.from > LONG_BLOCK)
    return { from: Math.max(block.from, line - WINDOW), to: Math.min(block.to, line + WINDOW + 1) };
  return { from: Math.max(0, block.from - 2), to: Math.min(length, block.to + 2) };
}

function measure(rows: readonly string[], { from, to }: Range): number {
  let size = 0;
  for (let at = from; at < to; at += 1) size += (rows[at]?.length ?? 0) + 1;
  return size;
}

function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: { from: number; to: number }[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from - last.to <= SMALL_GAP) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}
