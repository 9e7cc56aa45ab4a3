import type { FileChange } from '../../context/source.js';
import { escapePattern } from '../../context/word-pattern.js';
import { partsOf } from './distance.js';
import { hasOtherMeaning, isUnit } from './other-meaning.js';
import type { Workspace } from './workspace.js';

/** A word, or the whole of a quoted text, that a line of the diff replaces by another and by nothing else. */
export interface Rename {
  readonly before: string;
  readonly after: string;
  readonly isText: boolean;
}

/**
 * What a name that the file had at the last READY deployment is called now: the diff replaces a run of lines by one
 * that differs in this one word alone. Undefined when it does not, or gives two answers.
 */
export function findRename(workspace: Workspace, path: string, oldName: string): string | undefined {
  const change = workspace.changes.find((candidate) => candidate.path === path);
  const answers = new Set(
    change === undefined
      ? []
      : listRenames(change, workspace).flatMap(({ before, after }) => (before === oldName ? after : [])),
  );
  const [answer, another] = answers;
  return another === undefined ? answer : undefined;
}

/** All that the diff of a file renames, line by line; none where what came means another thing, as this or another file shows. */
export function listRenames(change: FileChange, { changes }: Pick<Workspace, 'changes'>): Rename[] {
  return renamesIn(change.hunks ?? '').filter(
    (rename) =>
      !hasOtherMeaning(rename.before, rename.after) &&
      (rename.isText ||
        !changes.some(({ hunks = '' }) => isGivenOther(hunks, rename) || isTakenOtherwise(hunks, rename))),
  );
}

/** Whether a key or variable got another value or type with its new name: `endHour: 14` that became `hours: 8` is no other word for it. */
function isGivenOther(hunks: string, { before, after }: { readonly before: string; readonly after: string }): boolean {
  return replacedRuns(hunks).some(({ removed, added }) => {
    const came = added.flatMap((line) => valueGiven(line, after) ?? []);
    const gone = removed.flatMap((line) => valueGiven(line, before) ?? []);
    const renamed = (value: string) =>
      value.replaceAll(before, after).replaceAll(capitalize(before), capitalize(after));
    return came.length > 0 && gone.some((value) => !came.includes(renamed(value)));
  });
}

/**
 * Whether a line that is otherwise kept does something else with what it reads by the new name: `price.toFixed(2)` that became
 * `(priceCents / 100).toFixed(2)`, `tags.map(show)` that became `show(tag)`, `!hidden` that became `shown`.
 */
function isTakenOtherwise(
  hunks: string,
  { before, after }: { readonly before: string; readonly after: string },
): boolean {
  return replacedRuns(hunks).some(
    ({ removed, added }) =>
      removed.length === added.length &&
      removed.some((line, index) => {
        const [old, now] = [treatmentsOf(line, before), treatmentsOf(added[index] ?? '', after)];
        return old.length > 0 && old.length === now.length && old.join() !== now.join();
      }),
  );
}

/** What is done with each value of the name on a line: `!`, `i <=`, ` / 100`, `.map`. */
function treatmentsOf(line: string, name: string): string[] {
  const compared = '(?:[<>]=?|[!=]==?)';
  const listed = String.raw`\??\.(?:map|flatMap|filter|find|some|every|forEach|reduce|join|at|length)\b`;
  const after = String.raw`\s*[*/%](?![*/>])|\s[+-]\s\d|\s${compared}(?=\s)|${listed}|\[`;
  const use = new RegExp(
    String.raw`(!|\s${compared}\s)?(?<![\w$])(?:[\w$]+\??\.)*${escapePattern(name)}(?![\w$-])(${after})?`,
    'g',
  );
  return [...line.matchAll(use)].map(([, ...marks]) => marks.join(''));
}

/** `14` of `{ startHour: 6, endHour: 14 }`, up to the comma or the bracket that ends it. */
function valueGiven(line: string, key: string): string | undefined {
  const start = new RegExp(
    `(?<![\\w$.-])["']?${escapePattern(key)}["']?(?:\\??:|(?<=\\b(?:const|let|var) ${escapePattern(key)}) =(?![=>]))\\s*`,
  ).exec(line);
  if (!start) return undefined;
  const from = start.index + start[0].length;
  let depth = 0;
  for (let at = from; at < line.length; at++) {
    const character = line.charAt(at);
    if (depth === 0 && /[,;)\]}]/.test(character)) return line.slice(from, at).trim();
    if (/[([{]/.test(character)) depth++;
    else if (/[)\]}]/.test(character)) depth--;
  }
  return line.slice(from).trim();
}

function renamesIn(hunks: string): Rename[] {
  return replacedRuns(hunks).flatMap(({ removed, added }) => {
    // A reformatted neighbour must not count: old and new line stand at the same place of their runs.
    if (removed.length !== added.length) return compareValues(removed, added, hunks);
    const pairs = removed.map((line, index) => {
      const other = added[index] ?? '';
      return { line, other, renames: [...compareLines(line, other), ...compareKeys(line, other)] };
    });
    const [only] = pairs;
    if (only && pairs.length === 1 && only.renames.length === 0) return compareDeclarations(only.line, only.other);
    return pairs.flatMap((pair, index) =>
      isRewritten(pair, pairs[index + 1]) || mayBeMixedUp(pair, pairs) || saysLittle(pair) ? [] : pair.renames,
    );
  });
}

