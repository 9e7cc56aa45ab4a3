import type { Edit } from '../../patch/patch.js';
import { type CodeFrame, findCodeFrame } from '../code-frame.js';
import { type DiffLine, diffEdit } from '../diff.js';
import { shorten } from '../escape.js';
import { type CodeToken, cutTokens, highlightLine } from '../highlight.js';
import { type Html, html } from '../html.js';

const MOST_DIFF_LINES = 250;
const LONGEST_LINE = 400;
const UNCHANGED_KEPT = 3;
/** Stands for lines that are not shown. */
const GAP: DiffLine = { kind: 'same', text: '…' };

/** The source around the fault, as the compiler printed it, with its line marked; nothing where it printed none. */
export function renderCodeFrame(excerpt: string, label: string): Html | false {
  const frame = findCodeFrame(excerpt);
  if (frame === undefined) return false;
  const width = String(frame.lines.at(-1)?.number ?? 0).length;
  return html`<figure class="diff frame"><figcaption>${label}</figcaption><pre tabindex="0" role="group" aria-label="Code around the error">${frame.lines.map((line) => renderFrameLine(line, width))}</pre></figure>`;
}

function renderFrameLine(line: CodeFrame['lines'][number], width: number): Html {
  const tokens = highlightLine(shorten(line.text, LONGEST_LINE));
  const number = String(line.number).padStart(width);
  if (!line.isFault) return html`<span><i>${number}</i> ${colour(tokens)}\n</span>`;
  const { from, to } = line.underlined ?? { from: 0, to: 0 };
  const [before, between, after] = cutTokens(tokens, from, to);
  return html`<mark><i>${number}</i> ${colour(before)}${between.length > 0 && html`<u>${colour(between)}</u>`}${colour(after)}\n</mark>`;
}

/** Every edit of a patch as a diff, one figure a file. */
export function renderPatch(edits: readonly Edit[]): readonly Html[] {
  return groupByFile(edits).map((group) => renderEdits(group));
}

function groupByFile(edits: readonly Edit[]): readonly (readonly [Edit, ...Edit[]])[] {
  const files = new Map<string, [Edit, ...Edit[]]>();
  for (const edit of edits) {
    const known = files.get(edit.path);
    if (known === undefined) files.set(edit.path, [edit]);
    else known.push(edit);
  }
  return [...files.values()];
}

function renderEdits(edits: readonly [Edit, ...Edit[]]): Html {
  const [edit] = edits;
  const lines = edits.flatMap((part, index) => [...(index === 0 ? [] : [GAP]), ...keepNearChanges(diffEdit(part))]);
  const verb = edit.kind === 'create' ? 'new file' : edit.kind === 'delete' ? 'deleted' : undefined;
  const added = lines.filter((line) => line.kind === 'added').length;
  const removed = lines.filter((line) => line.kind === 'removed').length;
  const shown = lines.slice(0, MOST_DIFF_LINES);
  return html`<figure class="diff"><figcaption class="row between"><code>${edit.path}</code><small>${verb !== undefined && `${verb} `}${added > 0 && html`<span class="good">+${added}</span> `}${removed > 0 && html`<span class="bad">−${removed}</span>`}</small></figcaption>
${
  shown.length > 0 &&
  html`<pre tabindex="0" role="group" aria-label="Change of ${edit.path}">${shown.map((line, index) => renderLine(line, counterpart(shown, index)))}${lines.length > shown.length && html`<span>… ${lines.length - shown.length} more lines</span>`}</pre>`
}</figure>`;
}

const SIGNS = { same: ' ', removed: '-', added: '+' } as const;

/** A changed line with the words in bold that differ from its counterpart. */
function renderLine(line: DiffLine, other: string | undefined): Html {
  const text = shorten(line.text, LONGEST_LINE);
  const tokens = highlightLine(text);
  const content = other === undefined ? colour(tokens) : emphasise(text, tokens, shorten(other, LONGEST_LINE));
  if (line.kind === 'same') return html`<span>${SIGNS.same} ${content}\n</span>`;
  if (line.kind === 'added') return html`<ins>${SIGNS.added} ${content}\n</ins>`;
  return html`<del>${SIGNS.removed} ${content}\n</del>`;
}

function emphasise(text: string, tokens: readonly CodeToken[], other: string): Html {
  const [own, others] = [toWords(text), toWords(other)];
  let start = 0;
  while (start < own.length && start < others.length && own[start] === others[start]) start += 1;
  let end = 0;
  const longestEnd = Math.min(own.length, others.length) - start;
  while (end < longestEnd && own[own.length - 1 - end] === others[others.length - 1 - end]) end += 1;
  const from = own.slice(0, start).join('').length;
  const to = text.length - own.slice(own.length - end).join('').length;
  const kept = text.length - (to - from);
  if (kept < text.length / 3 || from >= to) return html`${colour(tokens)}`;
  const [before, between, after] = cutTokens(tokens, from, to);
  return html`${colour(before)}<b>${colour(between)}</b>${colour(after)}`;
}

function toWords(text: string): readonly string[] {
  return text.match(/[\p{L}\p{N}_$]+|\s+|./gsu) ?? [];
}

const CLASSES: Readonly<Record<Exclude<CodeToken['kind'], 'plain'>, string>> = {
  keyword: 'k',
  string: 's',
  number: 'n',
  comment: 'c',
  tag: 't',
};

function colour(tokens: readonly CodeToken[]): readonly Html[] {
  return tokens.map(({ kind, text }) =>
    kind === 'plain' ? html`${text}` : html`<span class="${CLASSES[kind]}">${text}</span>`,
  );
}

/** The line that stands for this one on the other side: the nth removed of a run for the nth added, and back. */
function counterpart(lines: readonly DiffLine[], index: number): string | undefined {
  const kind = lines[index]?.kind;
  if (kind === undefined || kind === 'same') return undefined;
  let start = index;
  while (lines[start - 1] !== undefined && lines[start - 1]?.kind !== 'same') start -= 1;
  let end = index + 1;
  while (lines[end] !== undefined && lines[end]?.kind !== 'same') end += 1;
  const run = lines.slice(start, end);
  const removed = run.filter((line) => line.kind === 'removed');
  const added = run.filter((line) => line.kind === 'added');
  if (removed.length !== added.length) return undefined;
  const [own, others] = kind === 'removed' ? [removed, added] : [added, removed];
  return others[own.indexOf(lines[index] as DiffLine)]?.text;
}

/** Drops unchanged lines far from any change; a dropped run becomes one line that says so. */
function keepNearChanges(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = lines.map((_, index) =>
    lines.slice(Math.max(0, index - UNCHANGED_KEPT), index + UNCHANGED_KEPT + 1).some((line) => line.kind !== 'same'),
  );
  const kept: DiffLine[] = [];
  for (const [index, line] of lines.entries()) {
    if (isNear[index]) kept.push(line);
    else if (index === 0 || isNear[index - 1]) kept.push(GAP);
  }
  return kept;
}
