import type { BuildError } from '../../diagnosis/diagnosis.js';
import { findByPattern } from '../globs.js';
import { baseName, extensionOf, folderOf, isSource } from '../readable-files.js';
import { findRouteFiles } from '../routes.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

/** Errors that belong to the file they stand in, whatever else is around. */
const AT_HOME = new Set(['syntax', 'lint', 'json', 'style', 'route-contract', 'config', 'client-boundary']);

/** Errors about something that another file may lack; rules of their own weigh importer and target. */
const BETWEEN_FILES = new Set(['module-not-found', 'export-missing', 'file-missing']);

/** The places that the log names, and the files it ties to them. */
export const suspectLogPlaces: SuspicionRule = ({ error, file, places, trace }) => {
  const [user] = file !== undefined && isOfHooks(error, file) ? trace : [];
  return [
    ...suspectEach(places, user === undefined ? weightOfPlace(error) : 0.6, 'the log names it'),
    ...suspectEach(user === undefined ? [] : [user], 0.87, 'runs on the server what only the browser can'),
    ...suspectEach(trace, places.length === 0 ? 0.6 : 0.12, 'the log ties it to the error'),
  ];
};

/** A module of hooks cannot bear the mark: the component that calls them has to. */
function isOfHooks({ kind, message }: BuildError, file: string): boolean {
  return kind === 'client-boundary' && /\.[cm]?[jt]s$/.test(file) && /Server Component/.test(message);
}

/** What compilers say of a value whose type was lost elsewhere. */
const OF_UNKNOWN =
  /is of type 'unknown'|^Type 'unknown' is not|Argument of type 'unknown'|implicitly has an 'any' type/;

function weightOfPlace(error: BuildError): number {
  // The module that bears the mark is right; who takes it into the browser is not.
  if (error.kind === 'client-boundary' && error.message.includes('server-only')) return 0.5;
  if (AT_HOME.has(error.kind)) return 0.85;
  if (error.code === 'assertion') return 0.4;
  if (error.kind === 'type' && OF_UNKNOWN.test(error.message)) return 0.5;
  // Package managers speak of the root's package.json; which one declares the package is another rule's question.
  if (error.kind === 'package-missing' || error.kind === 'peer-conflict') return 0.3;
  return isBetweenFiles(error) ? 0.35 : 0.7;
}

function isBetweenFiles({ kind, specifier, symbol }: BuildError): boolean {
  return BETWEEN_FILES.has(kind) && (specifier ?? symbol) !== undefined;
}

/** A component whose template lies in a file of its own: an error in one may be mended in the other. */
export const suspectTemplateTwin: SuspicionRule = ({ file }, { index }) => {
  if (file === undefined || !/\.(?:component\.)?(?:html|ts)$/.test(file) || !baseName(file).includes('.component.'))
    return [];
  const stem = file.slice(0, -extensionOf(file).length);
  const twins = ['html', 'ts'].map((extension) => stem + extension).filter((path) => path !== file && index.has(path));
  return suspectEach(twins, 0.35, 'template and class of the same component');
};

/**
 * Files that the message names in passing, for errors without a place: by path, by file name, or by a name that one
 * file bears (`entries -> first-post`).
 */
