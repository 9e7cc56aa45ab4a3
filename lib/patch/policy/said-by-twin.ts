import { maskCode } from '../../context/mask-code.js';
import { keptBeside } from './one-too-many.js';
import type { ParsedChange, PolicyInput } from './policy-rule.js';

const MOST_TEXT = 50_000;
const QUOTED = /(["'`])[^"'`]*\1/g;
/** The requests that Next.js shows a middleware, as a list of plain addresses. */
const MATCHER = /\bmatcher\s*:\s*(\[[^\][{}$]*\]|(["'`])[^"'`{}$]*\2)/g;

/**
 * Whether a file goes because the framework wants another alone, and that one has all its words and calls, and is shown
 * every request that this one was.
 */
export function isSaidByTwin({ file, after }: ParsedChange, input: PolicyInput): boolean {
  const twin = after || file.before === null ? undefined : keptBeside(file.path, input);
  if (twin === undefined || file.before === null || Math.max(twin.length, file.before.length) > MOST_TEXT) return false;
  const [gone, kept] = [readSayings(file.before), readSayings(twin)];
  if (gone.matched === undefined || kept.matched === undefined) return false;
  return (
    gone.matched.every((address) => kept.matched?.includes(address)) &&
    gone.quoted.every((text) => kept.quoted.includes(text)) &&
    gone.calls.every((name) => kept.calls.includes(name))
  );
}

interface Sayings {
  readonly quoted: readonly string[];
  readonly calls: readonly string[];
  /** Undefined where it is not one list of plain addresses. */
  readonly matched: readonly string[] | undefined;
}

function readSayings(text: string): Sayings {
  const masked = maskCode(text);
  const quotedIn = (start: number, end: number) =>
    [...masked.slice(start, end).matchAll(QUOTED)].map(({ index, 0: found }) =>
      text.slice(start + index + 1, start + index + found.length - 1),
    );
  const [list, another] = [...masked.matchAll(MATCHER)];
  const matched =
    list === undefined || another !== undefined || masked.split(/\bmatcher\b/).length > 2
      ? undefined
      : quotedIn(list.index, list.index + list[0].length);
  // A function of its own is called differently in each of the two.
  const calls = masked.match(/(?<![\w$]|function )[A-Za-z_$][\w$]*(?=\s*\()/g) ?? [];
  return { quoted: quotedIn(0, text.length), calls, matched };
}
