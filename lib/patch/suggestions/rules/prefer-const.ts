import { escapePattern } from '../../../context/word-pattern.js';
import type { Rule } from '../rule.js';
import { maskScripts } from '../syntax/mask-markup.js';
import { namesOf } from '../syntax/names.js';
import { isComponentFile, isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';
import { walk } from '../syntax/walk.js';

const NEVER_REASSIGNED = /'([\w$]+)' is never reassigned\. Use 'const' instead/;

/** `let` where the linter wants `const`: a declaration of one name that nothing assigns to again, a template neither. */
export const preferConst: Rule = {
  name: 'prefer-const',
  async propose(error, workspace) {
    const name = NEVER_REASSIGNED.exec(error.message)?.[1];
    const { file } = error;
    if (name === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const declared = namesOf(program).filter((use) => use.name === name && use.role === 'declaration');
    const [place, another] = usesAt(text, declared, error);
    if (!place || another || isAssignedInTemplate(file, text, name)) return undefined;

    for (const { node } of walk(program)) {
      if (node.type !== 'VariableDeclaration' || node.kind !== 'let') continue;
      const [declarator, second] = node.declarations;
      if (!declarator || second || declarator.id.start > place.start || declarator.id.end < place.end) continue;
      // A pattern may hold another name that is assigned to later.
      if (declarator.id.type !== 'Identifier') return undefined;
      return {
        files: new Map([[file, replaceRanges(text, [{ start: node.start, end: node.start + 3, text: 'const' }])]]),
        cause: `\`${name}\` in ${file}, line ${lineOf(text, place.start)}, is declared with \`let\` and never assigned again.`,
        change: 'Declares it with `const`.',
      };
    }
    return undefined;
  },
};

/** A linter of scripts does not see it. */
function isAssignedInTemplate(file: string, text: string, name: string): boolean {
  const word = `(?<![\\w$.])${escapePattern(name)}(?![\\w$])`;
  const assigned = new RegExp(
    `${word}\\s*(?:[-+*/%&|?]{0,2}=(?![=>"{])|\\+\\+|--)|(?:\\+\\+|--)\\s*${word}|(?:v-model[^\\s=>]*="|\\bbind:[\\w|-]+=\\{)\\s*${word}|\\bbind:${word}`,
  );
  return isComponentFile(file) && assigned.test(maskScripts(file, text));
}
