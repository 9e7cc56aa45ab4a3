import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isOpenedTwice } from '../syntax/bracket-gap.js';
import { endsOfCalls, isMeant } from '../syntax/ends-of-calls.js';
import { VOID_ELEMENTS } from '../syntax/intrinsic-elements.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineEnding, offsetOf } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

/**
 * A block whose end is missing, in a file that is indented throughout: what the block holds stands deeper than its
 * first line, and the first line that does not is no end of it. There the end belongs. Brackets of scripts and style
 * sheets, elements, and Svelte's blocks; only if one such place makes the file parse.
 */
export const unclosedBlock: Rule = {
  name: 'unclosed-block',
  async propose(error, workspace) {
    const { file } = error;
    if (file === undefined || !BLOCK_LANGUAGE.test(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    // No parser here reads the blocks of Angular's templates.
    const isToldBlock = file.endsWith('.html') && /Unclosed block/.test(error.message);
    if (!isToldBlock && !(await workspace.isBroken(file, text))) return undefined;

    const repaired: { readonly opener: Pick<Opener, 'line'>; readonly text: string }[] = [];
    for (const opener of findUnclosed(file, text)) {
      const answer = await closeBlock(file, text, opener);
      if (answer !== undefined) repaired.push({ opener, text: answer });
      if (repaired.length > 1) return undefined;
    }
    for (const { line, text: candidate } of completeEnds(text)) {
      if ((await countParseErrors(file, candidate)) > 0) continue;
      if (isScript(file) && !isComponentFile(file) && (await mayCloseOnLine(workspace, { file, text, line })))
        return undefined;
      repaired.push({ opener: { line }, text: candidate });
    }
    if (repaired.length > 1) return undefined;
    const [only] = repaired;
    if (!only || (await isOpenedTwice(file, text, only.opener.line + 1))) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `What opens in ${file}, line ${only.opener.line + 1}, is never closed.`,
      change: 'Closes it where its indented block ends, and with that the file parses.',
    };
  },
};

/** Whether the parenthesis may lack on the line that opens it. */
async function mayCloseOnLine(
  workspace: Workspace,
  { file, text, line }: { readonly file: string; readonly text: string; readonly line: number },
): Promise<boolean> {
  const from = offsetOf(text, line + 1) ?? 0;
  for (const at of endsOfCalls(text, from, offsetOf(text, line + 2) ?? text.length)) {
    const { program, errors } = await workspace.parse(file, `${text.slice(0, at)})${text.slice(at)}`);
    if (errors.length === 0 && isMeant(program, { from, at, to: at })) return true;
  }
  return false;
}

const BLOCK_LANGUAGE = /\.(?:[cm]?[jt]sx?|css|scss|less|pcss|vue|svelte|astro|html)$/;

/** A line that opens a block, and the line before which the block's end is missing. */
interface Opener {
  /** From 0. */
  readonly line: number;
  readonly before: number;
  readonly indent: string;
  readonly closer: string;
}

function findUnclosed(file: string, text: string): Opener[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const closer = closerOf(file, line);
    if (closer === undefined) return [];
    const indent = indentOf(line);
    let before = index + 1;
    while (before < lines.length && isInside(lines[before] ?? '', { indent, closer })) before++;
    // An empty block, or one that is not indented, shows no end.
    if (lines.slice(index + 1, before).every(isBlank)) return [];
    const next = lines[before] ?? '';
    const closes = indentOf(next) === indent && isEndOf(closer, next.trim());
    return closes ? [] : [{ line: index, before, indent, closer }];
  });
}

// No person opens more on one line.
const MOST_OPEN = 8;

/** `})` where the line that it ends opened `f(g(() => {`: the one bracket that lacks in it. */
function completeEnds(text: string): { readonly line: number; readonly text: string }[] {
  const lines = text.split(/(?<=\n)/);
  return lines.flatMap((opening, line) => {
    const open = unclosedBrackets(opening.trim());
    const [indent, last] = [indentOf(opening), open.at(-1)];
    if (open.length < 2 || open.length > MOST_OPEN || last === undefined || !opening.trim().endsWith(last)) return [];
    const end = lines.findIndex((other, index) => index > line && !isBlank(other) && !isDeeper(other, indent));
    const [, written = ''] = /^\s*([)\]}]+)[;,]?\s*$/.exec(lines[end] ?? '') ?? [];
    const whole = open.map((bracket) => CLOSING[bracket]).reverse();
    const lacksOne = whole.some((_, index) => whole.filter((__, other) => other !== index).join('') === written);
    if (end < line + 2 || indentOf(lines[end] ?? '') !== indent || !lacksOne) return [];
    const completed = (lines[end] ?? '').replace(written, whole.join(''));
    return [{ line, text: [...lines.slice(0, end), completed, ...lines.slice(end + 1)].join('') }];
  });
}

