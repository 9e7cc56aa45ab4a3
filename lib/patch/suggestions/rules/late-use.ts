import type { Rule } from '../rule.js';
import { resolveSheet, sassOf, topLevel } from '../syntax/sass-names.js';
import { type Replacement, replaceRanges, wholeLines } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const LATE = /@use rules must be written before any other rules/;
const USE = /@use\s+(["'])([^"'\n]{1,200})\1[^;{}]{0,300};/g;

/**
 * `@use` after a rule: Sass wants it before, https://sass-lang.com/documentation/at-rules/use. It goes to the others at the top, where
 * the module writes no CSS of its own whose place would change, and is not configured by what stands before.
 */
export const lateUse: Rule = {
  name: 'late-use',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.scss') && LATE.test(error.message) ? workspace.read(file) : undefined;
    const sheet = file === undefined || text === undefined ? undefined : sassOf(file, text);
    if (file === undefined || text === undefined || sheet === undefined) return undefined;
    const uses = [...sheet.matchAll(USE)];
    const firstRule = /^(?:\s*@(?:use|forward|charset)[^;{}]*;)*/.exec(sheet)?.[0].length ?? 0;
    const late = uses.filter(({ index }) => index >= firstRule);
    const isHarmless = late.every(
      ({ 0: whole, 2: specifier = '' }) => !/\bwith\s*\(/.test(whole) && writesNothing(workspace, file, specifier),
    );
    if (late.length === 0 || !isHarmless) return undefined;
    const edits: Replacement[] = late.map(({ index, 0: whole }) => ({
      ...withBlankLine(text, index, index + whole.length),
      text: '',
    }));
    const last = uses.filter(({ index }) => index < firstRule).at(-1);
    const after = last === undefined ? 0 : text.indexOf('\n', last.index) + 1;
    const moved = late.map(({ index, 0: whole }) => `${text.slice(index, index + whole.length)}\n`).join('');
    edits.push({ start: after, end: after, text: last === undefined ? `${moved}\n` : moved });
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} loads a module with \`@use\` after a rule.`,
      change: 'Loads it before, as Sass asks; the module writes no CSS of its own.',
    };
  },
};

function writesNothing(workspace: Workspace, file: string, specifier: string): boolean {
  if (specifier.startsWith('sass:')) return true;
  const path = resolveSheet(workspace, file, specifier);
  const text = path === undefined ? undefined : workspace.read(path);
  const sheet = path === undefined || text === undefined ? undefined : sassOf(path, text);
  if (sheet === undefined) return false;
  const statements = topLevel(sheet).match(/[^;{}]+/g) ?? [];
  return statements.every((statement) => /^\s*(?:$|\$|%|@(?:mixin|function)\b|@use\s+["']sass:)/.test(statement));
}

function withBlankLine(text: string, start: number, end: number): { readonly start: number; readonly end: number } {
  const lines = wholeLines(text, start, end);
  const blank = /^[^\S\n]*\r?\n/.exec(text.slice(lines.end))?.[0].length ?? 0;
  const isAfterBlank = /(?:^|\n)[^\S\n]*\r?\n$/.test(text.slice(0, lines.start));
  return { start: lines.start, end: lines.end + (isAfterBlank ? blank : 0) };
}
