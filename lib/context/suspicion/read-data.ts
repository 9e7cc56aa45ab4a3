import type { BuildError } from '../../diagnosis/diagnosis.js';
import { baseName, extensionOf, folderOf, isLockfile } from '../readable-files.js';
import type { LocatedError, Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { yamlPart } from '../yaml-part.js';
import { hasShortRow } from './odd-records.js';
import { findOddities, listRecordGroups } from './record-groups.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

const KINDS = new Set(['script-failed', 'other', 'syntax', 'json', 'type']);
const DATA = /\.(?:json|ya?ml|toml|csv|tsv|mdx?|mdoc|txt)$/;
const MOST_READERS = 12;
const MOST_DATA = 300;
const MOST_TEXT = 200_000;
const MOST_MEANT = 3;
const NATIVE = /^(?:Type|Range|Reference|Syntax)Error\b/;
const REPEATED = /\b(?:twice|duplicate[sd]?|already|more than once|unique|repeated|collides?)\b/i;

/** What a script of the project reads, by the files and folders that it names: it refused some of it, or broke on it. */
export const suspectReadData: SuspicionRule = (located, survey) => {
  const { error } = located;
  const { code, data: all } = readData(located, survey);
  if (all.length > MOST_DATA) return [];
  const data = all.filter((path) => survey.files.has(path));
  if (data.length === 0) return [];
  const said = saidOf(error);
  const isCheck = !NATIVE.test(error.message);
  const named = fewOf(data.filter((path) => isNamed(path, said)));
  const held = fewOf(listHolders(data, said, code, survey));
  const odd = listOdd(data, code, survey);
  const isDouble = REPEATED.test(said);
  const found: Suspicion[] = [
    ...suspectEach(named, isDouble && held.length > 0 ? 0.72 : 0.85, 'is what the script that failed speaks of'),
    ...suspectEach(held, isDouble ? 0.85 : isCheck ? 0.78 : 0.6, 'holds a value that the script which failed tells'),
    ...suspectEach(
      fewOf(odd),
      odd.length === 1 ? 0.82 : 0.6,
      'is unlike its neighbours in what the script that failed reads of it',
    ),
  ];
  if (found.length > 0) return found;
  return data.length > MOST_MEANT
    ? []
    : suspectEach(data, isCheck ? (data.length === 1 ? 0.74 : 0.55) : 0.3, 'is read by the script that failed');
};

/** What is worth reading of it, first what the script speaks of. */
export function listScriptData(located: LocatedError, survey: Survey): readonly string[] {
  const { data } = readData(located, survey);
  const said = saidOf(located.error);
  const named = data.length > MOST_DATA ? [] : data.filter((path) => isNamed(path, said));
  return [...new Set([...named, ...data])];
}

function readData(located: LocatedError, survey: Survey): { readonly code: string; readonly data: readonly string[] } {
  const { kind, tool } = located.error;
  if (!KINDS.has(kind) || !['script', 'node'].includes(tool)) return { code: '', data: [] };
  const readers = listReaders(located, survey);
  const code = readers.map((path) => survey.files.get(path)?.slice(0, MOST_TEXT) ?? '').join('\n');
  return { code, data: code === '' ? [] : listReadData(readers, code, survey) };
}

function saidOf({ message, said }: BuildError): string {
  return `${message}\n${said ?? ''}`.slice(0, 8_000);
}

function fewOf(paths: readonly string[]): readonly string[] {
  return paths.length > MOST_MEANT ? [] : paths;
}

function listReaders({ file, trace }: LocatedError, { graph }: Survey): string[] {
  const running = [file, ...trace].filter((path) => path !== undefined && isScript(path)) as string[];
  return graph.reach(running, MOST_READERS).filter(isScript);
}

function isScript(path: string): boolean {
  return /\.[cm]?[jt]s$/.test(path);
}

/** Data files whose name, or whose folders, stand in the readers' quoted texts; of a folder those that it names, if any. */
function listReadData(readers: readonly string[], code: string, { index, manifests }: Survey): string[] {
  const quoted = code.match(/'[^'\n]{1,200}'|"[^"\n]{1,200}"|`[^`\n]{1,200}`/g) ?? [];
  const parts = new Set(quoted.flatMap((text) => text.slice(1, -1).split(/\$\{[^}]{0,100}\}|[/\\]/)));
  const homes = [
    ...new Set(
      readers.map(
        (path) =>
          manifests
            .map(({ folder }) => folder)
            .filter((folder) => folder === '' || path.startsWith(`${folder}/`))
            .sort((a, b) => b.length - a.length)[0] ?? '',
      ),
    ),
  ];
  const candidates = index.paths.filter(
    (path) =>
      DATA.test(path) && !isLockfile(path) && !/^(?:package|[jt]sconfig[\w.-]*|vercel)\.json$/.test(baseName(path)),
  );
  const exact = candidates.filter((path) => parts.has(baseName(path)));
  const folders = (path: string) => {
    const home = homes.find((one) => one !== '' && path.startsWith(`${one}/`));
    return folderOf(home === undefined ? path : path.slice(home.length + 1))
      .split('/')
      .filter(Boolean);
  };
  const inside = candidates.filter((path) => {
    const own = folders(path);
    return !exact.includes(path) && own.length > 0 && own.every((part) => parts.has(part));
  });
  const stemmed = inside.filter((path) => parts.has(stemOf(path)));
  const chosen = new Set([...exact, ...stemmed].map(folderOf));
  return [...exact, ...stemmed, ...inside.filter((path) => !stemmed.includes(path) && !chosen.has(folderOf(path)))];
}

