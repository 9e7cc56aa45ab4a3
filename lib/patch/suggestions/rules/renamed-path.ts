import { isReadable } from '../../../context/readable-files.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * A path that a configuration, a script or a template names in quotes, and that a file had at the last READY
 * deployment: the diff says where that file went. Imports of modules are the concern of `moved-file`.
 */
export const renamedPath: Rule = {
  name: 'renamed-path',
  async propose(error, workspace) {
    if (workspace.partial) return undefined;
    for (const written of pathsIn(error)) {
      const now = findNewPath(workspace, written);
      const places = now === undefined ? [] : findQuoted(workspace, written);
      const [place, another] = new Set(places.map(({ file }) => file));
      if (now === undefined || place === undefined || another !== undefined) continue;
      const text = workspace.read(place) ?? '';
      const ranges = places.map(({ start }) => ({ start, end: start + written.length, text: now }));
      return {
        files: new Map([[place, replaceRanges(text, ranges)]]),
        cause: `${place} names \`${written}\`, which is called \`${now}\` since the last good deployment.`,
        change: `Writes \`${now}\` in its place.`,
      };
    }
    return undefined;
  },
};

/** Kinds of failure in which a file that is not there is the whole matter. */
const KINDS: ReadonlySet<BuildError['kind']> = new Set(['file-missing', 'config', 'other', 'script-failed', 'style']);

function pathsIn(error: BuildError): readonly string[] {
  if (!KINDS.has(error.kind) && error.code !== 'InvalidContentEntryFrontmatterError') return [];
  const quoted = [...error.message.matchAll(/["'`]([\w@./[\]()-]+\.[a-z]\w{0,9})["'`]/g)].map((match) => match[1]);
  const image = /Image (\S{1,300}\.\w{1,10}) does not exist/.exec(error.message)?.[1];
  const named = [error.specifier, error.symbol, image, ...quoted].filter((path) => path !== undefined);
  const paths = named.map((path) => path.replace(/^\/vercel\/path\d\/+/, '')).filter((path) => /\.\w+$/.test(path));
  return [...new Set(paths.flatMap(withTails))];
}

/** The path, and what is left of it where the words are relative to one of its folders. */
function withTails(path: string): string[] {
  const parts = path.split('/');
  return parts.map((_, index) => parts.slice(index).join('/'));
}

/** What the same words would be for the file's new place; undefined unless exactly one file was moved away from there. */
function findNewPath(workspace: Workspace, written: string): string | undefined {
  const bare = written.replace(/^(?:\.{1,2}\/)+/, '');
  if (workspace.tree.some((path) => path === bare || path.endsWith(`/${bare}`))) return undefined;
  const answers = workspace.changes.flatMap(({ status, path, previousPath }) => {
    if (status !== 'renamed' || previousPath === undefined) return [];
    if (previousPath !== bare && !previousPath.endsWith(`/${bare}`)) return [];
    // The words may be relative to a folder; the new place has to be in that folder too.
    const folder = previousPath.slice(0, previousPath.length - bare.length);
    return path.startsWith(folder) ? [written.slice(0, written.length - bare.length) + path.slice(folder.length)] : [];
  });
  return answers.length === 1 ? answers[0] : undefined;
}

function findQuoted(workspace: Workspace, written: string): { readonly file: string; readonly start: number }[] {
  return workspace.paths.flatMap((file) => {
    const text = isReadable(file) ? workspace.read(file) : undefined;
    if (text === undefined) return [];
    const found: { file: string; start: number }[] = [];
    for (let at = text.indexOf(written); at !== -1; at = text.indexOf(written, at + 1)) {
      if (isWhole(text, at, written.length)) found.push({ file, start: at });
    }
    return found;
  });
}

/** Between quotes, or as a value of front matter, which needs none. */
function isWhole(text: string, at: number, length: number): boolean {
  const before = text[at - 1] ?? '';
  if (/["'`]/.test(before)) return text[at + length] === before;
  const isInHead = text.startsWith('---') && at < text.indexOf('\n---', 3);
  const row = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return isInHead && /^\s*[\w-]+:\s+$/.test(row) && /^[^\S\n]*\r?\n/.test(text.slice(at + length));
}
