import type { Rule } from '../rule.js';
import { namesOf } from '../syntax/names.js';
import { isScript } from '../syntax/parse.js';
import { lineOf, replaceRanges } from '../syntax/source-text.js';
import { usesAt } from '../syntax/uses-at.js';

const WRAPPER = /Prefer using the primitive `(\w+)` as a type name, rather than the upper-cased `(\w+)`/;

/** `String` as a type where the linter wants `string`. */
export const primitiveType: Rule = {
  name: 'primitive-type',
  async propose(error, workspace) {
    const [, right, wrong] = WRAPPER.exec(error.message) ?? [];
    const { file } = error;
    if (right === undefined || wrong === undefined || file === undefined || !isScript(file)) return undefined;
    const text = workspace.read(file);
    if (text === undefined) return undefined;
    const types = namesOf((await workspace.parse(file, text)).program).filter(
      (use) => use.name === wrong && use.parent?.type === 'TSTypeReference',
    );
    const [place, another] = usesAt(text, types, error);
    if (!place || another) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [{ start: place.start, end: place.end, text: right }])]]),
      cause: `${file}, line ${lineOf(text, place.start)}, names the object type \`${wrong}\`.`,
      change: `Names the primitive \`${right}\`, as the linter asks.`,
    };
  },
};
