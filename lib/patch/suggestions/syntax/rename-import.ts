import { type ImportedName, importsOf } from './imports.js';
import { isDeclared, namesOf, referencesTo } from './names.js';
import { isComponentFile, parseSource } from './parse.js';
import { renameUses } from './rename.js';
import { type Replacement, replaceRanges } from './source-text.js';
import { templateUsesOf } from './template-uses.js';

/**
 * The file with a named import under its new name. The local name follows where every use of it is known; where it
 * cannot, it stays by `new as old`.
 */
export async function renameImport(
  path: string,
  text: string,
  target: ImportedName,
  to: string,
): Promise<string | undefined> {
  const { program } = await parseSource(path, text);
  const names = namesOf(program);
  const prefix = text.slice(target.start, target.end).startsWith('type ') ? 'type ' : '';
  if (target.local !== target.imported) {
    const same = target.local === to;
    return replaceRanges(text, [
      { start: target.start, end: target.end, text: prefix + (same ? to : `${to} as ${target.local}`) },
    ]);
  }
  const taken = isDeclared(names, to) || importsOf(program).some((other) => other.local === to);
  const references = referencesTo(names, target.local);
  const inTemplate = isComponentFile(path) ? templateUsesOf(path, text, target.local) : [];
  if (taken || references === undefined || inTemplate === undefined) {
    return replaceRanges(text, [{ start: target.start, end: target.end, text: `${prefix}${to} as ${target.local}` }]);
  }
  const specifier: Replacement = { start: target.start, end: target.end, text: prefix + to };
  const uses = inTemplate.map((range) => ({ ...range, text: to }));
  return replaceRanges(text, [specifier, ...renameUses(references, to), ...uses]);
}
