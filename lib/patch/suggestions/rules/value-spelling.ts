import { findTwin, isSlip } from '../distance.js';
import type { Rule } from '../rule.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { placeOfValue, wrongValueOf } from '../wrong-value.js';

/**
 * `flour: spelts` where `'wheat' | 'rye' | 'spelt'` are allowed: a string in a script or in the front matter of a
 * document that is one slip away from exactly one of the values that the tool names.
 */
export const valueSpelling: Rule = {
  name: 'value-spelling',
  async propose(error, workspace) {
    const wrong = await wrongValueOf(error, workspace);
    const { file } = error;
    const text = file === undefined ? undefined : workspace.read(file);
    if (!wrong || file === undefined || text === undefined) return undefined;
    const { received, allowed } = wrong;
    const [only, another] = allowed;
    if (allowed.includes(received)) return undefined;
    const right = another === undefined ? only : findTwin(received, allowed);
    if (right === undefined || !isSlip(received, right)) return undefined;

    const place = await placeOfValue(received, { file, text, line: error.line });
    if (!place) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ ...place, text: right }])]]),
      cause: `\`${received}\` in ${file}, line ${lineOf(text, place.start)}, is none of the values allowed there.`,
      change: `Writes \`${right}\`, the one allowed value that is spelt so nearly alike.`,
    };
  },
};
