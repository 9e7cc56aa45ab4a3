import { asRecord, parseJson } from '../manifests.js';
import { baseName, folderOf, isLockfile, isSource } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

/** What the compiler makes of a list whose records do not have the same keys: `{ at: string; metres?: undefined }`. */
const UNEVEN_TYPE = /\b[\w$]{1,80}\?: undefined\b/;
/** Not a text where one of several is wanted: of what JSON says the compiler knows the kind alone. */
const OTHER_KIND =
  /Types of property '[^'\n]{1,80}' are incompatible\.\s{1,20}Type '(?:string|number|boolean|null)' is not assignable to type '(?:string|number|boolean)'/;
const MOST_TEXT = 400_000;

/** Data that code imports, where the compiler finds that it does not fit on the line that uses it. */
export const suspectImportedData: SuspicionRule = ({ error, file }, survey) => {
  const { files, graph } = survey;
  if (error.kind !== 'type' || file === undefined || error.line === undefined) return [];
  const line = files.get(file)?.split('\n')[error.line - 1]?.slice(0, 1_000) ?? '';
  const message = error.message.slice(0, 8_000);
  const lacking = /Property '([\w$]{1,80})' is missing in type '/.exec(message)?.[1];
  // The line hands the data on as they are, and code reads the key that they lack, or they have another kind of value there.
  const isHandedOn = /[=(,[]\s{0,4}[\w$]+(?:\s+(?:as|satisfies)\b[^;]{0,200})?[;,)\]]*\s*$|^\s*\.\.\.[\w$]+,?\s*$/.test(
    line,
  );
  const isLate = isHandedOn && ((lacking !== undefined && readsMember(lacking, survey)) || OTHER_KIND.test(message));
  const data = graph
    .edgesFrom(file)
    .filter(({ declaration }) =>
      declaration.names.some(({ local }) => new RegExp(`(?<![\\w$.])${escapePattern(local)}(?![\\w$])`).test(line)),
    )
    .flatMap(({ resolution }) =>
      resolution.outcome === 'file' && resolution.path.endsWith('.json') ? resolution.path : [],
    );
  const isUneven = UNEVEN_TYPE.test(message.slice(0, 2_000));
  return data.map((path): Suspicion => {
    const odd = isUneven || hasOddRecord(files.get(path) ?? '');
    return odd
      ? { path, weight: isHandedOn ? 0.95 : 0.9, reason: 'has records that are unlike the others' }
      : { path, weight: isLate ? 0.8 : 0.5, reason: 'holds the data that does not fit' };
  });
};

/** Whether a script reads a member of this name. */
export function readsMember(name: string, { files }: Survey): boolean {
  const read = new RegExp(`[\\w$)\\]?!]\\.${escapePattern(name)}(?![\\w$])`);
  return [...files].some(([path, text]) => isSource(path) && read.test(text));
}

/** A list of which most records have the same keys, and few others. */
function hasOddRecord(text: string): boolean {
  if (text.length > MOST_TEXT) return false;
  const list = parseJson(text);
  if (!Array.isArray(list) || list.length < 3) return false;
  const counts = new Map<string, number>();
  for (const record of list) {
    const keys = Object.keys(asRecord(record)).sort().join();
    counts.set(keys, (counts.get(keys) ?? 0) + 1);
  }
  const most = Math.max(...counts.values());
  return counts.size > 1 && most * 2 > list.length;
}

/** `variety[5]: months.1: Too big`, `row 7 of plants.csv`, `Invalid record 12`: code of the project that counts records. */
const COUNTED = /\b([A-Za-z]{3,40})\[(\d{1,6})\]|\b([A-Za-z]{3,40}) #?(\d{1,6})\b/g;
const NOT_RECORDS = /^(?:line|column|error|code|port|node|version|status|exit|page|pages|chunk|took|after|attempt)$/i;

const ROW = /\b(?:row|record|entry|item|line)s? ?#?\d{1,6}\b/i;
const DATA = /\.(?:json|csv|tsv|ya?ml|toml)$/;

