import { findTwin, isSpellingOf } from '../distance.js';
import type { Rule } from '../rule.js';
import { findScripts } from '../syntax/mask-markup.js';
import { literalsOfType } from '../syntax/named-types.js';
import { isComponentFile, isScript, parseSource } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';
import type { Workspace } from '../workspace.js';

/** A value that is none of those allowed, as the tool lists or corrects them. */
interface WrongValue {
  readonly received: string;
  /** All values that are allowed there, or the one that the tool names. */
  readonly allowed: readonly string[];
}

/**
 * `flour: spelts` where `'wheat' | 'rye' | 'spelt'` are allowed: a string in a script or in the front matter of a
 * document that is one slip away from exactly one of the values that the tool names.
 */
export const valueSpelling: Rule = {
  name: 'value-spelling',
  async propose(error, workspace) {
    const wrong = await wrongValueOf(error.message, workspace);
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (!wrong || file === undefined || text === undefined) return undefined;
    const { received, allowed } = wrong;
    const [only, another] = allowed;
    if (allowed.includes(received)) return undefined;
    const right = another === undefined ? only : findTwin(received, allowed);
    if (right === undefined || !isSpellingOf(received, right)) return undefined;

    const places = isScript(file)
      ? [...(await findStrings(file, text, received)), ...findInMarkup(file, text, received)]
      : /\.(?:md|mdx|markdown|ya?ml)$/.test(file)
        ? findPlainValues(text, received)
        : [];
    const near = places.filter(({ start }) => error.line === undefined || lineOf(text, start) === error.line);
    const [place, second] = near.length > 0 || error.line === undefined ? near : places;
    if (!place || second) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ ...place, text: right }])]]),
      cause: `\`${received}\` in ${file}, line ${lineOf(text, place.start)}, is none of the values allowed there.`,
      change: `Writes \`${right}\`, the one allowed value that is spelt so nearly alike.`,
    };
  },
};

const WRONG_STRING = [
  /(?:Type|Argument of type) '"(?<received>[^"']{1,100})"' is not assignable to (?:parameter of )?type '(?<type>[^']{1,400})'/,
  /the types '(?<type>[^']{1,400})' and '"(?<received>[^"']{1,100})"' have no overlap/,
  /the types '"(?<received>[^"']{1,100})"' and '(?<type>[^']{1,400})' have no overlap/,
];

async function wrongValueOf(message: string, workspace: Workspace): Promise<WrongValue | undefined> {
  const named = /Type '"([^"']{1,100})"' is not assignable to type [^\n]*Did you mean '"([^"']{1,100})"'/.exec(message);
  if (named?.[1] && named[2]) return { received: named[1], allowed: [named[2]] };
  // zod, as Astro and others print it; its fourth version says `expected one of "a"|"b"`.
  const listed = /[Ee]xpected (?:one of )?((?:['"][^'"]{1,100}['"]\s?\|\s?)+['"][^'"]{1,100}['"])/.exec(message)?.[1];
  const received = /received ['"]([^'"]{1,100})['"]/.exec(message)?.[1];
  if (listed !== undefined && received !== undefined) return { received, allowed: quotedIn(listed) };
  for (const pattern of WRONG_STRING) {
    const groups = pattern.exec(message)?.groups;
    if (!groups?.received || !groups.type) continue;
    const allowed = await stringsOfType(groups.type.replace(/ \| undefined$/, ''), workspace);
    if (allowed && allowed.length > 0) return { received: groups.received, allowed };
  }
  return undefined;
}

function quotedIn(list: string): string[] {
  return [...list.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '');
}

/** What a type allows that is written as strings, or by the name of one that is. */
async function stringsOfType(type: string, workspace: Workspace): Promise<readonly string[] | undefined> {
  if (/^[A-Za-z_$][\w$]*$/.test(type)) return literalsOfType(workspace, type);
  return /^"[^"]*"(?: \| "[^"]*")*$/.test(type) ? quotedIn(type) : undefined;
}

interface Place {
  readonly start: number;
  readonly end: number;
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
