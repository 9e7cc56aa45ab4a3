import type { BuildError } from '../../../diagnosis/diagnosis.js';
import { countParseErrors } from '../parses-better.js';
import type { Fix, Rule } from '../rule.js';
import { VOID_ELEMENTS } from '../syntax/intrinsic-elements.js';
import { endOfTag, endsInExpression, mayEndEarlier } from '../syntax/open-tags.js';
import { lineStarts } from '../syntax/source-text.js';

/** Each candidate costs a parse of the file. */
const MOST_CANDIDATES = 10;

/**
 * `<li>{entry}` with its content on one line and no `</li>`, alone on that line or in an expression such as
 * `{open && <b>now {count}}`: closed where its content ends, the file parses.
 */
export const unclosedInline: Rule = {
  name: 'unclosed-inline',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (file === undefined || text === undefined) return undefined;
    if (file.endsWith('.mdx')) return closeInParagraph(error, file, text);
    if (!/\.(?:[jt]sx|js)$/.test(file)) return undefined;
    if (!(await workspace.isBroken(file, text))) return undefined;
    const candidates = findUnclosedLines(text);
    if (candidates.length > MOST_CANDIDATES) return undefined;
    const repaired: { readonly line: number; readonly tag: string; readonly text: string }[] = [];
    for (const { at, tag, line } of candidates) {
      const edited = `${text.slice(0, at)}</${tag}>${text.slice(at)}`;
      if ((await countParseErrors(file, edited)) === 0) repaired.push({ line, tag, text: edited });
    }
    const [only, another] = repaired;
    if (!only || another) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `\`<${only.tag}>\` in ${file}, line ${only.line}, is never closed.`,
      change: 'Closes it behind its content, and with that the file parses.',
    };
  },
};

/** Lines that open one element, hold something, and do not close it. */
function findUnclosedLines(text: string): { readonly at: number; readonly tag: string; readonly line: number }[] {
  const starts = lineStarts(text);
  return text.split('\n').flatMap((row, index) => {
    const line = row.trimEnd();
    const [, tag, content = ''] = /^\s*<([A-Za-z][\w.]*)(?:\s[^<>]*)?>([^<\s][^<]*)$/.exec(line) ?? [];
    const isWhole = tag !== undefined && !mayEndEarlier(tag, '', content);
    const ends = [...(isWhole ? [{ tag, at: line.length }] : []), ...findInExpressions(line)];
    return ends.flatMap((end) =>
      VOID_ELEMENTS.has(end.tag) ? [] : [{ at: (starts[index] ?? 0) + end.at, tag: end.tag, line: index + 1 }],
    );
  });
}

function findInExpressions(line: string): { readonly at: number; readonly tag: string }[] {
  return [...line.matchAll(/<([A-Za-z][\w.]*)(?=[\s>])/g)].flatMap(({ 0: start, 1: tag = '', index }) => {
    const from = endOfTag(line, index + start.length);
    const content = from === undefined ? '' : (/^[^<]*/.exec(line.slice(from))?.[0] ?? '');
    if (from === undefined || mayEndEarlier(tag, line.slice(0, index), content)) return [];
    return endsInExpression(content).map((end) => ({ at: from + end, tag }));
  });
}

/** `Expected a closing tag for \`<Note>\` (6:1-6:7) before the end of \`paragraph\``, as MDX puts it. */
const IN_PARAGRAPH =
  /Expected a closing tag for `<([A-Za-z][\w.]*)>` \((\d{1,6}):\d{1,6}-\d{1,6}:\d{1,6}\) before the end of `paragraph`/;

/** An element around a whole paragraph of MDX, which nothing else in the paragraph can be: closed at its end. */
function closeInParagraph({ message }: BuildError, file: string, text: string): Fix | undefined {
  const [, tag, row] = IN_PARAGRAPH.exec(message) ?? [];
  const start = row === undefined ? undefined : lineStarts(text)[Number(row) - 1];
  if (tag === undefined || start === undefined) return undefined;
  const paragraph = /^(?:[^\n]*\S[^\n]*(?:\n|$))+/.exec(text.slice(start))?.[0].trimEnd() ?? '';
  const isAround = paragraph.startsWith(`<${tag}`) && /(?:^|\n)[^\S\n]*\r?\n$/.test(text.slice(0, start));
  if (!isAround || paragraph.split(new RegExp(`</?${tag}\\b`)).length !== 2) return undefined;
  const end = start + paragraph.length;
  return {
    files: new Map([[file, `${text.slice(0, end)}</${tag}>${text.slice(end)}`]]),
    cause: `\`<${tag}>\` in ${file}, line ${row}, is never closed.`,
    change: 'Closes it at the end of the paragraph that it stands around.',
  };
}
