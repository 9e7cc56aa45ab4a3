/** Places that a line names, whichever tool wrote it: a path with a known extension, and a line and column behind it. */
import type { Location } from './locations.js';

export interface NamedPlace extends Location {
  /** Where in the text the path starts, and where the path and its position end. */
  readonly start: number;
  readonly end: number;
}

/** Extensions of what people write; what a path must end in to be told from a host, a version or a sentence. */
const extension =
  /\.(?:[cm]?[jt]sx?|g[jt]s|vue|svelte|astro|mdx?|mdoc|markdoc|s?css|sass|less|styl(?:us)?|pcss|postcss|html?|json[c5]?|ya?ml|toml|graphqls?|gql|prisma|njk|nunjucks|liquid|hbs|handlebars|ejs|pug|jade|twig|webc|marko|riot|res|resi|mjml|py|go|rs|rb|php|sql|svg|xml|proto|csv|sh|elm|gleam|civet|imba)(?![\w-])/g;
/** Names of products that look like files. */
const product =
  /^(?:node|next|vue|nuxt|react|express|three|d3|ember|alpine|chart|socket|solid|stencil|moment|discord|ASP|docusaurus|hapi|p5)\.(?:js|py)$/i;
const maxPath = 300;
const maxScanned = 1_500;

/** The first `most` places of a line, in its order. */
export function findPlaces(text: string, most = 4): readonly NamedPlace[] {
  const found: NamedPlace[] = [];
  const scanned = text.length > maxScanned ? text.slice(0, maxScanned) : text;
  extension.lastIndex = 0;
  for (let match = extension.exec(scanned); match !== null; match = extension.exec(scanned)) {
    const pathEnd = match.index + match[0].length;
    // `page.test.ts` and `types.d.ts` end in their last extension; `a.ts.` ends a sentence.
    if (scanned[pathEnd] === '.' && /\w/.test(scanned[pathEnd + 1] ?? '')) continue;
    if (scanned[pathEnd] === '/') continue;
    const start = startOfPath(scanned, match.index, found.at(-1)?.end ?? 0);
    if (start === undefined) continue;
    const path = scanned.slice(start, pathEnd);
    if (product.test(path)) continue;
    const position = readPosition(scanned, pathEnd);
    found.push({ path, start, ...position });
    if (found.length === most) break;
    extension.lastIndex = position.end;
  }
  return found;
}

/** Walks back over what may be part of a path; undefined where nothing is, or where it is an address. */
function startOfPath(text: string, dot: number, from: number): number | undefined {
  let index = dot;
  while (index > from && dot - index < maxPath) {
    const char = text[index - 1] ?? '';
    if (char === ')' || char === ']') {
      const open = openingOf(text, index - 1, from);
      if (open === undefined) break;
      index = open;
    } else if (char === ':') {
      const scheme = startOfScheme(text, index - 1, from);
      if (scheme === undefined) break;
      index = scheme;
    } else if (isPathCharacter(char)) index--;
    else break;
  }
  // What is left of a mark: `-src/a.ts`, `@./a.ts`, `…/a.ts`.
  while (index < dot && /[-+$&%!]/.test(text[index] ?? '') && /[./\\]/.test(text[index + 1] ?? '')) index++;
  if (index === dot && text[dot - 1] !== '/') return undefined;
  return /^https?:/.test(text.slice(index, index + 6)) ? undefined : index;
}

function isPathCharacter(char: string): boolean {
  return /[\w/\\.@$~#%+&!-]/.test(char) || char > '\u00bf';
}

/** `[id]`, `[...slug]`, `(group)`, `[project]`: the index of the bracket that opens. */
function openingOf(text: string, close: number, from: number): number | undefined {
  const wanted = text[close] === ')' ? '(' : '[';
  for (let index = close - 1; index >= from && close - index < 60; index--) {
    const char = text[index] ?? '';
    if (char === wanted) return index;
    if (!/[\w.@-]/.test(char) && !(char === '[' || char === ']')) return undefined;
  }
  return undefined;
}

/** Before a colon: `file` of `file:///`, `webpack-internal` of `webpack-internal:///`, `C` of `C:\`. */
function startOfScheme(text: string, colon: number, from: number): number | undefined {
  const isScheme = text.startsWith('://', colon);
  if (!isScheme && !/[\\/]/.test(text[colon + 1] ?? '')) return undefined;
  let index = colon;
  while (index > from && /[a-z-]/i.test(text[index - 1] ?? '') && colon - index < 30) index--;
  return isScheme ? index : colon - index === 1 ? index : undefined;
}

const positions: readonly RegExp[] = [
  /:(\d{1,7})(?:[:,](\d{1,7}))?/y,
  / ?\((\d{1,7})(?:[,:] ?(\d{1,7}))?\)/y,
  / ?\[(\d{1,7}), ?(\d{1,7})\]/y,
  /#L(\d{1,7})/y,
  /['"`]?[,:]?[ (]{1,2}(?:at |on |\()?[Ll]ine:? ?(\d{1,7})(?:[,:]? (?:and )?(?:at )?(?:[Cc]ol(?:umn)?|[Cc]har(?:acter)?)\.?:? ?(\d{1,7}))?/y,
  / (\d{1,7}):(\d{1,7})(?![\d:])/y,
];
const query = /\?[^\s:)'"]{0,200}/y;

function readPosition(text: string, pathEnd: number): Pick<NamedPlace, 'line' | 'column' | 'end'> {
  query.lastIndex = pathEnd;
  const from = query.test(text) ? query.lastIndex : pathEnd;
  for (const position of positions) {
    position.lastIndex = from;
    const match = position.exec(text);
    if (match === null) continue;
    return {
      line: Number(match[1]),
      ...(match[2] === undefined ? {} : { column: Number(match[2]) }),
      end: position.lastIndex,
    };
  }
  return { end: from };
}

const elsewhere =
  /(?:^|[\s(])(?:\((\d{1,7}):(\d{1,7})(?:-\d{1,7}:\d{1,7})?\)|[Ll]ine:? ?(\d{1,7})(?:[,:]? (?:and )?(?:at )?(?:[Cc]ol(?:umn)?|[Cc]har(?:acter)?)\.?:? ?(\d{1,7}))?)/;

/** A position that stands apart from the path: `Unexpected token (5:12)`, `at line 3 column 8`. */
export function findPosition(text: string): { readonly line: number; readonly column?: number } | undefined {
  const match = elsewhere.exec(text.slice(0, maxScanned));
  const line = match?.[1] ?? match?.[3];
  const column = match?.[2] ?? match?.[4];
  if (line === undefined) return undefined;
  return { line: Number(line), ...(column === undefined ? {} : { column: Number(column) }) };
}
