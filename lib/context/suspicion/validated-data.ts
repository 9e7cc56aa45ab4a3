import { asRecord, parseJson } from '../manifests.js';
import { baseName, isLockfile } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { parseYaml } from '../yaml-part.js';
import { readsMember } from './imported-data.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

type Keys = readonly (string | number)[];

const MOST_ISSUES = 6;
const MOST_TEXT = 200_000;

/**
 * A schema library names the place in the data that it refused: a record that is unlike the others is wrong itself, and
 * where every record lacks a key, the schema asks for the wrong one.
 */
export const suspectValidatedData: SuspicionRule = ({ error, file, places, trace, route }, survey) => {
  const issues = readIssues(error.message);
  // Vercel’s own refusals quote settings.
  if (error.tool === 'vercel') return [];
  if (issues.length === 0) return suspectRefusedValue(error.message, survey);
  const data = listData(survey);
  const odd = data.filter(({ value }) => issues.some((keys) => isOdd(value, keys)));
  const held = data.filter((one) => !odd.includes(one) && issues.some((keys) => holds(one.value, keys)));
  const plain = data.filter(({ value }) => issues.some((keys) => lacksEverywhere(value, keys)));
  const near = [...(file === undefined ? places : [file]), ...trace, ...(route?.pages ?? [])];
  const readers = survey.graph
    .reach(near, 40)
    .filter((path) =>
      survey.graph
        .edgesFrom(path)
        .some(({ resolution }) => resolution.outcome === 'file' && plain.some((one) => one.path === resolution.path)),
    );
  // Where code reads the key already, the data were left behind.
  const isRead = issues.some((keys) => readsMember(String(keys.at(-1)), survey));
  return [
    ...suspectEach(
      odd.map(({ path }) => path),
      0.9,
      'holds the value that was refused',
    ),
    ...suspectEach(
      held.map(({ path }) => path),
      isOneOfMany(held, issues) ? 0.9 : 0.6,
      'holds the record that was refused',
    ),
    ...suspectEach(odd.length === 0 ? readers : [], isRead ? 0.5 : 0.85, 'asks for a key that no record has'),
    ...suspectEach(
      odd.length === 0 ? plain.map(({ path }) => path) : [],
      isRead ? 0.9 : 0.4,
      'holds the records that were refused',
    ),
  ];
};

const REFUSED = /\breceived (?:'([^'\n]{2,80})'|"([^"\n]{2,80})"|`([^`\n]{2,80})`)/;
/** `Unknown quarry "buttermoor"`, `No price for 'pitcher'`: code of the project that looked a value up. */
const UNKNOWN =
  /\b(?:[Uu]nknown|[Nn]o such|[Nn]o|[Mm]issing|[Uu]nexpected) (?:[\w-]{1,30} ){1,4}?(?:'([^'\n]{2,80})'|"([^"\n]{2,80})"|`([^`\n]{2,80})`)/;
const MOST_HOLDERS = 3;

/** Where the message quotes the value alone: `Expected ("easy" | "hard") but received "medium"`. */
function suspectRefusedValue(message: string, { files }: Survey): Suspicion[] {
  const text = message.slice(0, 4_000);
  const value = (REFUSED.exec(text) ?? UNKNOWN.exec(text))?.slice(1).find(Boolean);
  if (value === undefined) return [];
  const quoted = new RegExp(
    `["'\`]${escapePattern(value)}["'\`]|^[^\\S\\n]*[\\w-]+: ${escapePattern(value)}[^\\S\\n]*$`,
    'm',
  );
  const holding = [...files].flatMap(([path, text]) => (!isLockfile(path) && quoted.test(text) ? path : []));
  const data = holding.filter((path) => /\.(?:json|ya?ml|toml|mdx?|csv)$/.test(path));
  const meant = data.length > 0 ? data : holding;
  return meant.length > MOST_HOLDERS ? [] : suspectEach(meant, 0.8, 'holds the value that was refused');
}

