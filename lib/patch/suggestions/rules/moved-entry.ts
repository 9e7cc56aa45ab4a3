import { type Node, parseTree } from 'jsonc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import { unresolvedSpecifierOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { exportsOf } from '../syntax/exports.js';
import { findNearPaths } from '../syntax/near-paths.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf, inFolder, joinPath, packageNameOf, readConfig } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { specifiersOf } from '../syntax/specifiers.js';
import type { Workspace } from '../workspace.js';
import { STANDS_IN } from './moved-file.js';

/** Vite, of a package whose entry is not there. */
const NO_ENTRY = /Failed to resolve entry for package ["']([^"']+)["']/;
/** Node, of the file that an entry leads to. */
const NO_FILE = /(?:Cannot find module|Could not load|ENOENT[^']*) ?'?\/vercel\/path\d\/+([^'"\s?]+)/;

const ENTRIES = ['main', 'module', 'types', 'typings', 'source', 'svelte', 'react-native', 'style', 'sass'];

/**
 * `"./meter": "./src/meter.tsx"` in the manifest of a package of the same repository, or among its `imports`, whose file the
 * diff since the last READY deployment moved within the package, or which is wrong in case alone.
 */
export const movedEntry: Rule = {
  name: 'moved-entry',
  async propose(error, workspace) {
    if (workspace.partial) return undefined;
    const asked = NO_ENTRY.exec(error.message)?.[1] ?? unresolvedSpecifierOf(error);
    const lost = NO_FILE.exec(error.message)?.[1];
    const answers = workspace.paths.flatMap((path) =>
      /(?:^|\/)package\.json$/.test(path) ? (repairManifest(workspace, path, { ...error, asked, lost }) ?? []) : [],
    );
    const [only, another] = answers;
    if (!only || another) return undefined;
    const { manifest, text, was, is, line, target } = only;
    if (error.file !== undefined && !(await offers(workspace, error.file, { asked, target }))) return undefined;
    return {
      files: new Map([[manifest, text]]),
      cause: `${manifest}, line ${line}, names \`${was}\`, and no such file exists.`,
      change: `Names \`${is}\`, where that file stands now.`,
    };
  },
};

interface Asked {
  readonly file?: string;
  /** The specifier that leads nowhere. */
  readonly asked: string | undefined;
  /** The file of the repository that is not there, where the log names it. */
  readonly lost: string | undefined;
}

interface Repaired {
  readonly manifest: string;
  readonly text: string;
  readonly was: string;
  readonly is: string;
  readonly line: number;
  /** The file that the entry leads to now; undefined for a pattern. */
  readonly target: string | undefined;
}

function repairManifest(workspace: Workspace, manifest: string, error: Asked): Repaired | undefined {
  const text = workspace.read(manifest);
  const root = text === undefined ? undefined : parseTree(text);
  if (text === undefined || !root) return undefined;
  const folder = directoryOf(manifest);
  const stale = entriesOf(root).filter((entry) => isAsked(workspace, manifest, { entry, error }));
  const moves = new Map(
    stale.flatMap(({ value }) => {
      const now = newPathOf(workspace, folder, value);
      return now === undefined ? [] : [[value, now] as const];
    }),
  );
  const [first] = moves;
  if (!first) return undefined;
  const places = entriesOf(root).filter(({ value }) => moves.has(value));
  const edits = places.map(({ node, value }) => ({
    start: node.offset + 1,
    end: node.offset + node.length - 1,
    text: moves.get(value) ?? value,
  }));
  const [was, is] = first;
  const target = is.includes('*') ? undefined : joinPath(folder, is);
  const line = lineOf(text, places[0]?.node.offset ?? 0);
  return { manifest, text: replaceRanges(text, edits), was, is, line, target };
}

interface Entry {
  /** As an importer writes it after the package's name: `.`, `./meter`, `#meter`; patterns have a `*`. */
  readonly key: string;
  readonly value: string;
  readonly node: Node;
}

function entriesOf(root: Node): Entry[] {
  return propertiesOf(root).flatMap(({ key, value }) => {
    if (ENTRIES.includes(key)) return textsIn(value, '.');
    if (key !== 'exports' && key !== 'imports') return [];
    const isMap = propertiesOf(value).some((property) => /^[.#]/.test(property.key));
    return isMap
      ? propertiesOf(value).flatMap((property) => textsIn(property.value, property.key))
      : textsIn(value, '.');
  });
}

function propertiesOf(node: Node): { readonly key: string; readonly value: Node }[] {
  if (node.type !== 'object') return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    typeof key?.value === 'string' && value ? [{ key: key.value, value }] : [],
  );
}

function textsIn(node: Node, key: string): Entry[] {
  if (node.type === 'string') return [{ key, value: String(node.value), node }];
  const inner = node.type === 'object' ? propertiesOf(node).map(({ value }) => value) : (node.children ?? []);
  return inner.flatMap((child) => textsIn(child, key));
}

function isAsked(
  workspace: Workspace,
  manifest: string,
  { entry, error }: { readonly entry: Entry; readonly error: Asked },
): boolean {
  const { asked, lost, file } = error;
  const folder = directoryOf(manifest);
  if (lost !== undefined && !entry.key.includes('*') && joinPath(folder, entry.value) === lost) return true;
  if (asked === undefined) return false;
  if (asked.startsWith('#')) return isNearest(workspace, manifest, file) && matches(entry.key, asked);
  const name = packageNameOf(asked);
  if (name === undefined || readConfig(workspace, manifest)?.name !== name) return false;
  return matches(entry.key, `.${asked.slice(name.length)}`);
}

/** Whether the manifest is that of the package which the file belongs to. */
function isNearest(workspace: Workspace, manifest: string, file: string | undefined): boolean {
  for (let folder = file === undefined ? '' : directoryOf(file); ; folder = directoryOf(folder)) {
    const path = inFolder(folder, 'package.json');
    if (workspace.exists(path)) return path === manifest;
    if (folder === '') return false;
  }
}

function matches(key: string, subpath: string): boolean {
  const [start = '', end] = key.split('*');
  if (end === undefined) return key === subpath;
  return subpath.length > start.length + end.length && subpath.startsWith(start) && subpath.endsWith(end);
}

/** The entry as it has to be written now; undefined where it leads to a file, or nothing says where that went. */
function newPathOf(workspace: Workspace, folder: string, value: string): string | undefined {
  const write = (path: string) =>
    path.startsWith(inFolder(folder, '')) ? (value.startsWith('./') ? './' : '') + below(folder, path) : undefined;
  const target = joinPath(folder, value);
  if (target === undefined) return undefined;
  if (target.includes('*')) {
    const now = newPatternOf(workspace, target);
    return now === undefined ? undefined : write(now);
  }
  if (workspace.exists(target)) return undefined;
  const moved = workspace.changes.filter(({ status, previousPath }) => status === 'renamed' && previousPath === target);
  const [change] = moved.length > 0 ? moved : sameNameInDiff(workspace, folder, target);
  if (change && ((STANDS_IN.test(change.path) && !STANDS_IN.test(target)) || isBuilt(workspace, folder, target)))
    return undefined;
  if (change) return write(change.path);
  const [spelling, another] = findNearPaths(workspace, value, target, ['']);
  return another === undefined && spelling?.toLowerCase() === value.toLowerCase() ? spelling : undefined;
}

/** Whether the folder of the entry is what a build of the package writes since the file went. */
function isBuilt(workspace: Workspace, folder: string, target: string): boolean {
  const name = below(folder, target).split('/', 1)[0] ?? '';
  const word = new RegExp(`(?<![\\w-])${escapePattern(name)}(?![\\w-])`);
  const scripts = JSON.stringify(readConfig(workspace, inFolder(folder, 'package.json'))?.scripts ?? '');
  const ignored = [folder, ''].map((place) => workspace.read(inFolder(place, '.gitignore')) ?? '').join('\n');
  return !/^src$/.test(name) && (word.test(scripts) || word.test(ignored));
}

function below(folder: string, path: string): string {
  return folder === '' ? path : path.slice(folder.length + 1);
}

/** The one file that came with the name of the one that went, within the package. */
function sameNameInDiff(workspace: Workspace, folder: string, target: string) {
  const name = target.slice(target.lastIndexOf('/') + 1);
  const bears = (path: string) => path.startsWith(inFolder(folder, '')) && path.endsWith(`/${name}`);
  const removed = workspace.changes.filter(({ status, path }) => status === 'removed' && bears(path));
  const added = workspace.changes.filter(({ status, path }) => status === 'added' && bears(path));
  return removed.length === 1 && removed[0]?.path === target && added.length === 1 ? added : [];
}

/** A pattern none of whose files is left, as all of them went to one other folder under the same names. */
function newPatternOf(workspace: Workspace, pattern: string): string | undefined {
  const [start = '', end = '', more] = pattern.split('*');
  const isOf = (path: string) => path.startsWith(start) && path.endsWith(end);
  if (more !== undefined || !start.endsWith('/') || workspace.tree.some(isOf)) return undefined;
  const moved = workspace.changes.filter(
    ({ status, previousPath }) => status === 'renamed' && isOf(previousPath ?? ''),
  );
  const starts = new Set(
    moved.map(({ path, previousPath = '' }) => {
      const rest = previousPath.slice(start.length);
      return path.endsWith(`/${rest}`) ? path.slice(0, path.length - rest.length) : undefined;
    }),
  );
  const [only] = starts;
  return starts.size === 1 && only !== undefined ? `${only}*${end}` : undefined;
}

/** Whether the file of the entry exports all that the importer takes from it. */
async function offers(
  workspace: Workspace,
  importer: string,
  { asked, target }: { readonly asked: string | undefined; readonly target: string | undefined },
): Promise<boolean> {
  const text = isScript(importer) ? workspace.read(importer) : undefined;
  if (text === undefined || target === undefined || !isScript(target)) return true;
  const exported = await exportsOf(workspace, target);
  const uses = specifiersOf(await workspace.parse(importer, text)).filter(({ specifier }) => specifier === asked);
  return !exported?.complete || uses.every(({ names }) => names.every((name) => exported.names.has(name)));
}
