import type { Rule } from '../rule.js';
import { importsOf } from '../syntax/imports.js';
import { isScript } from '../syntax/parse.js';
import { type Replacement, replaceRanges } from '../syntax/source-text.js';
import { type SyntaxNode, walk } from '../syntax/walk.js';

/** Turbopack and webpack on a font that has no variable form; a list of weights does not match. */
const MISSING_WEIGHT =
  /Missing weight for (?:font )?`?([A-Z][\w ]{0,60}?)`?\.\s{1,4}Available weights: `?([1-9]00)`?[^\S\n]*(?:\n|$)/;

/** A font of `next/font/google` without the weight that has to be named, where it comes in a single one. */
export const fontWeight: Rule = {
  name: 'font-weight',
  async propose(error, workspace) {
    const { file } = error;
    const [, family, weight] = MISSING_WEIGHT.exec(error.message) ?? [];
    const text = file === undefined || !isScript(file) ? undefined : workspace.read(file);
    if (file === undefined || text === undefined || family === undefined) return undefined;
    const { program, errors } = await workspace.parse(file, text);
    const imported = importsOf(program).find(
      (one) => one.specifier === 'next/font/google' && one.imported === family.replaceAll(' ', '_'),
    );
    const calls = [...walk(program)].filter(
      ({ node }) =>
        node.type === 'CallExpression' && node.callee.type === 'Identifier' && node.callee.name === imported?.local,
    );
    const [only, another] = calls;
    const edit =
      only && !another && errors.length === 0 ? addWeight(text, only.node, `weight: '${weight}'`) : undefined;
    if (edit === undefined) return undefined;
    return {
      files: new Map([[file, replaceRanges(text, [edit])]]),
      cause: `${file} loads ${family} without a weight, and the font is no variable one.`,
      change: `Names ${weight}, the only weight that it has.`,
    };
  },
};

function addWeight(text: string, call: SyntaxNode, option: string): Replacement | undefined {
  if (call.type !== 'CallExpression') return undefined;
  const [options, more] = call.arguments;
  if (options === undefined) return { start: call.end - 1, end: call.end - 1, text: `{ ${option} }` };
  if (options.type !== 'ObjectExpression' || more) return undefined;
  const [first] = options.properties;
  if (first === undefined) return { start: options.start, end: options.end, text: `{ ${option} }` };
  const isGiven = options.properties.some(
    (one) => one.type !== 'Property' || /^['"]?weight\b/.test(text.slice(one.start)),
  );
  const gap = text.slice(options.start + 1, first.start);
  return isGiven || /\S/.test(gap)
    ? undefined
    : { start: first.start, end: first.start, text: `${option},${gap || ' '}` };
}