/** The end of what the line leaves open; undefined when it leaves nothing open, or more than one thing. */
function closerOf(file: string, line: string): string | undefined {
  const trimmed = line.trim();
  const block = /\.svelte$/.test(file) ? /^\{#(if|each|await|key|snippet)\b[^}]*\}$/.exec(trimmed)?.[1] : undefined;
  if (block !== undefined) return `{/${block}}`;
  const tag = MARKUP.test(file) ? /^<([A-Za-z][\w.-]*)(?:\s[^<]*[^/<]|)>$/.exec(trimmed)?.[1] : undefined;
  if (tag !== undefined) return VOID_ELEMENTS.has(tag) ? undefined : `</${tag}>`;
  const open = unclosedBrackets(trimmed);
  const last = open.at(-1);
  return open.length === 1 && last !== undefined && trimmed.endsWith(last) ? CLOSING[last] : undefined;
}

const MARKUP = /\.(?:[jt]sx|js|vue|svelte|astro)$/;
const CLOSING: Readonly<Record<string, string>> = { '{': '}', '(': ')', '[': ']' };

function unclosedBrackets(line: string): string[] {
  const open: string[] = [];
  const bare = line.replace(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|`(?:[^`\\]|\\.)*`|\/\/.*$/g, '');
  for (const character of bare) {
    if (character in CLOSING) open.push(character);
    else if (character === CLOSING[open.at(-1) ?? '']) open.pop();
  }
  return open;
}

function isInside(line: string, { indent, closer }: { readonly indent: string; readonly closer: string }): boolean {
  if (isBlank(line) || isDeeper(line, indent)) return true;
  // Another branch of the same Svelte block.
  return closer.startsWith('{/') && indentOf(line) === indent && line.trim().startsWith('{:');
}

function isEndOf(closer: string, line: string): boolean {
  return line.startsWith(closer) || (closer.startsWith('<') && line.includes(closer));
}

async function closeBlock(file: string, text: string, opener: Opener): Promise<string | undefined> {
  const ending = lineEnding(text);
  const lines = text.split(/\r?\n/);
  // After the last line of the block, so that blank lines stay between this block and what follows.
  let at = opener.before;
  while (at > opener.line + 1 && isBlank(lines[at - 1])) at--;
  // What is left of the end, or the mark behind it, has a line of its own.
  const rest = lines[opener.before]?.trim() ?? '';
  const { closer } = opener;
  const halves = [closer.slice(1), closer.slice(0, -1), ...(closer.startsWith('{/') ? [closer.replace('/', '')] : [])];
  const isHalf = closer.length > 1 && halves.includes(rest);
  if (isHalf || /^[;,]$/.test(rest)) {
    const end = `${opener.indent}${opener.closer}${isHalf ? '' : rest}`;
    const completed = [...lines.slice(0, at), end, ...lines.slice(opener.before + 1)].join(ending);
    return (await countParseErrors(file, completed)) === 0 ? completed : undefined;
  }
  const terminators = opener.closer.length > 1 ? [''] : endsOfStatement(lines[opener.line] ?? '');
  for (const terminator of terminators) {
    const inserted = `${opener.indent}${opener.closer}${terminator}`;
    const candidate = [...lines.slice(0, at), inserted, ...lines.slice(at)].join(ending);
    const final = at === lines.length && !candidate.endsWith(ending) ? candidate + ending : candidate;
    if ((await countParseErrors(file, final)) === 0) return final;
  }
  return undefined;
}

/** What may follow the bracket, by what the opening line begins. */
function endsOfStatement(line: string): string[] {
  const isValue = /^\s*(?:(?:export\s+)?(?:const|let|var)\b|return\b)|[\w)\]]\s*=\s*[[{(]$/.test(line);
  if (isValue) return [';', '', ','];
  return /[\w'"]\s*:\s*[[{(]$|^\s*[[{(]$/.test(line) ? [',', '', ';'] : ['', ',', ';'];
}

function isBlank(line: string | undefined): boolean {
  return line === undefined || line.trim() === '';
}

function indentOf(line: string): string {
  return /^\s*/.exec(line)?.[0] ?? '';
}

function isDeeper(line: string, indent: string): boolean {
  const own = indentOf(line);
  return own.length > indent.length && own.startsWith(indent);
}
