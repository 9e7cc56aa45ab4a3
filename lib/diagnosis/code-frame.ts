/** The excerpts of source that compilers print under a message, with a caret under the fault. */
import { type LineStream, textAt } from './finding.js';

/** ` 12 | code`, `> 12 | code`, `12: code`, ` 12 │ code`; the caret's rows have no number. */
const numberedRow = /^\s*>?\s*(\d{1,7})\s?(?:\||│|:|┃)(?: |$)/;

export interface CodeFrame {
  /** Index of the first line after the frame. */
  readonly end: number;
  /** The first line of source that a caret points at. */
  readonly caretLine?: number;
  /** All such lines. */
  readonly caretLines: readonly number[];
}

const maxRows = 80;

/** Reads the frame that starts at `at`, if one does; blank rows within it are passed over. */
export function readCodeFrame(lines: LineStream, at: number): CodeFrame {
  const caretLines: number[] = [];
  let current: number | undefined;
  let end = at;
  for (let index = at; index < lines.texts.length && index < at + maxRows; index++) {
    const text = textAt(lines, index);
    const numbered = numberedRow.exec(text);
    if (numbered?.[1] !== undefined) {
      current = Number(numbered[1]);
      end = index + 1;
      continue;
    }
    if (isFrameEnd(text)) return { end: index + 1, caretLines, ...firstOf(caretLines) };
    if (!isGutter(text)) break;
    if (current !== undefined && (text.includes('^') || text.includes('─'))) caretLines.push(current);
    end = index + 1;
  }
  return { end, caretLines, ...firstOf(caretLines) };
}

function firstOf(caretLines: readonly number[]): { readonly caretLine?: number } {
  return caretLines[0] === undefined ? {} : { caretLine: caretLines[0] };
}

function isFrameEnd(text: string): boolean {
  const trimmed = text.trim();
  return trimmed === '`----' || trimmed === '╰────' || trimmed.startsWith('╰───') || trimmed.startsWith('`---');
}

function isGutter(text: string): boolean {
  return /^\s*(?:>\s*)?(?:\||│|:|·|┃|┆|\^|~)/.test(text);
}
