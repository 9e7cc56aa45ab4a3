import type { BuildError } from '../../diagnosis/diagnosis.js';
import { baseName, extensionOf, folderOf, isLockfile, isTemplate } from '../readable-files.js';
import { joinPath } from '../repository-index.js';
import { findSimilar } from '../similar-names.js';
import type { LocatedError, Survey } from '../survey.js';
import { type Suspicion, type SuspicionRule, suspectEach, suspectIfAny } from './suspicion.js';

/** A file or folder that was opened at build time and is not there. */
export const suspectMissingInput: SuspicionRule = (located, survey) => {
  const { error } = located;
  if (error.kind !== 'file-missing') return [];
  const path = readMissingPath(error);
  if (path === undefined) return [];
  if (error.tool === 'sveltekit') return suspectMatcher(path, located, survey);
  return [
    ...suspectLayoutFolder(path, located, survey),
    ...suspectGiver(path, located),
    ...suspectMissingPath(path, located, survey),
  ];
};

/** `content/undefined.md`: whoever opens it was given nothing to open by its caller. */
function suspectGiver(path: string, { trace }: LocatedError): Suspicion[] {
  return /(?:^|[/.])(?:undefined|null|NaN|\[object \w+\])(?:[/.]|$)/.test(path)
    ? suspectEach(trace.slice(0, 1), 0.9, `gives what makes ${baseName(path)} of a name`)
    : [];
}

/** Eleventy looks for layouts in one folder; where they lie in another, its settings do not say so. */
function suspectLayoutFolder(path: string, { error }: LocatedError, { index }: Survey): Suspicion[] {
  const at = path.indexOf('_includes/');
  if (error.tool !== 'eleventy' || at < 0) return [];
  const folder = path.slice(0, at);
  const found = index.findByName(baseName(path));
  if (found.length === 0 || found.some((other) => other.startsWith(`${folder}_includes/`))) return [];
  return suspectEach(
    index.paths.filter((other) => /^(?:eleventy\.config\.[cm]?js|\.eleventy\.c?js)$/.test(other)),
    0.93,
    `does not say that layouts are in ${folderOf(found[0] ?? '')}`,
  );
}

/** SvelteKit looks for a parameter's matcher in any language: it is in that of its neighbours. Routes are named after it. */
function suspectMatcher(path: string, { trace }: LocatedError, { index }: Survey): Suspicion[] {
  const [neighbour] = index.listFolder(folderOf(path));
  const matcher = `${path}.${neighbour === undefined ? 'ts' : extensionOf(neighbour)}`;
  return [...suspectIfAny(matcher, 0.9, 'does not exist'), ...suspectEach(trace, 0.7, `asks for ${path}`)];
}

function readMissingPath({ specifier, symbol, message }: BuildError): string | undefined {
  const named = specifier ?? symbol ?? /['"]([^'"\n]{2,300})['"]/.exec(message)?.[1];
  return named?.replace(/^\/vercel\/path\d+\//, '').replace(/^\.\//, '');
}

/** Where a file that was opened at build time may have been meant to lie. */
export function guessMissingPaths(error: BuildError, rootDirectory: string): string[] {
  const path = readMissingPath(error);
  if (path === undefined) return [];
  const isInside = rootDirectory !== '' && path.startsWith(`${rootDirectory}/`);
  return [...new Set([joinPath(isInside ? '' : rootDirectory, path), joinPath(path)])].filter((guess) => guess !== '');
}

/** Who asks for the path, what else it may mean, and the path itself. */
export function suspectMissingPath(path: string, located: LocatedError, survey: Survey): Suspicion[] {
  const { index, files } = survey;
  const name = baseName(path);
  const twin = index.findCaseTwin(path) ?? index.findCaseTwin(joinPath(survey.rootDirectory, path));
  const neighbours = index.listFolder(folderOf(path)).map(baseName);
  const similar = findSimilar(name, neighbours);
  const naming = [...files].filter(([file, text]) => !isLockfile(file) && file !== path && text.includes(name));
  const home = located.error.package?.endsWith('/') === true ? joinPath(located.error.package) : undefined;
  const inside = naming.filter(([file]) => home !== undefined && file.startsWith(`${home}/`));
  const speakers = (inside.length > 0 ? inside : naming).map(([file]) => file);
  const scripts = speakers.filter((file) => baseName(file) === 'package.json' || baseName(file) === 'vercel.json');
  const callers = findCallers(located, speakers, survey);
  const known = twin !== undefined || similar !== undefined;
  return [
    ...suspectEach(
      callers.filter((file) => !scripts.includes(file)),
      known ? 0.85 : 0.72,
      `asks for ${path}`,
    ),
    ...suspectEach(scripts, located.places.length > 0 ? 0.4 : known ? 0.85 : 0.75, `names ${name}`),
    ...suspectEach(
      speakers.filter((file) => !callers.includes(file) && !scripts.includes(file)),
      0.3,
      `names ${name}`,
    ),
    ...suspectIfAny(twin, 0.3, 'its name differs in case only'),
    ...suspectIfAny(
      twin === undefined && !index.hasFolder(path) ? path : undefined,
      known ? 0.3 : 0.5,
      'does not exist',
    ),
    ...findIgnoring(path, survey).map((file) => ({
      path: file,
      weight: 0.45,
      reason: `keeps ${path} out of the repository`,
    })),
  ];
}

/** The log's places; content that does not write the name itself got it from a file that does. */
function findCallers(
  { places, trace }: LocatedError,
  speakers: readonly string[],
  { files }: Survey,
): readonly string[] {
  const isSilent = (path: string) => isTemplate(path) && files.has(path) && !speakers.includes(path);
  if (places.length > 0) return speakers.length > 0 && places.every(isSilent) ? speakers : places;
  return trace.length > 0 ? trace.slice(0, 1) : speakers;
}

/** Ignore files with a line that matches the path; only the plain forms of a pattern are read. */
function findIgnoring(path: string, { files }: Survey): string[] {
  return [...files]
    .filter(([file]) => /(?:^|\/)\.(?:git|vercel)ignore$/.test(file) && path.startsWith(folderOf(file)))
    .filter(([, text]) => text.split('\n').some((line) => matchesIgnore(line.trim(), path)))
    .map(([file]) => file);
}

function matchesIgnore(line: string, path: string): boolean {
  if (line === '' || line.startsWith('#') || line.startsWith('!')) return false;
  const pattern = line.replace(/^\/|\/$/g, '');
  if (pattern.startsWith('*.')) return path.endsWith(pattern.slice(1));
  const anchored = pattern.replace(/\/\*{1,2}$/, '');
  if (anchored.includes('*') || anchored === '') return false;
  return `/${path}/`.includes(`/${anchored}/`) && (!line.startsWith('/') || path.startsWith(anchored));
}
