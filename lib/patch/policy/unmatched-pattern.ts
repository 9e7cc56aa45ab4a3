import { folderOf } from '../../context/readable-files.js';
import type { RepositoryContext } from '../../context/source.js';

/** Names with single slashes between them, no name of dots alone. */
const PLAIN = /^(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w@.-]+(?:\/[\w@.-]+)*\/?$/;

/**
 * Whether the pattern of a settings file fits no file of the repository, so that naming it or not decides about nothing
 * that people wrote. Asked of the part before the first wildcard only: a pattern that begins with one fits something.
 */
export function isUnmatched(pattern: string, settings: string, { tree }: RepositoryContext): boolean {
  const folder = folderOf(settings);
  const plain = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  const fixed = plain.split(/[*?{[(!]/)[0] ?? '';
  if (tree.truncated || !PLAIN.test(fixed)) return false;
  const start = (folder === '' ? '' : `${folder}/`) + fixed;
  const isWhole = fixed === plain;
  return !tree.entries.some(({ path }) =>
    isWhole ? path === start || path.startsWith(`${start}/`) || path.startsWith(`${start}.`) : path.startsWith(start),
  );
}