/** The data file that bears the name of the records which the message counts, or that the code which counts them reads. */
export const suspectCountedRecords: SuspicionRule = ({ error, file }, survey) => {
  if (!['prerender', 'page-data', 'other', 'script-failed', 'config'].includes(error.kind)) return [];
  const message = error.message.slice(0, 500);
  const words = [...message.matchAll(COUNTED)].flatMap(([, listed, , counted]) => {
    const word = listed ?? counted ?? '';
    return NOT_RECORDS.test(word) ? [] : [stemOf(word)];
  });
  const named = [...survey.files.keys()].filter(
    (path) => DATA.test(path) && !isLockfile(path) && words.includes(stemOf(baseName(path).replace(DATA, ''))),
  );
  const read = ROW.test(message) && file !== undefined ? listRead(file, survey) : [];
  return [
    ...suspectEach(named.slice(0, 2), 0.8, 'holds the records that the message counts'),
    ...suspectEach(read.slice(0, 3), 0.6, 'is read by the code that counts its rows'),
  ];
};

/** Data that a module, or one that imports it, names in quotes. */
function listRead(file: string, { files, graph }: Survey): string[] {
  const speakers = [file, ...graph.edgesTo(file).map(({ importer }) => importer)];
  const texts = speakers.map((path) => files.get(path)?.slice(0, MOST_TEXT) ?? '');
  return [...files.keys()].filter((path) => {
    if (!DATA.test(path) || isLockfile(path) || baseName(path) === 'package.json') return false;
    return texts.some(
      (text) => text.includes(`/${baseName(path)}`) || /["'`]/.test(text.charAt(text.indexOf(baseName(path)) - 1)),
    );
  });
}

const DOTTED = /["'`]([A-Za-z_][\w-]{0,60}(?:\.[A-Za-z_][\w-]{0,60}){1,4})["'`]/g;
const MOST_KEYS = 30;

/** Texts of an application by dotted keys, such as translations: the files that have a key's neighbours and not the key. */
export const suspectLackingTexts: SuspicionRule = ({ error }, { files }) => {
  if (!['type', 'prerender', 'page-data', 'other', 'script-failed'].includes(error.kind)) return [];
  const quoted = [...error.message.slice(0, 4_000).matchAll(DOTTED)].map(([, key]) => key ?? '');
  const keys = [...new Set([...quoted, ...(error.symbol?.includes('.') ? [error.symbol] : [])])].slice(0, MOST_KEYS);
  if (keys.length === 0) return [];
  return [...files].flatMap(([path, text]) => {
    if (
      !path.endsWith('.json') ||
      isLockfile(path) ||
      text.length > MOST_TEXT ||
      /(?:^|\/)(?:package|[jt]sconfig[\w.-]*)\.json$/.test(path)
    )
      return [];
    const texts = asRecord(parseJson(text));
    const lacking = keys.find((key) => lacksText(texts, key.split('.')));
    return lacking === undefined
      ? []
      : [{ path, weight: 0.88, reason: `lacks the text ${lacking}, and has its neighbours` }];
  });
};

function lacksText(texts: Readonly<Record<string, unknown>>, key: readonly string[]): boolean {
  const parent = key.slice(0, -1).reduce<unknown>((inner, part) => asRecord(inner)[part], texts);
  const neighbours = Object.values(asRecord(parent));
  return neighbours.some((value) => typeof value === 'string') && asRecord(parent)[key.at(-1) ?? ''] === undefined;
}

const AGAINST_SCHEMA = /\bmust (?:be|match|have|NOT)\b|\brequired property\b|\badditional propert/i;

/** A checker of the project's own found an entry that does not meet its schema, which is named after the entries' folder. */
export const suspectNamedSchema: SuspicionRule = ({ error, file }, { index }) => {
  if (
    file === undefined ||
    !/\.(?:mdx?|json|ya?ml|toml)$/.test(file) ||
    !AGAINST_SCHEMA.test(error.message.slice(0, 500))
  )
    return [];
  const stems = [baseName(folderOf(file)), baseName(file).replace(/\.\w+$/, '')].map(stemOf);
  const schemas = index.paths.filter((path) => {
    const name = /([^/]+)\.schema\.(?:json|ya?ml|[cm]?[jt]s)$/.exec(path)?.[1];
    return name !== undefined && stems.includes(stemOf(name));
  });
  return suspectEach(schemas.slice(0, 2), 0.6, 'says what entries have to be like');
};

/** One word in singular and plural: `variety`, `varieties`. */
function stemOf(word: string): string {
  return word.toLowerCase().replace(/(?:ies|es|s|y)$/, '');
}
