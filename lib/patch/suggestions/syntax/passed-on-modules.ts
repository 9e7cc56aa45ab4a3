import type { Workspace } from '../workspace.js';
import type { ParsedSource } from './parse.js';
import { directoryOf, resolveSpecifier } from './resolve-specifier.js';
import { lineEnding, replaceRanges } from './source-text.js';

/** A statement by which a module passes on another. */
export interface PassedOn {
  readonly specifier: string;
  readonly target: string;
  /** `export *`, `export { default as Name }` and `export { name }`. */
  readonly form: 'all' | 'default' | 'named';
  readonly start: number;
  readonly end: number;
  readonly quote: string;
}

/** The re-exports of modules in the module's folder or below. */
export function listPassedOn(workspace: Workspace, index: string, { program }: ParsedSource): PassedOn[] {
  const folder = directoryOf(index);
  return program.body.flatMap((node): PassedOn[] => {
    if (node.type !== 'ExportAllDeclaration' && node.type !== 'ExportNamedDeclaration') return [];
    const specifier = node.source?.value ?? '';
    const target = specifier.startsWith('./') ? resolveSpecifier(workspace, index, specifier) : undefined;
    if (target === undefined || (folder !== '' && !target.startsWith(`${folder}/`))) return [];
    const isAll = node.type === 'ExportAllDeclaration';
    if (isAll && node.exported) return [];
    const isDefault =
      !isAll && node.specifiers.some(({ local }) => local.type === 'Identifier' && local.name === 'default');
    const { start, end } = node;
    const quote = node.source?.raw?.[0] ?? "'";
    return [{ specifier, target, form: isAll ? 'all' : isDefault ? 'default' : 'named', start, end, quote }];
  });
}

/** In its place among lines that are sorted, else after the last. */
export function insertPassedOn(text: string, lines: readonly PassedOn[], line: string): string {
  const specifierOf = (row: string) => /(["'])(.*?)\1/.exec(row)?.[2] ?? '';
  const compare = (left: string, right: string) => left.localeCompare(right, 'en', { sensitivity: 'base' });
  const isSorted = lines.every(
    ({ specifier }, at) => at === 0 || compare(lines[at - 1]?.specifier ?? '', specifier) < 0,
  );
  const next = isSorted ? lines.find(({ specifier }) => compare(specifier, specifierOf(line)) > 0) : undefined;
  const ending = lineEnding(text);
  const last = lines.at(-1);
  const written = line + (text[(last?.end ?? 0) - 1] === ';' ? ';' : '');
  if (next) return replaceRanges(text, [{ start: next.start, end: next.start, text: written + ending }]);
  const at = last?.end ?? text.length;
  return replaceRanges(text, [{ start: at, end: at, text: ending + written }]);
}
