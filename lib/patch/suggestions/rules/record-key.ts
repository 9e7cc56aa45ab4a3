import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { findTwin } from '../distance.js';
import { countsOtherwise, hasOtherMeaning } from '../other-meaning.js';
import type { Rule } from '../rule.js';
import { type DataEntry, type DataNode, dataOf, typeOfData, walkData } from '../syntax/data-document.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * `"sumit": 1093` in a list whose other records all have `summit`: some records lack the one key that the error is about,
 * have one key that no other record has, with a value of the same type, and no code knows that key.
 */
export const recordKey: Rule = {
  name: 'record-key',
  async propose(error, workspace) {
    const wanted = wantedOf(error);
    if (wanted === undefined || workspace.partial) return undefined;
    const found: { readonly slips: readonly Slip[]; readonly wrong: string; readonly right: string }[] = [];
    for (const group of await listGroups(workspace)) {
      const answer = findSlips(group, wanted, workspace);
      if (answer) found.push(answer);
    }
    const [only, another] = found;
    if (!only || another) return undefined;
    const { slips, wrong, right } = only;
    const edits = new Map<string, Replacement[]>();
    for (const { path, start } of slips) {
      const edit = { start, end: start + wrong.length, text: right };
      edits.set(path, [...(edits.get(path) ?? []), edit]);
    }
    const [first] = slips;
    if (!first) return undefined;
    return {
      files: new Map([...edits].map(([path, ranges]) => [path, replaceRanges(workspace.read(path) ?? '', ranges)])),
      cause: `${first.path}, line ${lineOf(workspace.read(first.path) ?? '', first.start)}, has a key \`${wrong}\` where other records have \`${right}\`.`,
      change: `Writes \`${right}\`.`,
    };
  },
};

interface Wanted {
  /** The keys that are said to be missing; undefined where only the use of the value is known. */
  readonly keys: ReadonlySet<string> | undefined;
  /** The member that was asked of the missing value. */
  readonly member: string | undefined;
  readonly error: BuildError;
}

/** What compilers say, which print the type of the data with it. */
const TYPE_LACKS = [
  /Types of property '([\w$-]+)' are incompatible\.\s+Type 'undefined' is not assignable/g,
  /Property '([\w$-]+)' is missing in type/g,
];
/** What schemas say, and compilers of the use. */
const LACKS = [
  /'[\w$.?[\]]{1,80}\.([\w$]+)' is possibly (?:'undefined'|undefined)/g,
  /(?:^|[\s.\]])([\w$-]+)(?:\*\*)?: (?:Required\b|Invalid input: expected \w+, received undefined)/g,
  /must have required property '([\w$-]+)'/g,
];
const READ_OF_UNDEFINED = /Cannot read properties of undefined \(reading '([\w$]+)'\)/;
/** What says of no member that something is missing. */
const UNDEFINED = /\bundefined is not iterable|Cannot (?:read propert|destructure propert)[^\n]{1,200}\bundefined\b/;

function wantedOf(error: BuildError): Wanted | undefined {
  const { message } = error;
  const keys = [...TYPE_LACKS, ...LACKS].flatMap((pattern) =>
    [...message.matchAll(pattern)].flatMap(([, key]) => key ?? []),
  );
  if (keys.length > 0) return { keys: new Set(keys), member: undefined, error };
  const member = READ_OF_UNDEFINED.exec(message)?.[1];
  const isOfRecord = error.route !== undefined && UNDEFINED.test(message);
  return member === undefined && !isOfRecord ? undefined : { keys: undefined, member, error };
}

interface Fellow {
  readonly path: string;
  readonly entries: readonly DataEntry[];
}

/** The lists of objects in files of data, and the files of one folder as the records of a collection. */
async function listGroups(workspace: Workspace): Promise<readonly (readonly Fellow[])[]> {
  const groups: Fellow[][] = [];
  const folders = new Map<string, Fellow[]>();
  for (const path of workspace.paths) {
    if (/(?:^|\/)(?:package(?:-lock)?|[jt]sconfig[^/]*|vercel|pnpm-[^/]*)\.(?:json|ya?ml)$/.test(path)) continue;
    const data = await dataOf(workspace, path);
    if (!data) continue;
    if (data.kind === 'map') {
      const folder = `${directoryOf(path)}|${/\.\w+$/.exec(path)?.[0].replace(/^\.(?:mdx|markdown)$/, '.md')}`;
      folders.set(folder, [...(folders.get(folder) ?? []), { path, entries: data.entries }]);
    }
    for (const node of walkData(data)) {
      const records = recordsOf(node);
      if (records) groups.push(records.map((entries) => ({ path, entries })));
    }
  }
  return [...groups, ...folders.values()].filter(({ length }) => length > 2);
}

/** The objects of a list, or those that an object holds under their names. */
function recordsOf(node: DataNode): (readonly DataEntry[])[] | undefined {
  const nodes = node.kind === 'list' ? node.items : node.kind === 'map' ? node.entries.map(({ value }) => value) : [];
  const records = nodes.flatMap((item) => (item.kind === 'map' ? [item.entries] : []));
  return records.length > 2 && records.length === nodes.length ? records : undefined;
}

interface Slip {
  readonly path: string;
  readonly start: number;
  /** What a page may be called that is made of the record. */
  readonly names: readonly string[];
}

const ID = /^(?:id|slug|key|code|handle|uid|sku)$/i;

