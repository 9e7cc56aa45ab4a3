import type { Program } from 'oxc-parser';
import { escapePattern } from '../../../context/word-pattern.js';
import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { namesIn } from '../changed-words.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { type ChangedRun, changedRuns, undoRuns } from '../syntax/former-text.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript, parseSource } from '../syntax/parse.js';
import type { Workspace } from '../workspace.js';

/** What the compiler says where it misses this, and what it looks like without blanks. */
interface Piece {
  readonly message: RegExp;
  readonly isIt: (gone: string, match: RegExpExecArray) => boolean;
  /** Whether it is missed in another line than it stood in. */
  readonly isFelt?: true;
}

const PIECES: readonly Piece[] = [
  {
    message: /Property '([A-Za-z_$][\w$]*)' is missing in type .{1,5000} but required in type /s,
    isIt: (gone, [, name = '']) => new RegExp(`^,?${escapePattern(name)}(?:[:=].+|,)?$`).test(gone) && isOneEntry(gone),
    isFelt: true,
  },
  { message: /\bPromise<|^'await' has no effect/, isIt: (gone) => gone === 'await', isFelt: true },
  {
    message: /'([\w$]+)(?:[.?[][^']*)?' is possibly '(?:null|undefined|null' or 'undefined)'/,
    isIt: (gone, [, name = '']) => isGuard(gone, name),
    isFelt: true,
  },
  { message: /^(?:'[^']+'|Object) is possibly '(?:null|undefined)'/, isIt: (gone) => gone === '?' },
  {
    message: /^(?:Type|Argument of type) '.{0,500}\b(?:undefined|null)' is not assignable to/,
    isIt: (gone) => /^\?\?(?:'[^']*'|"[^"]*"|[\w.$[\]{}-]+)$/.test(gone),
  },
  {
    message: /^(?:Parameter|Binding element) '[\w$]+' implicitly has an 'any' type/,
    isIt: (gone) => /^:[\w$.<>[\]|'"{}:;,?()=&]+$/.test(gone),
  },
  { message: /^A function whose declared type is neither .{1,80} must return a value/, isIt: isReturn, isFelt: true },
  { message: /^Function lacks ending return statement/, isIt: isReturn, isFelt: true },
  { message: /^Generic type '[\w$]+(?:<[^']*>)?' requires /, isIt: (gone) => /^<[^()]+>$/.test(gone) },
];

function isReturn(gone: string): boolean {
  return gone === 'return' || /^return[^;{}]{1,200};$/.test(gone);
}

/** `if (!berth) return null;`, `if (!berth) notFound();` */
function isGuard(gone: string, name: string): boolean {
  const condition = `if\\(!${escapePattern(name)}\\)`;
  return new RegExp(
    `^${condition}(?:\\{)?(?:return[^;{}]{0,200}|throw[^;{}]{1,200}|[\\w$.]+\\([^;{}]{0,200}\\));?\\}?$`,
  ).test(gone);
}

