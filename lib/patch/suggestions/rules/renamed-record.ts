import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { partsOf } from '../distance.js';
import type { Rule } from '../rule.js';
import { type DataEntry, type DataNode, dataOf, readData, walkData } from '../syntax/data-document.js';
import { formerText } from '../syntax/former-text.js';
import { isScript } from '../syntax/parse.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

const DATA = /\.(?:json|ya?ml)$/;
const ENTRY = /\.(?:json|ya?ml|mdx?|mdoc|markdoc)$/;
const ID = /^(?:id|slug|key|code|handle|uid|sku|name)$/i;

/**
 * An id of a record of data that the error quotes, that nothing defines any more, and that the diff since the last READY
 * deployment replaced by one other: what refers to the record by the old id in data and front matter follows.
 */
export const renamedRecord: Rule = {
  name: 'renamed-record',
  async propose(error, workspace) {
    if (workspace.partial || error.kind === 'syntax') return undefined;
    for (const id of idsIn(error)) {
      const renames = await findRenames(workspace, id);
      const [rename, another] = renames;
      if (!rename || another || !(await isGone(workspace, id))) continue;
      if (linkedIdOf(error) === id && isInPath(workspace, id)) return undefined;
      const files = await follow(workspace, { id, ...rename }, error);
      const [place] = files;
      if (!place) return undefined;
      const line = lineOf(workspace.read(place[0]) ?? '', firstDifference(workspace.read(place[0]) ?? '', place[1]));
      return {
        files,
        cause: `${place[0]}, line ${line}, refers to \`${id}\`, which ${rename.path} calls \`${rename.now}\` since the last good deployment.`,
        change: `Refers to \`${rename.now}\`.`,
      };
    }
    return undefined;
  },
};

function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left[at] === right[at]) at++;
  return at;
}

