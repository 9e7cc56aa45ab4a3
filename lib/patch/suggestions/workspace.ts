import { type AliasScope, createAliasFinder } from '../../context/path-aliases.js';
import { indexRepository } from '../../context/repository-index.js';
import { findRouteFiles, listRoutes, type RouteFiles } from '../../context/routes.js';
import type { FileChange, RepositoryContext } from '../../context/source.js';
import { parseFile } from '../syntax/parse-file.js';
import { type ParsedSource, parseSource } from './syntax/parse.js';

/** The working copy that rules see: the files that were read, as the edits so far have left them, and the tree. */
export interface Workspace {
  /** Text as of now; undefined when the file does not exist or was not read. */
  read(path: string): string | undefined;
  /** `parseSource`, done once for the same text. */
  parse(path: string, text: string): Promise<ParsedSource>;
  /** Whether the file as of now is one that its parser refuses; asked once for the same text. */
  isBroken(path: string, text: string): Promise<boolean>;
  /** Paths of all files that were read. */
  readonly paths: readonly string[];
  /** Whether the tree holds a file at exactly this path. */
  exists(path: string): boolean;
  /** Every file of the tree, read or not. Empty directories do not exist. */
  readonly tree: readonly string[];
  /** True when files may exist that `tree` does not name: absence proves nothing then. */
  readonly partial: boolean;
  /** What changed since the last READY deployment; empty when unknown. */
  readonly changes: readonly FileChange[];
  readonly rootDirectory: string;
  /** What import specifiers stand for in a file's folder, by the compiler's, the bundler's and the framework's mapping. */
  findAliases(importer: string): AliasScope;
  /** The page, layouts and loaders behind a route such as `/blog/[slug]`. */
  findRoute(route: string): RouteFiles;
  /** Every route without parameters, such as `/guides/knots`. */
  listRoutes(): readonly string[];
}

/** `edits` is read at every call: what is added to it later counts. */
export function openWorkspace(context: RepositoryContext, edits: ReadonlyMap<string, string>): Workspace {
  const tree = context.tree.entries
    .filter((entry) => entry.mode === '100644' || entry.mode === '100755')
    .map((entry) => entry.path);
  const known = new Set(tree);
  const parsed = new Map<string, { readonly text: string; readonly source: Promise<ParsedSource> }>();
  const broken = new Map<string, { readonly text: string; readonly answer: Promise<boolean> }>();
  const index = indexRepository(context.tree);
  // A mapping that an edit just mended counts for the errors after it.
  let mapped = -1;
  let findAliases = createAliasFinder(index, context.files);
  return {
    read: (path) => edits.get(path) ?? context.files.get(path),
    parse: (path, text) => {
      const before = parsed.get(path);
      if (before?.text === text) return before.source;
      const source = parseSource(path, text);
      parsed.set(path, { text, source });
      return source;
    },
    isBroken: (path, text) => {
      const before = broken.get(path);
      if (before?.text === text) return before.answer;
      const answer = parseFile(path, text).then(({ errors }) => errors.length > 0);
      broken.set(path, { text, answer });
      return answer;
    },
    paths: [...context.files.keys()],
    exists: (path) => known.has(path),
    tree,
    partial: context.tree.truncated,
    changes: context.changes ?? [],
    rootDirectory: context.rootDirectory,
    findAliases: (importer) => {
      if (mapped !== edits.size) {
        mapped = edits.size;
        findAliases = createAliasFinder(index, new Map([...context.files, ...edits]));
      }
      return findAliases(importer);
    },
    findRoute: (route) => findRouteFiles(index, context.rootDirectory, route),
    listRoutes: () => listRoutes(index, context.rootDirectory),
  };
}
