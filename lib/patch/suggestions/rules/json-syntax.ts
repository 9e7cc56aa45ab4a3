import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { wholeLines } from '../syntax/source-text.js';

/** A JSON file whose punctuation is not JSON's, or that holds a comment. The values stay what they are. */
export const jsonSyntax: Rule = {
  name: 'json-syntax',
  async propose(error, workspace) {
    const file = error.file ?? /(\S+\.json)\b/.exec(error.message)?.[1]?.replace(/^\/vercel\/path\d\//, '');
    if (file === undefined || !/\.(?:json|webmanifest)$/.test(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined || !(await workspace.isBroken(file, text))) return undefined;

    const acceptsComments = (await countParseErrors(file, '{} // comment')) === 0;
    const repaired = repairJson(text, { acceptsComments });
    if (repaired === undefined) return undefined;
    return {
      files: new Map([[file, repaired.text]]),
      cause: `${file} is not valid JSON: ${repaired.problems.join(', ')}.`,
      change: 'Puts the punctuation right and leaves every value as it is.',
    };
  },
};

// A file with more faults than this is not JSON with a slip in it.
const MAX_STEPS = 20;

function repairJson(
  original: string,
  { acceptsComments }: { readonly acceptsComments: boolean },
): { text: string; problems: string[] } | undefined {
  let text = original;
  const problems = new Set<string>();
  for (let step = 0; step < MAX_STEPS; step++) {
    const errors: ParseError[] = [];
    parse(text, errors, { disallowComments: !acceptsComments, allowTrailingComma: acceptsComments });
    const [first] = errors;
    if (!first) return { text, problems: [...problems] };
    const next = repairFirst(text, first);
    if (next === undefined) return undefined;
    text = next.text;
    problems.add(next.problem);
  }
  return undefined;
}

function repairFirst(text: string, error: ParseError): { text: string; problem: string } | undefined {
  const { offset, length } = error;
  const token = text.slice(offset, offset + length);
  const before = text.slice(0, offset).trimEnd();
  switch (printParseErrorCode(error.error)) {
    case 'InvalidCommentToken': {
      const { start, end } = wholeLines(text, offset, offset + length);
      const spaces = start === offset ? (/[^\S\n]*$/.exec(text.slice(0, start))?.[0].length ?? 0) : 0;
      return { text: text.slice(0, start - spaces) + text.slice(end), problem: 'it holds a comment' };
    }
    case 'InvalidSymbol':
      return quoteAt(text, offset);
    case 'UnexpectedEndOfString':
      return closeTextAt(text, offset);
    case 'ColonExpected':
      if (!/[{,]\s*"[^"\n]*"$/.test(before) || !VALUE.test(text.slice(offset))) return undefined;
      return { text: `${before}:${text.slice(before.length)}`, problem: 'a colon is missing' };
    case 'CommaExpected':
      if (token === ']' || token === '}') return closeBefore(text, offset);
      // Two values on one line may be one value that lost something else.
      if (!text.slice(before.length, offset).includes('\n') && !/^["{[]/.test(token)) return undefined;
      return { text: `${before},${text.slice(before.length)}`, problem: 'a comma is missing' };
    case 'PropertyNameExpected':
    case 'ValueExpected':
      if ((token !== '}' && token !== ']') || !before.endsWith(',') || !followsValue(before)) return undefined;
      return { text: before.slice(0, -1) + text.slice(before.length), problem: 'a comma stands after the last value' };
    default:
      return undefined;
  }
}

const VALUE = /^(?:["{[\d-]|true\b|false\b|null\b)/;

/** A key without quotes, or a key or text in single ones, as JavaScript has them. */
function quoteAt(text: string, offset: number): { text: string; problem: string } | undefined {
  const rest = text.slice(offset);
  const key = /^[A-Za-z_$][\w$-]*(?=\s*:)/.exec(rest)?.[0];
  if (key !== undefined && /[{,]\s*$/.test(text.slice(0, offset)))
    return { text: `${text.slice(0, offset)}"${key}"${rest.slice(key.length)}`, problem: 'a key is not in quotes' };
  const [single, inner] = /^'([^'"\\\n]*)'(?=\s*[:,}\]])/.exec(rest) ?? [];
  if (single === undefined) return undefined;
  return {
    text: `${text.slice(0, offset)}"${inner}"${rest.slice(single.length)}`,
    problem: 'a text stands in single quotes',
  };
}

/** A text that goes to the end of its line, where the next line starts as after a whole one. */
function closeTextAt(text: string, offset: number): { text: string; problem: string } | undefined {
  const end = text.indexOf('\n', offset);
  if (end < 0) return undefined;
  const row = text.slice(offset, end).trimEnd();
  const next = text.slice(end).trimStart();
  const listed = row.endsWith(',') && /^["{[\d-]/.test(next);
  const last = /[^,\s:{[]$/.test(row) && /^[}\]]/.test(next);
  // A closing bracket behind the text may be its own, or the text's.
  if ((!listed && !last) || row.length < 2 || /[}\]],?$/.test(row)) return undefined;
  const at = offset + row.length - (listed ? 1 : 0);
  return { text: `${text.slice(0, at)}"${text.slice(at)}`, problem: 'a text lacks its closing quote' };
}

/** A bracket that is still open where an outer one ends: the line that opened it, or the next of its kind, tells the place. */
function closeBefore(text: string, offset: number): { text: string; problem: string } | undefined {
  const opened = openBrackets(text.slice(0, offset));
  const inner = opened.at(-1);
  const outer = opened.at(-2);
  if (inner === undefined || outer === undefined || CLOSERS[text[outer] ?? ''] !== text[offset]) return undefined;
  const before = text.slice(0, offset).trimEnd();
  const closer = CLOSERS[text[inner] ?? ''] ?? '';
  const row = text.slice(inner, before.length);
  if (!followsValue(`${before},`)) return undefined;
  if (!row.includes('\n')) {
    const space = /^.\s/.test(row) ? ' ' : '';
    return { text: before + space + closer + text.slice(before.length), problem: `a ${closer} is missing` };
  }
  const indent = indentAt(text, inner);
  const isDeeper = (line: string) => line.trim() === '' || (/^\s*/.exec(line)?.[0].length ?? 0) > indent.length;
  // A line that is no deeper than the opening one tells that the bracket was lost before it.
  if (!row.split('\n').slice(1).every(isDeeper)) return undefined;
  if (!text.slice(before.length, offset).includes('\n') || indentAt(text, offset).length >= indent.length)
    return undefined;
  return { text: `${before}\n${indent}${closer}${text.slice(before.length)}`, problem: `a ${closer} is missing` };
}

const CLOSERS: Readonly<Record<string, string>> = { '{': '}', '[': ']' };

function openBrackets(text: string): number[] {
  const open: number[] = [];
  for (const { 0: mark, index } of text.matchAll(/"(?:[^"\\\n]|\\.)*"|[{}[\]]/g)) {
    if (CLOSERS[mark] !== undefined) open.push(index);
    else if (mark.length === 1) open.pop();
  }
  return open;
}

function indentAt(text: string, offset: number): string {
  return /^[^\S\n]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '';
}

/** Whether what stands before the comma is a value: `[1,,]` and `{,}` have lost one. */
function followsValue(before: string): boolean {
  return /["\w}\]]$/.test(before.slice(0, -1).trimEnd());
}
