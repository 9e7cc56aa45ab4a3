import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { balanceTags } from '../syntax/match-tags.js';
import { isMarkup } from '../syntax/scan-markup.js';
import { lineOf, lineStarts, replaceRanges } from '../syntax/source-text.js';
import type { Workspace } from '../workspace.js';

interface Slip {
  readonly pattern: RegExp;
  /** What comes in behind, or in the place of, the match. */
  readonly insert: string;
  readonly mark: string;
}

const SLIPS: readonly Slip[] = [
  { pattern: /<\/[A-Za-z][\w.]*(?=\s*(?:[<)},;]|\r?\n))/g, insert: '>', mark: '>' },
  { pattern: /<[A-Za-z][\w.]*(?:[^\S\n][^<>\n]*)?(?<=["'}\w])(?=[^\S\n]*\r?\n\s*<)/g, insert: '>', mark: '>' },
  { pattern: /(?<=[^<\s*/])(?=\/[A-Za-z][\w.]*>)/g, insert: '<', mark: '<' },
  { pattern: /^[^\S\n]*(?=\/[A-Za-z][\w.]*>[^\S\n]*\r?$)/gm, insert: '<', mark: '<' },
  // What begins a line with content of its own is no end.
  { pattern: /(?<=\S[^\S\n]*)<(?=[A-Za-z][\w.]*>)/g, insert: '/', mark: '/' },
  { pattern: /^([^\S\n]*)<(?=[A-Za-z][\w.]*>[^\S\n]*\r?\n(?!\1[^\S\n]))/gm, insert: '/', mark: '/' },
  { pattern: /\s[A-Za-z][\w-]*=(?=[\w$.]+(?:\([^()\n]*\))?\}[\s>/])/g, insert: '{', mark: '{' },
];

const LINES_ABOVE = 60;
/** Each candidate costs a parse of the file. */
const MOST_CANDIDATES = 80;

/**
 * A tag of JSX or a template that lacks one of its marks: `</li`, `/li>`, `<li>` in the place of `</li>`, `<Card >` in the place of
 * `<Card />`, `key=id}`. With it, the file parses.
 */
export const brokenTag: Rule = {
  name: 'broken-tag',
  async propose(error, workspace) {
    const { file } = error;
    const text = file === undefined || !TEMPLATE.test(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || !(await isOutOfOrder(file, text))) return undefined;
    if (error.kind !== 'syntax' && (await countParseErrors(file, text)) === 0) return undefined;
    const found = (await workspace.parse(file, text)).errors[0]?.labels[0];
    const starts = lineStarts(text);
    const last = isMarkup(file) ? starts.length : Math.max(found ? lineOf(text, found.start) : 1, error.line ?? 1);
    const from = isMarkup(file) ? 0 : (starts[Math.max(0, last - LINES_ABOVE)] ?? 0);
    const region = text.slice(from, starts[last + 1] ?? text.length);
    const places = [
      ...SLIPS.flatMap(({ pattern, insert, mark }) =>
        [...region.matchAll(pattern)].map((match) => ({ at: from + match.index + match[0].length, insert, mark })),
      ),
      ...emptyElements(region).map((at) => ({ at: from + at, insert: '/', mark: '/' })),
    ];
    if (places.length > MOST_CANDIDATES) return undefined;
    const repaired: { readonly at: number; readonly mark: string; readonly text: string }[] = [];
    for (const { at, insert, mark } of places) {
      const candidate = replaceRanges(text, [{ start: at, end: at, text: insert }]);
      if (!(await isOutOfOrder(file, candidate))) repaired.push({ at, mark, text: candidate });
    }
    const [only, another] = repaired;
    if (!only || another || mayHold(workspace, text, only.at)) return undefined;
    return {
      files: new Map([[file, only.text]]),
      cause: `A tag in ${file}, line ${lineOf(text, only.at)}, lacks its \`${only.mark}\`.`,
      change: 'Adds it, the only mark with which the file parses.',
    };
  },
};

const TEMPLATE = /\.(?:[jt]sx|js|vue|svelte|astro)$/;

/** Compilers of templates take some tags that do not match. */
async function isOutOfOrder(file: string, text: string): Promise<boolean> {
  if ((await countParseErrors(file, text)) > 0) return true;
  return isMarkup(file) && !balanceTags(file, text).isBalanced;
}

/** Whether the component that would be closed in itself has content elsewhere, or says that it takes some. */
function mayHold({ paths, read }: Workspace, text: string, at: number): boolean {
  const name = text[at] === '>' ? /<([A-Z][\w.]*)[^<]*$/.exec(text.slice(0, at))?.[1] : undefined;
  const declares = new RegExp(`\\b(?:function|const|class) ${name}\\b`);
  return (
    name !== undefined &&
    paths.some((path) => {
      const other = read(path) ?? '';
      return other.includes(`</${name}>`) || (/\bchildren\b/.test(other) && declares.test(other));
    })
  );
}

/** Before the `>` of `<Card a={b} >`, or of a line of its own, where nothing is indented as the content would be. */
function emptyElements(region: string): number[] {
  return [...region.matchAll(/^([^\S\n]*)(?:<[A-Z][^\n]*\s)?(>)[^\S\n]*\r?\n(?:[^\S\n]*\r?\n)*([^\S\n]*)/gm)].flatMap(
    ({ 0: whole, 1: own = '', 3: next = '', index }) =>
      next.length > own.length ? [] : [index + whole.indexOf('>', whole.lastIndexOf(' >') + 1)],
  );
}
