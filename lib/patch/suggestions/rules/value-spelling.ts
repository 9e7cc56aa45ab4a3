import { findTwin, isSpellingOf } from '../distance.js';
import type { Rule } from '../rule.js';
import { isScript, parseSource } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { walk } from '../syntax/walk.js';

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
    const wrong = wrongValueOf(error.message);
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (!wrong || file === undefined || text === undefined) return undefined;
    const { received, allowed } = wrong;
    const [only, another] = allowed;
    const right = another === undefined ? only : findTwin(received, allowed);
    if (right === undefined || !isSpellingOf(received, right)) return undefined;

    const places = isScript(file)
      ? await findStrings(file, text, received)
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

function wrongValueOf(message: string): WrongValue | undefined {
  const named = /Type '"([^"']{1,100})"' is not assignable to type [^\n]*Did you mean '"([^"']{1,100})"'/.exec(message);
  if (named?.[1] && named[2]) return { received: named[1], allowed: [named[2]] };
  // zod, as Astro and others print it; its fourth version says `expected one of "a"|"b"`.
  const listed = /[Ee]xpected (?:one of )?((?:['"][^'"]{1,100}['"]\s?\|\s?)+['"][^'"]{1,100}['"])/.exec(message)?.[1];
  const received = /received ['"]([^'"]{1,100})['"]/.exec(message)?.[1];
  if (listed === undefined || received === undefined) return undefined;
  return { received, allowed: [...listed.matchAll(/['"]([^'"]+)['"]/g)].map((match) => match[1] ?? '') };
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