/** What a link leads to that no page is for: the pages of records have their ids for names. */
function linkedIdOf({ message }: BuildError): string | undefined {
  const path = /\b404\]? (\/\S{1,300}) \(linked from /
    .exec(message)?.[1]
    ?.replace(/[?#].*$/, '')
    .replace(/\/$/, '');
  return path?.slice(path.lastIndexOf('/') + 1);
}

/** A link that is written out leads to the old page too. */
function isInPath(workspace: Workspace, id: string): boolean {
  const written = new RegExp(`/${escapePattern(id)}(?![\\w-])`);
  return workspace.paths.some((path) => written.test(workspace.read(path) ?? ''));
}

function idsIn(error: BuildError): readonly string[] {
  const { message } = error;
  const quoted = [...message.slice(0, 800).matchAll(/["'`“‘]([A-Za-z\d][\w.-]{2,80})["'`”’]/g)];
  const last = [...message.slice(0, 800).matchAll(/(?:[:=]|→) ([A-Za-z\d][\w-]{2,80})(?=\.?$| was not found)/gm)];
  return [...new Set([linkedIdOf(error) ?? [], ...[...quoted, ...last].map(([, id]) => id ?? [])].flat())].slice(0, 8);
}

interface Rename {
  /** Where the record is defined. */
  readonly path: string;
  readonly now: string;
  /** All ids that stand beside it. */
  readonly ids: ReadonlySet<string>;
}

/** One record of a file: its id, and all else that it says. */
interface RecordOfData {
  readonly id: string;
  readonly rest: ReadonlyMap<string, string>;
}

async function findRenames(workspace: Workspace, id: string): Promise<Rename[]> {
  const renames: Rename[] = renamedFiles(workspace, id);
  for (const change of workspace.changes) {
    const text = change.status === 'modified' && DATA.test(change.path) ? workspace.read(change.path) : undefined;
    const former = text === undefined ? undefined : formerText(text, change);
    if (text === undefined || !former?.includes(id)) continue;
    const [before, after] = [await readData(change.path, former), await readData(change.path, text)];
    const [olds, news] = [before ? listRecords(before) : [], after ? listRecords(after) : []];
    for (const [field, records] of olds) {
      const others = news.find(([name]) => name === field)?.[1] ?? [];
      const gone = records.filter((record) => !others.some((other) => other.id === record.id));
      const came = others.filter((other) => !records.some((record) => record.id === other.id));
      const [old] = gone.filter((record) => record.id === id);
      const same = old ? came.filter((other) => isSame(old, other)) : [];
      const [record] = same;
      if (!old || !record || same.length > 1 || gone.some((other) => other !== old && isSame(other, record))) continue;
      renames.push({ path: change.path, now: record.id, ids: new Set(others.map((other) => other.id)) });
    }
  }
  return renames;
}

/** Files of a folder that is a collection are records, whose ids are the files' names. */
function renamedFiles(workspace: Workspace, id: string): Rename[] {
  return workspace.changes.flatMap(({ status, path, previousPath = '' }) => {
    const folder = directoryOf(path);
    const isOne = status === 'renamed' && ENTRY.test(path) && directoryOf(previousPath) === folder;
    if (!isOne || stemOf(previousPath) !== id || stemOf(path) === id) return [];
    const fellows = workspace.tree.filter((other) => ENTRY.test(other) && directoryOf(other) === folder);
    return [{ path, now: stemOf(path), ids: new Set(fellows.map(stemOf)) }];
  });
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(ENTRY, '');
}

/** By where they stand: the objects of lists by each field that is an id, those of an object by their keys. */
function listRecords(data: DataNode, at = ''): (readonly [string, readonly RecordOfData[]])[] {
  const found: (readonly [string, readonly RecordOfData[]])[] = [];
  if (data.kind === 'list') {
    const objects = data.items.flatMap((item) => (item.kind === 'map' ? [item.entries] : []));
    const fields = new Set(objects.flatMap((entries) => entries.map(({ key }) => key)).filter((key) => ID.test(key)));
    for (const field of fields) {
      const records = objects.flatMap((entries) => {
        const own = entries.find(({ key }) => key === field)?.value;
        const id = own?.kind === 'text' ? String(own.value) : undefined;
        return id === undefined ? [] : [{ id, rest: restOf(entries, field) }];
      });
      const isUnique = new Set(records.map(({ id }) => id)).size === objects.length;
      if (isUnique) found.push([`${at}[]${field}`, records]);
    }
  }
  if (data.kind === 'map') {
    const isCollection = data.entries.length > 1 && data.entries.every(({ value }) => value.kind === 'map');
    if (isCollection)
      found.push([
        `${at}{}`,
        data.entries.map(({ key, value }) => ({
          id: key,
          rest: value.kind === 'map' ? restOf(value.entries) : new Map(),
        })),
      ]);
    else for (const { key, value } of data.entries) found.push(...listRecords(value, `${at}/${key}`));
  }
  return found;
}

function restOf(entries: readonly DataEntry[], without?: string): ReadonlyMap<string, string> {
  return new Map(entries.flatMap(({ key, value }) => (key === without ? [] : [[key, textOf(value)]])));
}

function textOf(node: DataNode): string {
  if (node.kind === 'list') return `[${node.items.map(textOf).join()}]`;
  if (node.kind === 'map') return `{${node.entries.map(({ key, value }) => `${key}:${textOf(value)}`).join()}}`;
  return JSON.stringify(node.value);
}

/** Whether nothing but the name differs, in whatever notation, and something tells that it is the same thing. */
function isSame(old: RecordOfData, now: RecordOfData): boolean {
  const keys = new Set([...old.rest.keys(), ...now.rest.keys()]);
  const differing = [...keys].filter((key) => old.rest.get(key) !== now.rest.get(key));
  const isName = (key: string) =>
    inWords(old.rest.get(key) ?? '') === inWords(old.id) && inWords(now.rest.get(key) ?? '') === inWords(now.id);
  if (!differing.every(isName)) return false;
  const [before, after] = [wordsOf(old.id), wordsOf(now.id)];
  const [few, many] = before.length < after.length ? [before, after] : [after, before];
  const common = few.filter((word) => many.includes(word));
  // `blue-shirt` and `red-shirt` with nothing else to them may be two things.
  if (differing.length === keys.size) return common.length > 0 && common.length === few.length;
  return common.length > 0 || (differing.length === 0 && keys.size > 1);
}

function wordsOf(text: string): string[] {
  return partsOf(text).filter((part) => /[a-z]{3}|\d/.test(part));
}

function inWords(text: string): string {
  return (text.toLowerCase().match(/[\p{L}\d]+/gu) ?? []).join(' ');
}

/** Whether no file, no key and no id of a record has the name. */
async function isGone(workspace: Workspace, id: string): Promise<boolean> {
  if (workspace.tree.some((path) => path.split('/').some((part) => part.replace(/\.\w+$/, '') === id))) return false;
  const quoted = new RegExp(`(["'\`])${escapePattern(id)}\\1|(?<![\\w$-])${escapePattern(id)}\\s*:`);
  for (const path of workspace.paths) {
    const text = workspace.read(path);
    if (!text?.includes(id)) continue;
    // Code that names the record itself would have to follow too, or to be told apart from it.
    if (isScript(path) && quoted.test(text)) return false;
    const data = await dataOf(workspace, path);
    if (!data) continue;
    for (const node of walkData(data)) {
      const defines = (entry: DataEntry) =>
        entry.key === id || (ID.test(entry.key) && entry.value.kind === 'text' && entry.value.value === id);
      if (node.kind === 'map' && node.entries.some(defines)) return false;
    }
  }
  return true;
}

interface Reference {
  readonly path: string;
  readonly start: number;
  readonly value: string;
}

/** Every field of data whose other values are ids of records of that file too, or that the error itself names. */
async function follow(
  workspace: Workspace,
  { id, now, ids }: Rename & { readonly id: string },
  error: BuildError,
): Promise<Map<string, string>> {
  const fields = new Map<string, Reference[]>();
  for (const path of workspace.paths) {
    const data = await dataOf(workspace, path);
    for (const [key, node] of data ? fieldsOf(data) : []) {
      const field = `${directoryOf(path)}|${DATA.test(path) ? path : 'documents'}|${key}`;
      fields.set(field, [...(fields.get(field) ?? []), { path, start: node.start, value: String(node.value) }]);
    }
  }
  const files = new Map<string, string>();
  for (const [field, references] of fields) {
    const uses = references.filter(({ value }) => value === id);
    if (uses.length === 0) continue;
    const key = field.slice(field.lastIndexOf('|') + 1);
    const others = references.filter(({ value }) => value !== id);
    const isNamed = new RegExp(`(?<![a-z])${escapePattern(key.replace(/(?:_?ids?|s)$/i, ''))}`, 'i').test(
      error.message,
    );
    if (others.length === 0 ? !isNamed : !others.every(({ value }) => ids.has(value))) return new Map();
    for (const path of new Set(uses.map((use) => use.path))) {
      const ranges = uses
        .filter((use) => use.path === path)
        .map(({ start }) => ({ start, end: start + id.length, text: now }));
      files.set(path, replaceRanges(files.get(path) ?? workspace.read(path) ?? '', ranges));
    }
  }
  return files;
}

/** The texts of the fields, and those of the lists that fields are. */
function fieldsOf(data: DataNode): (readonly [string, Extract<DataNode, { value: unknown }>])[] {
  return [...walkData(data)].flatMap((node) =>
    node.kind !== 'map'
      ? []
      : node.entries.flatMap(({ key, value }) => {
          const values = value.kind === 'list' ? value.items : [value];
          return values.flatMap((item) => (item.kind === 'text' ? [[key, item] as const] : []));
        }),
  );
}
