import { escapePattern } from '../../../context/word-pattern.js';
import { stoodBefore } from '../changed-words.js';
import { findTwin } from '../distance.js';
import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const NOT_FOUND = /The target selector was not found/;
const EXTENDS = /@extend\s+%([\w-]+)/g;
const DECLARES = /(?<![\w$@\d.)]\s{0,4})%([A-Za-z_][\w-]*)(?=[^;{}]*\{)/g;

/**
 * `@extend %plian`: a placeholder of Sass that no sheet declares, one slip away from exactly one that is declared; or one that the diff
 * since the last READY deployment gave another name.
 */
export const sassPlaceholder: Rule = {
  name: 'sass-placeholder',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file?.endsWith('.scss') && NOT_FOUND.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined || workspace.partial) return undefined;
    const declared = new Set(
      sheetsOf(workspace).flatMap((sheet) => [...sheet.matchAll(DECLARES)].map(([, name = '']) => name)),
    );
    const lost = [...text.matchAll(EXTENDS)].filter(
      ({ index, 1: name = '' }) => !declared.has(name) && (line === undefined || lineOf(text, index) === line),
    );
    const name = lost[0]?.[1];
    if (name === undefined || lost.some((other) => other[1] !== name)) return undefined;
    const right =
      renamedTo(workspace, name, declared) ?? (stoodBefore(workspace, name) ? undefined : findTwin(name, declared));
    if (right === undefined) return undefined;
    const use = new RegExp(`(?<=@extend\\s{1,9}%)${escapePattern(name)}(?![\\w-])`, 'g');
    const edits: Replacement[] = [...text.matchAll(use)].map(({ index }) => ({
      start: index,
      end: index + name.length,
      text: right,
    }));
    return {
      files: new Map([[file, replaceRanges(text, edits)]]),
      cause: `${file} extends \`%${name}\`, which no sheet declares.`,
      change: `Extends \`%${right}\`, which is what it is called.`,
    };
  },
};

function sheetsOf(workspace: Workspace): string[] {
  return workspace.paths.flatMap((path) => (path.endsWith('.scss') ? (workspace.read(path) ?? '') : []));
}

/** What the diff calls the placeholder now, all else about it being as it was: one that came beside it is another. */
function renamedTo(workspace: Workspace, name: string, declared: ReadonlySet<string>): string | undefined {
  const answers = workspace.changes.flatMap(({ path }) =>
    path.endsWith('.scss') ? (findRename(workspace, path, name) ?? []) : [],
  );
  const [now, another] = new Set(answers.filter((answer) => declared.has(answer)));
  return another === undefined ? now : undefined;
}