/** Zod's issues: `"path": [1, "minutes"]` of the plain message, `→ at [1].minutes` of the pretty one. */
function readIssues(message: string): Keys[] {
  const text = message.slice(0, 4_000);
  // A log's reader leaves out lines that hold nothing but a bracket.
  const listed = [...text.matchAll(/"path": \[((?:\s*(?:\d{1,6}|"[^"\n]{1,80}")(?:,|(?=\s*(?:\n|\]))))+)/g)].map(
    ([, keys]) => (keys ?? '').split(',').map((key) => readKey(key.trim())),
  );
  const drawn = [...text.matchAll(/→ at ([\w$.[\]"'-]{1,200})/g)].map(([, keys]) =>
    ((keys ?? '').match(/[\w$-]+/g) ?? []).map(readKey),
  );
  return [...listed, ...drawn].filter((keys) => keys.some((key) => typeof key === 'number')).slice(0, MOST_ISSUES);
}

function readKey(written: string): string | number {
  return /^\d+$/.test(written) ? Number(written) : written.replace(/^"|"$/g, '');
}

function listData({ files }: Survey): { readonly path: string; readonly value: unknown }[] {
  return [...files]
    .filter(([path, text]) => /\.(?:json|ya?ml)$/.test(path) && !isLockfile(path) && text.length < MOST_TEXT)
    .filter(([path]) => !/^(?:package|[jt]sconfig[\w.-]*)\.json$/.test(baseName(path)))
    .map(([path, text]) => ({ path, value: path.endsWith('.json') ? parseJson(text) : parseYaml(text) }));
}

/** The list that the first number of the keys counts in, the record's place in it, and the key within. */
function follow(value: unknown, keys: Keys) {
  const at = keys.findIndex((key) => typeof key === 'number');
  const list = keys.slice(0, at).reduce<unknown>((inner, key) => asRecord(inner)[key], value);
  const rest = keys.slice(at + 1);
  if (!Array.isArray(list) || rest.length === 0) return undefined;
  const values = list.map((entry) => rest.reduce<unknown>((inner, key) => childOf(inner, key), entry));
  return { values, refused: Number(keys[at]) };
}

function childOf(value: unknown, key: string | number): unknown {
  return Array.isArray(value) ? value[Number(key)] : asRecord(value)[key];
}

/** The refused value is of another type than the list's others. */
function isOdd(value: unknown, keys: Keys): boolean {
  const found = follow(value, keys);
  if (found === undefined || found.refused >= found.values.length) return false;
  const own = typeof found.values[found.refused];
  const others = found.values.filter((_, index) => index !== found.refused);
  return others.filter((other) => typeof other !== own).length * 2 > others.length;
}

/** The value is there, and like the others in kind: too large, or not among those allowed. */
function holds(value: unknown, keys: Keys): boolean {
  const found = follow(value, keys);
  return found !== undefined && found.values[found.refused] !== undefined;
}

/** A schema that its own author broke refuses more than one record. */
function isOneOfMany(held: readonly { readonly value: unknown }[], issues: readonly Keys[]): boolean {
  const refused = new Set(issues.map((keys) => keys.find((key) => typeof key === 'number')));
  return refused.size === 1 && held.every(({ value }) => issues.some((keys) => isListOfMany(value, keys)));
}

function isListOfMany(value: unknown, keys: Keys): boolean {
  return (follow(value, keys)?.values.length ?? 0) > 2;
}

function lacksEverywhere(value: unknown, keys: Keys): boolean {
  const found = follow(value, keys);
  const around =
    keys.length - keys.findIndex((key) => typeof key === 'number') > 2 ? follow(value, keys.slice(0, -1)) : undefined;
  const isThere = around === undefined || around.values.some((one) => typeof one === 'object' && one !== null);
  return (
    isThere &&
    found !== undefined &&
    found.values.length > found.refused &&
    found.values.every((one) => one === undefined)
  );
}
