import type { NameUse } from './names.js';
import type { Replacement } from './source-text.js';

/** What to write at each use so that it means `to`, the object keys and exported names of shorthands kept. */
export function renameUses(uses: readonly NameUse[], to: string): Replacement[] {
  return uses.map(({ start, end, name, shorthand }) => {
    const text = shorthand === 'property' ? `${name}: ${to}` : shorthand === 'export' ? `${to} as ${name}` : to;
    return { start, end, text };
  });
}
