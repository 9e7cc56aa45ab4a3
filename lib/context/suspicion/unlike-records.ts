import { asRecord } from '../manifests.js';
import { spellOutReact } from '../react-message.js';
import { baseName, isLockfile, isSource } from '../readable-files.js';
import { decodeSegment } from '../routes.js';
import type { LocatedError, Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { type DataRecord, findOddities, listRecordGroups, type Oddity, textsOf } from './record-groups.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

const KINDS = new Set(['prerender', 'page-data', 'other', 'script-failed']);
/** What code says that met a value of another kind than it was written for, or none. */
const MET_ANOTHER =
  /Cannot (?:read propert|destructure|convert undefined or null|use 'in' operator)|is not iterable|is not a function|Invalid (?:time value|[Dd]ate|URL)|Objects are not valid as a React child|must be of type string|is (?:undefined|null)\b/;
const MOST_FOUND = 3;
const MOST_TEXT = 100_000;
const BEHIND = 60;

/**
 * Records with a file each, or in one list, where code broke on data: the one that lacks a key of all the others, has a value
 * of another kind there, or names something that nothing else knows.
 */
export const suspectUnlikeRecords: SuspicionRule = (located, survey) => {
  const { error } = located;
  const message = spellOutReact(error.message).slice(0, 1_000);
  const values = listPages(located, survey);
  const isOfData = error.tool !== 'vercel' && MET_ANOTHER.test(message);
  if (!KINDS.has(error.kind) || (values.size === 0 && !isOfData)) return [];
  const groups = listRecordGroups(survey);
  const rendered = readRendered(message);
  if (rendered !== undefined) return suspectRendered(rendered, groups, located, survey);
  const odd = groups.flatMap((group) => findOddities(group));
  const meant = !isOfData ? [] : odd.filter((one) => isMeant(one, message, located, survey));
  const dangling = meant.length > 0 ? [] : groups.flatMap((group) => findDangling(group, survey, 3));
  const ofTwo = values.size === 0 ? [] : groups.flatMap((group) => findDangling(group, survey, 2));
  const ofPage = [...odd.map(({ record }) => record), ...ofTwo].filter((one) =>
    [...values].some((value) => isOf(one, value)),
  );
  const others = meant.length === 0 ? odd.filter(({ lacks }) => !lacks) : [];
  const known = suspectRecords(ofPage, 0.94, 'holds the record of the page that failed, which is unlike the others');
  if (!isOfData) return known;
  return [
    ...known,
    ...suspectRecords(
      meant.map(({ record }) => record),
      0.9,
      'has a value that is unlike those of the other records',
    ),
    ...suspectRecords(dangling, 0.75, 'names what nothing else knows'),
    ...suspectRecords(
      others.map(({ record }) => record),
      0.6,
      'has a value of another kind than the other records',
    ),
  ];
};

function suspectRecords(records: readonly DataRecord[], weight: number, reason: string): Suspicion[] {
  const paths = [...new Set(records.map(({ path }) => path))];
  return paths.length > MOST_FOUND ? [] : suspectEach(paths, weight, reason);
}

/** A page for many values: `[slug]`, `$slug`, `_slug`. */
const DYNAMIC = /\[|\$|\/_\w/;

/** For which values pages of one kind failed; pages that list the record fail alike. */
function listPages({ error }: LocatedError, { errors }: Survey): ReadonlySet<string> {
  const alike = errors.filter((other) => other.error.message === error.message);
  return new Set(
    alike.flatMap(({ error: { route: address }, route }) => {
      const value = decodeSegment(address?.split('/').filter(Boolean).at(-1) ?? '');
      return value.length > 1 && route?.pages.some((path) => DYNAMIC.test(path) && !path.includes(value))
        ? [value]
        : [];
    }),
  );
}

/** By the name of its file, or by what tells a record from the others. */
function isOf({ path, value }: DataRecord, name: string): boolean {
  if (baseName(path).replace(/\.\w+$/, '') === name) return true;
  return Object.entries(asRecord(value)).some(
    ([key, one], at) => String(one) === name && (at === 0 || IDENTITY.test(key)),
  );
}

const IDENTITY = /^(?:\w*[a-z_])?(?:id|slug|key|code|handle|ref|sku|path|name|title)$/i;

/** What React was given to show: a date, or the keys of an object. */
function readRendered(message: string): 'date' | readonly string[] | undefined {
  if (message.includes('(found: [object Date])')) return 'date';
  const keys = /\(found: object with keys \{([^{}\n]{1,300})\}/.exec(message)?.[1];
  return keys?.split(',').map((key) => key.trim());
}

/** The records whose value is no text where it is one in others, and who shows it: `{notice.date}`. */
function suspectRendered(
  rendered: 'date' | readonly string[],
  groups: readonly (readonly DataRecord[])[],
  located: LocatedError,
  survey: Survey,
): Suspicion[] {
  const isGiven = ({ kinds }: DataRecord, key: string) =>
    rendered === 'date'
      ? kinds.get(key)?.has('time') === true
      : kinds.get(key)?.has('object') === true && rendered.every((inner) => kinds.has(`${key}.${inner}`));
  const given = groups.flatMap((group) =>
    group.flatMap((record) =>
      [...record.kinds.keys()]
        .filter((key) => isGiven(record, key))
        .map((key) => ({ record, key, isOdd: group.some(({ kinds }) => kinds.get(key)?.has('string')) })),
    ),
  );
  const names = new Set(given.map(({ key }) => key.split('.').at(-1)?.replaceAll('[]', '') ?? ''));
  const showing = listCode(located, survey).filter((path) => {
    const text = survey.files.get(path)?.slice(0, MOST_TEXT) ?? '';
    return [...names].some((name) => new RegExp(`[\\w$)\\]!]\\.${escapePattern(name)}\\s{0,4}[},]`).test(text));
  });
  const odd = given.filter(({ isOdd }) => isOdd).map(({ record }) => record);
  return [
    ...suspectRecords(odd, 0.9, 'has another kind of value where others have a text'),
    ...suspectEach(showing.slice(0, 4), odd.length > 0 ? 0.4 : 0.75, 'shows a value that is no text'),
  ];
}

/** Whether the message, or the code behind the page, speaks of the key in the way in which it failed. */
function isMeant({ key }: Oddity, message: string, located: LocatedError, survey: Survey): boolean {
  const name = key.split('.').at(-1)?.replaceAll('[]', '') ?? '';
  if (new RegExp(`(?<![\\w$])${escapePattern(name)}(?![\\w$])`).test(message)) return true;
  const read = /\(reading '(\w{1,80})'\)|\.(\w{3,60}) is not a function/.exec(message)?.slice(1).find(Boolean);
  if (read === undefined) return /Invalid (?:time|[Dd]ate)/.test(message) && /date|day|time|\bat\b/i.test(name);
  const use = new RegExp(`(?<![\\w$])${escapePattern(name)}\\)?[?!]?\\.${read}\\b`);
  return listCode(located, survey).some((path) => use.test(survey.files.get(path)?.slice(0, MOST_TEXT) ?? ''));
}

function listCode({ places, trace, route }: LocatedError, { graph }: Survey): string[] {
  const start = [...places, ...trace, ...(route?.pages ?? []), ...(route?.loaders ?? []), ...(route?.layouts ?? [])];
  return graph.reach(start, BEHIND).filter(isSource);
}

/** The one record whose text under a key stands in no other file, in quotes or as a key, while those of all others do. */
function findDangling(group: readonly DataRecord[], { files }: Survey, fewest: number): DataRecord[] {
  if (group.length < fewest) return [];
  const own = new Set(group.map(({ path }) => path));
  const words = new Set<string>();
  for (const [path, text] of files) {
    if (own.has(path) || isLockfile(path)) continue;
    for (const [, quoted, key] of text
      .slice(0, MOST_TEXT)
      .matchAll(/["'`]([^"'`\n]{1,60})["'`]|(?<![\w$-])([\w-]{2,60}):/g))
      words.add(quoted ?? key ?? '');
  }
  const texts = group.map(textsOf);
  const keys = new Set(texts.flatMap((one) => [...one.keys()]));
  return [...keys].flatMap((key) => {
    const unknown = group.filter((_, at) => texts[at]?.get(key)?.some((text) => !words.has(text)));
    const holding = texts.filter((one) => one.has(key)).length;
    return unknown.length === 1 && holding >= fewest ? unknown : [];
  });
}