/** Whether no second entry or attribute follows. */
function isOneEntry(gone: string): boolean {
  let depth = 0;
  let quote = '';
  const flat = [...gone.replace(/^,|,$/g, '')].filter((mark) => {
    if (quote) quote = mark === quote ? '' : quote;
    else if (/['"`]/.test(mark)) quote = mark;
    else if (/[([{]/.test(mark)) depth++;
    else if (/[)\]}]/.test(mark)) depth--;
    else return depth === 0;
    return false;
  });
  return depth === 0 && !quote && !flat.includes(',') && flat.filter((mark) => /[:=]/.test(mark)).length <= 1;
}

/** How far from what it took away a change is felt, in lines; and within a statement. */
const MOST_LINES = 30;
const OWN_LINES = 2;

/**
 * A piece of a line that the diff since the last READY deployment took away and put nothing in its place, where the compiler
 * now misses just that: a required prop or entry, an `await`, a guard, a `return`, an annotation.
 */
export const takenAway: Rule = {
  name: 'taken-away',
  async propose(error, workspace) {
    const { file, line } = error;
    const change = workspace.changes.find(({ path }) => path === file);
    const text = file === undefined || !isScript(file) || isComponentFile(file) ? undefined : workspace.read(file);
    const pieces = piecesOf(error);
    if (file === undefined || text === undefined || line === undefined || !change || pieces.length === 0)
      return undefined;
    const runs = changedRuns(text, change) ?? [];
    const wanted = runs.filter((run) => {
      const distance = Math.abs(run.at + 1 - line);
      return goneIn(run).some((gone) =>
        pieces.some(({ isIt, isFelt }) => distance <= (isFelt ? MOST_LINES : OWN_LINES) && isIt(gone)),
      );
    });
    const [run, another] = wanted;
    if (!run || another || isTakenElsewhere(workspace, run, file)) return undefined;
    // What is awaited later was left as a promise on purpose.
    const isLater =
      goneIn(run).includes('await') && runs.some((one) => one !== run && WAITS.test(one.added.join('\n')));
    if (isLater) return undefined;
    const repaired = undoRuns(text, [run]);
    if ((await countParseErrors(file, repaired)) > 0 || (await lacksMore(file, repaired, undoRuns(text, runs))))
      return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `The latest change took a piece out of ${file}, line ${run.at + 1}, that is needed there.`,
      change: 'Writes the line as it was; nothing else was put in the place of what is missing.',
    };
  },
};

function piecesOf({ message }: BuildError): { isIt: (gone: string) => boolean; isFelt: boolean }[] {
  return PIECES.flatMap(({ message: pattern, isIt, isFelt = false }) => {
    const match = pattern.exec(message.slice(0, 6_000));
    return match ? [{ isIt: (gone: string) => isIt(gone, match), isFelt }] : [];
  });
}

/** What the run took out, without blanks, and nothing where it also put something there; several readings of `aa` for `aaa`. */
function goneIn({ removed, added }: ChangedRun): string[] {
  const [before, now] = [removed, added].map((lines) => lines.join('').replace(/\s/g, '')) as [string, string];
  const size = before.length - now.length;
  const found: string[] = [];
  for (let at = 0; size > 0 && at <= now.length && before.slice(0, at) === now.slice(0, at); at++)
    if (before.slice(at + size) === now.slice(at)) found.push(before.slice(at, at + size));
  return found;
}

/** Whether the change takes the same words out of other places too: then they went on purpose. */
function isTakenElsewhere({ changes }: Workspace, run: ChangedRun, file: string): boolean {
  const kept = new Set(run.added.flatMap(namesIn));
  const gone = run.removed.flatMap(namesIn).filter((name) => name.length > 3 && !kept.has(name) && !COMMON.test(name));
  const own = new Set(run.removed);
  return changes.some(({ path, hunks = '' }) =>
    hunks
      .split('\n')
      .some(
        (line) =>
          line.startsWith('-') &&
          !(path === file && own.has(line.slice(1))) &&
          namesIn(line).some((name) => gone.includes(name)),
      ),
  );
}

const WAITS = /\bawait\b|\bPromise\b|\.then\(/;
const COMMON = /^(?:await|async|return|throw|null|undefined|string|number|boolean|true|false|void|unknown)$/;

/** Whether the repaired text uses names that nothing declares any more. */
async function lacksMore(file: string, repaired: string, former: string): Promise<boolean> {
  const free = undeclaredIn((await parseSource(file, former)).program);
  return [...undeclaredIn((await parseSource(file, repaired)).program)].some((name) => !free.has(name));
}

function undeclaredIn(program: Program): Set<string> {
  const names = namesOf(program);
  const declared = new Set(names.filter(({ role }) => role === 'declaration').map(({ name }) => name));
  return new Set(names.filter(({ name, role }) => role === 'reference' && !declared.has(name)).map(({ name }) => name));
}
