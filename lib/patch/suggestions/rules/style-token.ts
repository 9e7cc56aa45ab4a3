import { parseFile } from '../../syntax/parse-file.js';
import type { Rule } from '../rule.js';
import { lineEnding } from '../syntax/source-text.js';

interface Repaired {
  /** The rows that take the place of the one at fault. */
  readonly rows: readonly string[];
  readonly wrong: string;
}

/**
 * A semicolon, colon, brace or quote too few, or a closing brace too many, in a style sheet, on the very line on which the
 * parser stops: put right, the sheet parses.
 */
export const styleToken: Rule = {
  name: 'style-token',
  async propose(error, workspace) {
    const { file } = error;
    const text = file !== undefined && /\.(?:css|scss|pcss|postcss)$/.test(file) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const [problem] = (await parseFile(file, text)).errors;
    const wanted = SEMICOLON.test(error.message) ? { message: 'Missed semicolon', line: error.line } : undefined;
    const { message, line } = problem ?? wanted ?? {};
    if (message === undefined || line === undefined) return undefined;

    const rows = text.split(/\r?\n/);
    const repaired = new Map<string, string>();
    for (const { rows: written, wrong } of repairsOf(message, rows, line - 1)) {
      const candidate = [...rows.slice(0, line - 1), ...written, ...rows.slice(line)].join(lineEnding(text));
      if (!(await workspace.isBroken(file, candidate))) repaired.set(candidate, wrong);
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only[0]]]),
      cause: `${file}, line ${line}, has ${only[1]}.`,
      change: 'Puts it right, and with that the sheet parses.',
    };
  },
};

/** Of Sass, which reads more than the parser here does. */
const SEMICOLON = /\bexpected ";"/;

function repairsOf(message: string, rows: readonly string[], index: number): Repaired[] {
  const row = rows[index] ?? '';
  if (message.startsWith('Missed semicolon')) {
    return /[;{},]\s*$|\/\*|\/\//.test(row) ? [] : [{ rows: [`${row.trimEnd()};`], wrong: 'no `;` at its end' }];
  }
  if (message.startsWith('Unknown word')) {
    const [, property, value] = /^(\s+[a-z-]+)(?:\s*[;=]\s*|\s+)([^:;{}=]+;?)\s*$/.exec(row) ?? [];
    return property === undefined ? [] : [{ rows: [`${property}: ${value}`], wrong: 'no `:` behind a property' }];
  }
  if (message.startsWith('Unexpected }')) {
    const before = rows.slice(0, index).findLast((other) => other.trim() !== '');
    return row.trim() === '}' && before === row ? [{ rows: [], wrong: 'a `}` that closes nothing' }] : [];
  }
  if (message.startsWith('Unclosed comment')) {
    // A comment of several lines may end at any of them.
    const isWhole = /\/\*+\s*\w/.test(row) && /^\s*(?:[^*\s].*[{;}]\s*)?$/.test(rows[index + 1] ?? '');
    return isWhole ? [{ rows: [`${row.trimEnd()} */`], wrong: 'a comment without an end' }] : [];
  }
  if (message.startsWith('Unclosed string')) {
    const quote = ['"', "'"].find((mark) => row.split(mark).length % 2 === 0);
    const end = /\)?\s*;?\s*$/.exec(row)?.index ?? row.length;
    return quote === undefined
      ? []
      : [{ rows: [row.slice(0, end) + quote + row.slice(end)], wrong: 'a text without an end' }];
  }
  return [];
}
