import { buildImportGraph, type ImportGraph } from '../../context/import-graph.js';
import { readManifests } from '../../context/manifests.js';
import { maskCode } from '../../context/mask-code.js';
import { indexRepository } from '../../context/repository-index.js';
import { createResolver } from '../../context/resolve-import.js';
import type { RepositoryContext } from '../../context/source.js';
import { escapePattern } from '../../context/word-pattern.js';
import type { BuildError } from '../../diagnosis/diagnosis.js';
import { namesIn } from './changed-words.js';
import { listRenames } from './renames-in-diff.js';

/** More files than a reader of the repository brings. */
const MOST_REACHED = 500;

/**
 * The files that the edits most likely leave failing: those with an error that none of the edits can have answered, and
 * those that still write a member under the name that the edits replace, of a module that they import.
 */
export function filesLeftOpen(
  context: RepositoryContext,
  edits: ReadonlyMap<string, string>,
  open: readonly BuildError[],
): readonly string[] {
  const replaced = replacedNames(context, edits);
  if (open.length === 0 && replaced.length === 0) return [];
  const files = new Map([...context.files, ...edits]);
  const graph = graphOf(context, files);
  const failing = open.flatMap(({ file }) =>
    file !== undefined && files.has(file) && !isAnswered(file, edits, graph) ? file : [],
  );
  const behind = [...files].flatMap(([path, text]) =>
    !edits.has(path) && replaced.some((name) => isLeft(path, text, name, graph)) ? path : [],
  );
  return [...new Set([...failing, ...behind])];
}

function graphOf({ tree }: RepositoryContext, files: ReadonlyMap<string, string>): ImportGraph {
  const resolver = createResolver({ index: indexRepository(tree), files, manifests: readManifests(files) });
  return buildImportGraph(files, resolver);
}

/** An error goes with its cause, which is in its own file or in one that this imports. */
function isAnswered(file: string, edits: ReadonlyMap<string, string>, graph: ImportGraph): boolean {
  return [...edits.keys()].some((path) => isReached(file, path, graph));
}

function isReached(from: string, to: string, graph: ImportGraph): boolean {
  return graph.reach([from], MOST_REACHED).includes(to);
}

interface ReplacedName {
  /** The module that the latest change renamed it in. */
  readonly path: string;
  readonly before: string;
}

/** Names that the latest change replaced in one module and the edits, after it, in others. */
function replacedNames({ changes = [], files }: RepositoryContext, edits: ReadonlyMap<string, string>): ReplacedName[] {
  const fewer = (name: string) =>
    [...edits].some(([path, text]) => countOf(name, text) < countOf(name, files.get(path) ?? ''));
  return changes.flatMap((change) =>
    edits.has(change.path)
      ? []
      : listRenames(change, { changes }).flatMap(({ before, isText }) =>
          !isText && fewer(before) ? [{ path: change.path, before }] : [],
        ),
  );
}

function countOf(name: string, text: string): number {
  return namesIn(text).filter((word) => word === name).length;
}

/** A module that reads the member of what it imports, or data with the key that such a module imports. */
function isLeft(path: string, text: string, name: ReplacedName, graph: ImportGraph): boolean {
  if (!path.endsWith('.json')) return writesMember(text, name.before) && isReached(path, name.path, graph);
  return (
    text.includes(`"${name.before}"`) &&
    graph.edgesTo(path).some(({ importer }) => isReached(importer, name.path, graph))
  );
}

function writesMember(text: string, name: string): boolean {
  return new RegExp(`\\.${escapePattern(name)}(?![\\w$])`).test(maskCode(text));
}
