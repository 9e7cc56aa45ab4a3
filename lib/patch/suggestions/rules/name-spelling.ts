import { findTwin, isSpellingOf } from '../distance.js';
import { suggestionOf, unknownNameOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { type NameUse, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { renameUses } from '../syntax/rename.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';

/**
 * `berhts.map(...)`: a name that nothing declares, and one that is visible there and spelt like it. The compiler
 * names it, or it is the only one.
 */
export const nameSpelling: Rule = {
  name: 'name-spelling',
  async propose(error, workspace) {
    const name = unknownNameOf(error);
    const { file } = error;
    if (name === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const names = namesOf(program);
    const unknown = names.filter((use) => use.name === name);
    if (unknown.some((use) => use.role === 'declaration')) return undefined;
    const [wrong] = usesAt(
      text,
      unknown.filter((use) => use.role === 'reference'),
      error,
    );
    if (!wrong) return undefined;

    const visible = names.filter((use) => use.role === 'declaration' && isVisibleAt(use, wrong));
    const suggestion = suggestionOf(error);
    const right =
      suggestion ??
      findTwin(
        name,
        visible.map((use) => use.name),
      );
    if (right === undefined || !isSpellingOf(name, right)) return undefined;
    const declarations = names.filter((use) => use.role === 'declaration' && use.name === right);
    const [declaration] = declarations;
    if (!declaration || !isVisibleAt(declaration, wrong)) return undefined;

    const same = declarations.length === 1 ? unknown.filter((use) => isVisibleAt(declaration, use)) : [wrong];
    const uses = same.filter((use) => use.role === 'reference');
    return {
      files: new Map([[file, replaceRanges(text, renameUses(uses, right))]]),
      cause: `\`${name}\` in ${file}, line ${lineOf(text, wrong.start)}, is declared nowhere.`,
      change: `Writes \`${right}\`, which ${suggestion ? 'the compiler names and ' : ''}is declared there.`,
    };
  },
};

function isVisibleAt(declaration: NameUse, use: NameUse): boolean {
  return declaration.scope.start <= use.start && use.end <= declaration.scope.end;
}