export const suspectMentionedFiles: SuspicionRule = ({ error, places, route: own }, { index, rootDirectory }) => {
  const words = error.message.slice(0, 2000).match(/[\w@.[\]()$+/-]{3,200}/g) ?? [];
  const named: string[] = [];
  const hinted: string[] = [];
  for (const raw of new Set(words)) {
    const word = raw.replace(/^[("'[./]+|[)"',.:;]+$/g, '');
    const byName = index.findByName(baseName(word)).filter((path) => path === word || path.endsWith(`/${word}`));
    named.push(...byName.sort((a, b) => distance(a, rootDirectory) - distance(b, rootDirectory)).slice(0, 2));
    if (places.length === 0 && byName.length === 0 && /[-_]|[a-z][A-Z]/.test(word) && !word.includes('/')) {
      const bearing = index.paths.filter((path) => baseName(path).slice(0, -extensionOf(path).length - 1) === word);
      if (bearing.length === 1) hinted.push(...bearing);
    }
  }
  const [headed] = /^(?:\w{0,60}Error: )?\S{3,200}\.(?:mdx?|json|ya?ml|toml|csv)(?=:? )/.exec(error.message) ?? [];
  const entries = named.filter((path) => places.length === 0 && headed?.endsWith(path));
  const routes = words.filter((word) => word.startsWith('/') && word.includes('['));
  const answering = routes.slice(0, 4).flatMap((route) => {
    const { pages, loaders } = findRouteFiles(index, rootDirectory, route);
    return [...loaders, ...pages];
  });
  return [
    ...suspectEach(
      places.length === 0 && own === undefined ? answering : [],
      0.6,
      'answers a route that the message names',
    ),
    ...suspectEach(entries, 0.75, 'is the entry that the message speaks of'),
    ...suspectEach(named, places.length === 0 ? 0.65 : isBetweenFiles(error) ? 0.08 : 0.2, 'the message names it'),
    ...suspectEach(hinted, speaksOfData(error.message) ? 0.8 : 0.6, 'the message speaks of something of this name'),
    ...suspectEach(
      places.length === 0 ? findByPattern(error.message, index, rootDirectory) : [],
      0.55,
      'the message’s pattern takes it in',
    ),
  ];
};

/** Of what stands at the head of a piece of content, and is wrong there. */
function speaksOfData(message: string): boolean {
  return /front[ -]?matter|[Mm]etadata of|[Rr]equired\b.{0,40}\bfield|[Ff]ield .{0,60}\b(?:required|missing)|[Ii]nvalid (?:entry|record|row|field)/.test(
    message.slice(0, 1_000),
  );
}

/** What the code of the faulty line uses: its definition may be the one to change. */
export const suspectDefinitions: SuspicionRule = ({ error, file }, { files, graph }) => {
  if (
    file === undefined ||
    error.line === undefined ||
    !['type', 'prerender', 'page-data', 'other'].includes(error.kind)
  )
    return [];
  const rows = files.get(file)?.split('\n') ?? [];
  const line = rows[error.line - 1];
  if (line === undefined || /^\s*import\b/.test(line)) return [];
  const words = withSources(wordsOf(line), rows.slice(0, error.line - 1));
  const used = graph.edgesFrom(file).flatMap(({ declaration, resolution }) => {
    const taken = declaration.names.some(({ local }) => words.has(local));
    return taken && resolution.outcome === 'file' && isSource(resolution.path) ? [resolution.path] : [];
  });
  return suspectEach(used, 0.25, `defines what ${baseName(file)} uses on line ${error.line}`);
};

function wordsOf(line: string): ReadonlySet<string> {
  return new Set(line.slice(0, 2_000).match(/[A-Za-z_$][\w$]*/g) ?? []);
}

/** The names, and those from which the local variables among them were made: `const tide = readTide(harbour);`. */
function withSources(words: ReadonlySet<string>, above: readonly string[]): ReadonlySet<string> {
  const sources = above
    .filter((row) => row.length < 500)
    .flatMap((row) => {
      const match = /\b(?:const|let|var) ([^=]{1,200})=(.*)$/.exec(row);
      const isMeant = match?.[1] !== undefined && [...wordsOf(match[1])].some((word) => words.has(word));
      return isMeant ? [...wordsOf(match[2] ?? '')] : [];
    });
  return new Set([...words, ...sources]);
}

function distance(path: string, rootDirectory: string): number {
  const inside = rootDirectory === '' || path.startsWith(`${rootDirectory}/`);
  return (inside ? 0 : 100) + folderOf(path).split('/').length;
}
