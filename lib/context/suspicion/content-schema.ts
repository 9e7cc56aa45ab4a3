import type { BuildError } from '../../diagnosis/diagnosis.js';
import { folderOf } from '../readable-files.js';
import type { RepositoryIndex } from '../repository-index.js';
import { escapePattern } from '../word-pattern.js';
import { shapeOfHead } from './entry-shape.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

/** Where Astro, Nuxt Content, Content Collections, Contentlayer, Velite and Fumadocs say what content looks like. */
const SCHEMA_FILE =
  /(?:^|\/)(?:content\.config|content\/config|content-collections|contentlayer\.config|velite\.config|source\.config)\.[cm]?[jt]s$/;
const MOST_ALIKE = 12;
const SCHEMA_ERROR = /schema|collection|front ?matter/i;

/** Content that does not fit its schema: the entry is wrong more often than the schema. */
export const suspectContentSchema: SuspicionRule = ({ error, places, file }, { index, rootDirectory, files }) => {
  if (error.code === 'entry-not-found' && error.symbol !== undefined) return suspectWriters(error.symbol, files);
  if (error.code === 'collection-not-found' && error.symbol !== undefined)
    return suspectCollection(error.symbol, { index, files });
  if (isOfUnknownCollection(error))
    return suspectEach(
      index.paths.filter((path) => SCHEMA_FILE.test(path)),
      askers(error, files) > 2 ? 0.97 : 0.7,
      'declares no such collection',
    );
  const schemas = findContentSchemas(error, { index, rootDirectory }).filter((path) => !places.includes(path));
  const key = /^\s*\**([\w-]{1,80})\**: .*(?:required|did not match|invalid|expected)/im.exec(error.message)?.[1];
  const alike =
    schemas.length === 0 || key === undefined
      ? []
      : listFellowEntries(file, index).filter(
          (path) => files.has(path) && !new RegExp(`^\\s*["']?${key}["']?\\s*:`, 'm').test(files.get(path) ?? ''),
        );
  const value = key === undefined || file === undefined ? undefined : readValue(files.get(file) ?? '', key);
  const same =
    schemas.length === 0 || value === undefined
      ? []
      : [...files.keys()].filter(
          (path) => path !== file && isEntry(path) && readValue(files.get(path) ?? '', key ?? '') === value,
        );
  return [
    ...suspectEach(same.slice(0, MOST_ALIKE), 0.32, `has the same ${key}`),
    ...suspectEach(schemas, 0.3, 'says what the content has to look like'),
    // A build tells of the first entry only.
    ...suspectEach(alike, 0.32, `lacks ${key} too`),
    ...(schemas.length === 0 ? [] : suspectReaders(file, { index, files })),
  ];
};

/** Pages that read a field which the refused entry alone still has: the next to fail. */
function suspectReaders(
  file: string | undefined,
  { index, files }: { readonly index: RepositoryIndex; readonly files: ReadonlyMap<string, string> },
): Suspicion[] {
  const own = shapeOfHead(files.get(file ?? '') ?? '');
  const fellows = listFellowEntries(file, index).flatMap((path) => shapeOfHead(files.get(path) ?? '') ?? []);
  const left = [...(own?.keys() ?? [])].filter((key) => fellows.length > 1 && !fellows.some((one) => one.has(key)));
  const readers = left.flatMap((key) => {
    const reads = new RegExp(`\\.data\\??\\.${escapePattern(key)}(?![\\w$-])`);
    return [...files].flatMap(([path, text]) => (reads.test(text) ? path : []));
  });
  return suspectEach(readers.slice(0, MOST_ALIKE), 0.5, 'reads a field that only the refused entry has');
}

/** A collection without entries: its declaration looks for them in the wrong place, or whoever asks for it has the wrong name. */
function suspectCollection(
  name: string,
  { index, files }: { readonly index: RepositoryIndex; readonly files: ReadonlyMap<string, string> },
): Suspicion[] {
  const word = escapePattern(name);
  const declared = new RegExp(`(?<![\\w$.-])["']?${word}["']?\\s{0,4}[:=,}]`);
  const declaring = index.paths.filter((path) => SCHEMA_FILE.test(path) && declared.test(files.get(path) ?? ''));
  if (declaring.length > 0) return suspectEach(declaring, 0.95, `declares ${name}, which has no entries`);
  const asks = new RegExp(`\\b(?:getCollection|getEntry|getEntries|reference)\\(\\s{0,20}["']${word}["']`);
  const asking = [...files].filter(([, text]) => asks.test(text)).map(([path]) => path);
  return suspectEach(asking.slice(0, MOST_ALIKE), 0.95, `asks for ${name}, which is no collection`);
}

/** What Astro's types say of a name that no collection has. */
const UNKNOWN_COLLECTION =
  /Argument of type '"[\w-]{1,80}"' is not assignable to parameter of type 'keyof (?:Any|Data|Content)EntryMap'/;

export function isOfUnknownCollection({ message }: BuildError): boolean {
  return UNKNOWN_COLLECTION.test(message.slice(0, 3_000));
}

/** How many files ask for the collection that an error names. */
function askers({ message }: BuildError, files: ReadonlyMap<string, string>): number {
  const name = /Argument of type '"([\w-]{1,80})"'/.exec(message)?.[1] ?? '';
  const asks = new RegExp(
    `\\b(?:getCollection|getEntry|getEntries|reference|CollectionEntry)\\b[(<]\\s*["']${escapePattern(name)}["']`,
  );
  return [...files.values()].filter((text) => asks.test(text)).length;
}

/** Entries that refer to one which is not there. */
function suspectWriters(id: string, files: ReadonlyMap<string, string>): Suspicion[] {
  const written = new RegExp(`(?<![\\w/-])${escapePattern(id)}(?![\\w/-])`);
  const writers = [...files].filter(([path, text]) => isEntry(path) && written.test(text)).map(([path]) => path);
  return suspectEach(writers.slice(0, MOST_ALIKE), 0.9, `refers to ${id}`);
}

/** The files of the project that hold schemas of content, for errors that speak of one. */
export function findContentSchemas(
  { message, code = '' }: BuildError,
  { index, rootDirectory }: { readonly index: RepositoryIndex; readonly rootDirectory: string },
): string[] {
  if (!/Content|Collection/.test(code) && !SCHEMA_ERROR.test(message.slice(0, 1000))) return [];
  return index.paths.filter(
    (path) => SCHEMA_FILE.test(path) && (rootDirectory === '' || path.startsWith(`${rootDirectory}/`)),
  );
}

/** Entries of the same folder, which a schema is for as well. */
export function listFellowEntries(file: string | undefined, index: RepositoryIndex): string[] {
  if (file === undefined) return [];
  const fellows = index.listFolder(folderOf(file)).filter((path) => path !== file && isEntry(path));
  return fellows.slice(0, MOST_ALIKE);
}

function isEntry(path: string): boolean {
  return /\.(?:mdx?|mdoc|json|ya?ml|toml)$/.test(path) && folderOf(path) !== '';
}

/** The value of a key on a line of its own, without quotes. */
function readValue(text: string, key: string): string | undefined {
  const value = new RegExp(`^\\s*["']?${key}["']?\\s*[:=]\\s*(.{1,200}?),?\\s*$`, 'm').exec(text)?.[1];
  return value?.replace(/^["']|["']$/g, '');
}
