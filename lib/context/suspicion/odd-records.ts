import { asRecord, parseJson } from '../manifests.js';
import { extensionOf, folderOf, isLockfile, isTemplate } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { shapeOfHead } from './entry-shape.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

/** Errors of code that met data which it did not expect. */
const MET_NOTHING =
  /Cannot read propert(?:y|ies) of (?:undefined|null)|is not iterable|is not a function|Invalid (?:time value|Date|URL)|is undefined\b|is null\b|into a date\b/;
const MOST_FOUND = 4;
const MOST_KEYS = 20;
const MOST_BEHIND = 40;

/** Data that is unlike its neighbours, where code broke on data: a short row, an entry without the key that others have. */
export const suspectOddRecords: SuspicionRule = ({ error, file, route }, survey) => {
  if (!MET_NOTHING.test(error.message.slice(0, 1_000))) return [];
  const shortTables = [...survey.files].filter(([path, text]) => /\.[ct]sv$/.test(path) && hasShortRow(path, text));
  const line =
    file === undefined || error.line === undefined ? undefined : survey.files.get(file)?.split('\n')[error.line - 1];
  const filter = /[Ff]ilter `([\w$]{1,80})`/.exec(error.message)?.[1];
  const keys: string[] =
    line !== undefined
      ? listReadKeys(line)
      : route === undefined
        ? listShownKeys(file, filter, survey)
        : listKeysBefore(error.symbol ?? /\(reading '(\w{1,80})'\)/.exec(error.message)?.[1], route.pages, survey);
  const called = /\b([A-Za-z_]\w{1,40})\.\w{1,60} is not a function/.exec(error.message)?.[1];
  if (called !== undefined) keys.push(called);
  const lacking = keys.flatMap((key) => findLackingEntries(key, survey));
  const uneven = keys.flatMap((key) => findUnevenLists(key, survey));
  const other = called === undefined ? [] : findEntriesOfOtherKind(called, survey);
  const tables: Suspicion[] = suspectEach(
    shortTables.map(([path]) => path),
    0.6,
    'has a row with fewer columns than its head',
  );
  const isOfDates = /Invalid (?:time value|[Dd]ate)|into a date\b/.test(error.message.slice(0, 1_000));
  const dated = isOfDates ? listWronglyDated(survey) : [];
  const undated = isOfDates ? listUndated(survey).filter((path) => !dated.includes(path)) : [];
  return [
    ...tables,
    ...suspectEach(dated.slice(0, MOST_FOUND), 0.8, 'has a date that does not exist'),
    ...suspectEach(
      undated.slice(0, MOST_FOUND),
      undated.length === 1 ? 0.94 : 0.7,
      'has no date where its neighbours have one',
    ),
    ...suspectEach(
      [...new Set(lacking)].slice(0, MOST_FOUND),
      filter === undefined && lacking.length !== 1 ? 0.5 : 0.8,
      'lacks a key that its neighbours have',
    ),
    ...suspectEach(other, 0.94, 'has a value of another kind there than its neighbours'),
    ...suspectEach(
      [...new Set(uneven)].slice(0, MOST_FOUND),
      0.72,
      'has an entry that lacks a key of the others, or has another type of value there',
    ),
  ];
};

