import { isConfigFile } from '../diagnosis/config-files.js';
import { baseName, folderOf } from './readable-files.js';
import type { RepositoryContext } from './source.js';
import type { Survey } from './survey.js';

/** Errors in the form of a file, which nothing beside it changes. */
const FORM_KINDS = new Set(['syntax', 'json', 'lint']);
const CENTRAL_SUSPECTS = 3;
const MOST_CHANGED = 5;
const MOST_READERS = 3;
const DATA = /\.(?:json|ya?ml|toml|csv)$/;

/** Whether every error is one in the form of a file, which no other file bears on. */
export function isAboutForm({ errors }: Survey): boolean {
  return errors.length > 0 && errors.every(({ error }) => FORM_KINDS.has(error.kind));
}

/**
 * What stands next to the likeliest suspects and may tell how the rest of the repository does it: what reads the data
 * among them, the suspects behind them, what they import, who imports them, the tools' settings where the failure has no
 * place, what changed with them, and their neighbours. The nearest first.
 */
export function listCompany(survey: Survey, { suspects, changes }: RepositoryContext): string[] {
  const changed = (changes ?? [])
    .filter(({ status }) => status !== 'removed')
    .slice(0, MOST_CHANGED)
    .map(({ path }) => path);
  // What comes after a fault in the form of a file is likeliest in what changed with it.
  if (isAboutForm(survey)) return changed;
  const central = suspects.slice(0, CENTRAL_SUSPECTS).map(({ path }) => path);
  const imported = central.flatMap((path) =>
    survey.graph.edgesFrom(path).flatMap(({ resolution }) => (resolution.outcome === 'file' ? [resolution.path] : [])),
  );
  const importersOf = (paths: readonly string[]) =>
    paths.flatMap((path) => survey.graph.edgesTo(path).map(({ importer }) => importer));
  // Data says nothing of what is made of it: whether it adds to another file or takes its place.
  const readers = importersOf(central.filter((path) => DATA.test(path))).slice(0, MOST_READERS);
  const hasPlace = survey.errors.some(({ places }) => places.length > 0);
  const settings = hasPlace ? [] : listSettings(survey);
  const beside = central.slice(0, 1).flatMap((path) => listNeighbours(folderOf(path), survey));
  return [
    ...new Set([
      ...readers,
      ...suspects.map(({ path }) => path),
      ...imported,
      ...settings,
      ...importersOf(central),
      ...changed,
      ...beside,
    ]),
  ];
}

function listNeighbours(folder: string, { index, rootDirectory }: Survey): readonly string[] {
  return folder === rootDirectory || folder === '' ? [] : index.listFolder(folder);
}

/** Settings in the root directory, where an error without a place may come from. */
function listSettings({ index, rootDirectory }: Survey): string[] {
  return index
    .listFolder(rootDirectory)
    .filter((path) => isConfigFile(path) && !/^(?:package|[jt]sconfig.*)\.json$/.test(baseName(path)));
}
