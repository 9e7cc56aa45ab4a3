import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { listRenames } from '../renames-in-diff.js';
import type { Rule } from '../rule.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const ENTRY = /\.(?:mdx?|markdoc|ya?ml|json|toml)$/;
/** Files whose keys have a meaning of their own. */
const NO_ENTRY = /(?:^|\/)(?:package(?:-lock)?|[tj]sconfig[\w.-]*|vercel|turbo|README|CHANGELOG)\.\w+$/i;

/**
 * An entry of the content that has a field by its old name, while the error of whoever reads it, which need not name the
 * file, asks for the new one: the diff since the last READY deployment renames the field in code and in other entries of
 * that folder. All that were left behind there follow.
 */
export const renamedField: Rule = {
  name: 'renamed-field',
  async propose(error, workspace) {
    if (workspace.partial || (error.file !== undefined && ENTRY.test(error.file))) return undefined;
    const answers = fieldsAskedFor(error).flatMap((now) => findLeftBehind(workspace, now) ?? []);
    const [only, another] = answers.filter(({ entries }) => mayBeMeant(error, entries, workspace));
    if (!only || another) return undefined;
    const { before, now, entries } = only;
    const [first] = entries;
    if (!first) return undefined;
    return {
      files: new Map(
        entries.map(({ path, text, at }) => [
          path,
          replaceRanges(text, [{ start: at, end: at + before.length, text: now }]),
        ]),
      ),
      cause: `${first.path}, line ${lineOf(first.text, first.at)}, has the field \`${before}\`, which is called \`${now}\` since the last good deployment.`,
      change: `Calls it \`${now}\` there, as the other entries of the folder do.`,
    };
  },
};

interface Entry {
  readonly path: string;
  readonly text: string;
  /** Where the key stands. */
  readonly at: number;
}

interface LeftBehind {
  readonly before: string;
  readonly now: string;
  readonly entries: readonly Entry[];
}

const ASKED = [
  /["'`*(]?\b([A-Za-z_][\w-]*)["'`*]{0,2}\s*(?::|is|was|-|–)\s*["'`]?(?:required|missing|undefined|invalid|expected)\b/gi,
  /\b(?:missing|requires?|required|lacks|without|no|expected|invalid)\b(?: (?:a|the|required|field|key|property|frontmatter|front matter|value|for|:)){0,4}:?\s*["'`]?([A-Za-z_][\w-]*)/gi,
  // The list of issues of a schema library, printed as JSON.
  /"path":\s*\[\s*"([A-Za-z_][\w-]*)"\s*\]/g,
  /\bat ["'`]([A-Za-z_][\w-]*)["'`]/g,
];

function fieldsAskedFor({ message }: BuildError): string[] {
  const text = message.slice(0, 2000);
  return [...new Set(ASKED.flatMap((pattern) => [...text.matchAll(pattern)].flatMap(([, name]) => name ?? [])))];
}

/** The entries that have the field by the name that both code and other entries of their folder gave up. */
function findLeftBehind(workspace: Workspace, now: string): LeftBehind | undefined {
  const renames = workspace.changes.flatMap((change) =>
    listRenames(change, workspace).flatMap(({ before, after, isText }) =>
      // JSON has its keys in quotes.
      after === now && (!isText || change.path.endsWith('.json')) ? [{ before, path: change.path }] : [],
    ),
  );
  const [first] = renames;
  if (!first || renames.some(({ before }) => before !== first.before)) return undefined;
  const { before } = first;
  const isInCode = renames.some(({ path }) => isScript(path) && !ENTRY.test(path));
  const fellows = renames.filter(
    ({ path }) => isEntry(path) && keyIn(workspace.read(path) ?? '', now, path) !== undefined,
  );
  const folders = new Set(fellows.map(({ path }) => directoryOf(path)));
  if (!isInCode || folders.size !== 1) return undefined;
  const entries = workspace.paths.flatMap((path) => {
    const text = isEntry(path) && folders.has(directoryOf(path)) ? workspace.read(path) : undefined;
    const at = text === undefined ? undefined : keyIn(text, before, path);
    return text === undefined || at === undefined || keyIn(text, now, path) !== undefined ? [] : [{ path, text, at }];
  });
  return entries.length === 0 ? undefined : { before, now, entries };
}

function isEntry(path: string): boolean {
  return ENTRY.test(path) && !NO_ENTRY.test(path);
}

/** The one place where the data or the front matter has the key at its outermost level. */
function keyIn(text: string, key: string, path: string): number | undefined {
  const head = /\.(?:mdx?|markdoc)$/.test(path) ? (/^\uFEFF?---\r?\n[\s\S]*?\n---/.exec(text)?.[0] ?? '') : text;
  const word = escapePattern(key);
  const pattern = path.endsWith('.json')
    ? `^(?:\\{\\s*|[^\\S\\n]{1,4})"(?=${word}"\\s*:)`
    : `^["']?(?=${word}["']?\\s*[:=])`;
  const places = [...head.matchAll(new RegExp(pattern, 'gm'))];
  const [place] = places;
  return place && places.length === 1 ? place.index + place[0].length : undefined;
}

/** Where the error names entries of the folder, one of those left behind has to be among them. */
function mayBeMeant({ message }: BuildError, entries: readonly Entry[], workspace: Workspace): boolean {
  const isNamed = (path: string) =>
    namesOf(path).some((name) => new RegExp(`(?<![\\w-])${escapePattern(name)}(?![\\w-])`).test(message));
  const folder = directoryOf(entries[0]?.path ?? '');
  const named = workspace.tree.filter((path) => isEntry(path) && directoryOf(path) === folder && isNamed(path));
  return named.length === 0 || entries.some(({ path }) => named.includes(path));
}

/** `walks/mill-leat.mdx` is called `mill-leat`, `mill-leat/index.md` too. */
function namesOf(path: string): string[] {
  const [name = '', folder = ''] = path
    .replace(/\.\w+$/, '')
    .split('/')
    .reverse();
  return name === 'index' ? [folder] : [name];
}
