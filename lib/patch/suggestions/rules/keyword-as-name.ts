import { findTwin } from '../distance.js';
import { unknownNameOf } from '../error-facts.js';
import { countParseErrors } from '../parses-better.js';
import type { Rule } from '../rule.js';
import { isDeclared, namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';

const STATEMENT_WORDS = ['return', 'throw', 'await', 'while', 'switch'];
const VALUE_WORDS = ['true', 'false', 'null', 'undefined', 'this', 'super'];

/**
 * `retrun (x)` and `flase`: a misspelt keyword that parses, because it could be a name; but nothing is called so, in
 * this file or any other.
 */
export const keywordAsName: Rule = {
  name: 'keyword-as-name',
  async propose(error, workspace) {
    const name = unknownNameOf(error);
    const { file } = error;
    if (name === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const { program } = await workspace.parse(file, text);
    const names = namesOf(program);
    const references = names.filter((use) => use.name === name && use.role === 'reference');
    const [place, another] = usesAt(text, references, error);
    if (!place || another || isDeclared(names, name)) return undefined;

    const startsStatement = /(?:^|[;{}\n])[^\S\n]*$/.test(text.slice(0, place.start));
    const isCalled = /^\s*[(`]/.test(text.slice(place.end));
    if (isCalled && !startsStatement) return undefined;
    const word = findTwin(name, isCalled ? STATEMENT_WORDS : VALUE_WORDS);
    // `throws` is a function of libraries for tests.
    if (word === undefined || name === `${word}s`) return undefined;
    const repaired = replaceRanges(text, [{ start: place.start, end: place.end, text: word }]);
    if ((await countParseErrors(file, repaired)) > 0) return undefined;
    return {
      files: new Map([[file, repaired]]),
      cause: `\`${name}\` in ${file}, line ${lineOf(text, place.start)}, is no keyword and no name.`,
      change: `Spells it \`${word}\`.`,
    };
  },
};
