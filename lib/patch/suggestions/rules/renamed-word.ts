import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findRename } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { offsetOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** What all tools say in some way of a name that means nothing where it stands. */
const SAYS_UNKNOWN =
  /\bnot exist\b|\bnot found\b|\bno (?:exported member|filter|such|field|property|message|key)\b|\b(?:cannot|can't|could not|couldn't) (?:find|query|resolve|read)\b|\bis not (?:exported|defined|registered|known|available)\b|\bhas no \b|\bunknown\b|\bundefined\b|\bmissing\b/i;

/**
 * A name that was another one at the last READY deployment: the error says that it means nothing now, and the diff of
 * another file changes this one word, everywhere in that file, for one new word.
 */
export const renamedWord: Rule = {
  name: 'renamed-word',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !SAYS_UNKNOWN.test(error.message)) return undefined;
    const renamed = wordsIn(error).flatMap((name) => {
      const now = findRenameElsewhere(workspace, name, file);
      return now === undefined ? [] : [{ name, now }];
    });
    const [only, another] = renamed;
    const use = only && !another ? findUse(text, only.name, error.line) : undefined;
    if (!only || use === undefined) return undefined;

    const { name, now } = only;
    const before = text.slice(text.lastIndexOf('\n', use) + 1, use);
    const after = text.slice(use + name.length);
    // An import has a local name too, which other rules see to.
    if (/^\s*(?:import|export)\b/.test(before)) return undefined;
    // `{ card }` binds a local name, which the rest of the file goes on using.
    const isShorthand = /[{,]\s*$/.test(before) && /^\s*[,}](?!\})/.test(after) && !/\{\{\s*$/.test(before);
    const written = isShorthand ? `${now}: ${name}` : now;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: use, end: use + name.length, text: written }])]]),
      cause: `What was called \`${name}\` is called \`${now}\` since the last good deployment, and ${file} does not follow.`,
      change: `Writes \`${now}\` there.`,
    };
  },
};

/** The words that the error quotes, and the one that it is about. */
function wordsIn(error: BuildError): readonly string[] {
  const quoted = [...error.message.slice(0, 800).matchAll(/["'`]([A-Za-z_$][\w$]*)(?:\.([A-Za-z_$][\w$]*))?["'`]/g)];
  const shapes = [...error.message.slice(0, 800).matchAll(/[{;]\s*([A-Za-z_$][\w$]*)\??:/g)];
  const words = [error.symbol, ...[...quoted, ...shapes].flatMap(([, first, second]) => [first, second])];
  return [...new Set(words.filter((word) => word !== undefined && word.length > 1))] as string[];
}

/** Only where the old word is gone from the file that the diff is of: what is still there may still be meant. */
function findRenameElsewhere(workspace: Workspace, name: string, file: string): string | undefined {
  const answers = new Set(
    workspace.changes.flatMap(({ path }) => {
      if (path === file || wordPattern(name).test(workspace.read(path) ?? name)) return [];
      return findRename(workspace, path, name) ?? [];
    }),
  );
  const [answer, another] = answers;
  return another === undefined ? answer : undefined;
}

function wordPattern(name: string): RegExp {
  return new RegExp(`(?<![\\w$-])${name.replaceAll('$', '\\$')}(?![\\w$-])`, 'g');
}

/** The one place on the line at fault, else the one place in the file. */
function findUse(text: string, name: string, line: number | undefined): number | undefined {
  const uses = [...text.matchAll(wordPattern(name))].map(({ index }) => index);
  const start = line === undefined ? undefined : offsetOf(text, line);
  const end = start === undefined ? -1 : `${text}\n`.indexOf('\n', start);
  const onLine = uses.filter((use) => start !== undefined && use >= start && use < end);
  const candidates = onLine.length > 0 ? onLine : uses;
  return candidates.length === 1 ? candidates[0] : undefined;
}
