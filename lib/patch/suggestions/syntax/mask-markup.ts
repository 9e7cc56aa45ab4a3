/**
 * A component's text with all but its scripts blanked: same length, same lines, so that every offset still holds.
 */
export function maskMarkup(path: string, text: string): string {
  const scripts = path.endsWith('.astro') ? findFrontmatter(text) : findScriptElements(text);
  let masked = '';
  let end = 0;
  for (const script of scripts) {
    masked += blank(text.slice(end, script.start)) + text.slice(script.start, script.end);
    end = script.end;
  }
  return masked + blank(text.slice(end));
}

export interface Range {
  readonly start: number;
  readonly end: number;
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
  const ranges: Range[] = [];
  for (const open of text.matchAll(/<script\b[^>]*>/g)) {
    const start = open.index + open[0].length;
    const end = text.indexOf('</script', start);
    if (end >= 0 && start >= (ranges.at(-1)?.end ?? 0)) ranges.push({ start, end });
  }
  return ranges;
}

function blank(text: string): string {
  return text.replace(/[^\r\n]/g, ' ');
}