function stemOf(path: string): string {
  return baseName(path).slice(0, -extensionOf(path).length - 1);
}

/** By its path or name; by its bare name only where that is no plain word, or stands where names stand. */
function isNamed(path: string, said: string): boolean {
  if (said.includes(baseName(path))) return true;
  const stem = stemOf(path);
  const own = escapePattern(stem);
  return /[-_\d]/.test(stem)
    ? new RegExp(`(?<![\\w-])${own}(?![\\w-])`).test(said)
    : new RegExp(`(?:^[^\\p{L}\\n]{0,6}|["'\`/([] ?)${own}(?=["'\`)\\]:,]|$)|\\b${own}: `, 'mu').test(said);
}

/** Files with a value of more than a short word that the script printed and does not write itself. */
function listHolders(data: readonly string[], said: string, code: string, { files }: Survey): string[] {
  const holders = new Map<string, string[]>();
  for (const path of data) {
    const text = files.get(path)?.slice(0, MOST_TEXT) ?? '';
    const head = /\.mdx?$/.test(path) ? (yamlPart(path, text)?.yaml ?? '') : text;
    const values = head.match(/(?<=[:\-,]\s{0,4}["']?)[^\s"'#:,{}[\]][^"'\n,{}[\]]{3,80}(?=["'\n,]|$)/gm) ?? [];
    for (const value of new Set(values.map((one) => one.trim()))) {
      if (said.includes(value) && !code.includes(value) && stands(value, said))
        holders.set(value, [...(holders.get(value) ?? []), path]);
    }
  }
  return [...new Set([...holders.values()].flatMap((paths) => (paths.length > 2 ? [] : paths)))];
}

function stands(value: string, said: string): boolean {
  return new RegExp(`(?<![\\p{L}\\d_-])${escapePattern(value)}(?![\\p{L}\\d_-])`, 'u').test(said);
}

/** Records that lack what all others beside them have, or have another kind of value there, as far as the code reads it. */
function listOdd(data: readonly string[], code: string, survey: Survey): string[] {
  const isRead = (key: string) =>
    new RegExp(`(?<![\\w$])${escapePattern(key.split('.').at(-1)?.replaceAll('[]', '') ?? '')}(?![\\w$])`).test(code);
  const records = listRecordGroups(survey)
    .map((group) => group.filter(({ path }) => data.includes(path)))
    .flatMap((group) => findOddities(group))
    .flatMap(({ record, key }) => (isRead(key) ? [record.path] : []));
  const tables = data.filter((path) => /\.[ct]sv$/.test(path) && hasShortRow(path, survey.files.get(path) ?? ''));
  return [...new Set([...records, ...tables])];
}