function namesOf({ path, entries }: Fellow): readonly string[] {
  const ids = entries.flatMap(({ key, value }) => (ID.test(key) && value.kind === 'text' ? [String(value.value)] : []));
  return [path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''), ...ids];
}

function findSlips(group: readonly Fellow[], wanted: Wanted, workspace: Workspace) {
  const all = new Set(group.flatMap(({ entries }) => entries.map(({ key }) => key)));
  const answers = [...all].flatMap((right) => {
    if (wanted.keys && !wanted.keys.has(right)) return [];
    const answer = compareRecords(group, right);
    if (!answer || !isMeant(answer, wanted, workspace)) return [];
    return [{ ...answer, right }];
  });
  return answers.length === 1 ? answers[0] : undefined;
}

interface Comparison {
  readonly slips: readonly Slip[];
  readonly wrong: string;
  readonly right: string;
  readonly isRare: boolean;
  /** What the fellows have under the key. */
  readonly value: DataNode;
}

/** Where all records without the key have instead of it one other, which is the same in all and in no record with it. */
function compareRecords(group: readonly Fellow[], right: string): Comparison | undefined {
  const entryOf = ({ entries }: Fellow, key: string) => entries.find((entry) => entry.key === key);
  const sound = group.filter((record) => entryOf(record, right));
  const odd = group.filter((record) => !entryOf(record, right));
  const types = new Set(sound.flatMap((record) => typeOfData(entryOf(record, right)?.value ?? NOTHING)));
  if (sound.length < 2 || odd.length === 0 || types.size !== 1) return undefined;
  const known = new Set(sound.flatMap(({ entries }) => entries.map(({ key }) => key)));
  const shared = [...known].filter((key) => sound.every((record) => entryOf(record, key)));
  const wrongs = new Set<string>();
  const slips: Slip[] = [];
  for (const record of odd) {
    const [extra, more] = record.entries.filter(({ key }) => !known.has(key));
    const lacking = shared.filter((key) => !entryOf(record, key));
    if (!extra || more || lacking.length !== 1 || !types.has(typeOfData(extra.value))) return undefined;
    wrongs.add(extra.key);
    slips.push({ path: record.path, start: extra.keyStart, names: namesOf(record) });
  }
  const [wrong, another] = wrongs;
  if (wrong === undefined || another !== undefined || shared.length < 2) return undefined;
  const [sample] = sound;
  const value = (sample && entryOf(sample, right)?.value) ?? NOTHING;
  return { slips, wrong, right, isRare: odd.length < sound.length, value };
}

const NOTHING: DataNode = { kind: 'other', value: null, start: 0, end: 0 };

/** Whether code reads the key that is lacking, none knows the one that is there instead, and the error is about these. */
function isMeant(found: Comparison, { keys, member, error }: Wanted, workspace: Workspace): boolean {
  const { wrong, right, isRare } = found;
  if (countsOtherwise(wrong, right) || hasOtherMeaning(wrong, right)) return false;
  const scripts = workspace.paths.flatMap((path) => (READS.test(path) ? (workspace.read(path) ?? '') : []));
  const isSlip = findTwin(wrong, [right]) === right;
  const [knowsWrong, knowsRight] = [knows(wrong), knows(right)];
  if (scripts.some((text) => knowsWrong.test(text) && (!isSlip || knowsRight.test(text)))) return false;
  if (keys) {
    const isPrinted = new RegExp(`[{;]\\s*["']?${escapePattern(wrong)}["']?\\??:`).test(error.message);
    return (isPrinted || (isRare && isSlip)) && scripts.some((text) => knowsRight.test(text));
  }
  const isOfPage = found.slips.some(({ names }) => names.some((name) => error.route?.endsWith(`/${name}`)));
  // A component may have it under another name.
  const isUnknown = !scripts.some((text) => knowsWrong.test(text));
  const isIndirect = isRare && isSlip && isOfPage && isUnknown && isReadOf(found.value, member);
  if (isIndirect && scripts.some((text) => handsOn(right).test(text))) return true;
  const read = new RegExp(`\\.${escapePattern(right)}\\s*\\.\\s*${escapePattern(member ?? '')}(?![\\w$])`);
  return member !== undefined && isRare && (isSlip || isOfPage) && scripts.some((text) => read.test(text));
}

/** Where code takes the value of a key as it is. */
function handsOn(key: string): RegExp {
  const word = escapePattern(key);
  return new RegExp(`\\.${word}(?![\\w$-]|\\s*\\??[.[(])|[{,]\\s*${word}\\s*[,}]`);
}

/** Whether what was asked of the missing value is something that the fellows' values have. */
function isReadOf(value: DataNode, member: string | undefined): boolean {
  if (member === undefined) return value.kind === 'list' || value.kind === 'map';
  if (value.kind === 'map') return value.entries.some(({ key }) => key === member);
  const sample = value.kind === 'list' ? [] : value.value;
  return sample !== null && sample !== undefined && member in Object(sample);
}

const READS = /\.(?:[cm]?[jt]sx?|vue|svelte|astro|njk|liquid|hbs|ejs)$/;

/** Where code or a template names a key: as a member, in a type or an object, or as a text. */
function knows(key: string): RegExp {
  const word = escapePattern(key);
  return new RegExp(`\\.${word}(?![\\w$-])|(?<![\\w$-])["']?${word}["']?\\??\\s*:|["'\`]${word}["'\`]`);
}
