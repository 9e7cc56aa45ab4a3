import type { RepositoryIndex } from './repository-index.js';

/** A pattern that takes in more files than this points at none of them. */
const MOST_FILES = 12;
/** More wildcards are no path that somebody configured. */
const MOST_WILDCARDS = 6;

/** Files that a message names by a pattern: `Failed to load schema from ./graphql/**\/*.graphql`. */
export function findByPattern(message: string, index: RepositoryIndex, rootDirectory: string): string[] {
  const patterns = message.slice(0, 2_000).match(/[\w@./{},*?-]{1,100}\*[\w@./{},*?-]{0,100}\.\w{1,10}/g) ?? [];
  return [...new Set(patterns)].flatMap((pattern) => {
    const matches = compilePattern(pattern.replace(/^(?:\.\/)+/, ''));
    if (matches === undefined) return [];
    const inside = rootDirectory === '' ? '' : `${rootDirectory}/`;
    const found = index.paths.filter(
      (path) => matches.test(path) || (path.startsWith(inside) && matches.test(path.slice(inside.length))),
    );
    return found.length > MOST_FILES ? [] : found;
  });
}

function compilePattern(pattern: string): RegExp | undefined {
  if ((pattern.match(/\*+/g) ?? []).length > MOST_WILDCARDS) return undefined;
  const source = pattern.replace(/\*\*\/|\*+|\?|\{[^{}]*\}|[.@{},]/g, (mark) => {
    if (mark === '**/') return '(?:[^/]+/)*';
    if (mark === '?') return '[^/]';
    if (mark.startsWith('*')) return '[^/]*';
    if (mark.length > 2)
      return `(?:${mark.slice(1, -1).replaceAll('.', '\\.').replaceAll('*', '[^/]*').replaceAll(',', '|')})`;
    return `\\${mark}`;
  });
  try {
    return new RegExp(`^${source}$`);
  } catch {
    return undefined;
  }
}
