import { asRecord, parseJson } from '../manifests.js';
import { baseName, extensionOf, folderOf, isLockfile } from '../readable-files.js';
import { decodeSegment } from '../routes.js';
import type { LocatedError, Survey } from '../survey.js';
import { type Shape, shapeOfHead } from './entry-shape.js';
import { type SuspicionRule, suspectEach } from './suspicion.js';

const KINDS = new Set(['prerender', 'page-data', 'other']);
const MOST_TEXT = 400_000;
const FEWEST_RECORDS = 3;
/** A page for many values: `[slug]`, `$slug`, `_slug`. */
const DYNAMIC = /\[|\$|\/_\w/;

/** One page of many failed: its record among the data, where that is unlike the others. Pages that list it fail alike. */
export const suspectRecordOfPage: SuspicionRule = ({ error }, survey) => {
  if (!KINDS.has(error.kind)) return [];
  const alike = survey.errors.filter((other) => other.error.message === error.message);
  const values = new Set(alike.flatMap((other) => valueOfPage(other) ?? []));
  return [...values].flatMap((value) =>
    suspectEach(
      [...listOddLists(value, survey), ...listOddEntries(value, survey)],
      0.94,
      'holds the record of the page that failed, which is unlike the others',
    ),
  );
};

function valueOfPage({ error, route }: LocatedError): string | undefined {
  const value = decodeSegment(error.route?.split('/').filter(Boolean).at(-1) ?? '');
  const isOne = route?.pages.some((path) => DYNAMIC.test(path) && !path.includes(value));
  return value.length > 1 && isOne ? value : undefined;
}

function listOddLists(value: string, { files }: Survey): string[] {
  return [...files].flatMap(([path, text]) => {
    if (!path.endsWith('.json') || isLockfile(path) || text.length > MOST_TEXT || !text.includes(value)) return [];
    const others = [...files].flatMap(([other, its]) => (other === path || isLockfile(other) ? [] : its));
    const isOdd = (records: readonly unknown[]) => isOddAmong(value, records) || namesNothing(value, records, others);
    return listsOf(parseJson(text)).some(isOdd) ? [path] : [];
  });
}

function listsOf(value: unknown): (readonly unknown[])[] {
  if (Array.isArray(value)) return [value];
  return Object.values(asRecord(value)).flatMap((inner) => (Array.isArray(inner) ? [inner] : []));
}

function bears(value: string, record: unknown): boolean {
  return Object.values(asRecord(record)).some((one) => String(one) === value);
}

function isOddAmong(value: string, records: readonly unknown[]): boolean {
  const meant = records.filter((record) => bears(value, record));
  const others = records.filter((record) => !bears(value, record)).map((record) => shapeOf(asRecord(record)));
  return meant.length === 1 && others.length >= FEWEST_RECORDS - 1 && isUnlike(shapeOf(asRecord(meant[0])), others);
}

/** Whether a value of the record stands in no other file, while those of all other records under its key do. */
function namesNothing(value: string, records: readonly unknown[], texts: readonly string[]): boolean {
  const others = records.filter((record) => !bears(value, record)).map(asRecord);
  const isKnown = (one: unknown) =>
    typeof one === 'string' &&
    ['"', "'", '`'].some((quote) => texts.some((text) => text.includes(quote + one + quote)));
  return (
    others.length > 0 &&
    records
      .filter((record) => bears(value, record))
      .some((record) =>
        Object.entries(asRecord(record)).some(
          ([key, one]) => typeof one === 'string' && !isKnown(one) && others.every((other) => isKnown(other[key])),
        ),
      )
  );
}

function shapeOf(record: Readonly<Record<string, unknown>>): Shape {
  return new Map(
    Object.entries(record).flatMap(([key, one]) =>
      one === null ? [] : [[key, Array.isArray(one) ? 'list' : typeof one] as const],
    ),
  );
}

/** Whether it lacks a key that all others have, or has a value of another kind than all those that have one there. */
function isUnlike(shape: Shape, others: readonly Shape[]): boolean {
  const keys = new Set(others.flatMap((other) => [...other.keys()]));
  return [...keys].some((key) => {
    const kinds = others.flatMap((other) => other.get(key) ?? []);
    const own = shape.get(key);
    if (own === undefined) return kinds.length === others.length;
    return kinds.length >= FEWEST_RECORDS - 1 && kinds.every((kind) => kind === kinds[0] && kind !== own);
  });
}

/** Files with front matter, one an entry, of which one bears the name of the page. */
function listOddEntries(value: string, { files, index }: Survey): string[] {
  return [...files].flatMap(([path, text]) => {
    const extension = extensionOf(path);
    if (!/^(?:mdx?|md[oc]c?)$/.test(extension) || baseName(path).slice(0, -extension.length - 1) !== value) return [];
    const shape = shapeOfHead(text);
    const others = index
      .listFolder(folderOf(path))
      .filter((other) => other !== path && extensionOf(other) === extension)
      .flatMap((other) => shapeOfHead(files.get(other) ?? '') ?? []);
    return shape !== undefined && others.length >= FEWEST_RECORDS - 1 && isUnlike(shape, others) ? [path] : [];
  });
}
