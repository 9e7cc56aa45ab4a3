import { targetOf } from './import-graph.js';
import { isLockfile } from './readable-files.js';
import { findBearers, undefinedName } from './references.js';
import { findSimilar } from './similar-names.js';
import type { LocatedError, Survey } from './survey.js';
import { escapePattern } from './word-pattern.js';

const MOST_NOTES = 8;
const MOST_NAMED = 6;

/**
 * What the files shown cannot tell about modules and names at fault: who else imports the module and what they take,
 * who exports the name, and which name is near. Each note is one line.
 */
export function writeNotes(survey: Survey): string[] {
  const notes = survey.errors.slice(0, 15).flatMap((located) => {
    switch (located.error.kind) {
      case 'export-missing':
        return [...noteImporters(located, survey), ...noteExporters(located.error.symbol, survey)];
      case 'module-not-found':
        return noteImporters(located, survey);
      default:
        return [
          ...noteExporters(undefinedName(located.error), survey),
          ...noteOccurrences(located, survey),
          ...noteCallers(located, survey),
        ];
    }
  });
  return [...new Set(notes)].slice(0, MOST_NOTES);
}

/** Who imports the module at fault, under which names. */
function noteImporters({ error, file, trace }: LocatedError, { graph, resolver, index }: Survey): string[] {
  const { specifier } = error;
  const importer = file ?? trace[0];
  if (specifier === undefined) return [];
  const resolution = importer === undefined ? undefined : resolver.resolve(importer, specifier);
  const missing = resolution?.outcome === 'missing-file' ? resolution.path : undefined;
  const target = index.has(specifier) ? specifier : resolution && targetOf(resolution);
  const edges =
    target !== undefined
      ? graph.edgesTo(target)
      : missing !== undefined
        ? graph.edges.filter((edge) => edge.resolution.outcome === 'missing-file' && edge.resolution.path === missing)
        : [];
  const users = edges.map(({ importer: user, declaration }) => {
    const names = declaration.names.map(({ imported }) => imported).filter((name) => name !== '*');
    return names.length > 0 ? `${quote(user)} (${names.slice(0, MOST_NAMED).map(quote).join(', ')})` : quote(user);
  });
  return users.length === 0 ? [] : [`${quote(target ?? missing ?? specifier)} is imported by: ${shorten(users)}`];
}

const WRONG_COUNT = new Set('TS2554 TS2555 TS2556'.split(' '));

/** Who else imports the functions that are called with too many or too few arguments: compilers may stop at the first. */
function noteCallers({ error, file }: LocatedError, { files, graph }: Survey): string[] {
  if (!WRONG_COUNT.has(error.code ?? '') || file === undefined || error.line === undefined) return [];
  const line = files.get(file)?.split('\n')[error.line - 1]?.slice(0, 1_000) ?? '';
  return graph.edgesFrom(file).flatMap(({ declaration, resolution }) => {
    const target = targetOf(resolution);
    const called = declaration.names.find(({ local }) => line.includes(`${local}(`));
    if (target === undefined || called === undefined) return [];
    const others = graph
      .edgesTo(target)
      .filter((edge) => edge.importer !== file)
      .filter((edge) => edge.declaration.names.some(({ imported }) => imported === called.imported))
      .map(({ importer }) => quote(importer));
    const where = others.length === 0 ? 'by no other file read' : `by: ${shorten(others)}`;
    return [`${quote(called.imported)} of ${quote(target)} is also imported ${where}`];
  });
}

const NO_MEMBER = new Set('TS2339 TS2551 TS2353 TS2561'.split(' '));

/** Which other files write the member that a type lacks: compilers may stop at the first, and a rename concerns them all. */
function noteOccurrences({ error, file }: LocatedError, { files }: Survey): string[] {
  const { symbol } = error;
  if (symbol === undefined || symbol.length < 3 || !NO_MEMBER.has(error.code ?? '') || file === undefined) return [];
  const word = new RegExp(`(?<![\\w$])${escapePattern(symbol)}(?![\\w$])`);
  const others = [...files].flatMap(([path, text]) =>
    path !== file && !isLockfile(path) && word.test(text) ? path : [],
  );
  const where = others.length === 0 ? 'in no other file read' : `in: ${shorten(others.map(quote))}`;
  return [`${quote(symbol)} is also written ${where}`];
}

/** Who exports the name and how its users import it; where nobody does, the nearest name. */
function noteExporters(name: string | undefined, survey: Survey): string[] {
  if (name === undefined || name.length < 2 || name === 'default') return [];
  const { files, graph } = survey;
  const exporting = [...files.keys()].filter((path) => graph.readOutline(path)?.exports.has(name));
  const written = graph.edges.find(
    ({ declaration, resolution }) =>
      declaration.form === 'import' &&
      resolution.outcome === 'file' &&
      declaration.names.some(
        ({ imported, local }) =>
          (imported === name && exporting.includes(resolution.path)) ||
          (imported === 'default' && local === name && graph.readOutline(resolution.path)?.exports.has('default')),
      ),
  );
  const usage = written && `${quote(written.importer)} imports it from ${quote(written.declaration.specifier)}`;
  if (exporting.length > 0)
    return [`${quote(name)} is exported by: ${shorten(exporting.map(quote))}${usage ? `; ${usage}` : ''}`];
  const bearing = findBearers(name, survey.index).filter((path) => graph.readOutline(path)?.exports.has('default'));
  if (bearing.length > 0)
    return [`${quote(name)} may be the default export of: ${shorten(bearing.map(quote))}${usage ? `; ${usage}` : ''}`];
  const all = new Set([...files.keys()].flatMap((path) => [...(graph.readOutline(path)?.exports ?? [])]));
  const similar = findSimilar(name, all);
  return similar === undefined ? [] : [`no file read exports ${quote(name)}; the nearest name is ${quote(similar)}`];
}

function shorten(items: readonly string[]): string {
  const distinct = [...new Set(items)];
  const left = distinct.length - MOST_NAMED;
  return `${distinct.slice(0, MOST_NAMED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}

/** Names and paths are strangers': one that holds a line break must not start a line of its own. */
function quote(name: string): string {
  const short = name.slice(0, 200);
  return /\s/.test(short) ? JSON.stringify(short) : short;
}
