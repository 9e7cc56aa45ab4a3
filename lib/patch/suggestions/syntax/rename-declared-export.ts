import { namesOf, referencesTo } from './names.js';
import type { ParsedSource } from './parse.js';
import { renameUses } from './rename.js';
import { replaceRanges } from './source-text.js';

/** The text with what it declares and exports as `old` called `now`; undefined where that is not all in this one name. */
export function renameDeclaredExport(
  { program }: ParsedSource,
  text: string,
  { old, now }: { readonly old: string; readonly now: string },
): string | undefined {
  const names = namesOf(program);
  const references = referencesTo(names, old);
  const declaration = names.find((use) => use.name === old && use.role === 'declaration');
  if (!references || !declaration || names.some((use) => use.name === now)) return undefined;
  if (references.some(({ shorthand }) => shorthand === 'export')) return undefined;
  return replaceRanges(text, renameUses([declaration, ...references], now));
}

/** Names that a module exports as it calls them itself. */
export function exportedAsDeclared({ module }: ParsedSource): string[] {
  return module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName, localName }) => (exportName.name === localName.name ? (localName.name ?? []) : []));
}
