import type { Rule } from '../rule.js';
import { lineEnding } from '../syntax/source-text.js';

const MUST_HAVE_PARENT = /JSX expressions must have one parent element/;
/** What a component gives back or shows on a condition, and not one of the items of a list, which would need a key. */
const OPENS = /^(?:[^\S\n]*return|[^\n]{0,200}(?:=>|&&|[?:])) \($/;
const MAKES_ITEMS = /\.(?:map|flatMap)\(|\bArray\.from\(/;
/** An element, or an expression in braces, that begins or ends a row. */
const BEGINS = /^\s*(?:<|\{(?!\/\*))/;
const ENDS = /(?:\/>|<\/[\w.]*>|\})\s*$/;

/**
 * Elements, or elements and expressions in braces, side by side in the parentheses that hold what a component returns: a fragment around all of them, as compilers
 * advise, with which the file parses.
 */
export const adjacentElements: Rule = {
  name: 'adjacent-elements',
  async propose({ file, line, kind, message }, workspace) {
    const text = file === undefined || !/\.[jt]sx$/.test(file) ? undefined : workspace.read(file);
    if (
      file === undefined ||
      text === undefined ||
      line === undefined ||
      !(kind === 'syntax' || MUST_HAVE_PARENT.test(message))
    )
      return undefined;
    if (!(await workspace.isBroken(file, text))) return undefined;
    const ending = lineEnding(text);
    const lines = text.split(ending);
    const repaired: string[] = [];
    for (const [index, opening] of lines.entries()) {
      if (!OPENS.test(opening) || index >= line) continue;
      const outer = indentOf(opening);
      const around = lines.slice(0, index).findLast((row) => row.trim() !== '' && indentOf(row).length < outer.length);
      if (MAKES_ITEMS.test(opening) || (/^\s*return\b/.test(opening) && MAKES_ITEMS.test(around ?? ''))) continue;
      const end = lines.findIndex((row, at) => at > index && row.startsWith(`${outer})`));
      const rows = lines.slice(index + 1, end);
      const inner = indentOf(rows[0] ?? '');
      const unit = inner.startsWith(outer) ? inner.slice(outer.length) : '';
      const areElements =
        BEGINS.test(rows[0] ?? '') && ENDS.test(rows.at(-1) ?? '') && rows.some((row) => row.startsWith(`${inner}<`));
      // Within a text of several rows the indentation would count.
      const isOpenText = rows.some((row) => (row.split('`').length - 1) % 2 === 1);
      if (end < line || unit === '' || !areElements || isOpenText) continue;
      const wrapped = [`${inner}<>`, ...rows.map((row) => (row.trim() === '' ? row : unit + row)), `${inner}</>`];
      const candidate = [...lines.slice(0, index + 1), ...wrapped, ...lines.slice(end)].join(ending);
      if (!(await workspace.isBroken(file, candidate))) repaired.push(candidate);
    }
    const [only, another] = repaired;
    if (only === undefined || another !== undefined) return undefined;
    return {
      files: new Map([[file, only]]),
      cause: `${file}, line ${line}, returns elements side by side, where there can be only one.`,
      change: 'Puts a fragment around them, which adds nothing to the page.',
    };
  },
};

function indentOf(row: string): string {
  return /^[^\S\n]*/.exec(row)?.[0] ?? '';
}
