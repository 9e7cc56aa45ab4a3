/**
 * A component's text with all but its scripts blanked: same length, same lines, so that every offset still holds.
 */
export function maskMarkup(path: string, text: string): string {
  let masked = '';
  let end = 0;
  for (const script of findScripts(path, text)) {
    masked += blank(text.slice(end, script.start)) + text.slice(script.start, script.end);
    end = script.end;
  }
  return masked + blank(text.slice(end));
}

/** The opposite: the markup of a component with its scripts blanked. */
export function maskScripts(path: string, text: string): string {
  return blankRanges(text, findScripts(path, text));
}

/** The same text with these ranges blanked, line breaks kept. */
export function blankRanges(text: string, ranges: readonly Range[]): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    if (end <= done) continue;
    masked += text.slice(done, Math.max(start, done)) + blank(text.slice(Math.max(start, done), end));
    done = end;
  }
  return masked + text.slice(done);
}

export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where the scripts of a component stand: what its template may name is declared there. */
export function findScripts(path: string, text: string): Range[] {
  if (path.endsWith('.astro')) return findFrontmatter(text);
  if (path.endsWith('.mdx')) return findMdxModule(text);
  return findScriptElements(text);
}

/** Where an Astro file's component script stands. */
export function findFrontmatter(text: string): Range[] {
  const open = /^\uFEFF?\s*---/.exec(text);
  if (!open) return [];
  const start = open[0].length;
  const end = text.indexOf('\n---', start);
  return end < 0 ? [] : [{ start, end }];
}

/** The contents of `<script>` elements. */
export function findScriptElements(text: string): Range[] {
  return findContents(text, 'script', /<script\b[^>]{0,2000}>/g);
}

/** The contents of `<style>` elements. */
export function findStyleElements(text: string): Range[] {
  return findContents(text, 'style', /<style\b[^>]{0,2000}>/g);
}

function findContents(text: string, name: string, opening: RegExp): Range[] {
  const ranges: Range[] = [];
  for (const open of text.matchAll(opening)) {
    const start = open.index + open[0].length;
    const end = text.indexOf(`</${name}`, start);
    if (end < 0) break;
    if (start >= (ranges.at(-1)?.end ?? 0)) ranges.push({ start, end });
  }
  return ranges;
}

const MARKDOWN_CODE = /^\uFEFF?---\r?\n[\s\S]*?\n---(?=\r?\n|$)|^(`{3,}|~{3,})[\s\S]*?\n\1|`[^`\n]+`/gm;
const MDX_MODULE = /^(?:import|export)\b[\s\S]*?(?=\r?\n[^\S\n]*\r?\n|$(?![\s\S]))/gm;

/** Front matter, fenced and inline code of a Markdown document. */
export function findMarkdownCode(text: string): Range[] {
  return matchRanges(text, MARKDOWN_CODE).filter(({ start }) => start === 0 || !text.startsWith('---', start));
}

/** The imports and exports of an MDX document, each up to the next blank line. */
function findMdxModule(text: string): Range[] {
  const code = findMarkdownCode(text);
  return matchRanges(text, MDX_MODULE).filter(
    ({ start }) => !code.some((range) => range.start <= start && start < range.end),
  );
}

function matchRanges(text: string, pattern: RegExp): Range[] {
  return [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