const DAY = /(?<![\w-])\d{4}-(\d{2})-(\d{2})(?=["'`T\s,;]|$)/gm;

/** The time behind a day: `2027-08-12T25:00`. */
const TIME = /(?<=\d-\d{2}[T ])(\d{2}):(\d{2})/g;

/** Files with a day that no calendar has, month 13 or 31st of April, or a time that no clock has. */
function listWronglyDated({ files }: Survey): string[] {
  return [...files]
    .filter(
      ([path, text]) =>
        !isLockfile(path) &&
        ([...text.matchAll(DAY)].some(([, month, day]) => !isDay(Number(month), Number(day))) ||
          [...text.matchAll(TIME)].some(([, hour, minute]) => Number(hour) > 24 || Number(minute) > 59)),
    )
    .map(([path]) => path);
}

function isDay(month: number, day: number): boolean {
  const days = month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31;
  return month >= 1 && month <= 12 && day >= 1 && day <= days;
}

const VALUE =
  /(?<![\w$])["']?([A-Za-z_]\w{0,40})["']?\s{0,4}:[^\S\n]{0,4}(?:"([^"\n]{0,60})"|'([^'\n]{0,60})'|([^\s"'{[,][^,\n}]{0,60}))/g;
const HELD = /\.(?:json|ya?ml|mdx?|[cm]?[jt]s)$/;

/** Files with words under a key that has a date in most records of the file, or of the files beside it. */
function listUndated({ files }: Survey): string[] {
  const groups = new Map<string, { dates: number; readonly odd: string[] }>();
  for (const [path, text] of files) {
    if (!HELD.test(path) || isLockfile(path) || text.length > 200_000) continue;
    const isCode = /[jt]s$/.test(path);
    const home = /\.mdx?$/.test(path) ? folderOf(path) : path;
    for (const [, key, double, single, plain] of text.matchAll(VALUE)) {
      const value = (double ?? single ?? (isCode ? undefined : plain))?.trim();
      if (value === undefined || value === 'null') continue;
      const group = groups.get(`${home} ${key}`) ?? { dates: 0, odd: [] };
      groups.set(`${home} ${key}`, group);
      if (/^\d{4}-\d{2}-\d{2}(?![\w-])|^\d{4}-\d{2}-\d{2}T/.test(value)) group.dates++;
      else if (!Number.isFinite(Date.parse(value))) group.odd.push(path);
    }
  }
  return [...new Set([...groups.values()].flatMap(({ dates, odd }) => (dates >= odd.length ? odd : [])))];
}

/** The properties that a line reads something of. */
function listReadKeys(line: string): string[] {
  return [...new Set(line.slice(0, 1_000).match(/(?<=\.)[A-Za-z_]\w{2,40}(?=\.|\[|\?|\))/g) ?? [])];
}

/** The keys of which code behind a page reads something: `boat.size` in `boat.size.length`. */
function listKeysBefore(read: string | undefined, pages: readonly string[], { graph, files }: Survey): string[] {
  if (read === undefined || !/^\w+$/.test(read)) return [];
  const before = new RegExp(`(?<![\\w$])([A-Za-z_]\\w{2,40})\\.${read}\\b`, 'g');
  const texts = graph.reach(pages, MOST_BEHIND).map((path) => files.get(path)?.slice(0, 50_000) ?? '');
  return [...new Set(texts.flatMap((text) => [...text.matchAll(before)].flatMap(([, key]) => key ?? [])))];
}

/** Of templates engines tell no line, but may name the filter: whatever goes into it, `{{ post.data.summary | words }}`. */
function listShownKeys(file: string | undefined, filter: string | undefined, { files }: Survey): string[] {
  if (file === undefined || !isTemplate(file)) return [];
  const shown = (files.get(file) ?? '').match(/\{\{[^{}\n]{1,300}\}\}/g) ?? [];
  const meant = filter === undefined ? shown : shown.filter((part) => new RegExp(`\\|\\s*${filter}\\b`).test(part));
  const keys = meant.flatMap((part) => part.match(/[A-Za-z_]\w{2,40}(?=\s{0,4}(?:\||\}\}|\.))/g) ?? []);
  return [...new Set(keys)].slice(0, MOST_KEYS);
}

/** JSON lists of records of which some have the key, and fewer or as many have not, or have a value of another type. */
function findUnevenLists(key: string, { files }: Survey): string[] {
  const quoted = `"${key}"`;
  return [...files]
    .filter(([path, text]) => path.endsWith('.json') && text.includes(quoted) && text.length < 200_000)
    .filter(([, text]) => {
      const list = parseJson(text);
      if (!Array.isArray(list) || list.length < 2) return false;
      const types = new Map<string, number>();
      for (const entry of list) {
        const type = typeof asRecord(entry)[key];
        types.set(type, (types.get(type) ?? 0) + 1);
      }
      const most = Math.max(...[...types].map(([type, count]) => (type === 'undefined' ? 0 : count)));
      return most < list.length && most * 2 >= list.length;
    })
    .map(([path]) => path);
}

export function hasShortRow(path: string, text: string): boolean {
  const separator = path.endsWith('.tsv') ? '\t' : ',';
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  if (rows.some((row) => row.includes('"'))) return false;
  const columns = rows[0]?.split(separator).length ?? 0;
  return columns > 1 && rows.some((row) => row.split(separator).length < columns);
}

/** Entries with front matter or JSON of one folder, of which most have the key. */
function findLackingEntries(key: string, { files }: Survey): string[] {
  const groups = new Map<string, { having: number; lacking: string[] }>();
  const pattern = new RegExp(`^\\s*["']?${key}["']?\\s*:`, 'm');
  for (const [path, text] of files) {
    if (!/\.(?:mdx?|json|ya?ml)$/.test(path) || folderOf(path) === '') continue;
    const head = /\.mdx?$/.test(path) ? /^\uFEFF?---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] : text;
    if (head === undefined) continue;
    const name = `${folderOf(path)}/*.${extensionOf(path)}`;
    const group = groups.get(name) ?? { having: 0, lacking: [] };
    groups.set(name, group);
    if (pattern.test(head)) group.having++;
    else group.lacking.push(path);
  }
  return [...groups.values()].flatMap(({ having, lacking }) => (having > 0 && having >= lacking.length ? lacking : []));
}

/** The one entry of a folder whose front matter has a value of another kind than all others: a day without quotes is a time. */
function findEntriesOfOtherKind(key: string, { files }: Survey): string[] {
  const groups = new Map<string, { readonly path: string; readonly kind: string }[]>();
  for (const [path, text] of files) {
    const kind = /\.mdx?$/.test(path) ? shapeOfHead(text)?.get(key) : undefined;
    if (kind === undefined) continue;
    const group = groups.get(folderOf(path)) ?? [];
    groups.set(folderOf(path), [...group, { path, kind }]);
  }
  return [...groups.values()].flatMap((entries) => {
    const odd = entries.filter(({ kind }) => entries.filter((one) => one.kind === kind).length === 1);
    return odd.length === 1 && entries.length > 2 && new Set(entries.map(({ kind }) => kind)).size === 2
      ? odd.map(({ path }) => path)
      : [];
  });
}
