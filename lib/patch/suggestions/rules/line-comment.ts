import { parseFile } from '../../syntax/parse-file.js';
import type { Rule } from '../rule.js';
import { lineOf, type Replacement, replaceRanges } from '../syntax/source-text.js';

const SAYS_SO =
  /Unknown word|Unexpected '\/'|Expected a valid CSS identifier|Unexpected token Delim\('\/'\)|Invalid empty selector|Unexpected "\/"/;
const COMMENT = /(?<=^|[;{}])([^\S\n]*)\/\/[^\S\n]*([^\n\r]*?)[^\S\n]*(?=\r?$)/gm;

/** `// note` in CSS, which has comments of another form: the same between its marks. All of the sheet, as it stops at the first. */
export const lineComment: Rule = {
  name: 'line-comment',
  async propose(error, workspace) {
    const { file, line } = error;
    const text = file !== undefined && SAYS_SO.test(error.message) ? workspace.read(file) : undefined;
    if (file === undefined || text === undefined || !/\.(?:css|pcss|postcss|svelte|vue|astro)$/.test(file))
      return undefined;
    const edits = sheetsIn(file, text).flatMap(({ start, end }) =>
      commentsIn(text.slice(start, end)).map((comment): Replacement => {
        const [from, to] = [start + comment.start, start + comment.end];
        return { start: from, end: to, text: `/* ${text.slice(from + 2, to).trim()} */` };
      }),
    );
    // Tools that count lines may name the next one.
    const isThere = edits.some(({ start }) => line === undefined || [line, line - 1].includes(lineOf(text, start)));
    if (!isThere || edits.some(({ text: comment }) => comment.slice(2, -2).includes('*/'))) return undefined;
    const repaired = replaceRanges(text, edits);
    if ((await parseFile(file, repaired)).errors.length > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `${file} has a comment after \`//\`, which CSS does not know.`,
      change: 'Writes it between `/*` and `*/`.',
    };
  },
};

/** The whole of a style sheet, or what the style elements of a component hold in plain CSS. */
function sheetsIn(file: string, text: string): { readonly start: number; readonly end: number }[] {
  if (/css$/.test(file)) return [{ start: 0, end: text.length }];
  return [...text.matchAll(/<style\b([^>]*)>([\s\S]*?)<\/style>/g)].flatMap(
    ({ index, 0: whole, 1: attributes = '', 2: inner = '' }) => {
      const start = index + whole.indexOf('>') + 1;
      return /\blang=/.test(attributes) ? [] : [{ start, end: start + inner.length }];
    },
  );
}

/** Where a rule or a declaration may begin; elsewhere the marks may belong to an address. */
function commentsIn(sheet: string): { readonly start: number; readonly end: number }[] {
  const blank = sheet.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\r\n]/g, ' '));
  return [...blank.matchAll(COMMENT)].flatMap(({ index, 0: whole, 1: space = '' }) => {
    const before = blank.slice(0, index).replace(COMMENT, '').trimEnd();
    return before === '' || /[;{}]$/.test(before) ? [{ start: index + space.length, end: index + whole.length }] : [];
  });
}
