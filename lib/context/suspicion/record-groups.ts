import { asRecord, parseJson } from '../manifests.js';
import { baseName, extensionOf, folderOf, isLockfile } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { readWrittenLists } from '../written-lists.js';
import { parseYaml, yamlPart } from '../yaml-part.js';
import { shapeOfHead } from './entry-shape.js';

/** One of several records that are meant to be alike: a file of its own beside others, or an element of a list. */
export interface DataRecord {
  readonly path: string;
  readonly value: unknown;
  /** Kinds of the values by the path of their keys, `stages[].name`; several where a list's elements differ. */
  readonly kinds: ReadonlyMap<string, ReadonlySet<string>>;
}

const MOST_TEXT = 200_000;
const MOST_RECORDS = 400;
const DEPTH = 4;
/** Characters of YAML that are parsed, which takes some seconds for a million. */
const MOST_YAML = 150_000;

const known = new WeakMap<Survey, readonly (readonly DataRecord[])[]>();

/** Records by the folder or the list in which they stand. */
export function listRecordGroups(survey: Survey): readonly (readonly DataRecord[])[] {
  const groups = known.get(survey) ?? readRecordGroups(survey);
  known.set(survey, groups);
  return groups;
}

const CODE = /\.[cm]?[jt]sx?$/;

function readRecordGroups({ files }: Survey): (readonly DataRecord[])[] {
  const folders = new Map<string, DataRecord[]>();
  const lists: DataRecord[][] = [];
  let left = MOST_RECORDS;
  const parse = createParser();
  for (const [path, text] of files) {
    if (left <= 0) break;
    const value = CODE.test(path) ? undefined : readData(path, text, parse);
    const own = CODE.test(path) ? readWrittenLists(text).filter(isListOfRecords) : listsOf(value);
    for (const list of own) lists.push(list.slice(0, MOST_RECORDS).map((one) => makeRecord(path, one)));
    if (own.length > 0 || value !== undefined) left -= 1;
    if (value === undefined || Array.isArray(value) || folderOf(path) === '') continue;
    const name = `${folderOf(path)}/*.${extensionOf(path)}`;
    folders.set(name, [...(folders.get(name) ?? []), makeRecord(path, value, shapeOfHead(text))]);
  }
  return [...folders.values(), ...lists].filter((group) => group.length > 1);
}

function readData(path: string, text: string, parse: (yaml: string) => unknown): unknown {
  if (!/\.(?:json|ya?ml|mdx?)$/.test(path) || isLockfile(path) || text.length > MOST_TEXT) return undefined;
  if (/^(?:package|[jt]sconfig[\w.-]*|vercel|turbo)\.json$/.test(baseName(path))) return undefined;
  if (path.endsWith('.json')) return parseJson(text);
  const yaml = yamlPart(path, text)?.yaml;
  return yaml === undefined ? undefined : parse(yaml);
}

function createParser(): (yaml: string) => unknown {
  let left = MOST_YAML;
  return (yaml) => {
    if (yaml.length > left) return undefined;
    left -= yaml.length;
    return parseYaml(yaml);
  };
}

function listsOf(value: unknown): (readonly unknown[])[] {
  const all = Array.isArray(value) ? [value] : Object.values(asRecord(value)).filter((one) => Array.isArray(one));
  return all.filter(isListOfRecords);
}

function isListOfRecords(list: readonly unknown[]): boolean {
  return list.length > 1 && list.every((one) => one !== null && kindOf(one) === 'object');
}

function makeRecord(path: string, value: unknown, head?: ReadonlyMap<string, string>): DataRecord {
  const kinds = new Map<string, Set<string>>();
  addKinds(value, '', kinds, DEPTH);
  // YAML libraries make a date of a day without quotes.
  for (const [key, kind] of head ?? []) if (kind === 'time') kinds.set(key, new Set(['time']));
  return { path, value, kinds };
}

function addKinds(value: unknown, at: string, kinds: Map<string, Set<string>>, depth: number): void {
  // Nothing is of no kind.
  if (value === null || value === undefined) return;
  if (at !== '') kinds.set(at, (kinds.get(at) ?? new Set<string>()).add(kindOf(value)));
  if (depth === 0) return;
  if (Array.isArray(value)) for (const one of value.slice(0, 100)) addKinds(one, `${at}[]`, kinds, depth - 1);
  else
    for (const [key, one] of Object.entries(asRecord(value)))
      addKinds(one, at === '' ? key : `${at}.${key}`, kinds, depth - 1);
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'list' : typeof value;
}

export interface Oddity {
  readonly record: DataRecord;
  /** The path of the key that it lacks, or where its value is of another kind. */
  readonly key: string;
  readonly lacks: boolean;
}

/** Where one record of a group is unlike all the others, which are alike. */
export function findOddities(group: readonly DataRecord[], fewest = 3): Oddity[] {
  if (group.length < fewest) return [];
  const keys = new Set(group.flatMap(({ kinds }) => [...kinds.keys()]));
  return [...keys].flatMap((key): Oddity[] => {
    const holding = group.filter(({ kinds }) => kinds.has(key));
    const kindAt = ({ kinds }: DataRecord) => [...(kinds.get(key) ?? [])].sort().join();
    const isAlike = new Set(holding.map(kindAt)).size === 1;
    if (isAlike && holding.length === group.length - 1 && holding.length > 1) {
      const record = group.find(({ kinds }) => !kinds.has(key));
      // A list may be empty, and of an object that is not there its keys are not missed too.
      const isOwn = record !== undefined && !key.endsWith('[]') && hasParent(record, key);
      return isOwn ? [{ record, key, lacks: true }] : [];
    }
    const odd = holding.filter((one) => holding.filter((other) => kindAt(other) === kindAt(one)).length === 1);
    const [record] = odd;
    return record !== undefined && odd.length === (holding.length === 2 ? 2 : 1) && holding.length >= fewest
      ? [{ record, key, lacks: false }]
      : [];
  });
}

function hasParent({ kinds }: DataRecord, key: string): boolean {
  const at = Math.max(key.lastIndexOf('.'), key.lastIndexOf('['));
  return at < 0 || kinds.has(key.slice(0, at));
}

/** The texts of a record by the path of their keys. */
export function textsOf({ value }: DataRecord): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.entries(asRecord(value)).flatMap(([key, one]) => {
      const all = Array.isArray(one) ? one : [one];
      return all.length > 0 && all.every((text) => typeof text === 'string') ? [[key, all as string[]] as const] : [];
    }),
  );
}
