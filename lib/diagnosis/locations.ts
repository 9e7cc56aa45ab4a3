/** Places as tools write them: `path:line:column`, `path(line,column)`, and what stands in front of them. */

export interface Location {
  readonly path: string;
  readonly line?: number;
  readonly column?: number;
}

const colonPlace = /:(\d{1,7})(?::(\d{1,7}))?(?:-\d{1,7})?:?$/;

/** `./app/page.tsx:3:1`, `app/page.tsx:3`, `app/page.tsx`: undefined when the text is no path with an extension. */
export function parseLocation(text: string): Location | undefined {
  const trimmed = text.trim();
  if (trimmed.length > 500) return undefined;
  const place = colonPlace.exec(trimmed);
  const path = place === null ? trimmed : trimmed.slice(0, place.index);
  if (!isPathLike(path)) return undefined;
  return {
    path,
    ...(place?.[1] === undefined ? {} : { line: Number(place[1]) }),
    ...(place?.[2] === undefined ? {} : { column: Number(place[2]) }),
  };
}

const extension = /\.[a-zA-Z][\w]{0,14}(?:\?[^\s]*)?$/;
/** `[vite:vue] src/App.vue` is a speaker and a path. */
const bracketedWord = /^\[[^\]]{0,100}\] /;
const spacedProse = /\s(?:at|in|is|of|the|to|was|not|and|for|from|with)\s|[,;!]\s|: |^-|\s{2}/;

export function isPathLike(text: string): boolean {
  if (text === '' || text.length > 400 || !extension.test(text) || bracketedWord.test(text)) return false;
  if (!/^(?:\.{0,2}\/|[A-Za-z]:[\\/]|[\w@[(+.-])/.test(text) || text.includes('://')) return false;
  return !spacedProse.test(text);
}
