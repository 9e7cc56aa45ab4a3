/** What Sass says under its sentences: `Undefined variable.`, a frame, and the place at its foot. */
import type { BuildError } from './diagnosis.js';
import { type LineStream, textAt } from './finding.js';
import type { Location } from './locations.js';

const sassPlace = /^\s{2,6}(\S.{0,300}\.(?:scss|sass|css|vue|svelte|astro)) (\d{1,7}):(\d{1,7}) {2,80}\S/;

/**
 * Sass ends its frame with `  src/main.scss 2:10  root stylesheet`; where a mixin or another sheet took part, a line for
 * each of them, the innermost first.
 */
export function findSassPlaces(lines: LineStream, from: number, to: number): readonly Location[] {
  const places: Location[] = [];
  for (let index = from; index < to; index++) {
    const match = sassPlace.exec(textAt(lines, index));
    if (match?.[1] !== undefined) places.push({ path: match[1], line: Number(match[2]), column: Number(match[3]) });
    else if (places.length > 0) break;
  }
  return places;
}

/** The innermost of them. */
export function findSassPlace(lines: LineStream, from: number, to: number): Location | undefined {
  return findSassPlaces(lines, from, to)[0];
}

const SASS_NAMES = new Map([
  ['mixin', /@include ([\w.-]{1,100})/],
  ['variable', /(\$[\w-]{1,100})/],
  ['function', /([\w.-]{1,100})\(/],
]);

/** Sass says `Undefined mixin.` or that a sheet is not there, and shows the name in its frame only. */
export function readSassName(
  lines: LineStream,
  at: number,
  { message, line }: { readonly message: string; readonly line: number | undefined },
): Pick<BuildError, 'kind' | 'symbol'> | undefined {
  const what = message.includes("Can't find stylesheet")
    ? 'sheet'
    : /Undefined (mixin|variable|function)/.exec(message)?.[1];
  if (what === undefined || line === undefined) return undefined;
  const shown = new RegExp(`^\\s*${line} [|│] (.*)$`);
  for (let index = at + 1; index < at + 12; index++) {
    const source = shown.exec(textAt(lines, index))?.[1];
    if (source === undefined) continue;
    if (what === 'sheet') {
      const sheet = /@(?:use|forward|import) ["']([^"']{1,200})["']/.exec(source)?.[1];
      return { kind: 'style', ...(sheet === undefined ? {} : { symbol: sheet }) };
    }
    const name = SASS_NAMES.get(what)?.exec(source)?.[1];
    return { kind: 'style', ...(name === undefined ? {} : { symbol: name.split('.').at(-1) ?? name }) };
  }
  return undefined;
}
