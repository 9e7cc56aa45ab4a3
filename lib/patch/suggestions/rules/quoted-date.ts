import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import type { Rule } from '../rule.js';
import { type DataNode, dataOf } from '../syntax/data-document.js';
import { directoryOf } from '../syntax/resolve-specifier.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/** What YAML 1.1 takes for a date without quotes: https://yaml.org/type/timestamp.html */
const DATE =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?(?:Z|[+-]\d{2}:\d{2})?)?$/;
const DOCUMENT = /\.(?:mdx?|mdoc|markdown|ya?ml)$/;
/** Readers that know such dates; others read them as texts. */
const READER = /"(?:gray-matter|js-yaml|front-matter|@11ty\/eleventy|astro|@nuxt\/content|contentlayer2?|velite)"\s*:/;

interface Wanted {
  readonly isText: boolean;
  /** Undefined where the error names no field. */
  readonly field?: string;
  /** What was called of the value. */
  readonly member?: string;
}

const TYPES =
  /(?:^|[\s*])([\w-]+)(?:\*\*)?: (?:Invalid input: expected|Expected(?: type)?) [`"]{0,2}(string|date)[`"]{0,2}, received [`"]{0,2}(string|date)[`"]{0,2}/i;
const SERIALIZED =
  /Error serializing `[^`\n]{0,100}\.([\w$]+)` returned from [\s\S]{1,300}\("\[object Date\]"\) cannot be/;
const OF_TEXT =
  /\.(localeCompare|split|slice|substring|substr|replace|replaceAll|startsWith|endsWith|includes|trim|match)\b[^\n]{0,20} is not a function/;
const OF_DATE =
  /\.(getTime|toISOString|getFullYear|getUTCFullYear|getMonth|getDate|toLocaleDateString|toUTCString|toDateString)\b[^\n]{0,20} is not a function/;
const AS_CHILD = /Objects are not valid as a React child \(found: (?:\[object Date\]|object Date)\)/;
const INVALID = /\bInvalid time value\b|\bInvalid Date\b/;

function wantedOf({ message }: BuildError): Wanted | undefined {
  const [, field, expected, received] = TYPES.exec(message) ?? [];
  if (field !== undefined && expected?.toLowerCase() !== received?.toLowerCase())
    return { isText: expected?.toLowerCase() === 'string', field };
  const serialized = SERIALIZED.exec(message)?.[1];
  if (serialized !== undefined) return { isText: true, field: serialized };
  const [ofText, ofDate] = [OF_TEXT.exec(message)?.[1], OF_DATE.exec(message)?.[1]];
  if (ofText !== undefined || ofDate !== undefined) return { isText: ofText !== undefined, member: ofText ?? ofDate };
  return AS_CHILD.test(message) || INVALID.test(message) ? { isText: true } : undefined;
}

/**
 * `date: 2025-05-03` among documents that all have `date: "2025-04-28"`: a date where a text is wanted, since it alone lacks
 * the quotes; or the other way round.
 */
export const quotedDate: Rule = {
  name: 'quoted-date',
  async propose(error, workspace) {
    const wanted = wantedOf(error);
    if (!wanted || workspace.partial) return undefined;
    const found = (await listColumns(workspace)).filter((column) => isMeant(column, { wanted, error, workspace }));
    const [only, another] = found;
    if (!only || another) return undefined;
    const [odd, sound] = split(only, wanted);
    const quote = sound.filter(({ quote }) => quote === '"').length * 2 >= sound.length ? '"' : "'";
    const [first] = odd;
    if (!first) return undefined;
    const edit = ({ path, value, start, end }: Cell) => {
      const range = wanted.isText
        ? { start, end, text: quote + value + quote }
        : { start: start - 1, end: end + 1, text: value };
      return [path, replaceRanges(workspace.read(path) ?? '', [range])] as const;
    };
    const line = lineOf(workspace.read(first.path) ?? '', first.start);
    return {
      files: new Map(odd.map(edit)),
      cause: wanted.isText
        ? `${first.path}, line ${line}, has a \`${only.field}\` without quotes, which is read as a date; a text is wanted, as its fellows have.`
        : `${first.path}, line ${line}, has a \`${only.field}\` in quotes, which is read as a text; a date is wanted, as its fellows have.`,
      change: wanted.isText ? 'Puts it in quotes as the others.' : 'Takes the quotes away as in the others.',
    };
  },
};

interface Cell {
  readonly path: string;
  readonly value: string;
  /** Empty where it has none. */
  readonly quote: string;
  readonly start: number;
  readonly end: number;
}

/** A field of all documents of a folder that have it, where it is a date in all of them. */
interface Column {
  readonly field: string;
  readonly cells: readonly Cell[];
}

async function listColumns(workspace: Workspace): Promise<Column[]> {
  const columns = new Map<string, { field: string; cells: (Cell | undefined)[] }>();
  for (const path of workspace.paths) {
    const data = DOCUMENT.test(path) ? await dataOf(workspace, path) : undefined;
    if (data?.kind !== 'map') continue;
    const text = workspace.read(path) ?? '';
    for (const { key, value } of data.entries) {
      const name = `${directoryOf(path)}|${/\.ya?ml$/.test(path)}|${key}`;
      const column = columns.get(name) ?? { field: key, cells: [] };
      column.cells.push(cellOf(path, text, value));
      columns.set(name, column);
    }
  }
  return [...columns.values()].flatMap(({ field, cells }) => {
    const dates = cells.flatMap((cell) => cell ?? []);
    return dates.length === cells.length ? [{ field, cells: dates }] : [];
  });
}

function cellOf(path: string, text: string, node: DataNode): Cell | undefined {
  if (node.kind !== 'text' || !DATE.test(String(node.value))) return undefined;
  const { start, end } = node;
  const before = text[start - 1] ?? '';
  const isWhole = text.slice(start, end) === node.value;
  return isWhole ? { path, value: node.value, quote: /["']/.test(before) ? before : '', start, end } : undefined;
}

/** Those that are not as the error wants them, and those that are. */
function split({ cells }: Column, { isText }: Wanted): readonly [readonly Cell[], readonly Cell[]] {
  const isSound = ({ quote }: Cell) => (quote !== '') === isText;
  return [cells.filter((cell) => !isSound(cell)), cells.filter(isSound)];
}

function isMeant(
  column: Column,
  { wanted, error, workspace }: { wanted: Wanted; error: BuildError; workspace: Workspace },
): boolean {
  const [odd, sound] = split(column, wanted);
  if (odd.length === 0 || sound.length < 2 || odd.length >= sound.length) return false;
  // One with a time among days is of another form.
  if (odd.some(({ value }) => sound.every((other) => other.value.length !== value.length))) return false;
  const isOfPage = odd.some(({ path }) => error.route?.endsWith(`/${stemOf(path)}`));
  const isFile = error.file !== undefined && DOCUMENT.test(error.file);
  if (isFile && !odd.some(({ path }) => path === error.file)) return false;
  if (wanted.field !== undefined) return wanted.field === column.field && (isFile || error.route !== undefined);

  const manifests = workspace.paths.filter((path) => /(?:^|\/)package\.json$/.test(path));
  if (!manifests.some((path) => READER.test(workspace.read(path) ?? ''))) return false;
  const scripts = workspace.paths.filter((path) => /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(path));
  const has = (pattern: RegExp) => scripts.some((path) => pattern.test(workspace.read(path) ?? ''));
  const field = escapePattern(column.field);
  if (wanted.member !== undefined) return has(new RegExp(`\\.${field}\\s*\\??\\.\\s*${wanted.member}\\b`));
  const isRead = has(new RegExp(`\\.${field}(?![\\w$-])`));
  // A date without a time, as a text, to which the time is written.
  const isCompleted = AS_CHILD.test(error.message) || has(/\$\{[^}\n]{1,80}\}T\d{2}:|\+\s*["'`]T\d{2}:/);
  return isOfPage && isRead && isCompleted;
}

function stemOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(DOCUMENT, '');
}