/**
 * What a declaration is called whose body the diff replaces with it: a line of the same run that differs in this one name.
 * That it is the same thing still has to be shown.
 */
export function findNamesake({ hunks = '' }: FileChange, oldName: string): string | undefined {
  const answers = replacedRuns(hunks).flatMap(({ removed, added }) =>
    removed
      .filter((line) => DECLARATION.exec(line)?.[1] === oldName)
      .flatMap((line) => added.flatMap((other) => compareLines(line, other)))
      .flatMap(({ before, after }) => (before === oldName ? after : [])),
  );
  const [answer, another] = new Set(answers);
  return another === undefined ? answer : undefined;
}

const DECLARATION =
  /^\s*export\s+(?:default\s+|async\s+|abstract\s+|declare\s+){0,2}(?:function\*?|class|const|let)\s+([\w$]+)/;

interface Pair {
  readonly line: string;
  readonly other: string;
  readonly renames: readonly Rename[];
}

/** Whether a new name comes with a new body: then it may be another thing. */
function isRewritten({ line }: Pair, next: Pair | undefined): boolean {
  return /(?:[{(]|=>)\s*$/.test(line) && next !== undefined && next.line !== next.other && next.renames.length === 0;
}

/** Whether the line differs from another in the name alone, and the new name does not tell whose it is. */
function mayBeMixedUp(pair: Pair, pairs: readonly Pair[]): boolean {
  const [rename] = pair.renames;
  if (!rename || rename.isText || wordsOf(rename.after).some((word) => wordsOf(rename.before).includes(word)))
    return false;
  return pairs.some(({ line, renames: [other] }) => {
    const differs = other !== undefined && other.before !== rename.before;
    return differs && line.replaceAll(other.before, '') === pair.line.replaceAll(rename.before, '');
  });
}

const OF_LITTLE_VALUE =
  /^\s*(?:export\s+)?(?:declare\s+)?(?:const|let|type)\s+[\w$]+(?:\s*:[^=]{1,80})?\s*=\s*(?:-?\d{1,3}|true|false|null|undefined|''|""|\[\]|\{\}|string|number|boolean|unknown)(?:\[\])?;?\s*$/;

/** Whether a constant or a type that many are alike to made room for one with no word of its name: `PAGE_SIZE = 10` for `MAX_TAGS = 10`. */
function saysLittle({ line, renames: [rename] }: Pair): boolean {
  if (!rename || rename.isText || !OF_LITTLE_VALUE.test(line)) return false;
  const [before, after] = [partsOf(rename.before), partsOf(rename.after)];
  // `MAX_UPLOAD_FILES = 10` for `MAX_UPLOAD_MB = 10` counts something else.
  const isOtherCount = before.some((part) => isUnit(part) && !after.includes(part));
  return isOtherCount || !after.some((part) => /[a-z]{2}/.test(part) && before.includes(part));
}

function wordsOf(name: string): string[] {
  return (name.match(/[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
}

function replacedRuns(hunks: string): { removed: string[]; added: string[] }[] {
  const runs: { removed: string[]; added: string[] }[] = [];
  let run: { removed: string[]; added: string[] } | undefined;
  for (const line of hunks.split('\n')) {
    if (line.startsWith('-') || line.startsWith('+')) {
      if (!run || (line.startsWith('-') && run.added.length > 0)) {
        run = { removed: [], added: [] };
        runs.push(run);
      }
      (line.startsWith('-') ? run.removed : run.added).push(line.slice(1).replace(/\r$/, ''));
    } else run = undefined;
  }
  return runs;
}

/**
 * `$brass: #b80;` that became `$gold: #b80;`, with declarations that came or went beside it: the one removed and the one
 * added in the whole diff of the file that declare this very value.
 */
function compareValues(removed: readonly string[], added: readonly string[], hunks: string): Rename[] {
  const lines = hunks.split('\n').map((line) => line.replace(/\r$/, ''));
  return removed.flatMap((line) => {
    const [, before, value] = VALUE_DECLARATION.exec(line) ?? [];
    if (before === undefined || value === undefined) return [];
    const same = lines.filter((other) => VALUE_DECLARATION.exec(other.slice(1))?.[2] === value);
    const after = added.flatMap((other) => {
      const [, name, otherValue] = VALUE_DECLARATION.exec(other) ?? [];
      return name !== undefined && otherValue === value && kindOf(other) === kindOf(line) ? [name] : [];
    });
    const [now] = after;
    const isOnly = same.length === 2 && after.length === 1 && now !== undefined && now !== before;
    return isOnly ? [{ before, after: now, isText: false }] : [];
  });
}

/** A variable of Sass, Less or CSS, the sign as part of its name where `TOKEN` has it so, and a value of some length. */
const VALUE_DECLARATION =
  /^\s*(?:(?:@|--)(?=[A-Za-z_])|(?=\$))(\$?[A-Za-z_][\w-]*)\s*:\s*([^;{}\s][^;{}]{2,200}?)\s*;?\s*(?:\/\/.*)?$/;

function kindOf(declaration: string): string {
  return /^[-+]?\s*([$@-])/.exec(declaration)?.[1] ?? '';
}

const TOKEN = /'[^'\n]*'|"[^"\n]*"|`[^`\n]*`|[A-Za-z_$][\w$]*(?:-[\w$]+)*|\s+|./g;

function compareLines(before: string, after: string): Rename[] {
  const old = before.match(TOKEN) ?? [];
  const now = after.match(TOKEN) ?? [];
  if (old.length !== now.length) return [];
  const pairs = old
    .map((token, index) => [token, now[index] ?? ''] as const)
    // Columns that are aligned move with the length of a name.
    .filter(([token, other]) => token !== other && (token.trim() !== '' || other.trim() !== ''));
  const [first] = pairs;
  if (first === undefined) return [];
  if (pairs.some(([token, other]) => token !== first[0] || other !== first[1])) return compareFamily(pairs);
  const [token, other] = first;
  if (isWord(token) && isWord(other)) return [{ before: token, after: other, isText: false }];
  if (!/^['"`]/.test(token) || token[0] !== other[0] || token.length < 4 || other.length < 4) return [];
  const inner = [token.slice(1, -1), other.slice(1, -1)] as const;
  const whole = /\s/.test(inner[0]) ? [] : [{ before: inner[0], after: inner[1], isText: true }];
  return [...whole, ...compareLines(...inner).filter((rename) => rename.before !== inner[0])];
}

/**
 * `Field({ label }: FieldProps)` that became `FormField({ label }: FormFieldProps)`: one name, and what is named after it, the
 * module that it comes from too.
 */
function compareFamily(all: readonly (readonly [string, string])[]): Rename[] {
  const pairs = all.filter(([token, other]) => isWord(token) && isWord(other));
  const [shortest] = [...pairs].sort(([left], [right]) => left.length - right.length);
  if (!shortest) return [];
  const [name, now] = shortest;
  const isItsModule = ([token, other]: readonly [string, string]) =>
    /^['"].*[/]/.test(token) && token.endsWith(`/${name}${token[0]}`) && token.replace(`/${name}`, `/${now}`) === other;
  if (!all.every((pair) => pairs.includes(pair) || isItsModule(pair))) return [];
  const spellings = [[name, now] as const, [capitalize(name), capitalize(now)] as const];
  const isNamedAfter = ([token, other]: readonly [string, string]) =>
    spellings.some(([before, after]) => {
      const at = token.indexOf(before);
      const end = token.slice(at + before.length);
      return at >= 0 && !/^[a-z]/.test(end) && token.slice(0, at) + after + end === other;
    });
  if (name.length < 3 || !pairs.every(isNamedAfter)) return [];
  const distinct = new Map(pairs);
  return [...distinct].map(([before, after]) => ({ before, after, isText: false }));
}

function capitalize(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** `{ picked }` that became `{ pickedIds: picked }`, or the other way round: the key has another name, its value stayed. */
function compareKeys(before: string, after: string): Rename[] {
  const [short, long] = before.length < after.length ? [before, after] : [after, before];
  for (const { index, 0: pair, 1: key = '', 2: value = '' } of long.matchAll(KEY_AND_VALUE)) {
    if (key === value || long.slice(0, index) + value + long.slice(index + pair.length) !== short) continue;
    return [
      long === after ? { before: value, after: key, isText: false } : { before: key, after: value, isText: false },
    ];
  }
  return [];
}

const KEY_AND_VALUE = /(?<=(?:^|[{,])\s*)([A-Za-z_$][\w$]*)\s*:\s*([A-Za-z_$][\w$]*)(?=\s*(?:[,}]|$))/g;

function isWord(token: string): boolean {
  return /^[A-Za-z_$]/.test(token);
}

const SASS_DECLARATION = /^\s*@(mixin|function)\s+([A-Za-z_][\w-]*)\(([^()]*)\)/;

/** A mixin or function of Sass that got another name and further parameters, each with a default. */
function compareDeclarations(before: string, after: string): Rename[] {
  const [, kind, name = '', parameters = ''] = SASS_DECLARATION.exec(before) ?? [];
  const [, otherKind, otherName = '', others = ''] = SASS_DECLARATION.exec(after) ?? [];
  const further = others.startsWith(parameters) ? others.slice(parameters.length) : undefined;
  const isCompatible = further !== undefined && /^(?:,?\s*\$[\w-]+:[^,]+)*$/.test(further);
  if (kind === undefined || kind !== otherKind || name === otherName || !isCompatible) return [];
  return [{ before: name, after: otherName, isText: false }];
}
