import { isSpellingOf } from '../distance.js';
import { suggestionOf } from '../error-facts.js';
import type { Rule } from '../rule.js';
import { namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';

const UNKNOWN_MEMBER = [
  /Property '([\w$]+)' does not exist on type/,
  /Property '([\w$]+)' may not exist on type/,
  /'([\w$]+)' does not exist in type/,
];

/**
 * `bread.alergens`, `<Grid berth={...}>`, `{ titel: 1 }`: a property, JSX attribute or object key that the type lacks,
 * where the compiler names the one it has.
 */
export const memberSpelling: Rule = {
  name: 'member-spelling',
  async propose(error, workspace) {
    const { file } = error;
    const right = suggestionOf(error);
    if (file === undefined || right === undefined || !isScript(file) || !/^[\w$]+$/.test(right)) return undefined;
    const name = UNKNOWN_MEMBER.map((pattern) => pattern.exec(error.message)?.[1]).find((match) => match);
    const text = workspace.read(file);
    if (name === undefined || text === undefined || !isSpellingOf(name, right)) return undefined;

    const { program, errors } = await workspace.parse(file, text);
    if (errors.length > 0) return undefined;
    const uses = namesOf(program).filter((use) => use.name === name && (use.role === 'member' || use.shorthand));
    const [wrong] = usesAt(text, uses, error);
    if (!wrong) return undefined;

    // Where no type and no object has a property of this name, every use of it is the same mistake.
    const known = uses.some(({ parent, key }) => key === 'key' && parent?.type !== 'Property');
    const elsewhere = workspace.paths.some((path) => path !== file && hasWord(workspace.read(path) ?? '', name));
    const sameKind = uses.filter((use) => use.parent?.type === wrong.parent?.type && use.key === wrong.key);
    const same = known || elsewhere ? [wrong] : sameKind;
    const replacements = same.map(({ start, end, shorthand }) => ({
      start,
      end,
      text: shorthand ? `${right}: ${name}` : right,
    }));
    return {
      files: new Map([[file, replaceRanges(text, replacements)]]),
      cause: `\`${name}\` in ${file}, line ${lineOf(text, wrong.start)}, is not a property of its type.`,
      change: `Writes \`${right}\`, the property that the compiler names.`,
    };
  },
};

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!/[\w$]/.test(text[at - 1] ?? ' ') && !/[\w$]/.test(text[at + word.length] ?? ' ')) return true;
  }
  return false;
}
