import { escapePattern } from '../../context/word-pattern.js';
import type { BuildError } from '../../diagnosis/diagnosis.js';
import { isSlip } from './distance.js';
import { findScripts } from './syntax/mask-markup.js';
import { literalsOfType } from './syntax/named-types.js';
import { isComponentFile, isScript, parseSource } from './syntax/parse.js';
import { lineOf } from './syntax/source-text.js';
import { walk } from './syntax/walk.js';
import type { Workspace } from './workspace.js';

/** A value that is none of those allowed, as the tool lists or corrects them. */
export interface WrongValue {
  readonly received: string;
  /** All values that are allowed there, or the one that the tool names. */
  readonly allowed: readonly string[];
}

const WRONG_STRING = [
  /(?:Type|Argument of type) '"(?<received>[^"']{1,100})"' is not assignable to (?:parameter of )?type '(?<type>[^']{1,2000})'/,
  /the types '(?<type>[^']{1,2000})' and '"(?<received>[^"']{1,100})"' have no overlap/,
  /the types '"(?<received>[^"']{1,100})"' and '(?<type>[^']{1,2000})' have no overlap/,
];

/** Next.js' typed routes. */
const EXISTING_ROUTE = /"([^"]{1,200})" is not an existing route\. Did you mean "([^"]{1,200})" instead\?/;

/** What the error says; undefined where it speaks of something else or names no values. */
export async function wrongValueOf(
  { message, file }: Pick<BuildError, 'message' | 'file'>,
  workspace: Workspace,
): Promise<WrongValue | undefined> {
  const named = /Type '"([^"']{1,100})"' is not assignable to type [^\n]*Did you mean '"([^"']{1,100})"'/.exec(message);
  if (named?.[1] && named[2]) return { received: named[1], allowed: [named[2]] };
  const [, route, near] = EXISTING_ROUTE.exec(message) ?? [];
  if (route !== undefined && near !== undefined)
    return isSpellingOfRoute(route, near) ? { received: route, allowed: [near] } : undefined;
  // zod, as Astro and others print it; its fourth version says `expected one of "a"|"b"`, and not what it was given.
  const listed = /[Ee]xpected (?:one of )?((?:['"][^'"]{1,100}['"]\s?\|\s?)+['"][^'"]{1,100}['"])/.exec(message)?.[1];
  const received =
    /[Rr]eceived ['"]([^'"]{1,100})['"]/.exec(message)?.[1] ??
    valueOfKey(workspace.read(file ?? '') ?? '', /([\w-]+)(?:\*\*)?: Invalid option/.exec(message)?.[1]);
  if (listed !== undefined && received !== undefined) return { received, allowed: quotedIn(listed) };
  for (const pattern of WRONG_STRING) {
    const groups = pattern.exec(message)?.groups;
    if (!groups?.received || !groups.type) continue;
    const allowed = await stringsOfType(groups.type.replace(/ \| undefined$/, ''), workspace);
    if (allowed && allowed.length > 0) return { received: groups.received, allowed };
  }
  return undefined;
}

/** What a document gives to the key, if it names it once. */
function valueOfKey(text: string, key: string | undefined): string | undefined {
  const pattern = new RegExp(
    `^\\s*["']?${escapePattern(key ?? '')}["']?:\\s+["']?([^"'\\s,#]+)["']?,?[^\\S\\n]*\\r?$`,
    'gm',
  );
  const [value, another] = key === undefined ? [] : [...text.matchAll(pattern)];
  return another === undefined ? value?.[1] : undefined;
}

/** A path of many letters is like many others: each of its segments has to be a spelling of the other's. */
function isSpellingOfRoute(route: string, other: string): boolean {
  const segments = other.split('/');
  const written = route.split('/');
  return written.length === segments.length && written.every((part, index) => isSlip(part, segments[index] ?? ''));
}

function quotedIn(list: string): string[] {
  return [...list.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
}

/** What a type allows that is written as strings, or by the name of one that is. */
async function stringsOfType(type: string, workspace: Workspace): Promise<readonly string[] | undefined> {
  if (/^[A-Za-z_$][\w$]*$/.test(type)) return literalsOfType(workspace, type);
  // A pattern such as `/berths/${string}` is no value that could be written instead.
  return /^(?:"[^"]*"|`[^`]*`)(?: \| (?:"[^"]*"|`[^`]*`))*$/.test(type)
    ? quotedIn(type.replace(/`[^`]*`/g, ''))
    : undefined;
}

export interface Place {
  readonly start: number;
  readonly end: number;
}

/** Where the value is written: the one place on the line, else the one in the file. */
export async function placeOfValue(
  value: string,
  { file, text, line }: { readonly file: string; readonly text: string; readonly line: number | undefined },
): Promise<Place | undefined> {
  const places = isScript(file)
    ? [...(await findStrings(file, text, value)), ...findInMarkup(file, text, value)]
    : /\.(?:md|mdx|markdown|ya?ml)$/.test(file)
      ? findPlainValues(text, value)
      : [];
  const near = places.filter(({ start }) => line === undefined || lineOf(text, start) === line);
  const [place, second] = near.length > 0 || line === undefined ? near : places;
  return second ? undefined : place;
}

/** The contents of string literals. */
async function findStrings(file: string, text: string, value: string): Promise<Place[]> {
  const { program } = await parseSource(file, text);
  const places: Place[] = [];
  for (const { node } of walk(program)) {
    if (node.type === 'Literal' && node.value === value) places.push({ start: node.start + 1, end: node.end - 1 });
  }
  return places;
}

/** The contents of strings in a template: whole attributes, and strings within expressions. */
function findInMarkup(file: string, text: string, value: string): Place[] {
  if (!isComponentFile(file)) return [];
  const scripts = findScripts(file, text);
  const places: Place[] = [];
  for (let at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + 1)) {
    const end = at + value.length;
    const isString = /["'`]/.test(text[at - 1] ?? '') && text[at - 1] === text[end];
    if (isString && !scripts.some((script) => script.start <= at && end <= script.end)) places.push({ start: at, end });
  }
  return places;
}

/** `key: value`, `key: "value"` and `- value` as whole values of front matter or YAML. */
function findPlainValues(text: string, value: string): Place[] {
  const end = text.startsWith('---') ? text.indexOf('\n---', 3) : text.length;
  const places: Place[] = [];
  for (let at = text.indexOf(value); at >= 0 && at < end; at = text.indexOf(value, at + 1)) {
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    const before = text.slice(lineStart, at);
    const after = /^['"]?[^\S\n]*(?:#[^\n]*)?\r?(?:\n|$)/.test(text.slice(at + value.length));
    if (after && /^[\s-]*(?:[\w-]+:\s*|-\s+)['"]?$/.test(before)) places.push({ start: at, end: at + value.length });
  }
  return places;
}
