import { baseName, isOfTests, isReadable, isSource } from '../readable-files.js';
import { escapePattern } from '../word-pattern.js';
import type { Suspicion, SuspicionRule } from './suspicion.js';

/** A name that more files bear tells nothing. */
const MOST_BEARING = 2;

/** What ran when a bundle threw: who defines the function, or is called like it or like the bundle's module. */
export const suspectStackNames: SuspicionRule = ({ error, places }, { files, index }) => {
  if (places.length > 0) return [];
  const found = new Map<string, Suspicion>();
  for (const name of error.frames ?? []) {
    const stem = flat(name);
    const called = index.paths.filter((path) => flat(baseName(path).split('.')[0] ?? '') === stem && isReadable(path));
    const defining = new RegExp(`\\b(?:function\\*?|const|let|var|class)\\s{1,4}${escapePattern(name)}(?![\\w$])`);
    const defined = [...files].flatMap(([path, text]) => (isSource(path) && defining.test(text) ? path : []));
    const bearing = [...new Set([...defined, ...called])].filter((path) => !isOfTests(path));
    if (bearing.length > MOST_BEARING) continue;
    for (const path of bearing) {
      const weight = found.size === 0 ? 0.62 : 0.3;
      if (!found.has(path)) found.set(path, { path, weight, reason: `${name} ran when it failed` });
    }
  }
  return [...found.values()];
};

function flat(name: string): string {
  return name.replaceAll(/[-_]/g, '').toLowerCase();
}
