import { isConfigFile } from '../../diagnosis/config-files.js';
import { isAboutForm } from '../company.js';
import { targetOf } from '../import-graph.js';
import { baseName, folderOf, isOfTests, isReadable } from '../readable-files.js';
import type { Survey } from '../survey.js';
import type { Suspicion } from './suspicion.js';

/** The likeliest suspects, whose neighbours are looked at. */
const CENTRAL = 2;
/** Who uses a module that many use is not at fault in it. */
const MOST_IMPORTERS = 6;
/** Failures of code that ran, which data may have led astray. */
const RUNS_CODE = new Set(['prerender', 'page-data', 'script-failed']);
const DATA = /\.(?:json|ya?ml|toml|csv|mdx?)$/;
const MOST_REACHED = 40;
const MOST_HOLDING = 3;

/** What no edit repairs. */
const OF_NO_FILE = new Set(['variable-missing', 'network', 'memory', 'timeout', 'size']);

/** Settings that a message may mean by the folder they stand in. */
const OF_FOLDER = ['tsconfig.json', 'package.json', 'index.ts', 'index.tsx', 'index.js', 'src/index.ts'];

/**
 * What stands next to the likeliest suspects, where few files are suspected: modules and folders that a message gives
 * without an extension, the other files of the same component or route, what they import, and who imports them. Of the
 * latter those that share most words with the errors come first.
 */
export function suspectNeighbours(survey: Survey, ranked: readonly string[], room: number): Suspicion[] {
  if (room <= 0 || isAboutForm(survey) || survey.errors.every(({ error }) => OF_NO_FILE.has(error.kind))) return [];
  const { graph, files, errors, index } = survey;
  const answering = errors.flatMap(({ route }) => [...(route?.pages ?? []), ...(route?.loaders ?? [])]);
  const central = [...new Set([...ranked, ...answering])].slice(0, CENTRAL);
  const words = errors.flatMap(({ error }) => error.message.slice(0, 1_000).match(/[A-Za-z_$][\w$]{2,60}/g) ?? []);
  const sharedWords = (path: string) => new Set(words.filter((word) => files.get(path)?.includes(word))).size;
  const near = [
    ...errors.flatMap(({ error }) => pathsWithoutExtension(error.message, survey)),
    ...errors.flatMap(({ error }) => listDataWith(error.kind === 'type' ? error.symbol : undefined, survey)),
    ...central.flatMap((path) => listTwins(path, survey)),
    ...answering.map((path) => ({ path, reason: 'answers the same route' })),
    ...(errors.some(({ error }) => RUNS_CODE.has(error.kind)) ? listData() : []),
    ...central.flatMap(listLinked).sort((a, b) => sharedWords(b.path) - sharedWords(a.path)),
    ...(central.length === 0 ? listSettings(survey) : []),
  ];
  const paths = near.map(({ path }) => path);
  return near
    .filter(({ path }, at) => paths.indexOf(path) === at && !ranked.includes(path))
    .filter(({ path }) => isReadable(path) && index.has(path) && !isOfTests(path))
    .slice(0, room)
    .map(({ path, reason }, at) => ({ path, weight: 0.09 - 0.005 * at, reason }));

  function listData(): Neighbour[] {
    const data = graph.reach(central, MOST_REACHED).filter((path) => DATA.test(path));
    return data.map((path) => ({ path, reason: `data behind ${baseName(central[0] ?? '')}` }));
  }

  function listLinked(path: string): Neighbour[] {
    const importers = graph
      .edgesTo(path)
      .map(({ importer }) => ({ path: importer, reason: `imports ${baseName(path)}` }));
    const imported = graph.edgesFrom(path).flatMap(({ resolution }) => {
      const target = targetOf(resolution);
      return target === undefined ? [] : [{ path: target, reason: `${baseName(path)} imports it` }];
    });
    return [...imported, ...(importers.length > MOST_IMPORTERS ? [] : importers)];
  }
}

interface Neighbour {
  readonly path: string;
  readonly reason: string;
}

/** Data whose records have the member that a type lacks: they may have been forgotten when it got another name. */
function listDataWith(member: string | undefined, { files }: Survey): Neighbour[] {
  const key = `"${member}":`;
  const holding = [...files].filter(
    ([path, text]) => path.endsWith('.json') && folderOf(path) !== '' && text.includes(key),
  );
  return member === undefined || holding.length > MOST_HOLDING
    ? []
    : holding.map(([path]) => ({ path, reason: `has records with ${member}` }));
}

/** What tells the tools what to do, for a failure without a place. */
function listSettings({ index, rootDirectory }: Survey): Neighbour[] {
  const listed = index.listFolder(rootDirectory).filter(isConfigFile);
  return [...listed.filter((path) => baseName(path) === 'package.json'), ...listed].map((path) => ({
    path,
    reason: 'tells the tools what to do',
  }));
}

/** Files of one stem in one folder: a page and what loads its data, a component and its sheet. */
function listTwins(path: string, { index }: Survey): Neighbour[] {
  const stemOf = (one: string) => baseName(one).split('.')[0];
  return index
    .listFolder(folderOf(path))
    .filter((other) => other !== path && stemOf(other) === stemOf(path))
    .map((other) => ({ path: other, reason: `belongs to ${baseName(path)}` }));
}

/** What a message calls by its path without an extension: a module, or a folder with settings of its own. */
function pathsWithoutExtension(message: string, { index, rootDirectory }: Survey): Neighbour[] {
  const words = message.slice(0, 2_000).match(/[\w@.[\]()$+-]{1,80}(?:\/[\w@.[\]()$+-]{1,80}){1,12}/g) ?? [];
  return [...new Set(words)].flatMap((word) => {
    const path = word
      .replace(/^(?:\/?vercel\/path\d\/|\.\/)/, '')
      .replace(/[)\].,]+$/, (end) => (end.startsWith(']') ? ']' : ''));
    return [path, rootDirectory === '' ? path : `${rootDirectory}/${path}`].flatMap((one) => {
      const modules = index.listFolder(folderOf(one)).filter((file) => file.startsWith(`${one}.`));
      const inside = OF_FOLDER.map((name) => `${one}/${name}`).filter((file) => index.has(file));
      return [...modules, ...inside].slice(0, 3).map((file) => ({ path: file, reason: 'the message names it' }));
    });
  });
}
