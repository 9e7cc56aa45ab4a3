import { isLockfile, isSource } from '../readable-files.js';
import type { Survey } from '../survey.js';
import { escapePattern } from '../word-pattern.js';
import { readWrittenLists } from '../written-lists.js';
import { type Suspicion, type SuspicionRule, suspectEach } from './suspicion.js';

const KINDS = new Set(['script-failed', 'other', 'prerender', 'page-data', 'config']);
/** `Error(` with a text that has values put into it. */
const THROWN = /\bError\(\s{0,40}`([^`]{1,400})`/g;
const MOST_HOLDERS = 3;
const MOST_TEXT = 400_000;
const DATA = /\.(?:json|ya?ml|toml|mdx?|csv|tsv)$/;

/**
 * Code of the project that throws at data with a value in the message, `Film listed twice: ${film.slug}`: the data that hold the
 * value, by what its own text makes of the message. Those that hold it twice, where it must not stand twice.
 */
export const suspectThrownValue: SuspicionRule = ({ error, file, trace, route }, survey) => {
  if (!KINDS.has(error.kind)) return [];
  const message = error.message.slice(0, 1_000);
  const throwing = [...new Set([...(file === undefined ? [] : [file]), ...trace])];
  const near = throwing.length > 0 ? throwing : survey.graph.reach(route?.pages ?? [], 40);
  const values = near.filter(isSource).flatMap((path) => valuesPutIn(survey.files.get(path) ?? '', message));
  return [
    ...[...new Set(values)].slice(0, 4).flatMap((value) => suspectHolders(value, message, survey)),
    ...suspectSearchedData({ file, line: error.line }, survey),
  ];
};

/** Code that looks something up in data, does not find it, and throws as it is meant to. */
function suspectSearchedData(
  { file, line }: { readonly file: string | undefined; readonly line: number | undefined },
  { files, graph }: Survey,
): Suspicion[] {
  if (file === undefined || line === undefined) return [];
  const rows = files.get(file)?.split('\n') ?? [];
  const guarded = rows
    .slice(Math.max(0, line - 3), line)
    .join('\n')
    .slice(0, 1_000);
  if (!/\bthrow\b/.test(rows[line - 1] ?? '') || !/\bif \(!|=== undefined|== null|\?\?/.test(guarded)) return [];
  const data = graph
    .edgesFrom(file)
    .flatMap(({ resolution }) =>
      resolution.outcome === 'file' && DATA.test(resolution.path) && !isLockfile(resolution.path)
        ? resolution.path
        : [],
    );
  return data.length > MOST_HOLDERS ? [] : suspectEach(data, 0.76, 'is searched by the code that throws');
}

/** What stands in the message where the text that was thrown has its values; the shortest reading of each. */
function valuesPutIn(text: string, message: string): string[] {
  return [...text.slice(0, MOST_TEXT).matchAll(THROWN)].flatMap(([, template = '']) => {
    const parts = template.split(/\$\{[^{}]{1,200}\}/);
    const words = parts.join('').replace(/[^A-Za-z]/g, '');
    if (parts.length < 2 || parts.length > 6 || words.length < 4) return [];
    const pattern = parts.map((part) => escapePattern(part)).join('([^\\n]{1,120}?)');
    const found = new RegExp(`${pattern}(?:$|\\n)`, 'm').exec(message);
    return (found?.slice(1) ?? []).map((value) => value.trim()).filter((value) => isTelling(value));
  });
}

/** Numbers count records, and short words are everywhere. */
function isTelling(value: string): boolean {
  return value.length > 2 && !/^[\d.,\s-]+$/.test(value);
}

function isHolder(path: string, text: string): boolean {
  return (
    DATA.test(path) ||
    (isSource(path) && text.includes('= [') && readWrittenLists(text).some((list) => list.length > 1))
  );
}

function suspectHolders(value: string, message: string, { files }: Survey): Suspicion[] {
  const own = escapePattern(value);
  const held = new RegExp(
    `["'\`]${own}["'\`]|^[^\\S\\n]*(?:- )?[\\w-]+:\\s*${own}[^\\S\\n]*$|(?:^|,)${own}(?=,|\\r?$)`,
    'gm',
  );
  const counts = [...files].flatMap(([path, text]) => {
    const count = isLockfile(path) || !isHolder(path, text) ? 0 : [...text.slice(0, MOST_TEXT).matchAll(held)].length;
    return count > 0 ? [{ path, count }] : [];
  });
  const twice = /\b(?:twice|duplicate[sd]?|already|more than once|unique|repeated)\b/i.test(message)
    ? counts.filter(({ count }) => count > 1)
    : [];
  const meant = (twice.length > 0 ? twice : counts).map(({ path }) => path);
  return meant.length > MOST_HOLDERS ? [] : suspectEach(meant, 0.78, `holds ${value}, at which the code throws`);
}
