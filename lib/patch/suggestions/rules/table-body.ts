import type { Rule } from '../rule.js';
import { type MarkupTag, scanMarkup } from '../syntax/scan-markup.js';
import { lineEnding, replaceRanges } from '../syntax/source-text.js';

const MISPLACED_ROW = /`<tr>` cannot be a child of `<table>`/;
const BEFORE_ROWS = /^(?:caption|colgroup|thead)$/;

/**
 * `<tr>` right inside `<table>`, which Svelte 5 refuses: the rows get the `<tbody>` that browsers put around them,
 * https://svelte.dev/docs/svelte/compiler-errors#node_invalid_placement. All tables of the component, as it stops at the first.
 */
export const tableBody: Rule = {
  name: 'table-body',
  async propose(error, workspace) {
    const { file } = error;
    const text = file?.endsWith('.svelte') && MISPLACED_ROW.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined) return undefined;
    const bodies = findBodies(scanMarkup(file, text));
    if (bodies === undefined || bodies.length === 0) return undefined;
    return {
      files: new Map([
        [
          file,
          replaceRanges(
            text,
            bodies.flatMap((body) => wrap(text, body)),
          ),
        ],
      ]),
      cause: `${file} has rows right inside \`<table>\`, where Svelte wants \`<tbody>\` around them.`,
      change: 'Puts `<tbody>` around the rows, as browsers do with such a table.',
    };
  },
};

interface Body {
  readonly start: number;
  readonly end: number;
}

/** Undefined where a table holds what this does not know, or the tags do not match. */
function findBodies(tags: readonly MarkupTag[]): Body[] | undefined {
  const bodies: Body[] = [];
  const open: { readonly tag: MarkupTag; readonly children: { start: number; end: number; name: string }[] }[] = [];
  for (const tag of tags) {
    const element = open.findLast((one) => one.tag.kind === 'element');
    if (tag.role !== 'close') {
      // A block around rows is a child of the table as well.
      const parent = open.at(-1);
      if (parent?.tag.name === 'table')
        parent.children.push({ start: tag.start, end: tag.end, name: tag.kind === 'block' ? 'tr' : tag.name });
      const isMixed =
        parent?.tag.kind === 'block' && element?.tag.name === 'table' && !/^(?:tr|each|if|key)$/.test(tag.name);
      if (isMixed) return undefined;
      if (tag.role === 'open') open.push({ tag, children: [] });
      continue;
    }
    const closed = open.pop();
    if (closed?.tag.name !== tag.name) return undefined;
    const last = open.at(-1)?.tag.name === 'table' ? open.at(-1)?.children.at(-1) : undefined;
    if (last) last.end = tag.end;
    if (tag.name !== 'table' || !closed.children.some(({ name }) => name === 'tr')) continue;
    const rows = closed.children.filter(({ name }) => !BEFORE_ROWS.test(name));
    const [first, end] = [rows[0], rows.at(-1)];
    if (!first || !end || rows.some(({ name }) => name !== 'tr')) return undefined;
    bodies.push({ start: first.start, end: end.end });
  }
  return open.length === 0 ? bodies : undefined;
}

function wrap(text: string, { start, end }: Body): { start: number; end: number; text: string }[] {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = text.slice(lineStart, start);
  const isOwnLine = indent.trim() === '' && /^[^\S\n]*(?:\r?\n|$)/.test(text.slice(end));
  const rows = text.slice(start, end);
  if (!isOwnLine || /<(?:pre|textarea)\b|`/.test(rows)) return [{ start, end, text: `<tbody>${rows}</tbody>` }];
  const unit = indent.startsWith('\t') || /\n\t/.test(text) ? '\t' : '  ';
  const ending = lineEnding(text);
  const deeper = rows.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
  return [{ start, end, text: `<tbody>${ending}${indent}${unit}${deeper}${ending}${indent}</tbody>` }];
}
